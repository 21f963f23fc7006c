// SPDX-License-Identifier: Apache-2.0
#pragma once
// The auditor's own model of one order: maps and sums, kept from events alone. It knows the shapes
// of events and nothing of how the core folds them, so that both can only be wrong apart.
//
//   Book book;   book.note(event, at_ms, true);   book.owed()

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tandem/order/event.hpp"

namespace tandem::workload {

struct BookLine {
  std::string sku;
  std::int64_t ordered = 0;
  std::int64_t reserved = 0;
  std::int64_t backordered = 0;
  std::int64_t shipped = 0;
  std::int64_t replaced = 0;  // of these, in exchange
  std::int64_t canceled = 0;
  std::int64_t excess = 0;  // moved beyond what was demanded
  bool went_beyond = false;  // had an excess once: units were billed one by one
  std::int64_t returned = 0;
  std::int64_t restocked = 0;
  std::int64_t invoiced = 0;
  std::int64_t credited = 0;
  std::int64_t most_ordered = 0;  // over all revisions
  std::int64_t most_gross = 0;
  std::int64_t gross = 0;  // what it costs now
  bool goods = false;
  bool tracked = false;
  bool by_delivery = false;  // billed when delivered
  bool gift = false;
  std::string set;    // leaves in one parcel with the others of it
  bool gone = false;  // taken away by a revision; what became of it stays
  std::vector<std::pair<std::string, bool>> exchanged;  // units sent in exchange; stock is counted
};

struct BookAttempt {
  std::string provider;
  std::string state = "created";
  bool superseded = false;
  std::int64_t authorized = 0;
  std::int64_t captured = 0;
  std::int64_t refunded = 0;
  std::int64_t refunding = 0;
  std::int64_t charged_back = 0;
  [[nodiscard]] std::int64_t refundable() const {
    const std::int64_t left = captured - refunded - refunding - charged_back;
    return left < 0 ? 0 : left;
  }
};

struct BookRefund {
  std::int64_t attempt = 0;
  std::string card;  // in place of an attempt
  std::int64_t amount = 0;
  std::int64_t shipping = 0;
  std::map<std::string, std::int64_t> lines;
  std::string state = "pending";
};

struct BookTransfer {
  struct Part {
    std::string line;
    std::string sku;
    std::int64_t demanded = 0;
    std::int64_t reserved = 0;
  };
  std::string step;
  std::string state = "waiting";
  bool exchange = false;
  std::int64_t exchange_of = 0;
  std::vector<Part> parts;
  [[nodiscard]] bool open() const { return state == "waiting" || state == "ready"; }
};

struct BookInvoice {
  bool credit = false;
  bool frees = false;  // a credit note whose units are billed anew
  bool down_payment = false;
  std::int64_t of = 0;
  std::string state = "draft";
  std::int64_t total = 0;
  std::int64_t deducted = 0;  // down payments
  std::int64_t of_parts = 0;  // lines and shipping, less what is deducted
  std::int64_t of_taxes = 0;  // net and each tax
  std::map<std::string, std::int64_t> lines;
  std::map<std::string, std::int64_t> gross;  // of lines
  std::map<std::string, std::int64_t> cheaper;  // of a credit note's lines without units
  std::int64_t shipping = 0;
  [[nodiscard]] bool bills() const { return !credit && state != "canceled"; }
};

struct BookReturn {
  struct Part {
    std::int64_t requested = 0;
    std::int64_t approved = 0;
    std::int64_t accepted = 0;
    std::int64_t rejected = 0;
    std::int64_t exchanged = 0;
  };
  std::string state = "requested";
  std::map<std::string, Part> parts;
};

/// What an order has of a product's stock.
struct BookStock {
  std::int64_t held = 0;
  std::int64_t reserved = 0;
  std::int64_t backordered = 0;
};

/// A change of what lies in the shop, of a gift card, or a number that was taken.
struct Outcome {
  std::map<std::string, std::int64_t> on_hand;  // by sku
  std::vector<std::pair<std::string, std::int64_t>> numbers;  // series, number
  bool reminded = false;
  bool confirmed = false;
  bool torn = false;  // a part of a set was moved without the rest
};

struct Book {
  std::string state = "quotation";
  std::map<std::string, BookLine> lines;
  std::map<std::string, std::int64_t> hold;  // by sku
  std::map<std::int64_t, BookAttempt> attempts;
  std::map<std::int64_t, BookRefund> refunds;
  std::map<std::int64_t, BookTransfer> transfers;
  std::map<std::int64_t, BookInvoice> invoices;
  std::map<std::int64_t, BookReturn> returns;
  // Other goods sent in exchange, by sku.
  std::map<std::string, std::int64_t> exchange_reserved;
  std::map<std::string, std::int64_t> exchange_backordered;
  std::map<std::pair<std::string, std::string>, bool> exchange_tracked;  // by line and sku
  std::map<std::string, std::int64_t> costs;  // by line: the most it ever cost when frozen
  std::map<std::string, BookLine> gifts;  // of the frozen quote: late money finds them again

