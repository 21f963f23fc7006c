// SPDX-License-Identifier: Apache-2.0
// What an order says of itself: its receipt, which proves it without this server, and which
// commands may be sent now, so that no page repeats a rule.
#include "app/operations.hpp"
#include "app/requests.hpp"
#include "app/services.hpp"
#include "http/problem.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/order/possible.hpp"

namespace tandem::app {

/// Documents are sent as they are stored; the schema tells what they are.
template <class RecordHeld, class OfferHeld, class RulesHeld>
struct ReceiptAnswerOf {
  std::vector<sync::DisclosedOf<RecordHeld>> events;
  std::vector<OfferHeld> facts;
  std::int64_t format = 1;
  RulesHeld rules;
  Digest stream_digest{};
};
using ReceiptAnswer = ReceiptAnswerOf<Verbatim<Record>, Verbatim<Offer>, Verbatim<Rules>>;
using ReceiptSchema = ReceiptAnswerOf<Record, Offer, Rules>;

struct PossibleAnswer {
  std::vector<Possibility> possible;
  std::int64_t version = 0;
};

}  // namespace tandem::app

namespace tandem {
template <class RecordHeld, class OfferHeld, class RulesHeld>
struct Fields<app::ReceiptAnswerOf<RecordHeld, OfferHeld, RulesHeld>> {
  using A = app::ReceiptAnswerOf<RecordHeld, OfferHeld, RulesHeld>;
  static constexpr std::array list{required<&A::events>("events"), required<&A::facts>("facts"),
                                   required<&A::format>("format"), required<&A::rules>("rules"),
                                   required<&A::stream_digest>("stream_digest")};
};
template <>
struct Fields<app::PossibleAnswer> {
  using A = app::PossibleAnswer;
  static constexpr std::array list{required<&A::possible>("possible"),
                                   required<&A::version>("version")};
};
}  // namespace tandem

