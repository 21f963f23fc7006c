// SPDX-License-Identifier: Apache-2.0
// The vectors of `quote` and `replay`, through the package's API and through its command line.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Core, QuoteInput } from 'tandem-checkout';
import type { StaffCore } from 'tandem-checkout/staff';
import { app, importPackage, importStaff } from './support/installed.ts';
import { spelled, vectorsOf, type Json } from './support/vectors.ts';

const vectors = vectorsOf('quote');

const bin = resolve(app, 'node_modules/.bin/tandem-checkout');

function run(args: readonly string[], input = ''): { status: number | null; stdout: string } {
  const { status, stdout } = spawnSync(bin, args, { input, encoding: 'utf8', cwd: app });
  return { status, stdout };
}

let core: Core;
let staff: StaffCore;

beforeAll(async () => {
  core = await (await importPackage()).load();
  staff = await (await importStaff()).loadStaff();
});

describe('quote', () => {
  it.each(vectors)('$title', ({ vector, input }) => {
    const answer = core.quoteText(JSON.stringify(input));
    expect(answer.status).toBe(vector.refused ? 1 : 0);
    const told = JSON.parse(answer.text) as Json;
    expect(told).toMatchObject(spelled(vector.refused ?? vector.expect ?? {}, told));
  });

  it('answers objects as it answers text', () => {
    const [first] = vectors;
    const text = core.quoteText(JSON.stringify(first?.input)).text;
    expect(core.quote(first?.input as unknown as QuoteInput)).toEqual({
      ok: true,
      value: JSON.parse(text) as unknown,
    });
  });

  it('refuses by name and place', () => {
    expect(core.quote({ ...vectors[0]?.input, price_minor: 1 } as never)).toMatchObject({
      ok: false,
      rejection: { reason: 'field_unknown', subject: '/price_minor' },
    });
  });
});

describe('replay', () => {
  it.each(vectorsOf('order'))('$title', ({ vector, input }) => {
    const answer = staff.replayText(JSON.stringify(input));
    expect(answer.status).toBe(vector.refused ? 1 : 0);
    const told = JSON.parse(answer.text) as Json;
    expect(told).toMatchObject(spelled(vector.refused ?? vector.expect ?? {}, told));
  });
});

describe('the command line', () => {
  it('prints what the API answers, byte for byte', () => {
    for (const { input } of vectors.slice(0, 3)) {
      const text = JSON.stringify(input);
      const answer = core.quoteText(text);
      expect(run(['quote', '-'], text)).toEqual({
        status: answer.status,
        stdout: `${answer.text}\n`,
      });
    }
  });

  it('plays scripts', () => {
    const script = { format: 1, rules: { pricing_version: 1, currency: 'EUR' }, script: [] };
    const { status, stdout } = run(['replay', '-'], JSON.stringify(script));
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ steps: [], orders: {} });
  });

  it('refuses with status 1 and a problem document', () => {
    const { status, stdout } = run(['quote', '-'], '{"format":1,');
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ reason: 'json_malformed', status: 400 });
  });

  it('refuses bytes that are no text', () => {
    const { status, stdout } = spawnSync(bin, ['quote', '-'], { input: Buffer.from([0x22, 0xff]) });
    expect(status).toBe(1);
    expect(JSON.parse(stdout.toString())).toMatchObject({ reason: 'text_malformed' });
  });

  it.each([[[]], [['quote']], [['total', '-']], [['quote', '-', '-']], [['quote', 'no-file']]])(
    'answers wrong usage %j with status 2',
    (args) => {
      expect(run(args).status).toBe(2);
    },
  );

  it('explains itself', () => {
    const { status, stdout } = run(['--help']);
    expect(status).toBe(0);
    expect(stdout).toContain('replay FILE|-');
  });
});
