// SPDX-License-Identifier: Apache-2.0
#include "app/schemas.hpp"

#include <cassert>

#include "tandem/digest/sha256.hpp"
#include "tandem/fields/fields.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/money/currency.hpp"

namespace tandem::app {
namespace {

constexpr std::string_view kComponentsAt = "#/components/schemas/";

std::string component_ref(std::string_view component) {
  return R"({"$ref":)" + json_text(std::string(kComponentsAt) + std::string(component)) + '}';
}

std::string integer_schema(const Type& type) {
  std::string out = R"({"format":"int64")";
  if (type.maximum != kIntegerMax) out += R"(,"maximum":)" + std::to_string(type.maximum);
  if (type.minimum != -kIntegerMax) out += R"(,"minimum":)" + std::to_string(type.minimum);
  return out + R"(,"type":"integer"})";
}

std::string text_schema(const Type& type) {
  std::string out = "{";
  if (&type == &type_of<Digest>()) out += R"("pattern":"^[0-9a-f]{64}$",)";
  if (&type == &type_of<Currency>()) out += R"("pattern":"^[A-Z]{3}$",)";
  return out + R"("type":"string"})";
}

std::string enumeration_schema(const Type& type) {
  std::string out = R"({"enum":[)";
  for (const std::string_view value : type.values) {
    if (out.back() != '[') out += ',';
    append_text(out, value);
  }
  return out + R"(],"type":"string"})";
}

constexpr std::string_view kNullSchema = R"({"type":"null"})";

}  // namespace

std::string json_text(std::string_view text) {
  std::string out;
  append_text(out, text);
  return out;
}

std::string pascal_case(std::string_view name) {
  std::string out;
  bool up = true;
  for (const char c : name) {
    if (c == '_') {
      up = true;
      continue;
    }
    out += up && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    up = false;
  }
  return out;
}

std::string Schemas::name_of(const Type& type) const {
  const auto given = names_.find(&type);
  return given != names_.end() ? given->second : pascal_case(type.name);
}

/// Whether anything in it may be left out when it is sent, and is there when it is answered.
bool Schemas::leaves_out(const Type& type, std::set<const Type*>& seen) const {
  if (!seen.insert(&type).second) return false;
  if (type.element != nullptr && leaves_out(type.element(), seen)) return true;
  for (const Field& field : type.fields) {
    if (field.presence == Presence::optional || leaves_out(field.type(), seen)) return true;
  }
  for (const Alternative& one : type.alternatives) {
    if (leaves_out(one.type(), seen)) return true;
  }
  return false;
}

std::string Schemas::use(const Type& type, Way way) {
  std::string name = name_of(type);
  if (name.empty()) return whole(type, way);
  return component(std::move(name), type, way, {}, {});
}

std::string Schemas::component(std::string name, const Type& type, Way way,
                               std::string_view tag_name, std::string_view tag) {
  std::set<const Type*> seen;
  if (way == Way::sent && leaves_out(type, seen)) name += "Sent";
  const auto [place, is_new] = components_.try_emplace(name);
  assert(is_new || place->second.type == &type);  // two types of one name
  if (is_new) {
    place->second.type = &type;  // before it is written: it may hold itself
    std::string schema = tag.empty() ? whole(type, way) : object(type, way, tag_name, tag);
    components_.at(name).schema = std::move(schema);
  }
  return component_ref(name);
}

std::string Schemas::whole(const Type& type, Way way) {
  switch (type.kind) {
    case TypeKind::boolean:
      return R"({"type":"boolean"})";
    case TypeKind::integer:
      return integer_schema(type);
    case TypeKind::text:
      return text_schema(type);
    case TypeKind::enumeration:
      return enumeration_schema(type);
    case TypeKind::nullable:
      return R"({"anyOf":[)" + use(type.element(), way) + ',' + std::string(kNullSchema) + "]}";
    case TypeKind::list:
      return R"({"items":)" + use(type.element(), way) + R"(,"type":"array"})";
    case TypeKind::map:
      return R"({"additionalProperties":)" + use(type.element(), way) + R"(,"type":"object"})";
    case TypeKind::object:
      return object(type, way, {}, {});
    case TypeKind::one_of:
      return one_of(type, way);
    case TypeKind::switch_or_list:
      return R"({"anyOf":[{"type":"boolean"},{"items":)" + use(type.element(), way) +
             R"(,"type":"array"}]})";
    case TypeKind::one_or_list: {
      const std::string element = use(type.element(), way);
      return R"({"anyOf":[)" + element + R"(,{"items":)" + element + R"(,"type":"array"},)" +
             std::string(kNullSchema) + "]}";
    }
    case TypeKind::verbatim:
      break;
  }
  return "{}";
}

/// `tag` is what tells an alternative from the others.
std::string Schemas::object(const Type& type, Way way, std::string_view tag_name,
                            std::string_view tag) {
  std::string properties;
  std::string required;
  if (!tag.empty()) {
    properties = json_text(tag_name) + R"(:{"const":)" + json_text(tag) + R"(,"type":"string"})";
    required = json_text(tag_name);
  }
  for (const Field& field : type.fields) {
    const bool sparse = field.presence == Presence::sparse;
    if (!properties.empty()) properties += ',';
    properties += json_text(field.name) + ':' + use(field.type(), way);
    const bool may_lack = sparse || (way == Way::sent && field.presence == Presence::optional);
    if (may_lack) continue;
    if (!required.empty()) required += ',';
    required += json_text(field.name);
  }
  std::string out = "{";
  // A field that is not known is refused; an answer may gain some.
  std::set<const Type*> seen;
  if (way == Way::sent && leaves_out(type, seen)) out += R"("additionalProperties":false,)";
  out += R"("properties":{)" + properties + "},";
  if (!required.empty()) out += R"("required":[)" + required + "],";
  return out + R"("type":"object"})";
}

std::string Schemas::one_of(const Type& type, Way way) {
  const std::string name = name_of(type);
  std::string schemas;
  std::string mapping;
  for (const Alternative& one : type.alternatives) {
    if (!schemas.empty()) schemas += ',';
    if (name.empty()) {
      schemas += object(one.type(), way, type.discriminator, one.name);
      continue;
    }
    const std::string ref =
        component(name + pascal_case(one.name), one.type(), way, type.discriminator, one.name);
    schemas += ref;
    if (!mapping.empty()) mapping += ',';
    mapping += json_text(one.name) + ref.substr(ref.find(':'), ref.size() - ref.find(':') - 1);
  }
  std::string out = "{";
  if (!mapping.empty()) {
    out += R"("discriminator":{"mapping":{)" + mapping + R"(},"propertyName":)" +
           json_text(type.discriminator) + "},";
  }
  return out + R"("oneOf":[)" + schemas + "]}";
}

std::string Schemas::components() const {
  std::string out = "{";
  for (const auto& [name, component] : components_) {
    if (out.size() > 1) out += ',';
    out += json_text(name) + ':' + component.schema;
  }
  return out + '}';
}

}  // namespace tandem::app
