// SPDX-License-Identifier: Apache-2.0
#include "tandem/sync/schema.hpp"

#include <array>

#include "tandem/order/settings.hpp"
#include "tandem/pricing/pricing.hpp"
#include "tandem/pricing/quote_fields.hpp"
#include "tandem/sync/messages.hpp"
#include "tandem/sync/session.hpp"
#include "tandem/sync/state.hpp"

namespace tandem::sync {
namespace {

constexpr std::array<SchemaRoot, 10> kRoots{{
    {"actor", &type_of<Actor>},
    {"answer", &type_of<Answer>},
    {"batch", &type_of<Batch>},
    {"notice", &type_of<Notice>},
    {"offer", &type_of<Offer>},
    {"quote", &type_of<Quote>},
    {"quote_input", &type_of<QuoteInput>},
    {"rules", &type_of<Rules>},
    {"settings", &type_of<Settings>},
    {"state", &type_of<State>},
}};

}  // namespace

std::span<const SchemaRoot> message_roots() { return kRoots; }

}  // namespace tandem::sync
