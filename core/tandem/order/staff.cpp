// SPDX-License-Identifier: Apache-2.0
// What staff keep on an order beside its course: who looks after it, locks, notes, and what they
// have settled. A wish that changes nothing is no event.
#include <algorithm>
#include <array>
#include <optional>

#include "tandem/order/decider.hpp"
#include "tandem/payment/settle.hpp"

namespace tandem {
namespace {

/// Until when invoices and credit notes of the order are kept, and whom they are made out to with
/// them; nothing when they need not be.
std::optional<std::int64_t> kept_until(const Decider& d) {
  const auto kept_ms = d.settings().invoices_kept_ms;
  std::optional<std::int64_t> until;
  for (const Invoice& invoice : d.order().invoices) {
    if (!kept_ms || !invoice.posted_ms) continue;
    until = std::max(until.value_or(0), *invoice.posted_ms + *kept_ms);
  }
  return until;
}

/// Money of an order that is not confirmed. Nobody would be asked about it any more.
bool has_undecided_money(const Order& order) {
  const bool open =
      order.state == OrderState::quotation_sent || order.state == OrderState::quotation;
  return open && secured_minor(order) > 0;
}

}  // namespace

/// What is not named stays as it is.
Result<void> assign(Decider& d, const Assign& command) {
  const Order& order = d.order();
  const auto salesperson = command.salesperson ? command.salesperson : order.salesperson;
  const auto team = command.team ? command.team : order.team;
  if (salesperson == order.salesperson && team == order.team) return {};
  d.emit(OrderAssigned{.salesperson = salesperson, .team = team});
  return {};
}

/// Refuses: order_canceled.
Result<void> lock_order(Decider& d) {
  if (d.order().state == OrderState::canceled) return reject(Reason::order_canceled);
  if (!d.order().locked) d.emit(OrderLocked{});
  return {};
}

Result<void> unlock_order(Decider& d) {
  if (d.order().locked) d.emit(OrderUnlocked{});
  return {};
}

Result<void> add_note(Decider& d, const AddNote& command) {
  d.emit(NoteAdded{}, {.address = {}, .contact = {}, .note = command.text, .reason = {}});
  return {};
}

void need_person(Decider& d, PersonCause cause) { d.emit(PersonNeeded{.reason = cause}); }

/// Refuses: money_undecided (the order keeps money and is not confirmed).
Result<void> resolve_person(Decider& d, const ResolvePerson& command) {
  if (!d.order().needs_person) return {};
  if (has_undecided_money(d.order())) return reject(Reason::money_undecided);
  d.emit(PersonResolved{}, {.address = {}, .contact = {}, .note = command.note, .reason = {}});
  return {};
}

/// Names every kind of part when none is named. Refuses, in this order: value_unknown (no such
/// part), invoices_kept (limit: when the time to keep them is over).
Result<void> erase_personal_data(Decider& d, const ErasePersonalData& command) {
  constexpr auto& known = Fields<Parts>::list;
  for (const std::string& part : command.parts.value_or(std::vector<std::string>{})) {
    if (std::ranges::find(known, part, &Field::name) == known.end()) {
      return reject(Reason::value_unknown, part);
    }
  }
  const auto until = kept_until(d);
  PersonalDataErased erased;
  for (const Field& part : known) {
    const std::string name(part.name);
    const bool asked =
        !command.parts || std::ranges::find(*command.parts, name) != command.parts->end();
    const auto& gone = d.order().erased;
    if (!asked || std::ranges::find(gone, name) != gone.end()) continue;
    const bool names_somebody = name == "address" || name == "contact";
    if (names_somebody && until && d.context().now_ms < *until) {
      return reject(Reason::invoices_kept, name, *until);
    }
    erased.parts.push_back(name);
  }
  if (!erased.parts.empty()) d.emit(std::move(erased));
  return {};
}

}  // namespace tandem
