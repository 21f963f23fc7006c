// SPDX-License-Identifier: Apache-2.0
// The wallets that Stripe brings (Apple Pay, Google Pay, Link and others), as its Express Checkout
// Element: Stripe's buttons, Stripe's sheet. The PaymentIntent is made by the server once the order
// is placed, and confirmed with what the customer agreed to.
// Source: https://docs.stripe.com/elements/express-checkout-element/accept-a-payment
import { loadStripe } from '@stripe/stripe-js/pure';
import type {
  LineItem,
  ShippingRate,
  Stripe,
  StripeElementLocale,
  StripeElements,
  StripeExpressCheckoutElement,
  StripeExpressCheckoutElementConfirmEvent,
} from '@stripe/stripe-js';
import { text } from '../app/language.ts';
import type { MountWallet, WalletCustomer, WalletOffer, WalletSheet } from './wallet.ts';

/// GET /pay/stripe/express.
interface Terms {
  readonly capture: 'automatic' | 'manual';
  readonly divisor: number;
  readonly multiplier: number;
  readonly publishable_key: string;
  readonly step: number;
}

/// POST …/secret of the payment's page.
interface Secret {
  readonly client_secret: string;
  readonly return_url: string;
}

/// Pay buttons are as high as the page's own.
const buttonHeight = 48;

/// Stripe has no Persian: its sheet then speaks the browser's language.
function localeOf(sheet: WalletSheet): StripeElementLocale {
  return sheet.language === 'en' ? 'en' : 'auto';
}

class Wallet {
  readonly #stripe: Stripe;
  readonly #terms: Terms;
  readonly #sheet: WalletSheet;
  readonly #elements: StripeElements;
  readonly element: StripeExpressCheckoutElement;
  #shownMinor = 0;

  constructor(stripe: Stripe, terms: Terms, sheet: WalletSheet) {
    this.#stripe = stripe;
    this.#terms = terms;
    this.#sheet = sheet;
    this.#elements = stripe.elements({
      mode: 'payment',
      amount: this.#amount(sheet.offer.payableMinor),
      currency: sheet.currency.toLowerCase(),
      captureMethod: terms.capture,
    });
    this.element = this.#elements.create('expressCheckout', {
      buttonHeight,
      emailRequired: true,
      phoneNumberRequired: sheet.phoneRequired,
      billingAddressRequired: !sheet.needsShipping,
      shippingAddressRequired: sheet.needsShipping,
      ...(sheet.needsShipping ? { allowedShippingCountries: [...sheet.countries] } : {}),
    });
    this.#answer();
  }

  /// Whether Stripe can be told exactly this amount.
  static takes(terms: Terms, minor: number): boolean {
    const amount = (minor * terms.multiplier) / terms.divisor;
    return amount > 0 && Number.isSafeInteger(amount) && amount % terms.step === 0;
  }

  #amount(minor: number): number {
    return (minor * this.#terms.multiplier) / this.#terms.divisor;
  }

  /// What the sheet shows from now on.
  #show(offer: WalletOffer): { lineItems: LineItem[]; shippingRates?: ShippingRate[] } {
    this.#shownMinor = offer.payableMinor;
    this.#elements.update({ amount: this.#amount(offer.payableMinor) });
    return {
      lineItems: offer.rows.map((row) => ({
        name: row.label,
        amount: this.#amount(row.amountMinor),
      })),
      ...(this.#sheet.needsShipping
        ? {
            shippingRates: offer.deliveries.map((delivery) => ({
              id: delivery.method,
              displayName: delivery.label,
              amount: this.#amount(delivery.amountMinor),
            })),
          }
        : {}),
    };
  }

  #canShow(offer: WalletOffer | undefined): offer is WalletOffer {
    return offer !== undefined && Wallet.takes(this.#terms, offer.payableMinor);
  }

  #answer(): void {
    const sheet = this.#sheet;
    this.element.on('click', (event) => {
      // Without an answer Stripe does not open the sheet.
      const offer = sheet.open();
      if (this.#canShow(offer)) event.resolve(this.#show(offer));
    });
    this.element.on('shippingaddresschange', (event) => {
      const { country, state, postal_code, city } = event.address;
      const offer = sheet.ship({ country, region: state, postcode: postal_code, city });
      if (this.#canShow(offer)) event.resolve(this.#show(offer));
      else event.reject();
    });
    this.element.on('shippingratechange', (event) => {
      const offer = sheet.deliver(event.shippingRate.id);
      if (this.#canShow(offer)) event.resolve(this.#show(offer));
      else event.reject();
    });
    this.element.on('cancel', () => {
      sheet.leave();
    });
    this.element.on('confirm', (event) => void this.#confirm(event));
  }

  async #confirm(event: StripeExpressCheckoutElementConfirmEvent): Promise<void> {
    const { error } = await this.#elements.submit();
    const customer = customerOf(event);
    if (error || !customer) {
      event.paymentFailed({ reason: customer ? 'fail' : 'invalid_shipping_address' });
      return;
    }
    const placed = await this.#sheet.place(customer, this.#shownMinor);
    if (placed.status === 'refused') {
      event.paymentFailed({ reason: 'fail', message: placed.words });
      return;
    }
    if (placed.payUrl === undefined) return;
    const words = await this.#pay(placed.payUrl).catch(() => text('wallet.trouble'));
    if (words === undefined) return;
    event.paymentFailed({ reason: 'fail', message: words });
    this.#sheet.failed(words);
  }

  /// Confirms the payment of the placed order; Stripe goes on to the return address. Answers what
  /// was wrong.
  async #pay(payUrl: string): Promise<string | undefined> {
    const page = new URL(payUrl, location.href).pathname;
    const answer = await fetch(`${page}/secret`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{}',
    });
    if (!answer.ok) return text('wallet.trouble');
    const secret = (await answer.json()) as Secret;
    const { error } = await this.#stripe.confirmPayment({
      elements: this.#elements,
      clientSecret: secret.client_secret,
      confirmParams: { return_url: new URL(secret.return_url, location.href).href },
    });
    return error.message ?? text('wallet.trouble');
  }
}

function customerOf(event: StripeExpressCheckoutElementConfirmEvent): WalletCustomer | undefined {
  const { billingDetails, shippingAddress } = event;
  const told = shippingAddress ?? billingDetails;
  if (!billingDetails?.email || !told) return undefined;
  const { line1, line2, city, state, postal_code, country } = told.address;
  return {
    email: billingDetails.email,
    address: {
      name: told.name,
      line1,
      line2,
      city,
      region: state,
      postcode: postal_code,
      country,
      phone: billingDetails.phone ?? '',
    },
  };
}

export const mount: MountWallet = async (host, sheet) => {
  const answer = await fetch('/pay/stripe/express');
  if (!answer.ok) return undefined;
  const terms = (await answer.json()) as Terms;
  if (!Wallet.takes(terms, sheet.offer.payableMinor)) return undefined;
  const stripe = await loadStripe(terms.publishable_key, { locale: localeOf(sheet) });
  if (!stripe) return undefined;
  const { element } = new Wallet(stripe, terms, sheet);
  const isReady = new Promise<boolean>((resolve) => {
    element.on('ready', (event) => {
      resolve(event.availablePaymentMethods !== undefined);
    });
    element.on('loaderror', () => {
      resolve(false);
    });
  });
  element.mount(host);
  const mounted = {
    unmount: () => {
      element.destroy();
    },
  };
  if (await isReady) return mounted;
  mounted.unmount();
  return undefined;
};
