// SPDX-License-Identifier: Apache-2.0
#include "app/limits.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "app/order_job.hpp"

namespace tandem::app {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kHourMs = 3'600'000;
// Requests whose connection was gone before it could be asked for its address.
constexpr std::string_view kNoAddress = "none";

LimitOptions with_clock(LimitOptions options) {
  if (!options.now_ms) {
    options.now_ms = [] {
      const auto now = std::chrono::steady_clock::now().time_since_epoch();
      return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
    };
  }
  return options;
}

bool is_payment(const Command& command) {
  return std::holds_alternative<PlaceOrder>(command) ||
         std::holds_alternative<StartPayment>(command);
}

std::int64_t count_of(const std::vector<Asked>& commands, bool (*is)(const Command&)) {
  return std::ranges::count_if(commands, [&](const Asked& one) { return is(one.command); });
}

/// Whether nobody can learn anything of a card by it: the money came, or comes by hand.
bool is_harmless(const Attempt& attempt) {
  return attempt.state == AttemptState::captured || attempt.state == AttemptState::authorized ||
         is_by_hand(attempt.provider);
}

bool is_under_way(const Attempt& attempt) {
  return attempt.state == AttemptState::created || attempt.state == AttemptState::pending;
}

std::string key_of_order(const store::OrderRef& ref) {
  if (const auto* id = std::get_if<std::string>(&ref)) return *id;
  return std::to_string(std::get<std::int64_t>(ref));
}

}  // namespace

bool tries_code(const Command& command) {
  const auto* revise = std::get_if<ReviseOrder>(&command);
  return std::holds_alternative<ApplyCoupon>(command) ||
         std::holds_alternative<ApplyGiftCard>(command) ||
         (revise != nullptr && !revise->coupons_add.empty());
}

std::optional<std::int64_t> Buckets::take(const std::string& key, std::int64_t cost,
                                          std::int64_t now_ms) {
  if (count_ <= 0) return std::nullopt;
  const std::int64_t now_us = now_ms * 1'000;
  std::int64_t& full_at = full_at_us_.of(key);
  const std::int64_t then = std::max(full_at, now_us) + std::min(cost, count_) * step_us_;
  const std::int64_t beyond = then - (now_us + count_ * step_us_);
  if (beyond > 0) return (beyond + 999) / 1'000;
  full_at = then;
  return std::nullopt;
}

void Buckets::give_back(const std::string& key, std::int64_t cost) {
  if (count_ <= 0) return;
  if (std::int64_t* full_at = full_at_us_.find(key)) {
    *full_at -= std::min(cost, count_) * step_us_;
  }
}

Limits::Limits(LimitOptions options)
    : options_(with_clock(std::move(options))),
      commands_(options_.commands_per_minute, kMinuteMs, options_.keys_max),
      orders_(options_.orders_per_minute, kMinuteMs, options_.keys_max),
      payments_(options_.payments_per_hour, kHourMs, options_.keys_max),
      codes_(options_.codes_per_hour, kHourMs, options_.keys_max),
      sign_ins_(options_.sign_ins_per_hour, kHourMs, options_.keys_max),
      account_sign_ins_(options_.account_sign_ins_per_hour, kHourMs, options_.keys_max),
      links_(options_.links_per_hour, kHourMs, options_.keys_max),
      account_links_(options_.account_links_per_hour, kHourMs, options_.keys_max),
      pending_(options_.keys_max) {}

Source Limits::source(const http::Client& client) const {
  if (!client.address) return {.range = std::string(kNoAddress)};
  return {.range = http::range_of(*client.address),
          .exempt = !client.by_stranger && http::contains(options_.exempt, *client.address)};
}

