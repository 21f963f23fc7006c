// SPDX-License-Identifier: Apache-2.0
// The customer's build decides a customer's commands as the whole core does, and knows no others.
// Each order vector is played on a session as far as a browser could: until somebody else acts, or
// the order is placed. What the whole core answers to that part of the script is what must come.
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Core } from 'tandem-checkout';
import type { StaffCore } from 'tandem-checkout/staff';
import { importPackage, importStaff } from './support/installed.ts';
import { vectorsOf, type Json } from './support/vectors.ts';

interface Entry extends Json {
  readonly at_ms: number;
  readonly order?: string;
  readonly actor?: { readonly class: string };
  readonly command?: { readonly type: string; readonly code?: string };
}

interface Step {
  readonly rejected?: { readonly reason: string; readonly subject: string };
}

/** Commands that a page asks the server for, or that name what only the server knows. */
const remote = new Set([
  ...['place_order', 'merge_cart', 'reorder', 'start_payment', 'renew_hold'],
  ...['request_return', 'cancel_return'],
]);

/** What a customer may send: the contract's first block. */
const customers = new Set([
  ...['add_line', 'set_quantity', 'remove_line', 'merge_cart', 'reorder', 'set_contact'],
  ...['accept_terms', 'set_address', 'choose_shipping', 'choose_payment', 'apply_coupon'],
  ...['remove_coupon', 'apply_gift_card', 'remove_gift_card', 'place_order', 'start_payment'],
  ...['cancel_order', 'request_return', 'cancel_return', 'unsubscribe', 'renew_hold'],
]);

let core: Core;
let staff: StaffCore;

beforeAll(async () => {
  core = await (await importPackage()).load();
  staff = await (await importStaff()).loadStaff();
});

/** The first commands of a script, all by one customer to one order. */
function opening(script: readonly Entry[]): readonly Entry[] {
  if (script[0]?.command?.type !== 'add_line') return []; // a session has an order from the start
  const order = script[0].order;
  const end = script.findIndex(
    (entry) =>
      entry.order !== order ||
      entry.actor?.class !== 'customer' ||
      'id' in entry.actor ||
      !entry.command ||
      'command_id' in entry ||
      remote.has(entry.command.type),
  );
  return end < 0 ? script : script.slice(0, end);
}

const rows = (input: Json, key: string) => (input[key] ?? []) as readonly Json[];

function factsOf(input: Json): Json {
  const availability: Record<string, number> = {};
  for (const { sku, on_hand, safety_stock = 0 } of rows(input, 'stock')) {
    availability[sku as string] =
      (availability[sku as string] ?? 0) + (on_hand as number) - (safety_stock as number);
  }
  return { availability, first_order: null };
}

function sessionOn(input: Json) {
  const session = core.openSession('0'.repeat(32));
  const rules = JSON.stringify(input.rules);
  const id = createHash('sha256').update(rules).digest('hex');
  session.setRules(rules, id);
  session.putOffers(JSON.stringify(input.offers ?? []));
  session.setFacts(JSON.stringify(factsOf(input)));
  return session;
}

/** What must come; a command of others is not forbidden here, it is not known. */
function expected(rejected: Step['rejected'], { command }: Entry): Json {
  if (!rejected) return { ok: true };
  const { reason, subject } = rejected;
  if (command && !customers.has(command.type)) {
    return { ok: false, rejection: { reason: 'command_unknown', subject: command.type } };
  }
  return { ok: false, rejection: { reason, subject } };
}

const usesCodes = (entries: readonly Entry[]) =>
  entries.some(({ command }) => command?.code !== undefined);

const played = vectorsOf('order')
  .map(({ title, input }) => ({ title, input, script: (input.script ?? []) as readonly Entry[] }))
  .map((vector) => ({ ...vector, entries: opening(vector.script) }))
  .filter(({ entries }) => entries.length > 0 && !usesCodes(entries));

describe('the customer build', () => {
  it('has vectors to play', () => {
    expect(played.length).toBeGreaterThan(700);
  });

  it.each(played)('$title', ({ input, entries }) => {
    const answer = staff.replayText(JSON.stringify({ ...input, script: entries }));
    const { steps } = JSON.parse(answer.text) as { steps: readonly Step[] };
    const session = sessionOn(input);
    entries.forEach((entry, i) => {
      const id = i.toString(16).padStart(32, '0');
      const outcome = session.apply(JSON.stringify(entry.command), id, entry.at_ms);
      expect(outcome).toMatchObject(expected(steps[i]?.rejected, entry));
    });
    session.close();
  });

  const others = new Map<string, Entry>();
  for (const { input } of vectorsOf('order')) {
    for (const entry of rows(input, 'script') as readonly Entry[]) {
      const type = entry.command?.type;
      if (type !== undefined && !customers.has(type)) others.set(type, entry);
    }
  }

  it.each([...others.keys()].sort())('does not know %s', (type) => {
    const session = core.openSession('0'.repeat(32));
    const command = JSON.stringify(others.get(type)?.command);
    expect(session.apply(command, '0'.repeat(32), 1)).toMatchObject({
      ok: false,
      rejection: { reason: 'command_unknown', subject: type },
    });
    session.close();
  });
});
