// SPDX-License-Identifier: Apache-2.0
#include "http/request_parser.hpp"

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <optional>
#include <string>

namespace tandem::http {
namespace {

namespace beast = boost::beast;
using beast::http::error;

// Beast asserts that it sees the shortest end of a chunked body whole: "0\r\n\r\n".
constexpr std::size_t kLastChunkBytes = 5;

/// A field that goes on in the next line: Beast would unfold it, another server might not.
bool has_fold(std::string_view head) {
  for (std::size_t at = head.find('\n'); at != std::string_view::npos;
       at = head.find('\n', at + 1)) {
    const char next = at + 1 < head.size() ? head[at + 1] : '\0';
    if (next == ' ' || next == '\t') return true;
  }
  return false;
}

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

// Receives the parts of one message from Beast and puts them into the request value.
class Message final : public beast::http::basic_parser<true> {
 public:
  Message(const Limits& limits, Request& request) : limits_(limits), request_(request) {
    body_limit(boost::none);  // counted here, where the route's own limit is known
    header_limit(static_cast<std::uint32_t>(limits.head_bytes_max));
  }

  void refuse(Reason reason, std::optional<std::int64_t> limit = std::nullopt) {
    if (!rejection_) rejection_ = tandem::rejection(reason, {}, limit);
  }

  void limit_body(std::size_t bytes_max) {
    body_max_ = bytes_max;
    if (content_length().value_or(0) > bytes_max) refuse_body();
  }

  [[nodiscard]] const std::optional<Rejection>& rejection() const { return rejection_; }
  [[nodiscard]] bool started() const { return started_; }
  [[nodiscard]] bool expects_continue() const { return expects_continue_; }
  [[nodiscard]] bool is_1_1() const { return is_1_1_; }

 private:
  using Code = beast::error_code;
  using Text = beast::string_view;
  using Field = beast::http::field;

  void refuse_body() { refuse(Reason::size_exceeded, limit_of(body_max_)); }

  void stop(Code& code, Reason reason, std::optional<std::int64_t> limit = std::nullopt) {
    refuse(reason, limit);
    code = error::bad_value;
  }

  void on_request_impl(beast::http::verb, Text method, Text target, int version,
                       Code& code) override {
    started_ = true;
    is_1_1_ = version == 11;
    if (target.size() > limits_.target_bytes_max) {
      return stop(code, Reason::target_too_long, limit_of(limits_.target_bytes_max));
    }
    request_.method = method_named(view(method));
    request_.target = view(target);
  }

  void on_response_impl(int, Text, int, Code&) override {}

  void on_field_impl(Field field, Text name, Text value, Code& code) override {
    if (is_header_done()) return;  // a trailer never changes what the head said
    if (request_.headers.size() == limits_.headers_max) {
      return stop(code, Reason::header_too_large, limit_of(limits_.headers_max));
    }
    if (field == Field::content_length && ++lengths_ > 1) {
      return stop(code, Reason::request_malformed);
    }
    if (field == Field::content_length && value.find(',') != Text::npos) {
      return stop(code, Reason::request_malformed);
    }
    if (field == Field::transfer_encoding) {
      coded_ = true;
      if (!equals_ignoring_case(view(value), "chunked")) {
        return stop(code, Reason::request_malformed);
      }
    }
    if (field == Field::host) ++hosts_;
    if (field == Field::expect) {
      expects_continue_ = equals_ignoring_case(view(value), "100-continue");
    }
    request_.headers.add(view(name), view(value));
  }

  void on_header_impl(Code& code) override {
    if (hosts_ > 1 || (is_1_1_ && hosts_ == 0)) return stop(code, Reason::request_malformed);
    if (coded_ && (!is_1_1_ || lengths_ > 0)) return stop(code, Reason::request_malformed);
    if (!is_1_1_) expects_continue_ = false;
  }

  void on_body_init_impl(const boost::optional<std::uint64_t>&, Code&) override {}

