// SPDX-License-Identifier: Apache-2.0
#include "server/store/support.hpp"

namespace tandem::store {
namespace {

class StoreOrders : public StoreTest {
 protected:
  LoadedOrder load(OrderRequest request) {
    auto batch = ok(store_->begin_batch());
    return ok(batch->load_orders(std::vector{std::move(request)})).at(0).value_or(LoadedOrder{});
  }
};
TANDEM_FOR_EACH_ENGINE(StoreOrders);

TEST_P(StoreOrders, ComeBackAsTheyWereWritten) {
  const std::string bytes("{\"a\":\0\xFF}", 8);
  const Digest head{1, 2, 3};
  auto batch = ok(store_->begin_batch());
  const std::int64_t order_no = ok(batch->reserve_order_nos(1));
  Writes writes;
  writes.orders.push_back({order_no, "o1", Digest{5}, kNow});
  writes.events.push_back({order_no, {1, bytes, "c1"}});
  writes.parts.push_back({order_no, {1, "contact", Salt{4}, "{}"}});
  writes.commands.push_back({order_no, {"c1", Digest{6}, 1, 1, "answer"}});
  writes.heads.push_back({order_no, 0, 1, head});
  ok(batch->write(writes));
  ok(batch->commit());
  reopen();

  const LoadedOrder order = load({"o1", {"c1", "c2"}, true});
  EXPECT_EQ(order.head.order_no, order_no);
  EXPECT_EQ(order.head.secret_hash, Digest{5});
  EXPECT_EQ(order.head.version, 1);
  EXPECT_EQ(order.head.head, head);
  ASSERT_EQ(order.events.size(), 1U);
  EXPECT_EQ(order.events[0].bytes, bytes);
  ASSERT_EQ(order.parts.size(), 1U);
  EXPECT_EQ(order.parts[0].salt, Salt{4});
  ASSERT_EQ(order.commands.size(), 1U);
  EXPECT_EQ(order.commands[0].answer, "answer");
  EXPECT_EQ(load({order_no}).head.order_id, "o1");
}

TEST_P(StoreOrders, AreNumberedInSeries) {
  EXPECT_EQ(add_order("a"), 1);
  EXPECT_EQ(add_order("b"), 2);
  reopen();
  EXPECT_EQ(add_order("c"), 3);
}

TEST_P(StoreOrders, HaveUniqueIds) {
  add_order("same");
  Writes writes;
  writes.orders.push_back({99, "same", Digest{}, kNow});
  const auto done = commit(writes);
  EXPECT_EQ(fault(done), Fault::constraint);
  EXPECT_EQ(done.error().table, "orders");
  EXPECT_EQ(done.error().key, "same");
}

TEST_P(StoreOrders, KeepEveryRowOfALargeBatch) {
  const std::int64_t order_no = add_order("o1");
  constexpr std::int64_t kMany = 77;  // no multiple of what one statement takes
  Writes writes;
  for (std::int64_t n = 1; n <= kMany; ++n) {
    writes.events.push_back({order_no + 1, {n, "event " + std::to_string(n), "c"}});
  }
  ok(commit(writes));
  const auto events = ok(reads().events(order_no + 1, 0, kMany + 1));
  ASSERT_EQ(events.size(), static_cast<std::size_t>(kMany));
  EXPECT_EQ(events.back().bytes, "event 77");
  for (Of<Event>& event : writes.events) event.order_no = order_no + 2;
  writes.events[44].row.n = 1;
  EXPECT_EQ(fault(commit(writes)), Fault::constraint);
  EXPECT_TRUE(ok(reads().events(order_no + 2, 0, 1)).empty());
}

TEST_P(StoreOrders, UnknownOnesAreEmpty) {
  auto batch = ok(store_->begin_batch());
  const std::vector<OrderRequest> requests{{"none"}, {std::int64_t{12}}};
  const auto orders = ok(batch->load_orders(requests));
  EXPECT_FALSE(orders.at(0));
  EXPECT_FALSE(orders.at(1));
}

TEST_P(StoreOrders, RefuseTheSameVersionTwice) {
  const std::int64_t order_no = add_order("o1", 2);
  Writes stale;
  stale.heads.push_back({order_no, 1, 2, Digest{}});
  EXPECT_EQ(fault(commit(stale)), Fault::stale);
  Writes repeated;
  repeated.events.push_back({order_no, {2, "again", ""}});
  EXPECT_EQ(fault(commit(repeated)), Fault::constraint);
  EXPECT_EQ(ok(reads().order(order_no))->version, 2);
}

TEST_P(StoreOrders, RefuseACommandIdTwice) {
  const std::int64_t order_no = add_order("o1");
  Writes writes;
  writes.commands.push_back({order_no, {"c1", Digest{1}, 0, 0, "refused"}});
  ok(commit(writes));
  EXPECT_EQ(fault(commit(writes)), Fault::constraint);
  EXPECT_EQ(ok(reads().command(order_no, "c1"))->answer, "refused");
  EXPECT_FALSE(ok(reads().command(order_no, "c2")));
}

TEST_P(StoreOrders, LeaveNothingWithoutCommit) {
  {
    auto batch = ok(store_->begin_batch());
    Writes writes;
    writes.orders.push_back({1, "o1", Digest{}, kNow});
    ok(batch->write(writes));
  }
  EXPECT_FALSE(ok(reads().order("o1")));
  EXPECT_EQ(store_->counts().commits, 0);
  EXPECT_EQ(store_->counts().rollbacks, 1);
}

TEST_P(StoreOrders, EraseAPartWithItsSalt) {
  const std::int64_t order_no = add_order("o1", 2);
  Writes writes;
  writes.parts.push_back({order_no, {1, "contact", Salt{1}, "x"}});
  writes.parts.push_back({order_no, {2, "contact", Salt{2}, "y"}});
  ok(commit(writes));
  Writes erase;
  erase.parts_erased.push_back({order_no, 1, "contact"});
  ok(commit(erase));
  const auto parts = ok(reads().parts(order_no));
  ASSERT_EQ(parts.size(), 1U);
  EXPECT_EQ(parts[0].n, 2);
}

TEST_P(StoreOrders, EventsAreReadAfterANumber) {
  const std::int64_t order_no = add_order("o1", 5);
  const auto events = ok(reads().events(order_no, 2, 2));
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0].n, 3);
  EXPECT_EQ(events[1].n, 4);
}

