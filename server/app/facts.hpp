// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which facts a decision needs, and where they stand: offers of the catalog, figures of the
// ledgers, what is known of the customer. An order's own hold never counts against it. Facts are
// gathered the same way for a decision, inside a batch, and for a reader, outside of one.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/catalog.hpp"
#include "app/secrets.hpp"
#include "commit/scope.hpp"
#include "tandem/ledger/promotions.hpp"
#include "tandem/order/command.hpp"
#include "tandem/order/context.hpp"
#include "tandem/order/event.hpp"
#include "tandem/order/order.hpp"

namespace tandem::app {

/// What an order and some commands name, and so what has to be known.
struct Subjects {
  std::set<std::string> skus;
  std::set<std::string> codes;  // of coupons, folded
  std::set<std::string> cards;  // codes of gift cards, folded
  bool invoices = false;        // a number of an invoice series may be taken
  bool reminds = false;         // the customer's other orders matter
  bool original_rules = false;  // the rules and offers of when it was frozen matter

  void add(const Order& order);
  void add(const Command& command);
  /// What the shop's rules may bring into any cart.
  void add(const Shop& shop);
};

/// The order that a command names beside its own, if it does.
[[nodiscard]] const std::string* other_of(const Command& command);

/// The offers that an order is frozen on, if this event freezes it.
[[nodiscard]] const std::vector<Digest>* facts_in(const Event& event);

[[nodiscard]] store::LedgerKey stock_key(const std::string& sku,
                                         const std::string& place = std::string(kMainLocation));
[[nodiscard]] store::LedgerKey promotion_key(const std::string& promotion);
[[nodiscard]] store::LedgerKey coupon_key(const std::string& code);
[[nodiscard]] store::LedgerKey customer_use_key(const std::string& promotion,
                                                const std::string& customer);
[[nodiscard]] store::LedgerKey gift_card_key(const std::string& code);
[[nodiscard]] store::LedgerKey series_key(const std::string& series);

/// The promotion of the rules with this id, else null.
[[nodiscard]] const Promotion* find_promotion(const Rules& rules, std::string_view id);

/// Whether any promotion limits its uses by each customer.
[[nodiscard]] bool counts_customers(const Rules& rules);

/// The keyed hash under which the orders of an email address are found.
[[nodiscard]] store::Digest contact_hash(const SigningKey& key, std::string_view email);

/// Who an order's customer is.
struct Who {
  std::optional<store::Customer> account;
  std::optional<store::Digest> contact;  // the hash of the order's own address
  std::vector<std::string> counted;  // the names under which uses by each customer are counted

  [[nodiscard]] store::CustomerKey key(const Order& order) const;
};

/// `hashes` tells whether addresses matter: hashing them is work on the writer's thread.
[[nodiscard]] Result<Who> who_is(const Order& order, const SigningKey& contact_key, bool hashes,
                                 store::Reads& reads);

/// Where facts come from.
class FactSource {
 public:
  FactSource() = default;
  FactSource(const FactSource&) = delete;
  FactSource& operator=(const FactSource&) = delete;
  virtual ~FactSource() = default;

  /// Null when there is no such offer.
  [[nodiscard]] virtual Result<std::shared_ptr<const KnownOffer>> offer(const std::string& sku) = 0;
  /// Empty when there is no such code.
  [[nodiscard]] virtual Result<std::string> promotion_of(const std::string& code) = 0;
  [[nodiscard]] virtual store::LedgerRow ledger(const store::LedgerKey& key) = 0;
  /// What the order at hand holds of a ledger.
  [[nodiscard]] virtual std::int64_t own(const store::LedgerKey& key) = 0;
};

/// What decisions on one order read. Offers ascend by sku; they are what the order's customer may
/// see of them, so that no answer and no receipt tells the prices of other groups.
struct Facts {
  std::vector<Offer> offers;
  std::vector<std::shared_ptr<const KnownOffer>> known;  // the same offers with their bytes
  std::vector<std::shared_ptr<const KnownOffer>> stored;  // as the shop has them
  QuoteFacts quote;
  std::map<std::string, std::vector<Shelf>> shelves;
  std::map<std::string, GiftCardFigures> gift_cards;
  CustomerHistory history;
  std::map<std::string, std::int64_t> next_numbers;
  std::shared_ptr<const CompiledRules> placed_rules;
  std::vector<Offer> placed_offers;

