// SPDX-License-Identifier: Apache-2.0
// A real shop for a test: the sample goods imported into a database of its own, served by
// `tandem serve` on a free port, with the built page and the core beside it.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/// The build of `npm test` comes first: another one may be of yesterday.
function serverProgram(): string {
  const builds = ['dev', 'release'].map((build) => join(root, `build/${build}/server/tandem`));
  const found = builds.find((path) => existsSync(path));
  if (!found) throw new Error('The server is not built; run scripts/build dev first.');
  return found;
}

export class TestShop {
  readonly #folder: string;
  readonly #database: string;
  readonly #program = serverProgram();
  readonly #environment: Readonly<Record<string, string>>;
  #process: ChildProcess | undefined;
  #port = 0;

  private constructor(folder: string, environment: Readonly<Record<string, string>>) {
    this.#folder = folder;
    this.#environment = environment;
    this.#database = join(folder, 'shop.db');
  }

  /// With variables of the environment that the server reads its configuration from.
  static async open(environment: Readonly<Record<string, string>> = {}): Promise<TestShop> {
    const shop = new TestShop(mkdtempSync(join(tmpdir(), 'tandem-store-')), environment);
    shop.#import(['--shop', join(root, 'examples/shop')]);
    await shop.start();
    return shop;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /// Starts the server; the second time on the port it had, because the page knows that one.
  async start(): Promise<void> {
    const child = spawn(
      this.#program,
      [
        ...['serve', '--db', this.#database, '--address', '127.0.0.1', '--port', `${this.#port}`],
        ...['--page', join(root, 'web/store/dist'), '--core', join(root, 'web/package/dist')],
        '--demo-provider',
      ],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, ...this.#environment },
      },
    );
    this.#process = child;
    for await (const line of createInterface({ input: child.stdout })) {
      const port = /^listening on http:\/\/[^ ]*:(\d+)$/.exec(line)?.[1];
      if (port === undefined) continue;
      this.#port = Number(port);
      return;
    }
    throw new Error('The server ended before it listened');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }

  /// Ends the server as a power cut would: nothing is asked, nothing is finished.
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async close(): Promise<void> {
    await this.#end('SIGTERM');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /// The shop changes a price while customers are shopping.
  setPrice(sku: string, from: string, to: string): void {
    const csv = readFileSync(join(root, 'examples/shop/products.csv'), 'utf8');
    const rows = csv.split('\n').map((row) => {
      if (!row.includes(`,${sku},`)) return row;
      if (!row.includes(`,${from},`)) throw new Error(`${sku} does not cost ${from}`);
      return row.replace(`,${from},`, `,${to},`);
    });
    const file = join(this.#folder, 'products.csv');
    writeFileSync(file, rows.join('\n'));
    this.#import(['--products', file]);
  }

  /// The shop gives a variant terms: cells of columns of our own, by the columns' names.
  setTerms(sku: string, terms: Readonly<Record<string, string>>): void {
    const csv = readFileSync(join(root, 'examples/shop/products.csv'), 'utf8').trimEnd();
    const cells = Object.values(terms).map((cell) => `"${cell.replaceAll('"', '""')}"`);
    const none = ','.repeat(cells.length);
    const rows = csv.split('\n').map((row, index) => {
      if (index === 0) return [row, ...Object.keys(terms)].join(',');
      return row.includes(`,${sku},`) ? [row, ...cells].join(',') : row + none;
    });
    const file = join(this.#folder, 'products.csv');
    writeFileSync(file, rows.join('\n'));
    this.#import(['--products', file]);
  }

  /// One of the sample shop's payment methods goes through another provider, which is switched on.
  payBy(method: string, provider: string): void {
    const read = (name: string): unknown =>
      JSON.parse(readFileSync(join(root, 'examples/shop', name), 'utf8'));
    const settings = read('settings.json') as { providers: Record<string, object> };
    settings.providers[provider] = { enabled: true };
    const rules = read('rules.json') as { payment_methods: { id: string; provider: string }[] };
    for (const one of rules.payment_methods) if (one.id === method) one.provider = provider;
    this.#publish({ settings, rules });
  }

  /// The sample shop's rules with other policies.
  setPolicies(changed: Readonly<Record<string, unknown>>): void {
    const text = readFileSync(join(root, 'examples/shop/rules.json'), 'utf8');
    const rules = JSON.parse(text) as { policies: object };
    this.#publish({ rules: { ...rules, policies: { ...rules.policies, ...changed } } });
  }

  #publish(documents: Readonly<Record<string, object>>): void {
    for (const [kind, document] of Object.entries(documents)) {
      const file = join(this.#folder, `${kind}.json`);
      writeFileSync(file, JSON.stringify(document));
      const words = [kind, 'publish', '--db', this.#database, file];
      execFileSync(this.#program, words, { stdio: ['ignore', 'ignore', 'inherit'] });
    }
  }

  #import(what: readonly string[]): void {
    execFileSync(this.#program, ['import', '--db', this.#database, '--quiet', ...what], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }

  /// `tandem verify`: counters, streams and chains of the whole database.
  verify(): string {
    return execFileSync(this.#program, ['verify', '--db', this.#database, '--quiet'], {
      encoding: 'utf8',
    });
  }
}
