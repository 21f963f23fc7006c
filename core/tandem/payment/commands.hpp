// SPDX-License-Identifier: Apache-2.0
#pragma once
// Commands on payments that staff, customers and the scheduler send.
//
//   RefundPayment{.amount_minor = 1000, .reason = "goodwill"}

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/base/ids.hpp"
#include "tandem/fields/fields.hpp"
#include "tandem/order/words.hpp"

namespace tandem {

/// For what is still due on a placed order.
struct StartPayment {
  std::optional<std::int64_t> amount_minor;
  std::optional<PaymentMethodId> method;
};
template <>
struct Fields<StartPayment> {
  static constexpr std::array list{optional<&StartPayment::amount_minor>("amount_minor"),
                                   optional<&StartPayment::method>("method")};
};

/// All that is left of what was authorized, or a part.
struct CapturePayment {
  std::optional<std::int64_t> amount_minor;
  std::int64_t attempt = 0;
};
template <>
struct Fields<CapturePayment> {
  static constexpr std::array list{optional<&CapturePayment::amount_minor>("amount_minor"),
                                   required<&CapturePayment::attempt>("attempt")};
};

struct VoidPayment {
  std::int64_t attempt = 0;
};
template <>
struct Fields<VoidPayment> {
  static constexpr std::array list{required<&VoidPayment::attempt>("attempt")};
};

/// Money that was seen.
struct RecordPayment {
  std::int64_t amount_minor = 0;
  PaymentMethodId method;
  std::optional<std::string> reference;
};
template <>
struct Fields<RecordPayment> {
  static constexpr std::array list{required<&RecordPayment::amount_minor>("amount_minor"),
                                   required<&RecordPayment::method>("method"),
                                   optional<&RecordPayment::reference>("reference")};
};

/// By amount, by lines, or by return; all that is refundable when nothing is named.
struct RefundPayment {
  std::optional<std::int64_t> amount_minor;
  std::optional<std::int64_t> attempt;
  std::optional<std::vector<LineQuantity>> lines;
  std::optional<std::string> reason;
  std::optional<std::int64_t> return_;
  bool shipping = false;
};
template <>
struct Fields<RefundPayment> {
  static constexpr std::array list{optional<&RefundPayment::amount_minor>("amount_minor"),
                                   optional<&RefundPayment::attempt>("attempt"),
                                   optional<&RefundPayment::lines>("lines"),
                                   optional<&RefundPayment::reason>("reason"),
                                   optional<&RefundPayment::return_>("return"),
                                   optional<&RefundPayment::shipping>("shipping")};
};

struct ExpireAttempt {
  std::int64_t attempt = 0;
};
template <>
struct Fields<ExpireAttempt> {
  static constexpr std::array list{required<&ExpireAttempt::attempt>("attempt")};
};

}  // namespace tandem
