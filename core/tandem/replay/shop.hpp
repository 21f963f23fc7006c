// SPDX-License-Identifier: Apache-2.0
#pragma once
// A whole small shop in memory: rules, offers, ledgers and orders, driven by the same core
// functions that the server drives. It is what a replay script plays on.
//
//   shop.begin(input);   shop.run("o1", AddLine{…}, actor, now_ms, std::nullopt)

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tandem/ledger/promotions.hpp"
#include "tandem/ledger/stock.hpp"
#include "tandem/order/decide.hpp"
#include "tandem/order/effects.hpp"
#include "tandem/order/view.hpp"
#include "tandem/replay/document.hpp"

namespace tandem::replay {

/// One order of the shop with what its customer was shown.
struct ShopOrder {
  Order order;
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
  Shop() : coupons_("code"), customers_("id"), gift_cards_("code"), offers_("sku") {}

  /// Changes facts by keys: rules, settings, offers, stock, coupons, gift_cards, customers.
  /// Refuses as the messages' decoders, compile() and the stock ledger do.
  [[nodiscard]] Result<void> set(const wire::Value& changes, std::string_view pointer);

  /// The script's input lists are changes of an empty shop, but its stock is a first count.
  [[nodiscard]] Result<void> begin(const wire::Value& input);

  /// Carries a command out, as the server would in one commit; answers the events.
  [[nodiscard]] Result<std::vector<Event>> run(const std::string& order, const Command& command,
                                               const Actor& actor, std::int64_t now_ms,
                                               const std::optional<CommandId>& command_id);

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
  [[nodiscard]] const std::vector<OutboxRow>& outbox() const { return outbox_; }

 private:
  struct Facts {
    QuoteFacts facts;
    Context context;
  };
  void gather(Facts& to, const ShopOrder& order, const Actor& actor, std::int64_t now_ms) const;
  void add_coupons(QuoteFacts& facts, const Order& order, std::int64_t now_ms) const;
  void add_availability(QuoteFacts& facts, const Order& order) const;
  void commit(const std::string& id, ShopOrder& at, std::vector<NewEvent> events,
              const Recording& facts);
  void apply_effects(const std::string& id, const Effects& effects);
  [[nodiscard]] Result<void> set_stock(const wire::Value& rows, std::string_view pointer);
  [[nodiscard]] Result<void> publish(std::string_view pointer);

  wire::Value rules_document_{wire::Members{}};
  wire::Value settings_document_{wire::Members{}};
  std::optional<CompiledRules> rules_;
  Digest rules_id_{};
  Settings settings_;
  Table coupons_;
  Table customers_;
  Table gift_cards_;
  Table offers_;
  std::vector<Offer> offer_list_;  // ascending by sku
  std::map<StockKey, StockFigures> stock_;
  std::map<std::string, Figures> codes_;
  std::map<PromotionId, Figures> promotions_;
  std::map<std::string, ShopOrder> orders_;
  std::vector<OutboxRow> outbox_;
};

}  // namespace tandem::replay
