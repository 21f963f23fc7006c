// SPDX-License-Identifier: Apache-2.0
#include "http/client.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <cctype>
#include <charconv>
#include <exception>
#include <optional>

namespace tandem::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using Request = beast::http::request<beast::http::string_body>;
using Parser = beast::http::response_parser<beast::http::string_body>;

constexpr std::uint64_t kBodyMax = 1U << 20U;

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

Request request_of(const ClientCall& call, const Address& address) {
  Request request;
  request.version(11);
  request.method_string(call.method);
  request.target(address.target);
  const bool usual = address.port == (address.secured ? "443" : "80");
  request.set(beast::http::field::host, usual ? address.host : address.host + ':' + address.port);
  request.set(beast::http::field::user_agent, "Tandem");
  request.set(beast::http::field::connection, "close");
  for (const auto& [name, value] : call.headers) request.set(name, value);
  request.body() = call.body;
  request.prepare_payload();
  return request;
}

ClientAnswer answer_of(Parser& parser) {
  auto response = parser.release();
  ClientAnswer answer;
  answer.status = static_cast<int>(response.result_int());
  for (const auto& field : response.base()) {
    answer.headers.emplace_back(lower(field.name_string()), std::string(field.value()));
  }
  answer.body = std::move(response.body());
  return answer;
}

template <class Stream>
asio::awaitable<ClientAnswer> exchange(Stream& stream, const Request& request, bool head_only) {
  co_await beast::http::async_write(stream, request, asio::use_awaitable);
  beast::flat_buffer buffer;
  Parser parser;
  if (head_only) {
    parser.body_limit(boost::none);  // however long it says that it is
    co_await beast::http::async_read_header(stream, buffer, parser, asio::use_awaitable);
  } else {
    parser.body_limit(kBodyMax);
    co_await beast::http::async_read(stream, buffer, parser, asio::use_awaitable);
  }
  co_return answer_of(parser);
}

using Endpoints = std::vector<asio::ip::tcp::endpoint>;

asio::ip::tcp::endpoint endpoint_of(const IpAddress& address, std::uint16_t port) {
  const asio::ip::address_v6 v6(address.bytes);
  if (!v6.is_v4_mapped()) return {v6, port};
  return {asio::ip::make_address_v4(asio::ip::v4_mapped, v6), port};
}

asio::awaitable<Endpoints> endpoints_of(const ClientCall& call, const Address& address,
                                        asio::io_context& io) {
  if (call.connect_to) {
    unsigned port = 0;
    std::from_chars(address.port.data(), address.port.data() + address.port.size(), port);
    Endpoints one{endpoint_of(*call.connect_to, static_cast<std::uint16_t>(port))};
    co_return one;
  }
  asio::ip::tcp::resolver resolver(io);
  const auto found =
      co_await resolver.async_resolve(address.host, address.port, asio::use_awaitable);
  Endpoints all;
  for (const auto& entry : found) all.push_back(entry.endpoint());
  co_return all;
}

/// Throws what Asio throws; call() turns it into a sentence.
asio::awaitable<ClientAnswer> run(const ClientCall& call, const Address& address,
                                  asio::io_context& io) {
  const Request request = request_of(call, address);
  const Endpoints found = co_await endpoints_of(call, address, io);
  if (!address.secured) {
    beast::tcp_stream stream(io);
    co_await stream.async_connect(found, asio::use_awaitable);
    co_return co_await exchange(stream, request, call.head_only);
  }
  asio::ssl::context tls(asio::ssl::context::tls_client);
  tls.set_default_verify_paths();
  beast::ssl_stream<beast::tcp_stream> stream(io, tls);
  stream.set_verify_mode(asio::ssl::verify_peer);
  stream.set_verify_callback(asio::ssl::host_name_verification(address.host));
  std::string name = address.host;  // OpenSSL's macro for this casts as C does
  if (SSL_ctrl(stream.native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
               name.data()) != 1) {
    throw std::runtime_error("the host cannot be named");
  }
  co_await beast::get_lowest_layer(stream).async_connect(found, asio::use_awaitable);
  co_await stream.async_handshake(asio::ssl::stream_base::client, asio::use_awaitable);
  co_return co_await exchange(stream, request, call.head_only);
}

}  // namespace

std::string ClientAnswer::header(std::string_view name) const {
  const auto found =
      std::ranges::find(headers, name, [](const auto& field) { return field.first; });
  return found == headers.end() ? std::string() : found->second;
}

std::expected<Address, std::string> address_of(std::string_view url) {
  Address address;
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (!url.starts_with(scheme)) continue;
    address.secured = scheme == "https://";
    std::string_view rest = url.substr(scheme.size());
    const auto slash = std::min(rest.find('/'), rest.size());
    address.target = slash == rest.size() ? "/" : std::string(rest.substr(slash));
    rest = rest.substr(0, slash);
    const auto colon = rest.rfind(':');
    const bool has_port = colon != std::string_view::npos;
    address.host = rest.substr(0, has_port ? colon : rest.size());
    address.port = has_port ? std::string(rest.substr(colon + 1)) : address.secured ? "443" : "80";
    if (!address.host.empty() && !address.port.empty()) return address;
  }
  return std::unexpected("the address is not one that can be called");
}

std::expected<ClientAnswer, std::string> call(const ClientCall& call) {
  const auto address = address_of(call.url);
  if (!address) return std::unexpected(address.error());
  std::optional<ClientAnswer> answer;
  std::string trouble = "no answer in time";
  asio::io_context io(1);
  asio::co_spawn(io, run(call, *address, io),
                 [&](const std::exception_ptr& failure, ClientAnswer got) {
                   if (!failure) {
                     answer = std::move(got);
                     return;
                   }
                   try {
                     std::rethrow_exception(failure);
                   } catch (const std::exception& what) {
                     trouble = what.what();
                   }
                 });
  io.run_for(call.patience);
  if (!answer) return std::unexpected(trouble);
  return *std::move(answer);
}

}  // namespace tandem::http
