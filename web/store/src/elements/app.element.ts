// SPDX-License-Identifier: Apache-2.0
// The frame around every view: header, banner of the connection, the view itself, footer, drawer.
// Opening a view moves focus to its heading, so that a screen reader starts there.
import { html, nothing, type TemplateResult } from 'lit';
import { signIn } from '../app/account.ts';
import { addedEvent } from '../app/add-to-cart.ts';
import { icon } from '../app/icons.ts';
import { digits, language, rich, text } from '../app/language.ts';
import { go, listAddress, type Route } from '../app/router.ts';
import { ShopElement } from '../app/shop-element.ts';
import { shop } from '../app/shop.ts';

const searchDelayMs = 250;
const wideEnoughForDrawer = '(min-width: 37.5rem)';

export class ShopApp extends ShopElement {
  #shown: Route['view'] | undefined;
  #shownAddress = location.hash;
  #typing: ReturnType<typeof setTimeout> | undefined;
  #added = false;
  #opener: HTMLElement | null = null;

  protected override render(): TemplateResult {
    return html`<div class="frame">
      <a class="skip visually-hidden" href="#main" @click=${this.#skip}>${text('skip.main')}</a>
      ${this.#header()} ${this.#banner()}
      <main id="main" tabindex="-1">
        ${this.#notice()}
        <div class="content">${this.#view()}</div>
      </main>
      ${this.#footer()}
      ${shop.connection === 'saving' ? html`<p class="saving">${text('cart.saving')}</p>` : nothing}
      ${this.#drawer()} ${this.#addedBar()}
    </div>`;
  }

