// SPDX-License-Identifier: Apache-2.0
#pragma once
// Events of payments: what was asked of a provider, and what it told.
//
//   PaymentWasCaptured{.amount_minor = 5343, .attempt = 1}

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/base/ids.hpp"
#include "tandem/order/words.hpp"

namespace tandem {

struct PaymentStarted {
  std::int64_t amount_minor = 0;
  std::int64_t attempt = 0;
  std::optional<std::int64_t> expires_ms;
  PaymentMethodId method;
  ProviderId provider;
};
template <>
struct Fields<PaymentStarted> {
  static constexpr std::array list{required<&PaymentStarted::amount_minor>("amount_minor"),
                                   required<&PaymentStarted::attempt>("attempt"),
                                   optional<&PaymentStarted::expires_ms>("expires_ms"),
                                   required<&PaymentStarted::method>("method"),
                                   required<&PaymentStarted::provider>("provider")};
};

/// The order was edited while it was being paid.
struct PaymentSuperseded {
  std::int64_t attempt = 0;
};
template <>
struct Fields<PaymentSuperseded> {
  static constexpr std::array list{required<&PaymentSuperseded::attempt>("attempt")};
};

struct PaymentWasPending {
  std::int64_t attempt = 0;
  std::optional<std::int64_t> occurred_ms;
  std::optional<std::string> reference;
};
template <>
struct Fields<PaymentWasPending> {
  static constexpr std::array list{required<&PaymentWasPending::attempt>("attempt"),
                                   optional<&PaymentWasPending::occurred_ms>("occurred_ms"),
                                   optional<&PaymentWasPending::reference>("reference")};
};

struct PaymentWasAuthorized {
  std::int64_t amount_minor = 0;
  std::int64_t attempt = 0;
  std::optional<std::int64_t> occurred_ms;
  std::optional<std::string> reference;
};
template <>
struct Fields<PaymentWasAuthorized> {
  static constexpr std::array list{required<&PaymentWasAuthorized::amount_minor>("amount_minor"),
                                   required<&PaymentWasAuthorized::attempt>("attempt"),
                                   optional<&PaymentWasAuthorized::occurred_ms>("occurred_ms"),
                                   optional<&PaymentWasAuthorized::reference>("reference")};
};

/// Asked of the provider.
struct CaptureRequested {
  std::int64_t amount_minor = 0;
  std::int64_t attempt = 0;
};
template <>
struct Fields<CaptureRequested> {
  static constexpr std::array list{required<&CaptureRequested::amount_minor>("amount_minor"),
                                   required<&CaptureRequested::attempt>("attempt")};
};

struct PaymentWasCaptured {
  std::int64_t amount_minor = 0;
  std::int64_t attempt = 0;
  std::optional<std::int64_t> occurred_ms;
  std::optional<std::string> reference;
};
template <>
struct Fields<PaymentWasCaptured> {
  static constexpr std::array list{required<&PaymentWasCaptured::amount_minor>("amount_minor"),
                                   required<&PaymentWasCaptured::attempt>("attempt"),
                                   optional<&PaymentWasCaptured::occurred_ms>("occurred_ms"),
                                   optional<&PaymentWasCaptured::reference>("reference")};
};

struct CaptureWasFailed {
  std::int64_t attempt = 0;
  std::optional<std::int64_t> occurred_ms;
  std::optional<std::string> reason;
  std::optional<std::string> reference;
};
template <>
struct Fields<CaptureWasFailed> {
  static constexpr std::array list{required<&CaptureWasFailed::attempt>("attempt"),
                                   optional<&CaptureWasFailed::occurred_ms>("occurred_ms"),
                                   optional<&CaptureWasFailed::reason>("reason"),
                                   optional<&CaptureWasFailed::reference>("reference")};
};

struct PaymentWasFailed {
  std::int64_t attempt = 0;
  std::optional<std::int64_t> occurred_ms;
  std::optional<std::string> reason;
  std::optional<std::string> reference;
};
template <>
struct Fields<PaymentWasFailed> {
  static constexpr std::array list{required<&PaymentWasFailed::attempt>("attempt"),
                                   optional<&PaymentWasFailed::occurred_ms>("occurred_ms"),
                                   optional<&PaymentWasFailed::reason>("reason"),
                                   optional<&PaymentWasFailed::reference>("reference")};
};

struct PaymentWasCanceled {
  std::int64_t attempt = 0;
  std::optional<std::int64_t> occurred_ms;
  std::optional<std::string> reference;
};
template <>
struct Fields<PaymentWasCanceled> {
  static constexpr std::array list{required<&PaymentWasCanceled::attempt>("attempt"),
                                   optional<&PaymentWasCanceled::occurred_ms>("occurred_ms"),
                                   optional<&PaymentWasCanceled::reference>("reference")};
};

/// Asked of the provider.
struct VoidRequested {
  std::int64_t attempt = 0;
};
template <>
struct Fields<VoidRequested> {
  static constexpr std::array list{required<&VoidRequested::attempt>("attempt")};
};

struct PaymentWasVoided {
  std::int64_t attempt = 0;
  std::optional<std::int64_t> occurred_ms;
  std::optional<std::string> reference;
};
template <>
struct Fields<PaymentWasVoided> {
  static constexpr std::array list{required<&PaymentWasVoided::attempt>("attempt"),
                                   optional<&PaymentWasVoided::occurred_ms>("occurred_ms"),
                                   optional<&PaymentWasVoided::reference>("reference")};
};

struct VoidWasFailed {
  std::int64_t attempt = 0;
  std::optional<std::int64_t> occurred_ms;
  std::optional<std::string> reason;
  std::optional<std::string> reference;
};
template <>
struct Fields<VoidWasFailed> {
  static constexpr std::array list{required<&VoidWasFailed::attempt>("attempt"),
                                   optional<&VoidWasFailed::occurred_ms>("occurred_ms"),
                                   optional<&VoidWasFailed::reason>("reason"),
                                   optional<&VoidWasFailed::reference>("reference")};
};

/// Money that a person saw: on the bank statement, in the till.
struct PaymentRecorded {
  std::int64_t amount_minor = 0;
  std::int64_t attempt = 0;
  PaymentMethodId method;
  ProviderId provider;
  std::optional<std::string> reference;
};
template <>
struct Fields<PaymentRecorded> {
  static constexpr std::array list{required<&PaymentRecorded::amount_minor>("amount_minor"),
                                   required<&PaymentRecorded::attempt>("attempt"),
                                   required<&PaymentRecorded::method>("method"),
                                   required<&PaymentRecorded::provider>("provider"),
                                   optional<&PaymentRecorded::reference>("reference")};
};

}  // namespace tandem
