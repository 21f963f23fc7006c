// SPDX-License-Identifier: Apache-2.0
#pragma once
// Shops for the workload: each with its own mix of rules and settings, and what changes in them
// while orders live.
//
//   wire::Value shop = *wire::parse(shop_document(random));

#include <array>
#include <string>
#include <string_view>

#include "core/workload/random.hpp"
#include "tandem/replay/shop.hpp"

namespace tandem::workload {

/// Products of every kind, and how the shop keeps them.
struct Product {
  std::string_view sku;
  std::string_view terms;  // members of the offer beside sku and price
  std::int64_t price = 0;
  std::int64_t on_hand = -1;  // −1: not counted
};
inline constexpr std::array<Product, 11> kProducts{{
    {"BULB", R"("stock_policy":"deny","weight_g":120)", 799, 40},
    {"DESK", R"("stock_policy":"backorder")", 24900, 2},
    {"EBOOK", R"("kind":"digital")", 900, -1},
    {"FIT", R"("kind":"service","invoice_policy":"delivered")", 3500, -1},
    {"LAMP", R"("stock_policy":"backorder","backorder_limit":3)", 9000, 4},
    {"MUG", R"("stock_policy":"deny","invoice_policy":"delivered")", 1500, 9},
    {"SAND", R"("stock_policy":"untracked")", 333, -1},
    {"SOAP", R"("stock_policy":"deny","returnable":false)", 450, 12},
    {"TEA", R"("stock_policy":"deny")", 2000, 25},
    {"TOY", R"("stock_policy":"deny","tax_class":"reduced")", 700, 6},
    {"WARE", R"("stock_policy":"backorder","backorder_limit":8,"invoice_policy":"delivered")", 1999,
     5},
}};

inline constexpr std::array<std::string_view, 4> kCoupons{"HELLO", "TEN", "BIG", "LATE"};
inline constexpr std::array<std::string_view, 4> kGiftCards{"G1", "G2", "G3", "G4"};
inline constexpr std::array<std::string_view, 3> kShipping{"parcel", "pickup", "express"};
inline constexpr std::array<std::string_view, 5> kPayments{"card", "visa", "wire", "counter",
                                                           "courier"};
inline constexpr std::array<std::string_view, 4> kCustomers{"c1", "c2", "c3", "c4"};

inline constexpr std::int64_t kHourMs = 3'600'000;
inline constexpr std::int64_t kDayMs = 24 * kHourMs;
inline constexpr std::int64_t kBeginMs = 1'767'225'600'000;

/// The input of a script without its entries.
[[nodiscard]] std::string shop_document(Random& random);

/// Facts that change in such a shop: the value of `set`.
[[nodiscard]] std::string shop_change(Random& random, const replay::Shop& shop);

}  // namespace tandem::workload
