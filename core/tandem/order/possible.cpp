// SPDX-License-Identifier: Apache-2.0
#include "tandem/order/possible.hpp"

#include <utility>

#include "tandem/base/rejection_fields.hpp"
#include "tandem/invoice/amounts.hpp"
#include "tandem/order/access.hpp"
#include "tandem/order/decide.hpp"

namespace tandem {
namespace {

/// A command to ask decide() about.
struct Probe {
  Command command;
  std::optional<std::string> subject;
  bool needs_input = false;  // what it asks for stands in fields that a person fills
};

/// Makes the probes of one kind of command.
class Prober {
 public:
  Prober(const Order& order, const Context& context) : order_(order), context_(context) {}

  template <class C>
  std::vector<Probe> probes() {
    if constexpr (requires { C{}.attempt + 1; }) {
      return about<C>(order_.attempts, [](C& c, const Attempt& a) { c.attempt = a.number; });
    } else if constexpr (requires { C{}.transfer + 1; }) {
      return about<C>(order_.transfers, [](C& c, const Transfer& t) { c.transfer = t.number; });
    } else if constexpr (requires { C{}.invoice + 1; }) {
      return about<C>(order_.invoices, [this](C& c, const Invoice& i) { name(c, i); });
    } else if constexpr (requires { C{}.return_ + 1; }) {
      return about<C>(order_.returns, [](C& c, const Return& r) { name(c, r); });
    } else {
      return one(C{});
    }
  }

 private:
  template <class C, class Record, class Name>
  static std::vector<Probe> about(const std::vector<Record>& records, const Name& name) {
    std::vector<Probe> probes;
    for (const Record& record : records) {
      C command{};
      name(command, record);
      probes.push_back({.command = std::move(command), .subject = std::to_string(record.number)});
    }
    if (probes.empty()) probes.push_back({.command = C{}, .subject = {}});
    return probes;
  }

  static void name(auto& command, const Return& back) { command.return_ = back.number; }
  static void name(ReceiveReturn& command, const Return& back) {
    command.return_ = back.number;
    for (const ReturnLine& line : back.lines) {
      if (line.awaited() > 0)
        command.lines.push_back({.accepted = line.awaited(), .line = line.line});
    }
  }
  void name(auto& command, const Invoice& invoice) const { command.invoice = invoice.number; }
  void name(CreateCreditNote& command, const Invoice& invoice) const {
    command.invoice = invoice.number;
    std::vector<LineQuantity> lines;
    for (const InvoiceLine& line : invoice.billed.lines) {
      const std::int64_t left = creditable(order_, invoice, line.line_id);
      if (left > 0) lines.push_back({.line = line.line_id, .quantity = left});
    }
    if (!lines.empty()) command.lines = std::move(lines);
  }

  /// Commands without a record to be about: as they stand, or with input that a person gives.
  static std::vector<Probe> one(auto command) {
    return {{.command = std::move(command), .subject = {}, .needs_input = true}};
  }
  static std::vector<Probe> as_it_stands(auto command) {
    return {{.command = std::move(command), .subject = {}}};
  }
  static std::vector<Probe> one(RenewHold command) { return as_it_stands(command); }
  static std::vector<Probe> one(Unsubscribe command) { return as_it_stands(command); }
  static std::vector<Probe> one(CancelOrder command) { return as_it_stands(std::move(command)); }
  static std::vector<Probe> one(SendQuotation command) { return as_it_stands(command); }
  static std::vector<Probe> one(ConfirmOrder command) { return as_it_stands(command); }
  static std::vector<Probe> one(ReopenOrder command) { return as_it_stands(command); }
  static std::vector<Probe> one(LockOrder command) { return as_it_stands(command); }
  static std::vector<Probe> one(UnlockOrder command) { return as_it_stands(command); }
  static std::vector<Probe> one(StartPayment command) { return as_it_stands(std::move(command)); }
  static std::vector<Probe> one(RefundPayment command) { return as_it_stands(std::move(command)); }
  static std::vector<Probe> one(CreateInvoice command) { return as_it_stands(std::move(command)); }
  std::vector<Probe> one(PlaceOrder command) const {
    const auto quote = current_quote(order_, context_);
    if (quote) command.expected_digest = parsed(quote->quote_digest);
    return as_it_stands(command);
  }
  std::vector<Probe> one(const RequestReturn&) const {
    std::vector<Probe> probes;
    for (const Line& line : order_.lines) {
      RequestReturn command;
      command.lines.push_back({.line = line.id, .quantity = 1, .reason = {}});
      probes.push_back({.command = std::move(command), .subject = line.id.value});
    }
    if (probes.empty()) probes.push_back({.command = RequestReturn{}, .subject = {}});
    return probes;
  }

  static Digest parsed(std::string_view text) {
    Digest digest{};
    TextForm<Digest>::parse(text, digest);
    return digest;
  }

  const Order& order_;
  const Context& context_;
};

Possibility ask(const Order& order, const Context& context, Probe probe, std::string_view command) {
  const auto events = decide(order, probe.command, context);
  Possibility possibility{
      .command = std::string(command), .refused = {}, .subject = std::move(probe.subject)};
  if (events) return possibility;
  const Reason reason = events.error().reason;
  if (!probe.needs_input || refuses_any_input(reason)) possibility.refused = reason;
  return possibility;
}

template <std::size_t... Index>
std::vector<Possibility> ask_all(const Order& order, const Context& context,
                                 std::index_sequence<Index...>) {
  std::vector<Possibility> all;
  Prober prober(order, context);
  const auto ask_one = [&]<class C>(std::size_t index) {
    if (!check_access(index, context.actor)) return;
    for (Probe& probe : prober.template probes<C>()) {
      all.push_back(ask(order, context, std::move(probe), command_table()[index].command));
    }
  };
  (ask_one.template operator()<std::variant_alternative_t<Index, CommandVariant>>(Index), ...);
  return all;
}

}  // namespace

bool refuses_any_input(Reason reason) {
  // The groups of input, who and state come before subjects; which other order is meant is input.
  return reason < Reason::line_unknown && reason != Reason::order_unknown;
}

std::vector<Possibility> possible(const Order& order, const Context& context) {
  return ask_all(order, context, std::make_index_sequence<std::variant_size_v<CommandVariant>>{});
}

}  // namespace tandem
