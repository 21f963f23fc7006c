// SPDX-License-Identifier: Apache-2.0
// The rules of scripts/tidy. A rule is { name, applies(path), check(file, files) }, and `check`
// gives { line, say } for each place where the rule does not hold.
import { posix } from 'node:path';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isCpp, isGenerated, isTest } from './files.mjs';

const isHeader = (path) => path.endsWith('.hpp');
const isCode = (path) => /\.(cpp|hpp|ts|mjs|js|css|sql)$/.test(path) && !isGenerated(path);
const isScript = (path) => /^(scripts\/|\.ci\/)/.test(path) && !/\.[a-z]+$/.test(path);
const isBuild = (path) => /(\.cmake|CMakeLists\.txt)$/.test(path);
const isOurs = (path) =>
  isCode(path) || isScript(path) || isBuild(path) || /\.(def|sh)$/.test(path);
const isRules = (path) => /^core\/tandem\/(?!wire\/)/.test(path) && isCpp(path);
const isText = (path) =>
  !/(package-lock\.json|LICENSE)$/.test(path) && !/\.(csv|svg|png|woff2)$/.test(path);
// This file and its like must be able to name what they forbid.
const namesForbidden = (path) => path === 'scripts/lib/tidy-rules.mjs';

/** Each line that matches, without comments and texts when `code` is asked for. */
function* matches(file, pattern, say, code = false) {
  for (const [index, whole] of file.lines.entries()) {
    const text = code ? whole.replace(/"(\\.|[^"\\])*"/g, '""').replace(/\/\/.*$/, '') : whole;
    const hit = text.match(pattern);
    if (hit) yield { line: index + 1, say: `${say}: ${hit[0].trim()}` };
  }
}

function forbid(name, applies, pattern, code = false) {
  return {
    name,
    applies: (path) => applies(path) && !namesForbidden(path),
    check: (file) => matches(file, pattern, 'found', code),
  };
}

const lineLimit = (path) => (isHeader(path) ? 200 : 400);
const lineCount = (file) => file.lines.length - (file.lines.at(-1) === '' ? 1 : 0);

const indentOf = (line) => line.length - line.trimStart().length;

/**
 * Formatted code closes a function with a brace alone on its line, at the indentation of the
 * function's first line. Classes in C++ end in `};`; TypeScript's are told by their first word.
 */
function* longFunctions(file, most) {
  for (const [end, line] of file.lines.entries()) {
    if (!/^( {2}){0,2}\}$/.test(line)) continue;
    let start = end - 1;
    while (start >= 0) {
      const text = file.lines[start];
      const opens = text.trim() !== '' && indentOf(text) === indentOf(line);
      if (opens && !/^\s*([})#]|\/\/|\*|public:|private:|protected:)/.test(text)) break;
      start -= 1;
    }
    const first = file.lines[Math.max(start, 0)];
    if (/\b(class|interface|namespace|enum|struct)\b/.test(first) || first.startsWith('@'))
      continue;
    const length = end - start + 1;
    if (length > most)
      yield { line: start + 1, say: `function of ${length} lines, ${most} allowed` };
  }
}

/** The hosts this machine installs from; named at run time so that no host stands in a file. */
function registryHosts() {
  const sources = ['/etc/apt/sources.list'];
  const folder = '/etc/apt/sources.list.d';
  if (existsSync(folder)) sources.push(...readdirSync(folder).map((name) => `${folder}/${name}`));
  const text = sources.filter((path) => existsSync(path)).map((path) => readFileSync(path, 'utf8'));
  text.push(
    execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8', stdio: 'pipe' }),
  );
  const hosts = text
    .join('\n')
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .flatMap((line) => [...line.matchAll(/:\/\/([^/\s:]+)/g)].map((hit) => hit[1]));
  return [...new Set(hosts)].filter((host) => host.includes('.') && host !== 'github.com');
}

