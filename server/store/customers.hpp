// SPDX-License-Identifier: Apache-2.0
#pragma once
// What customers are signed in with and what is kept for them beside their orders; the account
// itself is in catalog.hpp. Tokens are kept as digests: a stolen database signs nobody in.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/catalog.hpp"
#include "store/failure.hpp"
#include "store/rows.hpp"

namespace tandem::store {

struct CustomerSession {
  Digest hash{};  // of the token that the browser or app has
  std::string customer{};
  std::int64_t created_ms = 0;
  std::int64_t seen_ms = 0;
};

/// A session with its customer as both are now.
struct SignedInCustomer {
  CustomerSession session{};
  Customer customer{};
};

/// A session was used; one that has ended meanwhile stays ended.
struct CustomerSessionSeen {
  Digest hash{};
  std::int64_t seen_ms = 0;
};

/// Sessions made or last used before a time are over and can be forgotten.
struct CustomerSessionsEnded {
  std::int64_t created_before_ms = 0;
  std::int64_t seen_before_ms = 0;
};

/// A link that was asked for by mail.
struct CustomerLink {
  Digest hash{};  // of its token
  std::string email{};
  std::string language{};  // of the mail
  std::int64_t expires_ms = 0;
};

/// An entry of an address book.
struct CustomerAddress {
  std::string customer{};
  std::string id{};
  Bytes bytes{};
  std::int64_t updated_ms = 0;
};

struct CustomerAddressKey {
  std::string customer{};
  std::string id{};
};

/// The part of Reads that is about accounts. Each sees the last commit.
class CustomerReads {
 public:
  CustomerReads() = default;
  CustomerReads(const CustomerReads&) = delete;
  CustomerReads& operator=(const CustomerReads&) = delete;
  virtual ~CustomerReads() = default;

  /// The account that the embedding site calls so.
  [[nodiscard]] virtual Stored<std::optional<Customer>> customer_of_subject(
      std::string_view subject) = 0;
  /// The account to which this address was proven to belong.
  [[nodiscard]] virtual Stored<std::optional<Customer>> customer_of_address(
      const Digest& contact_hash) = 0;
  /// Whether it still counts is the caller's to judge.
  [[nodiscard]] virtual Stored<std::optional<SignedInCustomer>> customer_session(
      const Digest& hash) = 0;
  /// All of a customer, the newest first.
  [[nodiscard]] virtual Stored<std::vector<CustomerSession>> customer_sessions(
      std::string_view customer) = 0;
  /// One that was not used; whether it has ended is the caller's to judge.
  [[nodiscard]] virtual Stored<std::optional<CustomerLink>> customer_link(const Digest& hash) = 0;
  /// By id.
  [[nodiscard]] virtual Stored<std::vector<CustomerAddress>> customer_addresses(
      std::string_view customer) = 0;
  /// How many mails wait, counted up to `count_max`.
  [[nodiscard]] virtual Stored<std::int64_t> mails_waiting(std::int64_t count_max) = 0;
};

#define TANDEM_CUSTOMER_SESSION_COLUMNS "s.hash, s.customer_id, s.created_ms, s.seen_ms"
template <class Row>
CustomerSession read_customer_session(Row& row) {
  return {row.digest(), row.text(), row.integer(), row.integer()};
}

#define TANDEM_CUSTOMER_ADDRESS_COLUMNS "customer_id, id, bytes, updated_ms"
template <class Row>
CustomerAddress read_customer_address(Row& row) {
  return {row.text(), row.text(), row.text(), row.integer()};
}

}  // namespace tandem::store
