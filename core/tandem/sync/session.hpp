// SPDX-License-Identifier: Apache-2.0
#pragma once
// One customer's side of one order: the confirmed events plus the commands that the server has not
// answered yet. What is shown is always the one folded onto the other by the same decide() and
// evolve() that the server runs; nothing is fetched over it.
//
//   Session cart({"5f…"});
//   cart.set_rules(published, rules_id);
//   cart.apply(R"({"quantity":2,"sku":"TEA-100","type":"add_line"})", {"9f…"}, now_ms);
//   cart.receive(answer);  // drops what the server answered, decides the rest again

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tandem/base/enum.hpp"
#include "tandem/order/decide.hpp"
#include "tandem/sync/commands.hpp"
#include "tandem/sync/history.hpp"
#include "tandem/sync/state.hpp"

namespace tandem::sync {

/// Who refused a command after it had been accepted here.
TANDEM_ENUM(RefusedBy, server, rebase)

/// A command that the server has not answered yet.
using PendingCommand = Sent<LocalCommand>;

/// A pending command that came to nothing.
struct Notice {
  RefusedBy by{};
  PendingCommand sent;
  Rejection rejection;
};

/// What receiving led to.
struct Received {
  bool gap = false;  // events are missing: ask for those after the known version
  std::vector<Notice> notices;
};

class Session {
 public:
  explicit Session(OrderId order);

  [[nodiscard]] const OrderId& order_id() const { return order_id_; }
  [[nodiscard]] const Order& shown() const { return shown_; }
  [[nodiscard]] const History& history() const { return history_; }
  [[nodiscard]] const std::vector<PendingCommand>& pending() const { return pending_; }
  [[nodiscard]] bool has_rules() const { return rules_.has_value(); }

  /// Takes the published rules; without them nothing can be decided or shown. Answers the pending
  /// commands that they refuse. Refuses as wire::decode and compile do.
  Result<std::vector<Notice>> set_rules(std::string_view document, const Digest& rules_id);
  /// Takes a JSON list of offers, each in place of the one with its sku.
  Result<std::vector<Notice>> put_offers(std::string_view offers);
  /// Takes facts: availability and coupons are added to those known, all else replaces them.
  Result<std::vector<Notice>> set_facts(std::string_view facts);
  /// The server's time, as far as it is known here; it never goes back.
  void set_time(std::int64_t now_ms);

  /// Decides a command on what is shown, and keeps it as pending. A code of which nothing is known
  /// is kept too, without effect until the server answers. Refuses as decode_local does
  /// (place_order too is only the server's), command_id_reused, and as decide.
  Result<void> apply(std::string_view command, CommandId command_id, std::int64_t now_ms);

  /// Takes what the server answered to commands, or its feed of events; in any order and any number
  /// of times. Refuses, changing nothing: as wire::parse; core_outdated when this core does not
  /// understand it (subject: the place); chain_broken.
  Result<Received> receive(std::string_view answer);

  /// What a page shows. Needs rules.
  [[nodiscard]] State state() const;
  [[nodiscard]] Result<Quote> quote() const;

  /// Everything that must outlive the page: confirmed events, pending commands, the facts and
  /// offers that they need. import_kept() takes it into a new session of the same order, refusing
  /// as receive() does; type_mismatch when it is another order's.
  [[nodiscard]] std::string export_kept() const;
  Result<Received> import_kept(std::string_view kept);

 private:
  enum class Outcome : std::uint8_t { applied, undetermined };

  [[nodiscard]] Context context() const;
  /// What place_order would answer now. `shown` is the digest of what is shown; empty while that
  /// cannot be priced.
  [[nodiscard]] Result<void> check_place(const Context& facts, const std::string& shown) const;
  Result<Outcome> advance(const LocalCommand& command);
  [[nodiscard]] bool is_undetermined(const LocalCommand& command, const Rejection& refusal) const;
  std::vector<Notice> rebase();
  Result<Received> receive(const wire::Value& value);
  void take_facts(QuoteFacts facts);
  void put_offer(Offer offer);
  void settle_facts();
  [[nodiscard]] std::vector<std::string> undetermined_codes() const;
  [[nodiscard]] std::vector<ShippingOption> shipping_options(const Appraisal& appraisal,
                                                             const QuoteRequest& request) const;
  [[nodiscard]] std::vector<PaymentOption> payment_options(const Appraisal& appraisal) const;

  OrderId order_id_;
  std::optional<CompiledRules> rules_;
  Digest rules_id_{};
  Settings settings_;
  std::vector<Offer> offers_;  // ascending by sku
  QuoteFacts told_;  // as received
  QuoteFacts facts_;  // as used: with the codes of the rules, without promotions they lack
  std::int64_t facts_ms_ = 0;  // server time of the facts and offers from its answers
  std::int64_t now_ms_ = 0;
  std::optional<std::int64_t> order_no_;
  History history_;
  std::vector<PendingCommand> pending_;
  Order shown_;
  mutable Appraiser appraiser_;  // forgets whenever rules, offers or facts change
};

}  // namespace tandem::sync

namespace tandem {

template <>
struct Fields<sync::Notice> {
  static constexpr std::array list{required<&sync::Notice::by>("by"),
                                   required<&sync::Notice::rejection>("rejection"),
                                   required<&sync::Notice::sent>("sent")};
};

}  // namespace tandem
