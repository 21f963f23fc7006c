// SPDX-License-Identifier: Apache-2.0
#include "tandem/receipt/receipt.hpp"

#include <algorithm>
#include <vector>

#include "tandem/fields/writer.hpp"
#include "tandem/order/decide.hpp"
#include "tandem/order/evolve.hpp"
#include "tandem/wire/decode.hpp"
#include "tandem/wire/parts.hpp"
#include "tandem/wire/upcast.hpp"

namespace tandem {
namespace {

/// One event of a receipt, by the bytes its digest was made of.
struct Entry {
  Record record;
  Parts parts;
};

/// The order just before it was frozen, and what it was frozen as.
struct Frozen {
  Cart cart;
  Quote quote;
  Digest rules{};
  Terms terms;
  std::vector<Digest> facts;
  std::int64_t at_ms = 0;
};

Result<const wire::Value*> member(const wire::Value& object, std::string_view key) {
  const wire::Value* found = object.find(key);
  if (found == nullptr) return reject(Reason::field_missing, "/" + std::string(key));
  return found;
}

/// The parts that an entry discloses of its record.
Result<Parts> parts_of(const wire::Value& entry, const Record& record, const std::string& place) {
  const wire::Value* list = entry.find("parts");
  if (list == nullptr) return Parts{};
  auto stored = wire::decode<std::vector<StoredPart>>(*list, place + "/parts");
  if (!stored) return std::unexpected(std::move(stored.error()));
  return wire::open_parts(record, *stored, place);
}

Result<std::vector<Entry>> read_events(const wire::Value& receipt) {
  const auto list = member(receipt, "events");
  if (!list) return std::unexpected(list.error());
  const auto head = member(receipt, "stream_digest");
  if (!head) return std::unexpected(head.error());
  if ((*list)->list() == nullptr || (*head)->text() == nullptr) {
    return reject(Reason::type_mismatch, "/events");
  }
  std::vector<Entry> entries;
  Digest chain{};
  for (const wire::Value& entry : *(*list)->list()) {
    const std::string place = "/events/" + std::to_string(entries.size());
    const wire::Value* record = entry.find("record");
    if (record == nullptr) return reject(Reason::field_missing, place + "/record");
    std::string bytes;
    wire::append_value(bytes, *record);
    chain = next_chain(chain, bytes);
    auto decoded = wire::decode_record(bytes);
    if (!decoded) return std::unexpected(std::move(decoded.error()));
    if (decoded->n != static_cast<std::int64_t>(entries.size()) + 1) {
      return reject(Reason::chain_broken, place);
    }
    auto parts = parts_of(entry, *decoded, place);
    if (!parts) return std::unexpected(std::move(parts.error()));
    entries.push_back({.record = *std::move(decoded), .parts = *std::move(parts)});
  }
  if (hex(chain) != *(*head)->text()) return reject(Reason::chain_broken, "/stream_digest");
  return entries;
}

/// The fold, and the last freezing that was computed from rules.
struct Folded {
  Order order;
  std::optional<Frozen> frozen;
};

Folded fold_events(const std::vector<Entry>& entries) {
  Folded folded;
  for (const Entry& entry : entries) {
    const auto freeze = [&](const auto& e) {
      folded.frozen.emplace(cart_of(folded.order), e.quote, e.rules, e.terms, e.facts,
                            entry.record.at_ms);
    };
    if (const auto* placed = std::get_if<OrderPlaced>(&entry.record.event)) freeze(*placed);
    if (const auto* sent = std::get_if<QuotationSent>(&entry.record.event)) freeze(*sent);
    evolve(folded.order, entry.record.event, entry.parts,
           {.n = entry.record.n, .at_ms = entry.record.at_ms, .by = entry.record.actor.kind});
  }
  return folded;
}

Result<CompiledRules> read_rules(const wire::Value& receipt, const Digest& expected) {
  const auto document = member(receipt, "rules");
  if (!document) return std::unexpected(document.error());
  std::string bytes;
  wire::append_value(bytes, **document);
  if (sha256(bytes) != expected) return reject(Reason::reference_unknown, "/rules");
  auto rules = wire::decode<Rules>(**document, "/rules");
  if (!rules) return std::unexpected(std::move(rules.error()));
  return compile(*std::move(rules));
}

Result<std::vector<Offer>> read_offers(const wire::Value& receipt,
                                       const std::vector<Digest>& expected) {
  const auto list = member(receipt, "facts");
  if (!list) return std::unexpected(list.error());
  auto offers = wire::decode<std::vector<Offer>>(**list, "/facts");
  if (!offers) return offers;
  std::vector<Digest> digests;
  for (const Offer& offer : *offers) digests.push_back(sha256(canonical(offer)));
  if (digests != expected) return reject(Reason::reference_unknown, "/facts");
  return offers;
}

}  // namespace

Result<ReceiptProof> verify_receipt(std::string_view text) {
  const auto receipt = wire::parse(text);
  if (!receipt) return std::unexpected(receipt.error());
  const auto entries = read_events(*receipt);
  if (!entries) return std::unexpected(entries.error());
  Folded folded = fold_events(*entries);
  if (!folded.frozen) return reject(Reason::not_placed);
  const Frozen& frozen = *folded.frozen;
  const auto rules = read_rules(*receipt, frozen.rules);
  if (!rules) return std::unexpected(rules.error());
  const auto offers = read_offers(*receipt, frozen.facts);
  if (!offers) return std::unexpected(offers.error());
  const auto priced = quote({.now_ms = frozen.at_ms,
                             .rules = *rules,
                             .offers = *offers,
                             .facts = frozen.terms.facts,
                             .cart = frozen.cart});
  if (!priced) return std::unexpected(priced.error());
  const std::string digest = quote_digest(*priced);
  if (digest != frozen.quote.quote_digest) {
    return reject(Reason::quote_changed, digest, priced->totals.total_minor);
  }
  return ReceiptProof{.order = std::move(folded.order),
                      .quote_digest = digest,
                      .total_minor = priced->totals.total_minor};
}

}  // namespace tandem
