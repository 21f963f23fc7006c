// SPDX-License-Identifier: Apache-2.0
// What customers and sales ask: carts, checkout, codes, changes of placed orders.
#include <algorithm>

#include "core/workload/generator.hpp"

namespace tandem::workload {

Command Generator::cart_command() {
  switch (random_.below(12)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return AddLine{.sku = sku(),
                     .quantity = quantity(random_.chance(80) ? 3 : 12),
                     .configuration = random_.chance(10) ? std::optional<std::string>("engraved")
                                                         : std::nullopt};
    case 4:
    case 5: {
      const LineId id = line();
      return SetQuantity{.line = id, .quantity = random_.chance(10) ? 0 : quantity(4)};
    }
    case 6:
      return RemoveLine{.line = line()};
    case 7:
      return MergeCart{.from = other_order()};
    case 8:
      return Reorder{.from = other_order()};
    case 9:
      return CancelOrder{.reason = "changed my mind"};
    case 10:
      return Unsubscribe{};
    default:
      return checkout_command();
  }
}

/// What is still missing before the order can be placed.
Command Generator::fill_cart() {
  if (order_->lines.empty())
    return AddLine{.sku = sku(), .quantity = quantity(3), .configuration = {}};
  if (!order_->has_contact || !order_->ship_to || random_.chance(5)) {
    if (order_->has_contact || random_.chance(50)) {
      const bool abroad = random_.chance(10);
      return SetAddress{.kind = odd() ? AddressKind::bill_to : AddressKind::ship_to,
                        .address = {.country = abroad ? "FR" : "DE",
                                    .city = "Berlin",
                                    .line1 = "Lindenstr. 4",
                                    .line2 = {},
                                    .name = "Sara Rad",
                                    .neighborhood = {},
                                    .note = {},
                                    .organization = {},
                                    .phone = "030 1",
                                    .postcode = "10115",
                                    .region = {},
                                    .tax_number = {}}};
    }
    return SetContact{
        .email = random_.chance(70) ? "ada@example.com" : "guest@example.com",
        .name = "Sara Rad",
        .phone = {},
        .reminders = random_.chance(70) ? std::nullopt : std::optional(random_.chance(70))};
  }
  if (!order_->terms_version && random_.chance(50))
    return AcceptTerms{.version = odd() ? "t0" : "t1"};
  if (!order_->shipping_method || random_.chance(10)) {
    return ChooseShipping{
        .method = {std::string(random_.chance(70) ? "pickup" : random_.pick(kShipping))}};
  }
  return ChoosePayment{
      .method = {std::string(random_.chance(60) ? "card" : random_.pick(kPayments))}};
}

Command Generator::checkout_command() {
  switch (random_.below(8)) {
    case 0:
      return AcceptTerms{.version = "t1"};
    case 1:
      return ChooseShipping{.method = {odd() ? "rocket" : std::string(random_.pick(kShipping))}};
    case 2:
      return ChoosePayment{.method = {odd() ? "beads" : std::string(random_.pick(kPayments))}};
    case 3:
      return RenewHold{};
    case 4:
      return code_command();
    default:
      return fill_cart();
  }
}

Command Generator::code_command() {
  const std::string coupon(odd() ? "NOPE" : random_.pick(kCoupons));
  const std::string card(odd() ? "NOPE" : random_.pick(kGiftCards));
  switch (random_.below(6)) {
    case 0:
    case 1:
      return ApplyCoupon{.code = coupon};
    case 2:
      return RemoveCoupon{.code = coupon};
    case 3:
    case 4:
      return ApplyGiftCard{.code = card};
    default:
      return RemoveGiftCard{.code = card};
  }
}

Command Generator::place() {
  PlaceOrder command;
  if (const auto quote = shop_.show(id_, now_ms_); quote && !odd()) {
    (void)TextForm<Digest>::parse(quote->quote_digest, command.expected_digest);
  }
  if (random_.chance(30)) command.expected_version = order_->version - (odd() ? 1 : 0);
  return command;
}

Command Generator::sales_command() {
  switch (random_.below(10)) {
    case 0:
      return SendQuotation{};
    case 1:
    case 2:
      return ConfirmOrder{};
    case 3:
      return ReopenOrder{};
    case 4:
      return LockOrder{};
    case 5:
    case 6:
      return UnlockOrder{};
    case 7:
      return AddNote{.text = "called"};
    case 8:
      return CancelOrder{.reason = {}};
    default:
      return Assign{.salesperson = "sid", .team = {}};
  }
}

Command Generator::revise() {
  ReviseOrder command;
  for (std::int64_t i = random_.between(0, 2); i > 0; --i) {
    QuantityChange change{.line = {}, .quantity = random_.chance(25) ? 0 : quantity(6), .sku = {}};
    if (random_.chance(25))
      change.sku = sku();
    else
      change.line = line();
    command.changes.push_back(std::move(change));
  }
  if (random_.chance(10)) command.coupons_add.emplace_back(random_.pick(kCoupons));
  if (random_.chance(10)) command.coupons_remove.emplace_back(random_.pick(kCoupons));
  if (random_.chance(10)) {
    command.shipping_method = ShippingMethodId{std::string(random_.pick(kShipping))};
  }
  command.terms = random_.pick(std::vector<RevisionTerms>{
      RevisionTerms::stored_shares, RevisionTerms::original_rules, RevisionTerms::today});
  return command;
}

Command Generator::system_command() {
  switch (random_.below(6)) {
    case 0:
      return AttachCustomer{.customer = std::string(random_.pick(kCustomers))};
    case 1:
      return ExpireHold{};
    case 2:
      return ExpireAttempt{.attempt = number_of(order_->attempts.size())};
    case 3:
      return ExpireOrder{};
    case 4:
      return SendReminder{};
    default:
      return ErasePersonalData{.parts = random_.chance(50)
                                            ? std::nullopt
                                            : std::optional(std::vector<std::string>{"address"})};
  }
}

}  // namespace tandem::workload
