// SPDX-License-Identifier: Apache-2.0
// What the warehouse, returns and accounting ask.
#include <algorithm>

#include "core/workload/generator.hpp"

namespace tandem::workload {

Command Generator::goods_command() {
  std::int64_t number = number_of(order_->transfers.size());
  auto open = std::ranges::find(order_->transfers, TransferState::ready, &Transfer::state);
  if (open == order_->transfers.end()) {
    open = std::ranges::find_if(order_->transfers, &Transfer::is_open);
  }
  if (open != order_->transfers.end() && random_.chance(85)) number = open->number;
  switch (random_.below(20)) {
    case 0:
      return CheckAvailability{.transfer = number};
    case 1:
      return CancelTransfer{.transfer = number};
    case 2:
    case 3:
    case 4:
      return RecordDelivery{.delivered_ms = random_.chance(50) ? std::nullopt : occurred(),
                            .transfer = number};
    case 5:
      return ServeDelivery{.transfer = number};
    default:
      break;
  }
  CompleteTransfer command{.backorder = {}, .lines = {}, .tracking = {}, .transfer = number};
  if (random_.chance(40)) command.backorder = random_.chance(50);
  if (random_.chance(40)) {
    command.lines = lines(0);
    // Sometimes more goes out than was asked for.
    if (random_.chance(10)) command.lines->front().quantity += 1;
  }
  if (random_.chance(30)) command.tracking.numbers.emplace_back("T1");
  return command;
}

Command Generator::return_command() {
  const std::int64_t number = number_of(order_->returns.size());
  const Return* back = order_->find_return(number);
  const bool first = order_->returns.empty() || !order_->returns.back().is_open();
  if (first && random_.chance(70)) {
    RequestReturn command;
    for (const Line& one : order_->lines) {
      if (one.kept() <= 0 || random_.chance(30)) continue;
      command.lines.push_back({.line = one.id, .quantity = quantity(one.kept()), .reason = {}});
    }
    return command;
  }
  if (back != nullptr && back->state == ReturnState::requested && random_.chance(70)) {
    return ApproveReturn{.lines = {}, .return_ = number};
  }
  switch (random_.below(12)) {
    case 0:
    case 1:
    case 2:
      return ApproveReturn{.lines = random_.chance(70) ? std::nullopt : std::optional(lines(2)),
                           .return_ = number};
    case 3:
      return RejectReturn{.reason = "worn", .return_ = number};
    case 4:
      return CancelReturn{.return_ = number};
    case 5:
    case 6: {
      ExchangeReturn command{.lines = {}, .return_ = number};
      if (random_.chance(50)) {
        command.lines.emplace();
        for (const LineQuantity& one : lines(2)) {
          const bool other = random_.chance(50);
          command.lines->push_back({.line = one.line,
                                    .quantity = one.quantity,
                                    .sku = other ? std::optional(sku()) : counted()});
        }
      }
      return command;
    }
    default:
      break;
  }
  ReceiveReturn command{.lines = {}, .location = {}, .return_ = number};
  if (back == nullptr)
    command.lines.push_back({.accepted = 1, .disposition = {}, .line = line()});
  else {
    for (const ReturnLine& one : back->lines) {
      const std::int64_t accepted = std::min(one.awaited(), random_.between(0, one.awaited() + 1));
      command.lines.push_back(
          {.accepted = odd() ? odd_number() : std::max<std::int64_t>(accepted, 0),
           .disposition =
               random_.pick(std::vector<Disposition>{Disposition::restock, Disposition::restock,
                                                     Disposition::quarantine, Disposition::scrap}),
           .line = one.line,
           .rejected = random_.chance(15) ? 1 : 0});
    }
  }
  return command;
}

Command Generator::invoice_command() {
  const std::int64_t number = number_of(order_->invoices.size());
  switch (random_.below(8)) {
    case 0:
    case 1:
    case 2:
      return CreateInvoice{.draft = random_.chance(40),
                           .lines = random_.chance(60) ? std::nullopt : std::optional(lines(0))};
    case 3:
      return PostInvoice{.invoice = number};
    case 4:
      return CancelInvoice{.invoice = number};
    default:
      return CreateCreditNote{.invoice = number,
                              .lines = random_.chance(50) ? std::nullopt : std::optional(lines(0))};
  }
}

}  // namespace tandem::workload
