// SPDX-License-Identifier: Apache-2.0
#pragma once
// The totals of a quote. In the default convention total = net + tax, and payable = total − prepaid
// + rounding, exactly.
//
//   quote.totals.discount_net_minor   // by how much all discounts of the lines lower their net

#include <array>
#include <cstdint>

#include "tandem/base/box.hpp"
#include "tandem/fields/fields.hpp"
#include "tandem/money/exact.hpp"

namespace tandem {

/// The figure behind a rounded amount; empty unless nothing is rounded.
using ExactFigure = Box<Exact>;

struct QuoteTotals {
  ExactFigure discount_exact;
  std::int64_t discount_minor = 0;  // of the lines, in the terms of the prices
  ExactFigure discount_net_exact;
  std::int64_t discount_net_minor = 0;  // by how much it lowers the net
  ExactFigure discount_tax_exact;
  std::int64_t discount_tax_minor = 0;  // and the tax
  ExactFigure fees_exact;
  std::int64_t fees_minor = 0;  // net
  ExactFigure items_exact;
  std::int64_t items_minor = 0;
  ExactFigure items_net_exact;
  std::int64_t items_net_minor = 0;
  ExactFigure items_tax_exact;
  std::int64_t items_tax_minor = 0;
  ExactFigure net_exact;
  std::int64_t net_minor = 0;
  std::int64_t payable_minor = 0;
  std::int64_t prepaid_minor = 0;
  std::int64_t rounding_minor = 0;
  ExactFigure shipping_net_exact;
  std::int64_t shipping_net_minor = 0;
  ExactFigure shipping_tax_exact;
  std::int64_t shipping_tax_minor = 0;
  ExactFigure tax_exact;
  std::int64_t tax_minor = 0;
  ExactFigure total_exact;
  std::int64_t total_minor = 0;
  ExactFigure undiscounted_net_exact;
  std::int64_t undiscounted_net_minor = 0;

  friend bool operator==(const QuoteTotals&, const QuoteTotals&) = default;
};

template <>
struct Fields<QuoteTotals> {
  using T = QuoteTotals;
  static constexpr std::array list{
      sparse<&T::discount_exact>("discount_exact"),
      required<&T::discount_minor>("discount_minor"),
      sparse<&T::discount_net_exact>("discount_net_exact"),
      required<&T::discount_net_minor>("discount_net_minor"),
      sparse<&T::discount_tax_exact>("discount_tax_exact"),
      required<&T::discount_tax_minor>("discount_tax_minor"),
      sparse<&T::fees_exact>("fees_exact"),
      required<&T::fees_minor>("fees_minor"),
      sparse<&T::items_exact>("items_exact"),
      required<&T::items_minor>("items_minor"),
      sparse<&T::items_net_exact>("items_net_exact"),
      required<&T::items_net_minor>("items_net_minor"),
      sparse<&T::items_tax_exact>("items_tax_exact"),
      required<&T::items_tax_minor>("items_tax_minor"),
      sparse<&T::net_exact>("net_exact"),
      required<&T::net_minor>("net_minor"),
      required<&T::payable_minor>("payable_minor"),
      required<&T::prepaid_minor>("prepaid_minor"),
      required<&T::rounding_minor>("rounding_minor"),
      sparse<&T::shipping_net_exact>("shipping_net_exact"),
      required<&T::shipping_net_minor>("shipping_net_minor"),
      sparse<&T::shipping_tax_exact>("shipping_tax_exact"),
      required<&T::shipping_tax_minor>("shipping_tax_minor"),
      sparse<&T::tax_exact>("tax_exact"),
      required<&T::tax_minor>("tax_minor"),
      sparse<&T::total_exact>("total_exact"),
      required<&T::total_minor>("total_minor"),
      sparse<&T::undiscounted_net_exact>("undiscounted_net_exact"),
      required<&T::undiscounted_net_minor>("undiscounted_net_minor"),
  };
};
template <>
inline constexpr std::string_view kTypeName<QuoteTotals> = "quote_totals";

}  // namespace tandem
