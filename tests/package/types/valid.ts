// SPDX-License-Identifier: Apache-2.0
// Uses of the package that must pass the compiler.
import { Checkout, formatMoney, load, type Command, type Rejection } from 'tandem-checkout';
import { loadStaff, type AnyCommand, type OrderEvent } from 'tandem-checkout/staff';

export async function shop(): Promise<string> {
  const core = await load({ wasmUrl: '/tandem.wasm' });
  const checkout = await Checkout.open({ core, baseUrl: '', storage: 'memory' });
  checkout.putOffers([{ sku: 'TEA-100', unit_price_minor: 2000 }], { 'TEA-100': null });
  const applied = checkout.apply({ type: 'add_line', sku: 'TEA-100', quantity: 2 });
  if (!applied.ok) return applied.rejection.reason;
  checkout.addEventListener('rejected', ({ detail }) => {
    const { command } = detail.sent;
    if (command.type === 'set_quantity') console.log(command.line, command.quantity);
  });
  const placed = await checkout.place();
  switch (placed.status) {
    case 'placed':
      return placed.payment?.redirectUrl ?? '';
    case 'changed':
      return placed.rejection.changes.map(({ code, was, now }) => `${code} ${was} ${now}`).join();
    case 'rejected':
      return placed.rejection.subject;
    case 'offline':
    case 'unknown':
      return placed.status;
  }
}

export async function account(checkout: Checkout): Promise<string> {
  checkout.addEventListener('account', ({ detail }) => {
    if (detail.status === 'signed_in') console.log(detail.customer.email);
  });
  const asked = await checkout.account.askForLink('a@example.org', 'en');
  if (asked.status === 'rejected') return `${asked.rejection.reason} ${asked.retryAfterMs}`;
  const here = await checkout.account.refresh();
  if (here.status === 'done' && here.value?.refused) return here.value.refused.subject;
  const orders = await checkout.account.orders({ state: 'order' });
  return orders.status === 'done' ? orders.value.orders.map(({ id }) => id).join() : orders.status;
}

export function total(checkout: Checkout): string {
  const { currency, totals } = checkout.state.view;
  return formatMoney(totals.payableMinor, currency, 'fa', { unit: 'toman', useGrouping: false });
}

export const commands: readonly Command[] = [
  { type: 'set_contact', email: 'a@example.org', name: null },
  { type: 'set_address', kind: 'bill_to', address: { country: 'DE', taxNumber: 'DE1' } },
  { type: 'renew_hold' },
  { type: 'apply_gift_card', code: 'G1' },
  { type: 'unsubscribe' },
];

/** What became of goods that go back. */
export async function giveBack(checkout: Checkout): Promise<string> {
  const lines = [{ line: 'TEA-100', quantity: 1, reason: 'too_small' }];
  const asked = await checkout.requestReturn(lines);
  if (asked.status !== 'accepted') return asked.status;
  const [first] = asked.state.view.returns;
  return first ? `${first.return} ${first.state} ${first.lines[0]?.approved}` : '';
}

export const staffCommands: readonly AnyCommand[] = [
  { type: 'confirm_order' },
  { type: 'complete_transfer', transfer: 1, tracking: '00340434161094015902' },
  { type: 'refund', return: 1, shipping: true },
  { type: 'payment_captured', attempt: 1, amountMinor: 100, occurredMs: 0 },
  { type: 'cancel_order', reason: null },
];

/** Units that left the house, by event. */
export function shipped(event: OrderEvent): number {
  if (event.type !== 'transfer_done') return 0;
  return event.lines.reduce((sum, { quantity }) => sum + quantity, 0);
}

export async function play(): Promise<number> {
  const core = await loadStaff();
  const answer = core.replay({
    format: 1,
    rules: { pricing_version: 1, currency: 'EUR' },
    script: [
      {
        at_ms: 0,
        order: 'o1',
        actor: { class: 'customer' },
        command: { type: 'place_order', expected_digest: 'current' },
      },
      { at_ms: 1, set: { stock: [{ sku: 'TEA-100', on_hand: 3, count: true }] } },
      {
        at_ms: 2,
        order: 'o1',
        actor: { class: 'staff', role: 'accounting' },
        command: { type: 'record_payment', method: 'wire', amount_minor: 'due' },
      },
    ],
  });
  if (!answer.ok) return -1;
  return answer.value.orders.o1?.money.due_minor ?? 0;
}

export async function price(): Promise<number | Rejection> {
  const core = await loadStaff();
  const rules = { currency: 'EUR', pricing_version: 1 };
  const answer = core.quote({ format: 1, now_ms: 0, rules, cart: { lines: [] } });
  return answer.ok ? answer.value.totals.total_minor : answer.rejection;
}
