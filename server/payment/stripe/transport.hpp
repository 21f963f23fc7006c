// SPDX-License-Identifier: Apache-2.0
#pragma once
// How requests reach Stripe: over the network, or in a test by any function.

#include <expected>
#include <functional>
#include <string>

#include "http/client.hpp"

namespace tandem::payment::stripe {

using Transport =
    std::function<std::expected<http::ClientAnswer, std::string>(const http::ClientCall&)>;

}  // namespace tandem::payment::stripe
