// SPDX-License-Identifier: Apache-2.0
// Spoils good documents: what hostile and broken clients send.

const nonsense = [
  '1.5',
  '1e3',
  '-0',
  '9223372036854775808',
  '9007199254740992',
  '-9007199254740992',
  'null',
  'true',
  '""',
  '"\\u0000"',
  '"\\ud800"',
  '"\\t"',
  '[]',
  '{}',
  '[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]',
  '{"a":1,"a":2}',
  'nope',
  '',
];

/** The bytes of a document with one thing wrong, or nothing. */
export function spoiled(text, random) {
  const bytes = Buffer.from(text);
  switch (random.between(0, 5)) {
    case 0: {
      // A value somewhere becomes something else.
      const colons = [...text.matchAll(/:(?=[-\d"tfn[{])/g)];
      const at = random.pick(colons).index + 1;
      const value = /^(?:"(?:[^"\\]|\\.)*"|[-\d.]+|true|false|null)/.exec(text.slice(at));
      if (value === null) return bytes;
      return Buffer.from(
        text.slice(0, at) + random.pick(nonsense) + text.slice(at + value[0].length),
      );
    }
    case 1: {
      // A key gets another name.
      const keys = [...text.matchAll(/"(\w+)":/g)];
      const key = random.pick(keys);
      return Buffer.from(
        `${text.slice(0, key.index)}"${key[1]}x":${text.slice(key.index + key[0].length)}`,
      );
    }
    case 2: {
      // A key stands twice.
      const keys = [...text.matchAll(/"(\w+)":/g)];
      const key = random.pick(keys);
      return Buffer.from(`${text.slice(0, key.index)}"${key[1]}":0,${text.slice(key.index)}`);
    }
    case 3:
      return bytes.subarray(0, random.between(0, bytes.length));
    case 4:
      bytes[random.between(0, bytes.length - 1)] = random.between(0, 255);
      return bytes;
    default:
      for (let i = random.between(1, 8); i > 0; i -= 1) {
        bytes[random.between(0, bytes.length - 1)] = random.between(0, 255);
      }
      return bytes;
  }
}
