// SPDX-License-Identifier: Apache-2.0
// What the checkout and a provider's wallet tell each other. A wallet fills in the whole checkout:
// it knows who buys and where the goods go, and its sheet shows what that costs. Every figure on
// the sheet is the core's; the wallet decides nothing.
import type { Address } from 'tandem-checkout';
import type { Language } from '../messages/messages.ts';

/// Where the goods would go, before the customer has agreed: as much as prices need.
export type WalletPlace = Pick<Address, 'country' | 'region' | 'postcode' | 'city'>;

export interface WalletCustomer {
  readonly email: string;
  readonly address: Address;
}

export interface WalletRow {
  readonly label: string;
  readonly amountMinor: number;
}

export interface WalletDelivery extends WalletRow {
  readonly method: string;
}

/// What the sheet shows. The rows add up to the amount; the first delivery is the chosen one until
/// the customer chooses another.
export interface WalletOffer {
  readonly payableMinor: number;
  readonly rows: readonly WalletRow[];
  readonly deliveries: readonly WalletDelivery[];
}

export type WalletPlaced =
  /// Placed; `payUrl` is the provider's page for it, if something is to be paid.
  | { readonly status: 'placed'; readonly payUrl: string | undefined }
  /// Not placed and not charged: the page says why, and so may the sheet.
  | { readonly status: 'refused'; readonly words: string };

/// The checkout, as a wallet sees it.
export interface WalletSheet {
  readonly language: Language;
  readonly currency: string;
  /// Without goods to be shipped the customer's country is needed all the same, for its taxes.
  readonly needsShipping: boolean;
  readonly countries: readonly string[];
  readonly phoneRequired: boolean;
  readonly offer: WalletOffer;

  /// The customer pressed the button. Nothing: paying cannot begin now, and the page says why.
  open(): WalletOffer | undefined;
  /// Nothing: the shop does not deliver there.
  ship(place: WalletPlace): WalletOffer | undefined;
  deliver(method: string): WalletOffer | undefined;
  /// Places the order, if it costs what the sheet showed.
  place(customer: WalletCustomer, shownMinor: number): Promise<WalletPlaced>;
  /// The order is placed, but its payment did not begin.
  failed(words: string): void;
  /// The customer left the sheet: everything is as it was before.
  leave(): void;
}

export interface MountedWallet {
  unmount(): void;
}

/// Shows a wallet's buttons in an element. Nothing: no wallet is ready in this browser.
export type MountWallet = (
  host: HTMLElement,
  sheet: WalletSheet,
) => Promise<MountedWallet | undefined>;

const wallets: Readonly<Record<string, () => Promise<{ readonly mount: MountWallet }>>> = {
  demo: () => import('./demo.ts'),
  stripe: () => import('./stripe.ts'),
};

/// The wallet of a provider, loaded when it is asked for; nothing when this page knows none.
export async function walletOf(provider: string): Promise<MountWallet | undefined> {
  return (await wallets[provider]?.())?.mount;
}
