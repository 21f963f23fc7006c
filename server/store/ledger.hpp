// SPDX-License-Identifier: Apache-2.0
#pragma once
// Ledgers: what many orders share. Each is append-only entries with their cause, plus one counter
// row that equals the sum of its entries and that CHECK constraints and guarded updates protect.
//
//   stock         key = sku, part = location       on_hand reserved held backordered
//   promotion     key = promotion id               used held
//   customer_use  key = promotion id, part = customer  used held
//   coupon        key = code                       used held
//   gift_card     key = code                       balance held          (minor units)
//   invoice       key = series                     used = last number given
//
// `held` is the sum of the ledger's hold rows: a hold belongs to one order and ends by itself.

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace tandem::store {

/// In the order in which their locks are taken; the invoice series, the hottest, come last.
enum class LedgerKind : std::uint8_t {
  stock = 1,
  promotion = 2,
  customer_use = 3,
  coupon = 4,
  gift_card = 5,
  invoice = 6
};

[[nodiscard]] std::string_view name(LedgerKind kind);

struct LedgerKey {
  LedgerKind kind{};
  std::string key{};
  std::string part{};  // stock: location; customer_use: customer; else empty

  friend auto operator<=>(const LedgerKey&, const LedgerKey&) = default;
};

/// For failures: "stock/TEA-100/main".
[[nodiscard]] std::string name(const LedgerKey& key);

/// The counters of a row, or a change of them. A kind uses the ones named above; others stay 0.
struct Figures {
  std::int64_t on_hand = 0;
  std::int64_t reserved = 0;
  std::int64_t held = 0;
  std::int64_t backordered = 0;
  std::int64_t used = 0;
  std::int64_t balance = 0;

  Figures& operator+=(const Figures& change);
  friend bool operator==(const Figures&, const Figures&) = default;
};

/// What is left to take by these figures alone: stock on_hand - reserved - held - backordered;
/// gift card balance - held; the limits' kinds -(used + held), to which a limit is added.
[[nodiscard]] std::int64_t left(const Figures& figures);

/// A counter row. A row that does not exist yet is all zero with version 0.
struct LedgerRow {
  LedgerKey key{};
  Figures figures{};
  std::int64_t safety_stock = 0;   // stock: kept back from sale
  std::int64_t backorder_max = 0;  // stock: how much may be sold beyond on hand
  std::int64_t shortfall = 0;      // stock: how far facts (a count) went beyond that
  std::int64_t version = 0;        // grows by one with every statement that changes the row
  bool exists = false;             // false: it was made up, all zero
  std::optional<std::int64_t> expires_ms{};  // gift card: worth nothing from then on

  /// What may still be taken: stock left() - safety_stock; may be negative. Without backorders.
  [[nodiscard]] std::int64_t available() const;

  friend bool operator==(const LedgerRow&, const LedgerRow&) = default;
};

/// How a change of a counter is checked by the database.
enum class Guard : std::uint8_t {
  sale,  // what lowers left() must not take it below what may be sold (the default)
  fact,  // a count, a setting, a debt: recorded even beyond that, the excess is `shortfall`
};

/// One guarded change of one counter row; the row is made when it does not exist.
/// sale: stock  left() - safety_stock + backorder_max >= 0; gift card left() >= 0;
///       limits' kinds used + held <= limit, when a limit is given.
struct LedgerUpdate {
  LedgerKey key{};
  Figures change{};
  Guard guard = Guard::sale;
  std::optional<std::int64_t> limit{};             // limits' kinds: the rules' uses
  std::optional<std::int64_t> expected_version{};  // refuse (stale) if the row has moved on
};

/// True for a change that touches only counters its kind has, and a limit only where one counts.
[[nodiscard]] bool fits(const LedgerUpdate& update);

/// Why a counter changed. Either an order's event, or an adjustment with actor and reason.
struct Cause {
  std::int64_t order_no = 0;  // 0: an adjustment
  std::int64_t n = 0;         // the event's number in its order; an adjustment gets its own
  std::string actor{};          // adjustments only
  std::string reason{};         // adjustments only
};

/// One line of a ledger. (cause, movement, key) is unique: no cause counts twice.
struct LedgerEntry {
  LedgerKey key{};
  std::string movement{};  // hold, renew, release, expire, claim, ship, adjust, …
  Figures change{};
  Cause cause{};
  std::int64_t at_ms = 0;
};

/// Where an entry stands among those of one ledger. By itself it is after all of them.
struct EntryPlace {
  std::int64_t at_ms = std::numeric_limits<std::int64_t>::max();
  std::int64_t order_no = 0;
  std::int64_t n = 0;
  std::string movement{};
};

/// A counter that is not the sum of its entries, or whose `held` is not the sum of its holds.
struct LedgerMismatch {
  LedgerKey key{};
  Figures counter{};
  Figures entries{};
  std::int64_t holds = 0;
};

/// What one order holds of one ledger until `expires_ms`. `n` is the event that made it.
struct Hold {
  LedgerKey key{};
  std::int64_t order_no = 0;
  std::int64_t quantity = 0;
  std::int64_t expires_ms = 0;
  std::int64_t n = 0;

  friend bool operator==(const Hold&, const Hold&) = default;
};

}  // namespace tandem::store
