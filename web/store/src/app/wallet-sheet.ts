// SPDX-License-Identifier: Apache-2.0
// The checkout as a wallet sees it. What the wallet tells goes the way of what is typed: into the
// form, from there to the core, and the order is placed as if Pay had been pressed.
import type { Address, Command } from 'tandem-checkout';
import { fieldsOf, isOptional } from '../address/countries.ts';
import { regionOf } from '../address/regions.ts';
import type {
  WalletCustomer,
  WalletOffer,
  WalletPlace,
  WalletPlaced,
  WalletRow,
  WalletSheet,
} from '../wallet/wallet.ts';
import { applyAddress } from './apply-form.ts';
import { form } from './checkout-form.ts';
import { language, localized, moneyText, text } from './language.ts';
import { payment } from './pay.ts';
import { reasonText } from './reason-text.ts';
import { deliveryCountries, homeCountry } from './rules.ts';
import { shop } from './shop.ts';
import { totalRows } from './total-rows.ts';

/// What the wallet fills in: that it is still missing keeps nobody from opening the sheet.
const filledIn = new Set([
  'contact_missing',
  'address_incomplete',
  'shipping_not_chosen',
  'shipping_unavailable',
  'payment_not_chosen',
  'payment_method_unavailable',
  'terms_not_accepted',
]);

export interface SheetEvents {
  /// Says at the buttons why nothing was paid; nothing: that is over.
  readonly say: (words?: string) => void;
  /// Hands what is filled in to the core; answers what still keeps the order from being placed.
  readonly complete: () => Promise<string | undefined>;
}

/// The way to pay that a wallet can begin, if the core offers one.
export function expressOption():
  { readonly method: string; readonly provider: string } | undefined {
  if (shop.view.totals.payableMinor === 0 || shop.state.unpriced) return undefined;
  return shop.state.paymentOptions.find((option) => option.available && option.express);
}

function deliveries(): WalletOffer['deliveries'] {
  return shop.state.shippingOptions
    .flatMap(({ available, grossMinor, label, method, pickup }) =>
      available && grossMinor !== null && !pickup
        ? [{ method, label: localized(label), amountMinor: grossMinor }]
        : [],
    )
    .sort((a, b) => a.amountMinor - b.amountMinor);
}

/// The rows of the totals that add up to them; none where they do not, as when a share is rounded.
function rows(): readonly WalletRow[] {
  const added = totalRows()
    .filter((row) => !row.included && (row.amountMinor !== 0 || row.kind === 'delivery'))
    .map(({ name, values, amountMinor }) => ({ label: text(name, values), amountMinor }));
  const sum = added.reduce((total, row) => total + row.amountMinor, 0);
  return sum === shop.view.totals.payableMinor ? added : [];
}

/// An address as a command takes it: what is empty is left out.
function given(address: object): Address {
  const entries = Object.entries(address).filter(([, value]) => value !== null && value !== '');
  return Object.fromEntries(entries) as unknown as Address;
}

class Sheet implements WalletSheet {
  readonly #method: string;
  readonly #events: SheetEvents;
  /// What to do when the customer leaves the sheet.
  #before: Command[] = [];

  constructor(method: string, events: SheetEvents) {
    this.#method = method;
    this.#events = events;
  }

  readonly language = language();
  readonly currency = shop.currency;
  readonly needsShipping = shop.needsShipping;
  readonly countries = deliveryCountries(shop.rules);

  get phoneRequired(): boolean {
    return this.countries.some(
      (country) => fieldsOf(country).includes('phone') && !isOptional(country, 'phone'),
    );
  }

  get offer(): WalletOffer {
    return {
      payableMinor: shop.view.totals.payableMinor,
      rows: rows(),
      deliveries: this.needsShipping ? deliveries() : [],
    };
  }

  open(): WalletOffer | undefined {
    const refused = this.#refusal();
    this.#events.say(refused);
    if (refused !== undefined) return undefined;
    const { shipTo, shipping, paymentMethod } = shop.view;
    this.#before = [
      ...(shipTo
        ? [{ type: 'set_address', kind: 'ship_to', address: given(shipTo) } as const]
        : []),
      ...(shipping.method ? [{ type: 'choose_shipping', method: shipping.method } as const] : []),
      ...(paymentMethod ? [{ type: 'choose_payment', method: paymentMethod } as const] : []),
    ];
    shop.apply({ type: 'choose_payment', method: this.#method });
    const country = homeCountry(shop.rules);
    // Nothing can be sent where it would go now; the wallet may know another place.
    const offer = this.#cheapest() ?? this.ship({ country });
    if (!offer) this.#events.say(text('wallet.unserved'));
    return offer;
  }

  ship(place: WalletPlace): WalletOffer | undefined {
    if (!this.countries.includes(place.country)) return undefined;
    const region = regionOf(place.country, place.region ?? '');
    const address = given({ ...place, region });
    if (shop.apply({ type: 'set_address', kind: 'ship_to', address })) return undefined;
    return this.#cheapest();
  }

  deliver(method: string): WalletOffer | undefined {
    return shop.apply({ type: 'choose_shipping', method }) ? undefined : this.offer;
  }

  async place(customer: WalletCustomer, shownMinor: number): Promise<WalletPlaced> {
    const { email, address } = customer;
    form.take(email, { ...address, region: regionOf(address.country, address.region ?? '') });
    const missing = await this.#events.complete();
    if (missing !== undefined) return this.#refused(missing);
    const { payableMinor } = shop.view.totals;
    if (payableMinor !== shownMinor) {
      const old = moneyText(shownMinor, this.currency);
      const now = moneyText(payableMinor, this.currency);
      return this.#refused(text('wallet.changed', { old, now }));
    }
    let payUrl: string | undefined;
    const isPlaced = await payment.place((url) => {
      payUrl = url;
    });
    if (isPlaced) return { status: 'placed', payUrl };
    return this.#refused(
      payment.notice ?? text(payment.isUnknown ? 'order.unknown' : 'changed.title'),
    );
  }

  failed(words: string): void {
    payment.stay();
    this.#events.say(words);
  }

  leave(): void {
    for (const command of this.#before) shop.apply(command);
    // What was typed and not yet taken into the order.
    applyAddress('ship');
    shop.changed();
  }

  #refused(words: string): WalletPlaced {
    this.#events.say(words);
    return { status: 'refused', words };
  }

  #refusal(): string | undefined {
    if (payment.busy) return text('pay.busy_reason');
    if (shop.connection === 'offline') return text('offline.pay');
    const { rejection } = shop.state.place;
    return rejection && !filledIn.has(rejection.reason) ? reasonText(rejection) : undefined;
  }

  /// The cheapest way there is the first; the customer sees it and may choose another.
  #cheapest(): WalletOffer | undefined {
    const { offer } = this;
    const [first] = offer.deliveries;
    if (!this.needsShipping) return offer;
    return first ? this.deliver(first.method) : undefined;
  }
}

export function walletSheet(method: string, events: SheetEvents): WalletSheet {
  return new Sheet(method, events);
}
