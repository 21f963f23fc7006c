// SPDX-License-Identifier: Apache-2.0
// The small part of ICU MessageFormat that the messages use: {name} and {n, plural, =0 {…} one {…}
// other {…}} with # for the number. A message becomes a list of pieces, so that the same message
// serves as plain text and as a template with links and isolated amounts.
import { byLocale } from './by-locale.ts';

export type Piece =
  | string
  | { readonly name: string }
  | { readonly count: string; readonly arms: ReadonlyMap<string, readonly Piece[]> };

const known = new Map<string, readonly Piece[]>();
const pluralRules = byLocale((locale) => new Intl.PluralRules(locale));

/// The pieces of a message. Throws when the braces do not match: a test parses every message.
export function parse(message: string): readonly Piece[] {
  let pieces = known.get(message);
  if (!pieces) {
    pieces = parsePieces(message);
    known.set(message, pieces);
  }
  return pieces;
}

function parsePieces(message: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  while (at < message.length) {
    const open = message.indexOf('{', at);
    if (open < 0) {
      pieces.push(message.slice(at));
      break;
    }
    if (open > at) pieces.push(message.slice(at, open));
    const close = closingBrace(message, open);
    pieces.push(parsePlaceholder(message.slice(open + 1, close)));
    at = close + 1;
  }
  return pieces;
}

function closingBrace(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i += 1) {
    if (text[i] === '{') depth += 1;
    if (text[i] === '}' && (depth -= 1) === 0) return i;
  }
  throw new Error(`A brace is not closed in: ${text}`);
}

function parsePlaceholder(inner: string): Piece {
  const plural = /^\s*(\w+)\s*,\s*plural\s*,/.exec(inner);
  if (!plural?.[1]) return { name: inner.trim() };
  const arms = new Map<string, readonly Piece[]>();
  let at = plural[0].length;
  for (;;) {
    const key = /^\s*(=\d+|\w+)\s*(?=\{)/.exec(inner.slice(at));
    if (!key?.[1]) break;
    const open = at + key[0].length;
    const close = closingBrace(inner, open);
    arms.set(key[1], parsePieces(inner.slice(open + 1, close)));
    at = close + 1;
  }
  if (!arms.has('other')) throw new Error(`A plural has no "other": ${inner}`);
  return { count: plural[1], arms };
}

/// Names of the placeholders of a message.
export function placeholders(message: string): Set<string> {
  const names = new Set<string>();
  const visit = (piece: Piece): void => {
    if (typeof piece === 'string') return;
    if ('name' in piece) names.add(piece.name);
    else {
      names.add(piece.count);
      for (const arm of piece.arms.values()) arm.forEach(visit);
    }
  };
  parse(message).forEach(visit);
  return names;
}

/// The pieces with their values put in: texts stay texts, values are passed through `show`.
export function fill<Value, Shown>(
  message: string,
  values: Readonly<Record<string, Value>>,
  language: string,
  show: (value: Value | number) => Shown,
): (string | Shown)[] {
  const out: (string | Shown)[] = [];
  const visit = (pieces: readonly Piece[], count?: number): void => {
    for (const piece of pieces) {
      if (typeof piece === 'string') {
        const texts = count === undefined ? [piece] : piece.split('#');
        texts.forEach((text, index) => {
          if (index > 0 && count !== undefined) out.push(show(count));
          if (text) out.push(text);
        });
      } else if ('name' in piece) {
        const value = values[piece.name];
        if (value !== undefined) out.push(show(value));
      } else {
        const n = Number(values[piece.count] ?? 0);
        const rule = pluralRules(language).select(n);
        visit(piece.arms.get(`=${n}`) ?? piece.arms.get(rule) ?? piece.arms.get('other') ?? [], n);
      }
    }
  };
  visit(parse(message));
  return out;
}
