// SPDX-License-Identifier: Apache-2.0
// Totals. In the default convention they keep EN 16931's sums exactly: the net is the sum of the
// line nets, fees and shipping; the tax is the sum of the groups; the total is both; payable is the
// total less what is prepaid, plus the rounding.
#include <algorithm>

#include "tandem/base/sort.hpp"
#include "tandem/pricing/answer.hpp"

namespace tandem::pricing {
namespace {

struct TotalPart {
  Exact net;
  Exact tax;
};

TotalPart part_of(const Settled& settled, std::size_t from, std::size_t to) {
  TotalPart part;
  for (std::size_t i = from; i < to; ++i) {
    part.net += settled.items[i].net;
    part.tax += settled.items[i].tax;
  }
  return part;
}

/// The three parts of a document; where only the document is rounded, the lines take what fees and
/// shipping leave of its net.
struct Parts {
  TotalPart items;
  TotalPart fees;
  TotalPart shipping;

  [[nodiscard]] Exact net() const { return items.net + fees.net + shipping.net; }
  [[nodiscard]] Exact tax() const { return items.tax + fees.tax + shipping.tax; }
};

Parts parts_of(const Work& work, const Taxables& taxables, const Settled& settled) {
  const std::size_t shipping_at = taxables.shipment_at.front();
  Parts parts{part_of(settled, 0, taxables.fees_at),
              part_of(settled, taxables.fees_at, shipping_at),
              part_of(settled, shipping_at, settled.items.size())};
  if (work.money.line_rounding == LineRounding::document && !work.rounds_nothing()) {
    parts.fees.net = rounded(parts.fees.net, work.money.rounding);
    parts.shipping.net = rounded(parts.shipping.net, work.money.rounding);
    parts.items.net = settled.document_net - parts.fees.net - parts.shipping.net;
  }
  return parts;
}

/// The sums per tax, in the order of the rules.
class Summary {
 public:
  explicit Summary(const Work& work) : work_(work) {}

  void add(Place tax, Exact base, Exact amount, const Ratio& rate) {
    auto found = std::ranges::find(rows_, tax, &Row::tax);
    if (found == rows_.end()) found = rows_.insert(rows_.end(), Row{tax, {}, {}, rate});
    found->base += base;
    found->amount += amount;
  }

  void write(Work& work, Quote& quote) {
    sort_stably(rows_, [](const Row& a, const Row& b) { return a.tax < b.tax; });
    for (const Row& row : rows_) {
      quote.tax_summary.push_back({.amount_exact = figure(work, row.amount),
                                   .amount_minor = shown(work, row.amount),
                                   .base_exact = figure(work, row.base),
                                   .base_minor = shown(work, row.base),
                                   .ppm = ppm_of(row),
                                   .tax = tax_id(work, row.tax)});
    }
  }

 private:
  struct Row {
    Place tax = 0;
    Exact base;
    Exact amount;
    Ratio rate;
  };

  [[nodiscard]] std::int64_t ppm_of(const Row& row) const {
    if (row.tax != kMeanTax) return work_.rules.taxes[row.tax].ppm;
    return round_minor(multiply(Exact::minor(kMillion), row.rate), Rounding::half_away);
  }

