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
  const auto set = settings.providers.find(provider.value);
  const bool is_set = set != settings.providers.end();
  if (!is_by_hand(provider)) return is_set ? std::optional(set->second) : std::nullopt;
  // Whatever is set: nobody there could be asked to capture, void or pay back, or has a wallet.
  return ProviderAbilities{.capture = CaptureMode::automatic,
                           .enabled = !is_set || set->second.enabled,
                           .express = false,
                           .partial_capture = false,
                           .refund = RefundAbility::none,
                           .void_ = false};
}

}  // namespace tandem
