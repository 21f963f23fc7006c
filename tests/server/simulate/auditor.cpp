// SPDX-License-Identifier: Apache-2.0
#include "auditor.hpp"

#include <algorithm>
#include <utility>

#include "app/facts.hpp"
#include "app/folded.hpp"
#include "shop.hpp"
#include "tandem/order/effects.hpp"
#include "tandem/order/evolve.hpp"

namespace tandem::simulate {
namespace {

std::string name_of(const Auditor::Known& known) {
  return "order " + std::to_string(known.order_no);
}

}  // namespace

void Auditor::look() {
  if (!server_.is_up()) return;
  const bool again = server_.life() != life_seen_;
  if (!again && server_.commits() == commits_seen_) return;
  life_seen_ = server_.life();
  commits_seen_ = server_.commits();
  look_at_orders(again);
  check_ledgers();
  check_sales();
}

void Auditor::look_at_orders(bool again) {
  const auto rows = server_.store().reads().order_rows({.count_max = 1'000});
  if (!rows) return broken("the orders cannot be read: " + rows.error().message);
  if (rows->size() < orders_.size()) broken("an order is gone");
  for (const store::OrderRow& row : *rows) {
    const auto known = orders_.find(row.order_no);
    const bool moved = known == orders_.end() || known->second.order.version != row.version;
    if (moved || again) read_order(row.order_no, again);
  }
}

/// The events that are new; after a start also that the old ones are still the same.
void Auditor::read_order(std::int64_t order_no, bool again) {
  store::Reads& reads = server_.store().reads();
  Known& known = orders_[order_no];
  const std::int64_t after = again ? 0 : known.order.version;
  const auto head = reads.order(order_no);
  const auto events = reads.events(order_no, after, 1'000'000);
  const auto parts = reads.parts(order_no);
  if (!head || !*head || !events || !parts) {
    return broken("order " + std::to_string(order_no) + " cannot be read");
  }
  known.order_no = order_no;
  known.id = (*head)->order_id;
  numbers_[known.id] = order_no;
  if ((*head)->version < known.order.version) {
    return broken(name_of(known) + " has lost events that it had");
  }
  Digest chain = after == 0 ? Digest{} : known.chain[static_cast<std::size_t>(after - 1)];
  for (const store::Event& event : *events) {
    chain = next_chain(chain, event.bytes);
    if (event.n <= known.order.version) {
      if (known.chain[static_cast<std::size_t>(event.n - 1)] == chain) continue;
      return broken(name_of(known) + ": an event is not what it was");
    }
    known.chain.push_back(chain);
    take(known, event, *parts);
  }
  if (chain != (*head)->head) broken(name_of(known) + ": its head is not its chain's");
  check_told(known);
  check_money(known);
}

void Auditor::take(Known& known, const store::Event& event, const std::vector<store::Part>& parts) {
  const auto recorded = app::decode_event(event, parts);
  if (!recorded) return broken(name_of(known) + ": an event cannot be decoded");
  evolve(known.order, *recorded);
  const Event& what = recorded->record.event;
  const std::string_view name = OneOf<Event>::names[what.index()];
  ++events_[std::string(name)];
  story_.tell("shop", name_of(known) + ' ' + std::to_string(event.n) + ": " + std::string(name));
  if (std::holds_alternative<OrderConfirmed>(what) && ++known.confirmed > 1) {
    broken(name_of(known) + " is confirmed twice");
  }
  const bool reopens =
      std::holds_alternative<OrderReopened>(what) || std::holds_alternative<OrderCanceled>(what);
  if (reopens) known.confirmed = 0;
}

void Auditor::told(const std::string& order_id, std::int64_t version, const std::string& digest) {
  if (version == 0) return;
  const Known* known = find(order_id);
  if (known == nullptr || known->order.version < version) {
    told_[order_id].push_back({version, digest});
    // It was told of something that is not there.
    return broken("an answer tells of version " + std::to_string(version) + " of " + order_id +
                  ", which is not stored");
  }
  if (hex(known->chain[static_cast<std::size_t>(version - 1)]) != digest) {
    broken(name_of(*known) + ": an answer tells of another chain at version " +
           std::to_string(version));
  }
}

void Auditor::check_told(const Known& known) {
  const auto found = told_.find(known.id);
  if (found == told_.end()) return;
  for (const Told& one : found->second) {
    if (one.version > known.order.version) broken(name_of(known) + " forgot what it told");
  }
}

/// The shop never believes in money that the bank does not have, and never gave back more than it
/// asked the bank to.
void Auditor::check_money(const Known& known) {
  for (const Attempt& attempt : known.order.attempts) {
    if (attempt.provider.value != "demo") continue;
    const BankIntent* intent = bank_.find(payment::intent_id(known.order_no, attempt.number));
    const std::int64_t captured = intent == nullptr ? 0 : intent->captured_minor;
    const std::int64_t refunded = intent == nullptr ? 0 : intent->refunded_minor;
    const std::string name = name_of(known) + ", attempt " + std::to_string(attempt.number);
    if (attempt.captured_minor > captured) {
      broken(name + ": the shop counts " + std::to_string(attempt.captured_minor) +
             ", the bank captured " + std::to_string(captured));
    }
    if (attempt.refunded_minor > refunded) broken(name + ": a refund that the bank did not make");
    if (refunded > attempt.refunded_minor + attempt.refunding_minor) {
      broken(name + ": the bank gave back more than the shop asked for");
    }
  }
}

/// What the counters allow, whatever the orders say.
void Auditor::check_ledgers() {
  store::Reads& reads = server_.store().reads();
  using store::LedgerKind;
  for (const LedgerKind kind : {LedgerKind::stock, LedgerKind::promotion, LedgerKind::gift_card}) {
    const auto rows = reads.ledger_rows(kind, {.kind = kind}, 100);
    if (!rows) return broken("a ledger cannot be read");
    for (const store::LedgerRow& row : *rows) {
      const store::Figures& f = row.figures;
      const std::string name = store::name(row.key);
      if (f.held < 0 || f.reserved < 0 || f.used < 0) broken(name + ": a counter is negative");
      if (kind == LedgerKind::stock && f.reserved + f.held > f.on_hand + row.shortfall) {
        broken(name + ": oversold");
      }
      if (kind == LedgerKind::gift_card && f.balance < f.held) broken(name + ": overspent");
      if (kind == LedgerKind::promotion && row.key.key == "welcome" &&
          f.used + f.held > kWelcomeUses) {
        broken(name + ": used more often than its limit");
      }
    }
  }
}

/// The same from the orders' own events: what confirmed orders took together.
void Auditor::check_sales() {
  std::map<std::string, std::int64_t> reserved;
  std::int64_t welcome = 0;
  std::int64_t gifts_minor = 0;
  for (const auto& [order_no, known] : orders_) {
    const Order& order = known.order;
    for (const auto& [place, stock] : stock_of(order)) {
      reserved[place.first.value] += stock.reserved;
    }
    if (order.state != OrderState::order || !order.placed) continue;
    for (const OrderCoupon& coupon : order.coupons) {
      if (coupon.state == CouponState::claimed && coupon.promotion.value == "welcome") ++welcome;
    }
    for (const QuoteGiftCard& card : order.placed->quote.gift_cards) {
      gifts_minor += card.amount_minor;
    }
  }
  if (welcome > kWelcomeUses) broken("more orders use the code than it has uses");
  if (gifts_minor > kGiftMinor) broken("the orders took more of the gift card than was on it");
  for (const auto& [sku, count] : reserved) {
    const std::array keys{app::stock_key(sku)};
    const auto rows = server_.store().reads().ledger(keys);
    if (!rows) return broken("a ledger cannot be read");
    const store::LedgerRow& row = rows->front();
    if (count != row.figures.reserved) {
      broken("stock " + sku + ": the orders have " + std::to_string(count) +
             " reserved, the counter says " + std::to_string(row.figures.reserved));
    }
  }
}

const Auditor::Known* Auditor::find(const std::string& order_id) const {
  const auto number = numbers_.find(order_id);
  return number == numbers_.end() ? nullptr : &orders_.at(number->second);
}

std::map<std::string, std::int64_t> Auditor::counts() const { return events_; }

}  // namespace tandem::simulate
