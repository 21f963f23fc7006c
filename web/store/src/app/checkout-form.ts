// SPDX-License-Identifier: Apache-2.0
// What is typed into the checkout. Every key stroke is kept in this browser tab, so that a reload,
// a decline, a lost connection, the other language or the back button lose nothing. Faults are
// shown late and taken back early: never while a field is first typed in or left empty.
import type { Address } from 'tandem-checkout';
import { fieldsOf, isOptional, type AddressField } from '../address/countries.ts';
import { addressFault, emailFault, type Fault } from '../address/faults.ts';
import { deliveryCountries, homeCountry } from './rules.ts';
import { shop } from './shop.ts';

export type Group = 'ship' | 'bill';
export type FieldId = 'email' | `${Group}-${AddressField | 'country'}`;

const draftKey = 'shop-checkout-draft';

interface Draft {
  values: Partial<Record<FieldId, string>>;
  billingSame: boolean;
}

const optionalFields: readonly AddressField[] = ['line2', 'organization', 'note'];

class CheckoutForm {
  #draft: Draft = readDraft();
  readonly #shown = new Set<FieldId>();
  readonly #changed = new Set<FieldId>();

  get billingSame(): boolean {
    return this.#draft.billingSame;
  }

  set billingSame(same: boolean) {
    this.#draft.billingSame = same;
    this.#keep();
  }

  value(id: FieldId): string {
    const typed = this.#draft.values[id];
    if (typed !== undefined) return typed;
    const { view } = shop;
    if (id === 'email') return view.contact?.email ?? '';
    if (id === 'ship-country') return view.shipTo?.country ?? homeCountry(shop.rules);
    if (id === 'bill-country') return view.billTo?.country ?? this.value('ship-country');
    const address = id.startsWith('ship-') ? view.shipTo : view.billTo;
    const field = id.slice(5) as AddressField;
    return address?.[field] ?? '';
  }

  country(group: Group): string {
    return this.value(`${group}-country`);
  }

  type(id: FieldId, value: string): void {
    this.#draft.values[id] = value;
    this.#changed.add(id);
    this.#keep();
  }

  /// Fills a field from the account, unless there is something in it.
  fill(id: FieldId, value: string): void {
    if (this.value(id).trim() !== '') return;
    this.#draft.values[id] = value;
    this.#keep();
  }

  /// Whether nothing of the address was typed, here or on another device.
  isUntouched(group: Group): boolean {
    const fields = fieldsOf(this.country(group)).filter((field) => field !== 'phone');
    const isEmpty = [...fields, ...optionalFields].every(
      (field) => this.value(`${group}-${field}`).trim() === '',
    );
    return isEmpty && this.#draft.values[`${group}-country`] === undefined;
  }

  fillAddress(group: Group, address: Address): void {
    this.#draft.values[`${group}-country`] = address.country;
    const asked = [...fieldsOf(address.country), ...optionalFields];
    for (const field of asked) this.fill(`${group}-${field}`, address[field] ?? '');
  }

  /// All of it anew: whom a wallet names, and where they live.
  take(email: string, address: Address): void {
    this.#draft = { values: { email, 'ship-country': address.country }, billingSame: true };
    for (const field of [...fieldsOf(address.country), ...optionalFields]) {
      this.#draft.values[`ship-${field}`] = address[field] ?? '';
    }
    this.#keep();
  }

  /// The customer left a field: it is checked if it was changed and is not simply empty.
  leave(id: FieldId): void {
    if (this.#changed.has(id) && this.value(id).trim() !== '') this.#shown.add(id);
    this.#changed.delete(id);
  }

  /// Pay was pressed: everything is checked.
  showAll(): void {
    for (const id of this.fields()) this.#shown.add(id);
  }

  hideFaults(): void {
    this.#shown.clear();
  }

  /// The fault that the field shows now.
  shownFault(id: FieldId): Fault | undefined {
    return this.#shown.has(id) ? this.fault(id) : undefined;
  }

  fault(id: FieldId): Fault | undefined {
    const value = this.value(id);
    if (id === 'email') return emailFault(value);
    const group: Group = id.startsWith('ship-') ? 'ship' : 'bill';
    if (id.endsWith('-country')) return this.#countryFault(group, value);
    return addressFault(this.country(group), id.slice(5) as AddressField, value);
  }

  #countryFault(group: Group, value: string): Fault | undefined {
    if (value === '') return { key: 'faults.country_of_field' };
    if (group === 'bill' || deliveryCountries(shop.rules).includes(value)) return undefined;
    return { key: 'fault.country', values: { place: value } };
  }

  /// The fields that are asked for now, in reading order.
  fields(): FieldId[] {
    const ids: FieldId[] = ['email', ...this.#groupFields('ship')];
    if (this.hasBilling) ids.push(...this.#groupFields('bill'));
    return ids;
  }

  /// Digital goods alone need no delivery address, only the country of tax.
  #groupFields(group: Group): FieldId[] {
    const country: FieldId = `${group}-country`;
    if (group === 'ship' && !shop.needsShipping) return [country];
    const fields = fieldsOf(this.country(group)).filter(
      (field) => group === 'ship' || field !== 'phone',
    );
    return [country, ...fields.map((field): FieldId => `${group}-${field}`)];
  }

  get hasBilling(): boolean {
    return shop.needsShipping && !this.billingSame;
  }

  faults(): { id: FieldId; fault: Fault }[] {
    return this.fields().flatMap((id) => {
      const fault = this.fault(id);
      return fault ? [{ id, fault }] : [];
    });
  }

  /// The address as the core takes it: empty fields left out, hidden ones too.
  address(group: Group): Address {
    const country = this.country(group);
    const address: Record<string, string> & { country: string } = { country };
    if (group === 'ship' && !shop.needsShipping) return address;
    const asked = [...fieldsOf(country), ...optionalFields];
    for (const field of asked) {
      const value = this.value(`${group}-${field}`).trim();
      if (value !== '') address[field] = value;
    }
    return address;
  }

  /// Whether the optional fields have something in them, so that they stay open.
  hasMore(group: Group): boolean {
    return optionalFields.some((field) => this.value(`${group}-${field}`) !== '');
  }

  isOptional(group: Group, field: AddressField): boolean {
    return isOptional(this.country(group), field);
  }

  clear(): void {
    this.#draft = { values: {}, billingSame: true };
    this.hideFaults();
    sessionStorage.removeItem(draftKey);
  }

  #keep(): void {
    sessionStorage.setItem(draftKey, JSON.stringify(this.#draft));
  }
}

function readDraft(): Draft {
  try {
    const kept = sessionStorage.getItem(draftKey);
    if (kept) return JSON.parse(kept) as Draft;
  } catch {
    // A draft that cannot be read is as good as none.
  }
  return { values: {}, billingSame: true };
}

export const form = new CheckoutForm();
