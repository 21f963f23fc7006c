// SPDX-License-Identifier: Apache-2.0
// What a command of staff would do, before anybody does it: the order as it would stand, and the
// money that would be asked for. It asks decide() and the fold, on what was committed last, and
// writes nothing: whoever sends the command after it is judged anew.
#include <array>
#include <utility>

#include "app/folded.hpp"
#include "app/limits.hpp"
#include "app/operations.hpp"
#include "app/requests.hpp"
#include "app/services.hpp"
#include "http/problem.hpp"
#include "tandem/base/rejection_fields.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/order/decide.hpp"
#include "tandem/order/evolve.hpp"
#include "tandem/order/view.hpp"

namespace tandem {

TANDEM_ENUM(MoneyMove, captures, voids, refunds)

}  // namespace tandem

namespace tandem::app {

/// Money that is asked of a provider, or put back on a gift card.
struct PreviewedMove {
  std::int64_t amount_minor = 0;
  std::optional<std::int64_t> attempt;
  std::optional<std::string> gift_card;
  MoneyMove move{};
};

struct PreviewAnswer {
  std::vector<PreviewedMove> moves;
  std::optional<View> order;
  std::optional<Rejection> rejected;
  std::int64_t version = 0;
};

}  // namespace tandem::app

namespace tandem {
template <>
struct Fields<app::PreviewedMove> {
  using M = app::PreviewedMove;
  static constexpr std::array list{
      required<&M::amount_minor>("amount_minor"), required<&M::attempt>("attempt"),
      required<&M::gift_card>("gift_card"), required<&M::move>("move")};
};
template <>
struct Fields<app::PreviewAnswer> {
  using A = app::PreviewAnswer;
  static constexpr std::array list{required<&A::moves>("moves"), required<&A::order>("order"),
                                   required<&A::rejected>("rejected"),
                                   required<&A::version>("version")};
};
}  // namespace tandem

namespace tandem::app {
namespace {

using http::Request;
using http::Response;

/// The money that an event asks for, if it asks for some.
class MovesOf {
 public:
  explicit MovesOf(const Order& before) : before_(before) {}

  std::optional<PreviewedMove> operator()(const CaptureRequested& e) const {
    return PreviewedMove{
        .amount_minor = e.amount_minor, .attempt = e.attempt, .move = MoneyMove::captures};
  }
  std::optional<PreviewedMove> operator()(const VoidRequested& e) const {
    const Attempt* attempt = before_.find_attempt(e.attempt);
    return PreviewedMove{.amount_minor = attempt == nullptr ? 0 : attempt->capturable_minor(),
                         .attempt = e.attempt,
                         .move = MoneyMove::voids};
  }
  std::optional<PreviewedMove> operator()(const RefundRequested& e) const {
    return PreviewedMove{.amount_minor = e.amount_minor,
                         .attempt = e.attempt,
                         .gift_card = e.gift_card,
                         .move = MoneyMove::refunds};
  }
  std::optional<PreviewedMove> operator()(const auto&) const { return std::nullopt; }

 private:
  const Order& before_;
};

Result<PreviewAnswer> preview(const Order& order, const Command& command, const Context& context,
                              const store::OrderHead& head) {
  PreviewAnswer answer{.version = order.version};
  auto events = decide(order, command, context);
  if (!events) {
    answer.rejected = std::move(events.error());
    return answer;
  }
  Order after = order;
  for (const NewEvent& event : *events) {
    const auto move = std::visit(MovesOf(after), static_cast<const EventVariant&>(event.body));
    if (move) answer.moves.push_back(*move);
    evolve(after, event.body, event.parts,
           {.n = after.version + 1, .at_ms = context.now_ms, .by = ActorClass::staff});
  }
  const auto quote = current_quote(after, context);
  if (!quote) return std::unexpected(quote.error());
  answer.order =
      view_of(after, *quote, {.order = head.order_id, .order_no = head.order_no, .staff = true});
  return answer;
}

Result<std::string> preview_json(const Services& services, const store::OrderHead& head,
                                 Actor actor, const Command& command) {
  const auto shop = services.catalog.now();
  if (!shop) return std::unexpected(shop.error());
  const auto folded = load_folded(services.reads, head.order_no);
  if (!folded) return std::unexpected(folded.error());
  if (!*folded) return reject(Reason::order_unknown);
  const auto now_ms = or_refusal(services.reads.now_ms());
  if (!now_ms) return std::unexpected(now_ms.error());
  const Order& order = (*folded)->order;
  Subjects subjects;
  subjects.add(**shop);
  subjects.add(order);
  subjects.add(command);
  subjects.invoices = true;
  const auto facts = facts_now(services, **shop, head.order_no, order, subjects, *now_ms);
  if (!facts) return std::unexpected(facts.error());
  const auto answer =
      preview(order, command, facts->context(**shop, *now_ms, std::move(actor)), head);
  if (!answer) return std::unexpected(answer.error());
  return canonical(*answer);
}

Response preview_as_staff(const Services& services, const Request& request) {
  auto actor = staff_right(request, services);
  if (!actor) return http::problem(actor.error());
  const auto command = decode_command(request.body, ActorClass::staff);
  if (!command) return http::problem(command.error());
  // Whether a code is right is asked under the limits of codes, by the command itself.
  if (tries_code(*command)) {
    return http::problem(rejection(Reason::command_unknown, "/command/type"));
  }
  const auto head = staff_order(request, services);
  if (!head) return http::problem(head.error());
  auto text = preview_json(services, *head, *std::move(actor), *command);
  return text ? http::json(200, *std::move(text)) : http::problem(text.error());
}

}  // namespace

void add_preview_route(http::Router& router, const Services& services) {
  router.route("/v1/staff/orders/{id}/preview").post([&services](const Request& request) {
    return preview_as_staff(services, request);
  });
}

Operations preview_operations() {
  return {{.id = "preview_command",
           .method = http::Method::post,
           .pattern = "/v1/staff/orders/{id}/preview",
           .summary = "What a command would do now: the order as it would stand, the money that "
                      "would be asked for, or why it is refused. Nothing is written.",
           .credentials = Credentials::staff,
           .body = command_message(),
           .successes = {{.message = {"Preview", &type_of<PreviewAnswer>}}},
           .refusals = {Reason::command_unknown, Reason::order_unknown}}};
}

}  // namespace tandem::app
