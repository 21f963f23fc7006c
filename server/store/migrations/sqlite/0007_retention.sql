-- SPDX-License-Identifier: Apache-2.0
-- Quotations that somebody began, or that were canceled as a cart is that another one took up, and
-- whose customer nobody knows. By number, which no command changes: a cart in use costs this index
-- nothing.
CREATE INDEX order_rows_left ON order_rows (shop, order_no)
  WHERE (order_state = 'quotation' OR order_state = 'canceled')
    AND customer IS NULL AND contact_hash IS NULL;
