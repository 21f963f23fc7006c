// SPDX-License-Identifier: Apache-2.0
// The device's side of one order: a session in the core and what it has been told. Everything here
// is synchronous and needs no network.
import type { AddLine, ApplyCoupon, ApplyGiftCard } from './commands.js';
import type { Core } from './core.js';
import type { Offer } from './documents.js';
import type { Environment } from './environment.js';
import type { OrderEvent } from './events.js';
import type { Rejection } from './outcome.js';
import type { Rules } from './rules.js';
import type { CoreSession, SessionAnswer } from './session.js';
import type { Notice, SessionState } from './state.js';
import type { KeptOrder, KeptRules } from './storage.js';

/** What every answer of the server tells besides its events. */
interface AnswerHead {
  readonly rules_id: string;
  readonly server_time_ms: number;
}

/** What of a kept order says which offers it needs, and how its goods were configured. */
interface KeptAnswer {
  readonly events: readonly { readonly record: { readonly event: OrderEvent } }[];
  readonly offers: readonly Offer[];
}

/** @internal What a new cart is filled with. */
export interface Refill {
  readonly commands: readonly (AddLine | ApplyCoupon | ApplyGiftCard)[];
  readonly offers: readonly Offer[];
}

/** What of a pending command says how it configures goods. */
interface PendingAdd {
  readonly type: string;
  readonly sku?: string;
  readonly configuration?: string;
}

/** At most so many commands go in one request. */
const batchMax = 100;

/** @internal */
export interface Batch {
  readonly ids: readonly string[];
  readonly text: string;
}

/** @internal Another core, or none, is needed to go on. */
export class RefusedError extends Error {
  readonly rejection: Rejection;

  constructor(rejection: Rejection) {
    super(`The core refused it: ${rejection.reason} ${rejection.subject}`);
    this.name = 'RefusedError';
    this.rejection = rejection;
  }
}

/** @internal */
export class LocalOrder {
  readonly orderId: string;
  /** Empty for an order that this device has only as its account's. */
  readonly secret: string;
  created: boolean;
  #core: Core;
  #session: CoreSession;
  #state: SessionState | undefined;
  #rules: KeptRules;
  #published: Rules | undefined;
  readonly #offers = new Map<string, Offer>();
  readonly #availability = new Map<string, number>();
  readonly #environment: Environment;
  #serverMs: number;
  #heardMs: number;

  constructor(
    core: Core,
    rules: KeptRules,
    environment: Environment,
    order: { readonly orderId: string; readonly secret: string; readonly created: boolean },
  ) {
    this.orderId = order.orderId;
    this.secret = order.secret;
    this.created = order.created;
    this.#core = core;
    this.#rules = rules;
    this.#environment = environment;
    this.#serverMs = rules.serverTimeMs;
    this.#heardMs = environment.elapsedMs();
    this.#session = this.#begin(core);
  }

