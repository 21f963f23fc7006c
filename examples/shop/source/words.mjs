// SPDX-License-Identifier: Apache-2.0
// The names and values of options in Persian.

// prettier-ignore
export const words = {
  Size: 'اندازه', Color: 'رنگ', Ruling: 'خط‌کشی', Nib: 'نوک', Amount: 'مبلغ',
  '100 g': '۱۰۰ گرم', '250 g': '۲۵۰ گرم', Small: 'کوچک', Medium: 'متوسط', Large: 'بزرگ',
  '130 × 180 cm': '۱۳۰ × ۱۸۰ سانتی‌متر', '150 × 220 cm': '۱۵۰ × ۲۲۰ سانتی‌متر',
  '120 cm': '۱۲۰ سانتی‌متر', '140 cm': '۱۴۰ سانتی‌متر',
  '36–38': '۳۶ تا ۳۸', '39–41': '۳۹ تا ۴۱', '42–44': '۴۲ تا ۴۴',
  Plain: 'بی‌خط', Lined: 'خط‌دار', Dotted: 'نقطه‌ای', Fine: 'باریک', Broad: 'پهن',
  '25 EUR': '۲۵ یورو', '50 EUR': '۵۰ یورو', '100 EUR': '۱۰۰ یورو',
  Sage: 'مریم‌گلی', Sand: 'شنی', Ink: 'سرمه‌ای', Teal: 'سبزآبی', Clay: 'گِلی',
  Charcoal: 'زغالی', Forest: 'سبز جنگلی', Plum: 'آلویی', Mustard: 'خردلی', Brick: 'آجری',
  Rose: 'گلی', Mint: 'نعنایی', Sky: 'آبی آسمانی', Black: 'سیاه',
  'Midnight blue': 'آبی نیمه‌شب', Sepia: 'قهوه‌ای سپیا', Ruby: 'یاقوتی',
};
