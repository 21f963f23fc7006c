// SPDX-License-Identifier: Apache-2.0
#pragma once
// The answer of quote(): what a cart costs, to the last minor unit, and why. Amounts are in minor
// units; where nothing is rounded (tax_rounding "none") each also has its exact figure.
//
//   quote.totals.total_minor == 6426      quote.lines[0].taxes[0].tax == TaxId{"vat19"}

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/base/box.hpp"
#include "tandem/base/enum.hpp"
#include "tandem/catalog/ids.hpp"
#include "tandem/money/currency.hpp"
#include "tandem/money/exact.hpp"
#include "tandem/pricing/quote_totals.hpp"

namespace tandem {

struct QuoteDiscount {
  ExactFigure amount_exact;
  std::int64_t amount_minor = 0;
  PromotionId promotion;

  friend bool operator==(const QuoteDiscount&, const QuoteDiscount&) = default;
};

struct QuoteTax {
  ExactFigure amount_exact;
  std::int64_t amount_minor = 0;
  ExactFigure base_exact;
  std::int64_t base_minor = 0;
  TaxId tax;

  friend bool operator==(const QuoteTax&, const QuoteTax&) = default;
};

/// One unit's share of its line's discount.
struct QuoteUnit {
  std::int64_t discount_minor = 0;

  friend bool operator==(const QuoteUnit&, const QuoteUnit&) = default;
};

struct QuoteLine {
  ExactFigure discount_exact;
  std::int64_t discount_minor = 0;
  std::vector<QuoteDiscount> discounts;
  std::optional<PromotionId> gift;  // the promotion that put the line here
  ExactFigure gross_exact;
  std::int64_t gross_minor = 0;
  LineId line_id;
  std::optional<std::int64_t> lowest_30_days_minor;  // unit price before the reduction
  ExactFigure net_exact;
  std::int64_t net_minor = 0;
  std::int64_t quantity = 0;
  ExactFigure quantity_exact;  // when the quantity is not whole
  Sku sku;
  ExactFigure subtotal_exact;
  std::int64_t subtotal_minor = 0;
  ExactFigure tax_exact;
  std::int64_t tax_minor = 0;
  std::vector<QuoteTax> taxes;
  std::optional<std::string> unit_code;
  ExactFigure unit_gross_exact;
  std::int64_t unit_gross_minor = 0;
  ExactFigure unit_net_exact;
  std::int64_t unit_net_minor = 0;
  ExactFigure unit_price_exact;  // when the unit price has parts of a minor unit
  std::int64_t unit_price_minor = 0;
  std::vector<QuoteUnit> units;  // one per unit of a discounted line of whole quantity

  friend bool operator==(const QuoteLine&, const QuoteLine&) = default;
};

struct QuoteShipping {
  ExactFigure discount_exact;
  std::int64_t discount_minor = 0;
  std::vector<QuoteDiscount> discounts;
  ExactFigure gross_exact;
  std::int64_t gross_minor = 0;
  std::optional<ShippingMethodId> method;
  ExactFigure net_exact;
  std::int64_t net_minor = 0;
  ExactFigure price_exact;
  std::int64_t price_minor = 0;
  std::optional<ShipmentId> shipment;  // which one, when the cart names shipments
  ExactFigure tax_exact;
  std::int64_t tax_minor = 0;
  std::vector<QuoteTax> taxes;

  friend bool operator==(const QuoteShipping&, const QuoteShipping&) = default;
};

struct QuoteFee {
  std::int64_t amount_minor = 0;
  ExactFigure gross_exact;
  std::int64_t gross_minor = 0;
  FeeId id;
  ExactFigure net_exact;
  std::int64_t net_minor = 0;
  ExactFigure tax_exact;
  std::int64_t tax_minor = 0;
  std::vector<QuoteTax> taxes;

  friend bool operator==(const QuoteFee&, const QuoteFee&) = default;
};

/// An order discount kept apart from the lines, for one set of taxes (order_discount_tax "apart").
struct QuoteOrderDiscount {
  std::int64_t gross_minor = 0;
  std::int64_t net_minor = 0;
  PromotionId promotion;
  std::int64_t tax_minor = 0;
  std::vector<QuoteTax> taxes;

  friend bool operator==(const QuoteOrderDiscount&, const QuoteOrderDiscount&) = default;
};

struct QuoteTaxTotal {
  ExactFigure amount_exact;
  std::int64_t amount_minor = 0;
  ExactFigure base_exact;
  std::int64_t base_minor = 0;
  std::int64_t ppm = 0;
  TaxId tax;

  friend bool operator==(const QuoteTaxTotal&, const QuoteTaxTotal&) = default;
};

TANDEM_ENUM(Severity, info, warning, error)

/// What the customer should be told. The code is a named change or a reason; the subject is a JSON
/// pointer into the quote or the cart.
struct QuoteMessage {
  std::string code;
  Severity severity = Severity::info;
  std::string subject;

  friend bool operator==(const QuoteMessage&, const QuoteMessage&) = default;
};

struct QuoteGiftCard {
  std::int64_t amount_minor = 0;
  GiftCardId id;

  friend bool operator==(const QuoteGiftCard&, const QuoteGiftCard&) = default;
};

struct Quote {
  std::vector<PromotionId> applied;  // promotions that had an effect, as they ran
  Currency currency;
  std::vector<QuoteFee> fees;
  std::vector<QuoteGiftCard> gift_cards;
  std::vector<QuoteLine> lines;
  std::vector<QuoteMessage> messages;
  std::vector<QuoteOrderDiscount> order_discounts;
  std::int64_t pricing_version = 0;
  std::string quote_digest;  // filled by sealed(); quote() itself makes no bytes
  std::vector<QuoteShipping> shipments;
  QuoteShipping shipping;  // of all shipments together, when the cart names several
  std::int64_t steps = 0;
  std::vector<QuoteTaxTotal> tax_summary;
  std::optional<ZoneId> tax_zone;
  std::optional<std::string> terms_version;
  QuoteTotals totals;
  std::optional<std::int64_t> valid_until_ms;  // the first known end of what was counted

  friend bool operator==(const Quote&, const Quote&) = default;
};

}  // namespace tandem

#include "tandem/pricing/quote_fields.hpp"
