// SPDX-License-Identifier: Apache-2.0
// Stock as the warehouse sees it: an adjustment is checked against what is promised, a physical
// count is a fact. What either leads to on orders is carried out soon after.
#include <algorithm>
#include <array>
#include <iterator>

#include "app/consequences.hpp"
#include "app/operations.hpp"
#include "app/services.hpp"
#include "commit/await.hpp"
#include "http/problem.hpp"
#include "http/text.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::app {

struct StockBody {
  bool count = false;
  std::string location{kMainLocation};
  std::optional<std::int64_t> on_hand;
  std::optional<std::string> reason;
  std::optional<std::int64_t> received;
  std::optional<std::int64_t> safety_stock;
  Sku sku;
};

struct StockAnswer {
  std::int64_t available = 0;
  std::int64_t backordered = 0;
  std::int64_t held = 0;
  std::string location;
  std::int64_t on_hand = 0;
  std::int64_t reserved = 0;
  std::int64_t safety_stock = 0;
  Sku sku;
};

struct StockMovement {
  std::optional<std::string> actor;
  std::int64_t at_ms = 0;
  std::string movement;
  std::int64_t on_hand = 0;  // more or, below zero, less
  std::optional<std::int64_t> order_no;
  std::optional<std::string> reason;
};

struct StockHistory {
  std::optional<std::string> cursor;
  std::vector<StockMovement> movements;
  StockAnswer stock;
};

}  // namespace tandem::app

namespace tandem {
template <>
struct Fields<app::StockBody> {
  using B = app::StockBody;
  static constexpr std::array list{
      optional<&B::count>("count"),     optional<&B::location>("location"),
      sparse<&B::on_hand>("on_hand"),   sparse<&B::reason>("reason"),
      sparse<&B::received>("received"), sparse<&B::safety_stock>("safety_stock"),
      required<&B::sku>("sku")};
};
template <>
struct Fields<app::StockAnswer> {
  using A = app::StockAnswer;
  static constexpr std::array list{required<&A::available>("available"),
                                   required<&A::backordered>("backordered"),
                                   required<&A::held>("held"),
                                   required<&A::location>("location"),
                                   required<&A::on_hand>("on_hand"),
                                   required<&A::reserved>("reserved"),
                                   required<&A::safety_stock>("safety_stock"),
                                   required<&A::sku>("sku")};
};
template <>
struct Fields<app::StockMovement> {
  using M = app::StockMovement;
  static constexpr std::array list{
      required<&M::actor>("actor"),       required<&M::at_ms>("at_ms"),
      required<&M::movement>("movement"), required<&M::on_hand>("on_hand"),
      required<&M::order_no>("order_no"), required<&M::reason>("reason")};
};
template <>
struct Fields<app::StockHistory> {
  using H = app::StockHistory;
  static constexpr std::array list{required<&H::cursor>("cursor"),
                                   required<&H::movements>("movements"),
                                   required<&H::stock>("stock")};
};
}  // namespace tandem

namespace tandem::app {
namespace {

using http::Request;
using http::Response;

constexpr std::size_t kRowsMax = 1'000;
constexpr std::size_t kReasonBytesMax = 200;
constexpr std::int64_t kMovementsMax = 50;
constexpr std::int64_t kReceivedMax = 1'000'000'000;

/// All rows or none.
class StockJob final : public commit::Job {
 public:
  explicit StockJob(std::vector<Adjustment> adjustments) : adjustments_(std::move(adjustments)) {}

  void declare(commit::Needs&) override {}
  void declare_ledgers(const commit::WorkingSet&, commit::Needs& needs) override {
    for (const Adjustment& one : adjustments_) needs.ledger(stock_key(one.sku, one.place));
  }
  Result<void> decide(commit::Scope& scope) override {
    tasks.clear();
    rows.clear();
    for (const Adjustment& one : adjustments_) {
      auto adjusted = adjust_stock(one, scope);
      if (!adjusted) return std::unexpected(std::move(adjusted.error()));
      std::ranges::move(*adjusted, std::back_inserter(tasks));
      rows.push_back(scope.ledger(stock_key(one.sku, one.place)));
    }
    return {};
  }

  std::vector<Task> tasks;
  std::vector<store::LedgerRow> rows;

