// SPDX-License-Identifier: Apache-2.0
// Products as the server lists them, and what the page remembers of those it has shown: a cart
// line needs its product's name and picture after a reload and without a network.
import type { Offer } from 'tandem-checkout';
import { digits, language } from './language.ts';

export type Texts = Readonly<Record<string, string>>;

export interface Variant {
  readonly availability: number | null;
  readonly compare_at_minor: number | null;
  readonly offer: Offer;
  readonly options: readonly string[];
}

export interface Product {
  readonly body: Texts;
  readonly categories: readonly string[];
  readonly handle: string;
  readonly image: string | null;
  readonly name: Texts;
  /// What names and values of options are called in other languages.
  readonly option_words?: Readonly<Record<string, Texts>>;
  readonly options: readonly string[];
  readonly variants: readonly Variant[];
}

export interface Page {
  readonly cursor: string | null;
  readonly products: readonly Product[];
  readonly total: number;
}

export interface Known {
  readonly handle: string;
  readonly image: string | null;
  readonly name: Texts;
  readonly option_words?: Readonly<Record<string, Texts>>;
  readonly options: readonly string[];
  readonly compare_at?: number | null;
  readonly offer?: Offer;
}

const storageKey = 'shop-known';
const known = new Map<string, Known>(readKnown());

function readKnown(): [string, Known][] {
  try {
    return JSON.parse(localStorage.getItem(storageKey) ?? '[]') as [string, Known][];
  } catch {
    return [];
  }
}

export function knownSku(sku: string): Known | undefined {
  if (!known.has(sku)) {
    // Another tab may have put it into the cart that both show.
    for (const [other, product] of readKnown()) if (!known.has(other)) known.set(other, product);
  }
  return known.get(sku);
}

/// Keeps what a cart line shows of a product, for later.
export function rememberVariant(product: Product, variant: Variant): void {
  const { handle, image, name, option_words = {} } = product;
  const { compare_at_minor: compare_at, offer, options } = variant;
  known.set(offer.sku, { handle, image, name, option_words, options, compare_at, offer });
  localStorage.setItem(storageKey, JSON.stringify([...known].slice(-400)));
}

async function getJson<Answer>(address: string, signal?: AbortSignal): Promise<Answer | undefined> {
  const answer = await fetch(address, signal ? { signal } : {});
  if (answer.status === 404) return undefined;
  if (!answer.ok) throw new Error(`The server answered ${answer.status}`);
  return (await answer.json()) as Answer;
}

export async function fetchPage(
  question: { q: string; category: string; cursor?: string | null },
  signal?: AbortSignal,
): Promise<Page> {
  const params = new URLSearchParams({ limit: '24' });
  if (question.q) params.set('q', question.q);
  if (question.category) params.set('category', question.category);
  if (question.cursor) params.set('cursor', question.cursor);
  const page = await getJson<Page>(`/v1/offers?${params.toString()}`, signal);
  return page ?? { cursor: null, products: [], total: 0 };
}

export async function fetchProduct(handle: string): Promise<Product | undefined> {
  return getJson<Product>(`/v1/offers/${encodeURIComponent(handle)}`);
}

/// A word of an option in the page's language, with its digits.
export function optionWord(
  product: { readonly option_words?: Readonly<Record<string, Texts>> },
  word: string,
): string {
  return product.option_words?.[language()]?.[word] ?? digits(word);
}

/// What makes this variant of its product; empty when there is only one.
export function variantName(of: Known): string {
  const options = of.options.filter((option) => option !== 'Default Title');
  return options.map((option) => optionWord(of, option)).join(' · ');
}

/// How much there is of a variant, in the words of the page.
export type Stock = 'in' | 'low' | 'out' | 'backorder' | 'digital';

const lowStock = 5;

export function stockOf(variant: Variant): Stock {
  const { offer, availability } = variant;
  if (offer.active === false) return 'out';
  if (offer.kind === 'digital' || offer.kind === 'service') return 'digital';
  if (offer.stock_policy === 'untracked' || availability === null) return 'in';
  if (availability > lowStock) return 'in';
  if (availability > 0) return 'low';
  return offer.stock_policy === 'backorder' ? 'backorder' : 'out';
}

export function isSoldOut(product: Product): boolean {
  return product.variants.every((variant) => stockOf(variant) === 'out');
}

/// The description as paragraphs of plain text: markup of the import is never put into the page.
export function paragraphs(body: string): string[] {
  const parsed = new DOMParser().parseFromString(body, 'text/html');
  const blocks = [...parsed.querySelectorAll('p, li')].map((block) => block.textContent.trim());
  const texts = blocks.length > 0 ? blocks : [parsed.body.textContent.trim()];
  return texts.filter((paragraph) => paragraph !== '');
}
