// SPDX-License-Identifier: Apache-2.0
#include "tandem/order/effects.hpp"

#include <algorithm>
#include <map>

#include "tandem/order/evolve.hpp"
#include "tandem/payment/shares.hpp"

namespace tandem {
namespace {

/// Goods of one product that came back.
struct CameBack {
  Sku sku;
  bool tracked = false;
  std::int64_t units = 0;
};

/// What the next returned units of a line are: those that were sold come back first, then what went
/// out in exchange for them, in the order sent.
std::vector<CameBack> came_back(const Order& order, const Line& line, std::int64_t units) {
  std::vector<CameBack> sent{{line.sku, line.tracked, line.shipped - line.replaced}};
  for (const Transfer& transfer : order.transfers) {
    if (!transfer.exchange_of || transfer.step != TransferStep::ship) continue;
    for (const TransferLine& moved : transfer.lines) {
      if (moved.line == line.id) sent.push_back({moved.sku, moved.tracked, moved.done});
    }
  }
  std::int64_t before = line.returned;
  for (CameBack& part : sent) {
    const std::int64_t earlier = std::min(before, part.units);
    before -= earlier;
    part.units = std::min(part.units - earlier, units);
    units -= part.units;
  }
  return sent;
}

/// One method per event that reaches outside its order; all others do nothing outside.
class Reach {
 public:
  Reach(Effects& effects, const Order& before, bool confirmed_by_hand, const Rules& rules,
        const Settings& settings)
      : effects_(effects),
        before_(before),
        confirmed_by_hand_(confirmed_by_hand),
        rules_(rules),
        settings_(settings) {}

  void operator()(const auto&) {}

  void operator()(const StockHeld& e) {
    release_hold();
    for (const StockTaken& taken : e.lines) stock(taken, {.held = taken.quantity});
  }
  void operator()(const HoldExpired&) { release_hold(); }
  void operator()(const HoldReleased&) { release_hold(); }
  void operator()(const StockReserved& e) {
    if (!e.transfer) release_hold();
    for (const StockTaken& taken : e.lines) {
      stock(taken, {.backordered = taken.backordered, .reserved = taken.quantity});
    }
  }
  void operator()(const StockReleased& e) {
    for (const StockTaken& taken : e.lines) {
      stock(taken, {.backordered = -taken.backordered, .reserved = -taken.quantity});
    }
  }
  void operator()(const TransferDone& e) {
    const Transfer* transfer = before_.find_transfer(e.transfer);
    if (transfer == nullptr || transfer->step != TransferStep::ship) return;
    for (const TransferDoneLine& line : e.lines) {
      const auto moved = std::ranges::find_if(transfer->lines, [&](const TransferLine& one) {
        return one.line == line.line && one.sku == line.sku;
      });
      if (moved == transfer->lines.end() || !moved->tracked) continue;
      effects_.stock.push_back({.backordered = -line.backordered,
                                .location = transfer->location,
                                .on_hand = -line.quantity,
                                .reserved = -line.reserved,
                                .sku = line.sku});
    }
    if (settings_.delivery_done_mail) work(OutboxKind::mail_delivery_done, e.transfer);
  }
  void operator()(const ReturnReceived& e) {
    std::map<LineId, std::int64_t> arrived;
    for (const ReceivedLine& line : e.lines) {
      const Line* of = before_.find_line(line.line);
      if (of == nullptr) continue;
      Line now = *of;
      now.returned += arrived[line.line];
      arrived[line.line] += line.accepted;
      if (line.disposition != Disposition::restock) continue;
      for (const CameBack& part : came_back(before_, now, line.accepted)) {
        if (!part.tracked || part.units == 0) continue;
        effects_.stock.push_back({.location = e.location, .on_hand = part.units, .sku = part.sku});
      }
    }
    work(OutboxKind::mail_return, e.return_);
  }

