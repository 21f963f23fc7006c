// SPDX-License-Identifier: Apache-2.0
// What a session sends: heads, contents, streams, and the end of the connection.
#include <algorithm>
#include <array>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/write.hpp>
#include <charconv>
#include <tuple>

#include "http/as_tuple.hpp"
#include "http/session.hpp"

namespace tandem::http {
namespace {

namespace asio = boost::asio;
using ErrorCode = boost::system::error_code;

constexpr std::size_t kContentJoined =
    std::size_t{8} * 1024;  // content up to this is copied behind the head
constexpr std::size_t kLingerBytes = std::size_t{4} * 1024 * 1024;
constexpr std::chrono::milliseconds kLingerTime{2'000};

std::string_view phrase(std::uint16_t status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 422:
      return "Unprocessable Content";
    case 428:
      return "Precondition Required";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 503:
      return "Service Unavailable";
    default:
      return "";  // the phrase says nothing to programs and may be empty
  }
}

bool has_content(std::uint16_t status) { return status >= 200 && status != 204 && status != 304; }

void append_number(std::string& out, std::uint64_t number, int base = 10) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, base);
  out.append(digits.data(), end.ptr);
}

void append_header(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += ": ";
  out += value;
  out += "\r\n";
}

// A producer that throws ends its stream; `failed` tells that from an end of its own.
Awaitable<std::optional<std::string>> next_chunk(const NextChunk& next, bool& failed) {
  try {
    co_return co_await next();
  } catch (...) {
    failed = true;
  }
  co_return std::nullopt;
}

}  // namespace

Awaitable<Session::Next> Session::send(Response response, bool keep_alive) {
  shared_.router.finish(request_, response);
  unread_ = parser_.state() != RequestParser::State::complete || begin_ != end_;
  const bool to_end = response.stream && parser_.is_http_1_0();  // no chunks: the end is the close
  keep_alive = keep_alive && !to_end && !shared_.stopping;
  write_head(response, keep_alive);
  bool sent = false;
  if (response.stream && request_.method != Method::head) {
    sent = co_await send_stream(response);
  } else {
    std::string_view content =
        has_content(response.status) ? response.content() : std::string_view{};
    if (content.size() <= kContentJoined) {
      out_ += content;
      content = {};
    }
    enter(Phase::writing, shared_.limits.write_timeout);
    sent = co_await write(out_, content);
  }
  unread_ = unread_ && sent;
  co_return sent&& keep_alive ? Next::go_on : Next::close;
}

void Session::write_head(const Response& response, bool keep_alive) {
  out_ = "HTTP/1.1 ";
  append_number(out_, response.status);
  out_ += ' ';
  out_ += phrase(response.status);
  out_ += "\r\n";
  append_header(out_, "Date", date());
  for (std::size_t i = 0; i < response.headers.size(); ++i) {
    append_header(out_, response.headers[i].name, response.headers[i].value);
  }
  if (response.stream) {
    if (!parser_.is_http_1_0()) append_header(out_, "Transfer-Encoding", "chunked");
  } else if (has_content(response.status)) {
    out_ += "Content-Length: ";
    append_number(out_, response.content_length.value_or(response.content().size()));
    out_ += "\r\n";
  }
  if (!keep_alive) {
    append_header(out_, "Connection", "close");
  } else if (parser_.is_http_1_0()) {
    append_header(out_, "Connection", "keep-alive");
  }
  out_ += "\r\n";
}

// Sends chunks as they are made. Meanwhile the client is watched, so that a stream that has nothing
// to say for long still ends when nobody listens any more.
Awaitable<bool> Session::send_stream(const Response& response) {
  using asio::experimental::awaitable_operators::operator||;
  const bool chunked = !parser_.is_http_1_0();
  endless_ = response.endless;
  enter(Phase::writing, shared_.limits.write_timeout);
  if (!co_await write(out_, {})) co_return false;
  for (;;) {
    enter(Phase::streaming, {});
    if (endless_ && shared_.stopping) break;
    bool failed = false;
    const auto first = co_await (next_chunk(response.stream, failed) || watch_client());
    if (client_gone_) co_return false;
    if (first.index() == 1) break;  // the server stops
    if (failed) co_return false;  // the client sees an answer that was cut off
    if (!std::get<0>(first)) break;
    const std::string& chunk = *std::get<0>(first);
    if (chunk.empty()) continue;  // an empty chunk would end the answer
    out_.clear();
    if (chunked) append_number(out_, chunk.size(), 16);
    if (chunked) out_ += "\r\n";
    out_ += chunk;
    if (chunked) out_ += "\r\n";
    enter(Phase::writing, shared_.limits.write_timeout);
    if (!co_await write(out_, {})) co_return false;
  }
  enter(Phase::writing, shared_.limits.write_timeout);
  const std::string_view last_chunk = chunked ? "0\r\n\r\n" : "";
  co_return co_await write(last_chunk, {});
}

// Most answers fit into the socket's buffer: they are written at once, without a round through the
// event loop.
Awaitable<bool> Session::write(std::string_view first, std::string_view second) {
  if (tls_) co_return co_await write_secured(first, second);
  const std::array parts{asio::buffer(first), asio::buffer(second)};
  ErrorCode failure;
  const std::size_t total = first.size() + second.size();
  std::size_t done = socket_.write_some(parts, failure);
  if (failure && failure != asio::error::would_block) co_return false;
  while (done < total) {
    const std::array rest{
        asio::buffer(first.substr(std::min(done, first.size()))),
        asio::buffer(second.substr(done > first.size() ? done - first.size() : 0))};
    const auto [failed, count] = co_await socket_.async_write_some(rest, kTuple);
    if (failed) co_return false;
    done += count;
  }
  co_return true;
}

Awaitable<bool> Session::write_secured(std::string_view first, std::string_view second) {
  for (const std::string_view part : {first, second}) {
    if (part.empty()) continue;
    const auto [failure, count] = co_await asio::async_write(*tls_, asio::buffer(part), kTuple);
    if (failure) co_return false;
  }
  co_return true;
}

// Closing while the client still sends would make its system throw our answer away: say that no
// more will come, then read a while without looking.
Awaitable<void> Session::linger() {
  ErrorCode failure;
  enter(Phase::writing, kLingerTime);
  if (tls_) {
    std::tie(failure) = co_await tls_->async_shutdown(kTuple);  // waits for the client's own end
    socket_.close(failure);
    co_return;
  }
  socket_.shutdown(Socket::shutdown_send, failure);
  for (std::size_t seen = 0; !failure && seen < kLingerBytes;) {
    const auto [ended, count] = co_await socket_.async_read_some(asio::buffer(buffer_), kTuple);
    failure = ended;
    seen += count;
  }
  socket_.close(failure);
}

std::string_view Session::date() {
  const std::time_t now = std::time(nullptr);
  if (now == lane_.date_second) return lane_.date;
  lane_.date_second = now;
  std::tm utc{};
  ::gmtime_r(&now, &utc);
  std::array<char, 32> text{};
  const auto size = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc);
  lane_.date.assign(text.data(), size);
  return lane_.date;
}

}  // namespace tandem::http
