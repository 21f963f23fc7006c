// SPDX-License-Identifier: Apache-2.0
#pragma once
// The columns of an account and how its row is read, on either engine.

#include <utility>

#include "store/catalog.hpp"

namespace tandem::store {

#define TANDEM_CUSTOMER_COLUMNS \
  "c.id, c.email, c.contact_hash, c.customer_group, c.salesperson, c.reminders, c.subject," \
  " c.name, c.email_proven, c.created_ms"
template <class Row>
Customer read_customer(Row& row) {
  Customer customer{row.text(), row.text(), row.optional_digest(),
                    row.text(), row.text(), row.integer() != 0};
  customer.subject = row.text();
  customer.name = row.text();
  customer.email_proven = row.integer() != 0;
  customer.created_ms = row.integer();
  return customer;
}

}  // namespace tandem::store
