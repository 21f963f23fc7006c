// SPDX-License-Identifier: Apache-2.0
#pragma once
// Puts together what several tables keep of the orders of a page. An engine asks for the heads
// first, which say up to where the page goes, and then for the rest within it.
//
//   OrderPage page(std::move(heads), count_max);
//   page.add(std::move(events));                    // of orders up to page.last_no()
//   return page.take();

#include <cstdint>
#include <limits>
#include <map>
#include <utility>
#include <vector>

#include "store/row_mapping.hpp"

namespace tandem::store {

#define TANDEM_WHOLE_ROW_COLUMNS TANDEM_ROW_COLUMNS ", view, staff_view"
template <class Row>
OrderRow read_whole_row(Row& row) {
  OrderRow order = read_order_row(row);
  order.view = row.text();
  order.staff_view = row.text();
  return order;
}

/// A row of a table whose rows do not say themselves of which order they are.
template <class T>
using OfOrder = std::pair<std::int64_t, T>;

/// The number of the order, then what `read` makes of the columns behind it.
template <class Row>
auto read_of_order(Row& row, auto read) {
  const std::int64_t order_no = row.integer();
  return std::pair(order_no, read(row));
}

class OrderPage {
 public:
  /// Fewer heads than were asked for are the last ones: the page then has no end.
  OrderPage(std::vector<OrderHead> heads, std::int64_t count_max) {
    const bool more = static_cast<std::int64_t>(heads.size()) >= count_max && !heads.empty();
    if (more) last_no_ = heads.back().order_no;
    for (OrderHead& head : heads) {
      const std::int64_t order_no = head.order_no;
      at(order_no).head = std::move(head);
    }
  }

  [[nodiscard]] std::int64_t last_no() const { return last_no_; }

  void add(std::vector<OrderRow> rows) {
    for (OrderRow& row : rows) {
      const std::int64_t order_no = row.order_no;
      at(order_no).row = std::move(row);
    }
  }
  void add(std::vector<OfOrder<Event>> events) {
    for (auto& [order_no, event] : events) at(order_no).events.push_back(std::move(event));
  }
  void add(std::vector<OfOrder<Part>> parts) {
    for (auto& [order_no, part] : parts) at(order_no).parts.push_back(std::move(part));
  }

  [[nodiscard]] std::vector<WholeOrder> take() {
    std::vector<WholeOrder> orders;
    orders.reserve(orders_.size());
    for (auto& [order_no, order] : orders_) orders.push_back(std::move(order));
    return orders;
  }

 private:
  WholeOrder& at(std::int64_t order_no) {
    WholeOrder& order = orders_[order_no];
    order.order_no = order_no;
    return order;
  }

  std::int64_t last_no_ = std::numeric_limits<std::int64_t>::max();
  std::map<std::int64_t, WholeOrder> orders_;
};

}  // namespace tandem::store
