// SPDX-License-Identifier: Apache-2.0
#include "app/verify.hpp"

#include <array>
#include <map>
#include <set>

#include "app/facts.hpp"
#include "app/folded.hpp"
#include "app/projection.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/ledger/waiting.hpp"
#include "tandem/order/effects.hpp"
#include "tandem/order/evolve.hpp"
#include "tandem/payment/shares.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::app {
namespace {

constexpr std::size_t kSentencesMax = 1000;
constexpr std::int64_t kPage = 500;
constexpr std::int64_t kWholeOrdersPage = 200;  // each with all its events and views

/// Whether bytes are as the core writes them, whatever version of a shape they have.
bool is_canonical(const std::string& bytes) {
  const auto value = wire::parse(bytes, {.depth_max = 32});
  if (!value) return false;
  std::string again;
  wire::append_value(again, *value);
  return again == bytes;
}

class Verifier {
 public:
  Verifier(store::Store& store, const std::function<void(std::int64_t)>& progress)
      : reads_(store.reads()), progress_(progress) {}

  Findings run() {
    check_orders();
    check_ledgers();
    check_series();
    check_waiting();
    check_feed();
    return std::move(findings_);
  }

 private:
  void check_orders() {
    for (std::int64_t after_no = 0;;) {
      const auto orders = reads_.whole_orders(after_no, kWholeOrdersPage);
      if (!orders) return stop(orders.error());
      for (const store::WholeOrder& order : *orders) check_order(order);
      progress_(findings_.orders);
      if (static_cast<std::int64_t>(orders->size()) < kWholeOrdersPage) return;
      after_no = orders->back().order_no;
    }
  }

  void stop(const store::Failure& failure) {
    findings_.complete = false;
    findings_.add("the database does not answer: " + failure.message);
  }

  void check_order(const store::WholeOrder& whole) {
    const std::string name = "order " + std::to_string(whole.order_no);
    if (!whole.head) return findings_.add(name + ": does not exist, but something is kept of it");
    const bool is_empty = whole.head->version == 0 && whole.events.empty() && !whole.row;
    if (is_empty) return;  // opened without a command
    ++findings_.orders;
    const auto folded = check_stream(name, *whole.head, whole.events, whole.parts);
    if (!folded) return;
    if (whole.row) {
      check_projection(name, *whole.row, *folded);
    } else {
      findings_.add(name + ": its row is missing");
    }
    count_stock(whole.order_no, *folded);
    check_cards(name, whole.order_no, *folded);
    for (const Invoice& invoice : folded->invoices) {
      if (!invoice.posted_number) continue;
      if (!numbers_[invoice.series].insert(*invoice.posted_number).second) {
        findings_.add(name + ": the number of an invoice is taken twice");
      }
    }
  }

  /// The chain of the bytes as stored, the numbers, the sealed parts; answers the fold.
  std::optional<Order> check_stream(const std::string& name, const store::OrderHead& head,
                                    const std::vector<store::Event>& events,
                                    const std::vector<store::Part>& parts) {
    Digest chain{};
    Order order;
    std::int64_t n = 0;
    for (const store::Event& event : events) {
      ++findings_.events;
      const std::string place = name + ", event " + std::to_string(event.n);
      if (event.n != ++n) findings_.add(place + ": the numbers have a gap");
      chain = next_chain(chain, event.bytes);
      const auto recorded = decode_event(event, parts);
      if (!recorded) {
        findings_.add(place + ": " + std::string(tandem::name(recorded.error().reason)) + " at " +
                      recorded.error().subject);
        return std::nullopt;
      }
      if (!is_canonical(event.bytes)) findings_.add(place + ": not canonical");
      if (recorded->record.n != event.n) findings_.add(place + ": says another number");
      check_parts(place, *recorded);
      evolve(order, *recorded);
    }
    if (n != head.version) findings_.add(name + ": the version is not that of its last event");
    if (chain != head.head) findings_.add(name + ": the chain does not verify");
    return order;
  }

  void check_parts(const std::string& place, const Recorded& recorded) {
    for (const StoredPart& part : recorded.parts) {
      const auto sealed = recorded.record.sealed.find(part.name);
      if (sealed == recorded.record.sealed.end()) {
        findings_.add(place + ": the part " + part.name + " is not sealed in it");
      } else if (sealed->second != sealed_digest(part.salt, part.bytes)) {
        findings_.add(place + ": the part " + part.name + " does not match its digest");
      }
    }
  }

  /// Of an open cart everything but today's prices must follow from its stream; of a placed order
  /// everything.
  void check_projection(const std::string& name, const store::OrderRow& row, const Order& order) {
    const auto shown = staff_view(row);
    if (!shown) return findings_.add(name + ": its row cannot be decoded");
    const Quote quote =
        order.is_placed() && order.placed ? order.placed->quote : quote_shown(*shown);
    const View made =
        view_of(order, quote, {.order = shown->order, .order_no = row.order_no, .staff = true});
    if (canonical(made) != canonical(*shown)) findings_.add(name + ": its row is not its fold");
    const bool states = row.order_state == enum_name(made.axes.order) &&
                        row.payment_state == enum_name(made.axes.payment) &&
                        row.delivery_state == enum_name(made.axes.delivery) &&
                        row.version == order.version && row.total_minor == quote.totals.total_minor;
    if (!states) findings_.add(name + ": its columns are not its fold");
  }

