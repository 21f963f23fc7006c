// SPDX-License-Identifier: Apache-2.0
#pragma once
// Reads outside batches. Each call is one short read transaction that sees the last commit; none
// waits for a writer. Lists are paged by key, so that page 1,000 costs what page 1 does.
//
//   auto row = reads.order_row(order_no);      // Stored<optional<OrderRow>>
//   auto page = reads.products({.text = "چای", .count_max = 20});

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/catalog.hpp"
#include "store/customers.hpp"
#include "store/failure.hpp"
#include "store/feed.hpp"
#include "store/hooks.hpp"
#include "store/ledger.hpp"
#include "store/rows.hpp"
#include "store/staff.hpp"

namespace tandem::store {

/// Newest first. Filters that are set must all hold.
struct OrderQuery {
  std::optional<std::string> order_state{};
  std::optional<std::string> payment_state{};
  std::optional<std::string> customer{};
  std::optional<Digest> contact_hash{};
  std::optional<bool> needs_person{};
  std::optional<std::int64_t> before_order_no{};  // the last page's last order
  std::int64_t count_max = 50;
};

/// Words of `text` must all occur; empty finds everything. By position, then handle.
struct ProductQuery {
  std::string text{};
  std::string after{};  // the last page's `next`
  std::int64_t count_max = 50;
};

template <class T>
using Found = Stored<std::optional<T>>;

class Reads : public CustomerReads {
 public:
  // Orders.
  [[nodiscard]] virtual Found<OrderHead> order(const OrderRef& ref) = 0;
  [[nodiscard]] virtual Found<OrderRow> order_row(std::int64_t order_no) = 0;
  /// Rows without their views, which lists do not show.
  [[nodiscard]] virtual Stored<std::vector<OrderRow>> order_rows(const OrderQuery& query) = 0;
  /// Orders whose next_due_ms has come, and carts of customers idle since `idle_since_ms` or longer
  /// (nothing: those do not count), the earliest first.
  [[nodiscard]] virtual Stored<std::vector<std::int64_t>> orders_due(
      std::int64_t now_ms, std::optional<std::int64_t> idle_since_ms, std::int64_t count_max) = 0;
  /// Quotations that were never placed, canceled ones too, without customer and contact, for which
  /// nothing is to be done any more; by number, after the given one.
  [[nodiscard]] virtual Stored<std::vector<LeftOrder>> orders_left(std::int64_t after_no,
                                                                   std::int64_t count_max) = 0;
  /// What a customer's other orders say.
  [[nodiscard]] virtual Stored<HistoryRow> history(const CustomerKey& customer,
                                                   std::int64_t but_order_no) = 0;
  /// How many other orders of an account are placed.
  [[nodiscard]] virtual Stored<std::int64_t> orders_placed(std::string_view customer,
                                                           std::int64_t but_order_no) = 0;
  [[nodiscard]] virtual Found<Customer> customer(std::string_view id) = 0;
  /// All transfers that wait, in their order.
  [[nodiscard]] virtual Stored<std::vector<WaitingRow>> waiting() = 0;
  [[nodiscard]] virtual Stored<std::vector<Event>> events(std::int64_t order_no,
                                                          std::int64_t after_n,
                                                          std::int64_t count_max) = 0;
  [[nodiscard]] virtual Stored<std::vector<Part>> parts(std::int64_t order_no) = 0;
  /// Orders with all that is kept of them, by number, after the given one: at least `count_max` of
  /// them, or the last ones. What is kept of orders that do not exist is among them.
  [[nodiscard]] virtual Stored<std::vector<WholeOrder>> whole_orders(std::int64_t after_no,
                                                                     std::int64_t count_max) = 0;
  [[nodiscard]] virtual Found<CommandRecord> command(std::int64_t order_no,
                                                     std::string_view command_id) = 0;
  [[nodiscard]] virtual Found<std::int64_t> order_of_reference(std::string_view provider,
                                                               std::string_view reference) = 0;
  /// Kept webhooks whose reference is known by now, in the order in which they came.
  [[nodiscard]] virtual Stored<std::vector<KeptWebhook>> kept_webhooks(std::int64_t count_max) = 0;
  [[nodiscard]] virtual Found<Bytes> fact(const Digest& digest) = 0;
  [[nodiscard]] virtual Found<IdempotencyRow> idempotency(const IdempotencyKey& id) = 0;

  // The feed: the commits of all orders, on whichever node. Once a row was read, no other one ever
  // appears before it; a commit may appear later than it was made.
  [[nodiscard]] virtual Stored<std::vector<FeedRow>> feed(const FeedPosition& after,
                                                          std::int64_t count_max) = 0;
  /// Behind everything that can be read, before everything that will be.
  [[nodiscard]] virtual Stored<FeedPosition> feed_end() = 0;
  /// Orders whose rows in the feed do not lead from version 0 to theirs without a gap, each once
  /// and in order; numbers that never were an order's. Orders that were removed may still be told
  /// of. Walks everything, at one moment.
  [[nodiscard]] virtual Stored<std::vector<std::int64_t>> feed_mismatches() = 0;

