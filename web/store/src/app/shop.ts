// SPDX-License-Identifier: Apache-2.0
// What every element of the page shares: the checkout client, the rules, the route, and the one
// signal that something changed. All of it is read here; amounts come from checkout.state only.
import {
  Checkout,
  load,
  MemoryStorage,
  type CheckoutState,
  type Command,
  type Core,
  type Offer,
  type OrderView,
  type Quote,
  type Rejection,
  type Rules,
} from 'tandem-checkout';
import { announce } from './announce.ts';
import { knownSku, rememberVariant, variantName, type Product, type Variant } from './catalog.ts';
import { language, localized, setLanguage, text } from './language.ts';
import { forgetPrices, watchPrices } from './price-watch.ts';
import { parseRoute, type Route } from './router.ts';
import { homeCountry } from './rules.ts';
import { learnUnseen } from './unseen.ts';

const slowAfterMs = 10_000;
const savingAfterMs = 2_000;

export type Connection = 'good' | 'saving' | 'slow' | 'offline';

class Shop {
  #checkout: Checkout | undefined;
  #looked: { readonly id: string; checkout?: Checkout } | undefined;
  #core: Core | undefined;
  readonly #listeners = new Set<() => void>();
  route: Route = parseRoute(location.hash);
  ready = false;
  #waiting: (() => void)[] = [];
  broken = false;
  drawerOpen = false;
  connection: Connection = 'good';
  /// Refusals that came back from the server for commands the local core had accepted.
  late: Rejection | undefined;
  #timers: ReturnType<typeof setTimeout>[] = [];

  /// The order that is shown: the cart, or another one of the account.
  get checkout(): Checkout {
    return this.#looked?.checkout ?? this.cart;
  }

  /// Whether an order is shown that this device did not make, or not lately.
  get looksElsewhere(): boolean {
    return this.#looked?.checkout !== undefined;
  }

  /// Whether the order that the address names is the one that is shown.
  get isHere(): boolean {
    const { route } = this;
    const wanted = route.view === 'order' ? route.id : undefined;
    return wanted === undefined || wanted === this.checkout.state.orderId;
  }

