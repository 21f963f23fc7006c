// SPDX-License-Identifier: Apache-2.0
#include "core/workload/generator.hpp"

#include <algorithm>
#include <iterator>

#include "tandem/order/access.hpp"

namespace tandem::workload {
namespace {

/// One of the choices by weight.
std::size_t weighted(Random& random, std::initializer_list<std::int64_t> weights) {
  std::int64_t sum = 0;
  for (const std::int64_t weight : weights) sum += weight;
  std::int64_t at = random.below(sum);
  std::size_t choice = 0;
  for (const std::int64_t weight : weights) {
    if (at < weight) return choice;
    at -= weight;
    ++choice;
  }
  return 0;
}

}  // namespace

Ask Generator::next(const std::string& order, std::int64_t now_ms) {
  id_ = order;
  now_ms_ = now_ms;
  const auto found = shop_.orders().find(order);
  order_ = found == shop_.orders().end() ? nullptr : &found->second.order;
  Ask ask{.order = order, .actor = {}, .command = AddLine{.sku = sku()}, .command_id = {}};
  if (order_ != nullptr) {
    ask.command = sensible();
  } else {
    ask.command = AddLine{.sku = sku(), .quantity = quantity(3), .configuration = {}};
  }
  ask.actor = actor_for(ask.command);
  return ask;
}

Command Generator::sensible() {
  if (random_.chance(15)) {
    switch (weighted(random_, {4, 2, 1, 1, 3, 2, 3, 2, 3, 2, 2, 3, 1, 1})) {
      case 0:
        return cart_command();
      case 1:
        return checkout_command();
      case 2:
        return code_command();
      case 3:
        return place();
      case 4:
        return sales_command();
      case 5:
        return revise();
      case 6:
        return goods_command();
      case 7:
        return return_command();
      case 8:
        return money_command();
      case 9:
        return refund();
      case 10:
        return invoice_command();
      case 11:
        return payment_fact();
      case 12:
        return refund_fact();
      default:
        return system_command();
    }
  }
  switch (order_->state) {
    case OrderState::quotation:
      return for_cart();
    case OrderState::quotation_sent:
      return for_placed();
    case OrderState::order:
      return for_order();
    case OrderState::canceled:
      return for_canceled();
  }
  return for_cart();
}

Command Generator::for_cart() {
  const bool complete = order_->has_contact && order_->ship_to && order_->shipping_method &&
                        order_->payment_method && !order_->lines.empty();
  switch (weighted(random_, {25, complete ? 60 : 4, 4, 3, 3, complete ? 4 : 40, 1, 2})) {
    case 0:
      return cart_command();
    case 1:
      return place();
    case 2:
      return code_command();
    case 3:
      return sales_command();
    case 4:
      return payment_fact();
    case 5:
      return fill_cart();
    case 6:
      return system_command();
    default:
      return ConfirmOrder{};
  }
}

Command Generator::for_placed() {
  switch (weighted(random_, {60, 8, 6, 3, 2, 5, 6, 2})) {
    case 0:
      return payment_fact();
    case 1:
      return money_command();
    case 2:
      return sales_command();
    case 3:
      return cart_command();
    case 4:
      return RenewHold{};
    case 5:
      return StartPayment{.amount_minor = {}, .method = {}};
    case 6:
      return ConfirmOrder{};
    default:
      return revise();
  }
}

Command Generator::for_order() {
  const bool moves = std::ranges::any_of(order_->transfers, [](const Transfer& transfer) {
    return transfer.state == TransferState::ready;
  });
  const bool shipped =
      std::ranges::any_of(order_->lines, [](const Line& line) { return line.kept() > 0; });
  const bool paid = std::ranges::any_of(
      order_->attempts, [](const Attempt& attempt) { return attempt.refundable_minor() > 0; });
  const bool asked = std::ranges::any_of(
      order_->refunds, [](const Refund& refund) { return refund.state == RefundState::pending; });
  const bool waits = std::ranges::any_of(
      order_->attempts, [](const Attempt& attempt) { return is_live(attempt.state); });
  switch (weighted(random_, {moves ? 40 : 6, shipped ? 30 : 1, 10, paid ? 6 : 14, paid ? 10 : 1,
                             asked ? 25 : 1, waits ? 20 : 2, 3, 5})) {
    case 0:
      return goods_command();
    case 1:
      return return_command();
    case 2:
      return invoice_command();
    case 3:
      return money_command();
    case 4:
      return refund();
    case 5:
      return refund_fact();
    case 6:
      return payment_fact();
    case 7:
      return sales_command();
    default:
      return revise();
  }
}

Command Generator::for_canceled() {
  switch (weighted(random_, {15, 20, 15, 10, 10})) {
    case 0:
      return refund();
    case 1:
      return refund_fact();
    case 2:
      return payment_fact();
    case 3:
      return ReopenOrder{};
    default:
      return invoice_command();
  }
}

Actor Generator::actor_for(const Command& command) {
  const auto row = command_table()[command.index()];
  Actor actor{.kind = row.sender, .id = {}, .provider = {}, .role = {}};
  if (random_.chance(2))
    actor.kind = random_.pick(std::vector<ActorClass>{ActorClass::customer, ActorClass::staff,
                                                      ActorClass::provider, ActorClass::system});
  if (row.sender == ActorClass::customer && random_.chance(8)) actor.kind = ActorClass::staff;
  if (actor.kind == ActorClass::staff) {
    actor.id = "clerk";
    actor.role = random_.chance(10) ? std::optional(StaffRole::admin) : row.role;
    if (odd()) actor.role = StaffRole::warehouse;
  }
  if (actor.kind == ActorClass::customer) {
    if (order_ != nullptr)
      actor.id = order_->customer;
    else if (random_.chance(50))
      actor.id = std::string(random_.pick(kCustomers));
  }
  if (actor.kind == ActorClass::provider) {
    actor.provider = ProviderId{"demo"};
    if (order_ != nullptr && !order_->attempts.empty()) {
      actor.provider = order_->attempts.back().provider;
      const auto by_number = [&](std::int64_t number) {
        if (const Attempt* attempt = order_->find_attempt(number)) {
          actor.provider = attempt->provider;
        }
      };
      std::visit(
          [&](const auto& c) {
            if constexpr (requires {
                            c.occurred_ms;
                            c.attempt;
                          }) {
              by_number(c.attempt);
            } else if constexpr (requires {
                                   c.occurred_ms;
                                   c.refund;
                                 }) {
              const Refund* refund = order_->find_refund(c.refund);
              if (refund != nullptr && refund->attempt) by_number(*refund->attempt);
            }
          },
          static_cast<const CommandVariant&>(command));
    }
    if (odd()) actor.provider = ProviderId{"stripe"};
  }
  return actor;
}

std::int64_t Generator::odd_number() {
  return random_.pick(std::vector<std::int64_t>{0, -1, 1, 7, 99, 1'000'000});
}

std::int64_t Generator::number_of(std::size_t existing) {
  if (odd()) return odd_number();
  const auto count = static_cast<std::int64_t>(existing);
  // The newest is looked at most.
  return random_.chance(60) ? count : random_.between(1, std::max<std::int64_t>(1, count));
}

std::int64_t Generator::quantity(std::int64_t most) {
  return odd() ? odd_number() : random_.between(1, std::max<std::int64_t>(1, most));
}

std::int64_t Generator::amount(std::int64_t most) {
  if (odd()) return odd_number();
  if (random_.chance(60)) return most;
  return random_.between(1, std::max<std::int64_t>(1, most));
}

LineId Generator::line() {
  if (order_ == nullptr || order_->lines.empty() || odd()) return LineId{"NONE"};
  return random_.pick(order_->lines).id;
}

std::int64_t Generator::line_quantity(const LineId& id) const {
  const Line* line = order_ == nullptr ? nullptr : order_->find_line(id);
  return line == nullptr ? 1 : line->quantity;
}

Sku Generator::sku() {
  return Sku{odd() ? std::string("NOPE") : std::string(random_.pick(kProducts).sku)};
}

/// Perhaps a product whose stock is counted.
std::optional<Sku> Generator::counted() {
  const Product& product = random_.pick(kProducts);
  if (product.on_hand < 0 || random_.chance(40)) return std::nullopt;
  return Sku{std::string(product.sku)};
}

std::vector<LineQuantity> Generator::lines(std::int64_t most) {
  std::vector<LineQuantity> some;
  for (std::int64_t i = random_.between(1, 2); i > 0; --i) {
    const LineId id = line();
    if (std::ranges::find(some, id, &LineQuantity::line) != some.end() && !random_.chance(20)) {
      continue;
    }
    some.push_back({.line = id, .quantity = quantity(most > 0 ? most : line_quantity(id))});
  }
  return some;
}

/// Few of them, so that many are told twice.
std::optional<std::string> Generator::reference() {
  if (random_.chance(30)) return std::nullopt;
  return "ref" + std::to_string(random_.below(random_.chance(50) ? 6 : 1000));
}

std::optional<std::int64_t> Generator::occurred() {
  if (random_.chance(50)) return std::nullopt;
  return now_ms_ - random_.below(random_.chance(80) ? 60'000 : kDayMs);
}

std::string Generator::other_order() {
  const auto& all = shop_.orders();
  if (odd() || all.empty()) return "o0";
  const auto at = random_.below(static_cast<std::int64_t>(all.size()));
  return std::next(all.begin(), static_cast<std::ptrdiff_t>(at))->first;
}

std::int64_t Generator::due() const {
  if (order_ == nullptr || !order_->placed) return 100;
  std::int64_t due = order_->placed->quote.totals.payable_minor;
  for (const Attempt& attempt : order_->attempts) due -= attempt.captured_minor;
  return std::max<std::int64_t>(due, 1);
}

}  // namespace tandem::workload
