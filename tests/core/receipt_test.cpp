// SPDX-License-Identifier: Apache-2.0
// A receipt proves an order to whoever has it: nothing changed, and the amount is what the rules
// say.
#include "tandem/receipt/receipt.hpp"

#include <gtest/gtest.h>

#include "core/support/placed_order.hpp"

namespace tandem {
namespace {

using testing::PlacedOrder;

TEST(Receipt, ProvesWhatWasPlaced) {
  const PlacedOrder placed;
  const auto proof = verify_receipt(placed.receipt());
  ASSERT_TRUE(proof.has_value()) << name(proof.error().reason) << ' ' << proof.error().subject;
  EXPECT_EQ(proof->total_minor, 4760);
  EXPECT_EQ(proof->order.state, OrderState::quotation_sent);
  EXPECT_EQ(proof->order.contact->email, "sara@example.com");
}

TEST(Receipt, HoldsWithoutThePersonalParts) {
  const PlacedOrder placed;
  const auto proof = verify_receipt(placed.receipt({.disclose = false}));
  ASSERT_TRUE(proof.has_value()) << name(proof.error().reason) << ' ' << proof.error().subject;
  EXPECT_FALSE(proof->order.contact.has_value());
  EXPECT_TRUE(proof->order.has_contact);
}

TEST(Receipt, RejectsAChangedRecord) {
  std::string receipt = PlacedOrder().receipt();
  const auto at = receipt.find(R"("quantity":2)");
  ASSERT_NE(at, std::string::npos);
  receipt.replace(at, 12, R"("quantity":3)");
  EXPECT_EQ(verify_receipt(receipt).error().reason, Reason::chain_broken);
}

TEST(Receipt, RejectsAPartThatItsSealDoesNotCover) {
  std::string receipt = PlacedOrder().receipt();
  const auto at = receipt.find("sara@example.com");
  ASSERT_NE(at, std::string::npos);
  receipt.replace(at, 4, "mara");
  const auto proof = verify_receipt(receipt);
  ASSERT_FALSE(proof.has_value());
  EXPECT_EQ(proof.error().reason, Reason::chain_broken);
  EXPECT_EQ(proof.error().subject, "/events/2/parts/contact");
}

TEST(Receipt, RejectsOtherRulesAndOffers) {
  EXPECT_EQ(verify_receipt(PlacedOrder().receipt({.ppm = 70'000})).error().subject, "/rules");
  EXPECT_EQ(verify_receipt(PlacedOrder().receipt({.unit_price_minor = 1999})).error().subject,
            "/facts");
}

TEST(Receipt, RejectsAQuoteThatTheRulesDoNotGive) {
  const auto proof = verify_receipt(PlacedOrder({.forged_total_minor = 4000}).receipt());
  ASSERT_FALSE(proof.has_value());
  EXPECT_EQ(proof.error().reason, Reason::quote_changed);
  EXPECT_EQ(proof.error().limit, 4760);
}

TEST(Receipt, OfAnUnplacedOrderProvesNothing) {
  EXPECT_EQ(verify_receipt(PlacedOrder({.place = false}).receipt()).error().reason,
            Reason::not_placed);
}

}  // namespace
}  // namespace tandem
