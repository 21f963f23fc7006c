// SPDX-License-Identifier: Apache-2.0
#pragma once
// Reads on SQLite: a few read-only connections, each call on one of them in a short transaction.

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "store/reads.hpp"
#include "store/sqlite/queries.hpp"
#include "store/store.hpp"

namespace tandem::store::sqlite {

/// Read connections that are kept open; more are opened when all are in use, and closed again.
class ReaderPool {
 public:
  explicit ReaderPool(const SqliteOptions& options) : options_(options) {}

  /// Runs `query(place)` on a connection of its own, inside one read transaction.
  template <class Query>
  [[nodiscard]] auto run(Query query) -> decltype(query(std::declval<const Place&>())) {
    auto connection = take();
    if (!connection) return fail(std::move(connection.error()));
    if (auto begun = begin(**connection); !begun) return fail(std::move(begun.error()));
    auto answer = query(Place{**connection, options_.shop});
    if (!options_.one_moment) (void)(*connection)->execute("COMMIT");
    give_back(std::move(*connection));
    return answer;
  }

 private:
  [[nodiscard]] Stored<void> begin(Connection& connection) const;
  [[nodiscard]] Stored<std::unique_ptr<Connection>> take();
  void give_back(std::unique_ptr<Connection> connection);

  const SqliteOptions& options_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Connection>> idle_;
};

class SqliteReads final : public Reads {
 public:
  explicit SqliteReads(const SqliteOptions& options) : options_(options), pool_(options) {}

  [[nodiscard]] Found<OrderHead> order(const OrderRef& ref) override;
  [[nodiscard]] Found<OrderRow> order_row(std::int64_t order_no) override;
  [[nodiscard]] List<OrderRow> order_rows(const OrderQuery& query) override;
  [[nodiscard]] List<std::int64_t> orders_due(std::int64_t now_ms,
                                              std::optional<std::int64_t> idle_since_ms,
                                              std::int64_t count_max) override;
  [[nodiscard]] List<LeftOrder> orders_left(std::int64_t after_no, std::int64_t count_max) override;
  [[nodiscard]] Stored<HistoryRow> history(const CustomerKey& customer,
                                           std::int64_t but_order_no) override;
  [[nodiscard]] Stored<std::int64_t> orders_placed(std::string_view customer,
                                                   std::int64_t but_order_no) override;
  [[nodiscard]] Found<Customer> customer(std::string_view id) override;
  [[nodiscard]] List<WaitingRow> waiting() override;
  [[nodiscard]] List<Event> events(std::int64_t order_no, std::int64_t after_n,
                                   std::int64_t count_max) override;
  [[nodiscard]] List<Part> parts(std::int64_t order_no) override;
  [[nodiscard]] List<WholeOrder> whole_orders(std::int64_t after_no,
                                              std::int64_t count_max) override;
  [[nodiscard]] Found<CommandRecord> command(std::int64_t order_no,
                                             std::string_view command_id) override;
  [[nodiscard]] Found<std::int64_t> order_of_reference(std::string_view provider,
                                                       std::string_view reference) override;
  [[nodiscard]] List<KeptWebhook> kept_webhooks(std::int64_t count_max) override;
  [[nodiscard]] Found<Bytes> fact(const Digest& digest) override;
  [[nodiscard]] Found<IdempotencyRow> idempotency(const IdempotencyKey& id) override;

  [[nodiscard]] List<FeedRow> feed(const FeedPosition& after, std::int64_t count_max) override;
  [[nodiscard]] Stored<FeedPosition> feed_end() override;
  [[nodiscard]] List<std::int64_t> feed_mismatches() override;

  [[nodiscard]] List<LedgerRow> ledger(std::span<const LedgerKey> keys) override;
  [[nodiscard]] List<LedgerRow> ledger_rows(LedgerKind kind, const LedgerKey& after,
                                            std::int64_t count_max) override;
  [[nodiscard]] List<Hold> holds(std::int64_t order_no) override;
  [[nodiscard]] List<Hold> holds_ended(std::span<const LedgerKey> keys,
                                       std::int64_t at_ms) override;
  [[nodiscard]] List<LedgerEntry> entries(std::int64_t order_no) override;
  [[nodiscard]] List<LedgerEntry> stock_entries(const LedgerKey& stock, const EntryPlace& before,
                                                std::int64_t count_max) override;
  [[nodiscard]] List<InvoiceNumber> invoice_numbers() override;
  [[nodiscard]] List<std::string> locations_but(std::string_view location) override;
  [[nodiscard]] List<LedgerMismatch> ledger_mismatches() override;