  /// The context of a decision on these facts; it refers to them.
  [[nodiscard]] Context context(const Shop& shop, std::int64_t now_ms, Actor actor = {}) const;
};

/// Stock is counted for goods that are not sold without counting.
[[nodiscard]] bool is_counted(const Offer& offer);

/// The ledgers behind these subjects. Unknown products and codes have none.
[[nodiscard]] Result<std::vector<store::LedgerKey>> ledgers_of(Catalog& catalog, const Shop& shop,
                                                               const Subjects& subjects,
                                                               const Who& who);

/// Gathers the facts of one order.
class Gatherer {
 public:
  /// All of it outlives the gatherer.
  struct Place {
    Catalog& catalog;
    const Shop& shop;
    store::Reads& reads;
    FactSource& source;
    std::int64_t order_no = 0;
    std::int64_t now_ms = 0;
  };
  explicit Gatherer(const Place& place) : at_(place) {}

  [[nodiscard]] Result<Facts> gather(const Subjects& subjects, const Order& order,
                                     const Who& who) const;
  /// The same figures anew after a movement or for another customer, with the same offers and
  /// codes.
  [[nodiscard]] Result<void> refresh(Facts& facts, const Subjects& subjects, const Order& order,
                                     const Who& who) const;

 private:
  void add_stock(Facts& facts) const;
  void add_coupons(Facts& facts, const Who& who) const;
  [[nodiscard]] PromotionFigures uses_of(const Promotion& promotion, const Who& who) const;
  void add_cards(Facts& facts, const Subjects& subjects) const;
  [[nodiscard]] Result<void> add_customer(Facts& facts, const Subjects& subjects,
                                          const Order& order, const Who& who) const;
  /// Leaves out of the offers what this customer may not see.
  void show_offers(Facts& facts) const;
  [[nodiscard]] Result<void> add_placed(Facts& facts, const Order& order) const;

  Place at_;
};

/// Facts as a batch sees them, with the figures of the jobs before.
class BatchFacts final : public FactSource {
 public:
  BatchFacts(Catalog& catalog, const Shop& shop, commit::Scope& scope, std::int64_t order_no)
      : catalog_(catalog), shop_(shop), scope_(scope), order_no_(order_no) {}

  [[nodiscard]] Result<std::shared_ptr<const KnownOffer>> offer(const std::string& sku) override {
    return catalog_.offer(shop_.version, sku);
  }
  [[nodiscard]] Result<std::string> promotion_of(const std::string& code) override {
    return catalog_.promotion_of(shop_.version, code);
  }
  [[nodiscard]] store::LedgerRow ledger(const store::LedgerKey& key) override {
    return scope_.ledger(key);
  }
  [[nodiscard]] std::int64_t own(const store::LedgerKey& key) override {
    const store::Hold* hold = scope_.hold(key, order_no_);
    return hold == nullptr ? 0 : hold->quantity;
  }

 private:
  Catalog& catalog_;
  const Shop& shop_;
  commit::Scope& scope_;
  std::int64_t order_no_;
};

/// Facts as they were committed last, for readers.
class ReadFacts final : public FactSource {
 public:
  ReadFacts(store::Reads& reads, std::int64_t order_no);

  [[nodiscard]] Result<std::shared_ptr<const KnownOffer>> offer(const std::string& sku) override;
  [[nodiscard]] Result<std::string> promotion_of(const std::string& code) override;
  [[nodiscard]] store::LedgerRow ledger(const store::LedgerKey& key) override;
  [[nodiscard]] std::int64_t own(const store::LedgerKey& key) override;

 private:
  store::Reads& reads_;
  std::vector<store::Hold> holds_;
};

}  // namespace tandem::app
