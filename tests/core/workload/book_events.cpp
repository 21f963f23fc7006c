// SPDX-License-Identifier: Apache-2.0
// How events enter a book.
#include <algorithm>
#include <string_view>
#include <utility>

#include "core/workload/book.hpp"

namespace tandem::workload {
namespace {

class Pen {
 public:
  Pen(Book& book, std::int64_t at_ms, Outcome& outcome) : b_(book), at_ms_(at_ms), out_(outcome) {}

  void operator()(const auto&) {}

  // The cart.
  void operator()(const OrderCreated& e) {
    b_.created_ms = at_ms_;
    b_.customer = e.customer.value_or("");
  }
  void operator()(const LineAdded& e) {
    BookLine& line = b_.line_of(e.line.value);
    line.sku = e.sku.value;
    line.ordered = e.quantity;
    line.goods = e.kind == OfferKind::goods;
    b_.edited();
  }
  void operator()(const QuantitySet& e) {
    b_.lines[e.line.value].ordered = e.quantity;
    b_.edited();
  }
  void operator()(const LineRemoved& e) {
    b_.lines.erase(e.line.value);
    b_.edited();
  }
  void operator()(const AddressSet& e) {
    if (e.kind == AddressKind::ship_to) b_.edited();
  }
  void operator()(const ShippingChosen&) { b_.edited(); }
  void operator()(const ShippingCleared&) { b_.edited(); }
  void operator()(const CouponApplied&) { b_.edited(); }
  void operator()(const CouponRemoved&) { b_.edited(); }
  void operator()(const GiftCardApplied&) { b_.edited(); }
  void operator()(const GiftCardRemoved&) { b_.edited(); }
  void operator()(const CustomerAttached& e) { b_.customer = e.customer; }
  void operator()(const ReminderSent&) { out_.reminded = true; }

  // The order.
  void operator()(const OrderPlaced& e) {
    b_.lose_gifts(e.terms);
    b_.card_refunds.clear();
    b_.freeze(e.quote, e.terms);
    b_.state = "quotation_sent";
    b_.uses = "held";
  }
  void operator()(const QuotationSent& e) {
    b_.lose_gifts(e.terms);
    b_.card_refunds.clear();
    b_.freeze(e.quote, e.terms);
    b_.state = "quotation_sent";
  }
  void operator()(const OrderConfirmed&) {
    b_.state = "order";
    out_.confirmed = true;
    b_.uses = "used";
    b_.stands = true;
    b_.bought_ms = at_ms_;
    b_.take_terms();
    for (auto& [n, note] : b_.invoices) {
      if (!note.credit || std::exchange(note.frees, true)) continue;
      for (const auto& [id, quantity] : note.lines) {
        if (!b_.lines.contains(id)) continue;
        b_.lines[id].invoiced -= quantity;
        b_.lines[id].credited -= quantity;
      }
    }
  }
  void operator()(const OrderReopened&) {
    // A confirmed order that was canceled gave its uses back already.
    if (b_.uses == "held") b_.uses = "none";
    b_.state = "quotation";
    b_.stands = false;
    b_.revised = b_.revised || !b_.invoices.empty();  // what was billed stays, at its old price
    std::erase_if(b_.lines, [](const auto& one) { return one.second.gone; });
    for (auto& [id, line] : b_.lines) line.canceled = line.excess = 0;
  }
  void operator()(const OrderCanceled&) {
    b_.uses = b_.uses == "used" ? "given_back" : "none";
    b_.state = "canceled";
  }
  void operator()(const OrderRevised& e) { b_.revise(e); }

  // Stock.
  void operator()(const StockHeld& e) {
    b_.hold.clear();
    for (const StockTaken& taken : e.lines) b_.hold[taken.sku.value] += taken.quantity;
  }
  void operator()(const HoldExpired&) { b_.hold.clear(); }
  void operator()(const HoldReleased&) { b_.hold.clear(); }
  void operator()(const StockReserved& e) {
    if (!e.transfer) {
      b_.hold.clear();
      b_.take_terms();  // what is claimed is what was frozen, gifts included
    }
    move_stock(e.lines, e.transfer, 1);
  }
  void operator()(const StockReleased& e) { move_stock(e.lines, e.transfer, -1); }

