// SPDX-License-Identifier: Apache-2.0
// The listener over TLS, asked by another implementation's client side: Asio's over OpenSSL.
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include "http/address.hpp"
#include "http/tls.hpp"
#include "http_client.hpp"

namespace tandem::http {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;
using ErrorCode = boost::system::error_code;

template <class T, void (*Free)(T*)>
using Held = std::unique_ptr<T, decltype([](T* one) { Free(one); })>;
using Key = Held<EVP_PKEY, EVP_PKEY_free>;
using Certificate = Held<X509, X509_free>;

Key new_key() { return Key(EVP_EC_gen("P-256")); }

Certificate self_signed(EVP_PKEY* key) {
  Certificate made(X509_new());
  X509_set_version(made.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(made.get()), -3'600);
  X509_gmtime_adj(X509_getm_notAfter(made.get()), 3'600);
  X509_set_pubkey(made.get(), key);
  X509_NAME* const name = X509_get_subject_name(made.get());
  const unsigned char text[] = "shop.example";
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, text, -1, -1, 0);
  X509_set_issuer_name(made.get(), name);
  X509_sign(made.get(), key, EVP_sha256());
  return made;
}

class Tls : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "tandem-tls-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    const Key key = new_key();
    write_key(files_.key = path("key.pem"), key.get());
    files_.certificate = path("shop.pem");
    FILE* const out = std::fopen(files_.certificate.c_str(), "w");
    PEM_write_X509(out, self_signed(key.get()).get());
    std::fclose(out);
    router_.route("/who").get([](const Request& request) {
      return json(200, client_of(request, {}).secured ? R"({"secured":true})" : "{}");
    });
    router_.route("/large").get([](const Request&) { return json(200, large()); });
    router_.route("/echo").post([](const Request& request) { return json(200, request.body); });
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string path(const std::string& name) const { return (fs::path(folder_) / name).string(); }
  static void write_key(const std::string& path, EVP_PKEY* key) {
    FILE* const out = std::fopen(path.c_str(), "w");
    PEM_write_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(out);
  }
  static std::string large() { return '"' + std::string(std::size_t{3} << 20U, 'x') + '"'; }

  std::unique_ptr<Listener> listen(Limits limits = {}) {
    auto tls = tls_context(files_);
    EXPECT_TRUE(tls) << tls.error();
    auto listener = Listener::start(router_, {.threads = 2, .limits = limits, .tls = *tls});
    EXPECT_TRUE(listener);
    return *std::move(listener);
  }

  std::string folder_;
  TlsFiles files_;
  Router router_;
};

/// A connection over TLS that trusts whoever answers.
class SecuredClient {
 public:
  explicit SecuredClient(std::uint16_t port, std::string_view alpn = "\x08http/1.1") {
    context_.set_verify_mode(asio::ssl::verify_none);
    SSL_set_alpn_protos(stream_.native_handle(),
                        reinterpret_cast<const unsigned char*>(alpn.data()),
                        static_cast<unsigned>(alpn.size()));
    stream_.next_layer().connect({asio::ip::make_address("127.0.0.1"), port}, failure);
    if (!failure) stream_.handshake(asio::ssl::stream_base::client, failure);
  }

  /// Sends, and reads up to and with these bytes.
  std::string ask(std::string_view request, std::string_view until) {
    asio::write(stream_, asio::buffer(request), failure);
    std::string answer;
    asio::read_until(stream_, asio::dynamic_buffer(answer), std::string(until), failure);
    return answer;
  }

  ErrorCode failure;

 private:
  asio::io_context io_;
  asio::ssl::context context_{asio::ssl::context::tls_client};
  asio::ssl::stream<asio::ip::tcp::socket> stream_{io_, context_};
};

TEST_F(Tls, CarriesRequestsOneAfterTheOther) {
  const auto listener = listen();
  SecuredClient client(listener->port());
  ASSERT_FALSE(client.failure) << client.failure.message();
  EXPECT_TRUE(client.ask(test::get("/who"), "}").ends_with(R"({"secured":true})"));
  EXPECT_TRUE(client.ask(test::get("/large"), "x\"").ends_with(large()));
  const std::string body = '"' + std::string(100'000, 'y') + '"';
  EXPECT_TRUE(client.ask(test::post("/echo", body), "y\"").ends_with(body));
  EXPECT_TRUE(listener->stop(std::chrono::seconds(5)));
}

TEST_F(Tls, SpeaksNoOlderVersionAndNoOtherProtocol) {
  const auto listener = listen();
  EXPECT_TRUE(SecuredClient(listener->port(), "\x02h2").failure);
  EXPECT_FALSE(SecuredClient(listener->port(), "\x02h2\x08http/1.1").failure);
  asio::io_context io;
  asio::ssl::context old(asio::ssl::context::tls_client);
  SSL_CTX_set_max_proto_version(old.native_handle(), TLS1_1_VERSION);
  asio::ssl::stream<asio::ip::tcp::socket> stream(io, old);
  stream.next_layer().connect({asio::ip::make_address("127.0.0.1"), listener->port()});
  ErrorCode failure;
  stream.handshake(asio::ssl::stream_base::client, failure);
  EXPECT_TRUE(failure);
}

TEST_F(Tls, EndsConnectionsThatNeverShakeHands) {
  Limits limits;
  limits.head_timeout = std::chrono::milliseconds(100);
  const auto listener = listen(limits);
  test::Client silent(listener->port());
  test::Client plain(listener->port());
  plain.send(test::get("/who"));
  EXPECT_EQ(plain.read().status, 0);
  EXPECT_TRUE(silent.hears_within(std::chrono::seconds(5)));
  EXPECT_TRUE(silent.at_end());
  SecuredClient client(listener->port());
  EXPECT_TRUE(client.ask(test::get("/who"), "}").ends_with(R"({"secured":true})"));
}

TEST_F(Tls, NamesTheFileThatCannotBeUsed) {
  TlsFiles files = files_;
  files.certificate = path("nowhere.pem");
  EXPECT_TRUE(tls_context(files).error().starts_with(files.certificate));
  files = files_;
  files.key = files_.certificate;
  EXPECT_TRUE(tls_context(files).error().starts_with(files.key));
  files.key = path("other.pem");
  write_key(files.key, new_key().get());
  EXPECT_TRUE(tls_context(files).error().starts_with(files.key));
}

}  // namespace
}  // namespace tandem::http
