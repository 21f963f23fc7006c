// SPDX-License-Identifier: Apache-2.0
// What this message looks like on the wire, described once for all files that read or write it.
#include "tandem/order/view.hpp"

namespace tandem {

template <>
const Type& type_of<View>() {
  static constexpr Type type = detail::make_type<View>();
  return type;
}

}  // namespace tandem
