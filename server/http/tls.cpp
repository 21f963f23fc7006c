// SPDX-License-Identifier: Apache-2.0
#include "http/tls.hpp"

#include <openssl/ssl.h>

#include <array>
#include <cstring>

namespace tandem::http {
namespace {

namespace ssl = boost::asio::ssl;

/// Of the protocols that a client offers, HTTP/1.1 is the one that is spoken here.
int choose_protocol(SSL*, const unsigned char** out, unsigned char* size,
                    const unsigned char* offered, unsigned int offered_size, void*) {
  static constexpr std::array<unsigned char, 9> kHttp11{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  unsigned char* chosen = nullptr;
  const int found =
      SSL_select_next_proto(&chosen, size, kHttp11.data(), kHttp11.size(), offered, offered_size);
  if (found != OPENSSL_NPN_NEGOTIATED) return SSL_TLSEXT_ERR_ALERT_FATAL;
  *out = chosen;
  return SSL_TLSEXT_ERR_OK;
}

std::string sentence(const std::string& file, const boost::system::error_code& failure) {
  return file + ": cannot be used for TLS: " + failure.message();
}

}  // namespace

std::expected<TlsContext, std::string> tls_context(const TlsFiles& files) {
  auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
  boost::system::error_code failure;
  context->use_certificate_chain_file(files.certificate, failure);
  if (failure) return std::unexpected(sentence(files.certificate, failure));
  context->use_private_key_file(files.key, ssl::context::pem, failure);
  if (failure) return std::unexpected(sentence(files.key, failure));
  SSL_CTX* const native = context->native_handle();
  if (SSL_CTX_check_private_key(native) != 1) {
    return std::unexpected(files.key + ": is not the key of " + files.certificate);
  }
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_alpn_select_cb(native, choose_protocol, nullptr);
  return context;
}

}  // namespace tandem::http
