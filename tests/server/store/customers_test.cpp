// SPDX-License-Identifier: Apache-2.0
#include "server/store/support.hpp"

namespace tandem::store {
namespace {

class StoreCustomers : public StoreTest {
 protected:
  static Customer ann() {
    Customer customer{.id = "c1", .email = "ann@example.com", .contact_hash = Digest{3}};
    customer.group = "trade";
    customer.subject = "site-7";
    customer.name = "Ann";
    customer.email_proven = true;
    customer.created_ms = kNow;
    return customer;
  }
  void add(const Customer& customer) {
    Writes writes;
    writes.customers = {customer};
    ok(commit(writes));
  }
  void sign_in(const std::string& customer, const Digest& hash, std::int64_t at_ms) {
    Writes writes;
    writes.customer_sessions = {{hash, customer, at_ms, at_ms}};
    ok(commit(writes));
  }
  void ask_link(const Digest& hash, const std::string& email, std::int64_t expires_ms) {
    Writes writes;
    writes.customer_links = {{hash, email, "fa", expires_ms}};
    ok(commit(writes));
  }
};
TANDEM_FOR_EACH_ENGINE(StoreCustomers);

TEST_P(StoreCustomers, AnAccountIsFoundByIdSubjectAndProvenAddress) {
  add(ann());
  reopen();
  for (const auto& found : {ok(reads().customer("c1")), ok(reads().customer_of_subject("site-7")),
                            ok(reads().customer_of_address(Digest{3}))}) {
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, "c1");
    EXPECT_EQ(found->email, "ann@example.com");
    EXPECT_EQ(found->group, "trade");
    EXPECT_EQ(found->name, "Ann");
    EXPECT_TRUE(found->reminders);
    EXPECT_TRUE(found->email_proven);
    EXPECT_EQ(found->created_ms, kNow);
  }
  EXPECT_FALSE(ok(reads().customer_of_subject("")));
  EXPECT_FALSE(ok(reads().customer_of_address(Digest{4})));
}

TEST_P(StoreCustomers, AnAddressThatIsNotProvenFindsNobodyAndMayBeHadTwice) {
  Customer first{.id = "c1", .email = "ann@example.com", .contact_hash = Digest{3}};
  Customer second{.id = "c2", .email = "ann@example.com", .contact_hash = Digest{3}};
  add(first);
  add(second);
  EXPECT_FALSE(ok(reads().customer_of_address(Digest{3})));
  first.email_proven = true;
  add(first);
  EXPECT_EQ(ok(reads().customer_of_address(Digest{3}))->id, "c1");
  second.email_proven = true;
  Writes writes;
  writes.customers = {second};
  EXPECT_EQ(fault(commit(writes)), Fault::constraint);
}

TEST_P(StoreCustomers, ASubjectBelongsToOneAccount) {
  add(ann());
  Customer other{.id = "c2"};
  other.subject = "site-7";
  Writes writes;
  writes.customers = {other};
  EXPECT_EQ(fault(commit(writes)), Fault::constraint);
}

TEST_P(StoreCustomers, ASessionComesWithItsCustomerAndEnds) {
  add(ann());
  sign_in("c1", Digest{1}, kNow);
  sign_in("c1", Digest{2}, kNow + 100);
  Writes writes;
  writes.customer_sessions_seen = {{Digest{1}, kNow + 50}, {Digest{9}, kNow + 50}};
  ok(commit(writes));
  const auto found = ok(reads().customer_session(Digest{1}));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->customer.name, "Ann");
  EXPECT_EQ(found->session.created_ms, kNow);
  EXPECT_EQ(found->session.seen_ms, kNow + 50);
  EXPECT_FALSE(ok(reads().customer_session(Digest{9})));
  EXPECT_EQ(ok(reads().customer_sessions("c1")).size(), 2U);
  writes = {};
  writes.customer_sessions_ended = {{.created_before_ms = kNow, .seen_before_ms = kNow + 60}};
  ok(commit(writes));
  EXPECT_FALSE(ok(reads().customer_session(Digest{1})));
  EXPECT_TRUE(ok(reads().customer_session(Digest{2})));
  writes = {};
  writes.customer_sessions_removed = {Digest{2}};
  ok(commit(writes));
  EXPECT_FALSE(ok(reads().customer_session(Digest{2})));
  writes = {};
  writes.customer_sessions = {{Digest{5}, "nobody", kNow, kNow}};
  EXPECT_EQ(fault(commit(writes)), Fault::constraint);
}

