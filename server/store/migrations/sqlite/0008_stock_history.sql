-- SPDX-License-Identifier: Apache-2.0
-- The history of what lies at a place: only movements of goods, which are few beside what orders
-- hold and promise; so an order that is placed or paid costs this index nothing.
CREATE INDEX ledger_entries_of_goods
  ON ledger_entries (shop, key, part, at_ms, order_no, n, movement)
  WHERE kind = 1 AND on_hand <> 0;
