// SPDX-License-Identifier: Apache-2.0
// Who of the staff may send what, asked of the running routes, against a table that is written down
// here and read from nowhere.
#include <gtest/gtest.h>

#include "signed_in.hpp"

namespace tandem::app::test {
namespace {

struct Row {
  const char* command;  // its JSON, as small as it can be
  const char* role;  // who may send it beside admin; empty: nobody else; null: no staff at all
};

const std::array kRows{
    Row{R"({"type":"add_line","sku":"TEA-100","quantity":1})", "sales"},
    Row{R"({"type":"set_quantity","line":"x","quantity":1})", "sales"},
    Row{R"({"type":"remove_line","line":"x"})", "sales"},
    Row{R"({"type":"set_contact","email":"a@example.com"})", "sales"},
    Row{R"({"type":"accept_terms","version":"1"})", "sales"},
    Row{R"({"type":"set_address","kind":"ship_to","address":{"country":"DE"}})", "sales"},
    Row{R"({"type":"choose_shipping","method":"parcel"})", "sales"},
    Row{R"({"type":"choose_payment","method":"wire"})", "sales"},
    Row{R"({"type":"apply_coupon","code":"X"})", "sales"},
    Row{R"({"type":"remove_coupon","code":"X"})", "sales"},
    Row{R"({"type":"apply_gift_card","code":"X"})", "sales"},
    Row{R"({"type":"remove_gift_card","code":"X"})", "sales"},
    Row{R"({"type":"unsubscribe"})", "sales"},
    Row{R"({"type":"cancel_order"})", "sales"},
    Row{R"({"type":"renew_hold"})", "sales"},
    Row{R"({"type":"place_order","expected_digest":")"
        R"(0000000000000000000000000000000000000000000000000000000000000000"})",
        "sales"},
    Row{R"({"type":"start_payment"})", "sales"},
    Row{R"({"type":"merge_cart","from":"x"})", "sales"},
    Row{R"({"type":"reorder","from":"x"})", "sales"},
    Row{R"({"type":"request_return","lines":[]})", "sales"},
    Row{R"({"type":"cancel_return","return":1})", "sales"},
    Row{R"({"type":"send_quotation"})", "sales"},
    Row{R"({"type":"confirm_order"})", "sales"},
    Row{R"({"type":"reopen_order"})", "sales"},
    Row{R"({"type":"revise_order","changes":[]})", "sales"},
    Row{R"({"type":"assign"})", "sales"},
    Row{R"({"type":"lock_order"})", "sales"},
    Row{R"({"type":"unlock_order"})", "sales"},
    Row{R"({"type":"add_note","text":"x"})", "sales"},
    Row{R"({"type":"approve_return","return":1})", "sales"},
    Row{R"({"type":"reject_return","return":1,"reason":"x"})", "sales"},
    Row{R"({"type":"exchange_return","return":1})", "sales"},
    Row{R"({"type":"complete_transfer","transfer":1})", "warehouse"},
    Row{R"({"type":"check_availability","transfer":1})", "warehouse"},
    Row{R"({"type":"cancel_transfer","transfer":1})", "warehouse"},
    Row{R"({"type":"record_delivery","transfer":1})", "warehouse"},
    Row{R"({"type":"receive_return","return":1,"lines":[]})", "warehouse"},
    Row{R"({"type":"capture_payment","attempt":1})", "accounting"},
    Row{R"({"type":"void_payment","attempt":1})", "accounting"},
    Row{R"({"type":"record_payment","amount_minor":1,"method":"wire"})", "accounting"},
    Row{R"({"type":"refund"})", "accounting"},
    Row{R"({"type":"create_invoice"})", "accounting"},
    Row{R"({"type":"post_invoice","invoice":1})", "accounting"},
    Row{R"({"type":"cancel_invoice","invoice":1})", "accounting"},
    Row{R"({"type":"create_credit_note","invoice":1})", "accounting"},
    Row{R"({"type":"resolve_person","note":"x"})", "accounting"},
    Row{R"({"type":"erase_personal_data"})", ""},
    Row{R"({"type":"payment_pending","attempt":1})", nullptr},
    Row{R"({"type":"payment_authorized","attempt":1,"amount_minor":1})", nullptr},
    Row{R"({"type":"payment_captured","attempt":1,"amount_minor":1})", nullptr},
    Row{R"({"type":"payment_failed","attempt":1})", nullptr},
    Row{R"({"type":"payment_canceled","attempt":1})", nullptr},
    Row{R"({"type":"payment_voided","attempt":1})", nullptr},
    Row{R"({"type":"capture_failed","attempt":1})", nullptr},
    Row{R"({"type":"void_failed","attempt":1})", nullptr},
    Row{R"({"type":"refund_succeeded","refund":1})", nullptr},
    Row{R"({"type":"refund_failed","refund":1})", nullptr},
    Row{R"({"type":"payment_charged_back","attempt":1,"amount_minor":1})", nullptr},
    Row{R"({"type":"attach_customer","customer":"x"})", nullptr},
    Row{R"({"type":"expire_hold"})", nullptr},
    Row{R"({"type":"expire_attempt","attempt":1})", nullptr},
    Row{R"({"type":"expire_order"})", nullptr},
    Row{R"({"type":"serve_delivery","transfer":1})", nullptr},
    Row{R"({"type":"lose_stock","sku":"TEA-100","quantity":1})", nullptr},
    Row{R"({"type":"retire_cart"})", nullptr},
    Row{R"({"type":"send_reminder"})", nullptr},
};

