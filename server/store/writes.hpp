// SPDX-License-Identifier: Apache-2.0
#pragma once
// Everything one batch changes, as lists: a database writes each list in one round trip.
//
// The lists are written in the order in which they stand here. Any failure leaves the batch unfit
// for anything but rollback.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/catalog.hpp"
#include "store/customers.hpp"
#include "store/failure.hpp"
#include "store/hooks.hpp"
#include "store/ledger.hpp"
#include "store/rows.hpp"
#include "store/staff.hpp"

namespace tandem::store {

/// A new order at version 0, with a number from Batch::reserve_order_nos.
struct NewOrder {
  std::int64_t order_no = 0;
  std::string order_id{};
  Digest secret_hash{};
  std::int64_t created_ms = 0;
};

/// The order moves from one version to another; refused (stale) when it is not at the first.
struct HeadUpdate {
  std::int64_t order_no = 0;
  std::int64_t from_version = 0;
  std::int64_t to_version = 0;
  Digest head{};
};

/// A row of something that belongs to an order.
template <class Row>
struct Of {
  std::int64_t order_no = 0;
  Row row{};
};

/// The parts of this name of all events up to one.
struct PartsErased {
  std::int64_t order_no = 0;
  std::int64_t up_to_n = 0;
  std::string name{};
};

/// An order that is forgotten whole, as if it had never been; refused (stale) when it is not at
/// this version. What it did to ledgers stays there, and so do its rows of the feed.
struct OrderRemoved {
  std::int64_t order_no = 0;
  std::int64_t version = 0;
};

struct Fact {
  Digest digest{};
  Bytes bytes{};
};

struct Writes {
  std::vector<NewOrder> orders{};
  std::vector<HeadUpdate> heads{};
  std::vector<Of<Event>> events{};
  std::vector<Of<Part>> parts{};
  std::vector<PartsErased> parts_erased{};  // parts and salts are gone; chains still verify
  std::vector<Of<CommandRecord>> commands{};
  std::vector<OrderRow> order_rows{};  // replaces the order's row
  std::vector<Of<std::vector<WaitingRow>>> waiting{};  // replaces the order's rows
  std::vector<StockPolicy> stock_policies{};
  std::vector<GiftCardTerms> gift_card_terms{};
  std::vector<LedgerUpdate> ledger_updates{};
  std::vector<LedgerEntry> ledger_entries{};
  std::vector<Hold> holds{};  // sets what the order holds of the ledger; quantity 0 releases it
  std::vector<InvoiceNumber> invoice_numbers{};  // each once; a second one is a fault
  std::vector<Fact> facts{};  // content-addressed: a known digest is left alone
  std::vector<IdempotencyRow> idempotency{};  // new, or the answer to (or takeover of) a lease
  std::vector<std::int64_t> idempotency_ended{};  // answers from before a time are forgotten
  std::vector<OutboxRow> outbox{};            // new rows; a known dedupe key is left alone
  std::vector<OutboxOutcome> outbox_outcomes{};
  std::vector<ProviderReference> references{};
  std::vector<UnmatchedWebhook> webhooks{};  // a repeated one is left alone
  std::vector<UnmatchedWebhook> webhooks_matched{};  // forgotten, by their key
  std::vector<std::int64_t> webhooks_ended{};  // received before a time, and of no order: forgotten
  /// The version of the catalog that changes of it were decided on: another one is stale, and so
  /// are two such decisions in one batch, the second of which has not seen the first.
  std::vector<std::int64_t> catalog_read{};
  std::vector<Product> products{};  // inserted or replaced
  std::vector<std::string> products_removed{};  // handles, with their offers
  std::vector<Offer> offers{};
  std::vector<std::string> offers_removed{};
  std::vector<RulesDocument> rules{};  // a known id becomes current again
  std::vector<SettingsDocument> settings{};  // a version is written once
  std::vector<Coupon> coupons{};  // inserted or replaced
  std::vector<std::string> coupons_removed{};
  std::vector<Customer> customers{};  // inserted or replaced
  std::vector<std::string> customers_removed{};  // with their sessions and addresses
  std::vector<CustomerSession> customer_sessions{};  // new ones
  std::vector<CustomerSessionSeen> customer_sessions_seen{};
  std::vector<Digest> customer_sessions_removed{};  // one each
  std::vector<CustomerSessionsEnded> customer_sessions_ended{};
  std::vector<CustomerLink> customer_links{};  // new ones
  std::vector<Digest> customer_links_used{};  // one that is not there any more is a fault (stale)
  std::vector<std::int64_t> customer_links_ended{};  // that end at or before a time: forgotten
  std::vector<std::string> customer_links_of{};  // all to an address
  std::vector<CustomerAddress> customer_addresses{};  // inserted or replaced
  std::vector<CustomerAddressKey> customer_addresses_removed{};
  std::vector<Image> images{};  // inserted or replaced
  std::vector<std::string> images_removed{};  // paths
  std::vector<ApiKey> api_keys{};  // inserted, or revoked when they carry revoked_ms
  std::vector<StaffUser> staff_users{};  // inserted or replaced
  std::vector<StaffSession> staff_sessions{};  // new ones
  std::vector<StaffSessionSeen> staff_sessions_seen{};
  std::vector<Digest> staff_sessions_removed{};  // one each
  std::vector<std::string> staff_sessions_of{};  // all of a user
  std::vector<StaffSessionsEnded> staff_sessions_ended{};
  std::vector<AuditRow> audit{};
  std::vector<HookEndpoint> hook_endpoints{};  // new at version 1, or replaces the version before
  std::vector<std::string> hook_endpoints_removed{};  // with their messages
  std::vector<HookMessage> hook_messages{};
  std::vector<HookClaim> hook_claims{};
  std::vector<HookOutcome> hook_outcomes{};
  std::vector<HookReplay> hook_replays{};
  std::vector<std::int64_t> hook_messages_ended{};  // of before a time: forgotten
  std::vector<OrderRemoved> orders_removed{};  // last: whatever the batch did to them is gone, too

  /// Moves all of `more` behind what is here.
  void append(Writes&& more);
  /// Sorts by key and leaves one row for each order's head and row, counter and hold: what the
  /// database has to do once, however many jobs of a batch did it.
  void settle();
  [[nodiscard]] bool empty() const;
};

/// Whether a batch that began at this version of the catalog may change it as decided. Refuses:
/// stale.
[[nodiscard]] Stored<void> check_catalog_read(const Writes& writes, std::int64_t version);

/// Whether anything that the catalog's version counts, or that has to be written in one order with
/// it, is changed.
[[nodiscard]] bool changes_catalog(const Writes& writes);

}  // namespace tandem::store
