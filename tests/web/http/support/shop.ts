// SPDX-License-Identifier: Apache-2.0
// The real program with the sample shop, and an administrator's key for it.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

export const root = process.cwd();
const program = resolve(root, 'build/dev/server/tandem');

export class HttpShop {
  readonly folder = mkdtempSync(join(tmpdir(), 'tandem-http-'));
  /** The secret of the site that the shop is embedded in. */
  readonly siteKey = 'a-secret-of-more-than-32-bytes-for-tests-alone';
  key = '';
  url = '';
  #process: ChildProcess | undefined;

  static async open(): Promise<HttpShop> {
    const shop = new HttpShop();
    const database = join(shop.folder, 'shop.db');
    const run = (...args: readonly string[]): string =>
      execFileSync(program, [...args, '--db', database], { encoding: 'utf8', stdio: 'pipe' });
    run('import', '--shop', resolve(root, 'examples/shop'), '--quiet');
    shop.key = run('key', 'add', '--role', 'admin', '--name', 'ann').trim();
    const child = spawn(
      program,
      ['serve', '--db', database, '--address', '127.0.0.1', '--port', '0', '--demo-provider'],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: {
          ...process.env,
          TANDEM_IDENTIFY_KEYS: shop.siteKey,
          TANDEM_WEBHOOK_HTTP: 'true',
          TANDEM_WEBHOOK_NETWORKS: '127.0.0.1',
        },
      },
    );
    shop.#process = child;
    for await (const line of createInterface({ input: child.stdout })) {
      const url = /^listening on (http:\/\/\S+)$/.exec(line)?.[1];
      if (url === undefined) continue;
      shop.url = url;
      return shop;
    }
    throw new Error('The server ended before it listened');
  }

  async close(): Promise<void> {
    const child = this.#process;
    if (child?.exitCode === null) {
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
