// SPDX-License-Identifier: Apache-2.0
// Parts of an order's page: where it is, what is in it, and its digests.
import { html, nothing, type TemplateResult } from 'lit';
import type { Address } from 'tandem-checkout';
import { knownSku } from '../app/catalog.ts';
import { icon } from '../app/icons.ts';
import { countryName, digits, money, text } from '../app/language.ts';
import { shop } from '../app/shop.ts';
import type { MessageKey } from '../messages/en.ts';
import { orderFacts } from './order-status.ts';

/// The order's way as a list; the step it is at is marked.
function orderSteps(): TemplateResult {
  const { delivery } = shop.view.axes;
  const third: MessageKey = delivery === 'waiting' ? 'order.step_waiting' : 'order.step_ready';
  const steps: MessageKey[] = ['order.step_placed', 'order.step_confirmed'];
  if (shop.view.deliveries.length > 0) steps.push(third, 'order.step_shipped');
  const at =
    delivery === 'delivered' || delivery === 'partially_delivered'
      ? 3
      : delivery === 'none'
        ? 1
        : 2;
  return html`<ol class="steps">
    ${steps.map(
      (step, index) =>
        html`<li
          class=${index < at ? 'done' : nothing}
          aria-current=${index === at ? 'step' : nothing}
        >
          ${icon(index < at ? 'check' : index === at ? 'clock' : 'minus')}
          <span>${text(step)}</span>
          ${
            index < at
              ? html`<span class="visually-hidden">${text('order.done_hidden')}</span>`
              : nothing
          }
        </li>`,
    )}
  </ol>`;
}

/// Where the order is: its way while it has one, then every part of its state in words.
export function orderState(hasSteps: boolean): TemplateResult {
  return html`<section class="stack tight" aria-labelledby="state-title">
    <h2 id="state-title">${text('order.state')}</h2>
    ${hasSteps ? orderSteps() : nothing} ${orderFacts()}
  </section>`;
}

export function orderItems(): TemplateResult {
  const { lines, shipTo } = shop.view;
  return html`<section class="card stack" aria-labelledby="items-title">
    <h2 id="items-title">${text('order.items')}</h2>
    <ul>
      ${lines.map((line) => {
        const known = knownSku(line.sku);
        return html`<li class="mini">
          <div class="thumb">
            ${
              known?.image
                ? html`<img src=${known.image} alt="" width="52" height="52" />`
                : nothing
            }
          </div>
          <div>
            <span dir="auto">${shop.nameOf(line.sku)}</span>
            <span class="times">× ${digits(line.quantity)}</span>
            ${
              shop.variantOf(line.sku)
                ? html`<br /><bdi class="muted small">${shop.variantOf(line.sku)}</bdi>`
                : nothing
            }
          </div>
          ${money(line.subtotalMinor, shop.currency)}
        </li>`;
      })}
    </ul>
    <shop-totals></shop-totals>
    ${shipTo?.line1 ? address(shipTo) : nothing}
  </section>`;
}

function address(to: Address): TemplateResult {
  return html`<dl class="facts">
    <div>
      <dt>${text('review.send_to')}</dt>
      <dd>${addressLines(to)}</dd>
    </div>
  </dl>`;
}

export function addressLines(to: Address): TemplateResult[] {
  const city = [to.postcode, to.city].filter(Boolean).join(' ');
  const lines = [to.name, to.line1, to.line2, city, countryName(to.country)];
  return lines.filter(Boolean).map((line) => html`<span dir="auto">${line}</span><br />`);
}

/// What the browser computed and what the shop answered, for whoever wants to compare.
export function orderProof(): TemplateResult {
  const { quoteDigest, streamDigest } = shop.state;
  return html`<details class="disclosure">
    <summary>${text('order.proof')}</summary>
    <div class="stack tight">
      <p class="small">${text('order.proof_note')}</p>
      <dl class="stack tight">
        <div>
          <dt class="small muted">${text('order.quote_digest')}</dt>
          <dd class="digest code" id="quote-digest">${quoteDigest}</dd>
        </div>
        <div>
          <dt class="small muted">${text('order.stream_digest')}</dt>
          <dd class="digest code" id="stream-digest">${streamDigest}</dd>
        </div>
      </dl>
    </div>
  </details>`;
}
