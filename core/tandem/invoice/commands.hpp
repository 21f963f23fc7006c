// SPDX-License-Identifier: Apache-2.0
#pragma once
// Commands on invoices and credit notes.
//
//   CreateInvoice{.draft = true}

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/base/ids.hpp"
#include "tandem/fields/fields.hpp"
#include "tandem/order/words.hpp"

namespace tandem {

struct CreateInvoice {
  bool draft = false;
  std::optional<std::vector<LineQuantity>> lines;  // all that is to be invoiced when not named
};
template <>
struct Fields<CreateInvoice> {
  static constexpr std::array list{optional<&CreateInvoice::draft>("draft"),
                                   optional<&CreateInvoice::lines>("lines")};
};

struct PostInvoice {
  std::int64_t invoice = 0;
};
template <>
struct Fields<PostInvoice> {
  static constexpr std::array list{required<&PostInvoice::invoice>("invoice")};
};

struct CancelInvoice {
  std::int64_t invoice = 0;
};
template <>
struct Fields<CancelInvoice> {
  static constexpr std::array list{required<&CancelInvoice::invoice>("invoice")};
};

struct CreateCreditNote {
  std::int64_t invoice = 0;
  std::optional<std::vector<LineQuantity>> lines;  // what is to be credited when not named
};
template <>
struct Fields<CreateCreditNote> {
  static constexpr std::array list{required<&CreateCreditNote::invoice>("invoice"),
                                   optional<&CreateCreditNote::lines>("lines")};
};

}  // namespace tandem
