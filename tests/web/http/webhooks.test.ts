// SPDX-License-Identifier: Apache-2.0
// The examples of docs/webhooks.md, run as they stand there: against the example of the
// specification, and against what the real program sends.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { HttpShop, root } from './support/shop.ts';

type Headers = Readonly<Record<string, string>>;
type Check = (secret: string, headers: Headers, body: string, now: number) => boolean;

const page = readFileSync(resolve(root, 'docs/webhooks.md'), 'utf8');
const example = (language: string): string =>
  new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(page)?.[1] ?? '';

/** What the program sent to an endpoint of this test. */
interface Heard {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let shop: HttpShop;
const checks = new Map<string, Check>();

beforeAll(async () => {
  shop = await HttpShop.open();
  const script = join(shop.folder, 'example.mjs');
  writeFileSync(script, example('js'));
  const node = (await import(pathToFileURL(script).href)) as { isGenuine: Check };
  checks.set('Node', node.isGenuine);
  const python = join(shop.folder, 'example.py');
  const call = [
    'import json, sys',
    'secret, headers, body, now = json.load(sys.stdin)',
    'print(is_genuine(secret, headers, body.encode(), now))',
  ];
  writeFileSync(python, [example('python'), ...call, ''].join('\n'));
  checks.set('Python', (...input) => {
    const ran = spawnSync('python3', [python], { input: JSON.stringify(input), encoding: 'utf8' });
    if (ran.status !== 0) throw new Error(ran.stderr);
    return ran.stdout.trim() === 'True';
  });
});

afterAll(async () => {
  await shop.close();
});

async function ask(path: string, bearer: string, body: unknown): Promise<unknown> {
  const answer = await fetch(shop.url + path, {
    method: 'POST',
    headers: { Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect([path, answer.ok]).toEqual([path, true]);
  return answer.json();
}

/** Makes an endpoint here and an order there; answers what is heard of it. */
async function hear(): Promise<{ secret: string; heard: Heard }> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  const heard = new Promise<Heard>((done) => {
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        response.writeHead(204).end();
        done({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      });
    });
  });
  const made = (await ask('/v1/staff/webhooks', shop.key, { url })) as { secret: string };
  const order = { order: randomBytes(16).toString('hex'), secret: randomBytes(16).toString('hex') };
  await ask('/v1/orders', order.secret, order);
  await ask(`/v1/orders/${order.order}/commands`, order.secret, {
    base_version: 0,
    commands: [
      {
        command_id: randomBytes(16).toString('hex'),
        command: { type: 'set_contact', email: 'ann@example.com' },
      },
    ],
  });
  const result = { secret: made.secret, heard: await heard };
  server.close();
  return result;
}

describe.each(['Node', 'Python'])('the example in %s', (language) => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const now = 1614265330;
  const body = '{"test": 2432232314}';
  const signature = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';
  const headers = {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': String(now),
    'webhook-signature': signature,
  };
  const check: Check = (...asked) => checks.get(language)?.(...asked) ?? false;

  it('takes the example of the specification', () => {
    expect(check(secret, headers, body, now)).toBe(true);
    const rolled = { ...headers, 'webhook-signature': `v1,AAAA ${signature}` };
    expect(check(secret, rolled, body, now + 299)).toBe(true);
  });

  it('refuses another body, id, time and secret', () => {
    expect(check(secret, headers, `${body} `, now)).toBe(false);
    expect(check(secret, { ...headers, 'webhook-id': 'msg_2' }, body, now)).toBe(false);
    expect(check(secret, headers, body, now + 301)).toBe(false);
    expect(check(secret, {}, body, now)).toBe(false);
    expect(check(`whsec_${'A'.repeat(32)}`, headers, body, now)).toBe(false);
  });

  it('takes what the program sends', async () => {
    const { secret: own, heard } = await hear();
    expect(check(own, heard.headers as Headers, heard.body, Date.now() / 1000)).toBe(true);
    const told = JSON.parse(heard.body) as { type: string; data: { events: string[] } };
    expect(told.type).toBe('order.changed');
    expect(told.data.events).toContain('contact_set');
    expect(heard.body).not.toContain('ann@example.com');
  });
});