  // Ledgers.
  /// In the keys' order; unknown rows come back as zero.
  [[nodiscard]] virtual Stored<std::vector<LedgerRow>> ledger(std::span<const LedgerKey> keys) = 0;
  /// All rows of a kind, by key and part, after the given one.
  [[nodiscard]] virtual Stored<std::vector<LedgerRow>> ledger_rows(LedgerKind kind,
                                                                   const LedgerKey& after,
                                                                   std::int64_t count_max) = 0;
  [[nodiscard]] virtual Stored<std::vector<Hold>> holds(std::int64_t order_no) = 0;
  /// The holds on these ledgers that end at or before `at_ms`.
  [[nodiscard]] virtual Stored<std::vector<Hold>> holds_ended(std::span<const LedgerKey> keys,
                                                              std::int64_t at_ms) = 0;
  /// The entries that an order caused, by event.
  [[nodiscard]] virtual Stored<std::vector<LedgerEntry>> entries(std::int64_t order_no) = 0;
  /// The entries that changed how much lies there, the last one first, from before a place on.
  [[nodiscard]] virtual Stored<std::vector<LedgerEntry>> stock_entries(const LedgerKey& stock,
                                                                       const EntryPlace& before,
                                                                       std::int64_t count_max) = 0;
  /// All numbers of invoices, by series and number.
  [[nodiscard]] virtual Stored<std::vector<InvoiceNumber>> invoice_numbers() = 0;
  /// The places where stock lies, but for this one.
  [[nodiscard]] virtual Stored<std::vector<std::string>> locations_but(
      std::string_view location) = 0;
  /// Empty when every counter is the sum of its entries. Walks everything.
  [[nodiscard]] virtual Stored<std::vector<LedgerMismatch>> ledger_mismatches() = 0;

  // Outbox.
  [[nodiscard]] virtual Stored<std::vector<OutboxRow>> outbox_due(std::int64_t now_ms,
                                                                  std::int64_t count_max) = 0;
  /// Pending rows of the kind `command`, due or not, in the order in which they were written.
  [[nodiscard]] virtual Stored<std::vector<OutboxRow>> outbox_commands(std::int64_t count_max) = 0;
  [[nodiscard]] virtual Stored<std::vector<OutboxRow>> outbox_of(std::int64_t order_no) = 0;
  [[nodiscard]] virtual Stored<std::vector<OutboxRow>> outbox_dead(std::int64_t after_no,
                                                                   std::int64_t count_max) = 0;

  // Catalog.
  /// Grows with every change of offers, rules, settings or coupons: what was read stays true until
  /// it has changed.
  [[nodiscard]] virtual Stored<std::int64_t> catalog_version() = 0;
  [[nodiscard]] virtual Stored<ProductPage> products(const ProductQuery& query) = 0;
  [[nodiscard]] virtual Found<ProductWithOffers> product(std::string_view handle) = 0;
  /// The highest position of a product, 0 without any.
  [[nodiscard]] virtual Stored<std::int64_t> last_position() = 0;
  /// Those of these handles that exist, each once.
  [[nodiscard]] virtual Stored<std::vector<ProductWithOffers>> products_named(
      std::span<const std::string> handles) = 0;
  /// Those that exist, by sku.
  [[nodiscard]] virtual Stored<std::vector<Offer>> offers(std::span<const std::string> skus) = 0;
  [[nodiscard]] virtual Found<RulesDocument> rules(std::string_view id) = 0;
  [[nodiscard]] virtual Found<RulesDocument> current_rules() = 0;
  [[nodiscard]] virtual Found<SettingsDocument> settings(std::int64_t version) = 0;
  [[nodiscard]] virtual Found<SettingsDocument> current_settings() = 0;
  /// Everything that was ever published, without its bytes, the one published last first.
  [[nodiscard]] virtual Stored<std::vector<RulesDocument>> rules_versions() = 0;
  [[nodiscard]] virtual Stored<std::vector<SettingsDocument>> settings_versions() = 0;
  /// By code, after the given one.
  [[nodiscard]] virtual Stored<std::vector<Coupon>> coupons(std::string_view after,
                                                            std::int64_t count_max) = 0;
  /// What was changed, the earliest first. No row ever appears before one that was read.
  [[nodiscard]] virtual Stored<std::vector<AuditRow>> audit(std::int64_t after_n,
                                                            std::int64_t count_max) = 0;
  [[nodiscard]] virtual Found<Coupon> coupon(std::string_view code) = 0;
  [[nodiscard]] virtual Found<Image> image(std::string_view path) = 0;
  [[nodiscard]] virtual Found<ApiKey> api_key(const Digest& hash) = 0;
  [[nodiscard]] virtual Stored<std::vector<ApiKey>> api_keys() = 0;  // the oldest first

  // Staff.
  [[nodiscard]] virtual Found<StaffUser> staff_user(std::string_view email) = 0;
  /// All of them, by address.
  [[nodiscard]] virtual Stored<std::vector<StaffUser>> staff_users() = 0;
  /// Whether it still counts is the caller's to judge.
  [[nodiscard]] virtual Found<SignedIn> staff_session(const Digest& hash) = 0;

  // Operators' endpoints.
  /// All of them, the oldest first.
  [[nodiscard]] virtual Stored<std::vector<HookEndpoint>> hook_endpoints() = 0;
  /// Messages that wait to be sent, the one due first.
  [[nodiscard]] virtual Stored<std::vector<HookMessage>> hooks_due(std::int64_t now_ms,
                                                                   std::int64_t count_max) = 0;
  /// Messages to an endpoint that are no longer tried.
  [[nodiscard]] virtual Stored<std::vector<HookMessage>> hooks_dead(std::string_view endpoint,
                                                                    std::int64_t after_no,
                                                                    std::int64_t count_max) = 0;

  // The database itself.
  [[nodiscard]] virtual Stored<std::int64_t> schema_version() = 0;
  [[nodiscard]] virtual Stored<std::int64_t> now_ms() = 0;
};

}  // namespace tandem::store