Result<void> Limits::take(Buckets& buckets, const std::string& key, std::int64_t cost,
                          std::string_view subject) {
  const auto wait_ms = buckets.take(key, cost, options_.now_ms());
  if (!wait_ms) return {};
  return reject(Reason::rate_limited, std::string(subject), (*wait_ms + 999) / 1'000);
}

Result<void> Limits::admit(const OrderRequest& request, Taken& taken) {
  const bool customer = request.actor.kind == ActorClass::customer;
  if (taken.asked || (!customer && request.actor.kind != ActorClass::staff)) return {};
  const Source from = request.from.value_or(Source{.range = std::string(kNoAddress)});
  const std::lock_guard lock(mutex_);
  Taken now{.asked = true};
  if (customer && !from.exempt && !request.commands.empty())
    now.order = key_of_order(request.order);
  if (!from.exempt) now.range = from.range;
  // Takes one kind after the other; what was taken goes back when a later one has none left.
  const auto step = [&](Buckets& buckets, const std::string& key, std::int64_t cost,
                        std::string_view subject, std::int64_t& count) -> Result<void> {
    if (cost == 0 || key.empty()) return {};
    auto ok = take(buckets, key, cost, subject);
    if (ok) count = cost;
    if (!ok) give_back_all(now);
    return ok;
  };
  const auto commands = static_cast<std::int64_t>(request.commands.size());
  const std::int64_t creates = customer && request.create ? 1 : 0;
  if (auto ok = step(commands_, now.order, commands, "commands", now.commands); !ok) return ok;
  if (auto ok = step(orders_, now.range, creates, "orders", now.orders); !ok) return ok;
  const std::int64_t codes = count_of(request.commands, tries_code);
  if (auto ok = step(codes_, now.range, codes, "codes", now.codes); !ok) return ok;
  const std::int64_t payments = count_of(request.commands, is_payment);
  if (auto ok = step(payments_, now.range, payments, "payments", now.payments); !ok) return ok;
  taken = std::move(now);
  return {};
}

void Limits::settle(const OrderRequest& request, const OrderAnswer& answer, const Taken& taken) {
  if (taken.codes == 0 && taken.payments == 0) return;
  const std::lock_guard lock(mutex_);
  const auto& attempts = answer.folded->order.attempts;
  for (std::size_t i = 0; i < answer.results.size(); ++i) {
    const Command& command = request.commands[i].command;
    const bool accepted = !answer.results[i].rejected;
    if (tries_code(command) && accepted) codes_.give_back(taken.range, 1);
    if (!is_payment(command)) continue;
    // A refused one reached no provider, and one that was repeated is counted already.
    const bool counts = accepted && !attempts.empty() && !is_harmless(attempts.back()) &&
                        remember(answer.head.order_no, attempts.back().number, taken.range);
    if (!counts) payments_.give_back(taken.range, 1);
  }
}

void Limits::give_back(const Taken& taken) {
  const std::lock_guard lock(mutex_);
  give_back_all(taken);
}

void Limits::give_back_all(const Taken& taken) {
  if (taken.commands > 0) commands_.give_back(taken.order, taken.commands);
  if (taken.orders > 0) orders_.give_back(taken.range, taken.orders);
  if (taken.codes > 0) codes_.give_back(taken.range, taken.codes);
  if (taken.payments > 0) payments_.give_back(taken.range, taken.payments);
}

/// False when it is remembered already.
bool Limits::remember(std::int64_t order_no, std::int64_t attempt, const std::string& range) {
  std::vector<Pending>& all = pending_.of(std::to_string(order_no));
  const bool known = std::ranges::any_of(
      all, [&](const Pending& one) { return one.attempt == attempt && one.range == range; });
  if (!known) all.push_back({.attempt = attempt, .range = range});
  return !known;
}

void Limits::follow(std::int64_t order_no, const Order& order) {
  if (options_.payments_per_hour <= 0) return;
  const std::lock_guard lock(mutex_);
  const std::string key = std::to_string(order_no);
  std::vector<Pending>* all = pending_.find(key);
  if (all == nullptr) return;
  std::erase_if(*all, [&](const Pending& one) {
    const Attempt* attempt = order.find_attempt(one.attempt);
    if (attempt != nullptr && is_under_way(*attempt)) return false;
    if (attempt != nullptr && is_harmless(*attempt)) payments_.give_back(one.range, 1);
    return true;
  });
  if (all->empty()) pending_.forget(key);
}

Result<void> Limits::admit_payment(const Source& source, std::int64_t order_no,
                                   std::int64_t attempt) {
  if (source.exempt || options_.payments_per_hour <= 0) return {};
  const std::lock_guard lock(mutex_);
  if (const std::vector<Pending>* all = pending_.find(std::to_string(order_no))) {
    const bool known = std::ranges::any_of(*all, [&](const Pending& one) {
      return one.attempt == attempt && one.range == source.range;
    });
    if (known) return {};
  }
  if (auto ok = take(payments_, source.range, 1, "payments"); !ok) return ok;
  (void)remember(order_no, attempt, source.range);
  return {};
}

Result<void> Limits::admit_sign_in(const Source& source, const std::string& account) {
  const std::lock_guard lock(mutex_);
  if (!source.exempt) {
    if (auto ok = take(sign_ins_, source.range, 1, "sign_in"); !ok) return ok;
  }
  if (account.empty()) return {};
  auto ok = take(account_sign_ins_, account, 1, "sign_in");
  if (!ok && !source.exempt) sign_ins_.give_back(source.range, 1);
  return ok;
}

void Limits::signed_in(const Source& source, const std::string& account) {
  const std::lock_guard lock(mutex_);
  if (!source.exempt) sign_ins_.give_back(source.range, 1);
  if (!account.empty()) account_sign_ins_.give_back(account, 1);
}

Result<void> Limits::admit_link(const Source& source, const std::string& account) {
  const std::lock_guard lock(mutex_);
  if (!source.exempt) {
    if (auto ok = take(links_, source.range, 1, "links"); !ok) return ok;
  }
  auto ok = take(account_links_, account, 1, "links");
  if (!ok && !source.exempt) links_.give_back(source.range, 1);
  return ok;
}

}  // namespace tandem::app
