// SPDX-License-Identifier: Apache-2.0
// Commands are spelled as JavaScript spells things; on the wire their keys are snake_case. The
// other way round the core itself writes camelCase (wasm/bytes.hpp): this is the only conversion.

const wireNames = new Map<string, string>();

function wireName(name: string): string {
  let wire = wireNames.get(name);
  if (wire === undefined) {
    wire = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    wireNames.set(name, wire);
  }
  return wire;
}

/** The wire's JSON of a command. Keys that are `undefined` are left out, as everywhere in JSON. */
export function wireText(command: object): string {
  return JSON.stringify(command, (_key, value: unknown) => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, held]) => [wireName(key), held]));
  });
}
