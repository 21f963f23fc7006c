// SPDX-License-Identifier: Apache-2.0
// Brings one order and the server together: one request at a time, tried again with growing pauses,
// and never a state fetched over what the customer has done.
import type { Environment, Timer } from './environment.js';
import { RefusedError, type LocalOrder } from './local-order.js';
import { wireText } from './names.js';
import type { Rejection } from './outcome.js';
import type { Notice } from './state.js';
import type { Reply, Transport } from './transport.js';

/** @internal What an answer to commands holds besides its events. */
export interface CommandAnswer {
  readonly payment: { readonly attempt: number; readonly redirect_url?: string | null } | null;
  readonly results: readonly {
    readonly accepted: boolean;
    readonly command_id: string;
    readonly rejected?: Rejection;
  }[];
  readonly rules_id: string;
}

/** @internal How a request ended. */
export type Ending = 'done' | 'offline' | 'later' | 'failed';

/** @internal What the server decided about one command; unknown when no answer arrived. */
export type Verdict =
  | { readonly kind: 'accepted' | 'unknown' }
  | { readonly kind: 'rejected'; readonly rejection: Rejection };

/** @internal What a synchronizer tells its checkout. */
export interface SyncListener {
  shown(notices: readonly Notice[]): void;
  answered(answer: CommandAnswer): void;
  failed(rejection: Rejection): void;
  connected(connection: 'online' | 'offline' | 'saving'): void;
  /** The server has not this order, or no more; whether something was done about it. */
  gone(): boolean;
  /** Fetches the core that the server runs; whether there is another one now. */
  renewCore(): Promise<boolean>;
  renewRules(): Promise<boolean>;
  /** Resolves when everything is on the device: nothing is sent that could be forgotten. */
  saved(): Promise<void>;
}

const debounceMs = 150;
const firstPauseMs = 1_000;
const longestPauseMs = 30_000;
const triesMax = 3;
const askTries = 2;

const blankRejection = {
  reason: 'internal',
  subject: '',
  limit: null,
  also: [],
  changes: [],
} as const;

/** @internal */
export class Synchronizer {
  readonly #local: LocalOrder;
  readonly #transport: Transport;
  readonly #environment: Environment;
  readonly #listener: SyncListener;
  #turn: Promise<unknown> = Promise.resolve();
  #running: Promise<void> | undefined;
  #timer: Timer = undefined;
  #results: CommandAnswer['results'] = [];
  #pauses = 0;
  #closed = false;

  constructor(
    local: LocalOrder,
    transport: Transport,
    environment: Environment,
    listener: SyncListener,
  ) {
    this.#local = local;
    this.#transport = transport;
    this.#environment = environment;
    this.#listener = listener;
  }

  close(): void {
    this.#closed = true;
    this.#clearTimer();
  }

