// SPDX-License-Identifier: Apache-2.0
// The address book of the account that is signed in, as far as this page has read it.
import type { AccountResult, Address, BookAddress } from 'tandem-checkout';
import { alertUser, announce } from './announce.ts';
import { text } from './language.ts';
import { reasonText } from './reason-text.ts';
import { shop } from './shop.ts';
import type { MessageKey } from '../messages/en.ts';

type Changed = Exclude<AccountResult<null>, { readonly status: 'done' }>;

class AddressBook {
  /// Undefined until it was read.
  entries: readonly BookAddress[] | undefined;
  /// Why the last change did not come about, and of which entry; none of a new one.
  fault: { readonly id: string | undefined; readonly words: string } | undefined;
  /// Whether the order's address was put in while the page was open.
  isKept = false;
  #reading: Promise<void> | undefined;

  forget(): void {
    this.entries = undefined;
    this.fault = undefined;
    this.isKept = false;
    this.#reading = undefined;
  }

  /// Reads the book unless it is known.
  read(): Promise<void> {
    this.#reading ??= this.#read();
    return this.#reading;
  }

  async #read(): Promise<void> {
    const customer = shop.cart.account.state.customer?.id;
    const answer = await shop.cart.account.addresses();
    if (customer !== shop.cart.account.state.customer?.id) return;
    if (answer.status !== 'done') {
      this.#reading = undefined; // whoever needs it next asks again
      return;
    }
    this.entries = answer.value;
    shop.changed();
  }

  /// What the checkout begins with: the entry that the site named so, else the latest.
  get first(): Address | undefined {
    const named = this.entries?.find(({ id }) => id === 'default');
    return (named ?? this.entries?.[0])?.address;
  }

  holds(address: Address): boolean {
    const written = writtenAs(address);
    return this.entries?.some((entry) => writtenAs(entry.address) === written) ?? false;
  }

  async keep(address: Address): Promise<void> {
    // By chance, so that no entry of another device is overwritten.
    const id = crypto.getRandomValues(new Uint32Array(4)).join('-');
    const answer = await shop.cart.account.saveAddress(id, address);
    if (answer.status !== 'done') {
      this.#refuse(undefined, answer);
      return;
    }
    this.isKept = true;
    const entry = { id, address, updatedMs: Date.now() };
    this.#changed([entry, ...(this.entries ?? [])], 'account.address_saved');
  }

  async remove(id: string): Promise<void> {
    const answer = await shop.cart.account.removeAddress(id);
    if (answer.status !== 'done') {
      this.#refuse(id, answer);
      return;
    }
    const left = this.entries?.filter((entry) => entry.id !== id);
    this.#changed(left, 'account.address_removed');
  }

  #changed(entries: AddressBook['entries'], told: MessageKey): void {
    this.entries = entries;
    this.fault = undefined;
    announce(text(told));
    shop.changed();
  }

  #refuse(id: string | undefined, answer: Changed): void {
    const isLost = answer.status === 'offline';
    const words = isLost ? text('account.address_failed') : reasonText(answer.rejection);
    this.fault = { id, words };
    alertUser(words);
    shop.changed();
  }
}

/// An address by what is written in it, whatever is left out or empty.
function writtenAs(address: Address): string {
  const fields = Object.entries(address).filter(([, value]) => Boolean(value));
  return JSON.stringify(fields.sort(([a], [b]) => (a < b ? -1 : 1)));
}

export const addressBook = new AddressBook();
