// SPDX-License-Identifier: Apache-2.0
#pragma once
// The shop that load is put on, and the orders that are made in it: each with its own id, secret
// and products, placed with a digest that is computed here, as a browser would.
//
//   Orders orders(connection, false);
//   Checkout checkout = orders.one_request();   // or single_requests(): a guest's whole way
//   send(checkout.begin()); …                   // then next() with each answer, until it is empty

#include <array>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "load_connection.hpp"
#include "tandem/pricing/pricing.hpp"

namespace tandem::bench {

/// Writes a shop to import: every product counted, enough of each for any run.
void write_shop(const std::string& folder);

/// One order on its way. `failed` is set by an answer that was not expected.
class Checkout {
 public:
  std::string id;
  std::string secret;
  bool failed = false;

  /// The first request.
  [[nodiscard]] const std::string& begin() const { return steps_.front(); }
  /// The request after this answer; empty when the order is done, or failed.
  [[nodiscard]] std::string next(int status, std::string_view body);

 private:
  friend class Orders;
  [[nodiscard]] std::string commands(const std::string& command) const;

  std::vector<std::string> steps_;  // the first request, then bodies of single commands
  std::size_t at_ = 0;
  std::int64_t version_ = 0;
};

class Orders {
 public:
  /// Reads rules and offers from the server. `hot`: one product is in every order.
  Orders(Connection& connection, bool hot);

  /// Made, filled and placed in one request; the provider captures at once.
  [[nodiscard]] Checkout one_request();
  /// A guest's checkout made of single requests, paid on the provider's page.
  [[nodiscard]] Checkout single_requests();

 private:
  [[nodiscard]] std::string hex();
  [[nodiscard]] Checkout begin();
  [[nodiscard]] std::array<std::size_t, 3> choose();
  [[nodiscard]] std::vector<std::string> filling(tandem::Cart& cart);
  [[nodiscard]] std::string item(const std::string& command);
  [[nodiscard]] std::string digest(tandem::Cart cart) const;

  std::optional<tandem::CompiledRules> rules_;
  std::vector<tandem::Offer> offers_;
  std::string core_version_;
  std::mt19937_64 random_{std::random_device{}()};
  bool hot_;
};

}  // namespace tandem::bench
