// SPDX-License-Identifier: Apache-2.0
#include "bank.hpp"

#include <utility>

#include "tandem/fields/writer.hpp"

namespace tandem::simulate {
namespace {

using app::ProviderEvent;
using payment::Called;
using payment::CallFailed;
using payment::Done;
using payment::Intent;
using payment::Standing;
using payment::Told;
using payment::Trouble;

/// Asked again it may work: the bank's book moves on.
std::unexpected<CallFailed> not_now(std::string why) {
  return std::unexpected(CallFailed{Trouble::temporary, std::move(why)});
}

/// Hands what the shop asks to the bank.
class StandIn final : public payment::Provider {
 public:
  StandIn(Bank& bank, std::unique_ptr<payment::Provider> demo)
      : bank_(bank), demo_(std::move(demo)) {}

  [[nodiscard]] std::string_view name() const override { return demo_->name(); }
  [[nodiscard]] payment::Abilities abilities() const override { return demo_->abilities(); }
  [[nodiscard]] Called<Told> start(const Intent& intent) override { return bank_.start(intent); }
  [[nodiscard]] Called<Done> capture(const Intent& intent, std::int64_t amount_minor,
                                     std::string_view key) override {
    return bank_.capture(intent, amount_minor, key);
  }
  [[nodiscard]] Called<Done> cancel(const Intent& intent) override { return bank_.cancel(intent); }
  [[nodiscard]] Called<Done> refund(const Intent& intent, std::int64_t amount_minor,
                                    std::int64_t refund) override {
    return bank_.refund(intent, amount_minor, refund);
  }
  [[nodiscard]] std::optional<std::string> page(const Intent& intent) const override {
    return demo_->page(intent);
  }

