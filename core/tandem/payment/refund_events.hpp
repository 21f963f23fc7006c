// SPDX-License-Identifier: Apache-2.0
#pragma once
// Events of money that goes back: refunds that were asked for, and what a bank took back by itself.
//
//   RefundRequested{.amount_minor = 1190, .attempt = 1, .refund = 1}

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/base/ids.hpp"
#include "tandem/fields/fields.hpp"
#include "tandem/payment/words.hpp"

namespace tandem {

/// Asked of the provider of an attempt, or put back on a gift card. What is neither for lines nor
/// for shipping is for the order as a whole. Part: reason.
struct RefundRequested {
  std::int64_t amount_minor = 0;
  std::optional<std::int64_t> attempt;
  std::optional<std::string> gift_card;
  std::vector<RefundLine> lines;
  std::int64_t refund = 0;
  std::optional<std::int64_t> return_;
  std::int64_t shipping_minor = 0;
};
template <>
struct Fields<RefundRequested> {
  static constexpr std::array list{required<&RefundRequested::amount_minor>("amount_minor"),
                                   optional<&RefundRequested::attempt>("attempt"),
                                   optional<&RefundRequested::gift_card>("gift_card"),
                                   required<&RefundRequested::lines>("lines"),
                                   required<&RefundRequested::refund>("refund"),
                                   optional<&RefundRequested::return_>("return"),
                                   required<&RefundRequested::shipping_minor>("shipping_minor")};
};

struct RefundWasSucceeded {
  std::optional<std::int64_t> occurred_ms;
  std::optional<std::string> reference;
  std::int64_t refund = 0;
};
template <>
struct Fields<RefundWasSucceeded> {
  static constexpr std::array list{optional<&RefundWasSucceeded::occurred_ms>("occurred_ms"),
                                   optional<&RefundWasSucceeded::reference>("reference"),
                                   required<&RefundWasSucceeded::refund>("refund")};
};

struct RefundWasFailed {
  std::optional<std::int64_t> occurred_ms;
  std::optional<std::string> reason;
  std::optional<std::string> reference;
  std::int64_t refund = 0;
};
template <>
struct Fields<RefundWasFailed> {
  static constexpr std::array list{optional<&RefundWasFailed::occurred_ms>("occurred_ms"),
                                   optional<&RefundWasFailed::reason>("reason"),
                                   optional<&RefundWasFailed::reference>("reference"),
                                   required<&RefundWasFailed::refund>("refund")};
};

struct PaymentWasChargedBack {
  std::int64_t amount_minor = 0;
  std::int64_t attempt = 0;
  std::optional<std::int64_t> occurred_ms;
  std::optional<std::string> reference;
};
template <>
struct Fields<PaymentWasChargedBack> {
  static constexpr std::array list{required<&PaymentWasChargedBack::amount_minor>("amount_minor"),
                                   required<&PaymentWasChargedBack::attempt>("attempt"),
                                   optional<&PaymentWasChargedBack::occurred_ms>("occurred_ms"),
                                   optional<&PaymentWasChargedBack::reference>("reference")};
};

}  // namespace tandem
