// SPDX-License-Identifier: Apache-2.0
#pragma once
// The two documents that a shop publishes: its rules and its settings. What was published once
// stays readable for ever; rolling back is publishing an old one anew, by the same checks.
//
//   rules      named by the SHA-256 of their canonical bytes
//   settings   named by their number: 1, 2, …

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/preconditions.hpp"
#include "commit/job.hpp"
#include "store/reads.hpp"
#include "tandem/base/enum.hpp"
#include "tandem/base/result.hpp"

namespace tandem::app {

TANDEM_ENUM(Paper, rules, settings)

/// One published document.
struct Edition {
  std::string id;
  std::string bytes;  // empty in lists
  std::int64_t published_ms = 0;
};

/// The canonical bytes of a document that may be published. Refuses what decoding refuses, then,
/// for rules, as compile(); the subject is a JSON pointer into the document.
[[nodiscard]] Result<std::string> check_paper(Paper paper, std::string_view text);

/// What is in force; none before the first publication.
[[nodiscard]] Result<std::optional<Edition>> current_edition(Paper paper, store::Reads& reads);
[[nodiscard]] Result<std::optional<Edition>> edition(Paper paper, const std::string& id,
                                                     store::Reads& reads);
/// All of them, the one published last first.
[[nodiscard]] Result<std::vector<Edition>> editions(Paper paper, store::Reads& reads);

/// A place that differs. Elements of a list that have an `id` are named by it, others by their
/// number. The values are JSON; none: there is nothing at this place.
struct Difference {
  std::string path;
  std::optional<std::string> before;
  std::optional<std::string> after;

  friend bool operator==(const Difference&, const Difference&) = default;
};

/// What differs between two documents, by path.
[[nodiscard]] Result<std::vector<Difference>> differences(std::string_view before,
                                                          std::string_view after);

/// Publishes a document. Refuses, in this order: as check_precondition (the tag is the id of the
/// one in force), reference_unknown (no such edition), as check_paper, for rules as check_offers.
/// The one in force is not published again.
class PublishJob final : public commit::Job {
 public:
  struct Source {
    std::string text{};  // of a new document, or
    std::string id{};    // which old one comes back
  };

  PublishJob(Paper paper, Source source, Precondition precondition, std::string actor,
             store::Reads& reads)
      : paper_(paper),
        source_(std::move(source)),
        precondition_(std::move(precondition)),
        actor_(std::move(actor)),
        reads_(reads) {}

  /// Checks beside the writer, who would keep everybody waiting while it reads all offers: decide()
  /// does it itself only where the catalogue has changed since.
  void check_before();

  void declare(commit::Needs&) override {}
  [[nodiscard]] Result<void> decide(commit::Scope& scope) override;

  // What is in force then, and whether that is new.
  Edition now;
  bool changed = false;
  // What stops working by it: see warnings_of().
  std::vector<Rejection> warnings;

 private:
  [[nodiscard]] Result<std::string> bytes() const;
  [[nodiscard]] Result<void> check_references(const std::string& text);
  [[nodiscard]] Result<void> references_at(std::int64_t version, const std::string& text);
  void publish(const std::optional<Edition>& before, commit::Scope& scope);

  /// What check_before() came to, and of what.
  struct Checked {
    std::int64_t version = 0;  // of the catalogue
    std::string bytes;
    Result<void> references;
    std::vector<Rejection> warnings;
  };

  std::optional<Checked> checked_;
  const Paper paper_;
  const Source source_;
  const Precondition precondition_;
  const std::string actor_;
  store::Reads& reads_;
};

}  // namespace tandem::app
