-- SPDX-License-Identifier: Apache-2.0
-- Holds of a counter that end are asked for by `quantity > 0`, which is true of all; whatever else
-- asks for holds has their order, and this index is none of its choices. The table is emptied as
-- fast as it is filled, so that the planner took it for empty and either index for as good: it read
-- this one whole, dead entries too, for each hold that a batch looked for.
DROP INDEX holds_by_end;
CREATE INDEX holds_by_end ON holds (shop, kind, key, part, expires_ms) WHERE quantity > 0;