  /** Sends soon, together with what else is done until then. */
  soon(): void {
    if (this.#timer === undefined) this.#after(debounceMs);
  }

  /** Sends every pending command. Resolves when the server has answered, or cannot be reached. */
  sync(): Promise<void> {
    this.#clearTimer();
    this.#running ??= this.inTurn(() => this.#drain()).finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** One request at a time: waits for those before. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Fetches the events that are not known yet. */
  async fetchEvents(): Promise<Ending> {
    for (let tries = 0; tries < triesMax; tries += 1) {
      const { orderId, secret, state } = this.#local;
      const reply = await this.#transport.events(orderId, secret, state.version);
      if (reply.kind !== 'answer') return this.#ended(reply);
      if (await this.#take(reply.text)) return 'done';
    }
    return 'later';
  }

  /** Sends commands, after whatever the server needs first, and takes the answer. */
  async send(batch: () => string): Promise<Ending> {
    let created = this.#local.created;
    for (let tries = 0; tries < triesMax; tries += 1) {
      if (!created) {
        const reply = await this.#transport.create(this.#local.orderId, this.#local.secret);
        if (reply.kind !== 'answer') return this.#ended(reply);
        created = this.#local.created = true;
      }
      await this.#listener.saved();
      const { orderId, secret } = this.#local;
      const reply = await this.#transport.commands(orderId, secret, batch());
      if (reply.kind === 'answer') {
        const taken = await this.#take(reply.text);
        return taken ? 'done' : await this.fetchEvents();
      }
      const reason = reply.kind === 'refused' ? reply.rejection.reason : undefined;
      const unborn = reason === 'order_unknown' && this.#local.state.version === 0 && tries === 0;
      if (unborn) created = false;
      else if (reason !== 'core_outdated' || !(await this.#listener.renewCore())) {
        return this.#ended(reply);
      }
    }
    return 'later';
  }

  /** Asks what only the server decides, once more if the answer was lost. */
  async ask(command: () => object, id: string): Promise<Verdict> {
    const batch = (): string =>
      this.#local.batchText(`[{"command":${wireText(command())},"command_id":"${id}"}]`);
    this.#listener.connected('saving');
    for (let tries = 0; tries < askTries; tries += 1) {
      this.#results = [];
      const ending = await this.inTurn(() => this.send(batch));
      const result = this.#results.find((one) => one.command_id === id);
      this.#listener.connected(ending === 'offline' ? 'offline' : 'online');
      if (result?.accepted) return { kind: 'accepted' };
      if (result) return { kind: 'rejected', rejection: result.rejected ?? blankRejection };
      if (ending === 'failed') break;
    }
    return { kind: 'unknown' };
  }

  async #drain(): Promise<void> {
    if (this.#closed) return;
    if (!this.#environment.isOnline()) {
      this.#listener.connected('offline');
      return;
    }
    for (;;) {
      const batch = this.#local.batch();
      if (!batch) break;
      this.#listener.connected('saving');
      const ending = await this.send(() => this.#local.batch()?.text ?? batch.text);
      const left = this.#local.batch()?.ids ?? [];
      const stuck = ending === 'done' && left[0] === batch.ids[0];
      if (ending === 'done' && !stuck) continue;
      this.#listener.connected(ending === 'offline' ? 'offline' : 'saving');
      if (ending !== 'failed') this.#pause();
      return;
    }
    this.#pauses = 0;
    this.#listener.connected('online');
  }

  /** Takes an answer; false when events before it are missing. */
  async #take(text: string): Promise<boolean> {
    let received;
    try {
      received = this.#local.receive(text);
    } catch (fault) {
      return await this.#recover(fault);
    }
    const answer = JSON.parse(text) as CommandAnswer;
    this.#results = answer.results;
    this.#listener.answered(answer);
    if (received.gap) return false;
    this.#listener.shown(received.notices);
    if (answer.rules_id !== this.#local.rules.rulesId) await this.#listener.renewRules();
    return true;
  }

  /** An answer that the core refused: another core may read it, or the whole history may. */
  async #recover(fault: unknown): Promise<boolean> {
    if (!(fault instanceof RefusedError)) throw fault;
    if (fault.rejection.reason === 'core_outdated') {
      if (!(await this.#listener.renewCore())) this.#listener.failed(fault.rejection);
      return false;
    }
    const { orderId, secret } = this.#local;
    const reply = await this.#transport.events(orderId, secret, 0);
    if (reply.kind === 'answer') {
      try {
        this.#listener.shown(this.#local.rebuild(reply.text));
        return true;
      } catch (again) {
        if (!(again instanceof RefusedError)) throw again;
        this.#listener.failed(again.rejection);
      }
    }
    return false;
  }

  #ended(reply: Exclude<Reply, { readonly kind: 'answer' }>): Ending {
    if (reply.kind === 'lost') return 'offline';
    const again = reply.status === 429 || reply.status >= 500;
    if (again) {
      if (reply.retryAfterMs !== null) this.#after(reply.retryAfterMs);
      return 'later';
    }
    const gone = reply.rejection.reason === 'order_unknown' && this.#listener.gone();
    if (!gone) this.#listener.failed(reply.rejection);
    return 'failed';
  }

  /** Waits longer each time, and never quite as long as others do. */
  #pause(): void {
    if (this.#timer !== undefined) return;
    const longest = Math.min(firstPauseMs * 2 ** this.#pauses, longestPauseMs);
    this.#pauses += 1;
    const [byte = 0] = this.#environment.random(1);
    this.#after(longest * (0.5 + byte / 512));
  }

  #after(delayMs: number): void {
    if (this.#closed) return;
    this.#clearTimer();
    this.#timer = this.#environment.later(() => {
      this.#timer = undefined;
      void this.sync();
    }, delayMs);
  }

  #clearTimer(): void {
    if (this.#timer !== undefined) this.#environment.cancel(this.#timer);
    this.#timer = undefined;
  }
}
