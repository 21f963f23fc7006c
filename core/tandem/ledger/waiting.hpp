// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who is served first when goods become free: the waiting transfer of the order that was confirmed
// first, so that nobody is overtaken. The ledger says what is free; check_availability takes it.
//
//   for (const Waiting& next : serve_waiting(waiting, freed)) run(next.order, ServeDelivery{…})

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "tandem/order/order.hpp"

namespace tandem {

/// A transfer that goods are missing for.
struct Waiting {
  std::int64_t confirmed_ms = 0;
  std::string order;
  std::int64_t transfer = 0;
  std::set<Sku> missing;

  friend bool operator==(const Waiting&, const Waiting&) = default;
};

/// The transfers of an order that wait for something, in the order they were made.
[[nodiscard]] std::vector<Waiting> waiting_of(const Order& order, const std::string& id);

/// Of these, whom the freed products may serve: by time of confirmation, then id, then transfer.
[[nodiscard]] std::vector<Waiting> serve_waiting(std::vector<Waiting> waiting,
                                                 const std::set<Sku>& freed);

/// How many units of its reservation an order gives up when a count finds fewer than are reserved:
/// those that were confirmed last first. `short_by` is lowered by what is found.
struct Reserved {
  std::int64_t confirmed_ms = 0;
  std::string order;
  std::int64_t quantity = 0;
};
[[nodiscard]] std::vector<Reserved> lose_reserved(std::vector<Reserved> reserved,
                                                  std::int64_t short_by);

}  // namespace tandem
