// SPDX-License-Identifier: Apache-2.0
// Formats of a locale that are dear to make, while every render asks for them.

/// Makes a format once for each locale.
export function byLocale<Format>(make: (locale: string) => Format): (locale: string) => Format {
  const made = new Map<string, Format>();
  return (locale) => {
    let format = made.get(locale);
    if (format === undefined) {
      format = make(locale);
      made.set(locale, format);
    }
    return format;
  };
}