  const Work& work_;
  std::vector<Row> rows_;
};

void take_off_aparts(const Work& work, Parts& parts, Summary& summary) {
  for (const Apart& apart : work.aparts) {
    parts.items.net -= Exact::minor(apart.net);
    const auto& taxes = work.apart_groups[apart.group].taxes;
    for (std::size_t t = 0; t < taxes.size(); ++t) {
      parts.items.tax -= Exact::minor(apart.taxes[t]);
      summary.add(taxes[t].first, Exact::minor(-apart.net), Exact::minor(-apart.taxes[t]), {});
    }
  }
}

void write_order_discounts(Work& work, Quote& quote) {
  for (const Apart& apart : work.aparts) {
    QuoteOrderDiscount discount;
    discount.promotion = work.rules.promotions[apart.promotion].id;
    discount.gross_minor = apart.gross;
    discount.net_minor = apart.net;
    discount.tax_minor = apart.gross - apart.net;
    const auto& taxes = work.apart_groups[apart.group].taxes;
    for (std::size_t t = 0; t < taxes.size(); ++t) {
      discount.taxes.push_back({.amount_exact = {},
                                .amount_minor = apart.taxes[t],
                                .base_exact = {},
                                .base_minor = apart.net,
                                .tax = tax_id(work, taxes[t].first)});
    }
    quote.order_discounts.push_back(std::move(discount));
  }
}

/// Gift cards pay in the order in which they were given, until nothing is left to pay.
void pay_with_gift_cards(const Work& work, Quote& quote) {
  std::int64_t left = std::max<std::int64_t>(quote.totals.total_minor, 0);
  for (const GiftCardId& id : work.request.cart.gift_cards) {
    const auto& cards = work.request.facts.gift_cards;
    const auto card = std::ranges::find(cards, id, &GiftCardFact::id);
    const bool used =
        std::ranges::find(quote.gift_cards, id, &QuoteGiftCard::id) != quote.gift_cards.end();
    if (card == cards.end() || used) continue;
    const std::int64_t amount = std::clamp<std::int64_t>(card->balance_minor, 0, left);
    quote.gift_cards.push_back({amount, id});
    quote.totals.prepaid_minor += amount;
    left -= amount;
  }
}

/// Payable rounding acts on the total less what is prepaid; the difference stands by itself.
void round_payable(Work& work, QuoteTotals& totals) {
  const Exact due = Exact::minor(totals.total_minor) - Exact::minor(totals.prepaid_minor);
  const std::int64_t step = std::max<std::int64_t>(work.money.payable_rounding_minor, 1);
  const Exact payable = rounded_to(due, step, work.money.payable_rounding);
  totals.payable_minor = shown(work, payable);
  totals.rounding_minor = shown(work, payable - due);
}

bool is_discounted(const Work& work) {
  return std::ranges::any_of(work.lines,
                             [](const WorkLine& line) { return line.left != line.amount; });
}

}  // namespace

void answer_totals(Work& work, const Taxables& all, const Settled& settled, Quote& quote) {
  Parts parts = parts_of(work, all, settled);
  Parts undiscounted = parts;
  if (is_discounted(work)) {
    const Taxables before = taxables(work, true);
    undiscounted = parts_of(work, before, settle(work, before.items));
  }
  Summary summary(work);
  for (std::size_t i = 0; i < settled.items.size(); ++i) {
    for (const ItemTax& tax : settled.items[i].taxes) {
      summary.add(tax.entry->tax, tax.base, tax.amount, all.items[i].taxes->rate);
    }
  }
  take_off_aparts(work, parts, summary);
  summary.write(work, quote);
  write_order_discounts(work, quote);
  QuoteTotals& totals = quote.totals;
  Exact items;
  Exact discount;
  for (const WorkLine& line : work.lines) {
    items += line.amount;
    discount += line.amount - line.left;
  }
  for (const Apart& apart : work.aparts) {
    discount += Exact::minor(work.rules.prices_include_tax ? apart.gross : apart.net);
  }
  const auto put = [&](std::int64_t& minor, ExactFigure& exact, Exact amount) {
    minor = shown(work, amount);
    exact = figure(work, amount);
  };
  put(totals.items_minor, totals.items_exact, items);
  put(totals.discount_minor, totals.discount_exact, discount);
  put(totals.undiscounted_net_minor, totals.undiscounted_net_exact, undiscounted.items.net);
  put(totals.discount_net_minor, totals.discount_net_exact,
      undiscounted.items.net - parts.items.net);
  put(totals.discount_tax_minor, totals.discount_tax_exact,
      undiscounted.items.tax - parts.items.tax);
  put(totals.items_net_minor, totals.items_net_exact, parts.items.net);
  put(totals.items_tax_minor, totals.items_tax_exact, parts.items.tax);
  put(totals.fees_minor, totals.fees_exact, parts.fees.net);
  put(totals.shipping_net_minor, totals.shipping_net_exact, parts.shipping.net);
  put(totals.shipping_tax_minor, totals.shipping_tax_exact, parts.shipping.tax);
  put(totals.net_minor, totals.net_exact, parts.net());
  put(totals.tax_minor, totals.tax_exact, parts.tax());
  put(totals.total_minor, totals.total_exact, parts.net() + parts.tax());
  pay_with_gift_cards(work, quote);
  round_payable(work, totals);
}

}  // namespace tandem::pricing
