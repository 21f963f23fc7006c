// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who asks what next. Most of the time a step that makes sense for the order as it is, sometimes
// anything at all: unknown numbers, zero, far too much, the wrong role. It reads orders as a page
// would and keeps nothing of its own.
//
//   Ask ask = Generator(random, shop).next("o7", now_ms);   shop.run(ask.order, ask.command, …)

#include <optional>
#include <string>
#include <vector>

#include "core/workload/generator_shop.hpp"
#include "core/workload/random.hpp"
#include "tandem/order/actor.hpp"
#include "tandem/order/command.hpp"
#include "tandem/replay/shop.hpp"

namespace tandem::workload {

struct Ask {
  std::string order;
  Actor actor;
  Command command;
  std::optional<CommandId> command_id;
};

class Generator {
 public:
  Generator(Random& random, replay::Shop& shop) : random_(random), shop_(shop) {}

  /// A command to this order, which may not be there yet.
  [[nodiscard]] Ask next(const std::string& order, std::int64_t now_ms);

 private:
  [[nodiscard]] Command sensible();
  [[nodiscard]] Command for_cart();
  [[nodiscard]] Command fill_cart();
  [[nodiscard]] Command for_placed();
  [[nodiscard]] Command for_order();
  [[nodiscard]] Command for_canceled();

  [[nodiscard]] Command cart_command();
  [[nodiscard]] Command checkout_command();
  [[nodiscard]] Command code_command();
  [[nodiscard]] Command place();
  [[nodiscard]] Command sales_command();
  [[nodiscard]] Command revise();
  [[nodiscard]] Command goods_command();
  [[nodiscard]] Command return_command();
  [[nodiscard]] Command money_command();
  [[nodiscard]] Command refund();
  [[nodiscard]] Command invoice_command();
  [[nodiscard]] Command payment_fact();
  [[nodiscard]] Command fact(std::int64_t attempt);
  [[nodiscard]] Command refund_fact();
  [[nodiscard]] Command system_command();

  [[nodiscard]] Actor actor_for(const Command& command);

  // Arguments: of the order as it is, now and then odd.
  [[nodiscard]] bool odd() { return random_.chance(4); }
  [[nodiscard]] std::int64_t odd_number();
  [[nodiscard]] std::int64_t number_of(std::size_t existing);
  [[nodiscard]] std::int64_t quantity(std::int64_t most);
  [[nodiscard]] std::int64_t amount(std::int64_t most);
  [[nodiscard]] LineId line();
  [[nodiscard]] std::int64_t line_quantity(const LineId& id) const;
  [[nodiscard]] Sku sku();
  [[nodiscard]] std::optional<Sku> counted();
  [[nodiscard]] std::vector<LineQuantity> lines(std::int64_t most);
  [[nodiscard]] std::optional<std::string> reference();
  [[nodiscard]] std::optional<std::int64_t> occurred();
  [[nodiscard]] std::string other_order();
  [[nodiscard]] std::int64_t due() const;

  Random& random_;
  replay::Shop& shop_;
  const Order* order_ = nullptr;
  std::string id_;
  std::int64_t now_ms_ = 0;
};

}  // namespace tandem::workload
