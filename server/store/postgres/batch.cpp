// SPDX-License-Identifier: Apache-2.0
// How a batch writes and ends.
#include "store/postgres/batch.hpp"

#include <utility>

#include "store/postgres/plan.hpp"

namespace tandem::store::postgres {
namespace {

/// The batch's mark: it is there exactly when everything else of the batch is.
Query mark(const BatchPlace& at) {
  return Query(
      "INSERT INTO writers (shop, writer, batch, seen_ms) VALUES ($1, $2, $3,"
      " (extract(epoch FROM clock_timestamp()) * 1000)::bigint)"
      " ON CONFLICT (shop, writer) DO UPDATE SET batch = excluded.batch,"
      " seen_ms = excluded.seen_ms",
      at.shop, at.writer, at.number);
}

}  // namespace

Stored<void> PostgresBatch::write(const Writes& writes) {
  if (!open_) return fail({Fault::misuse, {}, {}, "the batch is over"});
  if (auto ok = check_catalog_read(writes, at_.catalog_version); !ok) return ok;
  Plan plan(place_);
  plan_orders(plan, writes);
  if (auto planned = plan_ledgers(plan, writes); !planned) return planned;
  plan_effects(plan, writes);
  plan_catalog(plan, writes);
  plan_customers(plan, writes);
  plan_staff(plan, writes);
  plan_hooks(plan, writes);
  plan_orders_removed(plan, writes);
  if (!signed_) plan.add(mark(at_), "writers", at_.writer);
  signed_ = true;
  return plan.run();
}

Stored<void> PostgresBatch::sign() {
  if (std::exchange(signed_, true)) return {};
  auto marked = place_.connection.run(mark(at_));
  if (!marked) return fail(std::move(marked.error()));
  return {};
}

Stored<void> PostgresBatch::commit() {
  if (!open_) return fail({Fault::misuse, {}, {}, "the batch is over"});
  if (auto marked = sign(); !marked) {
    rollback();
    return marked;
  }
  auto done = place_.connection.run(Query("COMMIT"));
  if (done && done->tag() == "COMMIT") {
    end(End::committed);
    return {};
  }
  if (done) {
    end(End::rolled_back);
    return fail({Fault::misuse, {}, {}, "a failed batch cannot be committed"});
  }
  Failure failure = std::move(done.error());
  if (place_.connection.usable()) {
    rollback();
  } else {
    failure.fault = Fault::unknown_outcome;
    end(End::unknown);
  }
  return fail(std::move(failure));
}

Stored<bool> PostgresBatch::was_committed() {
  if (open_) return fail({Fault::misuse, {}, {}, "the batch is not over"});
  return look_(at_.number);
}

void PostgresBatch::rollback() {
  if (!open_) return;
  // On a lost connection there is nothing to undo: the database does it.
  if (place_.connection.usable() && !place_.connection.idle()) {
    (void)place_.connection.run(Query("ROLLBACK"));
  }
  end(End::rolled_back);
}

void PostgresBatch::end(End how) {
  open_ = false;
  ended_(how);
  turn_.unlock();
}

}  // namespace tandem::store::postgres
