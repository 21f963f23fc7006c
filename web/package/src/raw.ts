// SPDX-License-Identifier: Apache-2.0
// The calls of the WebAssembly module as its glue gives them. Text in; out come bytes of one buffer
// that the next call writes over, so they are read at once.

/** @internal */
export interface RawCore {
  openSession(orderId: string): number;
  closeSession(session: number): void;
  setRules(session: number, document: string, rulesId: string): Uint8Array;
  putOffers(session: number, offers: string): Uint8Array;
  setFacts(session: number, facts: string): Uint8Array;
  apply(session: number, command: string, commandId: string, nowMs: number): Uint8Array;
  receive(session: number, answer: string): Uint8Array;
  state(session: number, nowMs: number): Uint8Array;
  exportKept(session: number): Uint8Array;
  importKept(session: number, kept: string): Uint8Array;
  pending(session: number): Uint8Array;
  reasons(): Uint8Array;
  /** One digit, the exit status, then the answer. */
  quote(input: string | Uint8Array): Uint8Array;
  digest(bytes: Uint8Array): string;
  verifyReceipt(receipt: string): Uint8Array;
}

/** @internal What only the staff's build has. */
export interface RawStaffCore extends RawCore {
  replay(input: string | Uint8Array): Uint8Array;
  schema(): Uint8Array;
  openHost(orderId: string, rules: string, rulesId: string): number;
  setHostOffers(host: number, offers: string): boolean;
  setHostFacts(host: number, facts: string): boolean;
  answerBatch(host: number, batch: string, actor: string, nowMs: number): Uint8Array;
}

/** @internal What the glue takes: how the module is instantiated is the package's to say. */
export interface GlueOptions {
  instantiateWasm(
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance, module?: WebAssembly.Module) => void,
  ): object;
}

/** @internal */
export type Glue<Raw extends RawCore> = (options: GlueOptions) => Promise<Raw>;