  std::size_t take(Text text, Code& code) {
    if (text.size() > body_max_ - request_.body.size()) {
      refuse_body();
      code = error::body_limit;
      return 0;
    }
    request_.body.append(text.data(), text.size());
    return text.size();
  }

  std::size_t on_body_impl(Text text, Code& code) override { return take(text, code); }

  void on_chunk_header_impl(std::uint64_t size, Text, Code& code) override {
    if (size <= body_max_ - request_.body.size()) return;
    refuse_body();
    code = error::body_limit;
  }

  std::size_t on_chunk_body_impl(std::uint64_t, Text text, Code& code) override {
    return take(text, code);
  }

  void on_finish_impl(Code&) override {}

  const Limits& limits_;
  Request& request_;
  std::optional<Rejection> rejection_;
  std::size_t body_max_ = 0;
  int lengths_ = 0;
  int hosts_ = 0;
  bool coded_ = false;
  bool started_ = false;
  bool is_1_1_ = true;
  bool expects_continue_ = false;
};

}  // namespace

struct RequestParser::Impl {
  Impl(const Limits& head_limits, Request& into) : limits(head_limits), request(into) {
    message.emplace(limits, request);
  }

  // A request line that has not ended yet can only be long because of its target.
  void refuse_head(std::string_view pending) {
    if (message->started() || pending.find('\n') != std::string_view::npos) {
      message->refuse(Reason::header_too_large, limit_of(limits.head_bytes_max));
    } else {
      message->refuse(Reason::target_too_long, limit_of(limits.target_bytes_max));
    }
  }

  const Limits& limits;
  Request& request;
  std::optional<Message> message;
  std::size_t head_bytes = 0;  // taken so far
};

RequestParser::RequestParser(const Limits& limits, Request& request)
    : impl_(std::make_unique<Impl>(limits, request)) {}

RequestParser::~RequestParser() = default;

void RequestParser::restart() {
  impl_->request.clear();
  impl_->head_bytes = 0;
  impl_->message.emplace(impl_->limits, impl_->request);
}

std::size_t RequestParser::feed(std::string_view bytes) {
  Message& message = *impl_->message;
  if (state() == State::complete || state() == State::refused) return 0;
  const bool in_head = !message.is_header_done();
  if (!in_head && message.chunked() && bytes.size() < kLastChunkBytes) return 0;
  message.eager(!in_head);
  beast::error_code code;
  const std::size_t taken =
      message.put(boost::asio::const_buffer(bytes.data(), bytes.size()), code);

  // Beast's own limit starts anew with every piece, so what came so far is counted here.
  if (in_head) impl_->head_bytes += taken;
  const bool waits = code == error::need_more;
  const std::size_t pending = waits && (in_head || message.chunked()) ? bytes.size() - taken : 0;
  const std::size_t head_max = impl_->limits.head_bytes_max;
  if (in_head && (code == error::header_limit || impl_->head_bytes + pending > head_max)) {
    impl_->refuse_head(bytes.substr(taken));
  } else if (!in_head && pending > head_max) {
    message.refuse(Reason::header_too_large, limit_of(head_max));
  } else if ((code && !waits) || (in_head && has_fold(bytes.substr(0, taken)))) {
    message.refuse(Reason::request_malformed);
  }
  return taken;
}

void RequestParser::limit_body(std::size_t bytes_max) { impl_->message->limit_body(bytes_max); }

RequestParser::State RequestParser::state() const {
  const Message& message = *impl_->message;
  if (message.rejection()) return State::refused;
  if (message.is_done()) return State::complete;
  return message.is_header_done() ? State::body : State::head;
}

const Rejection& RequestParser::rejection() const { return *impl_->message->rejection(); }

bool RequestParser::keep_alive() const { return impl_->message->keep_alive(); }

bool RequestParser::expects_continue() const { return impl_->message->expects_continue(); }

bool RequestParser::is_http_1_0() const { return !impl_->message->is_1_1(); }

}  // namespace tandem::http
