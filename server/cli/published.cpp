// SPDX-License-Identifier: Apache-2.0
// tandem rules, tandem settings: publish, list, compare and roll back without a server.
#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>

#include "app/published.hpp"
#include "cli/cli.hpp"
#include "commit/committer.hpp"

namespace tandem::cli {
namespace {

void tell_refusal(const Rejection& refusal, const char* before = "") {
  std::string text = before + std::string(name(refusal.reason));
  if (!refusal.subject.empty()) text += " at " + refusal.subject;
  if (refusal.limit) text += " (limit " + std::to_string(*refusal.limit) + ')';
  tell(text);
}

int publish_from(store::Store& store, const PaperOptions& options, app::PublishJob::Source source) {
  const auto current = app::current_edition(options.paper, store.reads());
  if (!current) {
    tell_refusal(current.error());
    return kRefused;
  }
  // Without a word of what was seen, it is what is in force now.
  app::Precondition seen;
  if (!options.if_match.empty()) {
    seen.if_match = '"' + options.if_match + '"';
  } else if (*current) {
    seen.if_match = '"' + (*current)->id + '"';
  }
  app::PublishJob job(options.paper, std::move(source), std::move(seen), options.actor,
                      store.reads());
  job.check_before();
  commit::CommitCounts counts;
  const std::array<commit::Job*, 1> jobs{&job};
  const auto outcomes = commit::run_batch(store, jobs, counts);
  if (const Rejection* refusal = commit::rejection(outcomes.front())) {
    tell_refusal(*refusal);
    return kRefused;
  }
  for (const Rejection& warning : job.warnings) tell_refusal(warning, "warning: ");
  std::printf("%s %s\n", job.now.id.c_str(),
              job.changed ? "is in force" : "is in force already; nothing was published");
  return kDone;
}

}  // namespace

int publish(const PaperOptions& options) {
  std::ifstream file(options.file, std::ios::binary);
  if (!file) {
    tell(options.file + ": cannot be read");
    return kUsage;
  }
  std::string text(std::istreambuf_iterator<char>(file), {});
  const auto store = open_or_tell(options.database);
  if (!store) return kRefused;
  return publish_from(*store, options, {.text = std::move(text)});
}

int roll_back(const PaperOptions& options) {
  const auto store = open_or_tell(options.database);
  if (!store) return kRefused;
  return publish_from(*store, options, {.id = options.from});
}

int list_editions(const PaperOptions& options) {
  const auto store = open_or_tell(options.database);
  if (!store) return kRefused;
  const auto all = app::editions(options.paper, store->reads());
  if (!all) {
    tell_refusal(all.error());
    return kRefused;
  }
  bool current = true;
  for (const app::Edition& edition : *all) {
    std::printf("%s published_ms=%lld%s\n", edition.id.c_str(),
                static_cast<long long>(edition.published_ms), current ? " in force" : "");
    current = false;
  }
  return kDone;
}

int compare_editions(const PaperOptions& options) {
  const auto store = open_or_tell(options.database);
  if (!store) return kRefused;
  std::vector<std::string> documents;
  for (const std::string& id : {options.from, options.to}) {
    const auto found = app::edition(options.paper, id, store->reads());
    if (!found || !*found) {
      tell(id + ": was never published");
      return kRefused;
    }
    documents.push_back((*found)->bytes);
  }
  const auto found = app::differences(documents.front(), documents.back());
  if (!found) {
    tell_refusal(found.error());
    return kRefused;
  }
  for (const app::Difference& one : *found) {
    std::printf("%s\n", one.path.c_str());
    if (one.before) std::printf("  - %s\n", one.before->c_str());
    if (one.after) std::printf("  + %s\n", one.after->c_str());
  }
  return kDone;
}

}  // namespace tandem::cli