 private:
  Bank& bank_;
  std::unique_ptr<payment::Provider> demo_;
};

}  // namespace

std::unique_ptr<payment::Provider> Bank::stand_in(std::unique_ptr<payment::Provider> demo) {
  return std::make_unique<StandIn>(*this, std::move(demo));
}

const BankIntent* Bank::find(const std::string& intent) const {
  const auto found = intents_.find(intent);
  return found == intents_.end() ? nullptr : &found->second;
}

/// One call of the shop: it may not arrive, or its answer may not.
template <class Answer, class Act>
Called<Answer> Bank::called(std::string_view what, const Intent& intent, Act act) {
  const std::string name = std::string(what) + ' ' + intent.id;
  if (random_.chance(faults.unreachable)) {
    story_.tell("bank", name + ": not reached");
    return not_now("not reached");
  }
  Called<Answer> answer = act();
  story_.tell("bank", name + (answer ? ": done" : ": refused, " + answer.error().reason));
  if (random_.chance(faults.shop_dies)) {
    story_.tell("bank", name + ": the shop dies before it hears");
    kill_shop();
  } else if (random_.chance(faults.answer_lost)) {
    story_.tell("bank", name + ": the answer is lost");
    return not_now("no answer");
  }
  return answer;
}

/// What was said when it began, every time it is asked to begin.
Told Bank::told_of(const BankIntent& intent) {
  return {.standing = intent.begun,
          .reference = "start/" + intent.asked.id,
          .amount_minor = intent.asked.amount_minor};
}

Called<Told> Bank::start(const Intent& asked) {
  return called<Told>("start", asked, [&]() -> Called<Told> {
    auto [place, is_new] = intents_.try_emplace(asked.id);
    BankIntent& intent = place->second;
    ++intent.starts;
    if (!is_new) return told_of(intent);
    intent.asked = asked;
    if (!random_.chance(faults.at_once)) return told_of(intent);
    const std::string reference = "start/" + asked.id;
    switch (random_.below(3)) {
      case 0:
        intent.state = IntentState::captured;
        intent.captured_minor = asked.amount_minor;
        intent.begun = Standing::captured;
        tell(intent, ProviderEvent::captured, reference, asked.amount_minor);
        break;
      case 1:
        intent.state = IntentState::authorized;
        intent.begun = Standing::authorized;
        tell(intent, ProviderEvent::authorized, reference, asked.amount_minor);
        break;
      default:
        intent.state = IntentState::failed;
        intent.begun = Standing::failed;
        tell(intent, ProviderEvent::failed, reference, asked.amount_minor);
    }
    return told_of(intent);
  });
}

Called<Done> Bank::capture(const Intent& asked, std::int64_t amount_minor, std::string_view key) {
  return called<Done>("capture", asked, [&]() -> Called<Done> {
    BankIntent& intent = intents_[asked.id];
    if (intent.captures.contains(std::string(key))) return Done{};
    const bool open =
        intent.state == IntentState::authorized || intent.state == IntentState::captured;
    if (!open || intent.captured_minor + amount_minor > intent.asked.amount_minor) {
      return not_now("there is not so much to capture");
    }
    intent.captures.emplace(key);
    intent.state = IntentState::captured;
    intent.captured_minor += amount_minor;
    tell(intent, ProviderEvent::captured, std::string(key), amount_minor);
    return Done{};
  });
}

Called<Done> Bank::cancel(const Intent& asked) {
  return called<Done>("cancel", asked, [&]() -> Called<Done> {
    auto [place, is_new] = intents_.try_emplace(asked.id);
    BankIntent& intent = place->second;
    if (is_new) intent.asked = asked;  // it never began, and never will
    if (intent.captured_minor > 0) return not_now("it was captured");
    if (intent.state == IntentState::canceled || intent.state == IntentState::failed) return Done{};
    intent.state = IntentState::canceled;
    intent.begun = Standing::failed;
    tell(intent, ProviderEvent::canceled, "cancel/" + asked.id, intent.asked.amount_minor);
    return Done{};
  });
}

Called<Done> Bank::refund(const Intent& asked, std::int64_t amount_minor, std::int64_t refund) {
  return called<Done>("refund", asked, [&]() -> Called<Done> {
    BankIntent& intent = intents_[asked.id];
    if (intent.refunds.contains(refund)) return Done{};
    if (intent.refunded_minor + amount_minor > intent.captured_minor) {
      return not_now("there is not so much to refund");
    }
    intent.refunds.insert(refund);
    intent.refunded_minor += amount_minor;
    tell(intent, ProviderEvent::refund_succeeded,
         "refund/" + std::to_string(asked.order_no) + '-' + std::to_string(refund), amount_minor,
         refund);
    return Done{};
  });
}

bool Bank::pay(const std::string& id, bool only_authorizes) {
  const auto found = intents_.find(id);
  if (found == intents_.end() || found->second.state != IntentState::pending) return false;
  BankIntent& intent = found->second;
  const std::int64_t amount = intent.asked.amount_minor;
  if (only_authorizes) {
    intent.state = IntentState::authorized;
    tell(intent, ProviderEvent::authorized, "authorized/" + id, amount);
  } else {
    intent.state = IntentState::captured;
    intent.captured_minor = amount;
    tell(intent, ProviderEvent::captured, "captured/" + id, amount);
  }
  return true;
}

bool Bank::decline(const std::string& id) {
  const auto found = intents_.find(id);
  if (found == intents_.end() || found->second.state != IntentState::pending) return false;
  found->second.state = IntentState::failed;
  tell(found->second, ProviderEvent::failed, "failed/" + id, found->second.asked.amount_minor);
  return true;
}

void Bank::tell(const BankIntent& intent, ProviderEvent event, std::string reference,
                std::int64_t amount_minor, std::optional<std::int64_t> refund) {
  app::WebhookBody body;
  body.amount_minor = amount_minor;
  body.attempt = intent.asked.attempt;
  body.currency = intent.asked.currency;
  body.event = event;
  body.intent = intent.asked.id;
  body.occurred_ms = timeline_.now_ms();
  body.reference = std::move(reference);
  body.refund = refund;
  ++owed_;
  post(std::make_shared<const std::string>(canonical(body)), 0);
}

/// Until it is acknowledged, as long as a real provider tries: days.
void Bank::post(const std::shared_ptr<const std::string>& body, std::int64_t tries) {
  constexpr std::int64_t kTriesMax = 40;
  const std::int64_t longest_ms =
      std::min<std::int64_t>(std::int64_t{4'000} << std::min<std::int64_t>(tries, 10), 3'600'000);
  const std::int64_t wait_ms = tries == 0 && !random_.chance(20) ? random_.between(0, 300)
                                                                 : random_.between(500, longest_ms);
  timeline_.after(wait_ms, [this, body, tries] {
    auto settled = std::make_shared<bool>(false);
    send(*body, [this, settled, body](int status) {
      if (*settled) return;
      if (status == 200) {
        *settled = true;
        --owed_;
      } else {
        last_refusal_ = std::to_string(status) + " to " + *body;
        story_.tell("bank", "webhook refused: " + last_refusal_);
      }
    });
    timeline_.after(10'000, [this, settled, body, tries] {
      if (!*settled && tries < kTriesMax) post(body, tries + 1);
      *settled = *settled || tries < kTriesMax;
    });
  });
}

}  // namespace tandem::simulate
