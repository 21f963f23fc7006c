// SPDX-License-Identifier: Apache-2.0
#pragma once
// What products, codes and settings name in the rules, or the rules in the settings, as it stands
// in the store. A product that names something the rules do not have could not be sold any more:
// such rules are refused. A code or a payment method would only stop working, which may be what the
// shop wants: it is told.
//
//   check_offers(rules, reads)   // reference_unknown at offers/TEA-100/offer/tax_class

#include <functional>
#include <vector>

#include "store/reads.hpp"
#include "tandem/base/result.hpp"
#include "tandem/catalog/rules.hpp"
#include "tandem/order/settings.hpp"

namespace tandem::app {

/// Whether every stored offer's tax class is one of the rules'; those that `replaced` holds for are
/// not looked at. Refuses: reference_unknown, which names the offer.
[[nodiscard]] Result<void> check_offers(
    const Rules& rules, store::Reads& reads,
    const std::function<bool(const store::Offer&)>& replaced = {});

/// What stops working under these rules and settings, at most twenty: reference_unknown
/// (/promotions/ID: codes belong to a promotion by code that is not there), provider_disabled
/// (/payment_methods/ID/provider: switched on, but not its provider).
[[nodiscard]] Result<std::vector<Rejection>> warnings_of(const Rules& rules,
                                                         const Settings& settings,
                                                         store::Reads& reads);

/// The settings in force; the defaults before the first publication.
[[nodiscard]] Result<Settings> settings_now(store::Reads& reads);

}  // namespace tandem::app
