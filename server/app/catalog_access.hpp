// SPDX-License-Identifier: Apache-2.0
#pragma once
// Routes by which staff keep up what the shop publishes, and who may.

#include "app/services.hpp"

namespace tandem::app {

/// Who may change what the shop publishes. Refuses: unauthorized, role_forbids.
[[nodiscard]] Result<Actor> catalog_right(const http::Request& request, const Services& services);

void add_product_routes(http::Router& router, const Services& services);
void add_published_routes(http::Router& router, const Services& services);
void add_image_routes(http::Router& router, const Services& services);
void add_audit_routes(http::Router& router, const Services& services);

}  // namespace tandem::app
