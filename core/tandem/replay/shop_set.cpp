// SPDX-License-Identifier: Apache-2.0
// How a script changes the facts of its shop.
#include <algorithm>

#include "tandem/replay/shop.hpp"
#include "tandem/wire/decode.hpp"
#include "tandem/wire/pointer.hpp"

namespace tandem::replay {
namespace {

/// One row of `stock`. In `set` it is an adjustment; a physical count is accepted as it is.
struct StockRow {
  bool count = false;
  std::string location{kMainLocation};
  std::int64_t on_hand = 0;
  std::optional<std::int64_t> safety_stock;
  Sku sku;
};

struct GiftCardRow {
  std::int64_t balance_minor = 0;
  std::string code;
  std::optional<std::int64_t> expires_ms;
};

}  // namespace
}  // namespace tandem::replay

template <>
struct tandem::Fields<tandem::replay::GiftCardRow> {
  using R = tandem::replay::GiftCardRow;
  static constexpr std::array list{tandem::required<&R::balance_minor>("balance_minor"),
                                   tandem::required<&R::code>("code"),
                                   tandem::optional<&R::expires_ms>("expires_ms")};
};

template <>
struct tandem::Fields<tandem::replay::StockRow> {
  using R = tandem::replay::StockRow;
  static constexpr std::array list{
      tandem::optional<&R::count>("count"), tandem::optional<&R::location>("location"),
      tandem::required<&R::on_hand>("on_hand"), tandem::sparse<&R::safety_stock>("safety_stock"),
      tandem::required<&R::sku>("sku")};
};

namespace tandem::replay {

Result<void> Shop::set_stock(const wire::Value& rows, std::string_view pointer) {
  auto decoded = wire::decode<std::vector<StockRow>>(rows, pointer);
  if (!decoded) return std::unexpected(std::move(decoded.error()));
  for (const StockRow& row : *decoded) {
    const auto known = stock_.find({row.sku, row.location});
    const StockFigures before = known == stock_.end() ? StockFigures{} : known->second;
    if (auto ok = check_on_hand(before, row.sku, row.on_hand, row.count); !ok) return ok;
  }
  for (const StockRow& row : *decoded) {
    StockFigures& figures = stock_[{row.sku, row.location}];
    const std::int64_t safety_stock = row.safety_stock.value_or(figures.safety_stock);
    if (row.on_hand > figures.on_hand || safety_stock < figures.safety_stock) {
      freed_.insert(row.sku);
    }
    figures =
        apply(figures,
              {.location = row.location, .on_hand = row.on_hand - figures.on_hand, .sku = row.sku});
    figures.safety_stock = safety_stock;
    take_back(row.sku, row.location);
  }
  return {};
}

/// A count found fewer than are reserved: the orders that were confirmed last give up theirs.
void Shop::take_back(const Sku& sku, const std::string& location) {
  const StockFigures& figures = stock_.at({sku, location});
  std::vector<Reserved> reserved;
  for (const auto& [id, at] : orders_) {
    const auto stock = stock_of(at.order);
    const auto of_sku = stock.find({sku, location});
    if (of_sku == stock.end() || of_sku->second.reserved == 0) continue;
    reserved.push_back({.confirmed_ms = at.order.confirmed_ms.value_or(0),
                        .order = id,
                        .quantity = of_sku->second.reserved});
  }
  for (const Reserved& lost :
       lose_reserved(std::move(reserved), figures.reserved - figures.on_hand)) {
    outbox_.push_back({OutboxKind::command, lost.order});
    consequences_.push_back(
        {lost.order, LoseStock{.location = location, .quantity = lost.quantity, .sku = sku}});
  }
}

Result<void> Shop::set_gift_cards(const wire::Value& rows, std::string_view pointer) {
  auto decoded = wire::decode<std::vector<GiftCardRow>>(rows, pointer);
  if (!decoded) return std::unexpected(std::move(decoded.error()));
  for (const GiftCardRow& row : *decoded) {
    GiftCard& card = cards_[fold_code(row.code)];
    card.balance_minor = row.balance_minor;
    card.expires_ms = row.expires_ms;
    card.spelled = row.code;
  }
  return {};
}

Result<void> Shop::publish(std::string_view pointer) {
  std::string bytes;
  wire::append_value(bytes, rules_document_);
  auto rules = wire::decode<Rules>(rules_document_, wire::pointer_to(pointer, "rules"));
  if (!rules) return std::unexpected(std::move(rules.error()));
  auto compiled = compile(*std::move(rules));
  if (!compiled) {
    compiled.error().subject = wire::pointer_to(pointer, "rules") + compiled.error().subject;
    return std::unexpected(std::move(compiled.error()));
  }
  auto settings = wire::decode<Settings>(settings_document_, wire::pointer_to(pointer, "settings"));
  if (!settings) return std::unexpected(std::move(settings.error()));
  rules_ = *std::move(compiled);
  rules_id_ = sha256(bytes);
  published_.insert_or_assign(rules_id_, *rules_);
  settings_ = *std::move(settings);
  return {};
}

Result<void> Shop::set(const wire::Value& changes, std::string_view pointer) {
  const wire::Members* members = changes.object();
  if (members == nullptr) return reject(Reason::type_mismatch, std::string(pointer));
  // Worked out on a copy, so that a refusal changes nothing.
  Shop next = *this;
  for (const auto& [key, value] : *members) {
    const std::string place = wire::pointer_to(pointer, key);
    Result<void> done;
    if (key == "rules") {
      done = merge(next.rules_document_, value, place);
    } else if (key == "settings") {
      done = merge(next.settings_document_, value, place);
    } else if (key == "offers") {
      done = next.offers_.merge_rows(value, place);
    } else if (key == "stock") {
      done = next.set_stock(value, place);
    } else if (key == "coupons") {
      done = next.coupons_.merge_rows(value, place);
    } else if (key == "gift_cards") {
      done = next.set_gift_cards(value, place);
    } else if (key == "customers") {
      done = next.customers_.merge_rows(value, place);
    } else {
      done = reject(Reason::field_unknown, place);
    }
    if (!done) return done;
  }
  if (auto ok = next.publish(pointer); !ok) return ok;
  next.offer_list_.clear();
  for (const auto& [sku, row] : next.offers_.rows()) {
    const std::string place = wire::pointer_to(wire::pointer_to(pointer, "offers"), sku);
    auto offer = wire::decode<Offer>(row, place);
    if (!offer) return std::unexpected(std::move(offer.error()));
    if (auto fine = check_offer(*offer); !fine) {
      fine.error().subject.insert(0, place);
      return fine;
    }
    next.offer_list_.push_back(*std::move(offer));
  }
  *this = std::move(next);
  return {};
}

Result<void> Shop::begin(const wire::Value& input) {
  wire::Members facts;
  for (const auto& [key, value] : *input.object()) {
    if (key != "format" && key != "script") facts.emplace_back(key, value);
  }
  return set(wire::Value{std::move(facts)}, "");
}

}  // namespace tandem::replay
