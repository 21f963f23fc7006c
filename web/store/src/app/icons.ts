// SPDX-License-Identifier: Apache-2.0
// The icons of the page: drawings beside words, never instead of them.
import { svg, type SVGTemplateResult, html, type TemplateResult } from 'lit';

const paths = {
  bag: svg`<path d="M5 8h14l-1 12H6L5 8z"/><path d="M9 8a3 3 0 0 1 6 0"/>`,
  check: svg`<path d="m5 13 4 4L19 7"/>`,
  clock: svg`<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 2"/>`,
  close: svg`<path d="M6 6l12 12M18 6 6 18"/>`,
  leaf: svg`<path d="M12 3c5 4 7 8 7 11a7 7 0 0 1-14 0c0-3 2-7 7-11z"/><path d="M12 10v12"/>`,
  lock: svg`<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>`,
  minus: svg`<path d="M6 12h12"/>`,
  offline: svg`<path d="M3 3l18 18M8.5 16.5a5 5 0 0 1 7 0M12 20h.01"/>
    <path d="M5 12.5a10 10 0 0 1 4-2.4M19 12.5a10 10 0 0 0-4-2.4"/>`,
  plus: svg`<path d="M6 12h12M12 6v12"/>`,
  search: svg`<circle cx="11" cy="11" r="6"/><path d="m20 20-4.5-4.5"/>`,
  warn: svg`<path d="M12 4 2.5 20h19L12 4z"/><path d="M12 10v4M12 17h.01"/>`,
} satisfies Record<string, SVGTemplateResult>;

export type IconName = keyof typeof paths;

export function icon(name: IconName, classes = ''): TemplateResult {
  return html`<svg class="icon ${classes}" viewBox="0 0 24 24" aria-hidden="true">
    ${paths[name]}
  </svg>`;
}
