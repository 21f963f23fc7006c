// SPDX-License-Identifier: Apache-2.0
#pragma once
// An import as one job of the committer: what was found to differ, written in one commit.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "commit/job.hpp"
#include "store/reads.hpp"

namespace tandem::app {

/// Who the import is in ledgers and in the audit.
inline constexpr const char* kImporter = "import";

/// Everything that will be written, put together while the files are checked.
struct ImportPlan {
  struct Count {
    std::string sku;
    std::int64_t quantity = 0;
    bool is_new = false;  // nobody can have ordered it yet
  };
  struct Policy {
    std::string sku;
    std::int64_t backorder_max = 0;
  };
  store::Writes writes;
  std::vector<Policy> policies;
  std::vector<Count> counts;
};

/// Counts become differences to what is on hand when it is written.
class ImportJob final : public commit::Job {
 public:
  explicit ImportJob(ImportPlan plan) : plan_(std::move(plan)) {}

  void declare(commit::Needs&) override {}
  void declare_ledgers(const commit::WorkingSet& set, commit::Needs& needs) override;
  [[nodiscard]] Result<void> decide(commit::Scope& scope) override;

 private:
  [[nodiscard]] static Result<void> count(const ImportPlan::Count& count, commit::Scope& scope);

  const ImportPlan plan_;
};

}  // namespace tandem::app