 private:
  const std::vector<Adjustment> adjustments_;
};

/// Refuses, in this order: field_missing (neither what is on hand nor what came), field_unknown
/// (both, or goods that came as a count), number_out_of_range (what came is not a number from 1 to
/// a thousand million, a safety stock below 0), size_exceeded (a reason of more than 200 bytes).
Result<void> check(const StockBody& body) {
  if (!body.on_hand && !body.received) return reject(Reason::field_missing, "/on_hand");
  if (body.received && (body.on_hand || body.count)) {
    return reject(Reason::field_unknown, body.on_hand ? "/on_hand" : "/count");
  }
  if (body.received && (*body.received < 1 || *body.received > kReceivedMax)) {
    return reject(Reason::number_out_of_range, "/received");
  }
  if (body.safety_stock.value_or(0) < 0)
    return reject(Reason::number_out_of_range, "/safety_stock");
  if (body.reason && body.reason->size() > kReasonBytesMax) {
    return reject(Reason::size_exceeded, "/reason", static_cast<std::int64_t>(kReasonBytesMax));
  }
  return {};
}

/// What a movement is called that staff gave no reason for.
std::string reason_of(const StockBody& body) {
  if (body.reason) return *body.reason;
  if (body.received) return "receipt";
  return body.count ? "count" : "adjustment";
}

/// Refuses what decoding refuses, then size_exceeded (too many rows), and what check() refuses.
Result<std::vector<Adjustment>> decode(const std::string& text, const Actor& actor) {
  const auto value = wire::parse(text);
  if (!value) return std::unexpected(value.error());
  std::vector<StockBody> bodies;
  if (value->list() != nullptr) {
    auto several = wire::decode<std::vector<StockBody>>(*value);
    if (!several) return std::unexpected(std::move(several.error()));
    bodies = *std::move(several);
  } else {
    auto one = wire::decode<StockBody>(*value);
    if (!one) return std::unexpected(std::move(one.error()));
    bodies.push_back(*std::move(one));
  }
  if (bodies.size() > kRowsMax) {
    return reject(Reason::size_exceeded, {}, static_cast<std::int64_t>(kRowsMax));
  }
  std::vector<Adjustment> adjustments;
  for (StockBody& body : bodies) {
    if (auto ok = check(body); !ok) return std::unexpected(std::move(ok.error()));
    std::string reason = reason_of(body);
    adjustments.push_back({.sku = std::move(body.sku.value),
                           .place = std::move(body.location),
                           .on_hand = body.on_hand,
                           .received = body.received.value_or(0),
                           .safety_stock = body.safety_stock,
                           .count = body.count,
                           .actor = actor.id.value_or("staff"),
                           .reason = std::move(reason)});
  }
  return adjustments;
}

StockAnswer shown(const store::LedgerRow& row) {
  return {.available = row.available(),
          .backordered = row.figures.backordered,
          .held = row.figures.held,
          .location = row.key.part,
          .on_hand = row.figures.on_hand,
          .reserved = row.figures.reserved,
          .safety_stock = row.safety_stock,
          .sku = {row.key.key}};
}

Response shown(const StockJob& job) {
  std::vector<StockAnswer> rows;
  for (const store::LedgerRow& row : job.rows) rows.push_back(shown(row));
  return http::json(200, canonical(rows));
}

Awaitable<Response> adjust(const Services& services, const Request& request) {
  const auto actor = staff_right(request, services);
  if (!actor) co_return http::problem(actor.error());
  const bool may = actor->role == StaffRole::warehouse || actor->role == StaffRole::admin;
  if (!may) co_return http::problem(rejection(Reason::role_forbids));
  auto adjustments = decode(request.body, *actor);
  if (!adjustments) co_return http::problem(adjustments.error());
  // A key is told apart by itself: several may bear one name.
  const auto bearer = request.headers.get("Authorization");
  const std::string principal = bearer ? hex(sha256(*bearer)) : "user/" + actor->id.value_or("");
  auto key = key_of(request, "POST /v1/staff/stock", principal);
  if (!key) co_return http::problem(key.error());
  auto job = std::make_shared<StockJob>(*std::move(adjustments));
  std::shared_ptr<KeyedJob> keyed;
  commit::Outcome outcome;
  if (*key) {
    keyed = std::make_shared<KeyedJob>(job, **std::move(key), [job] { return shown(*job); });
    outcome = co_await run_keyed(services.dispatcher, services.options.key_patience, keyed);
  } else {
    outcome = co_await commit::run(services.dispatcher.committer(), job);
  }
  if (const Rejection* refusal = commit::rejection(outcome)) co_return http::problem(*refusal);
  if (keyed && !keyed->ran()) co_return keyed->answer();
  for (const store::LedgerRow& row : job->rows) services.catalog.note_place(row.key.part);
  services.dispatcher.hand_over(job->tasks);
  co_return shown(*job);
}

StockMovement shown(const store::LedgerEntry& entry) {
  StockMovement movement{
      .at_ms = entry.at_ms, .movement = entry.movement, .on_hand = entry.change.on_hand};
  const store::Cause& cause = entry.cause;
  if (!cause.actor.empty()) movement.actor = cause.actor;
  if (cause.order_no > 0) movement.order_no = cause.order_no;
  if (!cause.reason.empty()) movement.reason = cause.reason;
  return movement;
}

std::string cursor_of(const store::LedgerEntry& entry) {
  std::string cursor;
  for (const std::int64_t part : {entry.at_ms, entry.cause.order_no, entry.cause.n}) {
    (cursor += std::to_string(part)) += '.';
  }
  return cursor += entry.movement;
}

std::optional<store::EntryPlace> place_of(std::string_view cursor) {
  store::EntryPlace place;
  for (std::int64_t* part : {&place.at_ms, &place.order_no, &place.n}) {
    const auto parsed = number(http::cut(cursor, '.'));
    if (!parsed) return std::nullopt;
    *part = *parsed;
  }
  place.movement = cursor;
  return place;
}

/// Refuses, in this order: value_unknown (cursor), offer_unknown (nothing of it was ever there).
Response read_history(const Services& services, const Request& request) {
  const auto actor = staff_right(request, services);
  if (!actor) return http::problem(actor.error());
  const std::string location(request.query_value("location").value_or(kMainLocation));
  const std::array keys{stock_key(std::string(request.path_parameter("sku")), location)};
  store::EntryPlace before;
  if (const auto cursor = request.query_value("cursor")) {
    auto place = place_of(*cursor);
    if (!place) return http::problem(rejection(Reason::value_unknown, "cursor"));
    before = *std::move(place);
  }
  const auto rows = or_refusal(services.reads.ledger(keys));
  if (!rows) return http::problem(rows.error());
  if (rows->front().version == 0) {
    return http::problem(rejection(Reason::offer_unknown, keys[0].key));
  }
  const auto entries = or_refusal(services.reads.stock_entries(keys[0], before, kMovementsMax));
  if (!entries) return http::problem(entries.error());
  StockHistory history{.stock = shown(rows->front())};
  for (const store::LedgerEntry& entry : *entries) history.movements.push_back(shown(entry));
  const bool more = static_cast<std::int64_t>(entries->size()) == kMovementsMax;
  if (more) history.cursor = cursor_of(entries->back());
  return http::json(200, canonical(history));
}

}  // namespace

void add_stock_routes(http::Router& router, const Services& services) {
  router.route("/v1/staff/stock/{sku}").get([&services](const Request& request) {
    return read_history(services, request);
  });
  router.route("/v1/staff/stock").post([&services](const Request& request) {
    return adjust(services, request);
  });
}

Operations stock_operations() {
  return {
      {.id = "read_stock",
       .pattern = "/v1/staff/stock/{sku}",
       .summary = "What lies at a place of one product, and up to 50 movements that led to it, the "
                  "last one first.",
       .credentials = Credentials::staff,
       .query = {{"location", "Another place than main."}, {"cursor", "The page before's cursor."}},
       .successes = {{.message = {"StockHistory", &type_of<StockHistory>}}},
       .refusals = {Reason::value_unknown, Reason::offer_unknown}},
      {.id = "adjust_stock",
       .method = http::Method::post,
       .pattern = "/v1/staff/stock",
       .summary =
           "Says what is on hand or what has come, for the roles warehouse and admin: one row "
           "or a list.",
       .credentials = Credentials::staff,
       .headers = {"Idempotency-Key"},
       .body = {"StockChange", &type_of<StockBody>},
       .body_or_list = true,
       .successes = {{.message = {"StockRows", &type_of<std::vector<StockAnswer>>}}},
       .refusals = {Reason::role_forbids, Reason::on_hand_negative, Reason::on_hand_below_reserved,
                    Reason::idempotency_key_reused, Reason::idempotency_key_in_flight}}};
}

}  // namespace tandem::app
