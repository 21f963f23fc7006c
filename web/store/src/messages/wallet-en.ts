// SPDX-License-Identifier: Apache-2.0
// The sentences about paying with a wallet, in English.
export const walletEn = {
  'wallet.group': 'Pay with a wallet',
  'wallet.or': 'or fill in:',
  'wallet.changed':
    'The total changed from {old} to {now}. You have not been charged. Look at what changed ' +
    'before you pay.',
  'wallet.trouble':
    'The payment did not begin. Your order waits for it: go on to the payment, or change the ' +
    'order.',
  'wallet.demo': 'Demo wallet',
  'wallet.demo_note': 'A wallet to try the shop with. No money moves.',
  'wallet.address': 'Where it should go',
  'wallet.unserved': 'The shop does not deliver there.',
  'wallet.cancel': 'Back to the shop',
  'wallet.decline': 'Decline',
};
