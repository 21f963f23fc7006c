// SPDX-License-Identifier: Apache-2.0
// nlohmann_json's SAX interface reads; its DOM would keep the last of two equal keys, turn 2^64 - 1
// into a floating number and accept U+0000.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "tandem/base/sort.hpp"
#include "tandem/fields/fields.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/wire/pointer.hpp"
#include "tandem/wire/utf8.hpp"
#include "tandem/wire/value.hpp"

namespace tandem::wire {
namespace {

using Json = nlohmann::json;

bool is_clean(std::string_view text) {
  return std::ranges::none_of(text, [](char character) {
    return static_cast<unsigned char>(character) < 0x20 && character != '\n';
  });
}

/// Builds a Value from the parser's calls; answers false at the first thing that is refused.
class Builder {
 public:
  explicit Builder(const Limits& limits) : limits_(limits) {}

  bool null() { return put(Null{}); }
  bool boolean(bool value) { return put(value); }
  /// Called for numbers with a minus. Zero has one spelling; "-0" is no integer in JavaScript.
  bool number_integer(Json::number_integer_t value) {
    if (value == 0) return refuse(Reason::number_not_integer);
    if (value < -kIntegerMax || value > kIntegerMax) return refuse(Reason::number_out_of_range);
    return put(std::int64_t{value});
  }
  bool number_unsigned(Json::number_unsigned_t value) {
    if (value > static_cast<std::uint64_t>(kIntegerMax)) {
      return refuse(Reason::number_out_of_range);
    }
    return put(static_cast<std::int64_t>(value));
  }
  bool number_float(Json::number_float_t, const std::string& text) {
    const bool whole = text.find_first_of(".eE") == std::string::npos;
    return refuse(whole ? Reason::number_out_of_range : Reason::number_not_integer);
  }
  bool string(std::string& value) {
    if (!is_clean(value)) return refuse(Reason::text_malformed);
    return put(std::move(value));
  }
  bool binary(Json::binary_t&) { return refuse(Reason::json_malformed); }
  bool start_object(std::size_t) { return open(Members{}); }
  bool key(std::string& name) {
    if (!is_clean(name)) return refuse(Reason::text_malformed);
    std::get<Members>(open_.back().data).push_back({std::move(name), Value{}});
    return true;
  }
  bool end_object() {
    auto& members = std::get<Members>(open_.back().data);
    sort_stably(members, [](const Member& a, const Member& b) { return a.key < b.key; });
    const auto twice = std::ranges::adjacent_find(members, {}, &Member::key);
    if (twice != members.end()) {
      std::string place = pointer_of(open_.size() - 1);
      append_pointer(place, twice->key);
      return refuse_at(Reason::key_duplicate, std::move(place));
    }
    return close();
  }
  bool start_array(std::size_t) { return open(List{}); }
  bool end_array() { return close(); }
  bool parse_error(std::size_t, const std::string&, const Json::exception&) {
    return refuse(Reason::json_malformed);
  }

  Result<Value> finish() {
    if (rejection_) return std::unexpected(*std::move(rejection_));
    return std::move(root_);
  }

 private:
  bool open(std::variant<Null, bool, std::int64_t, std::string, List, Members> data) {
    if (open_.size() >= limits_.depth_max) return refuse(Reason::depth_exceeded);
    open_.push_back(Value{std::move(data)});
    return true;
  }

  bool close() {
    Value value = std::move(open_.back());
    open_.pop_back();
    return put_value(std::move(value));
  }

  template <class T>
  bool put(T&& data) {
    return put_value(Value{std::forward<T>(data)});
  }

  bool put_value(Value value) {
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (auto* list = std::get_if<List>(&open_.back().data)) {
      list->push_back(std::move(value));
    } else {
      std::get<Members>(open_.back().data).back().value = std::move(value);
    }
    return true;
  }

  bool refuse(Reason reason) { return refuse_at(reason, pointer_of(open_.size())); }

  bool refuse_at(Reason reason, std::string pointer) {
    if (!rejection_) rejection_ = rejection(reason, std::move(pointer));
    return false;
  }

  /// The place of the value being read, `depth` open lists and objects deep.
  [[nodiscard]] std::string pointer_of(std::size_t depth) const {
    std::string text;
    for (std::size_t i = 0; i < depth; ++i) {
      if (const auto* list = std::get_if<List>(&open_[i].data)) {
        append_pointer(text, std::to_string(list->size()));
      } else if (const auto& members = std::get<Members>(open_[i].data); !members.empty()) {
        append_pointer(text, members.back().key);
      }
    }
    return text;
  }

  const Limits& limits_;
  std::vector<Value> open_;
  Value root_;
  std::optional<Rejection> rejection_;
};

}  // namespace

const Value* Value::find(std::string_view key) const {
  const Members* members = object();
  if (members == nullptr) return nullptr;
  const auto found = std::ranges::lower_bound(
      *members, key, {}, [](const Member& member) { return std::string_view(member.key); });
  if (found == members->end() || found->key != key) return nullptr;
  return &found->value;
}

Result<Value> parse(std::string_view text, const Limits& limits) {
  if (text.size() > limits.bytes_max) {
    return reject(Reason::size_exceeded, "", static_cast<std::int64_t>(limits.bytes_max));
  }
  if (!is_utf8(text)) return reject(Reason::text_malformed);
  if (text.starts_with("\xEF\xBB\xBF")) return reject(Reason::json_malformed);
  Builder builder(limits);
  Json::sax_parse(text.begin(), text.end(), &builder);
  return builder.finish();
}

void append_value(std::string& out, const Value& value) {
  if (const auto* boolean = std::get_if<bool>(&value.data)) {
    out += *boolean ? "true" : "false";
  } else if (const auto* integer = value.integer()) {
    append_integer(out, *integer);
  } else if (const auto* text = value.text()) {
    append_text(out, *text);
  } else if (const auto* list = value.list()) {
    out += '[';
    for (std::size_t i = 0; i < list->size(); ++i) {
      if (i != 0) out += ',';
      append_value(out, (*list)[i]);
    }
    out += ']';
  } else if (const auto* members = value.object()) {
    out += '{';
    for (std::size_t i = 0; i < members->size(); ++i) {
      if (i != 0) out += ',';
      append_text(out, (*members)[i].key);
      out += ':';
      append_value(out, (*members)[i].value);
    }
    out += '}';
  } else {
    out += "null";
  }
}

}  // namespace tandem::wire
