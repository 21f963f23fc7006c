// SPDX-License-Identifier: Apache-2.0
#pragma once
// An order folded from its stored stream, and a bounded memory of the ones used last, so that a
// busy order's stream is not read and decoded again for every request. What is remembered is only
// a head start: it counts when its version and chain digest are those of the store.

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <variant>

#include "store/reads.hpp"
#include "store/rows.hpp"
#include "tandem/base/result.hpp"
#include "tandem/order/order.hpp"
#include "tandem/order/record.hpp"

namespace tandem::app {

/// An email address with its keyed hash, which takes long to make.
struct HashedContact {
  std::string email;
  store::Digest hash{};
};

struct Folded {
  Order order;
  Digest head{};               // chain digest at order.version
  std::optional<Quote> quote;  // what was shown last; not known after a restart
  std::optional<Quote> quote_before;  // and before that: a page may not have seen the last one
  std::optional<HashedContact> contact;  // of the order, once it was hashed

  void show(Quote next);
  /// Makes the quote with this digest the one that was shown last, if it is one of the two.
  void recall(const Digest& expected);
};

/// A stored event and its parts as the core takes it. Refuses what decoding refuses.
[[nodiscard]] Result<Recorded> decode_event(const store::Event& event,
                                            std::span<const store::Part> parts);

/// Continues a fold with later events of the same order. Refuses `internal` when the events do not
/// follow or their chain does not end in `head`.
[[nodiscard]] Result<Folded> fold_on(Folded from, std::span<const store::Event> events,
                                     std::span<const store::Part> parts, const Digest& head);

/// An order folded from the store, outside a batch. Null when there is none; refuses as fold_on.
[[nodiscard]] Result<std::shared_ptr<const Folded>> load_folded(store::Reads& reads,
                                                                std::int64_t order_no);

class OrderMemory {
 public:
  explicit OrderMemory(std::size_t size_max) : size_max_(size_max) {}

  /// Null when the order is not remembered.
  [[nodiscard]] std::shared_ptr<const Folded> find(const store::OrderRef& ref);
  void put(std::int64_t order_no, const std::string& order_id,
           std::shared_ptr<const Folded> folded);
  void forget(const store::OrderRef& ref);

 private:
  struct Entry {
    std::int64_t order_no = 0;
    std::string order_id;
    std::shared_ptr<const Folded> folded;
  };
  using Entries = std::list<Entry>;  // the one used last comes first

  [[nodiscard]] Entries::iterator place(const store::OrderRef& ref);
  void drop(Entries::iterator entry);

  const std::size_t size_max_;
  std::mutex mutex_;
  Entries entries_;
  std::unordered_map<std::int64_t, Entries::iterator> by_no_;
  std::unordered_map<std::string, Entries::iterator> by_id_;
};

/// The order as it is stored now: the remembered one where it is at the version and the digest that
/// the store has, else folded from the store. Null when there is none; refuses as fold_on.
[[nodiscard]] Result<std::shared_ptr<const Folded>> load_folded(OrderMemory& memory,
                                                                store::Reads& reads,
                                                                std::int64_t order_no);

}  // namespace tandem::app