namespace tandem::app {
namespace {

using http::Request;
using http::Response;

Result<std::shared_ptr<const Folded>> folded_order(const Services& services,
                                                   std::int64_t order_no) {
  auto folded = load_folded(services.reads, order_no);
  if (folded && !*folded) return reject(Reason::order_unknown);
  return folded;
}

/// The rules and offers by which an order was frozen.
struct FrozenBy {
  Digest rules{};
  std::vector<Digest> facts;
};

/// As the last event says that froze a quote made from rules. Refuses: not_placed.
Result<FrozenBy> frozen_by(std::span<const store::Event> events) {
  for (auto event = events.rbegin(); event != events.rend(); ++event) {
    const auto known = decode_event(*event, {});
    if (!known) return std::unexpected(known.error());
    const Event& body = known->record.event;
    if (const auto* placed = std::get_if<OrderPlaced>(&body)) {
      return FrozenBy{.rules = placed->rules, .facts = placed->facts};
    }
    if (const auto* sent = std::get_if<QuotationSent>(&body)) {
      return FrozenBy{.rules = sent->rules, .facts = sent->facts};
    }
  }
  return reject(Reason::not_placed);
}

/// The bytes of the rules and offers, as they were published. A receipt refers to them.
struct Documents {
  store::Bytes rules;
  std::vector<store::Bytes> offers;
};

Result<Documents> documents_of(store::Reads& reads, const FrozenBy& frozen) {
  Documents documents;
  auto rules = or_refusal(reads.rules(hex(frozen.rules)));
  if (!rules) return std::unexpected(std::move(rules.error()));
  if (!*rules) return reject(Reason::reference_unknown, "/rules");
  documents.rules = std::move((*rules)->bytes);
  for (const Digest& digest : frozen.facts) {
    auto offer = or_refusal(reads.fact(digest));
    if (!offer) return std::unexpected(std::move(offer.error()));
    if (*offer) documents.offers.push_back(**std::move(offer));
  }
  return documents;
}

/// Refuses: not_placed; what reading refuses.
Result<std::string> receipt_json(const Services& services, const store::OrderHead& head) {
  const auto folded = folded_order(services, head.order_no);
  if (!folded) return std::unexpected(folded.error());
  auto events = or_refusal(services.reads.events(head.order_no, 0, services.options.history_max));
  if (!events) return std::unexpected(std::move(events.error()));
  auto parts = or_refusal(services.reads.parts(head.order_no));
  if (!parts) return std::unexpected(std::move(parts.error()));
  std::erase_if(*events,
                [&](const store::Event& event) { return event.n > (*folded)->order.version; });
  const auto frozen = frozen_by(*events);
  if (!frozen) return std::unexpected(frozen.error());
  const auto documents = documents_of(services.reads, *frozen);
  if (!documents) return std::unexpected(documents.error());
  ReceiptAnswer receipt;
  disclose(receipt.events, *events, *parts, Audience::customer);
  receipt.stream_digest = (*folded)->head;
  receipt.rules = {documents->rules};
  for (const store::Bytes& offer : documents->offers) receipt.facts.push_back({offer});
  return canonical(receipt);
}

Result<std::string> possible_json(const Services& services, const store::OrderHead& head,
                                  Actor actor) {
  const auto shop = services.catalog.now();
  if (!shop) return std::unexpected(shop.error());
  const auto folded = folded_order(services, head.order_no);
  if (!folded) return std::unexpected(folded.error());
  const auto now_ms = or_refusal(services.reads.now_ms());
  if (!now_ms) return std::unexpected(now_ms.error());
  const Order& order = (*folded)->order;
  Subjects subjects;
  subjects.add(**shop);
  subjects.add(order);
  subjects.invoices = true;
  const auto facts = facts_now(services, **shop, head.order_no, order, subjects, *now_ms);
  if (!facts) return std::unexpected(facts.error());
  const Context context = facts->context(**shop, *now_ms, std::move(actor));
  return canonical(PossibleAnswer{.possible = possible(order, context), .version = order.version});
}

Response answer(Result<std::string> text) {
  return text ? http::json(200, *std::move(text)) : http::problem(text.error());
}

}  // namespace

void add_receipt_routes(http::Router& router, const Services& services) {
  router.route("/v1/orders/{id}/receipt").get([&services](const Request& request) {
    const auto head = readable_order(request, services);
    return head ? answer(receipt_json(services, *head)) : http::problem(head.error());
  });
  router.route("/v1/orders/{id}/possible").get([&services](const Request& request) {
    const auto head = readable_order(request, services);
    if (!head) return http::problem(head.error());
    return answer(possible_json(services, *head, {.kind = ActorClass::customer}));
  });
  router.route("/v1/staff/orders/{id}/possible").get([&services](const Request& request) {
    auto actor = staff_right(request, services);
    if (!actor) return http::problem(actor.error());
    const auto head = staff_order(request, services);
    if (!head) return http::problem(head.error());
    return answer(possible_json(services, *head, *std::move(actor)));
  });
}

Operations receipt_operations() {
  const Message possible{"PossibleCommands", &type_of<PossibleAnswer>};
  return {
      {.id = "read_receipt",
       .pattern = "/v1/orders/{id}/receipt",
       .summary = "A receipt of a placed order, which proves itself.",
       .credentials = Credentials::customer,
       .successes = {{.message = {"Receipt", &type_of<ReceiptSchema>}}},
       .refusals = {Reason::not_placed, Reason::reference_unknown}},
      {.id = "list_possible",
       .pattern = "/v1/orders/{id}/possible",
       .summary = "Which commands the customer may send now and, for the others, the reason.",
       .credentials = Credentials::customer,
       .successes = {{.message = possible}}},
      {.id = "list_possible_for_staff",
       .pattern = "/v1/staff/orders/{id}/possible",
       .summary = "Which commands the sender's role may send now.",
       .credentials = Credentials::staff,
       .successes = {{.message = possible}},
       .refusals = {Reason::order_unknown}},
  };
}

}  // namespace tandem::app
