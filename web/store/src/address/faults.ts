// SPDX-License-Identifier: Apache-2.0
// What is wrong with what was typed into a field of the checkout, as the key of a message. People
// write as they like: digits of any script, spaces, hyphens and case make no difference.
import { asciiDigits } from '../app/digits.ts';
import { countryOf, isOptional, type AddressField } from './countries.ts';
import { regions } from './regions.ts';
import type { MessageKey } from '../messages/en.ts';

export interface Fault {
  readonly key: MessageKey;
  readonly values?: Readonly<Record<string, string | number>>;
}

const slips: Readonly<Record<string, string>> = {
  'gmial.com': 'gmail.com',
  'gmai.com': 'gmail.com',
  'gmail.co': 'gmail.com',
  'gmail.con': 'gmail.com',
  'hotmial.com': 'hotmail.com',
  'hotmail.con': 'hotmail.com',
  'yaho.com': 'yahoo.com',
  'yahoo.con': 'yahoo.com',
  'outlok.com': 'outlook.com',
};

export function emailFault(typed: string): Fault | undefined {
  const email = typed.trim();
  if (email === '') return { key: 'fault.email_missing' };
  if (!email.includes('@')) return { key: 'fault.email_at' };
  if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)) return { key: 'fault.email_form' };
  return undefined;
}

/// The address that was probably meant; it is asked, never required.
export function emailSuggestion(typed: string): string | undefined {
  const [name, host] = typed.trim().toLowerCase().split('@', 2);
  const meant = host === undefined ? undefined : slips[host];
  return meant === undefined ? undefined : `${name ?? ''}@${meant}`;
}

const longest: Readonly<Record<AddressField, number>> = {
  name: 100,
  line1: 120,
  line2: 120,
  organization: 100,
  note: 200,
  neighborhood: 80,
  city: 80,
  region: 80,
  postcode: 16,
  phone: 32,
};

const missing: Readonly<Record<AddressField, MessageKey>> = {
  name: 'fault.name',
  line1: 'fault.line1',
  line2: 'fault.line1',
  organization: 'fault.name',
  note: 'fault.line1',
  neighborhood: 'fault.neighborhood',
  city: 'fault.city',
  region: 'fault.region',
  postcode: 'fault.postcode_missing',
  phone: 'fault.phone',
};

export function addressFault(
  country: string,
  field: AddressField,
  typed: string,
): Fault | undefined {
  const value = typed.trim();
  if (value === '') {
    if (isOptional(country, field)) return undefined;
    if (field === 'phone') return { key: 'fault.phone', values: { n: 0 } };
    return { key: missing[field] };
  }
  if (value.length > longest[field]) {
    return { key: 'fault.too_long', values: { max: longest[field] } };
  }
  if (field === 'name' && value.length < 2) return { key: 'fault.name' };
  if (field === 'line1' && value.length < 3) return { key: 'fault.line1' };
  if (field === 'postcode') return postcodeFault(country, value);
  if (field === 'phone') return phoneFault(value);
  const known = field === 'region' ? regions[country] : undefined;
  if (known && !known.some(([code]) => code === value)) return { key: 'fault.region' };
  return undefined;
}

/// A postal code without what people put between its characters.
export function foldedPostcode(typed: string): string {
  return asciiDigits(typed)
    .replace(/[\s\u200c-\u200f\u2010-\u2015-]/g, '')
    .toUpperCase();
}

function postcodeFault(country: string, value: string): Fault | undefined {
  const rule = countryOf(country).postcode;
  if (!rule) return undefined;
  const folded = foldedPostcode(value);
  if (rule.pattern.test(folded)) return undefined;
  if (rule.digits !== undefined && /^\d+$/.test(folded)) {
    return { key: 'fault.postcode_digits', values: { max: rule.digits, n: folded.length } };
  }
  return { key: 'fault.postcode_form', values: { example: rule.example } };
}

function phoneFault(value: string): Fault | undefined {
  const count = asciiDigits(value).replace(/\D/g, '').length;
  if (count >= 4 && count <= 15) return undefined;
  return { key: 'fault.phone', values: { n: count } };
}
