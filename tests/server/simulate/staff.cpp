// SPDX-License-Identifier: Apache-2.0
#include "staff.hpp"

#include <iterator>

#include "world.hpp"

namespace tandem::simulate {

void Staff::begin() {
  world_.timeline.after(world_.random.between(2'000, 60'000), [this] {
    if (world_.is_over()) return;
    act();
    begin();
  });
}

void Staff::act() {
  const auto& orders = world_.auditor.orders();
  if (world_.random.chance(15)) return count();
  if (orders.empty()) return;
  const auto which =
      std::next(orders.begin(), world_.random.below(static_cast<std::int64_t>(orders.size())));
  const Json wanted = choose(which->second.order);
  if (!wanted.is_null()) command(which->second, wanted);
}

Json Staff::about_money(const Order& order) {
  for (const Attempt& attempt : order.attempts) {
    if (attempt.provider.value != "demo") continue;
    if (attempt.state == AttemptState::pending && world_.random.chance(10)) {
      return {{"type", "void_payment"}, {"attempt", attempt.number}};
    }
    if (attempt.state == AttemptState::authorized) {
      const char* type = world_.random.chance(75) ? "capture_payment" : "void_payment";
      return {{"type", type}, {"attempt", attempt.number}};
    }
    if (attempt.refundable_minor() > 0 && world_.random.chance(25)) {
      Json refund{{"type", "refund"}, {"reason", "goodwill"}};
      if (world_.random.chance(60)) {
        refund["amount_minor"] = world_.random.between(1, attempt.refundable_minor());
      }
      return refund;
    }
  }
  return nullptr;
}

Json Staff::choose(const Order& order) {
  Random& random = world_.random;
  if (order.needs_person && random.chance(50)) {
    return {{"type", "resolve_person"}, {"note", "seen"}};
  }
  if (order.state == OrderState::quotation_sent && order.payment_method &&
      order.payment_method->value == "wire") {
    return {{"type", "confirm_order"}};
  }
  for (const Transfer& transfer : order.transfers) {
    if (transfer.state != TransferState::ready || random.chance(40)) continue;
    return {{"type", "complete_transfer"}, {"transfer", transfer.number}, {"backorder", true}};
  }
  if (random.chance(8)) return {{"type", "cancel_order"}};
  return about_money(order);
}

void Staff::command(const Auditor::Known& known, const Json& command) {
  const Json body{{"base_version", 0},
                  {"commands", {{{"command", command}, {"command_id", app::random_hex(16)}}}}};
  world_.story.tell("staff", "order " + std::to_string(known.order_no) + ": " + command.dump());
  const std::string target = "/v1/staff/orders/" + known.id + "/commands";
  world_.network.call("staff", post(target, body.dump(), std::string(kStaffKey)), known.id,
                      [this](const http::Response& response) {
                        if (response.status < 500) return;
                        world_.story.tell("staff", "answered " + std::to_string(response.status));
                      });
}

/// Deliveries come and pieces are missing: what is there is a fact, whatever was promised.
void Staff::count() {
  const auto which = static_cast<std::size_t>(world_.random.below(kSkus.size()));
  const bool is_count = world_.random.chance(50);
  const Json body{{"sku", kSkus[which]},
                  {"on_hand", world_.random.between(0, kOnHand[which] + 2)},
                  {"count", is_count}};
  world_.story.tell("staff", "stock: " + body.dump());
  world_.network.call("staff", post("/v1/staff/stock", body.dump(), std::string(kStaffKey)), {},
                      [](const http::Response&) {});
}

}  // namespace tandem::simulate
