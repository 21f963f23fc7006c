// SPDX-License-Identifier: Apache-2.0
// What only the staff's build has: the verb `replay`, the schema of every message, and hosts, the
// server's side of a session for tests and demonstrations without a server.
#include <emscripten/bind.h>

#include <map>

#include "bytes.hpp"
#include "tandem/fields/schema.hpp"
#include "tandem/replay/replay.hpp"
#include "tandem/sync/host.hpp"
#include "tandem/sync/schema.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::web {
namespace {

std::map<int, sync::Host>& hosts() {
  static std::map<int, sync::Host> all;
  return all;
}

emscripten::val replay_text(const std::string& input) {
  const VerbAnswer answer = replay_verb(input);
  std::string& out = empty_buffer();
  append_integer(out, answer.status);
  out += answer.bytes;
  return view_of_bytes(out);
}

emscripten::val schema_text() {
  std::string& out = empty_buffer();
  append_schema(out, sync::message_roots());
  return view_of_bytes(out);
}

/// Answers 0 when the rules or their id are refused.
int open_host(const std::string& order_id, const std::string& document,
              const std::string& rules_id) {
  static int last = 0;
  Digest digest{};
  auto rules = wire::decode<Rules>(document);
  if (!rules || !TextForm<Digest>::parse(rules_id, digest)) return 0;
  auto compiled = compile(*std::move(rules));
  if (!compiled) return 0;
  hosts().try_emplace(++last, OrderId{order_id}, *std::move(compiled), digest);
  return last;
}

bool set_host_offers(int id, const std::string& offers) {
  auto decoded = wire::decode<std::vector<Offer>>(offers);
  if (decoded) hosts().find(id)->second.offers = *std::move(decoded);
  return decoded.has_value();
}

bool set_host_facts(int id, const std::string& facts) {
  auto decoded = wire::decode<QuoteFacts>(facts);
  if (decoded) hosts().find(id)->second.facts = *std::move(decoded);
  return decoded.has_value();
}

emscripten::val answer_batch(int id, const std::string& batch, const std::string& actor,
                             double now_ms) {
  auto decoded = wire::decode<sync::Batch>(batch);
  if (!decoded) return refuse(decoded.error());
  auto by = wire::decode<Actor>(actor);
  if (!by) return refuse(by.error());
  const auto answer =
      hosts().find(id)->second.answer(*decoded, *by, static_cast<std::int64_t>(now_ms));
  std::string& out = empty_buffer();
  append_canonical(out, answer);
  return view_of_bytes(out);
}

}  // namespace
}  // namespace tandem::web

EMSCRIPTEN_BINDINGS(tandem_staff) {
  using namespace tandem::web;
  emscripten::function("replay", &replay_text);
  emscripten::function("schema", &schema_text);
  emscripten::function("openHost", &open_host);
  emscripten::function("setHostOffers", &set_host_offers);
  emscripten::function("setHostFacts", &set_host_facts);
  emscripten::function("answerBatch", &answer_batch);
}