constexpr std::array kRoles{"sales", "warehouse", "accounting", "admin"};

/// What an answer says of the right to send a command: "yes", "role" or "class".
std::string right_in(const Answer& answer) {
  if (answer.status == 400 && answer.reason() == "command_unknown") return "class";
  if (!answer.body.contains("results")) return answer.body.dump();
  const Json& result = answer.body.at("results").at(0);
  if (result.at("accepted") == true) return "yes";
  return result.at("rejected").at("reason") == "role_forbids" ? "role" : "yes";
}

std::string expected(const Row& row, const std::string& role) {
  if (row.role == nullptr) return "class";
  return role == "admin" || role == row.role ? "yes" : "role";
}

std::string body_of(const Row& row) {
  return Json{{"base_version", 0}, {"commands", {item(Json::parse(row.command))}}}.dump();
}

TEST(AccessTable, EachRoleSendsItsOwnCommandsByKeyAndBySession) {
  Shop shop;
  shop.stock("TEA-100", 2000, 1'000);
  for (const std::string role : kRoles) {
    shop.user(role + "@shop.example", role);
    const SignedIn user(shop, role + "@shop.example");
    const std::string key = shop.key(role);
    for (const Row& row : kRows) {
      const Client client(shop);
      const std::string target = "/v1/staff/orders/" + client.id + "/commands";
      EXPECT_EQ(right_in(shop.post(target, body_of(row), key)), expected(row, role))
          << role << ' ' << row.command;
      EXPECT_EQ(right_in(user.post(target, body_of(row))), expected(row, role))
          << role << ' ' << row.command;
    }
  }
}

TEST(AccessTable, NoCommandOfStaffGoesThroughTheCustomersRoute) {
  Shop shop;
  const Client client(shop);
  for (const Row& row : kRows) {
    const bool staff_only = row.role == nullptr || std::string(row.role) != "sales" ||
                            &row >= &kRows[21];  // customers' commands come first
    if (!staff_only) continue;
    const Answer answer =
        shop.post("/v1/orders/" + client.id + "/commands", body_of(row), client.secret);
    EXPECT_EQ(right_in(answer), "class") << row.command;
  }
}

TEST(AccessTable, HasARowForEachCommand) {
  std::set<std::string> types;
  for (const Row& row : kRows) types.insert(Json::parse(row.command).at("type"));
  EXPECT_EQ(types.size(), kRows.size());
  EXPECT_EQ(types.size(), std::variant_size_v<CommandVariant>);
}

TEST(AccessTable, StockIsTheWarehousesAndTheAdmins) {
  Shop shop;
  shop.stock("TEA-100", 2000, 1);
  const std::string body = R"({"sku":"TEA-100","on_hand":5})";
  for (const std::string role : kRoles) {
    shop.user(role + "@shop.example", role);
    const bool may = role == "warehouse" || role == "admin";
    EXPECT_EQ(shop.post("/v1/staff/stock", body, shop.key(role)).status, may ? 200 : 403) << role;
    const SignedIn user(shop, role + "@shop.example");
    EXPECT_EQ(user.post("/v1/staff/stock", body).status, may ? 200 : 403) << role;
  }
}

}  // namespace
}  // namespace tandem::app::test
