// SPDX-License-Identifier: Apache-2.0
#include "tandem/fields/schema.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "tandem/fields/writer.hpp"

namespace tandem {
namespace {

constexpr std::array<std::string_view, 12> kKindNames{
    "boolean", "integer", "text",   "enumeration",    "nullable",    "list",
    "map",     "object",  "one_of", "switch_or_list", "one_or_list", "verbatim"};
constexpr std::array<std::string_view, 3> kPresenceNames{"required", "optional", "sparse"};

class SchemaWriter {
 public:
  explicit SchemaWriter(std::string& out) : out_(out) {}

  void write(std::span<const SchemaRoot> roots) {
    out_ += R"({"roots":{)";
    bool first = true;
    for (const SchemaRoot& root : roots) {
      if (!first) out_ += ',';
      first = false;
      text_key(root.name);
      number(root.type());
    }
    out_ += R"(},"types":[)";
    // Writing a type may name further ones, so the list grows on the way.
    for (std::size_t i = 0; i < types_.size(); ++i) {
      if (i != 0) out_ += ',';
      describe(*types_[i]);
    }
    out_ += "]}";
  }

 private:
  void text_key(std::string_view name) {
    append_text(out_, name);
    out_ += ':';
  }

  void number(const Type& type) {
    const auto known = std::ranges::find(types_, &type);
    append_integer(out_, known - types_.begin());
    if (known == types_.end()) types_.push_back(&type);
  }

  void describe(const Type& type) {
    out_ += '{';
    if (type.kind == TypeKind::one_of) {
      alternatives(type);
      text_key("discriminator");
      append_text(out_, type.discriminator);
      out_ += ',';
    }
    if (type.element != nullptr) {
      text_key("element");
      number(type.element());
      out_ += ',';
    }
    if (type.kind == TypeKind::object) fields(type);
    text_key("kind");
    append_text(out_, kKindNames[static_cast<std::size_t>(type.kind)]);
    out_ += ',';
    text_key("name");
    append_text(out_, type.name);
    if (type.kind == TypeKind::enumeration) values(type);
    out_ += '}';
  }

  void alternatives(const Type& type) {
    text_key("alternatives");
    out_ += '[';
    for (const Alternative& alternative : type.alternatives) {
      if (out_.back() != '[') out_ += ',';
      out_ += '{';
      text_key("name");
      append_text(out_, alternative.name);
      out_ += ',';
      text_key("type");
      number(alternative.type());
      out_ += '}';
    }
    out_ += "],";
  }

  void fields(const Type& type) {
    text_key("fields");
    out_ += '[';
    for (const Field& field : type.fields) {
      if (out_.back() != '[') out_ += ',';
      out_ += '{';
      text_key("name");
      append_text(out_, field.name);
      out_ += ',';
      text_key("presence");
      append_text(out_, kPresenceNames[static_cast<std::size_t>(field.presence)]);
      out_ += ',';
      text_key("type");
      number(field.type());
      out_ += '}';
    }
    out_ += "],";
  }

  void values(const Type& type) {
    out_ += ',';
    text_key("values");
    out_ += '[';
    for (const std::string_view value : type.values) {
      if (out_.back() != '[') out_ += ',';
      append_text(out_, value);
    }
    out_ += ']';
  }

  std::string& out_;
  std::vector<const Type*> types_;
};

}  // namespace

void append_schema(std::string& out, std::span<const SchemaRoot> roots) {
  SchemaWriter(out).write(roots);
}

}  // namespace tandem
