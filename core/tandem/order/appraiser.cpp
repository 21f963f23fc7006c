// SPDX-License-Identifier: Apache-2.0
#include "tandem/order/appraiser.hpp"

#include <utility>

namespace tandem {
namespace {

void seal(Quote& quote, const Quote* shown) {
  if (shown != nullptr) {
    quote.quote_digest = shown->quote_digest;
    if (quote == *shown) return;
  }
  quote.quote_digest = quote_digest(quote);
}

}  // namespace

const Appraisal& Appraiser::of(const QuoteRequest& request) {
  const bool known = known_ && known_->now_ms == request.now_ms && known_->cart == request.cart;
  if (!known) {
    known_.emplace(request.cart, request.now_ms, appraise(request));
  }
  return known_->appraisal;
}

const Result<Quote>& Appraiser::sealed(const QuoteRequest& request, const Quote* shown) {
  of(request);
  Result<Quote>& quote = known_->appraisal.quote;
  if (quote && quote->quote_digest.empty()) seal(*quote, shown);
  return quote;
}

}  // namespace tandem
