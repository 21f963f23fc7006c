// SPDX-License-Identifier: Apache-2.0
#pragma once
// The rows of the audit that changes of users and API keys make. A user is named by the id, never
// by the address; a key by the first digits of its digest.

#include <cstdint>
#include <string>

#include "store/catalog.hpp"
#include "store/staff.hpp"

namespace tandem::app {

/// What a key is called where it is not shown.
[[nodiscard]] std::string key_id(const store::ApiKey& key);

/// Null before: it is new. The digests are of {"disabled","generation","role"}: a new password is a
/// new generation.
[[nodiscard]] store::AuditRow user_audit(std::string actor, std::int64_t at_ms,
                                         const store::StaffUser* before,
                                         const store::StaffUser& after);

/// The same of {"name","revoked","role"}.
[[nodiscard]] store::AuditRow key_audit(std::string actor, std::int64_t at_ms,
                                        const store::ApiKey* before, const store::ApiKey& after);

}  // namespace tandem::app
