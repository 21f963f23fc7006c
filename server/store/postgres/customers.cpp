// SPDX-License-Identifier: Apache-2.0
// Accounts of customers, their sessions, links and addresses: reads, and their part of a batch. But
// for the accounts a statement each: they change one at a time.
#include "store/postgres/plan.hpp"
#include "store/postgres/reads.hpp"

namespace tandem::store::postgres {
namespace {

void plan_accounts(Plan& plan, const Writes& writes) {
  plan.rounds(
      "INSERT INTO customers (shop, id, email, contact_hash, customer_group, salesperson,"
      " reminders, subject, name, email_proven, created_ms)"
      " SELECT $1, c.id, nullif(c.email, ''), c.contact_hash, nullif(c.customer_group, ''),"
      " nullif(c.salesperson, ''), c.reminders, nullif(c.subject, ''), nullif(c.name, ''),"
      " c.email_proven, c.created_ms FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
      " AS c(id, email, contact_hash, customer_group, salesperson, reminders, subject, name,"
      " email_proven, created_ms)"
      " ON CONFLICT (shop, id) DO UPDATE SET email = excluded.email,"
      " contact_hash = excluded.contact_hash, customer_group = excluded.customer_group,"
      " salesperson = excluded.salesperson, reminders = excluded.reminders,"
      " subject = excluded.subject, name = excluded.name, email_proven = excluded.email_proven,"
      " created_ms = excluded.created_ms",
      "customers", writes.customers, [](const Customer& c) { return c.id; },
      [](Params& params, const auto& rows) {
        params.column(rows, &Customer::id);
        params.column(rows, &Customer::email);
        params.column(rows, &Customer::contact_hash);
        params.column(rows, &Customer::group);
        params.column(rows, &Customer::salesperson);
        params.column(rows, &Customer::reminders);
        params.column(rows, &Customer::subject);
        params.column(rows, &Customer::name);
        params.column(rows, &Customer::email_proven);
        params.column(rows, &Customer::created_ms);
      });
}

void plan_customer_sessions(Plan& plan, const Writes& writes) {
  constexpr std::string_view kTable = "customer_sessions";
  for (const CustomerSession& s : writes.customer_sessions) {
    plan.add(Query("INSERT INTO customer_sessions (shop, hash, customer_id, created_ms, seen_ms)"
                   " VALUES ($1, $2, $3, $4, $5)",
                   plan.shop(), s.hash, s.customer, s.created_ms, s.seen_ms),
             kTable, s.customer);
  }
  for (const CustomerSessionSeen& s : writes.customer_sessions_seen) {
    plan.add(Query("UPDATE customer_sessions SET seen_ms = greatest(seen_ms, $3)"
                   " WHERE shop = $1 AND hash = $2",
                   plan.shop(), s.hash, s.seen_ms),
             kTable, {});
  }
  for (const Digest& hash : writes.customer_sessions_removed) {
    plan.add(
        Query("DELETE FROM customer_sessions WHERE shop = $1 AND hash = $2", plan.shop(), hash),
        kTable, {});
  }
  for (const CustomerSessionsEnded& e : writes.customer_sessions_ended) {
    plan.add(Query("DELETE FROM customer_sessions"
                   " WHERE shop = $1 AND (created_ms < $2 OR seen_ms < $3)",
                   plan.shop(), e.created_before_ms, e.seen_before_ms),
             kTable, {});
  }
}

void plan_links(Plan& plan, const Writes& writes) {
  constexpr std::string_view kTable = "customer_links";
  for (const CustomerLink& l : writes.customer_links) {
    plan.add(Query("INSERT INTO customer_links (shop, hash, email, language, expires_ms)"
                   " VALUES ($1, $2, $3, $4, $5)",
                   plan.shop(), l.hash, l.email, l.language, l.expires_ms),
             kTable, {});
  }
  for (const Digest& hash : writes.customer_links_used) {
    plan.add(Query("DELETE FROM customer_links WHERE shop = $1 AND hash = $2 RETURNING 1::bigint",
                   plan.shop(), hash),
             kTable, {}, [](Rows& answer) -> Stored<void> {
               if (answer.next()) return {};
               return fail({Fault::stale, "customer_links", {}, "the row is not as expected"});
             });
  }
  for (const std::int64_t end_ms : writes.customer_links_ended) {
    plan.add(Query("DELETE FROM customer_links WHERE shop = $1 AND expires_ms <= $2", plan.shop(),
                   end_ms),
             kTable, {});
  }
  for (const std::string& email : writes.customer_links_of) {
    plan.add(Query("DELETE FROM customer_links WHERE shop = $1 AND email = $2", plan.shop(), email),
             kTable, {});
  }
}

void plan_addresses(Plan& plan, const Writes& writes) {
  constexpr std::string_view kTable = "customer_addresses";
  for (const CustomerAddress& a : writes.customer_addresses) {
    plan.add(Query("INSERT INTO customer_addresses (shop, customer_id, id, bytes, updated_ms)"
                   " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (shop, customer_id, id)"
                   " DO UPDATE SET bytes = excluded.bytes, updated_ms = excluded.updated_ms",
                   plan.shop(), a.customer, a.id, Blob{a.bytes}, a.updated_ms),
             kTable, a.id);
  }
  for (const CustomerAddressKey& a : writes.customer_addresses_removed) {
    plan.add(Query("DELETE FROM customer_addresses"
                   " WHERE shop = $1 AND customer_id = $2 AND id = $3",
                   plan.shop(), a.customer, a.id),
             kTable, a.id);
  }
}

}  // namespace

void plan_customers(Plan& plan, const Writes& writes) {
  plan_accounts(plan, writes);
  plan_customer_sessions(plan, writes);
  plan_links(plan, writes);
  plan_addresses(plan, writes);
  for (const std::string& id : writes.customers_removed) {
    plan.add(Query("DELETE FROM customers WHERE shop = $1 AND id = $2", plan.shop(), id),
             "customers", id);
  }
}

Found<Customer> PostgresReads::customer(std::string_view id) {
  const Query find("SELECT " TANDEM_CUSTOMER_COLUMNS
                   " FROM customers c WHERE shop = $1 AND id = $2",
                   options_.shop, id);
  return pool_.one(find, read_customer<Rows>);
}

Found<Customer> PostgresReads::customer_of_subject(std::string_view subject) {
  const Query find("SELECT " TANDEM_CUSTOMER_COLUMNS
                   " FROM customers c WHERE shop = $1 AND subject = $2",
                   options_.shop, subject);
  return pool_.one(find, read_customer<Rows>);
}

Found<Customer> PostgresReads::customer_of_address(const Digest& contact_hash) {
  const Query find("SELECT " TANDEM_CUSTOMER_COLUMNS
                   " FROM customers c WHERE shop = $1 AND contact_hash = $2 AND email_proven",
                   options_.shop, contact_hash);
  return pool_.one(find, read_customer<Rows>);
}

Found<SignedInCustomer> PostgresReads::customer_session(const Digest& hash) {
  const Query find(
      "SELECT " TANDEM_CUSTOMER_SESSION_COLUMNS ", " TANDEM_CUSTOMER_COLUMNS
      " FROM customer_sessions s JOIN customers c ON c.shop = s.shop AND c.id = s.customer_id"
      " WHERE s.shop = $1 AND s.hash = $2",
      options_.shop, hash);
  return pool_.one(find, [](Rows& row) {
    CustomerSession session = read_customer_session(row);
    return SignedInCustomer{std::move(session), read_customer(row)};
  });
}

List<CustomerSession> PostgresReads::customer_sessions(std::string_view customer) {
  const Query find("SELECT " TANDEM_CUSTOMER_SESSION_COLUMNS
                   " FROM customer_sessions s WHERE shop = $1 AND customer_id = $2"
                   " ORDER BY created_ms DESC, hash",
                   options_.shop, customer);
  return pool_.all(find, read_customer_session<Rows>);
}

Found<CustomerLink> PostgresReads::customer_link(const Digest& hash) {
  const Query find(
      "SELECT email, language, expires_ms FROM customer_links WHERE shop = $1 AND hash = $2",
      options_.shop, hash);
  return pool_.one(
      find, [&](Rows& row) { return CustomerLink{hash, row.text(), row.text(), row.integer()}; });
}

List<CustomerAddress> PostgresReads::customer_addresses(std::string_view customer) {
  const Query find("SELECT " TANDEM_CUSTOMER_ADDRESS_COLUMNS
                   " FROM customer_addresses WHERE shop = $1 AND customer_id = $2 ORDER BY id",
                   options_.shop, customer);
  return pool_.all(find, read_customer_address<Rows>);
}

Stored<std::int64_t> PostgresReads::mails_waiting(std::int64_t count_max) {
  const Query find(
      "SELECT count(*) FROM (SELECT 1 FROM outbox WHERE shop = $1 AND state = 0"
      " AND kind LIKE 'mail_%' LIMIT $2) AS mails",
      options_.shop, count_max);
  auto count = pool_.one(find, [](Rows& row) { return row.integer(); });
  if (!count) return fail(std::move(count.error()));
  return count->value_or(0);
}

}  // namespace tandem::store::postgres
