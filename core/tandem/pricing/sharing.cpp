// SPDX-License-Identifier: Apache-2.0
#include "tandem/pricing/sharing.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

#include "tandem/base/sort.hpp"
#include "tandem/pricing/fractions.hpp"

namespace tandem::pricing {
namespace {

/// The exact share of one sharer: `floor` whole minor units and rest / whole of one more.
struct Part {
  std::int64_t floor = 0;
  Int128 rest = 0;
};

/// Weights in one unit: whole minor units when all are whole.
struct Weights {
  std::vector<Int128> each;
  Int128 whole = 0;
  bool mixed = false;  // some are against the sign of the whole
};

/// The sum of the weights, where an amount ≥ 0 is shared by them in 64 bits; nothing when it does
/// not fit, or when some weight is negative or has parts of a unit.
std::optional<std::int64_t> small_whole(const std::vector<Sharer>& sharers,
                                        const std::vector<Place>& active, std::int64_t amount) {
  std::int64_t whole = 0;
  std::int64_t largest = 0;
  for (const Place place : active) {
    const Exact weight = sharers[place].weight;
    if (!weight.is_whole() || weight.floor < 0) return std::nullopt;
    if (__builtin_add_overflow(whole, weight.floor, &whole)) return std::nullopt;
    largest = std::max(largest, weight.floor);
  }
  std::int64_t product = 0;
  if (whole == 0 || __builtin_mul_overflow(amount, largest, &product)) return std::nullopt;
  return whole;
}

Weights weights_of(const std::vector<Sharer>& sharers, const std::vector<Place>& active) {
  Weights weights;
  weights.each.reserve(active.size());
  const bool in_units =
      std::ranges::all_of(active, [&](Place place) { return sharers[place].weight.is_whole(); });
  for (const Place place : active) {
    const Exact weight = sharers[place].weight;
    weights.each.push_back(in_units ? weight.floor : weight.parts());
  }
  bool positive = false;
  bool negative = false;
  for (const Int128 weight : weights.each) {
    weights.whole += weight;
    positive = positive || weight > 0;
    negative = negative || weight < 0;
  }
  weights.mixed = positive && negative;
  if (weights.whole < 0) {
    weights.whole = -weights.whole;
    for (Int128& weight : weights.each) weight = -weight;
  }
  return weights;
}

/// The shares of `amount` ≥ 0, or of a negative one that is floored.
std::vector<Part> parts_of(std::int64_t amount, Weights& weights) {
  std::vector<Part> parts;
  parts.reserve(weights.each.size());
  if (amount >= 0 && !weights.mixed) {
    for (const Int128 weight : weights.each) {
      const Portion share = portion(amount, weight, weights.whole);
      parts.push_back({share.floor, share.rest});
    }
    return parts;
  }
  for (const Int128 weight : weights.each) {
    const Exact share = mul_div(Exact::minor(amount), weight, weights.whole);
    parts.push_back({share.floor, share.above});
  }
  weights.whole = Exact::kScale;
  return parts;
}

Place tie_rank(const std::vector<Place>& ranks, const Sharer& sharer) {
  return sharer.line < ranks.size() ? ranks[sharer.line] : sharer.line;
}

/// Floors, then one unit each to the largest fractions. Ties go to the smaller line id, and lines
/// before shipments.
std::vector<std::int64_t> largest_remainder(Work& work, const std::vector<Sharer>& sharers,
                                            const std::vector<Place>& active, std::int64_t amount,
                                            Weights& weights) {
  const auto& rank = ranks(work);
  const std::vector<Part> parts = parts_of(amount, weights);
  std::vector<Place> order(parts.size());
  std::iota(order.begin(), order.end(), Place{0});
  std::int64_t missing = amount;
  for (const Part& part : parts) missing -= part.floor;
  const auto count = static_cast<std::size_t>(
      std::clamp<std::int64_t>(missing, 0, static_cast<std::int64_t>(order.size())));
  select_first(order, count, [&](Place a, Place b) {
    if (parts[a].rest != parts[b].rest) return parts[a].rest > parts[b].rest;
    const Place rank_a = tie_rank(rank, sharers[active[a]]);
    const Place rank_b = tie_rank(rank, sharers[active[b]]);
    return rank_a != rank_b ? rank_a < rank_b : a < b;
  });
  std::vector<std::int64_t> shares;
  for (const Part& part : parts) shares.push_back(part.floor);
  for (std::size_t i = 0; i < count; ++i) ++shares[order[i]];
  return shares;
}

/// Whether a share may be moved by one: a line that has no weight gets nothing, and one that has no
/// share has nothing to give.
bool may_move(Int128 weight, std::int64_t share, std::int64_t amount, std::int64_t one) {
  const bool away = (one < 0) == (amount < 0);
  return away ? weight != 0 : share != 0;
}

/// Each share rounded half toward zero, then ±1 from the first line on until the sum fits; if every
/// share rounds to 0, nothing is given.
std::vector<std::int64_t> first_lines(std::int64_t amount, Weights& weights) {
  std::vector<std::int64_t> shares;
  std::int64_t missing = amount;
  for (const Part& part : parts_of(amount, weights)) {
    const bool up = part.rest > weights.whole - part.rest ||
                    (part.floor < 0 && part.rest == weights.whole - part.rest);
    shares.push_back(part.floor + (up ? 1 : 0));
    missing -= shares.back();
  }
  if (std::ranges::all_of(shares, [](std::int64_t share) { return share == 0; })) return shares;
  const std::int64_t one = missing < 0 ? -1 : 1;
  for (std::size_t i = 0; missing != 0; i = (i + 1) % shares.size()) {
    if (!may_move(weights.each[i], shares[i], amount, one)) continue;
    shares[i] += one;
    missing -= one;
  }
  return shares;
}

/// Each but the last rounded half away, the last takes the rest.
std::vector<std::int64_t> last_line(std::int64_t amount, Weights& weights) {
  std::vector<std::int64_t> shares;
  std::int64_t left = amount;
  for (const Part& part : parts_of(amount, weights)) {
    const Int128 other = weights.whole - part.rest;
    const bool up = part.rest > other || (part.floor >= 0 && part.rest == other);
    shares.push_back(part.floor + (up ? 1 : 0));
    left -= shares.back();
  }
  shares.back() += left;
  return shares;
}

/// From the last line back, floor(remaining amount × weight / remaining weight); the first line
/// ends with the leftover.
std::vector<std::int64_t> truncate_from_last(std::int64_t amount, const Weights& weights) {
  std::vector<std::int64_t> shares(weights.each.size());
  Int128 whole = weights.whole;
  for (std::size_t i = shares.size(); i-- > 1;) {
    if (whole == 0) break;
    const Exact share = mul_div(Exact::minor(amount), weights.each[i], whole);
    shares[i] = share.floor;
    amount -= shares[i];
    whole -= weights.each[i];
  }
  shares.front() = amount;
  return shares;
}

/// Gives a sharer what it may take of a share; answers what it took.
Exact give_clamped(Sharer& sharer, Exact share) {
  const Exact before = sharer.given;
  const Exact next = before + share;
  if (next < sharer.low) {
    sharer.given = sharer.low;
  } else if (next > sharer.high) {
    sharer.given = sharer.high;
  } else {
    sharer.given = next;
    return share;
  }
  return sharer.given - before;
}

/// One minor unit per piece, lines by descending unit price, all pieces of a line before the next,
/// round after round.
void give_singles(Work& work, std::vector<Sharer>& sharers, std::int64_t rest) {
  std::vector<Place> order(sharers.size());
  std::iota(order.begin(), order.end(), Place{0});
  sort_stably(order, [&](Place a, Place b) {
    return work.lines[sharers[a].line].unit_price > work.lines[sharers[b].line].unit_price;
  });
  for (bool gave = true; rest > 0 && gave;) {
    gave = false;
    for (const Place place : order) {
      Sharer& sharer = sharers[place];
      const std::int64_t room = (sharer.high - sharer.given).floor;
      const std::int64_t pieces = std::min({sharer.units, room, rest});
      work.step();
      if (pieces <= 0) continue;
      sharer.given += Exact::minor(pieces);
      rest -= pieces;
      gave = true;
    }
  }
}

/// Refuses lines of parts of a unit: no piece of them can be counted.
bool in_whole_units(Work& work, const std::vector<Sharer>& sharers) {
  for (const Sharer& sharer : sharers) {
    if (sharer.line >= work.lines.size() || work.lines[sharer.line].is_whole) continue;
    work.refuse(Reason::quantity_not_whole,
                "/cart/lines/" + std::to_string(sharer.line) + "/quantity_exact");
    return false;
  }
  return true;
}

/// A fixed amount: floor(rest / units of lines with room) off every unit, repeated until that is 0.
void even_amount(Work& work, std::vector<Sharer>& sharers, std::int64_t rest) {
  for (;;) {
    std::int64_t units = 0;
    for (const Sharer& sharer : sharers)
      if (sharer.high > sharer.given) units += sharer.units;
    work.step(static_cast<std::int64_t>(sharers.size()));
    const std::int64_t per_unit = units > 0 ? rest / units : 0;
    if (per_unit == 0) break;
    for (Sharer& sharer : sharers) {
      Sharer taker = sharer;
      const Exact share = give_clamped(taker, multiply(Exact::minor(per_unit), sharer.units));
      if (share <= Exact{}) continue;
      sharer.given = taker.given;
      rest -= share.floor;
    }
  }
  give_singles(work, sharers, rest);
}

/// A percentage: each line its own floor, then single units up to the rounded percentage.
void even_percentage(Work& work, std::vector<Sharer>& sharers, std::int64_t rest) {
  for (Sharer& sharer : sharers) {
    rest -= give_clamped(sharer, Exact::minor(sharer.own.floor)).floor;
  }
  give_singles(work, sharers, rest);
}

/// Exact shares; the last one absorbs what lies beyond twelve places, so that what is read of
/// them sums up to the amount.
std::vector<Exact> exact_shares(Exact amount, const Weights& weights) {
  std::vector<Exact> shares;
  Exact left = amount;
  for (const Int128 weight : weights.each) {
    shares.push_back(twelve_places(mul_div(amount, weight, weights.whole)));
    left -= shares.back();
  }
  shares.back() += left;
  return shares;
}

std::vector<std::int64_t> whole_shares(Work& work, DiscountSharing method,
                                       const std::vector<Sharer>& sharers,
                                       const std::vector<Place>& active, std::int64_t amount,
                                       Weights& weights) {
  switch (method) {
    case DiscountSharing::first_lines:
      return first_lines(amount, weights);
    case DiscountSharing::last_line:
      return last_line(amount, weights);
    case DiscountSharing::truncate_from_last:
      return truncate_from_last(amount, weights);
    default:
      return largest_remainder(work, sharers, active, amount, weights);
  }
}

/// One round of the default way over the active sharers, where it fits 64 bits; answers what it
/// gave.
std::optional<Exact> small_round(Work& work, std::vector<Sharer>& sharers,
                                 const std::vector<Place>& active, Exact amount) {
  if (!amount.is_whole() || amount < Exact{}) return std::nullopt;
  const auto whole = small_whole(sharers, active, amount.floor);
  if (!whole) return std::nullopt;
  const auto& rank = ranks(work);
  std::vector<Fraction> fractions;
  fractions.reserve(active.size());
  std::int64_t missing = amount.floor;
  Exact gave;
  for (const Place place : active) {
    Sharer& sharer = sharers[place];
    const std::int64_t product = amount.floor * sharer.weight.floor;
    const std::int64_t floor = product / *whole;
    fractions.emplace_back(product - floor * *whole, tie_rank(rank, sharer), place);
    missing -= floor;
    gave += give_clamped(sharer, Exact::minor(floor));
  }
  const Winners winners(fractions, missing);
  for (const Fraction& one : fractions)
    if (winners.hold(one)) gave += give_clamped(sharers[one.at], Exact::minor(1));
  return gave;
}

/// One round over the active sharers; answers what it gave.
Exact share_round(Work& work, DiscountSharing method, std::vector<Sharer>& sharers,
                  const std::vector<Place>& active, Exact amount, Weights& weights) {
  Exact gave;
  if (method == DiscountSharing::unrounded || !amount.is_whole()) {
    const auto shares = exact_shares(amount, weights);
    for (std::size_t i = 0; i < active.size(); ++i) {
      gave += give_clamped(sharers[active[i]], shares[i]);
    }
    return gave;
  }
  const bool mirrors = amount < Exact{} && work.money.negative_sharing == NegativeSharing::mirror;
  const Exact positive = mirrors ? -amount : amount;
  const auto shares = whole_shares(work, method, sharers, active, positive.floor, weights);
  for (std::size_t i = 0; i < active.size(); ++i) {
    const Exact share = Exact::minor(shares[i]);
    gave += give_clamped(sharers[active[i]], mirrors ? -share : share);
  }
  return gave;
}

/// One round with weights that may not count: nothing when none does, and nothing is given then.
std::optional<Exact> weighed_round(Work& work, DiscountSharing method, std::vector<Sharer>& sharers,
                                   const std::vector<Place>& active, Exact amount) {
  Weights weights = weights_of(sharers, active);
  if (weights.whole == 0) {
    if (work.money.zero_weights == ZeroWeights::refuse) {
      work.refuse(Reason::zero_weights, "/cart/lines");
      return std::nullopt;
    }
    if (work.money.zero_weights == ZeroWeights::nothing) return std::nullopt;
    std::ranges::fill(weights.each, Int128{1});
    weights.whole = static_cast<Int128>(weights.each.size());
    weights.mixed = false;
  }
  return share_round(work, method, sharers, active, amount, weights);
}

}  // namespace

void share_by(Work& work, DiscountSharing method, std::vector<Sharer>& sharers, Exact amount) {
  if (!in_range(amount)) return work.refuse(Reason::amount_out_of_range, "/cart");
  std::vector<Place> active(sharers.size());
  std::iota(active.begin(), active.end(), Place{0});
  while (!amount.is_zero() && !active.empty()) {
    work.step(static_cast<std::int64_t>(active.size()));
    std::optional<Exact> gave;
    if (method == DiscountSharing::largest_remainder) {
      gave = small_round(work, sharers, active, amount);
    }
    if (!gave) gave = weighed_round(work, method, sharers, active, amount);
    if (!gave) return;
    amount -= *gave;
    if (amount.is_zero()) return;
    const std::size_t before = active.size();
    const bool upward = amount > Exact{};
    std::erase_if(active, [&](Place place) {
      const Sharer& sharer = sharers[place];
      return upward ? sharer.given >= sharer.high : sharer.given <= sharer.low;
    });
    if (gave->is_zero() && active.size() == before) return;
    if (work.steps > kStepsMax) return;
  }
}

void share(Work& work, std::vector<Sharer>& sharers, Exact amount, bool is_percentage) {
  const DiscountSharing method = work.money.discount_sharing;
  if (method != DiscountSharing::even_per_unit || amount < Exact{} || !amount.is_whole()) {
    return share_by(work, method, sharers, amount);
  }
  if (!in_whole_units(work, sharers)) return;
  if (is_percentage) {
    even_percentage(work, sharers, amount.floor);
  } else {
    even_amount(work, sharers, amount.floor);
  }
}

}  // namespace tandem::pricing
