// SPDX-License-Identifier: Apache-2.0
#pragma once
// What only the server knows of how the shop is run. Versioned like the rules; every key has a
// default. Providers that take money by hand start `pending` and cannot refund.
//
//   abilities(settings, ProviderId{"wire_transfer"})->refund == RefundAbility::none

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "tandem/base/enum.hpp"
#include "tandem/catalog/offer.hpp"
#include "tandem/fields/fields.hpp"

namespace tandem {

TANDEM_ENUM(HoldAt, payment_start, add_line)
TANDEM_ENUM(LateMoney, backorder, refund, person)
TANDEM_ENUM(ShippingPolicy, as_available, all_at_once)
TANDEM_ENUM(CaptureMode, automatic, manual)
TANDEM_ENUM(RefundAbility, none, full, partial)
TANDEM_ENUM(Backorders, ask, always, never)
TANDEM_ENUM(ReturnApproval, staff, automatic)

/// When a cart that was left gets a reminder.
struct Abandoned {
  std::int64_t delay_ms = 36'000'000;
  bool reminder = false;
  std::int64_t since_ms = 0;
};
template <>
struct Fields<Abandoned> {
  static constexpr std::array list{optional<&Abandoned::delay_ms>("delay_ms"),
                                   optional<&Abandoned::reminder>("reminder"),
                                   optional<&Abandoned::since_ms>("since_ms")};
};

/// What a payment provider can do.
struct ProviderAbilities {
  CaptureMode capture = CaptureMode::automatic;
  bool enabled = true;
  bool express = true;  // pays from a wallet that knows the address, too
  bool partial_capture = true;
  RefundAbility refund = RefundAbility::partial;
  bool void_ = true;
};
template <>
struct Fields<ProviderAbilities> {
  static constexpr std::array list{optional<&ProviderAbilities::capture>("capture"),
                                   optional<&ProviderAbilities::enabled>("enabled"),
                                   optional<&ProviderAbilities::express>("express"),
                                   optional<&ProviderAbilities::partial_capture>("partial_capture"),
                                   optional<&ProviderAbilities::refund>("refund"),
                                   optional<&ProviderAbilities::void_>("void")};
};

struct Settings {
  Abandoned abandoned{};
  std::int64_t attempt_expires_ms = 3'600'000;
  std::int64_t attempts_max = 20;  // of one order, with providers: thieves try cards on carts
  bool automatic_invoice = false;
  Backorders backorders = Backorders::ask;
  std::int64_t confirmation_ppm = 1'000'000;  // part of the payable amount that confirms
  std::string credit_note_series = "CN";
  bool delivery_done_mail = false;
  std::int64_t delivery_steps = 1;
  HoldAt hold_at = HoldAt::payment_start;
  std::int64_t hold_ms = 900'000;
  InvoicePolicy invoice_policy = InvoicePolicy::ordered;
  std::string invoice_series = "INV";
  std::optional<std::int64_t> invoices_kept_ms;  // contact and address too; null: as long as wanted
  LateMoney late_money = LateMoney::refund;
  bool lock_confirmed = false;
  std::map<std::string, ProviderAbilities> providers{{"demo", ProviderAbilities{}}};
  std::optional<std::int64_t> quotation_valid_ms;  // of quotations that staff send
  ReturnApproval return_approval = ReturnApproval::staff;
  std::optional<std::string> salesperson;
  ShippingPolicy shipping_policy = ShippingPolicy::as_available;
  std::optional<std::string> team;
  std::optional<std::int64_t> unpaid_expires_ms;
};
template <>
struct Fields<Settings> {
  static constexpr std::array list{
      optional<&Settings::abandoned>("abandoned"),
      optional<&Settings::attempt_expires_ms>("attempt_expires_ms"),
      optional<&Settings::attempts_max>("attempts_max"),
      optional<&Settings::automatic_invoice>("automatic_invoice"),
      optional<&Settings::backorders>("backorders"),
      optional<&Settings::confirmation_ppm>("confirmation_ppm"),
      optional<&Settings::credit_note_series>("credit_note_series"),
      optional<&Settings::delivery_done_mail>("delivery_done_mail"),
      optional<&Settings::delivery_steps>("delivery_steps"),
      optional<&Settings::hold_at>("hold_at"),
      optional<&Settings::hold_ms>("hold_ms"),
      optional<&Settings::invoice_policy>("invoice_policy"),
      optional<&Settings::invoice_series>("invoice_series"),
      optional<&Settings::invoices_kept_ms>("invoices_kept_ms"),
      optional<&Settings::late_money>("late_money"),
      optional<&Settings::lock_confirmed>("lock_confirmed"),
      optional<&Settings::providers>("providers"),
      optional<&Settings::quotation_valid_ms>("quotation_valid_ms"),
      optional<&Settings::return_approval>("return_approval"),
      optional<&Settings::salesperson>("salesperson"),
      optional<&Settings::shipping_policy>("shipping_policy"),
      optional<&Settings::team>("team"),
      optional<&Settings::unpaid_expires_ms>("unpaid_expires_ms"),
  };
};

/// A provider whose money a person sees: bank transfer, till, courier.
[[nodiscard]] bool is_by_hand(const ProviderId& provider);

/// The abilities of a provider: as set, or nothing, which means it is not connected. By hand money
/// is never captured apart, voided or refunded, and no wallet has any; settings only say whether it
/// is taken.
[[nodiscard]] std::optional<ProviderAbilities> abilities(const Settings& settings,
                                                         const ProviderId& provider);

}  // namespace tandem
