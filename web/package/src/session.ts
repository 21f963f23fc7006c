// SPDX-License-Identifier: Apache-2.0
// One session inside the core. What comes out is plain data; the number that names the session
// never leaves this file.
import type { Rejection } from './outcome.js';
import type { RawCore } from './raw.js';
import type { Notice, SessionState } from './state.js';
import type { OrderLine } from './view.js';

/** @internal */
export type SessionAnswer =
  | {
      readonly ok: true;
      /** Events are missing: those after `state.version` must be fetched. */
      readonly gap: boolean;
      readonly notices: readonly Notice[];
      readonly state: SessionState;
    }
  | { readonly ok: false; readonly rejection: Rejection };

/** As it comes: of `lineCount` lines the view has only those that changed, for `linePlaces`. */
type Told =
  | {
      readonly ok: true;
      readonly gap: boolean;
      readonly lineCount: number;
      readonly linePlaces: readonly number[];
      readonly notices: readonly Notice[];
      readonly state: SessionState & { readonly view: { lines: readonly OrderLine[] } };
    }
  | { readonly ok: false; readonly rejection: Rejection };

const decoder = new TextDecoder();

/** @internal */
export class CoreSession {
  readonly #raw: RawCore;
  readonly #id: number;
  /** Of the last answer. */
  #lines: readonly OrderLine[] = [];

  constructor(raw: RawCore, orderId: string) {
    this.#raw = raw;
    this.#id = raw.openSession(orderId);
  }

  close(): void {
    this.#raw.closeSession(this.#id);
  }

  setRules(document: string, rulesId: string): SessionAnswer {
    return this.#read(this.#raw.setRules(this.#id, document, rulesId));
  }

  putOffers(offers: string): SessionAnswer {
    return this.#read(this.#raw.putOffers(this.#id, offers));
  }

  setFacts(facts: string): SessionAnswer {
    return this.#read(this.#raw.setFacts(this.#id, facts));
  }

  apply(command: string, commandId: string, nowMs: number): SessionAnswer {
    return this.#read(this.#raw.apply(this.#id, command, commandId, nowMs));
  }

  receive(answer: string): SessionAnswer {
    return this.#read(this.#raw.receive(this.#id, answer));
  }

  state(nowMs: number): SessionAnswer {
    return this.#read(this.#raw.state(this.#id, nowMs));
  }

  /** Everything that must outlive the page, as text that `importKept` takes. */
  exportKept(): string {
    return decoder.decode(this.#raw.exportKept(this.#id));
  }

  importKept(kept: string): SessionAnswer {
    return this.#read(this.#raw.importKept(this.#id, kept));
  }

  /** The pending commands, as the JSON list that a batch holds. */
  pending(): string {
    return decoder.decode(this.#raw.pending(this.#id));
  }

  #read(bytes: Uint8Array): SessionAnswer {
    const told = JSON.parse(decoder.decode(bytes)) as Told;
    if (!told.ok) return told;
    const { gap, lineCount, linePlaces, notices, state } = told;
    const lines = this.#lines.slice(0, lineCount);
    for (const [i, line] of state.view.lines.entries()) lines[linePlaces[i] ?? i] = line;
    state.view.lines = this.#lines = lines;
    return { ok: true, gap, notices, state };
  }
}
