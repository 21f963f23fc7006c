// SPDX-License-Identifier: Apache-2.0
#include "server/store/support.hpp"

namespace tandem::store {
namespace {

class StoreStaff : public StoreTest {
 protected:
  static StaffUser ann() { return {"u1", "ann@shop.example", "sales", "$argon2id$1", 1, kNow, {}}; }
  void sign_in(const std::string& user, const Digest& hash, std::int64_t at_ms) {
    Writes writes;
    writes.staff_sessions = {{hash, user, 1, at_ms, at_ms}};
    ok(commit(writes));
  }
  void add(const StaffUser& user) {
    Writes writes;
    writes.staff_users = {user};
    ok(commit(writes));
  }
};
TANDEM_FOR_EACH_ENGINE(StoreStaff);

TEST_P(StoreStaff, AUserIsFoundByAddressAndReplaced) {
  add(ann());
  EXPECT_FALSE(ok(reads().staff_user("bob@shop.example")));
  StaffUser changed = ann();
  changed.role = "admin";
  changed.password_hash = "$argon2id$2";
  changed.generation = 2;
  changed.disabled_ms = kNow + 5;
  add(changed);
  reopen();
  const auto found = ok(reads().staff_user("ann@shop.example"));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, "u1");
  EXPECT_EQ(found->role, "admin");
  EXPECT_EQ(found->password_hash, "$argon2id$2");
  EXPECT_EQ(found->generation, 2);
  EXPECT_EQ(found->created_ms, kNow);
  EXPECT_EQ(found->disabled_ms, kNow + 5);
}

TEST_P(StoreStaff, AnAddressBelongsToOneUser) {
  add(ann());
  Writes writes;
  writes.staff_users = {{"u2", "ann@shop.example", "sales", "h", 1, kNow, {}}};
  EXPECT_EQ(fault(commit(writes)), Fault::constraint);
  add({"u2", "aaron@shop.example", "sales", "h", 1, kNow, {}});
  const auto all = ok(reads().staff_users());
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].email, "aaron@shop.example");
}

TEST_P(StoreStaff, ASessionComesWithItsUserAsItIsNow) {
  add(ann());
  sign_in("u1", Digest{1}, kNow + 10);
  StaffUser disabled = ann();
  disabled.disabled_ms = kNow + 20;
  add(disabled);
  const auto found = ok(reads().staff_session(Digest{1}));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->session.user, "u1");
  EXPECT_EQ(found->session.generation, 1);
  EXPECT_EQ(found->session.created_ms, kNow + 10);
  EXPECT_EQ(found->user.disabled_ms, kNow + 20);
  EXPECT_FALSE(ok(reads().staff_session(Digest{2})));
}

TEST_P(StoreStaff, ASessionNeedsItsUser) {
  Writes writes;
  writes.staff_sessions = {{Digest{1}, "nobody", 1, kNow, kNow}};
  EXPECT_EQ(fault(commit(writes)), Fault::constraint);
}

TEST_P(StoreStaff, BeingSeenRenewsASessionAndRevivesNone) {
  add(ann());
  sign_in("u1", Digest{1}, kNow);
  Writes writes;
  writes.staff_sessions_seen = {{Digest{1}, kNow + 50}, {Digest{2}, kNow + 50}};
  ok(commit(writes));
  writes.staff_sessions_seen = {{Digest{1}, kNow + 40}};
  ok(commit(writes));
  EXPECT_EQ(ok(reads().staff_session(Digest{1}))->session.seen_ms, kNow + 50);
  EXPECT_FALSE(ok(reads().staff_session(Digest{2})));
}

TEST_P(StoreStaff, SessionsEndOneByOneByUserAndByAge) {
  add(ann());
  add({"u2", "bob@shop.example", "sales", "h", 1, kNow, {}});
  sign_in("u1", Digest{1}, kNow);
  sign_in("u1", Digest{2}, kNow);
  sign_in("u2", Digest{3}, kNow);
  sign_in("u2", Digest{4}, kNow + 100);
  Writes writes;
  writes.staff_sessions_removed = {Digest{1}};
  ok(commit(writes));
  EXPECT_FALSE(ok(reads().staff_session(Digest{1})));
  EXPECT_TRUE(ok(reads().staff_session(Digest{2})));
  writes = {};
  writes.staff_sessions_of = {"u1"};
  ok(commit(writes));
  EXPECT_FALSE(ok(reads().staff_session(Digest{2})));
  EXPECT_TRUE(ok(reads().staff_session(Digest{3})));
  writes = {};
  writes.staff_sessions_ended = {{.created_before_ms = kNow, .seen_before_ms = kNow + 1}};
  ok(commit(writes));
  EXPECT_FALSE(ok(reads().staff_session(Digest{3})));
  EXPECT_TRUE(ok(reads().staff_session(Digest{4})));
}

}  // namespace
}  // namespace tandem::store
