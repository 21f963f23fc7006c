// SPDX-License-Identifier: Apache-2.0
// What the auditor hears.
#include "core/workload/auditor.hpp"

#include <algorithm>

#include "tandem/fields/writer.hpp"

namespace tandem::workload {
namespace {

std::string text_of(const wire::Value& row, std::string_view key) {
  const wire::Value* value = row.find(key);
  return value != nullptr && value->text() != nullptr ? *value->text() : std::string();
}

std::optional<std::int64_t> number_of(const wire::Value& row, std::string_view key) {
  const wire::Value* value = row.find(key);
  if (value == nullptr || value->integer() == nullptr) return std::nullopt;
  return *value->integer();
}

bool is_true(const wire::Value& row, std::string_view key, bool otherwise) {
  const wire::Value* value = row.find(key);
  const bool* flag = value == nullptr ? nullptr : std::get_if<bool>(&value->data);
  return flag == nullptr ? otherwise : *flag;
}

const wire::List& rows_of(const wire::Value* value) {
  static const wire::List none;
  return value == nullptr || value->list() == nullptr ? none : *value->list();
}

/// The personal parts that go with an event, from the command that stated them.
Parts parts_of(const Command& command, const Event& event) {
  Parts parts;
  const auto* contact = std::get_if<SetContact>(&command);
  if (contact != nullptr && std::holds_alternative<ContactSet>(event)) {
    parts.contact =
        Contact{.email = contact->email, .name = contact->name, .phone = contact->phone};
  }
  const auto* address = std::get_if<SetAddress>(&command);
  if (address != nullptr && std::holds_alternative<AddressSet>(event)) {
    parts.address = address->address;
  }
  const auto* refund = std::get_if<RefundPayment>(&command);
  if (refund != nullptr && std::holds_alternative<RefundRequested>(event)) {
    parts.reason = refund->reason;
  }
  return parts;
}

}  // namespace

Auditor::Auditor(const wire::Value& document) {
  for (const wire::Value& row : rows_of(document.find("rules")->find("promotions"))) {
    Promotion& promotion = promotions_[text_of(row, "id")];
    const wire::Value* limits = row.find("limits");
    if (limits == nullptr) continue;
    promotion.gives_back = is_true(*limits, "give_back_on_cancel", true);
    promotion.limit = number_of(*limits, "uses");
  }
  for (const wire::Value& row : rows_of(document.find("customers"))) {
    customer_emails_[text_of(row, "id")] = text_of(row, "email");
  }
  note_set(document);
}

void Auditor::note_set(const wire::Value& changes) {
  for (const wire::Value& row : rows_of(changes.find("stock"))) {
    Stored& stored = stored_[text_of(row, "sku")];
    stored.on_hand = number_of(row, "on_hand").value_or(0);
    stored.short_by_count = stored.short_by_count || is_true(row, "count", false);
  }
  for (const wire::Value& row : rows_of(changes.find("gift_cards"))) {
    cards_[text_of(row, "code")].balance = number_of(row, "balance_minor").value_or(0);
  }
  const wire::Value* settings = changes.find("settings");
  if (settings == nullptr) return;
  confirmation_ppm_ = number_of(*settings, "confirmation_ppm").value_or(confirmation_ppm_);
  promises_late_ = promises_late_ || text_of(*settings, "late_money") == "backorder";
}

void Auditor::expect(bool holds, const std::string& what, std::int64_t have, std::int64_t want) {
  if (holds) return;
  faults_.push_back(about_ + ": " + what + " (" + std::to_string(have) + ", " +
                    std::to_string(want) + ")");
}

void Auditor::same(const std::string& what, std::int64_t have, std::int64_t want) {
  if (have == want) return;
  faults_.push_back(about_ + ": " + what + " is " + std::to_string(have) + ", the books say " +
                    std::to_string(want));
}

void Auditor::same(const std::string& what, std::string_view have, std::string_view want) {
  if (have == want) return;
  faults_.push_back(about_ + ": " + what + " is " + std::string(have) + ", the books say " +
                    std::string(want));
}

/// Uses of promotions and what gift cards paid, by how an event changed what the order has of them.
void Auditor::move_uses(const Book& before, const Book& after) {
  const bool used_before = before.uses == "used";
  const bool used_after = after.uses == "used";
  for (auto& [id, promotion] : promotions_) {
    const std::int64_t was = used_before && before.promotions.contains(id) ? 1 : 0;
    const std::int64_t is = used_after && after.promotions.contains(id) ? 1 : 0;
    const bool canceled = used_before && !used_after;
    if (canceled && !promotion.gives_back) continue;
    promotion.uses += is - was;
  }
  const auto paid = [](const Book& book, const std::string& code) {
    const auto found = book.cards.find(code);
    if (book.uses != "used" || found == book.cards.end()) return std::int64_t{0};
    const auto back = book.card_refunds.find(code);
    return found->second - (back == book.card_refunds.end() ? 0 : back->second);
  };
  for (auto& [code, card] : cards_) card.balance -= paid(after, code) - paid(before, code);
}

/// What confirms by itself is paid for, or will be: captured or authorized, as much as is asked.
void Auditor::check_secured(const Happened& happened, const Book& book) {
  if (std::holds_alternative<ConfirmOrder>(happened.command) || book.payable == 0) return;
  std::int64_t secured = 0;
  for (const auto& [n, attempt] : book.attempts) {
    if (attempt.superseded) continue;
    const bool promised = attempt.state == "authorized";
    secured += std::max(attempt.captured, promised ? attempt.authorized : 0) - attempt.refunded -
               attempt.refunding;
  }
  const std::int64_t asked = book.payable * confirmation_ppm_ / 1'000'000;
  expect(secured >= asked, "confirmed without enough money", secured, asked);
}

/// Nobody asked whether what this order claims was still there.
void Auditor::note(const Happened& happened) {
  about_ = happened.order;
  Book& book = books_[happened.order];
  Person& person = persons_[happened.order];
  std::vector<Told>& told = told_[happened.order];
  if (!happened.events.empty()) {
    const auto* contact = std::get_if<SetContact>(&happened.command);
    if (contact != nullptr) person.email = contact->email;
    if (happened.actor.kind == ActorClass::customer) person.active_ms = happened.at_ms;
  }
  for (const Event& event : happened.events) {
    const bool moves = std::holds_alternative<OrderConfirmed>(event) ||
                       std::holds_alternative<OrderCanceled>(event) ||
                       std::holds_alternative<OrderRevised>(event) ||
                       std::holds_alternative<OrderReopened>(event) ||
                       std::holds_alternative<RefundRequested>(event);
    std::optional<Book> before;
    if (moves) before = book;
    Outcome outcome;
    book.note(event, happened.at_ms, outcome);
    if (before) move_uses(*before, book);
    if (outcome.confirmed) check_secured(happened, book);
    expect(!outcome.torn, "a set is torn apart");
    for (const auto& [sku, units] : outcome.on_hand) stored_[sku].on_hand += units;
    for (const auto& [series, number] : outcome.numbers) {
      same("the next number of " + series, number, last_numbers_[series] + 1);
      last_numbers_[series] = number;
    }
    if (outcome.reminded) {
      hear_reminder(happened.order);
      person.reminded_ms = happened.at_ms;
    }
    if (const auto* erased = std::get_if<PersonalDataErased>(&event)) {
      if (std::ranges::find(erased->parts, "contact") != erased->parts.end()) person.email.clear();
    }
    told.push_back(
        {.bytes = canonical(event),
         .parts = parts_of(happened.command, event),
         .moment = {.n = book.events, .at_ms = happened.at_ms, .by = happened.actor.kind}});
  }
}

std::set<std::string> Auditor::emails_of(const std::string& id) const {
  std::set<std::string> emails{persons_.at(id).email};
  const auto account = customer_emails_.find(books_.at(id).customer);
  if (account != customer_emails_.end()) emails.insert(account->second);
  emails.erase("");
  return emails;
}

bool Auditor::same_customer(const std::string& one, const std::string& other) const {
  const std::string& account = books_.at(one).customer;
  if (!account.empty() && account == books_.at(other).customer) return true;
  const auto mine = emails_of(one);
  return std::ranges::any_of(emails_of(other),
                             [&](const std::string& email) { return mine.contains(email); });
}

/// A reminder went out: the first of this episode, to one who has not bought since.
void Auditor::hear_reminder(const std::string& id) {
  const Book& book = books_.at(id);
  const Person& person = persons_.at(id);
  same("the state of a reminded cart", book.state, "quotation");
  // At the same instant the reminder fell due first, and the customer came back after it.
  const bool again = person.reminded_ms && *person.reminded_ms > person.active_ms;
  expect(!again, "a second reminder of one cart in one episode");
  // The episode began with the customer's last command, on whichever order.
  std::int64_t episode_ms = person.active_ms;
  for (const auto& [other, them] : persons_) {
    if (same_customer(id, other)) episode_ms = std::max(episode_ms, them.active_ms);
  }
  for (const auto& [other, them] : persons_) {
    if (other == id || !same_customer(id, other)) continue;
    const bool reminded = them.reminded_ms && *them.reminded_ms > episode_ms;
    expect(!reminded, "reminded although reminded of " + other);
    const Book& theirs = books_.at(other);
    expect(theirs.state != "order" || theirs.bought_ms < book.created_ms,
           "reminded although bought with " + other, theirs.bought_ms, book.created_ms);
  }
}

}  // namespace tandem::workload
