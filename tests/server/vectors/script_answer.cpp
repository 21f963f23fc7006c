// SPDX-License-Identifier: Apache-2.0
// What came of a script, read back from the store and from the staff's views.
#include <gtest/gtest.h>

#include <array>

#include "script_player.hpp"
#include "tandem/order/decide.hpp"

namespace tandem::app::test {

store::OrderHead ScriptPlayer::head(const Client& client) {
  const auto head = shop_.store().reads().order(client.id);
  return head && *head ? **head : store::OrderHead{};
}

const std::string& ScriptPlayer::key(const std::string& role) {
  auto known = keys_.find(role);
  if (known == keys_.end()) known = keys_.emplace(role, shop_.key(role)).first;
  return known->second;
}

Json ScriptPlayer::view(const Client& client) {
  const Answer answer = shop_.get("/v1/staff/orders/" + client.id, key("admin"));
  EXPECT_EQ(answer.status, 200) << answer.body;
  return answer.body.value("order", Json());
}

std::vector<store::LedgerRow> ScriptPlayer::ledger_rows(store::LedgerKind kind) {
  auto rows = shop_.store().reads().ledger_rows(kind, {}, 1'000);
  return rows ? *std::move(rows) : std::vector<store::LedgerRow>();
}

Json ScriptPlayer::stock() {
  Json rows = Json::array();
  for (const store::LedgerRow& row : ledger_rows(store::LedgerKind::stock)) {
    rows.push_back({{"available", row.available()},
                    {"backordered", row.figures.backordered},
                    {"held", row.figures.held},
                    {"location", row.key.part},
                    {"on_hand", row.figures.on_hand},
                    {"reserved", row.figures.reserved},
                    {"sku", row.key.key}});
  }
  return rows;
}

Json ScriptPlayer::coupons() {
  Json rows = Json::array();
  for (const auto& [code, value] : coupons_.rows()) {
    const std::array keys{coupon_key(fold_code(code))};
    const store::Figures figures = shop_.store().reads().ledger(keys)->front().figures;
    rows.push_back({{"code", code},
                    {"held", figures.held},
                    {"promotion", *value.find("promotion")->text()},
                    {"uses", figures.used}});
  }
  return rows;
}

Json ScriptPlayer::gift_cards() {
  Json rows = Json::array();
  for (const store::LedgerRow& row : ledger_rows(store::LedgerKind::gift_card)) {
    rows.push_back({{"balance_minor", row.figures.balance},
                    {"code", cards_.at(row.key.key)},
                    {"held_minor", row.figures.held}});
  }
  return rows;
}

Json ScriptPlayer::promotions() {
  Json rows = Json::array();
  for (const store::LedgerRow& row : ledger_rows(store::LedgerKind::promotion)) {
    rows.push_back(
        {{"held", row.figures.held}, {"promotion", row.key.key}, {"uses", row.figures.used}});
  }
  return rows;
}

/// Every order's effects, in the order in which they were asked for.
Json ScriptPlayer::outbox() {
  std::map<std::int64_t, Json> rows;
  for (const auto& [name, client] : clients_) {
    const auto of_order = shop_.store().reads().outbox_of(head(*client).order_no);
    for (const store::OutboxRow& row : *of_order) {
      rows[row.outbox_no] = {{"kind", row.kind}, {"order", name}};
    }
  }
  Json list = Json::array();
  for (auto& [number, row] : rows) list.push_back(std::move(row));
  return list;
}

}  // namespace tandem::app::test