  // What is frozen.
  bool frozen = false;  // ever
  bool revised = false;
  bool stands = false;  // what is frozen is what the order is
  std::int64_t payable = 0;
  std::int64_t total = 0;
  std::int64_t most_shipping = 0;
  std::int64_t shipping = 0;  // what it and fees cost now
  std::map<std::string, std::int64_t> cards;  // amount by code
  std::map<std::string, std::int64_t> card_refunds;  // of it, put back
  std::set<std::string> promotions;
  std::string uses = "none";  // whether uses and cards are nothing, held or used

  std::string customer;
  std::int64_t created_ms = 0;
  std::int64_t bought_ms = 0;  // when it was confirmed
  std::int64_t events = 0;

  /// Takes an event in, and says what it did outside the order.
  void note(const Event& event, std::int64_t at_ms, Outcome& outcome);

  // What note() does with the terms of an order (book_terms.cpp).
  /// A line; one that comes again is as billed as it was.
  BookLine& line_of(const std::string& id);
  /// A cart is not what was placed any more, and has no gifts until it is placed again.
  void edited();
  void lose_gifts();
  void lose_gifts(const Terms& terms);  // those that are not frozen again
  void take_terms();
  void freeze(const Quote& quote, const Terms& terms);
  void revise(const OrderRevised& e);
  /// Canceled is what was ordered and neither went out nor will, as far as it was given up.
  void give_up(const std::string& id, std::int64_t units, std::int64_t handed_on);

  [[nodiscard]] bool placed() const { return state == "quotation_sent" || state == "order"; }
  [[nodiscard]] std::int64_t captured() const;
  [[nodiscard]] std::int64_t refunded() const;
  [[nodiscard]] std::int64_t refunding() const;
  [[nodiscard]] std::int64_t refundable() const;
  [[nodiscard]] std::int64_t due() const;
  [[nodiscard]] std::int64_t owed() const;
  [[nodiscard]] std::map<std::string, BookStock> stock() const;
  [[nodiscard]] std::int64_t open_demand(const std::string& line) const;
  [[nodiscard]] bool any_open() const;
  [[nodiscard]] std::int64_t to_invoice(const BookLine& line) const;
  /// Whether what was billed of a line, or of the shipping, costs more now; none: shares decide.
  [[nodiscard]] std::optional<bool> is_dearer(const std::string& line) const;
  [[nodiscard]] bool is_shipping_dearer() const;

  [[nodiscard]] std::string payment_axis() const;
  [[nodiscard]] std::string delivery_axis() const;
  [[nodiscard]] std::optional<std::string> invoice_axis() const;
  [[nodiscard]] std::string return_axis() const;
};

}  // namespace tandem::workload
