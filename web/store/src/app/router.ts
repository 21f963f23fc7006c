// SPDX-License-Identifier: Apache-2.0
// Where the customer is, read from the address after the #: `#/?q=tea`, `#/product/assam-gold`,
// `#/cart`, `#/checkout`, `#/order`, `#/order/ID`, `#/orders`. The server needs to know none of it.

export type Route =
  | { readonly view: 'list'; readonly q: string; readonly category: string }
  | { readonly view: 'product'; readonly handle: string }
  | { readonly view: 'cart' | 'checkout' | 'orders' | 'terms' | 'missing' }
  /// Without an id the order of this device.
  | { readonly view: 'order'; readonly id?: string };

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?', 2);
  const parts = path.split('/').filter((part) => part !== '');
  const [first, second] = parts;
  if (first === undefined) {
    const params = new URLSearchParams(query);
    return { view: 'list', q: params.get('q') ?? '', category: params.get('category') ?? '' };
  }
  if (first === 'product' && second !== undefined) {
    return { view: 'product', handle: decodeURIComponent(second) };
  }
  if (first === 'order') {
    return second === undefined ? { view: 'order' } : { view: 'order', id: second };
  }
  if (first === 'cart' || first === 'checkout' || first === 'orders' || first === 'terms') {
    return { view: first };
  }
  return { view: 'missing' };
}

export function listAddress(q: string, category: string): string {
  const params = new URLSearchParams();
  if (q) params.set('q', q);
  if (category) params.set('category', category);
  const query = params.toString();
  return query ? `#/?${query}` : '#/';
}

export function productAddress(handle: string): string {
  return `#/product/${encodeURIComponent(handle)}`;
}

export function go(address: string): void {
  location.hash = address;
}
