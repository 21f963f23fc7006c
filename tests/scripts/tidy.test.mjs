// SPDX-License-Identifier: Apache-2.0
import { rules } from '../../scripts/lib/tidy-rules.mjs';

/** What the rules say of one file, as `line: rule` in short. */
function found(path, lines, others = []) {
  const file = { path, lines, text: lines.join('\n') };
  return rules
    .filter((rule) => rule.applies(path))
    .flatMap((rule) => [...rule.check(file, others)].map(({ line, say }) => `${line}: ${say}`));
}

const license = '// SPDX-License-Identifier: Apache-2.0';
const list = { path: 'core/CMakeLists.txt', text: 'tandem/money/money.cpp tandem/wire/read.cpp' };

describe('a source of the core', () => {
  const core = (...lines) => found('core/tandem/money/money.cpp', [license, ...lines, ''], [list]);

  it('is clean when it keeps to the rules', () => {
    expect(core('#include <cstdint>', '#include "tandem/money/money.hpp"', 'int a;')).toEqual([]);
  });

  it('may not hold a floating-point number', () => {
    expect(core('double share = 0;')).toEqual(['2: found: double']);
  });

  it('may speak of one in a comment or a text', () => {
    expect(core('// A double would round.', 'const char* name = "float";')).toEqual([]);
  });

  it('may not read a clock or a file', () => {
    expect(core('#include <chrono>', '#include <fstream>')).toHaveLength(2);
  });

  it('may not include another library', () => {
    expect(core('#include <boost/asio.hpp>')).toEqual(['2: includes <boost/asio.hpp>']);
    expect(core('#include "server/app.hpp"')).toEqual(['2: includes "server/app.hpp"']);
    expect(core('#include <nlohmann/json.hpp>')).toEqual(['2: includes <nlohmann/json.hpp>']);
  });

  it('may read JSON in wire', () => {
    const lines = [license, '#include <nlohmann/json.hpp>', ''];
    expect(found('core/tandem/wire/read.cpp', lines, [list])).toEqual([]);
  });

  it('must be compiled', () => {
    const path = 'core/tandem/money/forgotten.cpp';
    expect(found(path, [license, ''], [list])).toEqual(['1: is in no CMakeLists.txt']);
  });
});

describe('any source', () => {
  const body = (count) => Array.from({ length: count }, () => '  step();');
  const test = (...lines) => found('tests/core/a_test.mjs', [license, ...lines, '']);
  const tests = { path: 'tests/core/CMakeLists.txt', text: 'a_test.cpp' };
  const cpp = (...lines) => found('tests/core/a_test.cpp', [license, ...lines, ''], [tests]);

  it('begins with its license', () => {
    expect(found('web/package/src/a.ts', ['const a = 1;', ''])).toEqual(['1: no SPDX line']);
  });

  it('may have a function of 70 lines and none of 71', () => {
    expect(cpp('function short() {', ...body(68), '}')).toEqual([]);
    expect(cpp('function long() {', ...body(69), '}')).toEqual([
      '2: function of 71 lines, 70 allowed',
    ]);
  });

  it('finds a long method among short ones', () => {
    const lines = ['class A {', '  a() {', '    x();', '  }', '  b() {'];
    lines.push(...body(80).map((line) => `  ${line}`), '  }', '}');
    expect(cpp(...lines)).toEqual(['6: function of 82 lines, 70 allowed']);
  });

  it('counts columns by letters, not bytes', () => {
    expect(test(`// ${'س'.repeat(97)}`)).toEqual([]);
    expect(test(`// ${'س'.repeat(98)}`)).toEqual(['2: 101 columns']);
  });

  it('leaves nothing for later', () => {
    expect(test(`// ${'FIX'}ME`)).toEqual([`2: found: ${'FIX'}ME`]);
  });

  it('names no folder of one machine', () => {
    expect(test(`const a = '${'/ro'}ot/a';`)).toEqual([`2: found: '${'/ro'}ot/`]);
  });
});

describe('a test', () => {
  it('is neither skipped nor alone', () => {
    const lines = [license, `it.${'only'}('a', () => {});`, `GTEST_${'SKIP'}();`, ''];
    expect(found('tests/web/a.test.ts', lines)).toHaveLength(2);
  });
});