  void operator()(const OrderPlaced& e) {
    for (const PromotionId& promotion : e.quote.applied) use(promotion, {.held = 1});
    for (const QuoteGiftCard& card : e.quote.gift_cards) {
      effects_.gift_cards.push_back({.code = card.id.value, .held_minor = card.amount_minor});
    }
  }
  void operator()(const QuotationSent&) { work(OutboxKind::mail_quotation); }
  void operator()(const OrderConfirmed&) {
    const std::int64_t held = before_.holds_uses ? -1 : 0;
    for_each_applied([&](const PromotionId& id) { use(id, {.held = held, .uses = 1}); });
    for_each_card([&](const QuoteGiftCard& card) {
      effects_.gift_cards.push_back({.balance_minor = -card.amount_minor,
                                     .code = card.id.value,
                                     .held_minor = held * card.amount_minor});
    });
    if (!confirmed_by_hand_) work(OutboxKind::mail_order_confirmed);
  }
  void operator()(const OrderReopened&) { release_uses(); }
  void operator()(const OrderCanceled&) {
    release_uses();
    if (before_.state == OrderState::order) {
      for_each_applied([&](const PromotionId& id) {
        if (gives_back(id)) use(id, {.uses = -1});
      });
      for_each_card([&](const QuoteGiftCard& card) {
        pay_back(card.id, card.amount_minor - refunded_to_card(before_, card.id));
      });
    }
    if (before_.is_placed()) work(OutboxKind::mail_order_canceled);
  }
  void operator()(const OrderRevised& e) {
    const Order& order = before_;
    const bool confirmed = order.state == OrderState::order;
    const auto move = [&](const CodeUse& use, std::int64_t by) {
      if (confirmed) count(use, {.uses = by});
      if (!confirmed && order.holds_uses) count(use, {.held = by});
    };
    const auto was = uses_of(order.placed->quote, order.coupons);
    const auto is = uses_of(e.quote, e.coupons);
    for (const CodeUse& use : was)
      if (std::ranges::find(is, use) == is.end()) move(use, -1);
    for (const CodeUse& use : is)
      if (std::ranges::find(was, use) == was.end()) move(use, 1);
    for (const QuoteGiftCard& card : order.placed->quote.gift_cards) {
      const std::int64_t back = card.amount_minor - amount_of(e.quote, card.id);
      // What a refund put back already is not put back again.
      const std::int64_t before =
          std::min(std::max<std::int64_t>(0, back), refunded_to_card(order, card.id));
      if (back == before) continue;
      effects_.gift_cards.push_back({.balance_minor = confirmed ? back - before : 0,
                                     .code = card.id.value,
                                     .held_minor = order.holds_uses ? -back : 0});
    }
  }
  void operator()(const CartMerged& e) {
    effects_.others.push_back({.order = e.from, .command = RetireCart{}});
  }
  void operator()(const ReminderSent&) { work(OutboxKind::mail_cart_reminder); }

  void operator()(const PaymentStarted& e) {
    if (!is_by_hand(e.provider)) work(OutboxKind::provider_start, e.attempt);
  }
  void operator()(const PaymentWasPending& e) {
    work(OutboxKind::mail_payment_initiated, e.attempt);
  }
  void operator()(const CaptureRequested& e) { work(OutboxKind::provider_capture, e.attempt); }
  void operator()(const VoidRequested& e) { work(OutboxKind::provider_void, e.attempt); }
  void operator()(const RefundRequested& e) {
    if (e.gift_card) {
      pay_back(GiftCardId{*e.gift_card}, e.amount_minor);
    } else {
      work(OutboxKind::provider_refund, e.refund);
    }
  }
  void operator()(const RefundWasSucceeded& e) { work(OutboxKind::mail_refund, e.refund); }

  void operator()(const InvoicePosted& e) {
    effects_.series.push_back({.number = e.number, .series = e.series});
    work(OutboxKind::mail_invoice, e.invoice);
  }
  void operator()(const CreditNotePosted& e) {
    effects_.series.push_back({.number = e.number, .series = e.series});
    work(OutboxKind::mail_credit_note, e.invoice);
  }
  void operator()(const ReturnApproved& e) { work(OutboxKind::mail_return, e.return_); }
  void operator()(const ReturnRejected& e) { work(OutboxKind::mail_return, e.return_); }

 private:
  struct Figures {
    std::int64_t backordered = 0;
    std::int64_t held = 0;
    std::int64_t reserved = 0;
  };
  struct Use {
    std::int64_t held = 0;
    std::int64_t uses = 0;
  };
  /// A promotion that a quote counts, and the code that brought it.
  struct CodeUse {
    PromotionId promotion;
    std::optional<std::string> code;

    friend bool operator==(const CodeUse&, const CodeUse&) = default;
  };

  static CodeUse use_of(const PromotionId& promotion, const auto& coupons) {
    for (const auto& coupon : coupons)
      if (coupon.promotion == promotion) return {promotion, coupon.code};
    return {promotion, std::nullopt};
  }

  static std::vector<CodeUse> uses_of(const Quote& quote, const auto& coupons) {
    std::vector<CodeUse> uses;
    for (const PromotionId& promotion : quote.applied) uses.push_back(use_of(promotion, coupons));
    return uses;
  }

  void stock(const StockTaken& taken, const Figures& by) {
    effects_.stock.push_back({.backordered = by.backordered,
                              .held = by.held,
                              .location = taken.location,
                              .reserved = by.reserved,
                              .sku = taken.sku});
  }

  void release_hold() {
    if (!before_.hold) return;
    for (const StockTaken& taken : before_.hold->lines) stock(taken, {.held = -taken.quantity});
  }

  void release_uses() {
    if (!before_.holds_uses) return;
    for_each_applied([&](const PromotionId& id) { use(id, {.held = -1}); });
    for_each_card([&](const QuoteGiftCard& card) {
      effects_.gift_cards.push_back({.code = card.id.value, .held_minor = -card.amount_minor});
    });
  }

  void for_each_applied(const auto& visit) {
    if (before_.placed) std::ranges::for_each(before_.placed->quote.applied, visit);
  }

  void for_each_card(const auto& visit) {
    if (before_.placed) std::ranges::for_each(before_.placed->quote.gift_cards, visit);
  }

