// SPDX-License-Identifier: Apache-2.0
#pragma once
// Answers about orders as JSON text, keys ascending, put together from canonical bytes.

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/order_job.hpp"
#include "payment/provider.hpp"

namespace tandem::app {

/// Who reads an answer: some parts are for the shop's staff alone.
enum class Audience : std::uint8_t { customer, staff };

/// What an answer says beside the order itself.
struct AnswerTexts {
  std::string_view core_version;
  std::string payment;  // JSON, as payment_json() makes it
  Audience audience = Audience::customer;
};

/// Where the customer pays the attempt that waits for that, as JSON, else "null".
[[nodiscard]] std::string payment_json(const Order& order, std::int64_t order_no,
                                       const payment::Providers& providers);

/// A refusal as a value inside an answer; its keys are always present.
[[nodiscard]] std::string rejected_json(const Rejection& rejection);

/// Appends `"events":[…]`: records with the parts that the reader may see.
void append_events(std::string& out, std::span<const store::Event> events,
                   std::span<const store::Part> parts, Audience audience);

/// The answer to commands. `second` is the commit that followed, when it was waited for.
[[nodiscard]] std::string commands_json(const OrderAnswer& answer, const OrderAnswer* second,
                                        const AnswerTexts& texts);

}  // namespace tandem::app
