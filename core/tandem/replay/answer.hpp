// SPDX-License-Identifier: Apache-2.0
#pragma once
// What replay answers: one step per entry of the script, then the shop as it is at the end.
// `events` and `rejected` exclude each other; `caused` is what fell due before the entry and what
// the outbox led to on other orders after it.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tandem/base/rejection_fields.hpp"
#include "tandem/digest/sha256.hpp"
#include "tandem/order/effects.hpp"
#include "tandem/order/event.hpp"
#include "tandem/order/view.hpp"

namespace tandem::replay {

struct Caused {
  std::int64_t at_ms = 0;
  std::vector<Event> events;
  std::string order;
};

struct Step {
  std::vector<Caused> caused;
  std::optional<std::vector<Event>> events;
  std::optional<std::string> order;
  std::optional<Rejection> rejected;
};

struct AnswerStock {
  std::int64_t available = 0;
  std::int64_t backordered = 0;
  std::int64_t held = 0;
  std::string location;
  std::int64_t on_hand = 0;
  std::int64_t reserved = 0;
  Sku sku;
};
struct AnswerCoupon {
  std::string code;
  std::int64_t held = 0;
  std::string promotion;
  std::int64_t uses = 0;
};
struct AnswerPromotion {
  std::int64_t held = 0;
  PromotionId promotion;
  std::int64_t uses = 0;
};
struct AnswerGiftCard {
  std::int64_t balance_minor = 0;
  std::string code;
  std::int64_t held_minor = 0;
};
struct AnswerOutbox {
  OutboxKind kind{};
  std::string order;
};

struct Answer {
  std::vector<AnswerCoupon> coupons;
  std::vector<AnswerGiftCard> gift_cards;
  std::map<std::string, View> orders;
  std::vector<AnswerOutbox> outbox;
  std::vector<AnswerPromotion> promotions;
  std::vector<Step> steps;
  std::vector<AnswerStock> stock;
  std::map<std::string, Digest> stream_digests;
};

}  // namespace tandem::replay

namespace tandem {

template <>
struct Fields<replay::Caused> {
  using C = replay::Caused;
  static constexpr std::array list{required<&C::at_ms>("at_ms"), required<&C::events>("events"),
                                   required<&C::order>("order")};
};
template <>
struct Fields<replay::Step> {
  using S = replay::Step;
  static constexpr std::array list{required<&S::caused>("caused"), sparse<&S::events>("events"),
                                   required<&S::order>("order"), sparse<&S::rejected>("rejected")};
};
template <>
struct Fields<replay::AnswerStock> {
  using S = replay::AnswerStock;
  static constexpr std::array list{required<&S::available>("available"),
                                   required<&S::backordered>("backordered"),
                                   required<&S::held>("held"),
                                   required<&S::location>("location"),
                                   required<&S::on_hand>("on_hand"),
                                   required<&S::reserved>("reserved"),
                                   required<&S::sku>("sku")};
};
template <>
struct Fields<replay::AnswerCoupon> {
  using C = replay::AnswerCoupon;
  static constexpr std::array list{required<&C::code>("code"), required<&C::held>("held"),
                                   required<&C::promotion>("promotion"),
                                   required<&C::uses>("uses")};
};
template <>
struct Fields<replay::AnswerPromotion> {
  using P = replay::AnswerPromotion;
  static constexpr std::array list{required<&P::held>("held"), required<&P::promotion>("promotion"),
                                   required<&P::uses>("uses")};
};
template <>
struct Fields<replay::AnswerGiftCard> {
  using G = replay::AnswerGiftCard;
  static constexpr std::array list{required<&G::balance_minor>("balance_minor"),
                                   required<&G::code>("code"),
                                   required<&G::held_minor>("held_minor")};
};
template <>
struct Fields<replay::AnswerOutbox> {
  using O = replay::AnswerOutbox;
  static constexpr std::array list{required<&O::kind>("kind"), required<&O::order>("order")};
};
template <>
struct Fields<replay::Answer> {
  using A = replay::Answer;
  static constexpr std::array list{
      required<&A::coupons>("coupons"),       required<&A::gift_cards>("gift_cards"),
      required<&A::orders>("orders"),         required<&A::outbox>("outbox"),
      required<&A::promotions>("promotions"), required<&A::steps>("steps"),
      required<&A::stock>("stock"),           required<&A::stream_digests>("stream_digests")};
};
template <>
inline constexpr std::string_view kTypeName<replay::Answer> = "replay_answer";

}  // namespace tandem
