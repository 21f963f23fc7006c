// SPDX-License-Identifier: Apache-2.0
// The shared vectors, as every runner reads them.
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from './installed.ts';

export type Json = Record<string, unknown>;

export interface Vector {
  readonly name: string;
  readonly input: Json;
  readonly expect?: Json;
  readonly refused?: Json;
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `base` with the members of `changes` laid over it. */
function merged(base: Json, changes: Json): Json {
  const result = { ...base };
  for (const [key, value] of Object.entries(changes)) {
    const before = result[key];
    result[key] = isObject(before) && isObject(value) ? merged(before, value) : value;
  }
  return result;
}

interface VectorFile {
  readonly base?: Json;
  readonly vectors: readonly Vector[];
}

/** The vectors of one verb; a file is a list of them, or has what they share as `base`. */
export function vectorsOf(verb: string) {
  const folder = resolve(root, 'tests/vectors', verb);
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.sort().flatMap((name) => {
    const content = JSON.parse(readFileSync(resolve(folder, name), 'utf8')) as
      readonly Vector[] | VectorFile;
    const file = Array.isArray(content)
      ? { vectors: content as Vector[] }
      : (content as VectorFile);
    return file.vectors.map((vector) => ({
      title: `${name}: ${vector.name}`,
      vector,
      input: file.base ? merged(file.base, vector.input) : vector.input,
    }));
  });
}

/** What is expected, without the nulls that the answer spells by leaving a key out. */
export function spelled<T>(expected: T, told: unknown): T {
  if (Array.isArray(expected)) {
    const all = Array.isArray(told) ? told : [];
    return expected.map((one: unknown, i) => spelled(one, all[i])) as T;
  }
  if (!isObject(expected)) return expected;
  const object = isObject(told) ? told : {};
  const kept = Object.entries(expected).filter(([key, value]) => value !== null || key in object);
  return Object.fromEntries(kept.map(([key, value]) => [key, spelled(value, object[key])])) as T;
}
