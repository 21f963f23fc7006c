// SPDX-License-Identifier: Apache-2.0
#pragma once
// The fields of a request's or a response's head. Names are found whatever their case; all fields
// live in one buffer, so that a head of twenty fields costs two allocations, and none when the
// object is used again. A value can never split a head: control characters become spaces.
//
//   headers.set("Content-Type", "application/json");
//   headers.get("content-type") == "application/json"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/text.hpp"

namespace tandem::http {

/// One field; both views live as long as the Headers they came from and are not kept.
struct HeaderField {
  std::string_view name;
  std::string_view value;
};

class Headers {
 public:
  /// Appends a field, beside others of the same name.
  void add(std::string_view name, std::string_view value) {
    const auto name_at = append(name);
    spans_.push_back({name_at, static_cast<std::uint32_t>(name.size()), append(value),
                      static_cast<std::uint32_t>(value.size())});
  }

  /// Replaces every field of this name.
  void set(std::string_view name, std::string_view value) {
    remove(name);
    add(name, value);
  }

  void remove(std::string_view name) {
    std::erase_if(spans_,
                  [&](const Span& span) { return equals_ignoring_case(of(span).name, name); });
  }

  /// The first field of this name.
  [[nodiscard]] std::optional<std::string_view> get(std::string_view name) const {
    for (const Span& span : spans_) {
      const HeaderField field = of(span);
      if (equals_ignoring_case(field.name, name)) return field.value;
    }
    return std::nullopt;
  }

  [[nodiscard]] bool contains(std::string_view name) const { return get(name).has_value(); }
  [[nodiscard]] std::size_t size() const { return spans_.size(); }
  [[nodiscard]] HeaderField operator[](std::size_t index) const { return of(spans_[index]); }

  /// Forgets all fields but keeps the memory for the next head.
  void clear() {
    text_.clear();
    spans_.clear();
  }

 private:
  struct Span {
    std::uint32_t name_at, name_size, value_at, value_size;
  };

  std::uint32_t append(std::string_view text) {
    const auto at = static_cast<std::uint32_t>(text_.size());
    for (const char c : text) text_ += is_control(c) ? ' ' : c;
    return at;
  }

  [[nodiscard]] HeaderField of(const Span& span) const {
    const std::string_view all = text_;
    return {all.substr(span.name_at, span.name_size), all.substr(span.value_at, span.value_size)};
  }

  std::string text_;
  std::vector<Span> spans_;
};

}  // namespace tandem::http