  #header(): TemplateResult {
    const brand = html`<a class="brand" href="#/">${icon('leaf')}${text('shop.name')}</a>`;
    const languageButton = html`<button
      class="link"
      type="button"
      lang=${language() === 'en' ? 'fa' : 'en'}
      @click=${this.#switchLanguage}
    >
      ${text('header.language')}
    </button>`;
    if (shop.route.view === 'checkout') {
      return html`<header class="site-header">
        <div class="content">
          ${brand}
          <p class="secure">${icon('lock')}${text('header.secure')}</p>
          <div class="header-end">${languageButton}</div>
        </div>
      </header>`;
    }
    return html`<header class="site-header">
      <div class="content">
        ${brand}
        <form class="search" role="search" @submit=${this.#search}>
          <label class="visually-hidden" for="search">${text('header.search')}</label>
          ${icon('search')}
          <input
            id="search"
            class="input"
            type="search"
            autocomplete="off"
            enterkeyhint="search"
            placeholder=${text('header.search')}
            .value=${shop.route.view === 'list' ? shop.route.q : ''}
            @input=${this.#type}
          />
        </form>
        <div class="header-end">${languageButton} ${this.#cartLink()}</div>
      </div>
    </header>`;
  }

  #cartLink(): TemplateResult {
    const count = shop.ready ? shop.itemCount : 0;
    return html`<a
      class="cart-link"
      href="#/cart"
      aria-label=${text('header.cart', { n: count })}
      @click=${this.#openCart}
    >
      ${icon('bag')}<span aria-hidden="true">${text('header.cart_word')}</span>
      ${count > 0 ? html`<span class="count" aria-hidden="true">${digits(count)}</span>` : nothing}
    </a>`;
  }

  #banner(): TemplateResult | typeof nothing {
    if (shop.connection !== 'offline' && shop.connection !== 'slow') return nothing;
    const key = shop.connection === 'offline' ? 'offline.banner' : 'offline.slow';
    return html`<div class="banner">
      <p class="content">${icon('offline')}<span>${rich(key, { n: shop.state.pending })}</span></p>
    </div>`;
  }

  #notice(): TemplateResult | typeof nothing {
    const { notice } = signIn;
    if (notice?.hash !== location.hash) return nothing;
    return html`<div class="page-note">
      <p class="note success">${icon('check')}<span>${notice.words}</span></p>
    </div>`;
  }

  #view(): TemplateResult {
    if (shop.broken) return this.#broken();
    const { route } = shop;
    switch (route.view) {
      case 'list':
        return html`<shop-list .q=${route.q} .category=${route.category}></shop-list>`;
      case 'product':
        return html`<shop-product .handle=${route.handle}></shop-product>`;
      case 'terms':
        return html`<shop-terms></shop-terms>`;
      case 'missing':
        return html`<div class="empty">
          <h1 tabindex="-1">${text('missing.title')}</h1>
          <a class="button" href="#/">${text('missing.home')}</a>
        </div>`;
      default:
        return shop.ready ? this.#orderView(route.view) : html`<p>${text('loading.core')}</p>`;
    }
  }

  #orderView(view: 'cart' | 'checkout' | 'order' | 'orders'): TemplateResult {
    if (view === 'orders') return html`<shop-orders></shop-orders>`;
    if (view === 'cart') return html`<shop-cart place="page"></shop-cart>`;
    if (view === 'checkout') return html`<shop-checkout></shop-checkout>`;
    if (!shop.isHere) return html`<p>${text('loading.core')}</p>`;
    return html`<shop-order></shop-order>`;
  }

  #broken(): TemplateResult {
    return html`<div class="empty">
      <h1 tabindex="-1">${text('broken.title')}</h1>
      <p>${text('broken.text')}</p>
      <button
        class="button primary"
        type="button"
        @click=${() => {
          location.reload();
        }}
      >
        ${text('broken.retry')}
      </button>
    </div>`;
  }

  #footer(): TemplateResult {
    return html`<footer class="site-footer">
      <div class="content">
        <span>${text('shop.name')}</span>
        <a class="link" href="#/terms">${text('footer.terms')}</a>
        ${
          shop.ready && signIn.isOn
            ? html`<a class="link" href="#/orders">${text('account.orders')}</a>`
            : nothing
        }
        <span>${text('footer.help')}</span>
      </div>
    </footer>`;
  }

  #addedBar(): TemplateResult | typeof nothing {
    if (!this.#added) return nothing;
    return html`<div class="added-bar">
      <span class="stock in">${icon('check')}${text('added.bar')}</span>
      <a class="button primary" href="#/cart">${text('added.view')}</a>
    </div>`;
  }

  readonly #showAdded = (): void => {
    this.#added = true;
    this.requestUpdate();
  };

  readonly #hideAdded = (): void => {
    this.#added = false;
    this.requestUpdate();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener(addedEvent, this.#showAdded);
    addEventListener('hashchange', this.#hideAdded);
  }

  override disconnectedCallback(): void {
    removeEventListener(addedEvent, this.#showAdded);
    removeEventListener('hashchange', this.#hideAdded);
    super.disconnectedCallback();
  }

  #drawer(): TemplateResult {
    const isOpen = shop.drawerOpen && shop.ready;
    return html`<dialog
      class="drawer"
      aria-labelledby="drawer-title"
      @close=${this.#drawerClosed}
      @click=${this.#backdropClick}
    >
      ${
        isOpen
          ? html`<div class="drawer-head">
                <h2 id="drawer-title" tabindex="-1">
                  ${rich('cart.title', { n: shop.itemCount })}
                </h2>
                <button
                  class="icon-button"
                  type="button"
                  aria-label=${text('cart.close')}
                  @click=${this.#closeDrawer}
                >
                  ${icon('close')}
                </button>
              </div>
              <shop-cart place="drawer"></shop-cart>`
          : nothing
      }
    </dialog>`;
  }

  protected override updated(): void {
    this.#syncDrawer();
    const address = location.hash;
    void this.#tellTitle();
    if (this.#shown === undefined) {
      this.#shown = shop.route.view;
      return;
    }
    const isOther =
      this.#shown !== shop.route.view || this.#pathOf(address) !== this.#pathOf(this.#shownAddress);
    if (!isOther) return;
    this.#shown = shop.route.view;
    this.#shownAddress = address;
    void this.#focusHeading();
  }

  /// The search's words after the ? change while typing; they are no new view.
  #pathOf(address: string): string {
    return address.split('?', 1)[0] ?? '';
  }

  /// The view renders after its frame: its heading and its faults are there one update later.
  async #viewUpdated(): Promise<void> {
    const view = this.querySelector<ShopElement>('main .content > *');
    if (view instanceof ShopElement) await view.updateComplete;
  }

  async #tellTitle(): Promise<void> {
    await this.#viewUpdated();
    document.title = this.#title(this.querySelector<HTMLElement>('main h1'));
  }

  async #focusHeading(): Promise<void> {
    scrollTo(0, 0);
    await this.#viewUpdated();
    const heading = this.querySelector<HTMLElement>('main h1');
    if (document.activeElement?.closest('.fault-summary, [data-takes-focus]')) return;
    heading?.focus();
  }

  #title(heading: HTMLElement | null): string {
    const name = text('shop.name');
    const words = heading?.textContent.trim().replace(/\s+/g, ' ');
    const title = words ? `${words} – ${name}` : name;
    return document.querySelector('.fault-summary') ? text('faults.prefix', { title }) : title;
  }

  #syncDrawer(): void {
    const dialog = this.querySelector('dialog.drawer');
    if (!(dialog instanceof HTMLDialogElement)) return;
    if (shop.drawerOpen && !dialog.open) {
      this.#opener = document.activeElement as HTMLElement | null;
      dialog.showModal();
      dialog.querySelector<HTMLElement>('#drawer-title')?.focus();
    } else if (!shop.drawerOpen && dialog.open) {
      dialog.close();
    }
  }

  #drawerClosed = (): void => {
    if (shop.drawerOpen) shop.setDrawer(false);
    if (this.#opener?.isConnected) this.#opener.focus();
  };

  #closeDrawer = (): void => {
    shop.setDrawer(false);
  };

  #backdropClick = (event: MouseEvent): void => {
    if (event.target instanceof HTMLDialogElement) shop.setDrawer(false);
  };

  #openCart = (event: MouseEvent): void => {
    if (!shop.ready || shop.route.view === 'cart' || !matchMedia(wideEnoughForDrawer).matches)
      return;
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    shop.setDrawer(true);
  };

  #switchLanguage = (): void => {
    shop.switchLanguage();
  };

  #skip = (event: Event): void => {
    event.preventDefault();
    this.querySelector<HTMLElement>('#main')?.focus();
  };

  #type = (event: InputEvent): void => {
    const q = (event.target as HTMLInputElement).value;
    clearTimeout(this.#typing);
    if (shop.route.view !== 'list') return;
    this.#typing = setTimeout(() => {
      go(listAddress(q.trim(), ''));
    }, searchDelayMs);
  };

  #search = (event: SubmitEvent): void => {
    event.preventDefault();
    clearTimeout(this.#typing);
    const input = this.querySelector<HTMLInputElement>('#search');
    go(listAddress(input?.value.trim() ?? '', ''));
  };
}
