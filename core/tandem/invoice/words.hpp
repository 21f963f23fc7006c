// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an invoice bills, in the words that events and views share.
//
//   InvoiceLine{.gross_minor = 2380, .line_id = {"MUG"}, .net_minor = 2000, .quantity = 1}

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/base/enum.hpp"
#include "tandem/fields/fields.hpp"

namespace tandem {

TANDEM_ENUM(InvoiceKind, invoice, down_payment, credit_note)

struct InvoiceTax {
  std::int64_t amount_minor = 0;
  std::int64_t base_minor = 0;
  TaxId tax;
};
template <>
struct Fields<InvoiceTax> {
  static constexpr std::array list{required<&InvoiceTax::amount_minor>("amount_minor"),
                                   required<&InvoiceTax::base_minor>("base_minor"),
                                   required<&InvoiceTax::tax>("tax")};
};

struct InvoiceLine {
  std::int64_t gross_minor = 0;
  LineId line_id;
  std::int64_t net_minor = 0;
  std::int64_t quantity = 0;
  std::int64_t tax_minor = 0;
  std::vector<InvoiceTax> taxes;
};
template <>
struct Fields<InvoiceLine> {
  static constexpr std::array list{required<&InvoiceLine::gross_minor>("gross_minor"),
                                   required<&InvoiceLine::line_id>("line_id"),
                                   required<&InvoiceLine::net_minor>("net_minor"),
                                   required<&InvoiceLine::quantity>("quantity"),
                                   required<&InvoiceLine::tax_minor>("tax_minor"),
                                   required<&InvoiceLine::taxes>("taxes")};
};

/// The shipping, and what belongs to no line: fees.
struct InvoiceShipping {
  std::int64_t gross_minor = 0;
  std::int64_t net_minor = 0;
  std::int64_t tax_minor = 0;
  std::vector<InvoiceTax> taxes;
};
template <>
struct Fields<InvoiceShipping> {
  static constexpr std::array list{required<&InvoiceShipping::gross_minor>("gross_minor"),
                                   required<&InvoiceShipping::net_minor>("net_minor"),
                                   required<&InvoiceShipping::tax_minor>("tax_minor"),
                                   required<&InvoiceShipping::taxes>("taxes")};
};

}  // namespace tandem