  /// The cart, whichever order is looked at.
  get cart(): Checkout {
    if (!this.#checkout) throw new Error('The shop is not open yet');
    return this.#checkout;
  }

  get rules(): Rules {
    return this.cart.rules;
  }

  get state(): CheckoutState {
    return this.checkout.state;
  }

  get view(): OrderView {
    return this.checkout.state.view;
  }

  get currency(): string {
    return this.view.currency || this.rules.currency;
  }

  /// How many things are in the cart: a count, not money.
  get itemCount(): number {
    return this.cartLines.reduce((sum, line) => sum + line.quantity, 0);
  }

  /// What is in the cart: nothing any more once its order is finished.
  get cartLines(): OrderView['lines'] {
    return this.isFinished ? [] : this.cart.state.view.lines;
  }

  /// Calls at once, or when the cart can be computed: a click in the first moment is not lost.
  whenReady(call: () => void): void {
    if (this.ready) call();
    else this.#waiting.push(call);
  }

  async open(): Promise<void> {
    addEventListener('hashchange', () => {
      this.route = parseRoute(location.hash);
      this.drawerOpen = false;
      if (this.ready) void this.#look();
      this.changed();
    });
    addEventListener('pageshow', (event) => {
      // Back from the provider's page: the page is as it was left, the order is not.
      if (event.persisted && this.ready)
        void this.checkout.refresh().then(() => {
          this.changed();
        });
    });
    try {
      const core = load();
      this.#checkout = await Checkout.open({ core, baseUrl: '', storage: 'indexeddb' });
      this.#core = await core;
      this.#listen(this.#checkout);
      this.ready = true;
      void this.#look();
      for (const call of this.#waiting.splice(0)) call();
    } catch (cause) {
      console.error(cause);
      this.broken = true;
    }
    this.changed();
  }

  /// Opens the order that the address names, beside the cart; nothing of it is kept here.
  async #look(): Promise<void> {
    const { route } = this;
    const id = route.view === 'order' ? route.id : undefined;
    if (this.#looked?.id === id) return;
    void this.#looked?.checkout?.close();
    this.#looked = undefined;
    const core = this.#core;
    if (id === undefined || id === this.cart.state.orderId || !core) return;
    const looked: { readonly id: string; checkout?: Checkout } = (this.#looked = { id });
    const storage = new MemoryStorage();
    await storage.writeOrder('', { orderId: id, secret: '', created: true, kept: null });
    const checkout = await Checkout.open({ core, baseUrl: '', storage, orderId: id });
    await checkout.refresh();
    if (this.#looked !== looked) {
      void checkout.close();
      return;
    }
    looked.checkout = checkout;
    checkout.subscribe(() => {
      this.changed();
    });
    this.#learn(checkout.state.view);
    this.changed();
  }

  #learn(view: OrderView): void {
    learnUnseen(view, (product) => {
      this.show([product]);
      this.changed();
    });
  }

  #listen(checkout: Checkout): void {
    checkout.subscribe(() => {
      const { orderId, view } = this.cart.state;
      watchPrices(orderId, view);
      this.#learn(view);
      this.#watchConnection();
      this.changed();
    });
    checkout.addEventListener('rejected', (event) => {
      this.late = event.detail.rejection;
      this.changed();
    });
    this.#watchConnection();
  }

  #watchConnection(): void {
    const now = this.cart.state.connection;
    if (now === 'offline') {
      this.#clearTimers();
      if (this.connection !== 'offline')
        announce(text('offline.banner', { n: this.state.pending }));
      this.connection = 'offline';
    } else if (now === 'saving') {
      if (this.#timers.length > 0) return;
      this.#after(savingAfterMs, 'saving');
      this.#after(slowAfterMs, 'slow');
    } else {
      this.#clearTimers();
      if (this.connection === 'offline' || this.connection === 'slow') {
        announce(text('online.again'));
      }
      this.connection = 'good';
    }
  }

  #after(milliseconds: number, connection: Connection): void {
    this.#timers.push(
      setTimeout(() => {
        this.connection = connection;
        this.changed();
      }, milliseconds),
    );
  }

  #clearTimers(): void {
    this.#timers.forEach(clearTimeout);
    this.#timers = [];
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  apply(command: Command): Rejection | undefined {
    const answer = this.checkout.apply(command);
    if (command.type === 'set_address') forgetPrices();
    return answer.ok ? undefined : answer.rejection;
  }

  /// Gives the core the offers that the page shows, so that the cart can be computed here.
  show(products: readonly Product[]): void {
    if (!this.ready) return;
    const variants = products.flatMap((product) => product.variants);
    this.cart.putOffers(
      variants.map((variant) => variant.offer),
      Object.fromEntries(variants.map((one) => [one.offer.sku, one.availability])),
    );
  }

  /// What so much of one offer costs by itself: promotions and delivery are a cart's.
  quoteOf(offer: Offer, quantity: number): Quote | undefined {
    const answer = this.#core?.quote({
      format: 1,
      now_ms: Date.now(),
      rules: { ...this.rules, promotions: [], shipping_methods: [] },
      offers: [offer],
      cart: { lines: [{ sku: offer.sku, quantity }] },
    });
    return answer?.ok ? answer.value : undefined;
  }

  /// Puts one of a variant into the cart, a new one if the last order is finished.
  add(product: Product, variant: Variant): Rejection | undefined {
    if (this.isFinished) this.checkout.startOver();
    rememberVariant(product, variant);
    this.show([product]);
    this.#prepareDestination();
    const refused = this.apply({ type: 'add_line', sku: variant.offer.sku, quantity: 1 });
    if (!refused) this.chooseDefaults();
    return refused;
  }

  get isFinished(): boolean {
    const state = this.cart.state.view.axes.order;
    return state === 'order' || state === 'canceled';
  }

  /// A destination from the start, so that the cart shows delivery and tax at once.
  #prepareDestination(): void {
    if (this.view.shipTo) return;
    this.apply({
      type: 'set_address',
      kind: 'ship_to',
      address: { country: homeCountry(this.rules) },
    });
  }

  /// Without a choice the first method that is possible is taken; the customer sees and changes it.
  chooseDefaults(): void {
    if (this.view.axes.order !== 'quotation' || this.view.lines.length === 0) return;
    if (!this.view.shipping.method) {
      const first = this.state.shippingOptions.find((option) => option.available);
      if (first) this.apply({ type: 'choose_shipping', method: first.method });
    }
    if (!this.view.paymentMethod) {
      const first = this.state.paymentOptions.find((option) => option.available);
      if (first) this.apply({ type: 'choose_payment', method: first.method });
    }
  }

  /// Whether anything in the cart has to be sent: then the core offers methods for it.
  get needsShipping(): boolean {
    return this.state.shippingOptions.length > 0;
  }

  setDrawer(open: boolean): void {
    this.drawerOpen = open;
    this.changed();
  }

  switchLanguage(): void {
    setLanguage(language() === 'en' ? 'fa' : 'en');
    this.changed();
  }

  /// What a line is called: the product's name, and its variant if it has one.
  nameOf(sku: string): string {
    const product = knownSku(sku);
    return product ? localized(product.name) : sku;
  }

  variantOf(sku: string): string {
    const known = knownSku(sku);
    return known ? variantName(known) : '';
  }

  get number(): string {
    const number = this.state.orderNo ?? this.view.orderNo;
    return number === null ? this.state.orderId.slice(0, 8) : orderNumber(number);
  }
}

/// How the shop writes the numbers of its orders.
export function orderNumber(number: number): string {
  return `S-${number}`;
}

export const shop = new Shop();
