// SPDX-License-Identifier: Apache-2.0
// From the OpenAPI document: TypeScript types of what staff may ask for and what is answered, with
// the keys as they are on the wire, and a table of methods and paths.

const refName = (ref) => ref.slice(ref.lastIndexOf('/') + 1);
const isJson = (type) => /^application\/(problem\+)?json$/.test(type);
const key = (name) => (/^[A-Za-z_]\w*$/.test(name) ? name : `'${name}'`);

/** The operations of staff, by their ids in camelCase. */
function operationsOf(document) {
  const rows = [];
  for (const [path, methods] of Object.entries(document.paths)) {
    if (!path.startsWith('/v1/staff/')) continue;
    for (const [method, operation] of Object.entries(methods)) {
      const id = operation.operationId.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
      rows.push({ id, path, method: method.toUpperCase(), operation });
    }
  }
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** A schema as a type; `named` is told of every component that it refers to. */
function typeOf(schema, named) {
  if (schema.$ref) {
    named(refName(schema.$ref));
    return refName(schema.$ref);
  }
  const any = schema.anyOf ?? schema.oneOf;
  if (any) return [...new Set(any.map((one) => typeOf(one, named)))].join(' | ');
  if (schema.const !== undefined) return `'${schema.const}'`;
  if (schema.enum) return schema.enum.map((value) => `'${value}'`).join(' | ');
  if (schema.type === 'array') return `readonly (${typeOf(schema.items, named)})[]`;
  if (schema.type === 'object') return objectType(schema, named);
  return (
    { boolean: 'boolean', integer: 'number', null: 'null', string: 'string' }[schema.type] ??
    'unknown'
  );
}

function objectType(schema, named) {
  if (!schema.properties) {
    const values = schema.additionalProperties;
    return values ? `{ readonly [key: string]: ${typeOf(values, named)} }` : 'object';
  }
  const members = Object.entries(schema.properties).map(([name, of]) => {
    const optional = schema.required?.includes(name) ? '' : '?';
    return `readonly ${key(name)}${optional}: ${typeOf(of, named)}`;
  });
  return members.length === 0 ? 'object' : `{ ${members.join('; ')} }`;
}

/** What an operation takes and gives, as the members of one interface. */
function shapeOf({ operation }, named) {
  const parameters = operation.parameters ?? [];
  const of = (place) =>
    parameters
      .filter((one) => one.in === place && one.name !== 'X-CSRF-Token')
      .map((one) => `readonly ${key(one.name)}${one.required ? '' : '?'}: string`)
      .join('; ');
  const members = [];
  if (of('path')) members.push(`readonly path: { ${of('path')} }`);
  if (of('query')) {
    const needed = parameters.some((one) => one.in === 'query' && one.required);
    members.push(`readonly query${needed ? '' : '?'}: { ${of('query')} }`);
  }
  if (of('header')) members.push(`readonly headers?: { ${of('header')} }`);
  const content = operation.requestBody?.content;
  const body = content?.['application/json']?.schema;
  if (body) members.push(`readonly body: ${typeOf(body, named)}`);
  else if (content) members.push('readonly body: Blob');
  return members.length === 0 ? 'Nothing' : `{ ${members.join('; ')} }`;
}

/** What is answered when nothing was refused; `undefined` where that has no content. */
function answerOf({ operation }, named) {
  const types = new Set();
  for (const [status, response] of Object.entries(operation.responses)) {
    if (!status.startsWith('2')) continue;
    const json = Object.entries(response.content ?? {}).find(([type]) => isJson(type));
    if (!response.content) types.add('undefined');
    else types.add(json?.[1].schema ? typeOf(json[1].schema, named) : 'string');
  }
  return [...types].join(' | ');
}

export function staffTypes(document) {
  const wanted = new Set();
  const named = (name) => wanted.add(name);
  const rows = operationsOf(document);
  const operations = rows.flatMap((row) => [
    `  /** ${row.operation.summary} */`,
    `  readonly ${row.id}: {`,
    `    readonly asks: ${shapeOf(row, named)};`,
    `    readonly answers: ${answerOf(row, named)};`,
    '  };',
  ]);
  named('Problem');
  const types = new Map();
  for (const name of wanted) {
    // The set grows while it is walked.
    types.set(name, typeOf(document.components.schemas[name], named));
  }
  const declarations = [...types]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, type]) => `export type ${name} = ${type};`);
  return [
    '// SPDX-License-Identifier: Apache-2.0',
    '// Written by scripts/generate from docs/reference/openapi.json.',
    '',
    '/** What has neither parameters nor a body. */',
    'export type Nothing = { readonly [key: string]: never };',
    '',
    ...declarations,
    '',
    '/** What staff may ask for, by its name. */',
    'export interface StaffOperations {',
    ...operations,
    '}',
    '',
    '/** Method and path of each. */',
    'export const staffRoutes: {',
    '  readonly [Name in keyof StaffOperations]: {',
    '    readonly method: string;',
    '    readonly path: string;',
    '  };',
    '} = {',
    ...rows.map(({ id, method, path }) => `  ${id}: { method: '${method}', path: '${path}' },`),
    '};',
    '',
  ].join('\n');
}