OrderRow row(std::int64_t order_no, const std::string& state) {
  OrderRow row;
  row.order_no = order_no;
  row.order_state = state;
  row.payment_state = "unpaid";
  row.currency = "EUR";
  row.view = "{\"view\":" + std::to_string(order_no) + "}";
  return row;
}

TEST_P(StoreOrders, RowsAreReplacedAndRead) {
  OrderRow first = row(1, "quotation");
  first.next_due_ms = kNow + 10;
  first.contact_hash = Digest{3};
  OrderRow second = row(1, "order");
  second.staff_view = "staff";
  second.customer = "ada";
  Writes writes;
  writes.order_rows = {first};
  ok(commit(writes));
  EXPECT_EQ(ok(reads().order_row(1))->contact_hash, Digest{3});
  writes.order_rows = {second};
  ok(commit(writes));
  const auto read = ok(reads().order_row(1));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->order_state, "order");
  EXPECT_EQ(read->view, "{\"view\":1}");
  EXPECT_EQ(read->staff_view, "staff");
  EXPECT_EQ(read->customer, "ada");
  EXPECT_FALSE(read->contact_hash);
  EXPECT_FALSE(read->next_due_ms);
}

TEST_P(StoreOrders, WholeOrdersArePagedWithAllThatIsKeptOfThem) {
  for (const char* id : {"o1", "o2", "o3"}) add_order(id, 2);
  Writes writes;
  for (const std::int64_t no : {1, 2, 3, 9}) writes.order_rows.push_back(row(no, "quotation"));
  writes.parts = {{2, {2, "notes", Salt{2}, "y"}}, {2, {2, "contact", Salt{1}, "x"}}};
  ok(commit(writes));
  const auto first = ok(reads().whole_orders(0, 2));
  ASSERT_EQ(first.size(), 2U);
  EXPECT_EQ(first[0].head->order_id, "o1");
  EXPECT_TRUE(first[0].parts.empty());
  EXPECT_EQ(first[1].order_no, 2);
  EXPECT_EQ(first[1].row->view, "{\"view\":2}");
  ASSERT_EQ(first[1].events.size(), 2U);
  EXPECT_EQ(first[1].events[1].n, 2);
  ASSERT_EQ(first[1].parts.size(), 2U);
  EXPECT_EQ(first[1].parts[0].name, "contact");
  const auto last = ok(reads().whole_orders(2, 2));
  ASSERT_EQ(last.size(), 2U);
  EXPECT_EQ(last[0].head->order_id, "o3");
  EXPECT_EQ(last[1].order_no, 9);
  EXPECT_FALSE(last[1].head);
  EXPECT_TRUE(ok(reads().whole_orders(9, 2)).empty());
}

TEST_P(StoreOrders, ListsArePagedNewestFirstAndFiltered) {
  Writes writes;
  for (std::int64_t no = 1; no <= 10; ++no) {
    writes.order_rows.push_back(row(no, no % 2 == 0 ? "order" : "quotation"));
    writes.order_rows.back().customer = no <= 3 ? "ada" : "";
    writes.order_rows.back().needs_person = no == 8;
  }
  ok(commit(writes));
  const auto numbers = [&](const OrderQuery& query) {
    std::vector<std::int64_t> found;
    for (const OrderRow& order : ok(reads().order_rows(query))) found.push_back(order.order_no);
    return found;
  };
  using Numbers = std::vector<std::int64_t>;
  EXPECT_EQ(numbers({.count_max = 3}), (Numbers{10, 9, 8}));
  EXPECT_EQ(numbers({.before_order_no = 8, .count_max = 3}), (Numbers{7, 6, 5}));
  EXPECT_EQ(numbers({.order_state = "order", .before_order_no = 8}), (Numbers{6, 4, 2}));
  EXPECT_EQ(numbers({.order_state = "order", .customer = "ada"}), (Numbers{2}));
  EXPECT_EQ(numbers({.needs_person = true}), (Numbers{8}));
  EXPECT_EQ(numbers({.payment_state = "paid"}), Numbers{});
}

