// SPDX-License-Identifier: Apache-2.0
#include "tandem/wire/upcast.hpp"

#include <algorithm>

#include "tandem/wire/decode.hpp"

namespace tandem::wire {
namespace {

Value* member(Value& object, std::string_view key) {
  auto* members = std::get_if<Members>(&object.data);
  if (members == nullptr) return nullptr;
  const auto found = std::ranges::find(*members, key, &Member::key);
  return found == members->end() ? nullptr : &found->value;
}

}  // namespace

std::span<const Upcaster> upcasters() { return {}; }

void upcast(Value& record, std::span<const Upcaster> steps) {
  Value* event = member(record, "event");
  Value* version = member(record, "v");
  if (event == nullptr || version == nullptr || version->integer() == nullptr) return;
  const Value* type = event->find("type");
  if (type == nullptr || type->text() == nullptr) return;
  std::int64_t at = *version->integer();
  for (const Upcaster& step : steps) {
    if (step.type != *type->text() || step.from != at) continue;
    auto& members = std::get<Members>(event->data);
    step.change(members);
    std::ranges::sort(members, {}, &Member::key);
    version->data = ++at;
  }
}

Result<Record> decode_record(std::string_view bytes) {
  auto value = parse(bytes);
  if (!value) return std::unexpected(std::move(value.error()));
  upcast(*value, upcasters());
  return decode<Record>(*value);
}

}  // namespace tandem::wire
