// SPDX-License-Identifier: Apache-2.0
// Where a placed order is, in words: its axes, what is due or given back, the parcels and their
// tracking numbers. Everything is read from the view; nothing is worked out here.
import { html, nothing, type TemplateResult } from 'lit';
import type { OrderView } from 'tandem-checkout';
import { dateText, money, rich, text } from '../app/language.ts';
import { shop } from '../app/shop.ts';
import type { MessageKey } from '../messages/en.ts';

type Axes = OrderView['axes'];
type Delivery = OrderView['deliveries'][number];
type Amounts = OrderView['money'];

const orderWords: Record<Axes['order'], MessageKey> = {
  quotation: 'status.order_quotation',
  quotation_sent: 'status.order_quotation_sent',
  order: 'status.order_order',
  canceled: 'status.order_canceled',
};

const paymentWords: Record<Axes['payment'], MessageKey> = {
  unpaid: 'status.payment_unpaid',
  pending: 'status.payment_pending',
  authorized: 'status.payment_authorized',
  partially_paid: 'status.payment_partially_paid',
  paid: 'status.payment_paid',
  partially_refunded: 'status.payment_partially_refunded',
  refunded: 'status.payment_refunded',
  failed: 'status.payment_failed',
  voided: 'status.payment_voided',
};

const deliveryWords: Record<Axes['delivery'], MessageKey> = {
  none: 'status.delivery_none',
  waiting: 'status.delivery_waiting',
  ready: 'status.delivery_ready',
  started: 'status.delivery_started',
  partially_delivered: 'status.delivery_partially_delivered',
  delivered: 'status.delivery_delivered',
};

const returnWords: Record<Axes['return'], MessageKey> = {
  none: 'status.return_none',
  requested: 'status.return_requested',
  in_transit: 'status.return_in_transit',
  received: 'status.return_received',
  closed: 'status.return_closed',
};

interface Fact {
  readonly name: MessageKey;
  readonly words: MessageKey;
}

/// Nobody waits for the payment of a canceled order; what was paid is told all the same.
function hasPayment({ axes, money: amounts }: OrderView): boolean {
  return axes.order !== 'canceled' || amounts.capturedMinor > 0;
}

/// The axes that say something about this order.
function factsOf(view: OrderView): Fact[] {
  const { axes } = view;
  const facts: Fact[] = [{ name: 'status.order', words: orderWords[axes.order] }];
  if (hasPayment(view)) {
    facts.push({ name: 'status.payment', words: paymentWords[axes.payment] });
  }
  if (axes.delivery !== 'none') {
    facts.push({ name: 'status.delivery', words: deliveryWords[axes.delivery] });
  }
  if (axes.return !== 'none') {
    facts.push({ name: 'status.return', words: returnWords[axes.return] });
  }
  return facts;
}

/// What is told when a part of the status is another one than before.
export class StatusWatch {
  #told: ReadonlyMap<MessageKey, MessageKey> | undefined;

  /// The sentences about what changed since the last call; empty the first time.
  changes(view: OrderView): string {
    const now = new Map(factsOf(view).map(({ name, words }) => [name, words]));
    const before = this.#told;
    this.#told = now;
    if (!before) return '';
    return [...now]
      .filter(([name, words]) => before.get(name) !== words)
      .map(([name, words]) => text('status.told', { name: text(name), state: text(words) }))
      .join(' ');
  }
}

function row(name: unknown, value: unknown, id?: string): TemplateResult {
  return html`<div>
    <dt>${name}</dt>
    <dd id=${id ?? nothing}>${value}</dd>
  </div>`;
}

function amount(name: MessageKey, minor: number): TemplateResult | typeof nothing {
  return minor > 0 ? row(text(name), money(minor, shop.currency)) : nothing;
}

function amounts(of: Amounts): unknown {
  return [
    amount('status.captured', of.capturedMinor),
    amount('status.due', of.dueMinor),
    amount('status.owed', of.owedMinor),
    amount('status.refunding', of.refundingMinor),
    amount('status.refunded', of.refundedMinor),
  ];
}

function units(sku: string, n: number): TemplateResult {
  return html`<li>${rich('status.units', { n, product: shop.nameOf(sku) })}</li>`;
}

function unitsOf(delivery: Delivery, count: 'done' | 'demanded'): TemplateResult {
  const lines = delivery.lines.filter((line) => line[count] > 0);
  return html`<ul class="small">
    ${lines.map((line) => units(line.sku, line[count]))}
  </ul>`;
}

function tracking(of: Delivery['tracking']): unknown {
  const numbers = typeof of === 'string' ? [of] : (of ?? []);
  return numbers.map(
    (number) =>
      html`<p class="tracking">
        ${rich('status.tracking', { number: html`<bdi class="code">${number}</bdi>` })}
      </p>`,
  );
}

function parcel(delivery: Delivery, index: number): TemplateResult {
  const { deliveredMs, doneMs, exchangeOf } = delivery;
  const name = exchangeOf === null ? 'status.parcel' : 'status.replacement';
  const when =
    deliveredMs !== null
      ? text('status.arrived', { date: dateText(deliveredMs) })
      : doneMs === null
        ? text('order.step_shipped')
        : text('status.sent', { date: dateText(doneMs) });
  return row(
    text(name, { n: index + 1 }),
    html`<p>${when}</p>
      ${tracking(delivery.tracking)} ${unitsOf(delivery, 'done')}`,
  );
}

/// What was sent, and what follows once something was.
function parcels({ deliveries }: OrderView): unknown {
  const sent = deliveries.filter(({ step, state }) => step === 'ship' && state === 'done');
  if (sent.length === 0) return nothing;
  const open = deliveries.filter(({ state }) => state === 'waiting' || state === 'ready');
  return [
    ...sent.map(parcel),
    ...open.map((delivery) =>
      row(
        text('status.later'),
        html`${unitsOf(delivery, 'demanded')}
          <p class="muted small">${text('status.later_free')}</p>`,
      ),
    ),
  ];
}

function returned({ axes, lines, returns }: OrderView): unknown {
  if (axes.return === 'none') return nothing;
  const skus = new Map(lines.map((line) => [line.lineId, line.sku]));
  const open = returns.filter(({ state }) => state !== 'rejected' && state !== 'canceled');
  return row(
    text('status.return'),
    html`<p>${text(returnWords[axes.return])}</p>
      <ul class="small">
        ${open.flatMap((one) =>
          one.lines.map((line) => units(skus.get(line.lineId) ?? line.lineId, line.requested)),
        )}
      </ul>`,
    'status-return',
  );
}

export function orderFacts(): TemplateResult {
  const { view } = shop;
  const { axes } = view;
  return html`<dl class="facts" id="status">
    ${row(text('status.order'), text(orderWords[axes.order]), 'status-order')}
    ${
      hasPayment(view)
        ? row(text('status.payment'), text(paymentWords[axes.payment]), 'status-payment')
        : nothing
    }
    ${amounts(view.money)}
    ${
      axes.delivery === 'none'
        ? nothing
        : row(text('status.delivery'), text(deliveryWords[axes.delivery]), 'status-delivery')
    }
    ${parcels(view)} ${returned(view)}
  </dl>`;
}
