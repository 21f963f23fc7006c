// SPDX-License-Identifier: Apache-2.0
// The page's language: chosen by the customer, else by the browser. Texts come in two forms:
// `text` is a plain string with its values isolated for bidi, `rich` a template with <bdi>.
import { formatMoney, localDigits } from 'tandem-checkout';
import { html, type TemplateResult } from 'lit';
import { byLocale } from '../messages/by-locale.ts';
import { fill } from '../messages/format.ts';
import { languages, type Language, type MessageKey } from '../messages/messages.ts';

const storageKey = 'shop-language';

export type Value = string | number | TemplateResult;
export type Values = Readonly<Record<string, Value>>;

let current: Language = initialLanguage();

function initialLanguage(): Language {
  const kept = localStorage.getItem(storageKey);
  if (kept === 'en' || kept === 'fa') return kept;
  return navigator.language.startsWith('fa') ? 'fa' : 'en';
}

export function language(): Language {
  return current;
}

export function setLanguage(next: Language): void {
  current = next;
  localStorage.setItem(storageKey, next);
  applyToDocument();
}

export function applyToDocument(): void {
  document.documentElement.lang = current;
  document.documentElement.dir = languages[current].direction;
}

/// A number in the page's digits.
export function digits(value: number | string): string {
  return localDigits(String(value), current);
}

function plain(value: Value): string {
  if (typeof value === 'number') return digits(value);
  if (typeof value !== 'string') return '';
  return current === 'fa' ? `\u2068${value}\u2069` : value;
}

function rendered(value: Value): Value {
  if (typeof value === 'number') return digits(value);
  return typeof value === 'string' ? html`<bdi>${value}</bdi>` : value;
}

export function textOf(message: string, values: Values = {}): string {
  return fill<Value, string>(message, values, current, plain).join('').trim();
}

export function richOf(message: string, values: Values = {}): TemplateResult {
  return html`${fill<Value, Value>(message, values, current, rendered)}`;
}

export function text(key: MessageKey, values?: Values): string {
  return textOf(languages[current].texts[key], values);
}

export function rich(key: MessageKey, values?: Values): TemplateResult {
  return richOf(languages[current].texts[key], values);
}

/// The message with this key, if there is one: for labels that only some countries have.
export function textIfAny(key: string): string | undefined {
  const texts: Readonly<Record<string, string>> = languages[current].texts;
  return texts[key];
}

export function reasonMessage(reason: string): string | undefined {
  return languages[current].reasons[reason];
}

/// The entry of the page's language in a text per language, else English, else any.
export function localized(texts: Readonly<Record<string, string>> | undefined): string {
  if (!texts) return '';
  return texts[current] ?? texts.en ?? Object.values(texts)[0] ?? '';
}

export function moneyText(minor: number, currency: string): string {
  // In Persian, prices in rials are said in tomans.
  return formatMoney(minor, currency, current, { unit: current === 'fa' ? 'toman' : 'currency' });
}

export function money(minor: number, currency: string): TemplateResult {
  return html`<bdi class="amount">${moneyText(minor, currency)}</bdi>`;
}

const percents = byLocale(
  (locale) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }),
);

/// A rate in parts per million as percent: 190000 is "19 %".
export function percent(ppm: number): string {
  return percents(current).format(ppm / 1_000_000);
}

const days = byLocale((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }));
const moments = byLocale(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }),
);
const calendar = (): string => (current === 'fa' ? 'fa-IR' : 'en-GB');

/// A day in the page's calendar.
export function dateText(milliseconds: number): string {
  return days(calendar()).format(milliseconds);
}

/// A moment in the page's calendar and the device's time zone.
export function momentText(milliseconds: number): string {
  return moments(calendar()).format(milliseconds);
}

const regions = byLocale((locale) => new Intl.DisplayNames(locale, { type: 'region' }));

export function countryName(code: string): string {
  return regions(current).of(code) ?? code;
}
