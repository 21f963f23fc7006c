// SPDX-License-Identifier: Apache-2.0
#pragma once
// Everything that can be asked of an order. A command has no price field: amounts appear only where
// a provider or a person states what was moved. Names and fields are those of the wire.
//
//   Command command = AddLine{.sku = {"TEA-100"}, .quantity = 2};

#include <array>
#include <concepts>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "tandem/delivery/commands.hpp"
#include "tandem/invoice/commands.hpp"
#include "tandem/order/cart_commands.hpp"
#include "tandem/order/order_commands.hpp"
#include "tandem/payment/commands.hpp"
#include "tandem/payment/facts.hpp"
#include "tandem/returns/commands.hpp"

namespace tandem {

/// What a customer's browser decides by itself before the server does.
using LocalCommand =
    std::variant<AddLine, SetQuantity, RemoveLine, SetContact, AcceptTerms, SetAddress,
                 ChooseShipping, ChoosePayment, ApplyCoupon, RemoveCoupon, ApplyGiftCard,
                 RemoveGiftCard, Unsubscribe, CancelOrder, RenewHold>;

/// Every command; it begins with those of LocalCommand.
using CommandVariant = std::variant<
    AddLine, SetQuantity, RemoveLine, SetContact, AcceptTerms, SetAddress, ChooseShipping,
    ChoosePayment, ApplyCoupon, RemoveCoupon, ApplyGiftCard, RemoveGiftCard, Unsubscribe,
    CancelOrder, RenewHold, PlaceOrder, StartPayment, MergeCart, Reorder, RequestReturn,
    CancelReturn, SendQuotation, ConfirmOrder, ReopenOrder, ReviseOrder, Assign, LockOrder,
    UnlockOrder, AddNote, ApproveReturn, RejectReturn, ExchangeReturn, CompleteTransfer,
    CheckAvailability, CancelTransfer, RecordDelivery, ReceiveReturn, CapturePayment, VoidPayment,
    RecordPayment, RefundPayment, CreateInvoice, PostInvoice, CancelInvoice, CreateCreditNote,
    ResolvePerson, ErasePersonalData, PaymentPending, PaymentAuthorized, PaymentCaptured,
    PaymentFailed, PaymentCanceled, PaymentVoided, CaptureFailed, VoidFailed, RefundSucceeded,
    RefundFailed, PaymentChargedBack, AttachCustomer, ExpireHold, ExpireAttempt, ExpireOrder,
    ServeDelivery, LoseStock, RetireCart, SendReminder>;

/// One of the above; compiled once, as Event is.
class Command : public CommandVariant {
 public:
  Command();
  template <class T>
    requires(!std::same_as<std::remove_cvref_t<T>, Command>)
  Command(T&& command)
      : CommandVariant(std::in_place_type<std::remove_cvref_t<T>>, std::forward<T>(command)) {}
  Command(const Command& other);
  Command(Command&& other) noexcept;
  Command& operator=(const Command& other);
  Command& operator=(Command&& other) noexcept;
  ~Command();
};

namespace detail {
template <>
struct VariantOf<Command> {
  using type = CommandVariant;
};
}  // namespace detail

template <>
const Type& type_of<Command>();

template <>
struct OneOf<Command> {
  static constexpr std::string_view discriminator = "type";
  static constexpr std::array<std::string_view, std::variant_size_v<CommandVariant>> names{
      "add_line",
      "set_quantity",
      "remove_line",
      "set_contact",
      "accept_terms",
      "set_address",
      "choose_shipping",
      "choose_payment",
      "apply_coupon",
      "remove_coupon",
      "apply_gift_card",
      "remove_gift_card",
      "unsubscribe",
      "cancel_order",
      "renew_hold",
      "place_order",
      "start_payment",
      "merge_cart",
      "reorder",
      "request_return",
      "cancel_return",
      "send_quotation",
      "confirm_order",
      "reopen_order",
      "revise_order",
      "assign",
      "lock_order",
      "unlock_order",
      "add_note",
      "approve_return",
      "reject_return",
      "exchange_return",
      "complete_transfer",
      "check_availability",
      "cancel_transfer",
      "record_delivery",
      "receive_return",
      "capture_payment",
      "void_payment",
      "record_payment",
      "refund",
      "create_invoice",
      "post_invoice",
      "cancel_invoice",
      "create_credit_note",
      "resolve_person",
      "erase_personal_data",
      "payment_pending",
      "payment_authorized",
      "payment_captured",
      "payment_failed",
      "payment_canceled",
      "payment_voided",
      "capture_failed",
      "void_failed",
      "refund_succeeded",
      "refund_failed",
      "payment_charged_back",
      "attach_customer",
      "expire_hold",
      "expire_attempt",
      "expire_order",
      "serve_delivery",
      "lose_stock",
      "retire_cart",
      "send_reminder"};
};

template <>
struct OneOf<LocalCommand> {
  static constexpr std::string_view discriminator = OneOf<Command>::discriminator;
  static constexpr auto names = [] {
    std::array<std::string_view, std::variant_size_v<LocalCommand>> first;
    for (std::size_t i = 0; i < first.size(); ++i) first[i] = OneOf<Command>::names[i];
    return first;
  }();
};

}  // namespace tandem
