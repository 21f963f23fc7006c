// SPDX-License-Identifier: Apache-2.0
// The TypeScript types are written by hand; here they are held against the core's own field lists,
// name by name and value by value.
import { cpSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { app, importStaff, resolved, root } from './support/installed.ts';
import { compare, type Naming, type Schema } from './support/schema.ts';

let schema: Schema;
let checker: ts.TypeChecker;
let exported: Map<string, ts.Type>;

beforeAll(async () => {
  const core = await (await importStaff()).loadStaff();
  schema = JSON.parse(new TextDecoder().decode(core.raw.schema())) as Schema;
  const files = ['tandem-checkout', 'tandem-checkout/staff'].map((name) =>
    resolved(name).replace(/\.js$/, '.d.ts'),
  );
  const program = ts.createProgram(files, {
    strict: true,
    exactOptionalPropertyTypes: true,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
  });
  checker = program.getTypeChecker();
  const symbols = files.map((file) => {
    const source = program.getSourceFile(file);
    return source && checker.getSymbolAtLocation(source);
  });
  exported = new Map(
    symbols
      .flatMap((symbol) => (symbol ? checker.getExportsOfModule(symbol) : []))
      .map((one) => [one.name, checker.getDeclaredTypeOfSymbol(one)]),
  );
});

const messages: readonly [root: string, type: string, naming: Naming][] = [
  ['offer', 'Offer', 'wire'],
  ['quote', 'Quote', 'wire'],
  ['quote_input', 'QuoteInput', 'wire'],
  ['rules', 'Rules', 'wire'],
  ['state', 'SessionState', 'camel'],
];

describe('the types', () => {
  it.each(messages)('%s is %s', (message, name, naming) => {
    const type = exported.get(name);
    const index = schema.roots[message];
    if (!type || index === undefined) throw new Error(`${message} or ${name} is missing`);
    expect(compare({ schema, checker, naming }, index, type)).toEqual([]);
  });

  /** The messages of which each has a type, as an alternative by this name is one of them. */
  function oneWith(wanted: string, until?: string): [Schema, number] {
    const found = schema.types.findIndex(
      ({ kind, alternatives }) =>
        kind === 'one_of' && (alternatives ?? []).some(({ name }) => name === wanted),
    );
    const one = schema.types[found];
    if (!one?.alternatives) throw new Error(`the schema has no ${wanted}`);
    const end = one.alternatives.findIndex(({ name }) => name === until);
    const types = [...schema.types];
    if (end >= 0) types[found] = { ...one, alternatives: one.alternatives.slice(0, end) };
    return [{ ...schema, types }, found];
  }

  it.each([
    ['Command', 'place_order', 'camel'],
    ['CustomerCommand', 'send_quotation', 'camel'],
    ['AnyCommand', undefined, 'camel'],
    ['OrderEvent', undefined, 'wire'],
  ] as const)('%s is all of them, up to %s', (name, until, naming) => {
    const type = exported.get(name);
    if (!type) throw new Error(`${name} is missing`);
    const [told, index] = oneWith(name === 'OrderEvent' ? 'order_placed' : 'confirm_order', until);
    expect(compare({ schema: told, checker, naming }, index, type)).toEqual([]);
  });

  it('would tell a difference', () => {
    const type = exported.get('Offer');
    const index = schema.roots.offer ?? -1;
    const offer = schema.types[index];
    if (!type || !offer?.fields) throw new Error('the offer is missing');
    const types = [...schema.types];
    types[index] = { ...offer, fields: offer.fields.slice(1) };
    const differences = compare(
      { schema: { ...schema, types }, checker, naming: 'wire' },
      index,
      type,
    );
    expect(differences).toEqual(['/active: is no field of the core']);
  });

  it('let pass what is right and refuse what is wrong', () => {
    const folder = resolve(app, 'types');
    mkdirSync(folder, { recursive: true });
    const options: ts.CompilerOptions = {
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
      types: [],
    };
    const files = ['valid.mts', 'invalid.mts'].map((name) => {
      const copy = resolve(folder, name);
      cpSync(resolve(root, 'tests/package/types', name.replace('.mts', '.ts')), copy);
      return copy;
    });
    const faults = ts
      .getPreEmitDiagnostics(ts.createProgram(files, options))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
    expect(faults).toEqual([]);
  });
});
