// SPDX-License-Identifier: Apache-2.0
// Which address fields a country asks for and in which order, and what its postal codes look like.
// Patterns and required parts follow the public address metadata of Chromium's i18n project
// (CC BY 4.0). Whether an address is complete enough to order is the core's to say; this table is
// about the form: what is asked, how wide, with which hint.

export type AddressField =
  | 'name'
  | 'line1'
  | 'line2'
  | 'organization'
  | 'note'
  | 'neighborhood'
  | 'city'
  | 'region'
  | 'postcode'
  | 'phone';

export interface Country {
  /// Rows of the form after the country: fields in one row stand beside each other.
  readonly rows: readonly (readonly AddressField[])[];
  readonly postcode?: {
    readonly pattern: RegExp;
    readonly example: string;
    /// Set when the code is made of digits alone: how many.
    readonly digits?: number;
  };
  readonly optional?: readonly AddressField[];
}

function digitsOnly(count: number, example: string): NonNullable<Country['postcode']> {
  return { pattern: new RegExp(`^\\d{${count}}$`), example, digits: count };
}

const codeThenCity: Country['rows'] = [['name'], ['line1'], ['postcode', 'city']];

const table: Readonly<Record<string, Country>> = {
  AE: { rows: [['name'], ['region'], ['city'], ['line1']] },
  AT: { rows: codeThenCity, postcode: digitsOnly(4, '1010') },
  BE: { rows: codeThenCity, postcode: digitsOnly(4, '1000') },
  BG: { rows: codeThenCity, postcode: digitsOnly(4, '1000') },
  CH: { rows: codeThenCity, postcode: digitsOnly(4, '8001') },
  CY: { rows: codeThenCity, postcode: digitsOnly(4, '1010') },
  CZ: { rows: codeThenCity, postcode: digitsOnly(5, '100 00') },
  DE: { rows: codeThenCity, postcode: digitsOnly(5, '10115') },
  DK: { rows: codeThenCity, postcode: digitsOnly(4, '1050') },
  EE: { rows: codeThenCity, postcode: digitsOnly(5, '10111') },
  ES: { rows: codeThenCity, postcode: digitsOnly(5, '28001') },
  FI: { rows: codeThenCity, postcode: digitsOnly(5, '00100') },
  FR: { rows: codeThenCity, postcode: digitsOnly(5, '75001') },
  GB: {
    rows: [['name'], ['line1'], ['city', 'postcode']],
    postcode: {
      pattern: /^(GIR0AA|[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}|BFPO\d{1,4})$/,
      example: 'SW1A 1AA',
    },
  },
  GR: { rows: codeThenCity, postcode: digitsOnly(5, '104 31') },
  HR: { rows: codeThenCity, postcode: digitsOnly(5, '10000') },
  HU: { rows: codeThenCity, postcode: digitsOnly(4, '1011') },
  IE: { rows: [['name'], ['line1'], ['city']] },
  IR: {
    rows: [['name'], ['region', 'city'], ['line1'], ['postcode', 'phone']],
    postcode: digitsOnly(10, '11369-36811'),
  },
  IT: {
    rows: [['name'], ['line1'], ['postcode', 'city'], ['region']],
    postcode: digitsOnly(5, '00118'),
  },
  LI: { rows: codeThenCity, postcode: digitsOnly(4, '9490') },
  LT: { rows: codeThenCity, postcode: { pattern: /^(LT)?\d{5}$/, example: 'LT-01100' } },
  LU: { rows: codeThenCity, postcode: digitsOnly(4, '1009') },
  LV: { rows: codeThenCity, postcode: { pattern: /^LV\d{4}$/, example: 'LV-1010' } },
  MT: { rows: codeThenCity, postcode: { pattern: /^[A-Z]{3}\d{2,4}$/, example: 'VLT 1010' } },
  NL: { rows: codeThenCity, postcode: { pattern: /^\d{4}[A-Z]{2}$/, example: '1012 JS' } },
  PL: { rows: codeThenCity, postcode: digitsOnly(5, '00-001') },
  PT: { rows: codeThenCity, postcode: digitsOnly(7, '1000-001') },
  RO: { rows: codeThenCity, postcode: digitsOnly(6, '010011') },
  SE: { rows: codeThenCity, postcode: digitsOnly(5, '111 20') },
  SI: { rows: codeThenCity, postcode: digitsOnly(4, '1000') },
  SK: { rows: codeThenCity, postcode: digitsOnly(5, '811 01') },
  US: {
    rows: [['name'], ['line1'], ['city'], ['region', 'postcode']],
    postcode: { pattern: /^\d{5}(\d{4})?$/, example: '95014', digits: 5 },
  },
};

const elsewhere: Country = {
  rows: [['name'], ['line1'], ['city', 'postcode'], ['region']],
  optional: ['region', 'postcode'],
};

export function countryOf(code: string): Country {
  return table[code] ?? elsewhere;
}

/// Fields of a country's form, in reading order, with the phone at the end wherever it is optional.
export function fieldsOf(code: string): AddressField[] {
  const fields = countryOf(code).rows.flat();
  return fields.includes('phone') ? fields : [...fields, 'phone'];
}

export function isOptional(code: string, field: AddressField): boolean {
  if (field === 'line2' || field === 'organization' || field === 'note') return true;
  if (field === 'phone') return !countryOf(code).rows.flat().includes('phone');
  return countryOf(code).optional?.includes(field) ?? false;
}