TEST_P(StoreOrders, DueOnesComeEarliestFirst) {
  Writes writes;
  for (const std::int64_t no : {1, 2, 3, 4}) {
    writes.order_rows.push_back(row(no, "quotation_sent"));
    if (no != 4) writes.order_rows.back().next_due_ms = kNow - no;
  }
  ok(commit(writes));
  EXPECT_EQ(ok(reads().orders_due(kNow - 2, std::nullopt, 10)), (std::vector<std::int64_t>{3, 2}));
}

TEST_P(StoreOrders, ThoseThatWereLeftAreFoundByNumber) {
  Writes writes;
  for (std::int64_t i = 1; i <= 7; ++i) {
    const std::int64_t no = add_order("o" + std::to_string(i));
    writes.order_rows.push_back(row(no, no == 2 ? "order" : "quotation"));
    writes.order_rows.back().updated_ms = kNow + no;
  }
  writes.order_rows[2].customer = "ada";
  writes.order_rows[3].contact_hash = Digest{3};
  writes.order_rows[4].placed_ms = kNow;
  writes.outbox.push_back({.kind = "command", .order_no = 6, .dedupe_key = "k6"});
  ok(commit(writes));
  auto left = ok(reads().orders_left(0, 10));
  ASSERT_EQ(left.size(), 2U);
  EXPECT_EQ(left[0].order_no, 1);
  EXPECT_EQ(left[0].created_ms, kNow);
  EXPECT_EQ(left[0].updated_ms, kNow + 1);
  EXPECT_EQ(left[1].order_no, 7);
  EXPECT_EQ(ok(reads().orders_left(0, 1)).size(), 1U);
  EXPECT_EQ(ok(reads().orders_left(1, 10)).at(0).order_no, 7);
  // Opened and never used.
  constexpr std::int64_t kEmpty = 8;
  Writes opened;
  opened.orders.push_back({kEmpty, "o8", Digest{7}, kNow});
  ok(commit(opened));
  left = ok(reads().orders_left(0, 10));
  ASSERT_EQ(left.size(), 3U);
  EXPECT_EQ(left[2].order_no, kEmpty);
  EXPECT_EQ(left[2].version, 0);
  EXPECT_EQ(left[2].updated_ms, kNow);
  EXPECT_EQ(ok(reads().orders_left(0, 2)).back().order_no, 7);
  EXPECT_EQ(ok(reads().orders_left(7, 2)).front().order_no, kEmpty);
  Writes done;
  done.outbox_outcomes.push_back({.dedupe_key = "k6"});
  ok(commit(done));
  EXPECT_EQ(ok(reads().orders_left(0, 10)).size(), 4U);
}

TEST_P(StoreOrders, OneThatIsRemovedLeavesNothingButItsFeed) {
  const std::int64_t stays = add_order("o1");
  const std::int64_t goes = add_order("o2", 2);
  Writes writes;
  for (const std::int64_t no : {stays, goes}) {
    writes.parts.push_back({no, {1, "note", Salt{1}, "x"}});
    writes.commands.push_back({no, {"c9", Digest{6}, 1, 1, "answer"}});
    writes.order_rows.push_back(row(no, "quotation"));
    writes.outbox.push_back(
        {.kind = "mail", .order_no = no, .dedupe_key = "k" + std::to_string(no)});
  }
  ok(commit(writes));
  Writes stale;
  stale.orders_removed = {{goes, 1}};
  EXPECT_EQ(fault(commit(stale)), Fault::stale);
  EXPECT_TRUE(ok(reads().order("o2")));
  Writes remove;
  remove.orders_removed = {{goes, 2}};
  ok(commit(remove));
  EXPECT_FALSE(ok(reads().order("o2")));
  EXPECT_FALSE(ok(reads().order_row(goes)));
  EXPECT_TRUE(ok(reads().events(goes, 0, 9)).empty());
  EXPECT_TRUE(ok(reads().parts(goes)).empty());
  EXPECT_FALSE(ok(reads().command(goes, "c9")));
  EXPECT_TRUE(ok(reads().outbox_of(goes)).empty());
  EXPECT_EQ(ok(reads().feed({}, 9)).size(), 2U);
  EXPECT_TRUE(ok(reads().order("o1")));
  EXPECT_EQ(ok(reads().parts(stays)).size(), 1U);
  EXPECT_TRUE(ok(reads().command(stays, "c9")));
  EXPECT_EQ(ok(reads().outbox_of(stays)).size(), 1U);
  EXPECT_GT(add_order("o2"), goes);
}

TEST_P(StoreOrders, OfTwoShopsAreKeptApart) {
  add_order("o1");
  auto other = GetParam().open(folder_, [] { return kNow; }, 2);
  EXPECT_FALSE(ok(other->reads().order("o1")));
  auto batch = ok(other->begin_batch());
  EXPECT_EQ(ok(batch->reserve_order_nos(1)), 1);
}

}  // namespace
}  // namespace tandem::store
