// SPDX-License-Identifier: Apache-2.0
#include "app/access_audit.hpp"

#include <array>
#include <utility>

#include "app/secrets.hpp"
#include "tandem/fields/writer.hpp"

namespace tandem::app {

struct AuditedUser {
  bool disabled = false;
  std::int64_t generation = 1;
  std::string role;
};

struct AuditedKey {
  std::string name;
  bool revoked = false;
  std::string role;
};

}  // namespace tandem::app

namespace tandem {
template <>
struct Fields<app::AuditedUser> {
  using U = app::AuditedUser;
  static constexpr std::array list{required<&U::disabled>("disabled"),
                                   required<&U::generation>("generation"),
                                   required<&U::role>("role")};
};
template <>
struct Fields<app::AuditedKey> {
  using K = app::AuditedKey;
  static constexpr std::array list{required<&K::name>("name"), required<&K::revoked>("revoked"),
                                   required<&K::role>("role")};
};
}  // namespace tandem

namespace tandem::app {
namespace {

constexpr std::size_t kIdDigits = 12;

store::Digest digest_of(const store::StaffUser& user) {
  return sha256(canonical(AuditedUser{
      .disabled = user.disabled_ms.has_value(), .generation = user.generation, .role = user.role}));
}

store::Digest digest_of(const store::ApiKey& key) {
  return sha256(canonical(
      AuditedKey{.name = key.name, .revoked = key.revoked_ms.has_value(), .role = key.role}));
}

}  // namespace

std::string key_id(const store::ApiKey& key) { return hex(key.hash).substr(0, kIdDigits); }

store::AuditRow user_audit(std::string actor, std::int64_t at_ms, const store::StaffUser* before,
                           const store::StaffUser& after) {
  store::AuditRow row{.at_ms = at_ms, .actor = std::move(actor), .what = "user"};
  row.subject = after.id;
  if (before != nullptr) row.before = digest_of(*before);
  row.after = digest_of(after);
  return row;
}

store::AuditRow key_audit(std::string actor, std::int64_t at_ms, const store::ApiKey* before,
                          const store::ApiKey& after) {
  store::AuditRow row{.at_ms = at_ms, .actor = std::move(actor), .what = "key"};
  row.subject = key_id(after);
  if (before != nullptr) row.before = digest_of(*before);
  row.after = digest_of(after);
  return row;
}

}  // namespace tandem::app
