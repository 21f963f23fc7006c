// SPDX-License-Identifier: Apache-2.0
#include "app/identity_token.hpp"

#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include "app/secrets.hpp"
#include "tandem/base/text.hpp"
#include "tandem/order/address_rules.hpp"
#include "tandem/wire/value.hpp"

namespace tandem::app {
namespace {

constexpr std::size_t kTokenBytesMax = 8'192;
constexpr std::size_t kSecretBytesMin = 32;
constexpr std::size_t kClaimBytesMax = 256;
constexpr std::int64_t kLeewayS = 60;
constexpr std::size_t kEs256Half = 32;

using Key = std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)>;

const unsigned char* octets(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::optional<std::string> from_base64url(std::string_view text) {
  std::string out(text.size(), '\0');
  std::size_t size = 0;
  const int failed = sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(),
                                       text.data(), text.size(), nullptr, &size, nullptr,
                                       sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  if (failed != 0) return std::nullopt;
  out.resize(size);
  return out;
}

std::string hs256(std::string_view secret, std::string_view text) {
  crypto_auth_hmacsha256_state state;
  std::string out(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256_init(&state, octets(secret), secret.size());
  crypto_auth_hmacsha256_update(&state, octets(text), text.size());
  crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(out.data()));
  return out;
}

/// A public key that fits the algorithm; an RSA key never verifies what is called ES256.
Key public_key(const std::string& pem, std::string_view algorithm) {
  const std::unique_ptr<BIO, int (*)(BIO*)> text(
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free);
  Key key(PEM_read_bio_PUBKEY(text.get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
  if (!key) return key;
  const int kind = EVP_PKEY_get_base_id(key.get());
  const int bits = EVP_PKEY_get_bits(key.get());
  const bool fits = algorithm == "RS256" ? kind == EVP_PKEY_RSA && bits >= 2'048
                                         : kind == EVP_PKEY_EC && bits == 256;
  if (!fits) key.reset();
  return key;
}

/// The two numbers of an ES256 signature as OpenSSL takes them.
std::string as_der(std::string_view signature) {
  if (signature.size() != 2 * kEs256Half) return {};
  const std::unique_ptr<ECDSA_SIG, void (*)(ECDSA_SIG*)> both(ECDSA_SIG_new(), ECDSA_SIG_free);
  BIGNUM* r = BN_bin2bn(octets(signature), kEs256Half, nullptr);
  BIGNUM* s = BN_bin2bn(octets(signature.substr(kEs256Half)), kEs256Half, nullptr);
  ECDSA_SIG_set0(both.get(), r, s);
  unsigned char* der = nullptr;
  const int size = i2d_ECDSA_SIG(both.get(), &der);
  std::string out;
  if (size > 0) out.assign(reinterpret_cast<char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  return out;
}

bool verifies(const std::string& pem, std::string_view algorithm, std::string_view text,
              std::string_view signature) {
  const Key key = public_key(pem, algorithm);
  const std::string bytes = algorithm == "ES256" ? as_der(signature) : std::string(signature);
  const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(),
                                                                   EVP_MD_CTX_free);
  if (!key || !context || bytes.empty()) return false;
  if (EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) != 1) {
    return false;
  }
  return EVP_DigestVerify(context.get(), octets(bytes), bytes.size(), octets(text), text.size()) ==
         1;
}

bool is_signed(std::string_view text, std::string_view signature, const IdentityOptions& options) {
  return std::ranges::any_of(options.keys, [&](const std::string& key) {
    if (options.algorithm == "HS256") return same(hs256(key, text), signature);
    return verifies(key, options.algorithm, text, signature);
  });
}

Result<wire::Value> object_in(std::string_view part) {
  const auto text = from_base64url(part);
  if (!text) return reject(Reason::token_malformed);
  auto value = wire::parse(*text);
  if (!value || value->object() == nullptr) return reject(Reason::token_malformed);
  return value;
}

std::optional<std::string> text_claim(const wire::Value& claims, std::string_view name) {
  const wire::Value* value = claims.find(name);
  const std::string* text = value == nullptr ? nullptr : value->text();
  if (text == nullptr || text->empty() || text->size() > kClaimBytesMax) return std::nullopt;
  return *text;
}

std::optional<std::int64_t> time_claim(const wire::Value& claims, std::string_view name) {
  const wire::Value* value = claims.find(name);
  const std::int64_t* seconds = value == nullptr ? nullptr : value->integer();
  return seconds == nullptr ? std::nullopt : std::optional(*seconds);
}

/// One audience as a text, or several as a list of texts.
bool is_for(const wire::Value& claims, const std::string& audience) {
  const wire::Value* value = claims.find("aud");
  if (value == nullptr) return false;
  if (const std::string* one = value->text()) return *one == audience;
  const wire::List* list = value->list();
  return list != nullptr && std::ranges::any_of(*list, [&](const wire::Value& element) {
           return element.text() != nullptr && *element.text() == audience;
         });
}

Result<Identity> identity_of(const wire::Value& claims) {
  const auto subject = text_claim(claims, "sub");
  if (!subject) return reject(Reason::token_malformed, "sub");
  const auto email = text_claim(claims, "email");
  if (!email || !is_email(*email)) return reject(Reason::token_malformed, "email");
  const wire::Value* verified = claims.find("email_verified");
  const bool* is_verified = verified == nullptr ? nullptr : std::get_if<bool>(&verified->data);
  return Identity{.subject = *subject,
                  .email = *email,
                  .email_verified = is_verified != nullptr && *is_verified,
                  .name = text_claim(claims, "name").value_or(""),
                  .group = text_claim(claims, "group").value_or("")};
}

Result<void> check_times(const wire::Value& claims, std::int64_t now_s) {
  const auto ends = time_claim(claims, "exp");
  if (!ends) return reject(Reason::token_malformed, "exp");
  const auto made = time_claim(claims, "iat");
  if (!made) return reject(Reason::token_malformed, "iat");
  if (*ends <= now_s - kLeewayS) return reject(Reason::token_expired);
  const std::int64_t begins = std::max(*made, time_claim(claims, "nbf").value_or(*made));
  if (begins > now_s + kLeewayS) return reject(Reason::token_not_yet_valid);
  return {};
}

}  // namespace

std::string fault_of(const IdentityOptions& options) {
  constexpr std::array<std::string_view, 3> kKnown{"HS256", "RS256", "ES256"};
  if (std::ranges::find(kKnown, options.algorithm) == kKnown.end()) {
    return "identify_algorithm is HS256, RS256 or ES256";
  }
  if (options.audience.empty()) return "identify_audience is empty";
  for (const std::string& key : options.keys) {
    if (options.algorithm == "HS256" && key.size() < kSecretBytesMin) {
      return "a secret in identify_keys has fewer than 32 bytes";
    }
    if (options.algorithm != "HS256" && !public_key(key, options.algorithm)) {
      return "a key in identify_keys is no public key (PEM) for " + options.algorithm;
    }
  }
  return {};
}

Result<Identity> read_identity(std::string_view token, const IdentityOptions& options,
                               std::int64_t now_ms) {
  const auto first = token.find('.');
  const auto last = token.rfind('.');
  const bool has_parts = first != std::string_view::npos && first != last;
  if (!has_parts || token.size() > kTokenBytesMax) return reject(Reason::token_malformed);
  const auto head = object_in(token.substr(0, first));
  if (!head) return std::unexpected(head.error());
  if (text_claim(*head, "alg") != options.algorithm) return reject(Reason::token_algorithm_wrong);
  // What must be understood and is not (RFC 7515, 4.1.11).
  if (head->find("crit") != nullptr) return reject(Reason::token_malformed, "crit");
  const auto signature = from_base64url(token.substr(last + 1));
  if (!signature) return reject(Reason::token_malformed);
  if (!is_signed(token.substr(0, last), *signature, options)) {
    return reject(Reason::token_signature_wrong);
  }
  const auto claims = object_in(token.substr(first + 1, last - first - 1));
  if (!claims) return std::unexpected(claims.error());
  auto identity = identity_of(*claims);
  if (!identity) return identity;
  if (!is_for(*claims, options.audience)) return reject(Reason::token_audience_wrong);
  if (auto ok = check_times(*claims, now_ms / 1'000); !ok) return std::unexpected(ok.error());
  return identity;
}

}  // namespace tandem::app