  get state(): SessionState {
    if (!this.#state) throw new Error('The session has not begun');
    return this.#state;
  }

  get rules(): KeptRules {
    return this.#rules;
  }

  /** What the rules say; the same object until others are published. */
  get publishedRules(): Rules {
    this.#published ??= JSON.parse(this.#rules.document) as Rules;
    return this.#published;
  }

  get core(): Core {
    return this.#core;
  }

  /** The server's time: what it last told, and what has gone by since. */
  now(): number {
    return Math.round(this.#serverMs + this.#environment.elapsedMs() - this.#heardMs);
  }

  close(): void {
    this.#session.close();
  }

  setRules(rules: KeptRules): readonly Notice[] {
    this.#rules = rules;
    this.#published = undefined;
    this.#hearTime(rules.serverTimeMs);
    return this.#take(this.#session.setRules(rules.document, rules.rulesId));
  }

  putOffers(
    offers: readonly Offer[],
    availability: Readonly<Record<string, number | null>>,
  ): readonly Notice[] {
    for (const offer of offers) this.#offers.set(offer.sku, offer);
    const known: Record<string, number> = {};
    for (const [sku, quantity] of Object.entries(availability)) {
      if (quantity === null) continue;
      this.#availability.set(sku, quantity);
      known[sku] = quantity;
    }
    const notices = [...this.#take(this.#session.putOffers(JSON.stringify(offers)))];
    if (Object.keys(known).length > 0) {
      notices.push(...this.#take(this.#session.setFacts(JSON.stringify({ availability: known }))));
    }
    return notices;
  }

  /** The offers that were put, for an order that begins after this one. */
  handOver(next: LocalOrder): void {
    next.putOffers([...this.#offers.values()], Object.fromEntries(this.#availability));
  }

  /** The offers of the goods that a command names. */
  offersIn(command: string): readonly Offer[] {
    return [...this.#offers.values()].filter(({ sku }) => command.includes(JSON.stringify(sku)));
  }

  apply(command: string, commandId: string): SessionAnswer {
    const answer = this.#session.apply(command, commandId, this.now());
    if (answer.ok) this.#state = answer.state;
    return answer;
  }

  /** Why a command would be refused now, decided on a copy; null when it would be accepted. */
  refusalOf(command: string): Rejection | null {
    const copy = this.#core.openSession(this.orderId);
    try {
      copy.setRules(this.#rules.document, this.#rules.rulesId);
      copy.putOffers(JSON.stringify([...this.#offers.values()]));
      copy.importKept(this.#session.exportKept());
      const answer = copy.apply(command, 'asked', this.now());
      return answer.ok ? null : answer.rejection;
    } finally {
      copy.close();
    }
  }

  /** Takes a server's answer. Throws RefusedError when this core cannot. */
  receive(answer: string): { readonly gap: boolean; readonly notices: readonly Notice[] } {
    const received = this.#session.receive(answer);
    if (!received.ok) throw new RefusedError(received.rejection);
    this.#state = received.state;
    this.#hearTime((JSON.parse(answer) as AnswerHead).server_time_ms);
    return received;
  }

  /** What is to be sent: the oldest pending commands, or nothing. */
  batch(): Batch | undefined {
    const pending = JSON.parse(this.#session.pending()) as { readonly command_id: string }[];
    if (pending.length === 0) return undefined;
    const commands = pending.slice(0, batchMax);
    return {
      ids: commands.map((sent) => sent.command_id),
      text: this.batchText(JSON.stringify(commands)),
    };
  }

  batchText(commands: string): string {
    const version = this.state.version;
    const core = JSON.stringify(this.#core.version);
    return `{"base_version":${version},"commands":${commands},"core_version":${core}}`;
  }

  toKeep(): KeptOrder {
    const { orderId, secret, created } = this;
    const { customer } = this.state.view;
    return { orderId, secret, created, customer, kept: this.#session.exportKept() };
  }

  /**
   * What fills a new cart with the goods and codes of this one; undefined when this is no cart any
   * more.
   */
  again(): Refill | undefined {
    const { axes, coupons, giftCards, lines } = this.state.view;
    if (axes.order !== 'quotation') return undefined;
    const { answer } = JSON.parse(this.#session.exportKept()) as { readonly answer: KeptAnswer };
    // The view does not say how a line was configured, the event that made it does.
    const configured = new Map<string, string>();
    for (const { record } of answer.events) {
      const { event } = record;
      if (event.type !== 'line_added') continue;
      if (typeof event.configuration === 'string') configured.set(event.line, event.configuration);
    }
    for (const [line, configuration] of this.#configuredPending())
      configured.set(line, configuration);
    const commands: Refill['commands'][number][] = [];
    for (const { lineId, quantity, sku } of lines) {
      const configuration = configured.get(lineId);
      // Plain lines bear the name of their goods; gifts, which do not, come by themselves.
      if (lineId === sku) commands.push({ type: 'add_line', sku, quantity });
      else if (configuration !== undefined)
        commands.push({ type: 'add_line', sku, quantity, configuration });
    }
    for (const { code } of coupons) commands.push({ type: 'apply_coupon', code });
    for (const { code } of giftCards) commands.push({ type: 'apply_gift_card', code });
    return { commands, offers: answer.offers };
  }

  /**
   * How the lines are configured that only pending commands make: no event tells of them yet. Which
   * line a command makes is the core's to say, so an empty order of it is asked.
   */
  #configuredPending(): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    const pending = JSON.parse(this.#session.pending()) as { readonly command: PendingAdd }[];
    const asked = this.#core.openSession(this.orderId);
    try {
      // Without promotions: a gift is a line of the same goods, and no command's.
      const rules = { ...this.publishedRules, promotions: [] };
      asked.setRules(JSON.stringify(rules), this.#rules.rulesId);
      asked.putOffers(JSON.stringify([...this.#offers.values()]));
      for (const [nth, { command }] of pending.entries()) {
        const { type, configuration } = command;
        if (type !== 'add_line' || typeof configuration !== 'string') continue;
        const answer = asked.apply(JSON.stringify(command), `asked-${nth}`, this.now());
        if (!answer.ok) continue;
        for (const { lineId, sku } of answer.state.view.lines)
          if (sku === command.sku && !found.has(lineId)) found.set(lineId, configuration);
      }
    } finally {
      asked.close();
    }
    return found;
  }

  /** Takes up what an earlier page left. Throws RefusedError when this core cannot. */
  restore(kept: string): readonly Notice[] {
    return this.#take(this.#session.importKept(kept));
  }

  /** Goes on with another core: everything known is told to it again. */
  changeCore(core: Core): readonly Notice[] {
    const kept = this.#session.exportKept();
    const before = this.#session;
    this.#session = this.#begin(core);
    this.#core = core;
    before.close();
    this.handOver(this);
    return this.restore(kept);
  }

  /** Begins again from the server's whole history, and decides what is pending on it. */
  rebuild(history: string): readonly Notice[] {
    const pending = JSON.parse(this.#session.pending()) as {
      readonly command: object;
      readonly command_id: string;
    }[];
    const before = this.#session;
    this.#session = this.#begin(this.#core);
    before.close();
    this.handOver(this);
    const notices = [...this.#take(this.#session.receive(history))];
    for (const { command, command_id } of pending) {
      const applied = this.apply(JSON.stringify(command), command_id);
      if (applied.ok) continue;
      const sent = { command, commandId: command_id } as Notice['sent'];
      notices.push({ by: 'rebase', rejection: applied.rejection, sent });
    }
    return notices;
  }

  #begin(core: Core): CoreSession {
    const session = core.openSession(this.orderId);
    this.#take(session.setRules(this.#rules.document, this.#rules.rulesId));
    this.#take(session.state(this.now()));
    return session;
  }

  #take(answer: SessionAnswer): readonly Notice[] {
    if (!answer.ok) throw new RefusedError(answer.rejection);
    this.#state = answer.state;
    return answer.notices;
  }

  #hearTime(serverMs: number): void {
    if (serverMs < this.now()) return;
    this.#serverMs = serverMs;
    this.#heardMs = this.#environment.elapsedMs();
  }
}
