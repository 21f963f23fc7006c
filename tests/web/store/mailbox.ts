// SPDX-License-Identifier: Apache-2.0
// A mail server for a test: it speaks as much SMTP as a shop needs to bring its mails, and keeps
// what it was brought.
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';

export interface Mail {
  readonly to: string;
  readonly text: string;
}

/// The words of a mail's parts, which travel as base64.
function wordsOf(mail: string): string {
  const parts = mail.split(/Content-Transfer-Encoding: base64\n\n/).slice(1);
  return parts
    .map((part) => Buffer.from(part.split('\n--', 1)[0] ?? '', 'base64').toString('utf8'))
    .join('\n');
}

export class Mailbox {
  readonly mails: Mail[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((socket) => void this.#converse(socket).catch(() => undefined));
  }

  static async open(): Promise<Mailbox> {
    const mailbox = new Mailbox();
    await new Promise<void>((done) => {
      mailbox.#server.listen(0, '127.0.0.1', done);
    });
    return mailbox;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    await new Promise((done) => this.#server.close(done));
  }

  /// The newest mail's link to sign in with, as a path of the shop.
  linkFor(email: string): string | undefined {
    const links = this.mails.flatMap(({ to, text }) =>
      to === email ? (/\/v1\/session\/link\/[0-9a-f-]+/.exec(text)?.[0] ?? []) : [],
    );
    return links.at(-1);
  }

  /// How many mails an address has been sent that say this.
  mailsTo(email: string, says: RegExp): number {
    return this.mails.filter(({ to, text }) => to === email && says.test(text)).length;
  }

  async #converse(socket: Socket): Promise<void> {
    const say = (words: string): void => void socket.write(`${words}\r\n`);
    let to = '';
    let data: string[] | undefined;
    say('220 mail.example');
    for await (const line of createInterface({ input: socket, crlfDelay: Infinity })) {
      if (data) {
        if (line !== '.') {
          data.push(line.replace(/^\./, ''));
          continue;
        }
        this.mails.push({ to, text: wordsOf(data.join('\n')) });
        data = undefined;
        say('250 taken');
        continue;
      }
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'RCPT') to = /<([^>]*)>/.exec(line)?.[1] ?? '';
      if (verb === 'DATA') data = [];
      if (verb === 'QUIT') {
        say('221 goodbye');
        socket.end();
      } else say(verb === 'DATA' ? '354 go on' : '250 mail.example');
    }
  }
}
