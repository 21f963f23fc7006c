// SPDX-License-Identifier: Apache-2.0
// Uses of the package that the compiler must refuse, each on its own line.
import { formatMoney } from 'tandem-checkout';
import type { Checkout, CheckoutEventMap, Command, Offer } from 'tandem-checkout';
import type { AnyCommand } from 'tandem-checkout/staff';

declare const checkout: Checkout;

// @ts-expect-error: a command has no price
checkout.apply({ type: 'add_line', sku: 'TEA', quantity: 1, unitPriceMinor: 1 });
// @ts-expect-error: staff's command
checkout.apply({ type: 'confirm_order' });
// @ts-expect-error: place() places
checkout.apply({ type: 'place_order', expectedDigest: '' });
// @ts-expect-error: requestReturn() asks the server
checkout.apply({ type: 'request_return', lines: [] });
// @ts-expect-error: a return is named by its number
void checkout.cancelReturn('1');
// @ts-expect-error: no command has this name
export const received: AnyCommand['type'] = 'receive';
// @ts-expect-error: a quantity is a number
checkout.apply({ type: 'set_quantity', line: 'TEA', quantity: '1' });
// @ts-expect-error: the line is missing
export const command: Command = { type: 'remove_line' };
// @ts-expect-error: the state is not to be written
checkout.state.view.totals.payableMinor = 0;
// @ts-expect-error: nobody may be signed in
export const email = checkout.account.state.customer.email;
// @ts-expect-error: not one of the kinds
export const offer: Offer = { sku: 'TEA', kind: 'thing' };
// @ts-expect-error: no such event of the map
export type Priced = CheckoutEventMap['priced'];
// @ts-expect-error: not one of the units
formatMoney(1000, 'IRR', 'fa', { unit: 'rial' });
