// SPDX-License-Identifier: Apache-2.0
#pragma once
// An order as its events say it is: the fold that decisions are made on. Nothing here is computed
// money; that is in the placed quote, or comes from quote() while the order is a quotation.
//
//   order.find_line(LineId{"TEA-100"})->quantity == 2

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/base/reason.hpp"
#include "tandem/catalog/offer.hpp"
#include "tandem/delivery/transfer.hpp"
#include "tandem/digest/sha256.hpp"
#include "tandem/invoice/invoice.hpp"
#include "tandem/order/address.hpp"
#include "tandem/order/frozen.hpp"
#include "tandem/order/state.hpp"
#include "tandem/order/words.hpp"
#include "tandem/payment/attempt.hpp"
#include "tandem/payment/refund.hpp"
#include "tandem/pricing/quote.hpp"
#include "tandem/returns/return.hpp"

namespace tandem {

struct Line {
  LineId id;
  Sku sku;
  std::optional<std::string> configuration;
  OfferKind kind = OfferKind::goods;
  std::int64_t quantity = 0;
  std::int64_t unit_price_shown_minor = 0;
  // The ledger of goods.
  std::int64_t reserved = 0;
  std::int64_t backordered = 0;
  std::int64_t shipped = 0;   // replacements of returned units included
  std::int64_t replaced = 0;  // of these, sent in exchange
  std::int64_t canceled = 0;
  std::int64_t returned = 0;
  std::int64_t restocked = 0;
  // The ledger of promises.
  std::int64_t invoiced = 0;
  std::int64_t credited = 0;
  // Its terms, once frozen.
  InvoicePolicy invoice_policy = InvoicePolicy::ordered;
  bool returnable = false;
  std::optional<std::string> ship_together;
  bool tracked = false;
  std::optional<PromotionId> gift;  // added by a promotion while the order is frozen

  /// Shipped and not given back: what a customer has of the units that were sold.
  [[nodiscard]] std::int64_t kept() const { return shipped - returned; }
};

TANDEM_ENUM(CouponState, applied, held, claimed, dropped)

struct OrderCoupon {
  std::string code;
  PromotionId promotion;
  CouponState state = CouponState::applied;
  std::optional<Reason> reason;  // why it was dropped
};

struct OrderGiftCard {
  std::string code;
  CouponState state = CouponState::applied;
};

/// Stock set aside while the customer pays.
struct Hold {
  std::int64_t expires_ms = 0;
  std::vector<StockTaken> lines;
};

/// What the customer agreed to.
struct Placed {
  Quote quote;
  Box<Quote>
      origin;  // as it was before revisions by stored shares; lines that came with them added
  Digest rules{};
  Terms terms;
  std::vector<Digest> facts;
  std::int64_t at_ms = 0;

  /// The quote whose shares a revision goes by: what is taken back leaves the order as it was.
  [[nodiscard]] const Quote& shares() const { return origin ? *origin : quote; }
};

struct NeedsPerson {
  PersonCause reason{};
  std::int64_t since_ms = 0;
};

/// Whether the customer was reminded of a cart that was left, in this episode: since the customer's
/// last command.
struct Reminded {
  std::int64_t at_ms = 0;
  std::optional<SkipReason> skipped;  // none: the mail was sent
};

struct Order {
  std::int64_t version = 0;  // number of the last event
  OrderState state = OrderState::quotation;
  std::string channel;
  std::string currency;
  std::optional<std::string> customer;
  std::optional<std::string> team;
  std::optional<std::string> salesperson;
  bool locked = false;

  std::optional<Contact> contact;  // disclosed part
  bool has_contact = false;
  std::optional<bool> reminders;
  bool unsubscribed = false;
  std::optional<Address> ship_to;  // country and region always, the rest if disclosed
  std::optional<Address> bill_to;
  std::optional<std::string> terms_version;
  std::vector<std::string> erased;  // names of parts

  std::vector<Line> lines;
  std::vector<SavedLine> saved;
  std::vector<OrderCoupon> coupons;
  std::vector<OrderGiftCard> gift_cards;
  std::optional<ShippingMethodId> shipping_method;
  std::optional<PaymentMethodId> payment_method;

  std::optional<Placed> placed;  // of the last freezing; kept when reopened, for late money
  bool edited_since_placed = false;
  std::int64_t agreements = 0;  // how often something else was agreed to than before
  bool holds_uses = false;  // of promotions and gift cards: placed, not confirmed yet
  std::optional<std::int64_t> expires_ms;  // of a quotation that was sent
  std::optional<std::int64_t> confirmed_ms;
  std::optional<Hold> hold;
  std::vector<Attempt> attempts;
  std::vector<Refund> refunds;
  // Of these, what was given back of what revisions took off the order since.
  std::vector<RefundLine> refunds_revised;
  std::vector<QuoteGiftCard> card_refunds_revised;
  std::vector<Transfer> transfers;
  std::vector<Invoice> invoices;
  std::vector<Return> returns;
  std::optional<NeedsPerson> needs_person;
  std::optional<Reminded> reminded;

  std::int64_t created_ms = 0;
  std::int64_t last_ms = 0;  // of the last event
  std::int64_t last_customer_ms = 0;  // of the customer's last command

  [[nodiscard]] bool is_placed() const {
    return state == OrderState::quotation_sent || state == OrderState::order;
  }
  [[nodiscard]] Line* find_line(const LineId& id);
  [[nodiscard]] const Line* find_line(const LineId& id) const;
  [[nodiscard]] Attempt* find_attempt(std::int64_t number);
  [[nodiscard]] const Attempt* find_attempt(std::int64_t number) const;
  [[nodiscard]] Refund* find_refund(std::int64_t number);
  [[nodiscard]] const Refund* find_refund(std::int64_t number) const;
  [[nodiscard]] Transfer* find_transfer(std::int64_t number);
  [[nodiscard]] const Transfer* find_transfer(std::int64_t number) const;
  /// Units of a line that open transfers still move; replacements apart.
  [[nodiscard]] std::int64_t open_units(const LineId& line) const;
  [[nodiscard]] Invoice* find_invoice(std::int64_t number);
  [[nodiscard]] const Invoice* find_invoice(std::int64_t number) const;
  [[nodiscard]] Return* find_return(std::int64_t number);
  [[nodiscard]] const Return* find_return(std::int64_t number) const;
};

}  // namespace tandem
