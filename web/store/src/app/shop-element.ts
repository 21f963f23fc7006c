// SPDX-License-Identifier: Apache-2.0
// The base of every element here: it renders into the light DOM, where labels, autofill, anchors
// and screen readers expect form fields, and renders again whenever the shop changes.
import { LitElement } from 'lit';
import { shop } from './shop.ts';

export abstract class ShopElement extends LitElement {
  #unsubscribe: (() => void) | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#unsubscribe = shop.subscribe(() => {
      this.requestUpdate();
    });
  }

  override disconnectedCallback(): void {
    this.#unsubscribe?.();
    super.disconnectedCallback();
  }
}
