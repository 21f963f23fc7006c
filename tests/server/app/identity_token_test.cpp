// SPDX-License-Identifier: Apache-2.0
// The embedding site's tokens: which are believed, and what is said of the others.
#include <gtest/gtest.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include "app/identity_token.hpp"
#include "letterbox.hpp"

namespace tandem::app::test {
namespace {

const std::string kOtherSecret = "another secret of thirty-two bytes or more";

Result<Identity> read(const std::string& token,
                      const IdentityOptions& options = {.keys = {kSiteSecret}}) {
  EXPECT_TRUE(start_crypto());
  return read_identity(token, options, kStart);
}

std::string reason(const Result<Identity>& identity) {
  return identity ? "none" : std::string(name(identity.error().reason));
}

Json with(const std::string& key, const Json& value) {
  Json claims = site_claims("s-1", "ann@example.com");
  claims[key] = value;
  return claims;
}

Json without(const std::string& key) {
  Json claims = site_claims("s-1", "ann@example.com");
  claims.erase(key);
  return claims;
}

/// A token signed with a private key; an ES256 signature as the two bare numbers.
std::string key_token(EVP_PKEY* key, const std::string& algorithm) {
  const std::string text = base64url(Json{{"alg", algorithm}}.dump()) + '.' +
                           base64url(site_claims("s-1", "ann@example.com").dump());
  const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(),
                                                                   EVP_MD_CTX_free);
  EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key);
  std::string signature(512, '\0');
  std::size_t size = signature.size();
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  EXPECT_EQ(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                           bytes, text.size()),
            1);
  signature.resize(size);
  if (algorithm == "ES256") {
    const auto* der = reinterpret_cast<const unsigned char*>(signature.data());
    ECDSA_SIG* both = d2i_ECDSA_SIG(nullptr, &der, static_cast<long>(size));
    std::string bare(64, '\0');
    auto* to = reinterpret_cast<unsigned char*>(bare.data());
    BN_bn2binpad(ECDSA_SIG_get0_r(both), to, 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(both), to + 32, 32);
    ECDSA_SIG_free(both);
    signature = bare;
  }
  return text + '.' + base64url(signature);
}

std::string public_pem(EVP_PKEY* key) {
  BIO* memory = BIO_new(BIO_s_mem());
  PEM_write_bio_PUBKEY(memory, key);
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory, &data);
  std::string pem(data, static_cast<std::size_t>(size));
  BIO_free(memory);
  return pem;
}

using OwnedKey = std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)>;

TEST(IdentityToken, SaysWhoTheCustomerIs) {
  Json claims = with("name", "Ann");
  claims["group"] = "trade";
  claims["email_verified"] = true;
  const auto identity = read(site_token(claims));
  ASSERT_TRUE(identity) << reason(identity);
  EXPECT_EQ(identity->subject, "s-1");
  EXPECT_EQ(identity->email, "ann@example.com");
  EXPECT_EQ(identity->name, "Ann");
  EXPECT_EQ(identity->group, "trade");
  EXPECT_TRUE(identity->email_verified);
  EXPECT_FALSE(read(site_token(site_claims("s", "a@b.example")))->email_verified);
}

TEST(IdentityToken, EitherOfTwoKeysFitsWhileTheyAreRolled) {
  const IdentityOptions both{.keys = {kOtherSecret, kSiteSecret}};
  const Json claims = site_claims("s-1", "ann@example.com");
  EXPECT_TRUE(read(site_token(claims), both));
  EXPECT_TRUE(read(site_token(claims, kOtherSecret), both));
  EXPECT_EQ(reason(read(site_token(claims, kOtherSecret))), "token_signature_wrong");
}