const escaped = (text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
const hosts = registryHosts().map(escaped);
const placePattern = new RegExp(['(^|[^\\w.-])/(work|root|farm|home/\\w+)/', ...hosts].join('|'));

const standardHeader = /^<[a-z0-9_]+>$/;
/** The compiler's own, for the one file that is written for one processor. */
const processorHeader = /^<(cpuid|immintrin)\.h>$/;

function* includesOfCore(file) {
  const wire = file.path.startsWith('core/tandem/wire/');
  for (const [index, line] of file.lines.entries()) {
    const hit = line.match(/^#include (<[^>]+>|"[^"]+")/);
    if (!hit || standardHeader.test(hit[1]) || hit[1].startsWith('"tandem/')) continue;
    if (wire && hit[1].startsWith('<nlohmann/')) continue;
    if (file.path.endsWith('_x86.cpp') && processorHeader.test(hit[1])) continue;
    yield { line: index + 1, say: `includes ${hit[1]}` };
  }
}

/** A source that no list names is never compiled, and so never tested. */
function* unlisted(file, files) {
  const lists = files.filter((other) => isBuild(other.path));
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  const listed = lists.some((list) => {
    const folder = list.path.replace(/[^/]*$/, '');
    if (list.text.includes(posix.relative(folder, file.path))) return true;
    return file.path.startsWith(folder) && list.text.includes(`/${name}`);
  });
  if (!listed) yield { line: 1, say: 'is in no CMakeLists.txt' };
}

function* headerComment(file) {
  let line = 2;
  while (file.lines[line]?.startsWith('//')) line += 1;
  const length = line - 2;
  if (length < 3 || length > 10) {
    yield { line: 3, say: `file comment of ${length} lines, three to ten wanted` };
  }
}

export const rules = [
  {
    name: 'every file begins with its license',
    applies: isOurs,
    check: (file) =>
      file.lines.slice(0, 2).some((line) => line.includes('SPDX-License-Identifier: Apache-2.0'))
        ? []
        : [{ line: 1, say: 'no SPDX line' }],
  },
  {
    name: 'headers are guarded by #pragma once',
    applies: isHeader,
    check: (file) =>
      file.lines[1] === '#pragma once' ? [] : [{ line: 2, say: 'no #pragma once here' }],
  },
  {
    name: 'headers of the core say what they are in three to ten lines',
    applies: (path) => isHeader(path) && path.startsWith('core/'),
    check: headerComment,
  },
  {
    name: 'files are short: headers 200 lines, all others 400',
    applies: (path) => isCode(path) || isScript(path),
    check: (file) =>
      lineCount(file) <= lineLimit(file.path)
        ? []
        : [{ line: 1, say: `${lineCount(file)} lines, ${lineLimit(file.path)} allowed` }],
  },
  {
    // Those of TypeScript and JavaScript are measured by the linter, which knows templates.
    name: 'functions have 70 lines at most',
    applies: (path) => /\.(cpp|hpp)$/.test(path) && !isGenerated(path),
    check: (file) => longFunctions(file, 70),
  },
  {
    name: 'lines have 100 columns at most',
    applies: (path) => isOurs(path) && !path.endsWith('.def'),
    check: (file) =>
      file.lines.flatMap((line, index) =>
        [...line].length > 100 && !/https?:\/\/\S{60,}/.test(line)
          ? [{ line: index + 1, say: `${[...line].length} columns` }]
          : [],
      ),
  },
  {
    name: 'lines end where their text ends, files in one newline, without tabs',
    applies: (path) => isOurs(path) || /\.(md|json|yaml|html)$/.test(path),
    check: (file) => [
      ...matches(file, /[ \t]+$/, 'trailing space'),
      ...matches(file, /\t/, 'tab'),
      ...(file.text === '' || /[^\n]\n$/.test(file.text)
        ? []
        : [{ line: file.lines.length, say: 'must end in one newline' }]),
    ],
  },
  forbid('nothing is left for later', isText, /\b(TODO|FIXME|XXX|HACK)\b|not implemented/),
  {
    name: 'no path of one machine and no host packages are fetched from',
    applies: (path) => path !== 'LICENSE' && !namesForbidden(path),
    check: (file) => matches(file, placePattern, 'found'),
  },
  forbid(
    'one spelling: canceled, fulfillment, authorized',
    isText,
    /\b(cancelled|cancelling|fulfilment|authoris(ed|ation|e)|colour|behaviour)\b/i,
  ),
  forbid(
    'the core has no floating point, no unordered container, no clock, no chance, no outside',
    isRules,
    new RegExp(
      [
        String.raw`\b(float|double)\b`,
        String.raw`\bunordered_(map|set)\b`,
        String.raw`\bstd::(chrono|random_device|mt19937\w*|thread|mutex|locale|filesystem)\b`,
        String.raw`<(chrono|random|thread|mutex|iostream|fstream|filesystem|locale|cstdio|ctime)>`,
        String.raw`\b(getenv|rand|srand|time|clock|printf|fopen|system)\(`,
      ].join('|'),
    ),
    true,
  ),
  {
    name: 'the core includes the standard library and itself; nlohmann_json only in wire',
    applies: (path) => path.startsWith('core/') && isCpp(path),
    check: includesOfCore,
  },
  forbid(
    'dependencies point one way: core <- wasm <- web, core <- server',
    (path) => /^(server|wasm)\//.test(path) && isCpp(path),
    /#include "(\.\.\/|(wasm|web)\/)/,
  ),
  {
    name: 'every source is compiled',
    applies: (path) => /^(core|server|wasm|tests)\/.*\.cpp$/.test(path),
    check: unlisted,
  },
  forbid(
    'tests neither wait, nor are skipped, nor run alone',
    isTest,
    new RegExp(
      [
        String.raw`\b(sleep_for|usleep|waitForTimeout|GTEST_SKIP|DISABLED_\w+)\b`,
        String.raw`\b(it|test|describe)\.(skip|only|todo)\b|\b(xit|xdescribe|fit|fdescribe)\(`,
        String.raw`setTimeout\([^,]+, *[0-9]{4,}`,
      ].join('|'),
    ),
  ),
  forbid(
    'no code is made from text',
    (path) => /^web\/.*\.(ts|js|mjs|html)$/.test(path),
    /\beval\(|new Function\(|['"]unsafe-eval['"]/,
  ),
];
