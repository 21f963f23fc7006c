// SPDX-License-Identifier: Apache-2.0
#pragma once
// TLS for a listener that no proxy stands in front of: version 1.2 at least, the certificate with
// its chain and its key from files.
//
//   auto tls = tls_context({.certificate = "shop.pem", .key = "shop.key"});

#include <boost/asio/ssl/context.hpp>
#include <expected>
#include <memory>
#include <string>

namespace tandem::http {

struct TlsFiles {
  std::string certificate{};  // PEM: the server's, then those that vouch for it
  std::string key{};          // PEM, without a password
};

using TlsContext = std::shared_ptr<boost::asio::ssl::context>;

/// The error is a sentence that names the file.
[[nodiscard]] std::expected<TlsContext, std::string> tls_context(const TlsFiles& files);

}  // namespace tandem::http
