// SPDX-License-Identifier: Apache-2.0
// The customer's details and choices: contact, address, shipping, payment, terms.
#include <algorithm>

#include "tandem/order/address_rules.hpp"
#include "tandem/order/decider.hpp"
#include "tandem/pricing/appraisal.hpp"

namespace tandem {
namespace {

/// The refusal of one method among those that the rules list, or that it is unknown.
template <class Methods, class MethodId>
Result<void> verdict(const Methods& methods, const MethodId& id, const Result<Quote>& quote,
                     const std::vector<MethodAvailability>& availability) {
  const auto found = std::ranges::find_if(methods, [&](const auto& m) { return m.id == id; });
  if (found == methods.end()) return reject(Reason::method_unknown, id.value);
  if (!quote) return std::unexpected(quote.error());
  const auto index = static_cast<std::size_t>(found - methods.begin());
  const auto row = std::ranges::find(availability, index, &MethodAvailability::index);
  if (row != availability.end() && row->refused) return reject(*row->refused, id.value);
  return {};
}

}  // namespace

Result<void> check_shipping(const Decider& d, const ShippingMethodId& method) {
  const Appraisal& appraisal = d.appraisal();
  return verdict(d.rules().shipping_methods, method, appraisal.quote, appraisal.shipping);
}

Result<void> check_payment(const Decider& d, const PaymentMethodId& method) {
  const Appraisal& appraisal = d.appraisal();
  return verdict(d.rules().payment_methods, method, appraisal.quote, appraisal.payment);
}

/// Refuses, in this order: as check_editable, contact_missing (no address with one @).
Result<void> set_contact(Decider& d, const SetContact& command) {
  if (auto ok = check_editable(d.order()); !ok) return ok;
  if (!is_email(command.email)) return reject(Reason::contact_missing, "email");
  begin_edit(d);
  d.emit(ContactSet{.reminders = command.reminders},
         {.address = {},
          .contact = Contact{.email = command.email, .name = command.name, .phone = command.phone},
          .note = {},
          .reason = {}});
  return {};
}

/// Staff correct the address of a placed order; it stays as it was placed, and no amount changes.
/// Refuses, in this order: as check_editable, address_incomplete (no country).
Result<void> set_address(Decider& d, const SetAddress& command) {
  const bool corrects = d.order().is_placed() && d.context().actor.kind == ActorClass::staff;
  if (corrects && d.order().locked) return reject(Reason::order_locked);
  if (auto ok = check_editable(d.order()); !ok && !corrects) return ok;
  const Address& address = command.address;
  if (!is_country(address.country)) return reject(Reason::address_incomplete, "country");
  if (!corrects) begin_edit(d);
  d.emit(AddressSet{.country = address.country, .kind = command.kind, .region = address.region},
         {.address = normalized(address), .contact = {}, .note = {}, .reason = {}});
  return corrects ? Result<void>{} : finish_edit(d);
}

/// Refuses, in this order: as check_editable, method_unknown, shipping_unavailable.
Result<void> choose_shipping(Decider& d, const ChooseShipping& command) {
  if (auto ok = check_editable(d.order()); !ok) return ok;
  if (auto ok = check_shipping(d, command.method); !ok) return ok;
  begin_edit(d);
  d.emit(ShippingChosen{.method = command.method});
  return finish_edit(d);
}

/// Refuses, in this order: as check_editable, method_unknown, payment_method_unavailable.
Result<void> choose_payment(Decider& d, const ChoosePayment& command) {
  if (auto ok = check_editable(d.order()); !ok) return ok;
  if (auto ok = check_payment(d, command.method); !ok) return ok;
  begin_edit(d);
  d.emit(PaymentChosen{.method = command.method});
  return finish_edit(d);
}

/// Refuses, in this order: as check_editable, terms_not_accepted (another version is in force).
Result<void> accept_terms(Decider& d, const AcceptTerms& command) {
  if (auto ok = check_editable(d.order()); !ok) return ok;
  const auto& in_force = d.rules().policies.terms_version;
  if (in_force && *in_force != command.version) {
    return reject(Reason::terms_not_accepted, *in_force);
  }
  begin_edit(d);
  d.emit(TermsAccepted{.version = command.version});
  return {};
}

/// Changes nothing when the customer is known already. Refuses: order_canceled.
Result<void> attach_customer(Decider& d, const AttachCustomer& command) {
  if (d.order().state == OrderState::canceled) return reject(Reason::order_canceled);
  if (d.order().customer == command.customer) return {};
  d.emit(CustomerAttached{.customer = command.customer});
  return {};
}

}  // namespace tandem