  // Payments.
  void operator()(const PaymentStarted& e) { b_.attempts[e.attempt].provider = e.provider.value; }
  void operator()(const PaymentSuperseded& e) { b_.attempts[e.attempt].superseded = true; }
  void operator()(const PaymentWasPending& e) { move(e.attempt, "pending", {"created"}); }
  void operator()(const PaymentWasAuthorized& e) {
    move(e.attempt, "authorized", {"created", "pending", "failed", "canceled"});
    b_.attempts[e.attempt].authorized += e.amount_minor;
  }
  void operator()(const PaymentWasCaptured& e) { capture(e.attempt, e.amount_minor); }
  void operator()(const PaymentRecorded& e) {
    b_.attempts[e.attempt].provider = e.provider.value;
    capture(e.attempt, e.amount_minor);
  }
  void operator()(const PaymentWasFailed& e) {
    move(e.attempt, "failed", {"created", "pending", "authorized"});
  }
  void operator()(const PaymentWasCanceled& e) {
    // Authorized, then canceled, is voided.
    move(e.attempt, "voided", {"authorized"});
    move(e.attempt, "canceled", {"created", "pending"});
  }
  void operator()(const PaymentWasVoided& e) { move(e.attempt, "voided", {"authorized"}); }
  void operator()(const PaymentWasChargedBack& e) {
    b_.attempts[e.attempt].charged_back += e.amount_minor;
  }
  void operator()(const RefundRequested& e) {
    BookRefund& refund = b_.refunds[e.refund];
    refund.attempt = e.attempt.value_or(0);
    refund.card = e.gift_card.value_or("");
    refund.amount = e.amount_minor;
    refund.shipping = e.shipping_minor;
    for (const RefundLine& line : e.lines) refund.lines[line.line_id.value] += line.amount_minor;
    if (e.attempt) b_.attempts[*e.attempt].refunding += e.amount_minor;
    if (e.gift_card) b_.card_refunds[*e.gift_card] += e.amount_minor;
  }
  void operator()(const RefundWasSucceeded& e) { settle(e.refund, true); }
  void operator()(const RefundWasFailed& e) { settle(e.refund, false); }

  // Transfers.
  void operator()(const TransferCreated& e) {
    transfer(e.transfer, enum_name(e.step), e.lines);
    b_.transfers[e.transfer].exchange = e.exchange_of.has_value();
    b_.transfers[e.transfer].exchange_of = e.exchange_of.value_or(0);
    if (!e.split_of) return;
    for (auto& part : b_.transfers[*e.split_of].parts) {
      for (const TransferDemand& line : e.lines) {
        const bool same = part.line == line.line.value && part.sku == line.sku.value;
        if (same) part.demanded -= line.demanded;
      }
    }
  }
  void operator()(const BackorderCreated& e) {
    transfer(e.transfer, enum_name(e.step), e.lines);
    b_.transfers[e.transfer].exchange = b_.transfers[e.backorder_of].exchange;
    b_.transfers[e.transfer].exchange_of = b_.transfers[e.backorder_of].exchange_of;
  }
  void operator()(const TransferReady& e) { b_.transfers[e.transfer].state = "ready"; }
  void operator()(const TransferWaiting& e) { b_.transfers[e.transfer].state = "waiting"; }
  void operator()(const TransferDone& e) { done(e); }
  void operator()(const TransferCanceled& e) {
    BookTransfer& moved = b_.transfers[e.transfer];
    moved.state = "canceled";
    for (const auto& part : moved.parts) settle_again(moved, part.line, part.demanded);
    if (moved.exchange) return;
    for (const auto& part : moved.parts) b_.give_up(part.line, part.demanded, 0);
  }
  void operator()(const ExchangeCreated& e) {
    BookTransfer& moved = b_.transfers[e.transfer];
    moved.step = std::string(enum_name(e.step));
    moved.exchange = true;
    moved.exchange_of = e.return_;
    for (const ExchangeLine& line : e.lines) {
      moved.parts.push_back({line.line.value, line.sku.value, line.quantity, line.reserved});
      b_.exchange_tracked[{line.line.value, line.sku.value}] = line.tracked;
      b_.returns[e.return_].parts[line.line.value].exchanged += line.quantity;
    }
  }

