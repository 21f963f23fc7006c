// SPDX-License-Identifier: Apache-2.0
// `tandem key`: API keys for machines and staff. Only their digests are kept, so that a key is
// known by the first digits of its digest.
#include <array>
#include <cstdio>

#include "app/access_audit.hpp"
#include "app/secrets.hpp"
#include "cli/cli.hpp"
#include "commit/committer.hpp"
#include "tandem/order/actor.hpp"

namespace tandem::cli {
namespace {

/// Adds a key, or changes the one that is there; both are noted in the audit.
class KeyJob final : public commit::Job {
 public:
  KeyJob(store::ApiKey before, store::ApiKey after, std::string actor)
      : before_(std::move(before)), after_(std::move(after)), actor_(std::move(actor)) {}
  void declare(commit::Needs&) override {}
  Result<void> decide(commit::Scope& scope) override {
    store::ApiKey after = after_;
    const bool is_new = before_.role.empty();
    if (is_new) after.created_ms = scope.now_ms();
    if (after.revoked_ms) after.revoked_ms = scope.now_ms();
    scope.writes().audit.push_back(
        app::key_audit(actor_, scope.now_ms(), is_new ? nullptr : &before_, after));
    scope.writes().api_keys.push_back(std::move(after));
    return {};
  }

 private:
  const store::ApiKey before_;
  const store::ApiKey after_;
  const std::string actor_;
};

bool keep(store::Store& store, store::ApiKey before, store::ApiKey after,
          const std::string& actor) {
  KeyJob job(std::move(before), std::move(after), actor);
  commit::CommitCounts counts;
  const std::array<commit::Job*, 1> jobs{&job};
  const auto outcomes = commit::run_batch(store, jobs, counts);
  const Rejection* refusal = commit::rejection(outcomes.front());
  if (refusal != nullptr) tell(std::string(name(refusal->reason)));
  return refusal == nullptr;
}

std::optional<std::vector<store::ApiKey>> all_keys(store::Store& store) {
  auto keys = store.reads().api_keys();
  if (keys) return *std::move(keys);
  tell(keys.error().message);
  return std::nullopt;
}

}  // namespace

int add_key(const KeyOptions& options) {
  if (!enum_named<StaffRole>(options.role)) {
    tell("the role is one of: sales, warehouse, accounting, admin");
    return kUsage;
  }
  const auto store = open_or_tell(options.database);
  if (!store) return kRefused;
  const std::string key = "tk_" + app::random_hex(24);
  store::ApiKey made{.hash = sha256(key), .name = options.name, .role = options.role};
  if (!keep(*store, {}, std::move(made), options.actor)) return kRefused;
  std::printf("%s\n", key.c_str());
  tell("This key is shown once. Send it as: Authorization: Bearer " + key.substr(0, 6) + "…");
  return kDone;
}

int list_keys(const KeyOptions& options) {
  const auto store = open_or_tell(options.database);
  if (!store) return kRefused;
  const auto keys = all_keys(*store);
  if (!keys) return kRefused;
  for (const store::ApiKey& key : *keys) {
    std::printf("%s\t%s\t%s\t%s\n", app::key_id(key).c_str(), key.role.c_str(),
                key.revoked_ms ? "revoked" : "valid", key.name.c_str());
  }
  return kDone;
}

int revoke_key(const KeyOptions& options) {
  const auto store = open_or_tell(options.database);
  if (!store) return kRefused;
  const auto keys = all_keys(*store);
  if (!keys) return kRefused;
  for (const store::ApiKey& key : *keys) {
    if (app::key_id(key) != options.id) continue;
    if (key.revoked_ms) {
      tell(options.id + ": was revoked before");
      return kDone;
    }
    store::ApiKey revoked = key;
    revoked.revoked_ms = 0;  // the job sets the time
    return keep(*store, key, std::move(revoked), options.actor) ? kDone : kRefused;
  }
  tell(options.id + ": there is no such key; tandem key list has their ids");
  return kRefused;
}

}  // namespace tandem::cli
