// SPDX-License-Identifier: Apache-2.0
#include "tandem/order/event.hpp"

namespace tandem {

Event::Event() = default;
Event::Event(const Event& other) = default;
Event::Event(Event&& other) noexcept = default;
Event& Event::operator=(const Event& other) = default;
Event& Event::operator=(Event&& other) noexcept = default;
Event::~Event() = default;

template <>
const Type& type_of<Event>() {
  static constexpr Type type = detail::make_type<Event>();
  return type;
}

}  // namespace tandem
