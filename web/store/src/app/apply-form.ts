// SPDX-License-Identifier: Apache-2.0
// Hands what is typed to the core, as soon as it can mean something: prices depend on the country,
// the delivery methods on the address. Only what differs from the order becomes a command.
import type { Address, Rejection } from 'tandem-checkout';
import { emailFault } from '../address/faults.ts';
import { form, type Group } from './checkout-form.ts';
import { shop } from './shop.ts';

export function applyContact(): Rejection | undefined {
  const email = form.value('email').trim();
  if (emailFault(email)) return undefined;
  const name = form.value('ship-name').trim();
  const phone = form.value('ship-phone').trim();
  const { contact } = shop.view;
  const isSame =
    contact?.email === email && (contact.name ?? '') === name && (contact.phone ?? '') === phone;
  if (isSame) return undefined;
  return shop.apply({
    type: 'set_contact',
    email,
    ...(name ? { name } : {}),
    ...(phone ? { phone } : {}),
  });
}

export function applyAddress(group: Group): Rejection | undefined {
  const address = form.address(group);
  if (address.country === '') return undefined;
  const kind = group === 'ship' ? 'ship_to' : 'bill_to';
  const now = group === 'ship' ? shop.view.shipTo : shop.view.billTo;
  if (now && isSameAddress(address, now)) return undefined;
  const refused = shop.apply({ type: 'set_address', kind, address });
  if (!refused) shop.chooseDefaults();
  return refused;
}

function isSameAddress(typed: Address, now: object): boolean {
  const filled = (address: object): string =>
    JSON.stringify(
      Object.entries(address)
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  return filled(typed) === filled(now);
}

export function applyBilling(): Rejection | undefined {
  if (form.hasBilling) return applyAddress('bill');
  // The order had another billing address before the box was ticked again.
  const { billTo, shipTo } = shop.view;
  if (!billTo || !shipTo || isSameAddress(form.address('ship'), billTo)) return undefined;
  return shop.apply({ type: 'set_address', kind: 'bill_to', address: form.address('ship') });
}

/// Everything of the form, in the order of the page. Answers the first refusal.
export function applyAll(): Rejection | undefined {
  const terms = shop.rules.policies?.terms_version;
  return (
    applyContact() ??
    applyAddress('ship') ??
    applyBilling() ??
    (terms && shop.view.termsVersion !== terms
      ? shop.apply({ type: 'accept_terms', version: terms })
      : undefined)
  );
}
