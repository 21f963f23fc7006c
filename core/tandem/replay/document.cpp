// SPDX-License-Identifier: Apache-2.0
#include "tandem/replay/document.hpp"

#include <algorithm>

#include "tandem/wire/pointer.hpp"

namespace tandem::replay {
Result<void> merge(wire::Value& document, const wire::Value& changes, std::string_view pointer) {
  auto* members = std::get_if<wire::Members>(&document.data);
  const wire::Members* changed = changes.object();
  if (members == nullptr || changed == nullptr) {
    return reject(Reason::type_mismatch, std::string(pointer));
  }
  for (const wire::Member& change : *changed) {
    const auto place = std::ranges::lower_bound(*members, change.key, {}, &wire::Member::key);
    const bool known = place != members->end() && place->key == change.key;
    if (change.value.is_null()) {
      if (known) members->erase(place);
    } else if (known) {
      place->value = change.value;
    } else {
      members->insert(place, change);
    }
  }
  return {};
}

Result<void> Table::merge_rows(const wire::Value& rows, std::string_view pointer) {
  const wire::List* list = rows.list();
  if (list == nullptr) return reject(Reason::type_mismatch, std::string(pointer));
  for (std::size_t i = 0; i < list->size(); ++i) {
    const std::string place = wire::pointer_to(pointer, std::to_string(i));
    const wire::Value& row = (*list)[i];
    if (row.object() == nullptr) return reject(Reason::type_mismatch, place);
    const wire::Value* key = row.find(key_);
    if (key == nullptr) return reject(Reason::field_missing, wire::pointer_to(place, key_));
    if (key->text() == nullptr) return reject(Reason::type_mismatch, wire::pointer_to(place, key_));
    const auto known = rows_.try_emplace(*key->text(), wire::Value{wire::Members{}}).first;
    if (auto ok = merge(known->second, row, place); !ok) return ok;
  }
  return {};
}

}  // namespace tandem::replay
