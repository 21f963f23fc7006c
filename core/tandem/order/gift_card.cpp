// SPDX-License-Identifier: Apache-2.0
// Gift cards on an order. What is left on a card is a fact from the ledger; how much of it an order
// takes is the quote's to say.
#include <algorithm>

#include "tandem/order/decider.hpp"

namespace tandem {
namespace {

bool is_on(const Order& order, const std::string& code) {
  return std::ranges::find(order.gift_cards, code, &OrderGiftCard::code) != order.gift_cards.end();
}

}  // namespace

/// Changes nothing when the card is on the order already. Refuses, in this order: as
/// check_editable, gift_card_unknown, gift_card_expired, gift_card_empty, gift_card_held.
Result<void> apply_gift_card(Decider& d, const ApplyGiftCard& command) {
  if (auto ok = check_editable(d.order()); !ok) return ok;
  const std::string code = fold_code(command.code);
  const auto card = d.context().gift_cards.find(code);
  if (card == d.context().gift_cards.end()) return reject(Reason::gift_card_unknown, code);
  if (is_on(d.order(), code)) return {};
  if (const auto refused = gift_card_verdict(card->second, d.now_ms())) {
    return reject(*refused, code);
  }
  begin_edit(d);
  d.emit(GiftCardApplied{.code = code});
  return finish_edit(d);
}

/// Refuses, in this order: as check_editable, gift_card_unknown (not on this order).
Result<void> remove_gift_card(Decider& d, const RemoveGiftCard& command) {
  if (auto ok = check_editable(d.order()); !ok) return ok;
  const std::string code = fold_code(command.code);
  if (!is_on(d.order(), code)) return reject(Reason::gift_card_unknown, code);
  begin_edit(d);
  d.emit(GiftCardRemoved{.code = code});
  return finish_edit(d);
}

}  // namespace tandem
