// SPDX-License-Identifier: Apache-2.0
// Holds a TypeScript type against a message of the core's schema and names every difference.
import ts from 'typescript';

export interface SchemaType {
  readonly kind: string;
  readonly name: string;
  readonly element?: number;
  readonly values?: readonly string[];
  readonly discriminator?: string;
  readonly alternatives?: readonly { readonly name: string; readonly type: number }[];
  readonly fields?: readonly {
    readonly name: string;
    readonly presence: 'required' | 'optional' | 'sparse';
    readonly type: number;
  }[];
}

export interface Schema {
  readonly roots: Readonly<Record<string, number>>;
  readonly types: readonly SchemaType[];
}

export type Naming = 'wire' | 'camel';

export interface Frame {
  readonly schema: Schema;
  readonly checker: ts.TypeChecker;
  readonly naming: Naming;
}

function spelled(name: string, naming: Naming): string {
  if (naming === 'wire') return name;
  return name.replace(/_([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase());
}

const parts = (type: ts.Type): readonly ts.Type[] => (type.isUnion() ? type.types : [type]);
const has = (type: ts.Type, flag: ts.TypeFlags): boolean => (type.flags & flag) !== 0;

/** The type without null, and without the undefined of a key that may be left out. */
function without(type: ts.Type, checker: ts.TypeChecker): ts.Type {
  return checker.getNonNullableType(type);
}

/** Every difference between a message and a type, each with its place. */
export function compare(frame: Frame, index: number, type: ts.Type, place = ''): string[] {
  return new Comparison(frame).compare(index, type, place);
}

class Comparison {
  readonly #frame: Frame;
  readonly #seen = new Set<string>();

  constructor(frame: Frame) {
    this.#frame = frame;
  }

  compare(index: number, type: ts.Type, place: string): string[] {
    // Messages that hold themselves end here.
    const visit = `${index} ${this.#frame.checker.typeToString(type)}`;
    if (this.#seen.has(visit)) return [];
    this.#seen.add(visit);
    const message = this.#frame.schema.types[index];
    if (!message) return [`${place}: the schema has no type ${index}`];
    switch (message.kind) {
      case 'boolean':
        return this.#primitive(type, ts.TypeFlags.BooleanLike, 'a boolean', place);
      case 'integer':
        return this.#primitive(type, ts.TypeFlags.NumberLike, 'a number', place);
      case 'text':
        return this.#primitive(type, ts.TypeFlags.StringLike, 'a string', place);
      case 'enumeration':
        return this.#enumeration(message, type, place);
      case 'nullable':
        return this.#nullable(message, type, place);
      case 'list':
        return this.#list(message, type, place);
      case 'map':
        return this.#map(message, type, place);
      case 'one_or_list': {
        const all = parts(without(type, this.#frame.checker));
        if (!all.some((part) => has(part, ts.TypeFlags.StringLike)))
          return [`${place}: is no text`];
        const [list] = all.filter((part) => !has(part, ts.TypeFlags.StringLike));
        return list ? this.#list(message, list, place) : [`${place}: is no list`];
      }
      case 'switch_or_list': {
        const lists = parts(type).filter((part) => !has(part, ts.TypeFlags.BooleanLike));
        const [list] = lists;
        return list ? this.#list(message, list, place) : [`${place}: is no list`];
      }
      case 'one_of':
        return this.#oneOf(message, type, place);
      default:
        return this.#fields(message, type, place);
    }
  }

  #primitive(type: ts.Type, flag: ts.TypeFlags, what: string, place: string): string[] {
    return parts(type).every((part) => has(part, flag)) ? [] : [`${place}: is not ${what}`];
  }

  #enumeration(message: SchemaType, type: ts.Type, place: string): string[] {
    const literals = parts(type).map((part) => (part.isStringLiteral() ? part.value : '?'));
    const told = [...literals].sort().join();
    const wanted = [...(message.values ?? [])].sort().join();
    return told === wanted ? [] : [`${place}: is ${told}, not ${wanted}`];
  }

  #nullable(message: SchemaType, type: ts.Type, place: string): string[] {
    return this.compare(message.element ?? -1, without(type, this.#frame.checker), place);
  }

  #list(message: SchemaType, type: ts.Type, place: string): string[] {
    const element = this.#frame.checker.getIndexTypeOfType(type, ts.IndexKind.Number);
    if (!element) return [`${place}: is no list`];
    return this.compare(message.element ?? -1, element, `${place}/[]`);
  }

  #map(message: SchemaType, type: ts.Type, place: string): string[] {
    const element = this.#frame.checker.getIndexTypeOfType(type, ts.IndexKind.String);
    if (!element) return [`${place}: is no map`];
    return this.compare(message.element ?? -1, element, `${place}/{}`);
  }

  #oneOf(message: SchemaType, type: ts.Type, place: string): string[] {
    const { checker } = this.#frame;
    const key = message.discriminator ?? '';
    const told = new Map<string, ts.Type>();
    for (const part of parts(type)) {
      const symbol = part.getProperty(key);
      const kind = symbol && checker.getTypeOfSymbol(symbol);
      if (kind?.isStringLiteral()) told.set(kind.value, part);
    }
    const differences: string[] = [];
    for (const { name, type: index } of message.alternatives ?? []) {
      const part = told.get(name);
      told.delete(name);
      const fields = this.#frame.schema.types[index];
      if (!part || !fields) differences.push(`${place}: lacks ${name}`);
      else differences.push(...this.#fields(fields, part, `${place}(${name})`, key));
    }
    return [...differences, ...[...told.keys()].map((name) => `${place}: knows ${name} alone`)];
  }

  #fields(message: SchemaType, type: ts.Type, place: string, discriminator?: string): string[] {
    const { checker, naming } = this.#frame;
    const left = new Set(checker.getPropertiesOfType(type).map((property) => property.name));
    if (discriminator !== undefined) left.delete(discriminator);
    const differences: string[] = [];
    for (const field of message.fields ?? []) {
      const name = spelled(field.name, naming);
      const at = `${place}/${name}`;
      const property = type.getProperty(name);
      left.delete(name);
      if (!property) {
        differences.push(`${at}: is missing`);
        continue;
      }
      const optional = (property.flags & ts.SymbolFlags.Optional) !== 0;
      if (optional && field.presence === 'required') differences.push(`${at}: is always there`);
      if (!optional && field.presence === 'sparse') differences.push(`${at}: may be left out`);
      const held = checker.getTypeOfSymbol(property);
      const kind = this.#frame.schema.types[field.type]?.kind;
      // A list of none is written as null.
      const empty = kind === 'one_or_list' && field.presence === 'required';
      const nullable = kind === 'nullable' || empty;
      const takesNull = parts(held).some((part) => has(part, ts.TypeFlags.Null));
      if (takesNull && !nullable) differences.push(`${at}: is never null`);
      if (!takesNull && nullable && field.presence !== 'sparse') {
        differences.push(`${at}: may be null`);
      }
      differences.push(...this.compare(field.type, this.#present(held, optional), at));
    }
    return [
      ...differences,
      ...[...left].map((name) => `${place}/${name}: is no field of the core`),
    ];
  }

  #present(type: ts.Type, optional: boolean): ts.Type {
    return optional ? without(type, this.#frame.checker) : type;
  }
}