  void pay_back(const GiftCardId& card, std::int64_t amount_minor) {
    if (amount_minor == 0) return;
    effects_.gift_cards.push_back({.balance_minor = amount_minor, .code = card.value});
  }

  void use(const PromotionId& promotion, const Use& by) {
    count(use_of(promotion, before_.coupons), by);
  }

  void count(const CodeUse& use, const Use& by) {
    effects_.promotions.push_back(
        {.code = use.code, .held = by.held, .promotion = use.promotion, .uses = by.uses});
  }

  [[nodiscard]] bool gives_back(const PromotionId& id) const {
    const auto found = std::ranges::find(rules_.promotions, id, &Promotion::id);
    return found == rules_.promotions.end() || !found->limits || found->limits->give_back_on_cancel;
  }

  void work(OutboxKind kind, std::int64_t subject = 0) {
    effects_.outbox.push_back({.kind = kind, .subject = subject});
  }

  Effects& effects_;
  const Order& before_;
  bool confirmed_by_hand_;
  const Rules& rules_;
  const Settings& settings_;
};

}  // namespace

Effects evolve_with_effects(Order& order, std::span<const Recorded> events, const Rules& rules,
                            const Settings& settings) {
  Effects effects;
  bool money_came = false;
  bool recorded_money = false;
  const bool was_open = order.state != OrderState::order;
  for (const Recorded& recorded : events) {
    const Event& event = recorded.record.event;
    // Money that staff saw confirms an order as money that a provider told does: with a mail.
    recorded_money = recorded_money || std::holds_alternative<PaymentRecorded>(event);
    const bool by_hand = recorded.record.actor.kind == ActorClass::staff && !recorded_money;
    std::visit(Reach(effects, order, by_hand, rules, settings), event);
    money_came = money_came || recorded_money ||
                 std::holds_alternative<PaymentWasCaptured>(event) ||
                 std::holds_alternative<PaymentWasAuthorized>(event);
    evolve(order, recorded);
  }
  if (money_came && was_open && order.state == OrderState::quotation_sent) {
    effects.outbox.push_back({.kind = OutboxKind::mail_payment_received});
  }
  return effects;
}

std::set<Sku> freed_by(const Effects& effects) {
  std::map<Sku, std::int64_t> free;
  for (const StockEntry& entry : effects.stock) {
    // Reserved units that turned out not to be there become promises, and nothing is freed.
    free[entry.sku] +=
        entry.on_hand - entry.reserved - entry.held - std::max<std::int64_t>(0, entry.backordered);
  }
  std::set<Sku> freed;
  for (const auto& [sku, units] : free) {
    if (units > 0) freed.insert(sku);
  }
  return freed;
}

std::vector<StockTaken> taken_by(const Order& order) {
  std::vector<StockTaken> all;
  for (const Line& line : order.lines) {
    std::int64_t reserved = line.reserved;
    std::int64_t backordered = line.backordered;
    const std::size_t first = all.size();
    const auto take = [&](const std::string& location, std::int64_t units, std::int64_t promised) {
      if (units == 0 && promised == 0) return;
      reserved -= units;
      backordered -= promised;
      const auto known =
          std::find_if(all.begin() + static_cast<std::ptrdiff_t>(first), all.end(),
                       [&](const StockTaken& one) { return one.location == location; });
      StockTaken& at = known != all.end() ? *known
                                          : all.emplace_back(StockTaken{.backordered = 0,
                                                                        .line = line.id,
                                                                        .location = location,
                                                                        .quantity = 0,
                                                                        .sku = line.sku});
      at.quantity += units;
      at.backordered += promised;
    };
    for (const Transfer& transfer : order.transfers) {
      if (!transfer.is_open()) continue;
      for (const TransferLine& moved : transfer.lines) {
        if (moved.line != line.id || moved.sku != line.sku || !moved.tracked) continue;
        take(transfer.location, std::min(moved.reserved, reserved),
             std::min(std::max<std::int64_t>(0, moved.missing()), backordered));
      }
    }
    take(std::string(kMainLocation), reserved, backordered);
  }
  return all;
}

std::map<StockPlace, StockOfOrder> stock_of(const Order& order) {
  std::map<StockPlace, StockOfOrder> stock;
  for (const StockTaken& taken : taken_by(order)) {
    StockOfOrder& of = stock[{taken.sku, taken.location}];
    of.reserved += taken.quantity;
    of.backordered += taken.backordered;
  }
  // Other goods that go out in exchange stand on the line that was sold, but are of another
  // product.
  for (const Transfer& transfer : order.transfers) {
    if (!transfer.exchange_of || !transfer.is_open()) continue;
    for (const TransferLine& moved : transfer.lines) {
      const Line* line = order.find_line(moved.line);
      if (line == nullptr || line->sku == moved.sku || !moved.tracked) continue;
      stock[{moved.sku, transfer.location}].reserved += moved.reserved;
    }
  }
  return stock;
}

}  // namespace tandem
