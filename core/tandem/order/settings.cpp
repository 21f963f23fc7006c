// SPDX-License-Identifier: Apache-2.0
#include "tandem/order/settings.hpp"

#include <algorithm>
#include <array>

namespace tandem {

bool is_by_hand(const ProviderId& provider) {
  constexpr std::array<std::string_view, 3> by_hand{"cash_on_delivery", "pay_on_pickup",
                                                    "wire_transfer"};
  return std::ranges::find(by_hand, provider.value) != by_hand.end();
}

std::optional<ProviderAbilities> abilities(const Settings& settings, const ProviderId& provider) {
  if (const auto set = settings.providers.find(provider.value); set != settings.providers.end()) {
    return set->second;
  }
  if (!is_by_hand(provider)) return std::nullopt;
  return ProviderAbilities{.capture = CaptureMode::automatic,
                           .enabled = true,
                           .partial_capture = false,
                           .refund = RefundAbility::none,
                           .void_ = false};
}

}  // namespace tandem
