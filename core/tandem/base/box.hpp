// SPDX-License-Identifier: Apache-2.0
#pragma once
// Box: an optional value kept apart from its owner. It costs one pointer while empty, and may be of
// the very type it stands in. Copies are deep. On the wire it is nullable, as std::optional is.
//
//   struct Target { Box<Target> except; };

#include <memory>
#include <utility>

#include "tandem/fields/fields.hpp"

namespace tandem {

template <class T>
class Box {
 public:
  using value_type = T;

  Box() = default;
  Box(T value) : held_(std::make_unique<T>(std::move(value))) {}
  Box(const Box& other) : held_(other.held_ ? std::make_unique<T>(*other.held_) : nullptr) {}
  Box(Box&&) noexcept = default;
  Box& operator=(const Box& other) {
    if (this != &other) held_ = other.held_ ? std::make_unique<T>(*other.held_) : nullptr;
    return *this;
  }
  Box& operator=(Box&&) noexcept = default;
  ~Box() = default;

  T& emplace() {
    held_ = std::make_unique<T>();
    return *held_;
  }
  explicit operator bool() const { return held_ != nullptr; }
  T& operator*() { return *held_; }
  const T& operator*() const { return *held_; }
  const T* operator->() const { return held_.get(); }

  friend bool operator==(const Box& a, const Box& b) {
    return a && b ? *a == *b : bool(a) == bool(b);
  }

 private:
  std::unique_ptr<T> held_;
};

namespace detail {
template <class T>
inline constexpr bool kIsOptional<Box<T>> = true;
}  // namespace detail

}  // namespace tandem
