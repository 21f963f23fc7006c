// SPDX-License-Identifier: Apache-2.0
#include "store/ledger.hpp"

namespace tandem::store {

std::string_view name(LedgerKind kind) {
  switch (kind) {
    case LedgerKind::stock:
      return "stock";
    case LedgerKind::promotion:
      return "promotion";
    case LedgerKind::customer_use:
      return "customer_use";
    case LedgerKind::coupon:
      return "coupon";
    case LedgerKind::gift_card:
      return "gift_card";
    case LedgerKind::invoice:
      return "invoice";
  }
  return "";
}

std::string name(const LedgerKey& key) {
  std::string text(name(key.kind));
  (text += "/") += key.key;
  if (!key.part.empty()) (text += "/") += key.part;
  return text;
}

bool fits(const LedgerUpdate& update) {
  const Figures& c = update.change;
  const LedgerKind kind = update.key.kind;
  if (update.limit && (kind == LedgerKind::stock || kind == LedgerKind::gift_card)) return false;
  if (kind == LedgerKind::stock) return c.used == 0 && c.balance == 0;
  const bool no_stock = c.on_hand == 0 && c.reserved == 0 && c.backordered == 0;
  return no_stock && (kind == LedgerKind::gift_card ? c.used : c.balance) == 0;
}

Figures& Figures::operator+=(const Figures& change) {
  on_hand += change.on_hand;
  reserved += change.reserved;
  held += change.held;
  backordered += change.backordered;
  used += change.used;
  balance += change.balance;
  return *this;
}

std::int64_t left(const Figures& f) {
  return f.on_hand + f.balance - f.reserved - f.held - f.backordered - f.used;
}

std::int64_t LedgerRow::available() const { return left(figures) - safety_stock; }

}  // namespace tandem::store
