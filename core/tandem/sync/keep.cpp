// SPDX-License-Identifier: Apache-2.0
// What a session leaves behind and finds again. The confirmed part has the shape of a server's
// answer that begins with the first event, so that finding it again checks it just as thoroughly.
#include <algorithm>
#include <set>

#include "tandem/fields/writer.hpp"
#include "tandem/sync/session.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::sync {
namespace {

struct Kept {
  std::string order;
  std::vector<PendingCommand> pending;
};

std::set<Sku> skus_of(const Order& order, const std::vector<PendingCommand>& pending) {
  std::set<Sku> skus;
  for (const Line& line : order.lines) skus.insert(line.sku);
  for (const PendingCommand& sent : pending) {
    if (const auto* add = std::get_if<AddLine>(&sent.command)) skus.insert(add->sku);
  }
  return skus;
}

}  // namespace
}  // namespace tandem::sync

template <>
struct tandem::Fields<tandem::sync::Kept> {
  using K = tandem::sync::Kept;
  static constexpr std::array list{tandem::required<&K::order>("order"),
                                   tandem::required<&K::pending>("pending")};
};

namespace tandem::sync {

std::string Session::export_kept() const {
  // The records as they came: writing them anew from their fields could change their bytes.
  StoredAnswer answer{.core_version = {},
                      .events = {},
                      .facts = told_,
                      .offers = {},
                      .order_no = order_no_,
                      .payment = {},
                      .results = {},
                      .rules_id = rules_id_,
                      .server_time_ms = facts_ms_,
                      .stream_digest = history_.head(),
                      .version = history_.version()};
  for (const KeptRecord& kept : history_.records()) {
    answer.events.push_back({.parts = kept.parts, .record = {kept.bytes}});
  }
  std::vector<std::string> offers;
  for (const Sku& sku : skus_of(shown_, pending_)) {
    if (const Offer* offer = find_offer(offers_, sku)) offers.push_back(canonical(*offer));
  }
  for (const std::string& offer : offers) answer.offers.push_back({offer});
  std::string out = R"({"answer":)";
  append_canonical(out, answer);
  out += R"(,"kept":)";
  append_canonical(out, Kept{.order = order_id_.value, .pending = pending_});
  return out + '}';
}

Result<Received> Session::import_kept(std::string_view kept) {
  const auto value = wire::parse(kept);
  if (!value) return std::unexpected(value.error());
  const wire::Value* answer = value->find("answer");
  const wire::Value* rest = value->find("kept");
  if (answer == nullptr || rest == nullptr) return reject(Reason::field_missing);
  auto mine = wire::decode<Kept>(*rest, "/kept");
  if (!mine) return reject(Reason::core_outdated, mine.error().subject);
  if (mine->order != order_id_.value) return reject(Reason::type_mismatch, "/kept/order");
  std::vector<PendingCommand> before = std::exchange(pending_, std::move(mine->pending));
  auto received = receive(*answer);
  if (!received) pending_ = std::move(before);
  return received;
}

}  // namespace tandem::sync
