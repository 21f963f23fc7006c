// SPDX-License-Identifier: Apache-2.0
#pragma once
// The shop that is simulated: a little stock that many want, a code with two uses, a code with one
// for each customer, a gift card, a card payment and a bank transfer.

#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "app/secrets.hpp"
#include "disk.hpp"

namespace tandem::simulate {

using Json = nlohmann::json;

inline constexpr std::array<std::string_view, 4> kSkus{"HOT-1", "HOT-2", "TEA-100", "MUG-7"};
inline constexpr std::array<std::int64_t, 4> kPrices{4'900, 12'000, 799, 1'250};
inline constexpr std::array<std::int64_t, 4> kOnHand{2, 3, 40, 12};
inline constexpr std::int64_t kWelcomeUses = 2;
inline constexpr std::int64_t kGiftMinor = 9'000;
inline constexpr std::string_view kGiftCard = "GIFT-1";
inline constexpr std::string_view kStaffKey = "tk_simulated";

/// The rules as they are published.
[[nodiscard]] const std::string& rules_bytes();
/// The offers as a page reads them.
[[nodiscard]] const std::string& offers_json();
[[nodiscard]] const app::SigningKey& signing_key();

/// Puts the shop's database on an empty disk. Made once, copied from then on.
void set_up(Disk& disk);
/// Settings that a seed draws: every policy that changes how orders and money end.
[[nodiscard]] std::string some_settings(Random& random);
/// Publishes settings; the shop must be down.
void settle(const std::string& settings);

/// Makes libsodium's chance follow this seed, for the whole process.
void seed_chance(std::uint64_t seed);

}  // namespace tandem::simulate
