// SPDX-License-Identifier: Apache-2.0
#include "tandem/money/money.hpp"

#include <algorithm>
#include <numeric>

#include "tandem/base/sort.hpp"

namespace tandem {
namespace {

Result<Money> in_range_or_refused(Exact amount, Currency currency) {
  if (!in_range(amount)) return reject(Reason::amount_out_of_range, {}, kMinorMax);
  return Money{amount.floor, currency};
}

}  // namespace

Result<Money> add(Money a, Money b) {
  if (a.currency != b.currency) return reject(Reason::currency_unknown, b.currency.code);
  return in_range_or_refused(Exact::minor(a.minor) + Exact::minor(b.minor), a.currency);
}

Result<Money> subtract(Money a, Money b) {
  if (a.currency != b.currency) return reject(Reason::currency_unknown, b.currency.code);
  return in_range_or_refused(Exact::minor(a.minor) - Exact::minor(b.minor), a.currency);
}

Result<Money> multiply(Money a, std::int64_t factor) {
  return in_range_or_refused(multiply(Exact::minor(a.minor), factor), a.currency);
}

Result<std::vector<Money>> allocate(Money amount, std::span<const std::int64_t> weights) {
  const auto is_weight = [](std::int64_t weight) { return weight >= 0 && weight <= kMinorMax; };
  if (!in_range(Exact::minor(amount.minor)) || !std::ranges::all_of(weights, is_weight)) {
    return reject(Reason::amount_out_of_range, {}, kMinorMax);
  }
  const Int128 whole = std::accumulate(weights.begin(), weights.end(), Int128{0});
  if (whole == 0) return reject(Reason::zero_weights);
  const std::int64_t sign = amount.minor < 0 ? -1 : 1;
  std::int64_t left = amount.minor * sign;
  std::vector<Money> shares;
  std::vector<Int128> rests;
  shares.reserve(weights.size());
  for (const std::int64_t weight : weights) {
    const Portion share = portion(amount.minor * sign, weight, whole);
    shares.push_back({share.floor * sign, amount.currency});
    rests.push_back(share.rest);
    left -= share.floor;
  }
  std::vector<std::uint32_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::uint32_t{0});
  sort_stably(order, [&](std::uint32_t a, std::uint32_t b) { return rests[a] > rests[b]; });
  for (const std::size_t i : order) {
    if (left-- <= 0) break;
    shares[i].minor += sign;
  }
  return shares;
}

}  // namespace tandem