  [[nodiscard]] List<OutboxRow> outbox_due(std::int64_t now_ms, std::int64_t count_max) override;
  [[nodiscard]] List<OutboxRow> outbox_commands(std::int64_t count_max) override;
  [[nodiscard]] List<OutboxRow> outbox_of(std::int64_t order_no) override;
  [[nodiscard]] List<OutboxRow> outbox_dead(std::int64_t after_no, std::int64_t count_max) override;

  [[nodiscard]] Stored<std::int64_t> catalog_version() override {
    return pool_.run([](const Place& place) { return find_catalog_version(place); });
  }
  [[nodiscard]] Stored<ProductPage> products(const ProductQuery& query) override;
  [[nodiscard]] Found<ProductWithOffers> product(std::string_view handle) override;
  [[nodiscard]] Stored<std::int64_t> last_position() override;
  [[nodiscard]] List<ProductWithOffers> products_named(
      std::span<const std::string> handles) override;
  [[nodiscard]] List<Offer> offers(std::span<const std::string> skus) override;
  [[nodiscard]] Found<RulesDocument> rules(std::string_view id) override;
  [[nodiscard]] Found<RulesDocument> current_rules() override;
  [[nodiscard]] Found<SettingsDocument> settings(std::int64_t version) override;
  [[nodiscard]] Found<SettingsDocument> current_settings() override;
  [[nodiscard]] List<RulesDocument> rules_versions() override;
  [[nodiscard]] List<SettingsDocument> settings_versions() override;
  [[nodiscard]] List<Coupon> coupons(std::string_view after, std::int64_t count_max) override;
  [[nodiscard]] List<AuditRow> audit(std::int64_t after_n, std::int64_t count_max) override;
  [[nodiscard]] Found<Coupon> coupon(std::string_view code) override;
  [[nodiscard]] Found<Image> image(std::string_view path) override;
  [[nodiscard]] Found<ApiKey> api_key(const Digest& hash) override;
  [[nodiscard]] List<ApiKey> api_keys() override;

  [[nodiscard]] Found<StaffUser> staff_user(std::string_view email) override;
  [[nodiscard]] List<StaffUser> staff_users() override;
  [[nodiscard]] Found<SignedIn> staff_session(const Digest& hash) override;

  [[nodiscard]] List<HookEndpoint> hook_endpoints() override;
  [[nodiscard]] List<HookMessage> hooks_due(std::int64_t now_ms, std::int64_t count_max) override;
  [[nodiscard]] List<HookMessage> hooks_dead(std::string_view endpoint, std::int64_t after_no,
                                             std::int64_t count_max) override;

  [[nodiscard]] Found<Customer> customer_of_subject(std::string_view subject) override;
  [[nodiscard]] Found<Customer> customer_of_address(const Digest& contact_hash) override;
  [[nodiscard]] Found<SignedInCustomer> customer_session(const Digest& hash) override;
  [[nodiscard]] List<CustomerSession> customer_sessions(std::string_view customer) override;
  [[nodiscard]] Found<CustomerLink> customer_link(const Digest& hash) override;
  [[nodiscard]] List<CustomerAddress> customer_addresses(std::string_view customer) override;
  [[nodiscard]] Stored<std::int64_t> mails_waiting(std::int64_t count_max) override;

  [[nodiscard]] Stored<std::int64_t> schema_version() override;
  [[nodiscard]] Stored<std::int64_t> now_ms() override;

  /// Copies the database into a new file.
  [[nodiscard]] Stored<void> backup(const std::string& path);

 private:
  const SqliteOptions& options_;
  ReaderPool pool_;
};

/// The database's clock, or the one injected.
[[nodiscard]] Stored<std::int64_t> clock_of(Connection& connection, const SqliteOptions& options);

}  // namespace tandem::store::sqlite
