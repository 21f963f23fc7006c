// SPDX-License-Identifier: Apache-2.0
// Names of the sample shop's categories. A category without a name is shown as the shop spells it.
import { language } from './language.ts';

const names: Readonly<Record<string, readonly [en: string, fa: string]>> = {
  books: ['Books', 'کتاب'],
  candles: ['Candles', 'شمع'],
  digital: ['Digital', 'دیجیتال'],
  downloads: ['Downloads', 'دریافتنی'],
  'e-books': ['E-books', 'کتاب الکترونیکی'],
  home: ['Home', 'خانه'],
  lighting: ['Lighting', 'روشنایی'],
  living: ['Living', 'زندگی'],
  pantry: ['Pantry', 'خوراکی'],
  paper: ['Paper', 'کاغذ'],
  stationery: ['Stationery', 'نوشت‌افزار'],
  tea: ['Tea', 'چای'],
  'tea-ware': ['Tea ware', 'ظرف چای'],
  writing: ['Writing', 'نوشتن'],
};

/// The shop's navigation, in the order in which it is shown.
export const navigation = [
  'tea',
  'tea-ware',
  'pantry',
  'stationery',
  'books',
  'home',
  'lighting',
  'candles',
  'digital',
];

export function categoryName(id: string): string {
  const name = names[id];
  if (name) return language() === 'fa' ? name[1] : name[0];
  const words = id.replaceAll('-', ' ').replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
