// SPDX-License-Identifier: Apache-2.0
#pragma once
// The view of an order: what a page, a list or an API shows of it. One function makes it, for every
// reader; a reader sees only the parts that he may see. Names are those of the wire.
//
//   canonical(view_of(order, quote, {.order = id, .staff = true}))

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/order/abandonment.hpp"
#include "tandem/order/axes.hpp"
#include "tandem/order/order.hpp"
#include "tandem/order/view_records.hpp"
#include "tandem/pricing/quote.hpp"

namespace tandem {

struct ViewAxes {
  DeliveryAxis delivery{};
  InvoiceAxis invoice{};
  OrderState order{};
  PaymentAxis payment{};
  ReturnAxis return_{};
};
struct ViewAssigned {
  std::optional<std::string> salesperson;
  std::optional<std::string> team;
};
struct ViewNeedsPerson {
  PersonCause reason{};
  std::int64_t since_ms = 0;
};
struct ViewGoods {
  std::int64_t backordered = 0;
  std::int64_t canceled = 0;
  std::int64_t ordered = 0;
  std::int64_t reserved = 0;
  std::int64_t restocked = 0;
  std::int64_t returned = 0;
  std::int64_t shipped = 0;

  friend bool operator==(const ViewGoods&, const ViewGoods&) = default;
};
struct ViewLineMoney {
  std::int64_t captured_minor = 0;
  std::int64_t due_minor = 0;
  std::int64_t refundable_minor = 0;
  std::int64_t refunded_minor = 0;

  friend bool operator==(const ViewLineMoney&, const ViewLineMoney&) = default;
};
struct ViewPromise {
  std::int64_t credited = 0;
  std::int64_t invoiced = 0;
  std::int64_t to_invoice = 0;

  friend bool operator==(const ViewPromise&, const ViewPromise&) = default;
};
struct ViewLine {
  std::int64_t discount_minor = 0;
  std::vector<QuoteDiscount> discounts;
  ViewGoods goods;
  std::int64_t gross_minor = 0;
  LineId line_id;
  ViewLineMoney money;
  std::int64_t net_minor = 0;
  ViewPromise promise;
  std::int64_t quantity = 0;
  Sku sku;
  std::int64_t subtotal_minor = 0;
  std::int64_t tax_minor = 0;
  std::vector<QuoteTax> taxes;
  std::int64_t unit_price_minor = 0;

  friend bool operator==(const ViewLine&, const ViewLine&) = default;
};
struct ViewMoney {
  std::int64_t authorized_minor = 0;
  std::int64_t captured_minor = 0;
  std::int64_t charged_back_minor = 0;
  std::int64_t due_minor = 0;
  std::int64_t owed_minor = 0;
  std::int64_t refundable_minor = 0;
  std::int64_t refunded_minor = 0;
  std::int64_t refunding_minor = 0;
};
struct ViewCoupon {
  std::string code;
  PromotionId promotion;
  std::optional<std::string> reason;
  CouponState state{};
};
struct ViewGiftCard {
  std::int64_t amount_minor = 0;
  std::string code;
  CouponState state{};
};
struct ViewHold {
  std::int64_t expires_ms = 0;
  std::string location;
  std::int64_t quantity = 0;
  Sku sku;
};
struct ViewAbandoned {
  bool is = false;
  std::optional<SkipReason> reason;
  ReminderState reminder{};
};

struct View {
  ViewAbandoned abandoned;
  ViewAssigned assigned;
  ViewAxes axes;
  std::optional<Address> bill_to;
  std::string channel;
  std::optional<std::int64_t> confirmed_ms;
  std::optional<Contact> contact;
  std::vector<ViewCoupon> coupons;
  std::string currency;
  std::optional<std::string> customer;
  std::vector<ViewTransfer> deliveries;
  std::vector<std::string> erased;  // parts that were deleted
  std::vector<ViewGiftCard> gift_cards;
  std::vector<ViewHold> holds;
  std::vector<ViewInvoice> invoices;
  std::vector<ViewLine> lines;
  bool locked = false;
  std::vector<QuoteMessage> messages;
  ViewMoney money;
  std::optional<ViewNeedsPerson> needs_person;
  std::string order;
  std::optional<std::int64_t> order_no;
  std::optional<PaymentMethodId> payment_method;
  std::vector<ViewPayment> payments;
  std::optional<std::int64_t> placed_ms;
  std::string quote_digest;
  std::vector<ViewRefund> refunds;
  std::vector<ViewReturn> returns;
  std::vector<SavedLine> saved;  // for later, when carts were merged
  std::optional<Address> ship_to;
  QuoteShipping shipping;
  std::vector<QuoteTaxTotal> tax_summary;
  std::optional<std::string> terms_version;
  QuoteTotals totals;
  std::int64_t version = 0;
};

/// What a reader is told besides the order itself.
struct Reader {
  std::string order;  // the order's id
  std::optional<std::int64_t> order_no;  // the shop's number, once it has one
  bool staff = false;  // assignment, abandonment and what needs a person are staff's
  std::optional<Abandonment> abandonment;  // judged by the facts of now, for staff
};

/// The view of an order, with its current quote (see current_quote).
[[nodiscard]] View view_of(const Order& order, const Quote& quote, const Reader& reader);

}  // namespace tandem

#include "tandem/order/view_fields.hpp"
