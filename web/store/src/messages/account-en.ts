// SPDX-License-Identifier: Apache-2.0
// The sentences about accounts in English: signing in and out, and the account's orders.
export const accountEn = {
  'account.offer': 'Have an account? Sign in (the cart is kept)',
  'account.title': 'Sign in by email',
  'account.lead': 'We mail you a link. A new address gets an account; the cart is kept.',
  'account.send': 'Send the link',
  'account.sending': 'Sending…',
  'account.close': 'Go on without signing in',
  'account.sent': 'If {email} is right, a link is on its way.',
  'account.sent_how':
    'Open it in this browser within 15 minutes. This page goes on by itself. Nothing came? Look ' +
    'into the spam folder.',
  'account.again': 'Send again or change the address',
  'account.email_missing': 'Enter the email that the link should go to.',
  'account.wait':
    'Several links were asked for already. Look into your mail, or try again in {n, plural, one ' +
    '{# minute} other {# minutes}}.',
  'account.offline': 'The shop could not be reached. No link was sent. Try again when online.',
  'account.as': 'Signed in as {email}',
  'account.welcome': 'You are signed in as {email}.',
  'account.cart_joined': 'The cart of your account is now part of this one.',
  'account.cart_refused': 'The cart of your account stays as it was. {reason}',
  'account.out': 'Sign out',
  'account.out_done':
    'You are signed out. Your cart stays with your account; sign in again to go on with it.',
  'account.out_failed': 'You are still signed in: the shop could not be reached. Try again.',
  'account.saved_title': 'Kept for later',
  'account.saved_note': 'From the cart of your account; not part of this order.',
  'account.saved_put': 'Put into the cart',
  'account.saved_put_named': 'Put {product} into the cart',
  'account.orders': 'Your orders',
  'account.orders_sign_in': 'Sign in to see the orders of your account.',
  'account.orders_empty': 'There is no order in this account yet.',
  'account.orders_failed': 'Your orders could not be loaded. Try again.',
  'account.orders_retry': 'Load again',
  'account.orders_more': 'Show older orders',
  'account.address_save': 'Save this address for next time',
  'account.address_saved': 'The address is saved in your account.',
  'account.address_removed': 'The address was removed from your account.',
  'account.address_failed':
    'The shop could not be reached. Your addresses are as they were. Try again.',
  'account.addresses': 'Your addresses',
  'account.address_remove': 'Remove',
  'account.address_remove_named': 'Remove the address {address}',
  'account.order_total': 'Total {amount}',
  'account.order_date': 'Ordered on {date}',
  'account.order_again': 'Order again',
  'account.order_again_named': 'Order again what order {number} held',
  'account.order_again_failed': 'The shop could not be reached. The cart is as it was. Try again.',
};
