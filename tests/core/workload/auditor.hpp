// SPDX-License-Identifier: Apache-2.0
#pragma once
// An independent auditor: it hears events and changes of stock and gift cards, keeps books of its
// own, and says wherever the shop's view or ledgers tell otherwise, or break a promise of the
// contract. It shares no arithmetic with the core.
//
//   auditor.note({.order = "o1", .events = events, …});   auditor.check_order("o1", view, stock);

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/workload/book.hpp"
#include "tandem/order/command.hpp"
#include "tandem/order/evolve.hpp"
#include "tandem/order/view.hpp"
#include "tandem/replay/shop.hpp"

namespace tandem::workload {

/// What came of one command.
struct Happened {
  const std::string& order;
  const Actor& actor;
  const Command& command;
  const std::vector<Event>& events;
  std::int64_t at_ms = 0;
};

class Auditor {
 public:
  /// The shop's document, as begin() takes it.
  explicit Auditor(const wire::Value& document);

  void note(const Happened& happened);
  /// An accepted `set`.
  void note_set(const wire::Value& changes);

  /// One order against its view.
  void check_order(const std::string& id, const View& view);
  /// All ledgers against the sums over all orders; `settled`: consequences have run.
  void check_ledgers(const replay::Shop& shop, bool settled);
  /// What an order's events make, read back from their bytes, against the order itself.
  void check_chain(const std::string& id, const Order& order);

  [[nodiscard]] const std::vector<std::string>& faults() const { return faults_; }

 private:
  struct Told {
    std::string bytes;
    Parts parts;
    EventMoment moment;
  };
  struct Person {
    std::string email;        // of the contact
    std::int64_t active_ms = 0;
    std::optional<std::int64_t> reminded_ms;
  };
  struct Card {
    std::int64_t balance = 0;
  };
  struct Promotion {
    bool gives_back = true;
    std::optional<std::int64_t> limit;
    std::int64_t uses = 0;
  };
  struct Stored {
    std::int64_t on_hand = 0;
    bool short_by_count = false;  // a count found less than was promised
  };

  void expect(bool holds, const std::string& what, std::int64_t have = 0, std::int64_t want = 0);
  void same(const std::string& what, std::int64_t have, std::int64_t want);
  void same(const std::string& what, std::string_view have, std::string_view want);

  void check_secured(const Happened& happened, const Book& book);
  void move_uses(const Book& before, const Book& after);
  void hear_reminder(const std::string& id);
  [[nodiscard]] bool same_customer(const std::string& one, const std::string& other) const;
  [[nodiscard]] std::set<std::string> emails_of(const std::string& id) const;

  void check_axes(const Book& book, const View& view);
  void check_money(const Book& book, const View& view);
  void check_attempts(const Book& book, const View& view);
  void check_refunds(const Book& book);
  void check_goods(const Book& book, const View& view);
  void check_conservation(const Book& book, const std::string& id, const BookLine& line);
  void check_returns(const Book& book);
  void check_invoices(const Book& book);
  void check_billed(const Book& book);
  void check_credits(const Book& book, std::int64_t number, const BookInvoice& invoice);
  void check_stock(const replay::Shop& shop, bool settled);
  void check_promotions(const replay::Shop& shop);
  void check_gift_cards(const replay::Shop& shop);

  std::map<std::string, Book> books_;
  std::map<std::string, Person> persons_;
  std::map<std::string, std::vector<Told>> told_;
  std::map<std::string, Stored> stored_;  // by sku
  std::map<std::string, Card> cards_;     // by code
  std::map<std::string, Promotion> promotions_;
  std::map<std::string, std::int64_t> last_numbers_;       // by series
  std::map<std::string, std::string> customer_emails_;     // by customer
  bool promises_late_ = false;  // late money may promise beyond stock
  std::int64_t confirmation_ppm_ = 1'000'000;
  std::string about_;           // the order that is looked at
  std::vector<std::string> faults_;
};

}  // namespace tandem::workload
