// SPDX-License-Identifier: Apache-2.0
#pragma once
// A browser in which somebody of the staff has signed in: it keeps the cookie and the token, and
// sends both, from the shop's own page.
//
//   shop.user("ann@shop.example", "sales");
//   SignedIn ann(shop, "ann@shop.example");
//   ann.post("/v1/staff/orders/7/commands", body);

#include "shop_fixture.hpp"

namespace tandem::app::test {

/// The answer to an attempt to sign in.
[[nodiscard]] Answer sign_in(const Shop& shop, const std::string& email,
                             const std::string& password);

class SignedIn {
 public:
  SignedIn(const Shop& shop, const std::string& email);

  [[nodiscard]] Answer get(const std::string& target) const;
  [[nodiscard]] Answer post(const std::string& target, const std::string& body) const;
  [[nodiscard]] Answer sign_out() const;
  /// A request as this browser would send it, to be spoiled.
  [[nodiscard]] http::Request request(http::Method method, const std::string& target,
                                      const std::string& body = "") const;

  std::string cookie;
  std::string csrf;

 private:
  const Shop& shop_;
};

}  // namespace tandem::app::test