  // Invoices.
  void operator()(const InvoiceDrafted& e) {
    BookInvoice& invoice = b_.invoices[e.invoice];
    invoice.total = e.total_minor;
    invoice.deducted = e.deducted_minor;
    invoice.down_payment = e.kind == InvoiceKind::down_payment;
    add_up(invoice, e);
    for (const InvoiceLine& line : e.lines) {
      invoice.lines[line.line_id.value] += line.quantity;
      b_.lines[line.line_id.value].invoiced += line.quantity;
    }
  }
  void operator()(const InvoicePosted& e) {
    b_.invoices[e.invoice].state = "posted";
    out_.numbers.emplace_back(e.series, e.number);
  }
  void operator()(const InvoiceCanceled& e) {
    BookInvoice& invoice = b_.invoices[e.invoice];
    invoice.state = "canceled";
    for (const auto& [id, quantity] : invoice.lines) b_.lines[id].invoiced -= quantity;
  }
  void operator()(const CreditNotePosted& e) {
    BookInvoice& note = b_.invoices[e.invoice];
    note.credit = true;
    note.of = e.of;
    note.state = "posted";
    note.total = e.total_minor;
    add_up(note, e);
    if (b_.invoices[e.of].down_payment) note.of_parts = e.total_minor;
    for (const InvoiceLine& line : e.lines) {
      note.lines[line.line_id.value] += line.quantity;
      if (line.quantity == 0) note.cheaper[line.line_id.value] += line.gross_minor;
      b_.lines[line.line_id.value].credited += line.quantity;
    }
    out_.numbers.emplace_back(e.series, e.number);
  }

  // Returns.
  void operator()(const ReturnRequested& e) {
    for (const ReturnDemand& line : e.lines) {
      b_.returns[e.return_].parts[line.line.value].requested += line.quantity;
    }
  }
  void operator()(const ReturnApproved& e) {
    b_.returns[e.return_].state = "in_transit";
    for (const LineQuantity& line : e.lines) {
      b_.returns[e.return_].parts[line.line.value].approved = line.quantity;
    }
  }
  void operator()(const ReturnRejected& e) { b_.returns[e.return_].state = "rejected"; }
  void operator()(const ReturnCanceled& e) { b_.returns[e.return_].state = "canceled"; }
  void operator()(const ReturnClosed& e) { b_.returns[e.return_].state = "closed"; }
  void operator()(const ReturnReceived& e) {
    BookReturn& back = b_.returns[e.return_];
    back.state = "received";
    for (const ReceivedLine& got : e.lines) {
      back.parts[got.line.value].accepted += got.accepted;
      back.parts[got.line.value].rejected += got.rejected;
      BookLine& line = b_.lines[got.line.value];
      const std::int64_t first = line.returned;
      line.returned += got.accepted;
      if (got.disposition != Disposition::restock) continue;
      line.restocked += got.accepted;
      // The units that were sold come back first.
      const std::int64_t sold = line.shipped - line.replaced;
      for (std::int64_t unit = first; unit < line.returned; ++unit) {
        const auto [sku, counted] = unit < sold
                                        ? std::pair(line.sku, line.tracked)
                                        : line.exchanged.at(static_cast<std::size_t>(unit - sold));
        if (counted) out_.on_hand[sku] += 1;
      }
    }
  }

 private:
  static void add_up(BookInvoice& invoice, const auto& e) {
    invoice.of_parts = e.shipping.gross_minor - invoice.deducted;
    invoice.shipping = e.shipping.gross_minor;
    for (const InvoiceLine& line : e.lines) {
      invoice.of_parts += line.gross_minor;
      invoice.gross[line.line_id.value] += line.gross_minor;
    }
    if (invoice.down_payment) invoice.of_parts = e.total_minor;
    invoice.of_taxes = e.net_minor;
    for (const InvoiceTax& tax : e.taxes) invoice.of_taxes += tax.amount_minor;
  }

  void move_stock(const std::vector<StockTaken>& lines, const std::optional<std::int64_t>& transfer,
                  std::int64_t sign) {
    for (const StockTaken& taken : lines) {
      BookLine& line = b_.lines[taken.line.value];
      if (line.sku == taken.sku.value) {
        line.reserved += sign * taken.quantity;
        line.backordered += sign * taken.backordered;
      } else {
        b_.exchange_reserved[taken.sku.value] += sign * taken.quantity;
        b_.exchange_backordered[taken.sku.value] += sign * taken.backordered;
      }
      if (!transfer) continue;
      for (auto& part : b_.transfers[*transfer].parts) {
        if (part.line != taken.line.value || part.sku != taken.sku.value) continue;
        part.reserved += sign * taken.quantity;
      }
    }
  }