  void count_stock(std::int64_t order_no, const Order& order) {
    for (const auto& [place, stock] : stock_of(order)) {
      store::Figures& figures = by_orders_[place.first.value];
      figures.reserved += stock.reserved;
      figures.backordered += stock.backordered;
    }
    for (const tandem::Waiting& waiting : waiting_of(order, {})) {
      for (const Sku& sku : waiting.missing) {
        waiting_.insert({.sku = sku.value,
                         .confirmed_ms = waiting.confirmed_ms,
                         .order_no = order_no,
                         .transfer = waiting.transfer});
      }
    }
  }

  /// What an order took of its cards: set aside while it is being paid, taken once it is confirmed.
  void check_cards(const std::string& name, std::int64_t order_no, const Order& order) {
    if (!order.placed || order.gift_cards.empty()) return;
    std::map<std::string, store::Figures> due;
    for (const QuoteGiftCard& card : order.placed->quote.gift_cards) {
      store::Figures& figures = due[card.id.value];
      if (order.holds_uses) figures.held += card.amount_minor;
      if (order.state == OrderState::order) {
        figures.balance -= card.amount_minor - refunded_to_card(order, card.id);
      }
    }
    const auto entries = reads_.entries(order_no);
    if (!entries) return findings_.add(name + ": its ledger entries cannot be read");
    std::map<std::string, store::Figures> taken;
    for (const store::LedgerEntry& entry : *entries) {
      if (entry.key.kind == store::LedgerKind::gift_card) taken[entry.key.key] += entry.change;
    }
    for (const auto& [code, figures] : due) taken.try_emplace(code);
    for (const auto& [code, figures] : taken) {
      if (figures != due[code]) {
        findings_.add(name + ": a gift card's ledger does not say what the order took of it");
      }
    }
  }

  /// Every number once, from 1 without a gap, and all of them on posted invoices.
  void check_series() {
    const auto taken = reads_.invoice_numbers();
    if (!taken) return stop(taken.error());
    std::map<std::string, std::set<std::int64_t>> stored;
    for (const store::InvoiceNumber& one : *taken) stored[one.series].insert(one.number);
    if (stored != numbers_)
      findings_.add("invoices: the numbers taken are not those of the orders");
    for (const auto& [series, numbers] : numbers_) {
      const auto last = static_cast<std::int64_t>(numbers.size());
      if (*numbers.begin() != 1 || *numbers.rbegin() != last) {
        findings_.add("series " + series + ": its numbers have a gap");
      }
      const std::array keys{series_key(series)};
      const auto rows = reads_.ledger(keys);
      if (!rows) return stop(rows.error());
      if (rows->front().figures.used != last) {
        findings_.add("series " + series + ": the counter is not its last number");
      }
    }
  }

  void check_waiting() {
    const auto stored = reads_.waiting();
    if (!stored) return stop(stored.error());
    if (std::set<store::WaitingRow>(stored->begin(), stored->end()) != waiting_) {
      findings_.add("deliveries: those that wait are not those of the orders");
    }
  }

  /// Every commit of every order once, in order, and of nothing else: who follows the feed misses
  /// nothing.
  void check_feed() {
    const auto mismatches = reads_.feed_mismatches();
    if (!mismatches) return stop(mismatches.error());
    for (const std::int64_t order_no : *mismatches) {
      const auto head = reads_.order(order_no);
      if (!head) return stop(head.error());
      const std::string name = "order " + std::to_string(order_no);
      findings_.add(*head ? name + ": the feed does not tell its commits, each once and in order"
                          : "feed: tells of " + name + ", which does not exist");
    }
  }

  void check_ledgers() {
    const auto mismatches = reads_.ledger_mismatches();
    if (!mismatches) return stop(mismatches.error());
    for (const store::LedgerMismatch& mismatch : *mismatches) {
      findings_.add("ledger " + std::string(store::name(mismatch.key.kind)) + '/' +
                    mismatch.key.key + ": the counter is not the sum of its entries");
    }
    store::LedgerKey after{.kind = store::LedgerKind::stock};
    for (;;) {
      const auto rows = reads_.ledger_rows(store::LedgerKind::stock, after, kPage);
      if (!rows) return stop(rows.error());
      for (const store::LedgerRow& row : *rows) {
        by_counters_[row.key.key] += row.figures;
        by_orders_.try_emplace(row.key.key);
      }
      if (static_cast<std::int64_t>(rows->size()) < kPage) break;
      after = rows->back().key;
    }
    for (const auto& [sku, figures] : by_orders_) check_stock(sku, figures);
  }

  void check_stock(const std::string& sku, const store::Figures& orders) {
    const auto found = by_counters_.find(sku);
    const store::Figures counter = found == by_counters_.end() ? store::Figures{} : found->second;
    if (counter.reserved != orders.reserved || counter.backordered != orders.backordered) {
      findings_.add("stock " + sku + ": the counter says " + std::to_string(counter.reserved) +
                    " reserved, the orders " + std::to_string(orders.reserved));
    }
  }

  store::Reads& reads_;
  const std::function<void(std::int64_t)>& progress_;
  Findings findings_;
  std::map<std::string, store::Figures> by_orders_;
  std::map<std::string, store::Figures> by_counters_;  // of all places
  std::map<std::string, std::set<std::int64_t>> numbers_;  // of posted invoices, by series
  std::set<store::WaitingRow> waiting_;
};

}  // namespace

void Findings::add(std::string sentence) {
  ++total;
  if (sentences.size() < kSentencesMax) sentences.push_back(std::move(sentence));
}

Findings verify(store::Store& store, const std::function<void(std::int64_t)>& progress) {
  return Verifier(store, progress).run();
}

}  // namespace tandem::app
