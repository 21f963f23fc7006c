// SPDX-License-Identifier: Apache-2.0
// Regions that an address names by code (ISO 3166-2 without the country). Other countries that
// need a region take it as text.

export type Region = readonly [code: string, en: string, fa?: string];

const unitedStates = `AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|\
CT Connecticut|DE Delaware|DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|\
IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|\
MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|\
NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|\
ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|RI Rhode Island|SC South Carolina|\
SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|WA Washington|\
WV West Virginia|WI Wisconsin|WY Wyoming|AS American Samoa|GU Guam|MP Northern Mariana Islands|\
PR Puerto Rico|VI U.S. Virgin Islands|AA Armed Forces (AA)|AE Armed Forces (AE)|\
AP Armed Forces (AP)`;

const iran: readonly Region[] = [
  ['00', 'Markazi', 'مرکزی'],
  ['01', 'Gilan', 'گیلان'],
  ['02', 'Mazandaran', 'مازندران'],
  ['03', 'East Azerbaijan', 'آذربایجان شرقی'],
  ['04', 'West Azerbaijan', 'آذربایجان غربی'],
  ['05', 'Kermanshah', 'کرمانشاه'],
  ['06', 'Khuzestan', 'خوزستان'],
  ['07', 'Fars', 'فارس'],
  ['08', 'Kerman', 'کرمان'],
  ['09', 'Razavi Khorasan', 'خراسان رضوی'],
  ['10', 'Isfahan', 'اصفهان'],
  ['11', 'Sistan and Baluchestan', 'سیستان و بلوچستان'],
  ['12', 'Kurdistan', 'کردستان'],
  ['13', 'Hamadan', 'همدان'],
  ['14', 'Chaharmahal and Bakhtiari', 'چهارمحال و بختیاری'],
  ['15', 'Lorestan', 'لرستان'],
  ['16', 'Ilam', 'ایلام'],
  ['17', 'Kohgiluyeh and Boyer-Ahmad', 'کهگیلویه و بویراحمد'],
  ['18', 'Bushehr', 'بوشهر'],
  ['19', 'Zanjan', 'زنجان'],
  ['20', 'Semnan', 'سمنان'],
  ['21', 'Yazd', 'یزد'],
  ['22', 'Hormozgan', 'هرمزگان'],
  ['23', 'Tehran', 'تهران'],
  ['24', 'Ardabil', 'اردبیل'],
  ['25', 'Qom', 'قم'],
  ['26', 'Qazvin', 'قزوین'],
  ['27', 'Golestan', 'گلستان'],
  ['28', 'North Khorasan', 'خراسان شمالی'],
  ['29', 'South Khorasan', 'خراسان جنوبی'],
  ['30', 'Alborz', 'البرز'],
];

export const regions: Readonly<Record<string, readonly Region[]>> = {
  US: unitedStates.split('|').map((entry) => [entry.slice(0, 2), entry.slice(3)] as const),
  IR: iran,
};

/// The code of a region that is told by its code or name; what is told where there is no list.
export function regionOf(country: string, told: string): string {
  const said = told.trim().toLowerCase();
  const region = regions[country]?.find((names) =>
    names.some((name) => name?.toLowerCase() === said),
  );
  return region?.[0] ?? told;
}
