// SPDX-License-Identifier: Apache-2.0
// The loaded core: plain values in and out. Sessions stay inside the package.
import type { Outcome, ReasonInfo, ReceiptProof, Rejection } from './outcome.js';
import type { Quote, QuoteInput } from './quote.js';
import type { RawCore } from './raw.js';
import { CoreSession } from './session.js';

const decoder = new TextDecoder();

/** @internal */
export function textOf(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** A verb's answer: what the command line prints, and its exit status. */
export interface VerbText {
  readonly status: 0 | 1;
  readonly text: string;
}

/** @internal */
export function verbText(bytes: Uint8Array): VerbText {
  const text = textOf(bytes);
  return { status: text.startsWith('0') ? 0 : 1, text: text.slice(1) };
}

/** @internal */
export function outcomeOf<T>({ status, text }: VerbText): Outcome<T> {
  if (status === 0) return { ok: true, value: JSON.parse(text) as T };
  const problem = JSON.parse(text) as Partial<Rejection> & Pick<Rejection, 'reason'>;
  const { reason, subject = '', limit = null, also = [], changes = [] } = problem;
  return { ok: false, rejection: { reason, subject, limit, also, changes } };
}

export class Core {
  /** SHA-256 of the WebAssembly file: what a server compares. */
  readonly version: string;
  readonly #raw: RawCore;
  #reasons: readonly ReasonInfo[] | undefined;

  /** @internal */
  constructor(raw: RawCore, version: string) {
    this.#raw = raw;
    this.version = version;
  }

  /** Every reason for which something can be refused, in order of precedence. */
  get reasons(): readonly ReasonInfo[] {
    this.#reasons ??= JSON.parse(textOf(this.#raw.reasons())) as ReasonInfo[];
    return this.#reasons;
  }

  /** What a cart costs. */
  quote(input: QuoteInput): Outcome<Quote> {
    return outcomeOf(this.quoteText(JSON.stringify(input)));
  }

  /** The same on text, byte for byte what the command line answers. */
  quoteText(input: string): VerbText {
    return verbText(this.#raw.quote(input));
  }

  /**
   * Proves a receipt without any server: that no event of it was changed, and that the amount is
   * what its rules and offers give.
   */
  verifyReceipt(receipt: string): Outcome<ReceiptProof> {
    const answer = JSON.parse(textOf(this.#raw.verifyReceipt(receipt))) as
      ({ ok: true } & ReceiptProof) | { ok: false; rejection: Rejection };
    if (!answer.ok) return answer;
    const { currency, quoteDigest, totalMinor, version } = answer;
    return { ok: true, value: { currency, quoteDigest, totalMinor, version } };
  }

  /** @internal */
  openSession(orderId: string): CoreSession {
    return new CoreSession(this.#raw, orderId);
  }
}
