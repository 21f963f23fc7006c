// SPDX-License-Identifier: Apache-2.0
#pragma once
// How much one customer, one address range and one account may ask for. The dispatcher asks before
// it hands an order's commands to the committer, so that every way in passes the same count; pages
// that pay and sign-in ask here as well.
//
// What may turn out harmless is taken first and given back: a payment that succeeds, a code that is
// accepted, a sign-in that is right. So what is asked at the same moment is counted too. All of it
// is in memory, of bounded size, and each node's own.

#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "http/address.hpp"
#include "tandem/base/result.hpp"
#include "tandem/order/command.hpp"
#include "tandem/order/order.hpp"

namespace tandem::app {

struct OrderRequest;
struct OrderAnswer;

/// So many each minute or hour, and at most as many at once. 0: as many as one likes.
struct LimitOptions {
  std::int64_t commands_per_minute = 0;  // of an order's customer
  std::int64_t orders_per_minute = 0;  // made, by address range
  std::int64_t payments_per_hour = 0;  // without success, by address range
  std::int64_t codes_per_hour = 0;  // coupons and gift cards refused, by address range
  std::int64_t sign_ins_per_hour = 0;  // wrong ones, by address range
  std::int64_t account_sign_ins_per_hour = 0;  // wrong ones, by account
  std::int64_t links_per_hour = 0;  // asked for by mail, by address range
  std::int64_t account_links_per_hour = 0;  // asked for by mail, by email address
  std::size_t keys_max = 65'536;  // of each kind; the one used longest ago goes
  http::Networks exempt{};  // from all but the last, unless they hand others on
  std::function<std::int64_t()> now_ms{};  // default: a clock that never goes back
};

/// Where a request comes from, as limits count it.
struct Source {
  std::string range{};
  bool exempt = false;
};

/// Values by key, of which only so many are kept: the one used longest ago is forgotten.
template <class Value>
class Remembered {
 public:
  explicit Remembered(std::size_t size_max) : size_max_(size_max) {}

  /// Null when it is not there.
  [[nodiscard]] Value* find(const std::string& key) {
    const auto found = places_.find(key);
    if (found == places_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return &found->second->second;
  }
  [[nodiscard]] Value& of(const std::string& key) {
    if (Value* known = find(key)) return *known;
    if (entries_.size() >= size_max_) {
      places_.erase(entries_.back().first);
      entries_.pop_back();
    }
    entries_.emplace_front(key, Value{});
    places_.emplace(entries_.front().first, entries_.begin());
    return entries_.front().second;
  }
  void forget(const std::string& key) {
    const auto found = places_.find(key);
    if (found == places_.end()) return;
    const auto entry = found->second;
    places_.erase(found);
    entries_.erase(entry);
  }
  [[nodiscard]] std::size_t size() const { return entries_.size(); }

 private:
  using Entries = std::list<std::pair<std::string, Value>>;  // the one used last comes first
  const std::size_t size_max_;
  Entries entries_;
  std::unordered_map<std::string_view, typename Entries::iterator> places_;
};

/// Token buckets: each key has `count` tokens, and gets them back evenly over `per_ms`.
class Buckets {
 public:
  Buckets(std::int64_t count, std::int64_t per_ms, std::size_t keys_max)
      : count_(count), step_us_(count > 0 ? per_ms * 1'000 / count : 0), full_at_us_(keys_max) {}

  /// Takes tokens, no more than a full bucket has; or answers how long to wait for them.
  [[nodiscard]] std::optional<std::int64_t> take(const std::string& key, std::int64_t cost,
                                                 std::int64_t now_ms);
  void give_back(const std::string& key, std::int64_t cost);
  [[nodiscard]] std::size_t size() const { return full_at_us_.size(); }

 private:
  const std::int64_t count_;
  const std::int64_t step_us_;
  Remembered<std::int64_t> full_at_us_;  // when a bucket will be full again: all there is to know
};

/// Whether the answer to a command tells if a code of a coupon or gift card is right.
[[nodiscard]] bool tries_code(const Command& command);

/// What a request took and may get back.
struct Taken {
  bool asked = false;
  std::string order{};  // empty: no commands were counted
  std::string range{};  // empty: exempt
  std::int64_t commands = 0;
  std::int64_t orders = 0;
  std::int64_t codes = 0;
  std::int64_t payments = 0;
};

class Limits {
 public:
  explicit Limits(LimitOptions options);

  [[nodiscard]] Source source(const http::Client& client) const;

  /// Before commands are carried out; a second time for the same request it takes nothing.
  /// Refuses rate_limited, whose subject says which limit and whose limit how many seconds to wait.
  [[nodiscard]] Result<void> admit(const OrderRequest& request, Taken& taken);

  /// After they were carried out: gives back what was harmless and remembers payments under way.
  void settle(const OrderRequest& request, const OrderAnswer& answer, const Taken& taken);

  /// When they were not carried out through no fault of the sender.
  void give_back(const Taken& taken);

  /// After any commit of an order: payments under way that have ended count or are given back.
  void follow(std::int64_t order_no, const Order& order);

  /// Before a payment page is used: counts unless this range's payment is counted already.
  [[nodiscard]] Result<void> admit_payment(const Source& source, std::int64_t order_no,
                                           std::int64_t attempt);

  /// Before a link to sign in with is mailed, known or not whose address it is.
  [[nodiscard]] Result<void> admit_link(const Source& source, const std::string& account);

  /// Before a password is looked at, and when it was the right one. An empty account is no account:
  /// a token is looked at.
  [[nodiscard]] Result<void> admit_sign_in(const Source& source, const std::string& account);
  void signed_in(const Source& source, const std::string& account);

 private:
  /// A payment that was counted and has not ended.
  struct Pending {
    std::int64_t attempt = 0;
    std::string range{};
  };

  [[nodiscard]] Result<void> take(Buckets& buckets, const std::string& key, std::int64_t cost,
                                  std::string_view subject);
  [[nodiscard]] bool remember(std::int64_t order_no, std::int64_t attempt,
                              const std::string& range);
  void give_back_all(const Taken& taken);

  const LimitOptions options_;
  std::mutex mutex_;  // guards all below
  Buckets commands_;
  Buckets orders_;
  Buckets payments_;
  Buckets codes_;
  Buckets sign_ins_;
  Buckets account_sign_ins_;
  Buckets links_;
  Buckets account_links_;
  Remembered<std::vector<Pending>> pending_;  // by order number
};

}  // namespace tandem::app
