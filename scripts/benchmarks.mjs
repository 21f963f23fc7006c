// SPDX-License-Identifier: Apache-2.0
// What `npm run bench` runs, in order: the one list. Each program prints lines `name value`, where
// the name is one of the budgets below, and `name value baseline VALUE` where something else was
// measured beside it; other lines are shown and not kept.
//
//   name    for `scripts/bench NAME`
//   run     a command with its arguments, run in the repository's folder

export const benchmarks = [
  { name: 'quote', run: ['node', 'tests/bench/quote.mjs'] },
  { name: 'fold', run: ['build/bench/tests/bench/fold_bench'] },
  { name: 'size', run: ['node', 'scripts/lib/size.mjs'] },
  { name: 'cart-action', run: ['node', 'tests/bench/web/cart-action.mjs'] },
  { name: 'load', run: ['node', 'tests/bench/load-chromium.mjs'] },
  { name: 'import', run: ['node', 'tests/bench/import.mjs'] },
  { name: 'server', run: ['node', 'tests/bench/server.mjs'] },
];

/** Figures that are kept for their course and have no budget. */
const courses = [
  ...['native', 'wasm'].flatMap((build) => [
    `quote_10x10_bytes_${build}_us`,
    ...[1, 10, 100, 1000].map((lines) => `quote_per_line_${lines}_${build}_us`),
    ...[1, 10, 50, 200].map((promotions) => `quote_per_promotion_${promotions}_${build}_us`),
  ]),
  // Per confirmed order where it is a cost; `half` is half of the most that the server confirms.
  ...['sqlite', 'postgres'].flatMap((engine) => [
    ...[1, 8, 64, 256].map((connections) => `confirm_${engine}_${connections}_per_s`),
    ...['p50', 'p99', 'p999'].map((share) => `confirm_${engine}_half_${share}_ms`),
    ...['server', 'database', 'generator'].map((who) => `confirm_${engine}_${who}_cpu_us`),
    `confirm_${engine}_commits`,
    `confirm_${engine}_fsyncs`,
    `order_${engine}_bytes`,
    `server_load_${engine}_mib`,
  ]),
  'database_load_postgres_mib',
  'server_postgres_start_ms',
  'server_postgres_idle_mib',
  'hot_item_postgres_of_uniform',
  'full_checkout_postgres_per_s',
  ...['million_orders', 'million_orders_postgres'].flatMap((name) =>
    ['confirm', 'first', 'far'].map((what) => `${name}_${what}_ms`),
  ),
  'million_orders_postgres_growth',
];

/** The most, or for `least` the least, that a figure may be. */
export const budgets = {
  ...Object.fromEntries(courses.map((name) => [name, {}])),
  quote_10x10_native_us: { most: 5 },
  quote_10x10_wasm_us: { most: 15 },
  quote_1000x50_native_us: { most: 1_000 },
  quote_1000x50_wasm_us: { most: 3_000 },
  quote_line_cost_growth: { most: 1.5 },
  fold_10000_events_native_ms: { most: 5 },
  fold_event_cost_growth: { most: 1.3 },
  cart_action_10_us: { most: 50 },
  package_brotli_bytes: { most: 98_304 },
  load_chromium_ms: { most: 30 },
  confirm_sqlite_per_s: { least: 3_000 },
  confirm_postgres_per_s: { least: 3_000 },
  confirm_sqlite_of_limit: { least: 0.5 },
  confirm_postgres_of_limit: { least: 0.5 },
  full_checkout_per_s: { least: 700 },
  hot_item_of_uniform: { least: 0.5 },
  confirm_p99_half_load_ms: { most: 25 },
  import_100k_s: { most: 30 },
  import_100k_mib: { most: 512 },
  import_100k_again_s: { most: 10 },
  server_start_ms: { most: 150 },
  server_idle_mib: { most: 64 },
  million_orders_growth: { most: 1.3 },
};
