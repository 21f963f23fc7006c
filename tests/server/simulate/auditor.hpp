// SPDX-License-Identifier: Apache-2.0
#pragma once
// Keeps books of its own and compares: what the shop has told anyone must stay true whatever is
// lost, what it stores must be what may be sold, and its money must be the bank's.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "bank.hpp"
#include "server.hpp"
#include "tandem/order/order.hpp"

namespace tandem::simulate {

class Auditor {
 public:
  /// An order as its stream says it is.
  struct Known {
    std::int64_t order_no = 0;
    std::string id;
    Order order;
    std::vector<Digest> chain;  // by version, from 1
    std::int64_t confirmed = 0;  // how often, without being reopened in between
  };

  Auditor(Story& story, const Bank& bank, Server& server)
      : story_(story), bank_(bank), server_(server) {}

  /// After a step: looks at what was committed. After a start everything is read again.
  void look();
  /// The shop has told somebody: this order has this digest at this version.
  void told(const std::string& order_id, std::int64_t version, const std::string& digest);
  /// At the end, when everything has had its time.
  void look_at_end();

  [[nodiscard]] const std::map<std::int64_t, Known>& orders() const { return orders_; }
  [[nodiscard]] const Known* find(const std::string& order_id) const;
  [[nodiscard]] std::map<std::string, std::int64_t> counts() const;

 private:
  struct Told {
    std::int64_t version = 0;
    std::string digest;
  };
  void look_at_orders(bool again);
  void read_order(std::int64_t order_no, bool again);
  void take(Known& known, const store::Event& event, const std::vector<store::Part>& parts);
  void check_told(const Known& known);
  void check_money(const Known& known);
  void check_ledgers();
  void check_sales();
  void check_end(const Known& known);
  void check_attempt(const Known& known, const Attempt& attempt);
  void check_outbox();
  void broken(std::string what) { story_.broken(std::move(what)); }

  Story& story_;
  const Bank& bank_;
  Server& server_;
  std::map<std::int64_t, Known> orders_;
  std::map<std::string, std::int64_t> numbers_;
  std::map<std::string, std::vector<Told>> told_;  // not found in a stream yet
  std::map<std::string, std::int64_t> events_;
  std::int64_t life_seen_ = -1;
  std::int64_t commits_seen_ = -1;
};

}  // namespace tandem::simulate
