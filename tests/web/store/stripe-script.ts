// SPDX-License-Identifier: Apache-2.0
// A stand-in for Stripe.js, as its documentation describes it: a payment element whose confirmation
// sends the browser to the return address or says what is wrong, and the Express Checkout Element
// with a wallet in which a person, two addresses and a card are kept. It refuses what Stripe would:
// an amount, a currency or a way to capture that is not the PaymentIntent's, and a late answer.
// https://docs.stripe.com/js/elements_object/create_express_checkout_element
export const stripeScript = `
const addresses = {
  Berlin: { city: 'Berlin', state: '', postal_code: '10969', country: 'DE' },
  Wien: { city: 'Wien', state: '', postal_code: '1070', country: 'AT' },
};
const line1 = 'Wallet Street 1';

class ExpressElement {
  constructor(group, options) {
    Object.assign(this, { group, options, handlers: {}, box: document.createElement('div') });
  }
  on(name, handler) { this.handlers[name] = handler; return this; }
  mount(place) {
    place.append(this.box);
    const has = window.standInWallet;
    if (has) this.button('Stand-in wallet', () => this.click());
    const available = has ? { applePay: false, googlePay: true, link: false } : undefined;
    queueMicrotask(() => this.handlers.ready({ availablePaymentMethods: available }));
  }
  destroy() { this.box.remove(); }
  button(name, act) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = name;
    button.addEventListener('click', act);
    this.box.append(button);
  }
  click() {
    this.handlers.click({ expressPaymentType: 'google_pay', resolve: (shown) => this.open(shown) });
  }
  open(shown) {
    this.draw(shown);
    for (const name of Object.keys(addresses)) this.button(name, () => this.ship(name));
    this.button('Leave', () => { this.say(''); this.handlers.cancel({}); });
    this.button('Confirm', () => void this.confirm());
    this.button('Confirm for Wien', () => {
      this.address = addresses.Wien;
      void this.confirm();
    });
    this.ship('Berlin');
  }
  ship(name) {
    this.address = addresses[name];
    this.handlers.shippingaddresschange({
      name: 'Wanda Wallet',
      address: this.address,
      resolve: (shown) => this.draw(shown),
      reject: () => this.say('rejected'),
    });
  }
  rate(rate) {
    this.handlers.shippingratechange({
      shippingRate: rate,
      resolve: (shown) => this.draw(shown),
      reject: () => this.say('rejected'),
    });
  }
  draw({ lineItems, shippingRates }) {
    this.box.querySelector('.rates')?.remove();
    const rates = document.createElement('div');
    rates.className = 'rates';
    this.box.append(rates);
    for (const rate of shippingRates) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = 'Rate ' + rate.displayName;
      button.addEventListener('click', () => this.rate(rate));
      rates.append(button);
    }
    const sum = lineItems.reduce((total, item) => total + item.amount, 0);
    if (lineItems.length > 0 && sum !== this.group.options.amount) this.say('rows do not add up');
    else this.say('Amount ' + this.group.options.amount);
  }
  say(words) {
    let said = this.box.querySelector('output');
    if (!said) this.box.append((said = document.createElement('output')));
    said.textContent = words;
  }
  async confirm() {
    await this.handlers.confirm({
      expressPaymentType: 'google_pay',
      billingDetails: { name: 'Wanda Wallet', email: 'wanda@example.com', address: this.address },
      shippingAddress: {
        name: 'Wanda Wallet',
        address: { ...this.address, line1, line2: null },
      },
      paymentFailed: ({ reason, message }) => this.say('failed ' + reason + ': ' + message),
    });
  }
}

class FieldElement {
  constructor(locale) { this.locale = locale; }
  mount(place) {
    const field = document.createElement('input');
    field.setAttribute('aria-label', this.locale === 'fa' ? 'شماره کارت' : 'Card number');
    document.querySelector(place).append(field);
  }
}

window.Stripe = (key, { locale }) => ({
  elements: (options) => {
    const group = {
      options,
      create: (kind, more) =>
        kind === 'expressCheckout' ? new ExpressElement(group, more) : new FieldElement(locale),
      update: (changed) => Object.assign(options, changed),
      submit: async () => { group.submitted = true; return {}; },
    };
    return group;
  },
  async confirmPayment({ elements, clientSecret, confirmParams }) {
    const { options } = elements;
    const card = document.querySelector('#fields input')?.value;
    if (card !== undefined && card !== '4242 4242 4242 4242')
      return { error: { message: 'Your card was declined.' } };
    if (options.mode && !elements.submitted) throw new Error('elements.submit() comes first');
    const asked = new URLSearchParams({
      key,
      client_secret: options.clientSecret ?? clientSecret,
      ...(options.mode
        ? {
            amount: options.amount,
            currency: options.currency,
            capture_method: options.captureMethod,
          }
        : {}),
    });
    const answer = await fetch('https://api.stripe.com/confirm?' + asked);
    if (!answer.ok) return { error: { message: 'The payment is not what was shown.' } };
    const back = new URL(confirmParams.return_url);
    back.searchParams.set('payment_intent', asked.get('client_secret').split('_secret_')[0]);
    back.searchParams.set('redirect_status', 'succeeded');
    location.href = back.href;
    return {};
  },
});`;
