// SPDX-License-Identifier: Apache-2.0
#pragma once
// Answers about orders: the messages of the core, written by its writer, with records and offers as
// the bytes that are stored.
//
//   commands_json(job.answer(), nullptr, {.core_version = version})
//   // {"core_version":"…","events":[{"parts":[…],"record":{…}}],…,"version":5}

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/order_job.hpp"
#include "payment/provider.hpp"
#include "tandem/sync/messages.hpp"

namespace tandem::app {

/// Who reads an answer: some parts are for the shop's staff alone.
enum class Audience : std::uint8_t { customer, staff };

using Disclosed = sync::DisclosedOf<Verbatim<Record>>;

/// Adds events with those of their parts that the reader may see.
void disclose(std::vector<Disclosed>& to, std::span<const store::Event> events,
              std::span<const store::Part> parts, Audience audience);

/// What an answer says beside the order itself.
struct AnswerFrame {
  std::string core_version;
  std::optional<sync::PaymentStep> payment;  // as payment_step() finds it
  Audience audience = Audience::customer;
};

/// Where the customer pays the attempt that waits for that; nothing when none does.
[[nodiscard]] std::optional<sync::PaymentStep> payment_step(const Order& order,
                                                            std::int64_t order_no,
                                                            const payment::Providers& providers);

/// The answer to commands. `second` is the commit that followed, when it was waited for.
[[nodiscard]] std::string commands_json(const OrderAnswer& answer, const OrderAnswer* second,
                                        AnswerFrame frame);

}  // namespace tandem::app
