// SPDX-License-Identifier: Apache-2.0
#pragma once
// Clients that shop at a running server and remember what they were told, to be asked for later.

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

namespace tandem::app::test {

/// What a client was told of its order.
struct Acknowledged {
  std::string id;
  std::string secret;
  std::int64_t version = 0;
};

/// What all clients were told, in one list.
struct Told {
  std::mutex mutex;
  std::condition_variable grown;
  std::vector<Acknowledged> orders;

  void add(const Acknowledged& order);
  void wait_for(std::size_t count);
  [[nodiscard]] std::size_t count();
};

/// Makes orders and adds to them until the server goes away; an answer that tells to come back
/// later ends that order.
void shop_until_killed(std::uint16_t port, Told& told);

/// Every order is there, at the version that was told or a later one.
void expect_all(const Told& told, std::uint16_t port);

}  // namespace tandem::app::test
