// SPDX-License-Identifier: Apache-2.0
#pragma once
// The HTTP interface as an OpenAPI 3.1 document, from the rows beside the routes, the field lists
// and the list of reasons. It is the same text for every shop, whichever providers are connected.
//
//   openapi_document()   // {"components":{…},"info":{…},"openapi":"3.1.0","paths":{…},…}

#include <string>

#include "app/operations.hpp"

namespace tandem::app {

/// The rows of all routes.
[[nodiscard]] Operations all_operations();

/// The document, with sorted keys and without spaces.
[[nodiscard]] std::string openapi_document();

}  // namespace tandem::app