TEST(IdentityToken, RefusesEachFaultByItsName) {
  const Json claims = site_claims("s-1", "ann@example.com");
  const std::int64_t now_s = kStart / 1'000;
  const std::string good = site_token(claims);
  EXPECT_EQ(reason(read("")), "token_malformed");
  EXPECT_EQ(reason(read("a.b")), "token_malformed");
  EXPECT_EQ(reason(read("!.!.!")), "token_malformed");
  EXPECT_EQ(reason(read(std::string(9'000, 'a') + ".b.c")), "token_malformed");
  EXPECT_EQ(reason(read(site_token(claims, kSiteSecret, {{"alg", "none"}}))),
            "token_algorithm_wrong");
  EXPECT_EQ(reason(read(site_token(claims, kSiteSecret, {{"alg", "HS512"}}))),
            "token_algorithm_wrong");
  EXPECT_EQ(reason(read(site_token(claims, kSiteSecret, {{"typ", "JWT"}}))),
            "token_algorithm_wrong");
  EXPECT_EQ(reason(read(good.substr(0, good.rfind('.') + 1))), "token_signature_wrong");
  EXPECT_EQ(reason(read(site_token(claims, kOtherSecret))), "token_signature_wrong");
  std::string other = good;
  other.replace(other.find('.') + 1, 4, "eyJi");
  EXPECT_EQ(reason(read(other)), "token_signature_wrong");
  for (const char* key : {"sub", "email", "exp", "iat"}) {
    EXPECT_EQ(reason(read(site_token(without(key)))), "token_malformed") << key;
  }
  EXPECT_EQ(reason(read(site_token(without("aud")))), "token_audience_wrong");
  EXPECT_EQ(reason(read(site_token(with("aud", "other")))), "token_audience_wrong");
  EXPECT_TRUE(read(site_token(with("aud", {"other", "tandem"}))));
  EXPECT_EQ(reason(read(site_token(with("exp", now_s - 60)))), "token_expired");
  EXPECT_TRUE(read(site_token(with("exp", now_s - 59))));
  EXPECT_EQ(reason(read(site_token(with("iat", now_s + 61)))), "token_not_yet_valid");
  EXPECT_EQ(reason(read(site_token(with("nbf", now_s + 61)))), "token_not_yet_valid");
  EXPECT_TRUE(read(site_token(with("iat", now_s + 60))));
  EXPECT_EQ(reason(read(site_token(with("email", "nobody")))), "token_malformed");
}

TEST(IdentityToken, PublicKeysServeTheirOwnAlgorithmOnly) {
  const OwnedKey curve(EVP_EC_gen("P-256"), EVP_PKEY_free);
  const OwnedKey rsa(EVP_RSA_gen(2'048), EVP_PKEY_free);
  const IdentityOptions es{.algorithm = "ES256", .keys = {public_pem(curve.get())}};
  const IdentityOptions rs{.algorithm = "RS256", .keys = {public_pem(rsa.get())}};
  EXPECT_EQ(fault_of(es), "");
  EXPECT_EQ(fault_of(rs), "");
  EXPECT_TRUE(read(key_token(curve.get(), "ES256"), es));
  EXPECT_TRUE(read(key_token(rsa.get(), "RS256"), rs));
  EXPECT_EQ(reason(read(key_token(rsa.get(), "RS256"), es)), "token_algorithm_wrong");
  // The public key is no secret: as one it must not sign.
  const Json claims = site_claims("s-1", "ann@example.com");
  EXPECT_EQ(reason(read(site_token(claims, rs.keys[0]), rs)), "token_algorithm_wrong");
  EXPECT_EQ(reason(read(site_token(claims, rs.keys[0], {{"alg", "RS256"}}), rs)),
            "token_signature_wrong");
  EXPECT_NE(fault_of({.algorithm = "RS256", .keys = es.keys}), "");
  EXPECT_NE(fault_of({.algorithm = "ES256", .keys = {kSiteSecret}}), "");
}

TEST(IdentityToken, OptionsThatCannotWorkAreNamed) {
  EXPECT_EQ(fault_of({.keys = {kSiteSecret}}), "");
  EXPECT_EQ(fault_of(IdentityOptions{}), "");
  EXPECT_NE(fault_of({.algorithm = "none", .keys = {kSiteSecret}}), "");
  EXPECT_NE(fault_of({.keys = {"short"}}), "");
  EXPECT_NE(fault_of({.keys = {kSiteSecret}, .audience = ""}), "");
}

}  // namespace
}  // namespace tandem::app::test
