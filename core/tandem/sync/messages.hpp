// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a client and a server tell each other about one order. An answer carries the events since
// the version that the client named, and the facts it needs to compute the cart by itself.
//
//   {"base_version":3,"commands":[{"command":{"type":"remove_line",…},"command_id":"9f…"}],…}
//   {"events":[…],"facts":{…},"results":[{"accepted":true,"command_id":"9f…"}],"version":5,…}

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/base/rejection_fields.hpp"
#include "tandem/catalog/offer.hpp"
#include "tandem/order/command.hpp"
#include "tandem/order/record.hpp"
#include "tandem/pricing/facts.hpp"

namespace tandem::sync {

/// A command with the id under which it is sent, again and again if need be, and counted once.
template <class AnyCommand>
struct Sent {
  AnyCommand command;
  CommandId command_id;
};
using SentCommand = Sent<Command>;

/// What a client sends: the commands that it knows no answer to, in their order.
struct Batch {
  std::int64_t base_version = 0;
  std::vector<SentCommand> commands;
  std::string core_version;
};

/// What the server decided about one command; `rejected` when it did not accept it.
struct CommandResult {
  bool accepted = false;
  CommandId command_id;
  std::optional<Rejection> rejected;
};

/// A record with the parts of it that its reader may see.
template <class RecordHeld>
struct DisclosedOf {
  std::vector<StoredPart> parts;
  RecordHeld record;
};

/// A payment attempt that waits for the customer.
struct PaymentStep {
  std::int64_t attempt = 0;
  std::optional<std::string> redirect_url;
};

/// What a server answers. A client reads records and offers; a server sends the bytes that it has
/// stored and need not read them.
template <class RecordHeld, class OfferHeld>
struct AnswerOf {
  std::string core_version;
  std::vector<DisclosedOf<RecordHeld>> events;
  QuoteFacts facts;
  std::vector<OfferHeld> offers;  // of every line of the order
  std::optional<std::int64_t> order_no;
  std::optional<PaymentStep> payment;
  std::vector<CommandResult> results;
  Digest rules_id{};
  std::int64_t server_time_ms = 0;
  Digest stream_digest{};
  std::int64_t version = 0;
};

using Disclosed = DisclosedOf<Record>;
using Answer = AnswerOf<Record, Offer>;
using StoredAnswer = AnswerOf<Verbatim<Record>, Verbatim<Offer>>;

}  // namespace tandem::sync

namespace tandem {

template <class AnyCommand>
struct Fields<sync::Sent<AnyCommand>> {
  using S = sync::Sent<AnyCommand>;
  static constexpr std::array list{required<&S::command>("command"),
                                   required<&S::command_id>("command_id")};
};
template <>
struct Fields<sync::Batch> {
  static constexpr std::array list{required<&sync::Batch::base_version>("base_version"),
                                   required<&sync::Batch::commands>("commands"),
                                   required<&sync::Batch::core_version>("core_version")};
};
template <>
inline constexpr std::string_view kTypeName<sync::Batch> = "batch";
template <>
struct Fields<sync::CommandResult> {
  static constexpr std::array list{required<&sync::CommandResult::accepted>("accepted"),
                                   required<&sync::CommandResult::command_id>("command_id"),
                                   sparse<&sync::CommandResult::rejected>("rejected")};
};
template <class Held>
struct Fields<sync::DisclosedOf<Held>> {
  using D = sync::DisclosedOf<Held>;
  static constexpr std::array list{required<&D::parts>("parts"), required<&D::record>("record")};
};
template <>
struct Fields<sync::PaymentStep> {
  static constexpr std::array list{required<&sync::PaymentStep::attempt>("attempt"),
                                   optional<&sync::PaymentStep::redirect_url>("redirect_url")};
};
template <class RecordHeld, class OfferHeld>
struct Fields<sync::AnswerOf<RecordHeld, OfferHeld>> {
  using A = sync::AnswerOf<RecordHeld, OfferHeld>;
  static constexpr std::array list{required<&A::core_version>("core_version"),
                                   required<&A::events>("events"),
                                   required<&A::facts>("facts"),
                                   required<&A::offers>("offers"),
                                   optional<&A::order_no>("order_no"),
                                   optional<&A::payment>("payment"),
                                   required<&A::results>("results"),
                                   required<&A::rules_id>("rules_id"),
                                   required<&A::server_time_ms>("server_time_ms"),
                                   required<&A::stream_digest>("stream_digest"),
                                   required<&A::version>("version")};
};
template <>
inline constexpr std::string_view kTypeName<sync::Answer> = "answer";

}  // namespace tandem
