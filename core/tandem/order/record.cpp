// SPDX-License-Identifier: Apache-2.0
#include "tandem/order/record.hpp"

#include <utility>

#include "tandem/fields/writer.hpp"

namespace tandem {
namespace {

std::string_view bytes_of(const Salt& salt) {
  return {reinterpret_cast<const char*>(salt.bytes.data()), salt.bytes.size()};
}

/// Every part of an event gets a salt of its own out of the event's salt.
Salt salt_for(const Salt& event_salt, std::string_view part) {
  const Digest digest = Sha256{}.update(bytes_of(event_salt)).update(part).finish();
  Salt salt;
  for (std::size_t i = 0; i < salt.bytes.size(); ++i) salt.bytes[i] = digest[i];
  return salt;
}

template <class T>
void seal(std::string_view name, const std::optional<T>& part, const Salt& event_salt,
          Recorded& to) {
  if (!part) return;
  const Salt salt = salt_for(event_salt, name);
  std::string bytes = canonical(*part);
  to.record.sealed[std::string(name)] = sealed_digest(salt, bytes);
  to.parts.push_back({std::move(bytes), std::string(name), salt});
}

int nibble(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  return -1;
}

}  // namespace

bool TextForm<Salt>::parse(std::string_view text, Salt& salt) {
  if (text.size() != 2 * salt.bytes.size()) return false;
  for (std::size_t i = 0; i < salt.bytes.size(); ++i) {
    const int high = nibble(text[2 * i]);
    const int low = nibble(text[2 * i + 1]);
    if (high < 0 || low < 0) return false;
    salt.bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return true;
}

void TextForm<Salt>::format(const Salt& salt, std::string& out) {
  Digest padded{};
  for (std::size_t i = 0; i < salt.bytes.size(); ++i) padded[i] = salt.bytes[i];
  out += hex(padded, salt.bytes.size());
}

Digest next_chain(const Digest& before, std::string_view record_bytes) {
  return Sha256{}.update(before).update(record_bytes).finish();
}

Digest sealed_digest(const Salt& salt, std::string_view part_bytes) {
  return Sha256{}.update(bytes_of(salt)).update(part_bytes).finish();
}

std::vector<Recorded> record(std::vector<NewEvent> events, const Recording& facts,
                             std::span<const Salt> salts) {
  std::vector<Recorded> recorded;
  recorded.reserve(events.size());
  Digest chain = facts.chain;
  std::int64_t n = facts.version;
  for (std::size_t i = 0; i < events.size(); ++i) {
    Recorded& to = recorded.emplace_back();
    to.record = {.actor = facts.actor,
                 .at_ms = facts.at_ms,
                 .command_id = facts.command_id,
                 .event = std::move(events[i].body),
                 .n = ++n,
                 .sealed = {},
                 .v = 1};
    to.disclosed = std::move(events[i].parts);
    seal("address", to.disclosed.address, salts[i], to);
    seal("contact", to.disclosed.contact, salts[i], to);
    seal("note", to.disclosed.note, salts[i], to);
    seal("reason", to.disclosed.reason, salts[i], to);
    to.bytes = canonical(to.record);
    chain = next_chain(chain, to.bytes);
    to.chain = chain;
  }
  return recorded;
}

}  // namespace tandem
