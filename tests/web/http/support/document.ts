// SPDX-License-Identifier: Apache-2.0
// The OpenAPI document as a judge of answers: status, media type and body of each.
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export interface Schema {
  additionalProperties?: unknown;
  properties?: Record<string, unknown>;
  [key: string]: unknown;
}

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: object }>> }>
  >;
}

export interface Document {
  readonly components: { readonly schemas: Record<string, Schema> };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

export const document = JSON.parse(
  readFileSync(resolve('docs/reference/openapi.json'), 'utf8'),
) as Document;

/** Answers may gain fields for their readers, but not without the document's knowing. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, closed(value)]),
  ) as Schema;
  const isObject = copy.type === 'object' && copy.properties !== undefined;
  if (isObject && copy.allOf === undefined) copy.additionalProperties ??= false;
  return copy;
}

export class Judge {
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true, formats: { int64: true } });
  readonly #known = new Map<string, ValidateFunction>();
  /** Operations that were answered, by their ids. */
  readonly seen = new Set<string>();

  constructor() {
    const components = closed(document.components) as object;
    this.#ajv.addSchema({ $id: 'tandem', components });
  }

  #validator(schema: object): ValidateFunction {
    const text = JSON.stringify(closed(schema)).replaceAll('"#/components', '"tandem#/components');
    const known = this.#known.get(text) ?? this.#ajv.compile(JSON.parse(text) as object);
    this.#known.set(text, known);
    return known;
  }

  /** What is wrong with an answer; empty when it is as described. */
  faults(path: string, method: string, answer: Response, body: string): readonly string[] {
    const operation = document.paths[path]?.[method.toLowerCase()];
    if (!operation) return [`${method} ${path} is not described`];
    this.seen.add(operation.operationId);
    const response = operation.responses[answer.status];
    if (!response) return [`status ${answer.status} is not described`];
    const type = (answer.headers.get('Content-Type') ?? '').split(';')[0] ?? '';
    if (!response.content) return body === '' ? [] : ['there is a body'];
    const media = Object.entries(response.content).find(
      ([described]) => described === type || described === '*/*' || described === 'image/*',
    );
    if (!media) return [`media type "${type}" is not described`];
    const [, { schema }] = media;
    if (!schema) return [];
    const validate = this.#validator(schema);
    if (validate(JSON.parse(body))) return [];
    return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''}`);
  }
}
