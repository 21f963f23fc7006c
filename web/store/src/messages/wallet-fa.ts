// SPDX-License-Identifier: Apache-2.0
// The sentences about paying with a wallet, in Persian.
import type { walletEn } from './wallet-en.ts';

export const walletFa: Readonly<Record<keyof typeof walletEn, string>> = {
  'wallet.group': 'پرداخت با کیف پول',
  'wallet.or': 'یا خودتان پر کنید:',
  'wallet.changed':
    'مبلغ قابل پرداخت از {old} به {now} تغییر کرد. پولی برداشته نشده است. پیش از پرداخت، ' +
    'تغییرها را ببینید.',
  'wallet.trouble':
    'پرداخت آغاز نشد. سفارش شما منتظر آن است: به پرداخت ادامه دهید یا سفارش را تغییر دهید.',
  'wallet.demo': 'کیف پول آزمایشی',
  'wallet.demo_note': 'کیف پولی برای آزمودن فروشگاه. پولی جابه‌جا نمی‌شود.',
  'wallet.address': 'سفارش به کجا برسد',
  'wallet.unserved': 'فروشگاه به آنجا ارسال نمی‌کند.',
  'wallet.cancel': 'بازگشت به فروشگاه',
  'wallet.decline': 'رد کردن',
};
