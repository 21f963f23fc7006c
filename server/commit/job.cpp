// SPDX-License-Identifier: Apache-2.0
#include "commit/job.hpp"

namespace tandem::commit {

void Job::declare_ledgers(const WorkingSet&, Needs&) {}

const Rejection* rejection(const Outcome& outcome) {
  if (const auto* refused = std::get_if<Refused>(&outcome)) return &refused->rejection;
  if (const auto* failed = std::get_if<Failed>(&outcome)) return &failed->rejection;
  return nullptr;
}

}  // namespace tandem::commit
