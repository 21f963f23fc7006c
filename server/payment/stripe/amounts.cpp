// SPDX-License-Identifier: Apache-2.0
#include "payment/stripe/amounts.hpp"

#include <algorithm>
#include <array>

#include "tandem/money/currency.hpp"

namespace tandem::payment::stripe {
namespace {

/// How the API counts a currency: with so many decimals, in steps.
struct Row {
  std::string_view currency;
  int decimals = 2;
  std::int64_t step = 1;
};

// https://docs.stripe.com/currencies: "zero-decimal", "special cases" and "three-decimal". All
// others have two decimals.
constexpr std::array kRows{
    Row{"BHD", 3, 10},  Row{"BIF", 0},     Row{"CLP", 0},     Row{"DJF", 0}, Row{"GNF", 0},
    Row{"ISK", 2, 100}, Row{"JOD", 3, 10}, Row{"JPY", 0},     Row{"KMF", 0}, Row{"KRW", 0},
    Row{"KWD", 3, 10},  Row{"MGA", 0},     Row{"OMR", 3, 10}, Row{"PYG", 0}, Row{"RWF", 0},
    Row{"TND", 3, 10},  Row{"VND", 0},     Row{"VUV", 0},     Row{"XAF", 0}, Row{"XOF", 0},
    Row{"XPF", 0},
};

// Published as without decimals and, in later tables, as with two that are zero: a guess would be
// wrong by a factor of a hundred.
constexpr std::array kUnclear{std::string_view("UGX")};

constexpr std::int64_t kMax = (std::int64_t{1} << 53) - 1;

std::int64_t power(int exponent) {
  std::int64_t value = 1;
  for (int i = 0; i < exponent; ++i) value *= 10;
  return value;
}

/// The row of a currency that both ISO and the API know well enough.
std::optional<Row> row_of(std::string_view currency) {
  if (std::ranges::find(kUnclear, currency) != kUnclear.end()) return std::nullopt;
  const auto known = currency_named(currency);
  if (!known) return std::nullopt;
  const auto found = std::ranges::find(kRows, currency, &Row::currency);
  if (found != kRows.end()) return *found;
  if (known->exponent != 2) return std::nullopt;  // not one of those that the API lists
  return Row{currency, 2};
}

/// Times one number and divided by another, when no fraction is lost.
std::optional<std::int64_t> scaled(std::int64_t amount, std::int64_t multiplier,
                                   std::int64_t divisor) {
  if (amount < 0 || amount > kMax / multiplier || amount % divisor != 0) return std::nullopt;
  return amount * multiplier / divisor;
}

}  // namespace

std::optional<Counting> counting_of(std::string_view currency) {
  const auto row = row_of(currency);
  if (!row) return std::nullopt;
  const int more = row->decimals - currency_named(currency)->exponent;
  return Counting{.divisor = power(-more), .multiplier = power(more), .step = row->step};
}

std::optional<std::int64_t> to_stripe(std::int64_t amount_minor, std::string_view currency) {
  const auto counting = counting_of(currency);
  if (!counting) return std::nullopt;
  const auto amount = scaled(amount_minor, counting->multiplier, counting->divisor);
  if (!amount || *amount % counting->step != 0) return std::nullopt;
  return amount;
}

std::optional<std::int64_t> from_stripe(std::int64_t amount, std::string_view currency) {
  const auto counting = counting_of(currency);
  if (!counting) return std::nullopt;
  return scaled(amount, counting->divisor, counting->multiplier);
}

}  // namespace tandem::payment::stripe
