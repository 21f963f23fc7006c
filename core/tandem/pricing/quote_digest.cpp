// SPDX-License-Identifier: Apache-2.0
// The digest of what was shown. Its projections are field lists over the quote's own structs, so
// that nothing is copied: currency, pricing version, lines (sku, quantity, unit price, every
// adjustment, tax and share), fees, shipping choice, tax zone, totals and terms version. Not time,
// messages, stock, steps or the rules' id.
#include "tandem/digest/sha256.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/pricing/pricing.hpp"

namespace tandem {
namespace {

const Type& line_projection() {
  using L = QuoteLine;
  static constexpr std::array list{
      required<&L::discounts>("discounts"),
      sparse<&L::gift>("gift"),
      sparse<&L::gross_exact>("gross_exact"),
      required<&L::gross_minor>("gross_minor"),
      required<&L::line_id>("line_id"),
      required<&L::net_minor>("net_minor"),
      required<&L::quantity>("quantity"),
      sparse<&L::quantity_exact>("quantity_exact"),
      required<&L::sku>("sku"),
      required<&L::taxes>("taxes"),
      sparse<&L::unit_code>("unit_code"),
      sparse<&L::unit_price_exact>("unit_price_exact"),
      required<&L::unit_price_minor>("unit_price_minor"),
      required<&L::units>("units"),
  };
  static constexpr Type type{.kind = TypeKind::object, .name = "quote_line", .fields = list};
  return type;
}

const Type& lines_projection() {
  static const Type type = [] {
    Type lines = type_of<std::vector<QuoteLine>>();
    lines.element = &line_projection;
    return lines;
  }();
  return type;
}

const Type& quote_projection() {
  static constexpr std::array list{
      required<&Quote::currency>("currency"),
      required<&Quote::fees>("fees"),
      required<&Quote::gift_cards>("gift_cards"),
      Field{"lines", &lines_projection, &detail::MemberOf<&Quote::lines>::get, Presence::required},
      required<&Quote::order_discounts>("order_discounts"),
      required<&Quote::pricing_version>("pricing_version"),
      required<&Quote::shipments>("shipments"),
      required<&Quote::shipping>("shipping"),
      required<&Quote::tax_summary>("tax_summary"),
      required<&Quote::tax_zone>("tax_zone"),
      required<&Quote::terms_version>("terms_version"),
      required<&Quote::totals>("totals"),
  };
  static_assert(ascend(list), "fields ascend by name, each once");
  static constexpr Type type{.kind = TypeKind::object, .name = "quote", .fields = list};
  return type;
}

}  // namespace

std::string quote_digest(const Quote& quote) {
  std::string bytes;
  append_value(bytes, quote_projection(), &quote);
  return hex(sha256(bytes));
}

Quote sealed(Quote quote) {
  quote.quote_digest = quote_digest(quote);
  return quote;
}

}  // namespace tandem
