// SPDX-License-Identifier: Apache-2.0
#pragma once
// Commands by which a provider tells what became of a payment or a refund. `reference` is the
// provider's own id of what it tells: told a second time it changes nothing. `occurred_ms` orders
// facts that arrive late.
//
//   PaymentCaptured{.attempt = 1, .amount_minor = 5343, .reference = "ch_1"}

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/base/ids.hpp"
#include "tandem/fields/fields.hpp"

namespace tandem {

struct PaymentPending {
  std::int64_t attempt = 0;
  std::optional<std::int64_t> occurred_ms;
  std::optional<std::string> reference;
};
template <>
struct Fields<PaymentPending> {
  static constexpr std::array list{required<&PaymentPending::attempt>("attempt"),
                                   optional<&PaymentPending::occurred_ms>("occurred_ms"),
                                   optional<&PaymentPending::reference>("reference")};
};

struct PaymentAuthorized {
  std::int64_t attempt = 0;
  std::int64_t amount_minor = 0;
  std::optional<std::int64_t> occurred_ms;
  std::optional<std::string> reference;
};
template <>
struct Fields<PaymentAuthorized> {
  static constexpr std::array list{required<&PaymentAuthorized::amount_minor>("amount_minor"),
                                   required<&PaymentAuthorized::attempt>("attempt"),
                                   optional<&PaymentAuthorized::occurred_ms>("occurred_ms"),
                                   optional<&PaymentAuthorized::reference>("reference")};
};

struct PaymentCaptured {
  std::int64_t attempt = 0;
  std::int64_t amount_minor = 0;
  std::optional<std::int64_t> occurred_ms;
  std::optional<std::string> reference;
};
template <>
struct Fields<PaymentCaptured> {
  static constexpr std::array list{required<&PaymentCaptured::amount_minor>("amount_minor"),
                                   required<&PaymentCaptured::attempt>("attempt"),
                                   optional<&PaymentCaptured::occurred_ms>("occurred_ms"),
                                   optional<&PaymentCaptured::reference>("reference")};
};

struct PaymentFailed {
  std::int64_t attempt = 0;
  std::optional<std::int64_t> occurred_ms;
  std::optional<std::string> reason;
  std::optional<std::string> reference;
};
template <>
struct Fields<PaymentFailed> {
  static constexpr std::array list{required<&PaymentFailed::attempt>("attempt"),
                                   optional<&PaymentFailed::occurred_ms>("occurred_ms"),
                                   optional<&PaymentFailed::reason>("reason"),
                                   optional<&PaymentFailed::reference>("reference")};
};

struct PaymentCanceled {
  std::int64_t attempt = 0;
  std::optional<std::int64_t> occurred_ms;
  std::optional<std::string> reference;
};
template <>
struct Fields<PaymentCanceled> {
  static constexpr std::array list{required<&PaymentCanceled::attempt>("attempt"),
                                   optional<&PaymentCanceled::occurred_ms>("occurred_ms"),
                                   optional<&PaymentCanceled::reference>("reference")};
};

struct PaymentVoided {
  std::int64_t attempt = 0;
  std::optional<std::int64_t> occurred_ms;
  std::optional<std::string> reference;
};
template <>
struct Fields<PaymentVoided> {
  static constexpr std::array list{required<&PaymentVoided::attempt>("attempt"),
                                   optional<&PaymentVoided::occurred_ms>("occurred_ms"),
                                   optional<&PaymentVoided::reference>("reference")};
};

struct CaptureFailed {
  std::int64_t attempt = 0;
  std::optional<std::int64_t> occurred_ms;
  std::optional<std::string> reason;
  std::optional<std::string> reference;
};
template <>
struct Fields<CaptureFailed> {
  static constexpr std::array list{required<&CaptureFailed::attempt>("attempt"),
                                   optional<&CaptureFailed::occurred_ms>("occurred_ms"),
                                   optional<&CaptureFailed::reason>("reason"),
                                   optional<&CaptureFailed::reference>("reference")};
};

struct VoidFailed {
  std::int64_t attempt = 0;
  std::optional<std::int64_t> occurred_ms;
  std::optional<std::string> reason;
  std::optional<std::string> reference;
};
template <>
struct Fields<VoidFailed> {
  static constexpr std::array list{
      required<&VoidFailed::attempt>("attempt"), optional<&VoidFailed::occurred_ms>("occurred_ms"),
      optional<&VoidFailed::reason>("reason"), optional<&VoidFailed::reference>("reference")};
};

struct RefundSucceeded {
  std::optional<std::int64_t> occurred_ms;
  std::optional<std::string> reference;
  std::int64_t refund = 0;
};
template <>
struct Fields<RefundSucceeded> {
  static constexpr std::array list{optional<&RefundSucceeded::occurred_ms>("occurred_ms"),
                                   optional<&RefundSucceeded::reference>("reference"),
                                   required<&RefundSucceeded::refund>("refund")};
};

struct RefundFailed {
  std::optional<std::int64_t> occurred_ms;
  std::optional<std::string> reason;
  std::optional<std::string> reference;
  std::int64_t refund = 0;
};
template <>
struct Fields<RefundFailed> {
  static constexpr std::array list{optional<&RefundFailed::occurred_ms>("occurred_ms"),
                                   optional<&RefundFailed::reason>("reason"),
                                   optional<&RefundFailed::reference>("reference"),
                                   required<&RefundFailed::refund>("refund")};
};

struct PaymentChargedBack {
  std::int64_t attempt = 0;
  std::int64_t amount_minor = 0;
  std::optional<std::int64_t> occurred_ms;
  std::optional<std::string> reference;
};
template <>
struct Fields<PaymentChargedBack> {
  static constexpr std::array list{required<&PaymentChargedBack::amount_minor>("amount_minor"),
                                   required<&PaymentChargedBack::attempt>("attempt"),
                                   optional<&PaymentChargedBack::occurred_ms>("occurred_ms"),
                                   optional<&PaymentChargedBack::reference>("reference")};
};

}  // namespace tandem
