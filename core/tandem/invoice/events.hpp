// SPDX-License-Identifier: Apache-2.0
#pragma once
// Events of invoices and credit notes. An invoice takes a number of its series when it is posted,
// so that the series has no gaps.
//
//   InvoicePosted{.invoice = 1, .number = 17, .series = "INV"}

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/invoice/words.hpp"
#include "tandem/order/words.hpp"

namespace tandem {

struct InvoiceDrafted {
  std::int64_t deducted_minor = 0;  // down payments that were invoiced before
  std::int64_t invoice = 0;
  InvoiceKind kind{};
  std::vector<InvoiceLine> lines;
  std::int64_t net_minor = 0;
  InvoiceShipping shipping;
  std::int64_t tax_minor = 0;
  std::vector<InvoiceTax> taxes;
  std::int64_t total_minor = 0;
};
template <>
struct Fields<InvoiceDrafted> {
  static constexpr std::array list{required<&InvoiceDrafted::deducted_minor>("deducted_minor"),
                                   required<&InvoiceDrafted::invoice>("invoice"),
                                   required<&InvoiceDrafted::kind>("kind"),
                                   required<&InvoiceDrafted::lines>("lines"),
                                   required<&InvoiceDrafted::net_minor>("net_minor"),
                                   required<&InvoiceDrafted::shipping>("shipping"),
                                   required<&InvoiceDrafted::tax_minor>("tax_minor"),
                                   required<&InvoiceDrafted::taxes>("taxes"),
                                   required<&InvoiceDrafted::total_minor>("total_minor")};
};

struct InvoicePosted {
  std::int64_t invoice = 0;
  std::int64_t number = 0;
  std::string series;
};
template <>
struct Fields<InvoicePosted> {
  static constexpr std::array list{required<&InvoicePosted::invoice>("invoice"),
                                   required<&InvoicePosted::number>("number"),
                                   required<&InvoicePosted::series>("series")};
};

struct InvoiceCanceled {
  std::int64_t invoice = 0;
};
template <>
struct Fields<InvoiceCanceled> {
  static constexpr std::array list{required<&InvoiceCanceled::invoice>("invoice")};
};

struct CreditNotePosted {
  std::int64_t invoice = 0;
  std::int64_t number = 0;
  std::int64_t of = 0;  // the invoice it refers to
  std::string series;
  std::vector<InvoiceLine> lines;
  std::int64_t net_minor = 0;
  InvoiceShipping shipping;
  std::int64_t tax_minor = 0;
  std::vector<InvoiceTax> taxes;
  std::int64_t total_minor = 0;
};
template <>
struct Fields<CreditNotePosted> {
  static constexpr std::array list{required<&CreditNotePosted::invoice>("invoice"),
                                   required<&CreditNotePosted::lines>("lines"),
                                   required<&CreditNotePosted::net_minor>("net_minor"),
                                   required<&CreditNotePosted::number>("number"),
                                   required<&CreditNotePosted::of>("of"),
                                   required<&CreditNotePosted::series>("series"),
                                   required<&CreditNotePosted::shipping>("shipping"),
                                   required<&CreditNotePosted::tax_minor>("tax_minor"),
                                   required<&CreditNotePosted::taxes>("taxes"),
                                   required<&CreditNotePosted::total_minor>("total_minor")};
};

}  // namespace tandem
