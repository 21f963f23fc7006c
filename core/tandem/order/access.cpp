// SPDX-License-Identifier: Apache-2.0
#include "tandem/order/access.hpp"

#include <array>

namespace tandem {
namespace {

constexpr CommandRow customer(std::string_view command) {
  return {command, ActorClass::customer, StaffRole::sales, true};
}
constexpr CommandRow staff(std::string_view command, StaffRole role) {
  return {command, ActorClass::staff, role};
}
constexpr CommandRow provider(std::string_view command) {
  return {command, ActorClass::provider, std::nullopt};
}
constexpr CommandRow scheduler(std::string_view command) {
  return {command, ActorClass::system, std::nullopt};
}

constexpr std::array<CommandRow, std::variant_size_v<CommandVariant>> kTable{
    customer("add_line"),
    customer("set_quantity"),
    customer("remove_line"),
    customer("set_contact"),
    customer("accept_terms"),
    customer("set_address"),
    customer("choose_shipping"),
    customer("choose_payment"),
    customer("apply_coupon"),
    customer("remove_coupon"),
    customer("apply_gift_card"),
    customer("remove_gift_card"),
    customer("unsubscribe"),
    customer("cancel_order"),
    customer("renew_hold"),
    customer("place_order"),
    customer("start_payment"),
    customer("merge_cart"),
    customer("reorder"),
    customer("request_return"),
    customer("cancel_return"),
    staff("send_quotation", StaffRole::sales),
    staff("confirm_order", StaffRole::sales),
    staff("reopen_order", StaffRole::sales),
    staff("revise_order", StaffRole::sales),
    staff("assign", StaffRole::sales),
    staff("lock_order", StaffRole::sales),
    staff("unlock_order", StaffRole::sales),
    staff("add_note", StaffRole::sales),
    staff("approve_return", StaffRole::sales),
    staff("reject_return", StaffRole::sales),
    staff("exchange_return", StaffRole::sales),
    staff("complete_transfer", StaffRole::warehouse),
    staff("check_availability", StaffRole::warehouse),
    staff("cancel_transfer", StaffRole::warehouse),
    staff("record_delivery", StaffRole::warehouse),
    staff("receive_return", StaffRole::warehouse),
    staff("capture_payment", StaffRole::accounting),
    staff("void_payment", StaffRole::accounting),
    staff("record_payment", StaffRole::accounting),
    staff("refund", StaffRole::accounting),
    staff("create_invoice", StaffRole::accounting),
    staff("post_invoice", StaffRole::accounting),
    staff("cancel_invoice", StaffRole::accounting),
    staff("create_credit_note", StaffRole::accounting),
    staff("resolve_person", StaffRole::accounting),
    staff("erase_personal_data", StaffRole::admin),
    provider("payment_pending"),
    provider("payment_authorized"),
    provider("payment_captured"),
    provider("payment_failed"),
    provider("payment_canceled"),
    provider("payment_voided"),
    provider("capture_failed"),
    provider("void_failed"),
    provider("refund_succeeded"),
    provider("refund_failed"),
    provider("payment_charged_back"),
    scheduler("attach_customer"),
    scheduler("expire_hold"),
    scheduler("expire_attempt"),
    scheduler("expire_order"),
    scheduler("serve_delivery"),
    scheduler("lose_stock"),
    scheduler("retire_cart"),
    scheduler("send_reminder"),
};

consteval bool in_order() {
  for (std::size_t i = 0; i < kTable.size(); ++i)
    if (kTable[i].command != OneOf<Command>::names[i]) return false;
  return true;
}
static_assert(in_order(), "one row per command, in the order of Command");

}  // namespace

std::span<const CommandRow> command_table() { return kTable; }

Result<void> check_access(std::size_t command, const Actor& actor) {
  const CommandRow& row = kTable[command];
  if (actor.kind == ActorClass::staff && row.role) {
    if (actor.role == StaffRole::admin || actor.role == row.role) return {};
    return reject(Reason::role_forbids, std::string(row.command));
  }
  if (actor.kind == row.sender) return {};
  return reject(Reason::command_unknown, std::string(row.command));
}

}  // namespace tandem
