// SPDX-License-Identifier: Apache-2.0
// Formats of numbers, made once: one takes thirty times as long to make as to use, and a page asks
// for the same one for every amount it shows.

const most = 100; // More than a page ever uses; a server may format for every locale there is.
const made = new Map<string, Intl.NumberFormat>();

/** @internal The format of a locale with these options. */
export function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify([locale, options]);
  let format = made.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(locale, options);
    if (made.size >= most) made.clear();
    made.set(key, format);
  }
  return format;
}
