// SPDX-License-Identifier: Apache-2.0
#pragma once
// A refusal is a value. Functions that can refuse return Result<T>; nothing in the core throws.
//
//   Result<Money> add(Money a, Money b);
//   if (auto sum = add(a, b)) use(*sum); else show(sum.error());

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tandem/base/enum.hpp"
#include "tandem/base/reason.hpp"

namespace tandem {

/// A fact that differs from what was shown, when a quote is no longer the same.
TANDEM_ENUM(ChangeCode, price_changed, stock_clamped, promotion_ended, promotion_changed,
            coupon_dropped, tax_updated, shipping_changed, shipping_unavailable,
            payment_method_unavailable, offer_unavailable, gift_card_changed, terms_changed,
            core_outdated)

struct Change {
  ChangeCode code{};
  std::string subject;              // the line, code, tax or method it is about
  std::optional<std::int64_t> was;  // minor units, or a quantity for stock_clamped
  std::optional<std::int64_t> now;

  friend bool operator==(const Change&, const Change&) = default;
};

/// One more fault of the same kind: every short line, every missing field.
struct Fault {
  std::string subject;
  std::optional<std::int64_t> limit;

  friend bool operator==(const Fault&, const Fault&) = default;
};

/// Why something was refused: the broken rule, what it is about, and the limit that was met.
/// `subject` is an id (sku, line, code, method) or, for input, a JSON pointer.
struct Rejection {
  Reason reason{};
  std::string subject;
  std::optional<std::int64_t> limit;
  std::vector<Fault> also;
  std::vector<Change> changes;  // of quote_changed: each named fact

  friend bool operator==(const Rejection&, const Rejection&) = default;
};

[[nodiscard]] inline Rejection rejection(Reason reason, std::string subject = {},
                                         std::optional<std::int64_t> limit = std::nullopt) {
  return {reason, std::move(subject), limit, {}, {}};
}

template <class T>
using Result = std::expected<T, Rejection>;

/// Makes a refusal: `return reject(Reason::offer_unknown, sku)`.
[[nodiscard]] inline std::unexpected<Rejection> reject(
    Reason reason, std::string subject = {}, std::optional<std::int64_t> limit = std::nullopt) {
  return std::unexpected(rejection(reason, std::move(subject), limit));
}

}  // namespace tandem
