// SPDX-License-Identifier: Apache-2.0
#include "tandem/pricing/sharing.hpp"

#include <algorithm>
#include <numeric>

#include "tandem/base/sort.hpp"

namespace tandem::pricing {
namespace {

/// The exact share of one sharer: `floor` whole minor units and rest / whole of one more.
struct Part {
  std::int64_t floor = 0;
  Int128 rest = 0;
};

/// Weights in one unit: whole minor units when all are whole, so that 64 bits mostly suffice.
struct Weights {
  std::vector<Int128> each;
  Int128 whole = 0;
  bool mixed = false;  // some are against the sign of the whole
};

Weights weights_of(const std::vector<Sharer>& sharers, const std::vector<Place>& active) {
  Weights weights;
  weights.each.reserve(active.size());
  bool in_units = true;
  for (const Place place : active) {
    const Exact weight = sharers[place].weight;
    const std::int64_t floor = floor_minor(weight);
    if (Exact::minor(floor) != weight) {
      in_units = false;
      break;
    }
    weights.each.push_back(floor);
  }
  if (!in_units) {
    weights.each.clear();
    for (const Place place : active) weights.each.push_back(sharers[place].weight.parts);
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
    const std::int64_t floor = floor_minor(share);
    parts.push_back({floor, (share - Exact::minor(floor)).parts});
  }
  weights.whole = Exact::kScale;
  return parts;
}

/// Floors, then one unit each to the largest fractions.
std::vector<std::int64_t> largest_remainder(Work& work, const std::vector<Sharer>& sharers,
                                            const std::vector<Place>& active, std::int64_t amount,
                                            Weights& weights) {
  const auto parts = parts_of(amount, weights);
  std::vector<std::int64_t> shares;
  shares.reserve(parts.size());
  std::int64_t missing = amount;
  for (const Part& part : parts) {
    shares.push_back(part.floor);
    missing -= part.floor;
  }
  if (missing <= 0) return shares;
  const auto& rank = ranks(work);
  std::vector<Place> order(parts.size());
  std::iota(order.begin(), order.end(), Place{0});
  const auto before = [&](Place a, Place b) {
    if (parts[a].rest != parts[b].rest) return parts[a].rest > parts[b].rest;
    const Place line_a = sharers[active[a]].line;
    const Place line_b = sharers[active[b]].line;
    if (line_a >= rank.size() || line_b >= rank.size()) return line_a < line_b;
    return rank[line_a] < rank[line_b];
  };
  const auto count = std::min<std::size_t>(static_cast<std::size_t>(missing), order.size());
  select_first(order, count, before);
  for (std::size_t i = 0; i < count; ++i) ++shares[order[i]];
  return shares;
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
    shares[i] = floor_minor(share);
    amount -= shares[i];
    whole -= weights.each[i];
  }
  shares.front() = amount;
  return shares;
}

Exact clamped(Exact share, const Sharer& sharer) {
  const Exact low = sharer.low - sharer.given;
  const Exact high = sharer.high - sharer.given;
  return share < low ? low : (share > high ? high : share);
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
      const std::int64_t room = floor_minor(sharer.high - sharer.given);
      const std::int64_t pieces = std::min({sharer.units, room, rest});
      work.step();
      if (pieces <= 0) continue;
      sharer.given += Exact::minor(pieces);
      rest -= pieces;
      gave = true;
    }
  }
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
      const Exact share = clamped(multiply(Exact::minor(per_unit), sharer.units), sharer);
      if (share <= Exact{}) continue;
      sharer.given += share;
      rest -= floor_minor(share);
    }
  }
  give_singles(work, sharers, rest);
}

/// A percentage: each line its own floor, then single units up to the rounded percentage.
void even_percentage(Work& work, std::vector<Sharer>& sharers, std::int64_t rest) {
  for (Sharer& sharer : sharers) {
    const Exact share = clamped(Exact::minor(floor_minor(sharer.own)), sharer);
    sharer.given += share;
    rest -= floor_minor(share);
  }
  give_singles(work, sharers, rest);
}

/// Exact shares; the last one absorbs what lies beyond 10⁻¹², so that the sum is the amount.
std::vector<Exact> exact_shares(Exact amount, const Weights& weights) {
  std::vector<Exact> shares;
  Exact left = amount;
  for (const Int128 weight : weights.each) {
    shares.push_back(mul_div(amount, weight, weights.whole));
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

/// One round over the active sharers; answers what it gave.
Exact share_round(Work& work, DiscountSharing method, std::vector<Sharer>& sharers,
                  const std::vector<Place>& active, Exact amount, Weights& weights) {
  Exact gave;
  const auto give = [&](Place place, Exact share) {
    const Exact taken = clamped(share, sharers[place]);
    sharers[place].given += taken;
    gave += taken;
  };
  if (method == DiscountSharing::unrounded || !is_whole(amount)) {
    const auto shares = exact_shares(amount, weights);
    for (std::size_t i = 0; i < active.size(); ++i) give(active[i], shares[i]);
    return gave;
  }
  const bool mirrors = amount < Exact{} && work.money.negative_sharing == NegativeSharing::mirror;
  const Exact positive = mirrors ? -amount : amount;
  const auto shares = whole_shares(work, method, sharers, active, floor_minor(positive), weights);
  for (std::size_t i = 0; i < active.size(); ++i) {
    const Exact share = Exact::minor(shares[i]);
    give(active[i], mirrors ? -share : share);
  }
  return gave;
}

}  // namespace

void share_by(Work& work, DiscountSharing method, std::vector<Sharer>& sharers, Exact amount) {
  if (!in_range(amount)) return work.refuse(Reason::amount_out_of_range, "/cart");
  std::vector<Place> active(sharers.size());
  std::iota(active.begin(), active.end(), Place{0});
  while (!amount.is_zero() && !active.empty()) {
    work.step(static_cast<std::int64_t>(active.size()));
    Weights weights = weights_of(sharers, active);
    if (weights.whole == 0) {
      if (work.money.zero_weights == ZeroWeights::refuse) {
        return work.refuse(Reason::zero_weights, "/cart/lines");
      }
      if (work.money.zero_weights == ZeroWeights::nothing) return;
      std::ranges::fill(weights.each, Int128{1});
      weights.whole = static_cast<Int128>(weights.each.size());
      weights.mixed = false;
    }
    const Exact gave = share_round(work, method, sharers, active, amount, weights);
    const std::size_t before = active.size();
    amount -= gave;
    const bool upward = amount > Exact{};
    std::erase_if(active, [&](Place place) {
      const Sharer& sharer = sharers[place];
      return upward ? sharer.given >= sharer.high : sharer.given <= sharer.low;
    });
    if (gave.is_zero() && active.size() == before) return;
    if (work.steps > kStepsMax) return;
  }
}

void share(Work& work, std::vector<Sharer>& sharers, Exact amount, bool is_percentage) {
  const DiscountSharing method = work.money.discount_sharing;
  if (method != DiscountSharing::even_per_unit || amount < Exact{} || !is_whole(amount)) {
    return share_by(work, method, sharers, amount);
  }
  if (is_percentage) {
    even_percentage(work, sharers, floor_minor(amount));
  } else {
    even_amount(work, sharers, floor_minor(amount));
  }
}

}  // namespace tandem::pricing
