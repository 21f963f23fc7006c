// SPDX-License-Identifier: Apache-2.0
// The wallets above the form: a customer who has one pays without filling anything in. The buttons
// are the provider's own; without a wallet that is ready in this browser nothing is shown.
import { html, nothing, type TemplateResult } from 'lit';
import { alertUser } from '../app/announce.ts';
import { icon } from '../app/icons.ts';
import { language, text } from '../app/language.ts';
import { ShopElement } from '../app/shop-element.ts';
import { shop } from '../app/shop.ts';
import { expressOption, walletSheet } from '../app/wallet-sheet.ts';
import { walletOf, type MountedWallet } from '../wallet/wallet.ts';
import { terms } from './review.ts';

export class ShopExpress extends ShopElement {
  /// See SheetEvents.
  complete: () => Promise<string | undefined> = () => Promise.resolve(undefined);
  /// What the mounted buttons were made for.
  #madeFor = '';
  #mounted: MountedWallet | undefined;
  #fault: string | undefined;

  override disconnectedCallback(): void {
    this.#unmount();
    this.#madeFor = '';
    super.disconnectedCallback();
  }

  protected override render(): TemplateResult {
    return html`<div class="stack">
      <div class="express-buttons" role="group" aria-label=${text('wallet.group')}></div>
      ${this.#mounted ? this.#around() : nothing}
    </div>`;
  }

  #around(): TemplateResult {
    return html`${
        this.#fault
          ? html`<p class="note danger" id="express-fault">
              ${icon('warn')}<span>${this.#fault}</span>
            </p>`
          : nothing
      }
      <p class="small">${terms()}</p>
      <p class="express-or muted">${text('wallet.or')}</p>`;
  }

  protected override updated(): void {
    const option = expressOption();
    const wanted = option
      ? [option.provider, option.method, language(), String(shop.needsShipping)].join(' ')
      : '';
    if (wanted === this.#madeFor) return;
    this.#madeFor = wanted;
    this.#unmount();
    if (option) void this.#mount(option, wanted);
  }

  async #mount(
    option: { readonly method: string; readonly provider: string },
    wanted: string,
  ): Promise<void> {
    // Stripe measures its place, so that it has to be there before it is known to be of use.
    const place = document.createElement('div');
    this.#host?.replaceChildren(place);
    const sheet = walletSheet(option.method, { say: this.#say, complete: () => this.complete() });
    const mount = await walletOf(option.provider);
    const mounted = await mount?.(place, sheet).catch((cause: unknown) => {
      console.warn(cause);
      return undefined;
    });
    if (this.#madeFor !== wanted) {
      mounted?.unmount();
      return;
    }
    this.#mounted = mounted;
    if (!mounted) this.#host?.replaceChildren();
    this.requestUpdate();
  }

  #unmount(): void {
    this.#mounted?.unmount();
    this.#mounted = undefined;
    this.#host?.replaceChildren();
    this.requestUpdate();
  }

  get #host(): HTMLElement | null {
    return this.querySelector('.express-buttons');
  }

  readonly #say = (words?: string): void => {
    this.#fault = words;
    if (words !== undefined) alertUser(words);
    this.requestUpdate();
  };
}
