// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a command's events do outside their order, as the store takes it: guarded movements on the
// ledgers and rows of the outbox. What is to be done is the core's to say (effects_of).

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/facts.hpp"
#include "tandem/order/effects.hpp"

namespace tandem::app {

/// Work that the commit asks for and that somebody here carries out.
struct Task {
  std::string kind;
  std::int64_t order_no = 0;
  std::int64_t subject = 0;  // the attempt or refund
  std::optional<Command> command;  // to the order, by the shop itself
  std::string link;  // of a mail to sign in with: the name of the link
  std::string dedupe_key;
  std::int64_t attempts = 0;  // made so far
};

// The kinds that are carried out here, beside all mails. The last four are the server's own: how a
// payment or a refund stands that nobody has told of for long, what was chosen on the demo
// provider's page, and the mail with a link to sign in with.
inline constexpr std::string_view kProviderStart = enum_name(OutboxKind::provider_start);
inline constexpr std::string_view kProviderCapture = enum_name(OutboxKind::provider_capture);
inline constexpr std::string_view kProviderVoid = enum_name(OutboxKind::provider_void);
inline constexpr std::string_view kProviderRefund = enum_name(OutboxKind::provider_refund);
inline constexpr std::string_view kCommand = enum_name(OutboxKind::command);
inline constexpr std::string_view kProviderAsk = "provider_ask";
inline constexpr std::string_view kProviderAskRefund = "provider_ask_refund";
inline constexpr std::string_view kDemoCapture = "demo_capture";
inline constexpr std::string_view kMailSignIn = "mail_sign_in";

/// A time that never comes. Kinds that nobody carries out yet wait until then, so that they are
/// neither lost nor looked at again and again.
inline constexpr std::int64_t kNever = (std::int64_t{1} << 53) - 1;

/// How long this process has to carry out a task before any process takes it from the outbox.
inline constexpr std::int64_t kTaskLeaseMs = 10'000;

/// One command's way to an order as it is after it, and what it does outside.
struct Step {
  std::int64_t order_no = 0;
  const commit::StockOfOrder& stock_before;
  const Order& after;
  std::span<const Recorded> events;
  const Effects& effects;
  const Shop& shop;
  const Facts& facts;
  const Who& who;
  bool sends_mail = false;
};

/// What a step came to outside its order.
struct Carried {
  std::vector<Task> tasks;  // to carry out once it is durable
  bool moved = false;  // whether any ledger changed
  std::vector<std::string> places;  // where stock moved
};

/// Moves the ledgers and fills the outbox.
[[nodiscard]] Carried carry_over(const Step& step, commit::Scope& scope);

[[nodiscard]] bool is_mail(std::string_view kind);
[[nodiscard]] bool is_carried_out(std::string_view kind);

/// The row of a mail with a link, whose name alone tells nobody the link.
[[nodiscard]] store::OutboxRow sign_in_mail(const std::string& link, std::int64_t due_ms);

/// The payload of an outbox row, and back.
[[nodiscard]] std::string payload_of(std::int64_t subject);
[[nodiscard]] std::optional<Task> task_of(const store::OutboxRow& row);

}  // namespace tandem::app
