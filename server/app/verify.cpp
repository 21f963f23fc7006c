// SPDX-License-Identifier: Apache-2.0
#include "app/verify.hpp"

#include <map>
#include <set>

#include "app/folded.hpp"
#include "app/projection.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/order/evolve.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::app {
namespace {

constexpr std::size_t kSentencesMax = 1000;
constexpr std::int64_t kPage = 500;
constexpr std::int64_t kAll = std::int64_t{1} << 40;

class Verifier {
 public:
  Verifier(store::Store& store, const std::function<void(std::int64_t)>& progress)
      : reads_(store.reads()), progress_(progress) {}

  Findings run() {
    check_orders();
    check_ledgers();
    return std::move(findings_);
  }

 private:
  void check_orders() {
    store::OrderQuery query{.count_max = kPage};
    for (;;) {
      const auto rows = reads_.order_rows(query);
      if (!rows) return stop(rows.error());
      for (const store::OrderRow& row : *rows) check_order(row.order_no);
      progress_(findings_.orders);
      if (static_cast<std::int64_t>(rows->size()) < kPage) return;
      query.before_order_no = rows->back().order_no;
    }
  }

  void stop(const store::Failure& failure) {
    findings_.complete = false;
    findings_.add("the database does not answer: " + failure.message);
  }

  void check_order(std::int64_t order_no) {
    ++findings_.orders;
    const std::string name = "order " + std::to_string(order_no);
    const auto head = reads_.order(order_no);
    const auto row = reads_.order_row(order_no);
    const auto events = reads_.events(order_no, 0, kAll);
    const auto parts = reads_.parts(order_no);
    if (!head || !row || !events || !parts || !*head || !*row) {
      return findings_.add(name + ": cannot be read");
    }
    const auto folded = check_stream(name, **head, *events, *parts);
    if (!folded) return;
    check_projection(name, **row, *folded);
    count_stock(*folded);
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
      if (canonical(recorded->record) != event.bytes) findings_.add(place + ": not canonical");
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

  void count_stock(const Order& order) {
    for (const Line& line : order.lines) {
      if (line.reserved == 0 && line.backordered == 0) continue;
      store::Figures& figures = by_orders_[line.sku.value];
      figures.reserved += line.reserved;
      figures.backordered += line.backordered;
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
      for (const store::LedgerRow& row : *rows) check_stock(row);
      if (static_cast<std::int64_t>(rows->size()) < kPage) break;
      after = rows->back().key;
    }
    for (const auto& [sku, figures] : by_orders_) {
      findings_.add("stock " + sku + ": orders reserve what no counter knows");
    }
  }

  void check_stock(const store::LedgerRow& row) {
    const auto found = by_orders_.find(row.key.key);
    const store::Figures orders = found == by_orders_.end() ? store::Figures{} : found->second;
    if (row.figures.reserved != orders.reserved || row.figures.backordered != orders.backordered) {
      findings_.add("stock " + row.key.key + ": the counter says " +
                    std::to_string(row.figures.reserved) + " reserved, the orders " +
                    std::to_string(orders.reserved));
    }
    if (found != by_orders_.end()) by_orders_.erase(found);
  }

  store::Reads& reads_;
  const std::function<void(std::int64_t)>& progress_;
  Findings findings_;
  std::map<std::string, store::Figures> by_orders_;
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
