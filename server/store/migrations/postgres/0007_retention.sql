-- SPDX-License-Identifier: Apache-2.0
-- Quotations that somebody began and whose customer nobody knows. By number, which no command
-- changes: a cart in use costs this index nothing.
CREATE INDEX order_rows_left ON order_rows (shop, order_no)
  WHERE order_state = 'quotation' AND customer IS NULL AND contact_hash IS NULL;
