// SPDX-License-Identifier: Apache-2.0
// Accounts of customers, their sessions, links and addresses: reads, and their part of a batch.
#include "store/sqlite/reads.hpp"

namespace tandem::store::sqlite {
namespace {

const std::string& own_key(const std::string& key) { return key; }
std::string no_key(const auto&) { return {}; }

Stored<void> write_accounts(const Place& place, const Writes& writes) {
  return each(
      place,
      "INSERT INTO customers (shop, id, email, contact_hash, customer_group, salesperson,"
      " reminders, subject, name, email_proven, created_ms)"
      " VALUES (?1, ?2, nullif(?3, ''), ?4, nullif(?5, ''), nullif(?6, ''), ?7, nullif(?8, ''),"
      " nullif(?9, ''), ?10, ?11) ON CONFLICT (shop, id) DO UPDATE SET email = excluded.email,"
      " contact_hash = excluded.contact_hash, customer_group = excluded.customer_group,"
      " salesperson = excluded.salesperson, reminders = excluded.reminders,"
      " subject = excluded.subject, name = excluded.name, email_proven = excluded.email_proven,"
      " created_ms = excluded.created_ms",
      writes.customers, "customers",
      [&](Statement& put, const Customer& c) {
        put.bind(place.shop, c.id, c.email, c.contact_hash, c.group, c.salesperson, c.reminders,
                 c.subject, c.name, c.email_proven, c.created_ms);
      },
      [](const Customer& c) { return c.id; });
}

Stored<void> write_customer_sessions(const Place& place, const Writes& writes) {
  auto done = each(
      place,
      "INSERT INTO customer_sessions (shop, hash, customer_id, created_ms, seen_ms)"
      " VALUES (?1, ?2, ?3, ?4, ?5)",
      writes.customer_sessions, "customer_sessions",
      [&](Statement& put, const CustomerSession& s) {
        put.bind(place.shop, s.hash, s.customer, s.created_ms, s.seen_ms);
      },
      [](const CustomerSession& s) { return s.customer; });
  if (!done) return done;
  done = each(
      place,
      "UPDATE customer_sessions SET seen_ms = max(seen_ms, ?3) WHERE shop = ?1 AND hash = ?2",
      writes.customer_sessions_seen, "customer_sessions",
      [&](Statement& put, const CustomerSessionSeen& s) {
        put.bind(place.shop, s.hash, s.seen_ms);
      },
      no_key<CustomerSessionSeen>);
  if (!done) return done;
  done = each(
      place, "DELETE FROM customer_sessions WHERE shop = ?1 AND hash = ?2",
      writes.customer_sessions_removed, "customer_sessions",
      [&](Statement& put, const Digest& hash) { put.bind(place.shop, hash); }, no_key<Digest>);
  if (!done) return done;
  return each(
      place, "DELETE FROM customer_sessions WHERE shop = ?1 AND (created_ms < ?2 OR seen_ms < ?3)",
      writes.customer_sessions_ended, "customer_sessions",
      [&](Statement& put, const CustomerSessionsEnded& e) {
        put.bind(place.shop, e.created_before_ms, e.seen_before_ms);
      },
      no_key<CustomerSessionsEnded>);
}

Stored<void> write_links(const Place& place, const Writes& writes) {
  auto done = each(
      place,
      "INSERT INTO customer_links (shop, hash, email, language, expires_ms)"
      " VALUES (?1, ?2, ?3, ?4, ?5)",
      writes.customer_links, "customer_links",
      [&](Statement& put, const CustomerLink& l) {
        put.bind(place.shop, l.hash, l.email, l.language, l.expires_ms);
      },
      no_key<CustomerLink>);
  if (!done) return done;
  done = each(
      place, "DELETE FROM customer_links WHERE shop = ?1 AND hash = ?2", writes.customer_links_used,
      "customer_links", [&](Statement& put, const Digest& hash) { put.bind(place.shop, hash); },
      no_key<Digest>, Fault::stale);
  if (!done) return done;
  done = each(
      place, "DELETE FROM customer_links WHERE shop = ?1 AND expires_ms <= ?2",
      writes.customer_links_ended, "customer_links",
      [&](Statement& put, std::int64_t end_ms) { put.bind(place.shop, end_ms); },
      no_key<std::int64_t>);
  if (!done) return done;
  return each(
      place, "DELETE FROM customer_links WHERE shop = ?1 AND email = ?2", writes.customer_links_of,
      "customer_links",
      [&](Statement& put, const std::string& email) { put.bind(place.shop, email); },
      no_key<std::string>);
}

Stored<void> write_addresses(const Place& place, const Writes& writes) {
  auto done = each(
      place,
      "INSERT INTO customer_addresses (shop, customer_id, id, bytes, updated_ms)"
      " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (shop, customer_id, id)"
      " DO UPDATE SET bytes = excluded.bytes, updated_ms = excluded.updated_ms",
      writes.customer_addresses, "customer_addresses",
      [&](Statement& put, const CustomerAddress& a) {
        put.bind(place.shop, a.customer, a.id, Blob{a.bytes}, a.updated_ms);
      },
      [](const CustomerAddress& a) { return a.id; });
  if (!done) return done;
  return each(
      place, "DELETE FROM customer_addresses WHERE shop = ?1 AND customer_id = ?2 AND id = ?3",
      writes.customer_addresses_removed, "customer_addresses",
      [&](Statement& put, const CustomerAddressKey& a) { put.bind(place.shop, a.customer, a.id); },
      [](const CustomerAddressKey& a) { return a.id; });
}

}  // namespace

Stored<void> write_customers(const Place& place, const Writes& writes) {
  if (auto done = write_accounts(place, writes); !done) return done;
  if (auto done = write_customer_sessions(place, writes); !done) return done;
  if (auto done = write_links(place, writes); !done) return done;
  if (auto done = write_addresses(place, writes); !done) return done;
  return each(
      place, "DELETE FROM customers WHERE shop = ?1 AND id = ?2", writes.customers_removed,
      "customers", [&](Statement& put, const std::string& id) { put.bind(place.shop, id); },
      own_key);
}

Found<Customer> SqliteReads::customer(std::string_view id) {
  return pool_.run([&](const Place& place) {
    auto find = place.connection.prepare("SELECT " TANDEM_CUSTOMER_COLUMNS
                                         " FROM customers c WHERE shop = ?1 AND id = ?2");
    find.bind(place.shop, id);
    return one_row(find, read_customer<Statement>);
  });
}

Found<Customer> SqliteReads::customer_of_subject(std::string_view subject) {
  return pool_.run([&](const Place& place) {
    auto find = place.connection.prepare("SELECT " TANDEM_CUSTOMER_COLUMNS
                                         " FROM customers c WHERE shop = ?1 AND subject = ?2");
    find.bind(place.shop, subject);
    return one_row(find, read_customer<Statement>);
  });
}

Found<Customer> SqliteReads::customer_of_address(const Digest& contact_hash) {
  return pool_.run([&](const Place& place) {
    auto find = place.connection.prepare(
        "SELECT " TANDEM_CUSTOMER_COLUMNS
        " FROM customers c WHERE shop = ?1 AND contact_hash = ?2 AND email_proven = 1");
    find.bind(place.shop, contact_hash);
    return one_row(find, read_customer<Statement>);
  });
}

Found<SignedInCustomer> SqliteReads::customer_session(const Digest& hash) {
  return pool_.run([&](const Place& place) {
    auto find = place.connection.prepare(
        "SELECT " TANDEM_CUSTOMER_SESSION_COLUMNS ", " TANDEM_CUSTOMER_COLUMNS
        " FROM customer_sessions s JOIN customers c ON c.shop = s.shop AND c.id = s.customer_id"
        " WHERE s.shop = ?1 AND s.hash = ?2");
    find.bind(place.shop, hash);
    return one_row(find, [](Statement& row) {
      CustomerSession session = read_customer_session(row);
      return SignedInCustomer{std::move(session), read_customer(row)};
    });
  });
}

List<CustomerSession> SqliteReads::customer_sessions(std::string_view customer) {
  return pool_.run([&](const Place& place) {
    auto find =
        place.connection.prepare("SELECT " TANDEM_CUSTOMER_SESSION_COLUMNS
                                 " FROM customer_sessions s WHERE shop = ?1 AND customer_id = ?2"
                                 " ORDER BY created_ms DESC, hash");
    find.bind(place.shop, customer);
    return all_rows(find, read_customer_session<Statement>);
  });
}

Found<CustomerLink> SqliteReads::customer_link(const Digest& hash) {
  return pool_.run([&](const Place& place) {
    auto find = place.connection.prepare(
        "SELECT email, language, expires_ms FROM customer_links WHERE shop = ?1 AND hash = ?2");
    find.bind(place.shop, hash);
    return one_row(find, [&](Statement& row) {
      return CustomerLink{hash, row.text(), row.text(), row.integer()};
    });
  });
}

List<CustomerAddress> SqliteReads::customer_addresses(std::string_view customer) {
  return pool_.run([&](const Place& place) {
    auto find = place.connection.prepare(
        "SELECT " TANDEM_CUSTOMER_ADDRESS_COLUMNS
        " FROM customer_addresses WHERE shop = ?1 AND customer_id = ?2 ORDER BY id");
    find.bind(place.shop, customer);
    return all_rows(find, read_customer_address<Statement>);
  });
}

Stored<std::int64_t> SqliteReads::mails_waiting(std::int64_t count_max) {
  return pool_.run([&](const Place& place) -> Stored<std::int64_t> {
    auto find = place.connection.prepare(
        "SELECT count(*) FROM (SELECT 1 FROM outbox WHERE shop = ?1 AND state = 0"
        " AND kind LIKE 'mail_%' LIMIT ?2)");
    find.bind(place.shop, count_max);
    auto count = one_row(find, [](Statement& row) { return row.integer(); });
    if (!count) return fail(std::move(count.error()));
    return count->value_or(0);
  });
}

}  // namespace tandem::store::sqlite