TEST_P(StoreCustomers, ALinkWorksOnce) {
  ask_link(Digest{1}, "ann@example.com", kNow + 10);
  const auto found = ok(reads().customer_link(Digest{1}));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->email, "ann@example.com");
  EXPECT_EQ(found->language, "fa");
  EXPECT_EQ(found->expires_ms, kNow + 10);
  Writes writes;
  writes.customer_links_used = {Digest{1}};
  ok(commit(writes));
  EXPECT_FALSE(ok(reads().customer_link(Digest{1})));
  EXPECT_EQ(fault(commit(writes)), Fault::stale);
  ask_link(Digest{2}, "ann@example.com", kNow + 10);
  writes.customer_links_used = {Digest{2}, Digest{2}};
  EXPECT_EQ(fault(commit(writes)), Fault::stale);
  EXPECT_TRUE(ok(reads().customer_link(Digest{2})));
}

TEST_P(StoreCustomers, LinksEndByTimeAndByAddress) {
  ask_link(Digest{1}, "ann@example.com", kNow + 10);
  ask_link(Digest{2}, "bob@example.com", kNow + 20);
  ask_link(Digest{3}, "ann@example.com", kNow + 20);
  Writes writes;
  writes.customer_links_ended = {kNow + 10};
  ok(commit(writes));
  EXPECT_FALSE(ok(reads().customer_link(Digest{1})));
  writes = {};
  writes.customer_links_of = {"ann@example.com"};
  ok(commit(writes));
  EXPECT_FALSE(ok(reads().customer_link(Digest{3})));
  EXPECT_TRUE(ok(reads().customer_link(Digest{2})));
}

TEST_P(StoreCustomers, WhoGoesTakesSessionsAndAddressesAlong) {
  add(ann());
  sign_in("c1", Digest{1}, kNow);
  Writes writes;
  writes.customer_addresses = {{"c1", "home", "{}", kNow}, {"c1", "attic", "{1}", kNow}};
  ok(commit(writes));
  writes.customer_addresses = {{"c1", "home", "{2}", kNow + 1}};
  ok(commit(writes));
  auto addresses = ok(reads().customer_addresses("c1"));
  ASSERT_EQ(addresses.size(), 2U);
  EXPECT_EQ(addresses[0].id, "attic");
  EXPECT_EQ(addresses[1].bytes, "{2}");
  EXPECT_EQ(addresses[1].updated_ms, kNow + 1);
  writes = {};
  writes.customer_addresses_removed = {{"c1", "attic"}};
  ok(commit(writes));
  EXPECT_EQ(ok(reads().customer_addresses("c1")).size(), 1U);
  writes = {};
  writes.customers_removed = {"c1"};
  ok(commit(writes));
  EXPECT_FALSE(ok(reads().customer("c1")));
  EXPECT_FALSE(ok(reads().customer_session(Digest{1})));
  EXPECT_TRUE(ok(reads().customer_addresses("c1")).empty());
}

TEST_P(StoreCustomers, MailsThatWaitAreCountedUpToABound) {
  Writes writes;
  for (const char* key : {"a", "b", "c"}) {
    writes.outbox.push_back(
        {.kind = "mail_sign_in", .payload = "{}", .due_ms = kNow, .dedupe_key = key});
  }
  writes.outbox.push_back(
      {.kind = "provider_start", .payload = "{}", .due_ms = kNow, .dedupe_key = "d"});
  ok(commit(writes));
  EXPECT_EQ(ok(reads().mails_waiting(10)), 3);
  EXPECT_EQ(ok(reads().mails_waiting(2)), 2);
  writes = {};
  writes.outbox_outcomes = {{.state = OutboxState::done, .dedupe_key = "a"}};
  ok(commit(writes));
  EXPECT_EQ(ok(reads().mails_waiting(10)), 2);
}

}  // namespace
}  // namespace tandem::store
