// SPDX-License-Identifier: Apache-2.0
#include "tandem/wire/parts.hpp"

#include <algorithm>

#include "tandem/wire/decode.hpp"

namespace tandem::wire {

Result<Parts> open_parts(const Record& record, std::span<const StoredPart> stored,
                         const std::string& event_place) {
  Parts parts;
  for (const StoredPart& part : stored) {
    const auto seal = record.sealed.find(part.name);
    const auto field = std::ranges::find(Fields<Parts>::list, part.name, &Field::name);
    if (seal == record.sealed.end() || field == Fields<Parts>::list.end() ||
        sealed_digest(part.salt, part.bytes) != seal->second) {
      return reject(Reason::chain_broken, event_place + "/parts/" + part.name);
    }
    const auto value = parse(part.bytes);
    if (!value) return std::unexpected(value.error());
    if (auto done = read(*value, field->type(), field->member(&parts)); !done) {
      return std::unexpected(std::move(done.error()));
    }
  }
  return parts;
}

}  // namespace tandem::wire
