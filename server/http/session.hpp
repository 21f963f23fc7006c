// SPDX-License-Identifier: Apache-2.0
#pragma once
// One connection, private to the listener. A session lives on one lane, which is one I/O thread, so
// nothing in it is locked. It reads a request, lets the router answer, writes the answer and starts
// again; a pipelined request waits in the buffer until its turn. A deadline is a time that the
// lane's sweeper looks at now and then: a request costs no timer.

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <functional>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "http/limits.hpp"
#include "http/request_parser.hpp"
#include "http/router.hpp"
#include "http/tls.hpp"

namespace tandem::http {

using Clock = std::chrono::steady_clock;
using Socket =
    boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;
using TlsStream = boost::asio::ssl::stream<Socket&>;
class Session;

/// What all sessions of a listener share.
struct Shared {
  const Router& router;
  const Limits limits;
  const TlsContext tls = nullptr;  // null: connections are not secured
  std::atomic<bool> stopping = false;
  std::atomic<std::size_t> connections = 0;
  std::function<void()> connection_ended = {};  // called from any lane
};

/// One I/O thread and its sessions. The list stands before the context: the context's end destroys
/// the sessions that are still waiting, and they take themselves off the list.
struct Lane {
  std::list<Session*> sessions;
  std::string date;  // the Date field of this second
  std::time_t date_second = 0;
  boost::asio::io_context io{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work{io.get_executor()};
  boost::asio::steady_timer sweeper{io};
  std::thread thread;
};

class Session {
 public:
  Session(Shared& shared, Lane& lane, Socket socket);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// Serves the connection to its end.
  Awaitable<void> run();

  /// Says that there are too many connections, and ends this one.
  Awaitable<void> turn_away();

  // Called on the lane's thread.
  void expire(Clock::time_point now);  // ends what took too long
  void stop();  // ends what may end at once: a wait, an endless stream
  void close();  // ends it whatever it does

 private:
  enum class Phase : std::uint8_t { idle, head, body, answering, streaming, writing };
  enum class Next : std::uint8_t { go_on, close };
  struct Moved {
    boost::system::error_code failure;
    std::size_t count = 0;
  };

  void enter(Phase phase, std::chrono::milliseconds allowed);
  Awaitable<bool> shake_hands();
  Awaitable<Moved> receive(boost::asio::mutable_buffer room);
  Awaitable<bool> fill();
  Awaitable<bool> read_head();
  Awaitable<bool> read_body();
  Awaitable<Next> serve_one();
  Awaitable<Next> send(Response response, bool keep_alive);
  Awaitable<bool> send_stream(const Response& response);
  Awaitable<bool> write(std::string_view first, std::string_view second);
  Awaitable<bool> write_secured(std::string_view first, std::string_view second);
  Awaitable<void> watch_client();
  Awaitable<void> linger();
  [[nodiscard]] std::optional<Response> refusal(std::string_view part) const;
  void write_head(const Response& response, bool keep_alive);
  void parse();
  [[nodiscard]] std::string_view date();

  Shared& shared_;
  Lane& lane_;
  Socket socket_;
  std::optional<TlsStream> tls_;  // over the socket
  Request request_;
  RequestParser parser_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;  // buffer_[begin_, end_) was received and not taken yet
  std::size_t end_ = 0;
  std::string out_;  // the head of the answer, and small content behind it
  Clock::time_point deadline_ = Clock::time_point::max();
  Phase phase_ = Phase::idle;
  bool expired_ = false;
  bool client_gone_ = false;
  bool endless_ = false;
  bool unread_ = false;  // an answer was sent while the client may still be sending
  std::list<Session*>::iterator place_;
};

}  // namespace tandem::http
