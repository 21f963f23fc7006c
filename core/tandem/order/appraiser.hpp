// SPDX-License-Identifier: Apache-2.0
#pragma once
// Remembers what the engine said of the last cart. A command, the readiness check and the page that
// shows the outcome all ask about the same cart, and the engine runs once for them.
//
//   Appraiser appraiser;
//   appraiser.of(request).shipping;             // runs
//   appraiser.sealed(request, nullptr);         // only adds the digest
//   appraiser.forget();                         // rules, offers or other facts have changed

#include <cstdint>
#include <optional>

#include "tandem/pricing/appraisal.hpp"

namespace tandem {

class Appraiser {
 public:
  /// Valid until the next call. Between two calls of forget() every request must have the same
  /// rules, offers and facts.
  const Appraisal& of(const QuoteRequest& request);

  /// The quote with its digest. Where it equals `shown` that digest is taken: comparing is much
  /// quicker than hashing.
  const Result<Quote>& sealed(const QuoteRequest& request, const Quote* shown);

  void forget() { known_.reset(); }

 private:
  struct Known {
    Cart cart;
    std::int64_t now_ms = 0;
    Appraisal appraisal;
  };
  std::optional<Known> known_;
};

}  // namespace tandem
