// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { count, seedsOf } from '../../scripts/lib/counts.mjs';
import { root } from '../../scripts/lib/files.mjs';

let folder;
beforeEach(() => {
  mkdirSync(join(root, 'build'), { recursive: true });
  folder = mkdtempSync(join(root, 'build/counts-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const left = (name, text) => writeFileSync(join(folder, name), text);
const here = (name = '') => relative(root, join(folder, name));

describe('a stage that is one test', () => {
  it('passes or fails by its exit', () => {
    expect(count({ counts: 'exit' }, true, '')).toEqual({ passed: 1, failed: 0 });
    expect(count({ counts: 'exit' }, false, '')).toEqual({ passed: 0, failed: 1 });
  });
});

describe('a stage that prints a line', () => {
  it('is read from its last such line', () => {
    const output = 'noise\n3 passed, 9 failed\nnoise\n20 passed, 0 failed\n';
    expect(count({ counts: 'line' }, true, output)).toEqual({ passed: 20, failed: 0 });
  });

  it('fails when it ended well but told nothing', () => {
    expect(count({ counts: 'line' }, true, 'all is well\n')).toEqual({ passed: 0, failed: 1 });
  });

  it('fails when it ended badly although every test passed', () => {
    expect(count({ counts: 'line' }, false, '5 passed, 0 failed\n')).toEqual({
      passed: 5,
      failed: 1,
    });
  });
});

describe('a stage of GoogleTest programs', () => {
  it('sums all of them', () => {
    left('a.xml', '<testsuites tests="10" failures="2" disabled="1" errors="0" time="0">');
    left('b.xml', '<testsuites tests="5" failures="0" disabled="0" errors="0" time="0">');
    const sums = count({ counts: `gtest ${here()}` }, false, '');
    expect(sums).toEqual({ passed: 12, failed: 2 });
  });

  it('fails when a program crashed beside one that passed', () => {
    left('a.xml', '<testsuites tests="5" failures="0" disabled="0" errors="0" time="0">');
    expect(count({ counts: `gtest ${here()}` }, false, '')).toEqual({ passed: 5, failed: 1 });
  });

  it('fails when nothing ran', () => {
    expect(count({ counts: `gtest ${here('none')}` }, true, '')).toEqual({ passed: 0, failed: 1 });
  });
});

describe('a stage of Jest', () => {
  it('counts a suite that could not be loaded', () => {
    left('jest.json', '{"numPassedTests":4,"numFailedTests":1,"numRuntimeErrorTestSuites":2}');
    expect(count({ counts: `jest ${here('jest.json')}` }, false, '')).toEqual({
      passed: 4,
      failed: 3,
    });
  });
});

describe('the seeds of a stage', () => {
  it('are read from what it printed, each once', () => {
    const output =
      'differential: 9 cases, seed 18446744073709551615\nagain, seed 7, seed 7\nseeds 9 to 13\n';
    expect(seedsOf({ counts: 'line' }, output)).toEqual(['18446744073709551615', '7', '9']);
  });

  it('are read from the properties of GoogleTest', () => {
    left('a.xml', '<testsuites tests="1" random_seed="3"><property name="seed" value="42"/>');
    expect(seedsOf({ counts: `gtest ${here()}` }, '')).toEqual(['42']);
  });
});
