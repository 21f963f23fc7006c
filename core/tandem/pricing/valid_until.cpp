// SPDX-License-Identifier: Apache-2.0
// Until when a quote is right if nothing else changes: the first known end of what was counted.
// What begins later is not looked at, because whoever asks may not know of it yet.
#include <algorithm>

#include "tandem/pricing/answer.hpp"

namespace tandem::pricing {
namespace {

/// The earliest of the instants that are still to come.
class Earliest {
 public:
  explicit Earliest(std::int64_t now_ms) : now_ms_(now_ms) {}

  void add(const std::optional<std::int64_t>& instant_ms) {
    if (!instant_ms || *instant_ms <= now_ms_) return;
    earliest_ = std::min(earliest_.value_or(*instant_ms), *instant_ms);
  }
  [[nodiscard]] std::optional<std::int64_t> get() const { return earliest_; }

 private:
  std::int64_t now_ms_;
  std::optional<std::int64_t> earliest_;
};

void add_promotion(Earliest& earliest, const Promotion& promotion) {
  earliest.add(promotion.ends_ms);
  for (const Condition& condition : promotion.when) {
    if (const auto* between = std::get_if<Between>(&condition.is)) earliest.add(between->to_ms);
  }
}

}  // namespace

std::optional<std::int64_t> valid_until_ms(const Work& work, const Quote& quote) {
  Earliest earliest(work.request.now_ms);
  for (const WorkLine& line : work.lines) {
    if (line.price_row != nullptr) earliest.add(line.price_row->ends_ms);
  }
  for (Place place = 0; place < work.applied.size(); ++place) {
    if (work.applied[place]) add_promotion(earliest, work.rules.promotions[place]);
  }
  for (const Tax& tax : work.rules.taxes) {
    if (!tax.ends_ms) continue;
    const auto taken = std::ranges::find(quote.tax_summary, tax.id, &QuoteTaxTotal::tax);
    if (taken != quote.tax_summary.end()) earliest.add(tax.ends_ms);
  }
  return earliest.get();
}

}  // namespace tandem::pricing
