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
