// SPDX-License-Identifier: Apache-2.0
#pragma once
// One visitor made of several functions: an alternative without one is a compile error.
//
//   std::visit(overloaded{[](const AddLine& c) { … }, [](const PlaceOrder&) { … }}, command);

namespace tandem {

template <class... Visitors>
struct overloaded : Visitors... {
  using Visitors::operator()...;
};

}  // namespace tandem
