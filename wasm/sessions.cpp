// SPDX-License-Identifier: Apache-2.0
#include "sessions.hpp"

#include <cstdint>
#include <map>

#include "bytes.hpp"
#include "tandem/sync/session.hpp"

namespace tandem::web {
namespace {

using sync::Session;

std::map<int, Session>& sessions() {
  static std::map<int, Session> all;
  return all;
}

/// The package never names a session that it has closed.
Session& session(int id) { return sessions().find(id)->second; }

/// Anything that is not a time counts as the earliest one.
std::int64_t milliseconds(double value) {
  constexpr double most = 9.0e15;
  return value > 0 && value < most ? static_cast<std::int64_t>(value) : 0;
}

emscripten::val show(const Session& session, const sync::Received& received) {
  return Reply()
      .field("gap", received.gap)
      .field("notices", received.notices)
      .field("state", session.state())
      .done();
}

emscripten::val show(const Session& session, Result<sync::Received> received) {
  return received ? show(session, *received) : refuse(received.error());
}

emscripten::val show(const Session& session, Result<std::vector<sync::Notice>> notices) {
  if (!notices) return refuse(notices.error());
  return show(session, sync::Received{.gap = false, .notices = *std::move(notices)});
}

}  // namespace

int open_session(const std::string& order_id) {
  static int last = 0;
  sessions().try_emplace(++last, OrderId{order_id});
  return last;
}

void close_session(int id) { sessions().erase(id); }

emscripten::val set_rules(int id, const std::string& document, const std::string& rules_id) {
  Digest digest{};
  if (!TextForm<Digest>::parse(rules_id, digest)) {
    return refuse(rejection(Reason::value_unknown, "rules_id"));
  }
  return show(session(id), session(id).set_rules(document, digest));
}

emscripten::val put_offers(int id, const std::string& offers) {
  return show(session(id), session(id).put_offers(offers));
}

emscripten::val set_facts(int id, const std::string& facts) {
  return show(session(id), session(id).set_facts(facts));
}

emscripten::val apply(int id, const std::string& command, const std::string& command_id,
                      double now_ms) {
  const auto done = session(id).apply(command, {command_id}, milliseconds(now_ms));
  return done ? show(session(id), sync::Received{}) : refuse(done.error());
}

emscripten::val receive(int id, const std::string& answer) {
  return show(session(id), session(id).receive(answer));
}

emscripten::val state(int id, double now_ms) {
  session(id).set_time(milliseconds(now_ms));
  return show(session(id), sync::Received{});
}

emscripten::val export_kept(int id) {
  std::string& out = empty_buffer();
  out = session(id).export_kept();
  return view_of_bytes(out);
}

emscripten::val import_kept(int id, const std::string& kept) {
  return show(session(id), session(id).import_kept(kept));
}

emscripten::val pending(int id) {
  std::string& out = empty_buffer();
  append_canonical(out, session(id).pending());
  return view_of_bytes(out);
}

}  // namespace tandem::web
