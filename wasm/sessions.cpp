// SPDX-License-Identifier: Apache-2.0
#include "sessions.hpp"

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "bytes.hpp"
#include "tandem/sync/session.hpp"

namespace tandem::web {
namespace {

using sync::Session;

/// A session with the lines of its last answer, which the package keeps too.
struct Open {
  explicit Open(OrderId order) : session(std::move(order)) {}

  Session session;
  std::vector<ViewLine> told;
};

std::map<int, Open>& sessions() {
  static std::map<int, Open> all;
  return all;
}

/// The package never names a session that it has closed.
Open& opened(int id) { return sessions().find(id)->second; }

/// Anything that is not a time counts as the earliest one.
std::int64_t milliseconds(double value) {
  constexpr double most = 9.0e15;
  return value > 0 && value < most ? static_cast<std::int64_t>(value) : 0;
}

/// Leaves only those lines in the view that are not as they were told last, and answers their
/// places: most actions change one line of many, and a line is the longest part of an answer.
std::vector<std::int64_t> leave_new(std::vector<ViewLine>& lines, std::vector<ViewLine>& told) {
  std::vector<std::int64_t> places;
  std::vector<ViewLine> others;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i < told.size() && lines[i] == told[i]) continue;
    places.push_back(static_cast<std::int64_t>(i));
    others.push_back(lines[i]);
  }
  told = std::exchange(lines, std::move(others));
  return places;
}

emscripten::val show(Open& open, const sync::Received& received) {
  sync::State state = open.session.state();
  const std::vector<std::int64_t> places = leave_new(state.view.lines, open.told);
  return Reply()
      .field("gap", received.gap)
      .field("lineCount", static_cast<std::int64_t>(open.told.size()))
      .field("linePlaces", places)
      .field("notices", received.notices)
      .field("state", state)
      .done();
}

emscripten::val show(Open& open, Result<sync::Received> received) {
  return received ? show(open, *received) : refuse(received.error());
}

emscripten::val show(Open& open, Result<std::vector<sync::Notice>> notices) {
  if (!notices) return refuse(notices.error());
  return show(open, sync::Received{.gap = false, .notices = *std::move(notices)});
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
  return show(opened(id), opened(id).session.set_rules(document, digest));
}

emscripten::val put_offers(int id, const std::string& offers) {
  return show(opened(id), opened(id).session.put_offers(offers));
}

emscripten::val set_facts(int id, const std::string& facts) {
  return show(opened(id), opened(id).session.set_facts(facts));
}

emscripten::val apply(int id, const std::string& command, const std::string& command_id,
                      double now_ms) {
  const auto done = opened(id).session.apply(command, {command_id}, milliseconds(now_ms));
  return done ? show(opened(id), sync::Received{}) : refuse(done.error());
}

emscripten::val receive(int id, const std::string& answer) {
  return show(opened(id), opened(id).session.receive(answer));
}

emscripten::val state(int id, double now_ms) {
  opened(id).session.set_time(milliseconds(now_ms));
  return show(opened(id), sync::Received{});
}

emscripten::val export_kept(int id) {
  std::string& out = empty_buffer();
  out = opened(id).session.export_kept();
  return view_of_bytes(out);
}

emscripten::val import_kept(int id, const std::string& kept) {
  return show(opened(id), opened(id).session.import_kept(kept));
}

emscripten::val pending(int id) {
  std::string& out = empty_buffer();
  append_canonical(out, opened(id).session.pending());
  return view_of_bytes(out);
}

}  // namespace tandem::web
