// SPDX-License-Identifier: Apache-2.0
// The staff's routes for a page or a program: typed by the OpenAPI document, with the keys as they
// are on the wire. A refusal is a value.
//
//   const client = staffClient({ apiKey: 'tk_…' });
//   const answer = await client('readProduct', { path: { handle: 'tea' } });
//   if (answer.ok) answer.value.variants.length;
import { staffRoutes, type Problem, type StaffOperations } from './generated/staff-api.js';

export type * from './generated/staff-api.js';

export interface StaffClientOptions {
  /** Where the server is; none: where the page came from. */
  readonly origin?: string;
  /** Of a machine. Without one the session's cookie counts, which the browser sends. */
  readonly apiKey?: string;
  /** The session's csrf_token, which changes need. */
  readonly csrfToken?: () => string | undefined;
  readonly fetch?: typeof fetch;
}

export type StaffReply<Answer> =
  | { readonly ok: true; readonly status: number; readonly etag?: string; readonly value: Answer }
  | { readonly ok: false; readonly status: number; readonly problem: Problem };

type Name = keyof StaffOperations;
type Asks<Of extends Name> = StaffOperations[Of]['asks'];

export type StaffClient = <Of extends Name>(
  name: Of,
  ...asks: Record<string, never> extends Asks<Of> ? [asks?: Asks<Of>] : [asks: Asks<Of>]
) => Promise<StaffReply<StaffOperations[Of]['answers']>>;

interface AnyAsks {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

function addressOf(path: string, { path: values = {}, query = {} }: AnyAsks): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(values[name] ?? ''),
  );
  const search = new URLSearchParams(query).toString();
  return search === '' ? filled : `${filled}?${search}`;
}

/** A function that asks for one operation by its name. Throws only where nothing was answered. */
export function staffClient(options: StaffClientOptions = {}): StaffClient {
  const send = options.fetch ?? fetch;
  const client = async (name: Name, given?: unknown): Promise<StaffReply<unknown>> => {
    const asks = (given ?? {}) as AnyAsks;
    const { method, path } = staffRoutes[name];
    const headers = new Headers(asks.headers);
    if (options.apiKey !== undefined) headers.set('Authorization', `Bearer ${options.apiKey}`);
    const token = options.csrfToken?.();
    if (token !== undefined && method !== 'GET') headers.set('X-CSRF-Token', token);
    const request: RequestInit = { method, headers };
    if (asks.body instanceof Blob) {
      headers.set('Content-Type', asks.body.type);
      request.body = asks.body;
    } else if (asks.body !== undefined) {
      headers.set('Content-Type', 'application/json');
      request.body = JSON.stringify(asks.body);
    }
    const response = await send((options.origin ?? '') + addressOf(path, asks), request);
    const { status } = response;
    const type = response.headers.get('Content-Type') ?? '';
    if (type.startsWith('application/problem+json')) {
      return { ok: false, status, problem: (await response.json()) as Problem };
    }
    const isJson = type.startsWith('application/json');
    const value: unknown = isJson ? await response.json() : (await response.text()) || undefined;
    const etag = response.headers.get('ETag');
    return { ok: true, status, value, ...(etag === null ? {} : { etag }) };
  };
  return client as StaffClient;
}
