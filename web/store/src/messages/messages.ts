// SPDX-License-Identifier: Apache-2.0
// The languages of the shop page.
import { en, type MessageKey } from './en.ts';
import { fa } from './fa.ts';
import { reasonsEn } from './reasons-en.ts';
import { reasonsFa } from './reasons-fa.ts';

export type { MessageKey };
export type Language = 'en' | 'fa';

export interface Messages {
  readonly direction: 'ltr' | 'rtl';
  readonly texts: Readonly<Record<MessageKey, string>>;
  readonly reasons: Readonly<Record<string, string>>;
}

export const languages: Readonly<Record<Language, Messages>> = {
  en: { direction: 'ltr', texts: en, reasons: reasonsEn },
  fa: { direction: 'rtl', texts: fa, reasons: reasonsFa },
};
