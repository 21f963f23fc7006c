// SPDX-License-Identifier: Apache-2.0
#include "store/postgres/values.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <limits>

namespace tandem::store::postgres {
namespace {

// Object ids of types, which never change: bool, bytea, int8, text, and their arrays.
constexpr Oid kTypes[] = {20, 16, 25, 17};
constexpr Oid kArrays[] = {1016, 1000, 1009, 1001};

template <class Array>
Array array_of(std::string_view bytes) {
  Array array{};
  std::memcpy(array.data(), bytes.data(), std::min(bytes.size(), array.size()));
  return array;
}

}  // namespace

void Params::begin(Type type) {
  values_.push_back({kTypes[static_cast<std::size_t>(type)], buffer_.size(), 0});
}

void Params::begin_array(Type type, std::size_t count) {
  const auto index = static_cast<std::size_t>(type);
  values_.push_back({kArrays[index], buffer_.size(), 0});
  number(count > 0 ? 1 : 0, 4);  // dimensions
  number(1, 4);                  // there may be NULLs
  number(kTypes[index], 4);
  if (count == 0) return;
  number(static_cast<std::int64_t>(count), 4);
  number(1, 4);  // the first index
}

void Params::ordinals(std::size_t count) {
  begin_array(Type::integer, count);
  for (std::size_t i = 0; i < count; ++i) element(static_cast<std::int64_t>(i));
  end();
}

void Params::number(std::int64_t value, int bytes) {
  for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
    buffer_ += static_cast<char>((value >> shift) & 0xff);
  }
}

void Params::set_size(std::size_t at, std::size_t size) {
  for (std::size_t i = 0; i < 4; ++i) {
    buffer_[at + i] = static_cast<char>((size >> ((3 - i) * 8)) & 0xff);
  }
}

Params::Wire Params::wire() const {
  Wire wire;
  for (const Value& value : values_) {
    wire.types.push_back(value.type);
    wire.values.push_back(value.size < 0 ? nullptr : buffer_.data() + value.at);
    wire.sizes.push_back(static_cast<int>(std::max<std::int64_t>(value.size, 0)));
    wire.formats.push_back(1);
  }
  return wire;
}

std::int64_t Rows::count() const {
  const std::string_view digits = PQcmdTuples(result_.get());
  std::int64_t count = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), count);
  return count;
}

std::string_view Rows::field() {
  const int column = column_++;
  const char* data = PQgetvalue(result_.get(), row_, column);
  const int size = PQgetlength(result_.get(), row_, column);
  return {data, static_cast<std::size_t>(size)};
}

bool Rows::skip_null() {
  if (PQgetisnull(result_.get(), row_, column_) == 0) return false;
  ++column_;
  return true;
}

std::int64_t Rows::integer() {
  const std::string_view bytes = field();
  if (bytes.empty()) return 0;
  // The first byte carries the sign.
  std::int64_t value = static_cast<signed char>(bytes.front());
  for (const char byte : bytes.substr(1)) value = value * 256 + static_cast<unsigned char>(byte);
  return value;
}

std::string Rows::text() { return std::string(field()); }

Digest Rows::digest() { return array_of<Digest>(field()); }

Salt Rows::salt() { return array_of<Salt>(field()); }

std::optional<std::int64_t> Rows::optional_integer() {
  if (skip_null()) return std::nullopt;
  return integer();
}

std::optional<Digest> Rows::optional_digest() {
  if (skip_null()) return std::nullopt;
  return digest();
}

}  // namespace tandem::store::postgres
