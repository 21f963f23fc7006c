// SPDX-License-Identifier: Apache-2.0
// How long folding an order takes: decoded events in, Order out, no hashing. A long life of an
// order is placed, partly delivered over and over, paid, refunded and returned in many small steps.
// Prints the median for 10,000 events and how the cost of one event grows from 1,000 to 10,000.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

#include "tandem/order/evolve.hpp"

namespace {

using namespace tandem;

/// Ten lines that are confirmed, then as many rounds of payments, holds and notes as are asked for.
std::vector<Event> life_of(std::size_t events) {
  std::vector<Event> life;
  life.reserve(events);
  life.push_back(OrderCreated{.channel = "web", .currency = "EUR"});
  for (int i = 0; i < 10; ++i) {
    const std::string sku = "SKU-" + std::to_string(i);
    life.push_back(LineAdded{.configuration = {},
                             .kind = OfferKind::goods,
                             .line = {sku},
                             .quantity = 1'000,
                             .sku = {sku},
                             .unit_price_minor = 1'000});
  }
  life.push_back(OrderPlaced{});
  life.push_back(PaymentStarted{
      .amount_minor = 10'000'000, .attempt = 1, .method = {"card"}, .provider = {"demo"}});
  life.push_back(OrderConfirmed{});
  for (std::int64_t round = 0; life.size() < events; ++round) {
    const LineId line{"SKU-" + std::to_string(round % 10)};
    const std::vector<StockTaken> taken{
        {.backordered = 0, .line = line, .location = "main", .quantity = 1, .sku = {line.value}}};
    life.push_back(StockReserved{.lines = taken, .transfer = {}});
    life.push_back(StockReleased{.lines = taken, .transfer = {}});
    life.push_back(PaymentWasCaptured{.amount_minor = 1, .attempt = 1});
    life.push_back(PersonNeeded{.reason = PersonCause::money_unexpected});
    life.push_back(PersonResolved{});
    life.push_back(OrderLocked{});
    life.push_back(NoteAdded{});
    life.push_back(OrderUnlocked{});
  }
  life.resize(events);
  return life;
}

double median_ms(const std::vector<Event>& life) {
  std::vector<double> runs;
  std::int64_t kept = 0;
  for (int run = 0; run < 31; ++run) {
    const auto begin = std::chrono::steady_clock::now();
    Order order;
    EventMoment moment;
    const Parts none;
    for (const Event& event : life) {
      ++moment.n;
      evolve(order, event, none, moment);
    }
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
    kept += order.version;
    runs.push_back(took.count());
  }
  std::ranges::nth_element(runs, runs.begin() + 15);
  return kept > 0 ? runs[15] : 0;
}

}  // namespace

int main() {
  const double small = median_ms(life_of(1'000));
  const double large = median_ms(life_of(10'000));
  std::printf("fold_10000_events_native_ms %.3f\n", large);
  std::printf("fold_event_cost_growth %.2f\n", large / 10 / small);
  return 0;
}