  void move(std::int64_t number, const char* to, const std::vector<std::string_view>& from) {
    BookAttempt& attempt = b_.attempts[number];
    if (std::ranges::find(from, std::string_view(attempt.state)) != from.end()) attempt.state = to;
  }

  void capture(std::int64_t number, std::int64_t amount) {
    BookAttempt& attempt = b_.attempts[number];
    attempt.captured += amount;
    attempt.state = "captured";
  }

  void settle(std::int64_t number, bool done) {
    BookRefund& refund = b_.refunds[number];
    refund.state = done ? "succeeded" : "failed";
    if (!refund.card.empty()) return;
    BookAttempt& attempt = b_.attempts[refund.attempt];
    attempt.refunding -= refund.amount;
    if (done) attempt.refunded += refund.amount;
  }

  void transfer(std::int64_t number, std::string_view step,
                const std::vector<TransferDemand>& lines) {
    BookTransfer& made = b_.transfers[number];
    made.step = std::string(step);
    for (const TransferDemand& line : lines) {
      made.parts.push_back({line.line.value, line.sku.value, line.demanded, line.reserved});
    }
  }

  bool tears_a_set(const TransferDone& e, const BookTransfer& moved) {
    std::map<std::string, bool> moves;
    std::map<std::string, bool> leaves;
    for (const auto& part : moved.parts) {
      std::int64_t quantity = 0;
      for (const TransferDoneLine& one : e.lines) {
        if (one.line.value == part.line && one.sku.value == part.sku) quantity = one.quantity;
      }
      const std::string& set = b_.lines[part.line].set;
      if (set.empty()) continue;
      moves[set] = moves[set] || quantity > 0;
      leaves[set] = leaves[set] || quantity < part.demanded;
    }
    return std::ranges::any_of(moves,
                               [&](const auto& one) { return one.second && leaves[one.first]; });
  }

  /// Replacements that do not go out leave their units to the return again.
  void settle_again(const BookTransfer& moved, const std::string& line, std::int64_t units) {
    if (moved.exchange) b_.returns[moved.exchange_of].parts[line].exchanged -= units;
  }

  void done(const TransferDone& e) {
    BookTransfer& moved = b_.transfers[e.transfer];
    moved.state = "done";
    out_.torn = !moved.exchange && tears_a_set(e, moved);
    for (const TransferDoneLine& one : e.lines) {
      settle_again(moved, one.line.value, one.canceled);
      BookLine& line = b_.lines[one.line.value];
      std::int64_t demanded = 0;
      for (auto& part : moved.parts) {
        if (part.line == one.line.value && part.sku == one.sku.value) demanded += part.demanded;
      }
      const bool ships = moved.step == "ship";
      if (ships) line.shipped += one.quantity;
      if (ships && moved.exchange) line.replaced += one.quantity;
      if (!moved.exchange) {
        // Units that were given up come back first.
        const std::int64_t over = std::max<std::int64_t>(0, one.quantity - demanded);
        const std::int64_t back = std::min(over, line.canceled);
        line.canceled -= back;
        line.excess += over - back;
        line.went_beyond = line.went_beyond || over > back;
        b_.give_up(one.line.value, one.canceled, ships ? 0 : one.quantity);
      }
      if (!ships) continue;
      const bool tracked =
          moved.exchange ? b_.exchange_tracked[{one.line.value, one.sku.value}] : line.tracked;
      const auto units = static_cast<std::size_t>(moved.exchange ? one.quantity : 0);
      line.exchanged.insert(line.exchanged.end(), units, {one.sku.value, tracked});
      if (!tracked) continue;
      out_.on_hand[one.sku.value] -= one.quantity;
      if (line.sku == one.sku.value) {
        line.reserved -= one.reserved;
        line.backordered -= one.backordered;
      } else {
        b_.exchange_reserved[one.sku.value] -= one.reserved;
        b_.exchange_backordered[one.sku.value] -= one.backordered;
      }
    }
  }

  Book& b_;
  std::int64_t at_ms_;
  Outcome& out_;
};

}  // namespace

void Book::note(const Event& event, std::int64_t at_ms, Outcome& outcome) {
  ++events;
  std::visit(Pen(*this, at_ms, outcome), static_cast<const EventVariant&>(event));
}

}  // namespace tandem::workload
