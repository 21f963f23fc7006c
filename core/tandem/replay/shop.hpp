// SPDX-License-Identifier: Apache-2.0
#pragma once
// A whole small shop in memory: rules, offers, ledgers and orders, driven by the same core
// functions that the server drives. It is what a replay script plays on.
//
//   shop.begin(input);   shop.run("o1", AddLine{…}, actor, now_ms, std::nullopt)

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tandem/ledger/gift_cards.hpp"
#include "tandem/ledger/promotions.hpp"
#include "tandem/ledger/stock.hpp"
#include "tandem/ledger/waiting.hpp"
#include "tandem/order/decide.hpp"
#include "tandem/order/effects.hpp"
#include "tandem/order/possible.hpp"
#include "tandem/order/view.hpp"
#include "tandem/replay/document.hpp"

namespace tandem::replay {

/// One order of the shop with what its customer was shown.
struct ShopOrder {
  Order order;
  std::vector<Offer> placed_offers;                            // as they were when it was frozen
  Digest chain{};
  std::map<std::string, Quote> shown;                          // quotes by digest
  std::map<std::string, Result<std::vector<Event>>> answered;  // by command id
};

struct Figures {
  std::int64_t held = 0;
  std::int64_t uses = 0;
};

struct OutboxRow {
  OutboxKind kind{};
  std::string order;
};

class Shop {
 public:
  Shop() : coupons_("code"), customers_("id"), offers_("sku") {}

  /// Changes facts by keys: rules, settings, offers, stock, coupons, gift_cards, customers.
  /// Refuses as the messages' decoders, compile() and the stock ledger do.
  [[nodiscard]] Result<void> set(const wire::Value& changes, std::string_view pointer);

  /// A command to one order that another order, or the stock, has led to.
  struct Consequence {
    std::string order;
    Command command;
  };
  /// The next of them; each is carried out once. Commands to other orders come first, in the order
  /// they were asked for, then waiting deliveries that freed goods may serve.
  [[nodiscard]] std::optional<Consequence> next_consequence();

  /// The script's input lists are changes of an empty shop, but its stock is a first count.
  [[nodiscard]] Result<void> begin(const wire::Value& input);

  /// Carries a command out, as the server would in one commit; answers the events.
  [[nodiscard]] Result<std::vector<Event>> run(const std::string& order, const Command& command,
                                               const Actor& actor, std::int64_t now_ms,
                                               const std::optional<CommandId>& command_id);

  /// What possible() says of an order that is there.
  [[nodiscard]] std::vector<Possibility> possible(const std::string& order, const Actor& actor,
                                                  std::int64_t now_ms) const;

  /// The earliest command that falls due by itself up to a time, and on which order.
  struct DueOn {
    std::string order;
    Due due;
  };
  [[nodiscard]] std::optional<DueOn> next_due(std::int64_t until_ms) const;

  /// The quote of an order now, remembered as shown.
  [[nodiscard]] Result<Quote> show(const std::string& order, std::int64_t now_ms);

  [[nodiscard]] const std::map<std::string, ShopOrder>& orders() const { return orders_; }
  [[nodiscard]] View view(const std::string& order, std::int64_t now_ms);

  using StockKey = std::pair<Sku, std::string>;
  [[nodiscard]] const std::map<StockKey, StockFigures>& stock() const { return stock_; }
  [[nodiscard]] const std::map<std::string, Figures>& code_figures() const { return codes_; }
  [[nodiscard]] const std::map<PromotionId, Figures>& promotions() const { return promotions_; }
  [[nodiscard]] const Table& coupons() const { return coupons_; }
  struct GiftCard {
    std::int64_t balance_minor = 0;
    std::optional<std::int64_t> expires_ms;
    std::int64_t held_minor = 0;
    std::string spelled;  // the code as the script has it
  };
  [[nodiscard]] const std::map<std::string, GiftCard>& gift_cards() const { return cards_; }
  [[nodiscard]] const std::vector<OutboxRow>& outbox() const { return outbox_; }

 private:
  struct Facts {
    QuoteFacts facts;
    Context context;
  };
  void gather(Facts& to, const ShopOrder& order, const Actor& actor, std::int64_t now_ms) const;
  void add_history(Context& context, const ShopOrder& order) const;
  void add_gift_cards(Facts& to, const Order& order, std::int64_t now_ms) const;
  void name_other(const std::string& id, const Command& command, Context& context) const;
  [[nodiscard]] bool is_same_customer(const Order& order, const Order& other) const;
  [[nodiscard]] std::int64_t uses_by_customer(const Order& order,
                                              const PromotionId& promotion) const;
  [[nodiscard]] const wire::Value* customer_row(const Order& order, std::string_view key) const;
  void add_coupons(QuoteFacts& facts, const Order& order, std::int64_t now_ms) const;
  [[nodiscard]] PromotionFigures figures_of(const Promotion& promotion, const Order& order) const;
  void add_availability(QuoteFacts& facts, const Order& order) const;
  void commit(const std::string& id, ShopOrder& at, std::vector<NewEvent> events,
              const Recording& facts);
  void apply_effects(const std::string& id, const Effects& effects);
  [[nodiscard]] Result<void> set_stock(const wire::Value& rows, std::string_view pointer);
  [[nodiscard]] Result<void> set_gift_cards(const wire::Value& rows, std::string_view pointer);
  void take_back(const Sku& sku, const std::string& location);
  [[nodiscard]] Result<void> publish(std::string_view pointer);

  wire::Value rules_document_{wire::Members{}};
  wire::Value settings_document_{wire::Members{}};
  std::optional<CompiledRules> rules_;
  Digest rules_id_{};
  Settings settings_;
  Table coupons_;
  Table customers_;
  Table offers_;
  std::vector<Offer> offer_list_;  // ascending by sku
  std::map<StockKey, StockFigures> stock_;
  std::map<std::string, Figures> codes_;
  std::map<PromotionId, Figures> promotions_;
  std::map<std::string, GiftCard> cards_;  // by folded code
  std::map<std::string, std::int64_t> next_numbers_;  // by invoice series
  std::map<Digest, CompiledRules> published_;  // every version that orders may refer to
  std::map<std::string, ShopOrder> orders_;
  std::vector<OutboxRow> outbox_;
  std::vector<Consequence> consequences_;
  std::set<Sku> freed_;
};

}  // namespace tandem::replay
