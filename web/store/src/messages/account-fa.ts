// SPDX-License-Identifier: Apache-2.0
// The sentences about accounts in Persian.
import type { accountEn } from './account-en.ts';

export const accountFa: Record<keyof typeof accountEn, string> = {
  'account.offer': 'حساب دارید؟ وارد شوید (سبد خرید می‌ماند)',
  'account.title': 'ورود با ایمیل',
  'account.lead': 'پیوندی برایتان ایمیل می‌کنیم. نشانی تازه حساب می‌گیرد؛ سبد خرید می‌ماند.',
  'account.send': 'فرستادن پیوند',
  'account.sending': 'در حال فرستادن…',
  'account.close': 'ادامه بدون ورود',
  'account.sent': 'اگر {email} درست باشد، پیوند در راه است.',
  'account.sent_how':
    'تا ۱۵ دقیقه آن را در همین مرورگر باز کنید. این صفحه خودش ادامه می‌دهد. چیزی نرسید؟ پوشه ' +
    'هرزنامه را ببینید.',
  'account.again': 'فرستادن دوباره یا تغییر نشانی',
  'account.email_missing': 'ایمیلی را وارد کنید که پیوند باید به آن برود.',
  'account.wait':
    'چند پیوند خواسته شده است. ایمیل خود را ببینید یا {n, plural, one {# دقیقه} other {# دقیقه}} ' +
    'دیگر دوباره تلاش کنید.',
  'account.offline': 'به فروشگاه نرسیدیم. پیوندی فرستاده نشد. با اتصال دوباره تلاش کنید.',
  'account.as': 'وارد شده با {email}',
  'account.welcome': 'با {email} وارد شدید.',
  'account.cart_joined': 'سبد خرید حساب شما به این سبد افزوده شد.',
  'account.cart_refused': 'سبد خرید حساب شما همان‌طور که بود ماند. {reason}',
  'account.out': 'خروج',
  'account.out_done':
    'از حساب خارج شدید. سبد خرید در حساب شما می‌ماند؛ برای ادامه دوباره وارد شوید.',
  'account.out_failed': 'هنوز وارد هستید: به فروشگاه نرسیدیم. دوباره تلاش کنید.',
  'account.saved_title': 'برای بعد نگه داشته شد',
  'account.saved_note': 'از سبد خرید حساب شما؛ بخشی از این سفارش نیست.',
  'account.saved_put': 'گذاشتن در سبد',
  'account.saved_put_named': 'گذاشتن {product} در سبد',
  'account.orders': 'سفارش‌های شما',
  'account.orders_sign_in': 'برای دیدن سفارش‌های حساب خود وارد شوید.',
  'account.orders_empty': 'هنوز سفارشی در این حساب نیست.',
  'account.orders_failed': 'سفارش‌های شما بارگیری نشد. دوباره تلاش کنید.',
  'account.orders_retry': 'بارگیری دوباره',
  'account.orders_more': 'نمایش سفارش‌های قدیمی‌تر',
  'account.address_save': 'ذخیرهٔ این نشانی برای دفعهٔ بعد',
  'account.address_saved': 'نشانی در حساب شما ذخیره شد.',
  'account.address_removed': 'نشانی از حساب شما برداشته شد.',
  'account.address_failed':
    'به فروشگاه نرسیدیم. نشانی‌های شما همان‌اند که بودند. دوباره تلاش کنید.',
  'account.addresses': 'نشانی‌های شما',
  'account.address_remove': 'برداشتن',
  'account.address_remove_named': 'برداشتن نشانی {address}',
  'account.order_total': 'جمع {amount}',
  'account.order_date': 'ثبت در {date}',
  'account.order_again': 'سفارش دوباره',
  'account.order_again_named': 'سفارش دوباره کالاهای سفارش {number}',
  'account.order_again_failed': 'به فروشگاه نرسیدیم. سبد خرید همان است که بود. دوباره تلاش کنید.',
};
