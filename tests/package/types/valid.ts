// SPDX-License-Identifier: Apache-2.0
// Uses of the package that must pass the compiler.
import { Checkout, formatMoney, load, type Command, type Rejection } from 'tandem-checkout';
import { loadStaff } from 'tandem-checkout/staff';

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

export function total(checkout: Checkout): string {
  const { currency, totals } = checkout.state.view;
  return formatMoney(totals.payableMinor, currency, 'fa');
}

export const commands: readonly Command[] = [
  { type: 'set_contact', email: 'a@example.org', name: null },
  { type: 'set_address', kind: 'bill_to', address: { country: 'DE', taxNumber: 'DE1' } },
  { type: 'renew_hold' },
];

export async function price(): Promise<number | Rejection> {
  const core = await loadStaff();
  const rules = { currency: 'EUR', pricing_version: 1 };
  const answer = core.quote({ format: 1, now_ms: 0, rules, cart: { lines: [] } });
  return answer.ok ? answer.value.totals.total_minor : answer.rejection;
}
