// SPDX-License-Identifier: Apache-2.0
// What `npm test` does, in order: the one list. A stage is
//
//   name    short and unique, for `scripts/test --only`
//   group   `check` reads sources, `build` makes something, `test` runs something
//   run     a command with its arguments, run in the repository's folder
//   needs   names of stages without whose success this one cannot be judged
//   counts  how many tests passed and failed:
//             'exit'             the stage is one test
//             'line'             its last line of the form `N passed, N failed`
//             'gtest FOLDER'     the XML that GoogleTest left in FOLDER
//             'jest FILE'        Jest's --json --outputFile
//             'playwright FILE'  Playwright's JSON reporter
//   env     further environment variables
//   when    only where this path exists
//   long    only in `npm run test:long`

export const stages = [
  { name: 'tidy', group: 'check', run: ['scripts/tidy'], counts: 'line' },
  { name: 'format', group: 'check', run: ['scripts/format', '--check'], counts: 'exit' },

  { name: 'build-native', group: 'build', run: ['scripts/build', 'dev'], counts: 'exit' },
  {
    name: 'generated',
    group: 'check',
    needs: ['build-native'],
    run: ['scripts/generate', '--check'],
    counts: 'line',
  },
  {
    name: 'native',
    group: 'test',
    needs: ['build-native'],
    run: ['ctest', '--preset', 'dev'],
    counts: 'gtest build/dev/results',
  },

  {
    name: 'build-wasm',
    group: 'build',
    run: ['scripts/build', 'wasm', 'wasm-tests'],
    counts: 'exit',
  },
  {
    name: 'wasm',
    group: 'test',
    needs: ['build-wasm'],
    run: ['ctest', '--preset', 'wasm-tests'],
    counts: 'gtest build/wasm-tests/results',
  },

  {
    name: 'differential',
    group: 'test',
    needs: ['build-native', 'build-wasm'],
    run: ['node', 'tests/differential/run.mjs', '3000'],
    counts: 'line',
  },
  {
    name: 'differential-long',
    group: 'test',
    long: true,
    needs: ['build-native', 'build-wasm'],
    run: ['node', 'tests/differential/run.mjs', '100000'],
    counts: 'line',
  },

  {
    name: 'build-web',
    group: 'build',
    needs: ['build-wasm'],
    when: 'web/package/package.json',
    run: ['scripts/build', 'web'],
    counts: 'exit',
  },
  {
    name: 'pack',
    group: 'build',
    needs: ['build-web'],
    run: ['node', 'tests/package/npm/install.mjs'],
    counts: 'exit',
  },
  {
    name: 'lint',
    group: 'check',
    needs: ['build-web'],
    run: ['scripts/lint'],
    counts: 'exit',
  },
  {
    name: 'jest',
    group: 'test',
    needs: ['pack', 'build-native'],
    run: ['npx', 'jest', '--json', '--outputFile=build/test/jest.json'],
    env: { NODE_OPTIONS: '--experimental-vm-modules --no-warnings' },
    counts: 'jest build/test/jest.json',
  },

  {
    name: 'find-package',
    group: 'test',
    needs: ['build-native'],
    run: ['tests/package/find_package/run'],
    counts: 'exit',
  },

  {
    name: 'browser',
    group: 'test',
    needs: ['build-web', 'build-native'],
    run: ['npx', 'playwright', 'test'],
    counts: 'playwright build/test/browser.json',
  },

  {
    name: 'build-long',
    group: 'build',
    long: true,
    run: ['scripts/build', 'long'],
    counts: 'exit',
  },
  {
    name: 'races-long',
    group: 'test',
    long: true,
    needs: ['build-long'],
    run: [
      'build/long/tests/server/app/server_race_tests',
      '--gtest_output=xml:build/long/results/races.xml',
    ],
    env: { TANDEM_SEEDS: '200', TANDEM_ROUNDS: '50' },
    counts: 'gtest build/long/results',
  },
  {
    name: 'workload-long',
    group: 'test',
    long: true,
    needs: ['build-long'],
    run: ['build/long/tests/core/core_workload'],
    env: { TANDEM_WORKLOAD_STEPS: '10000000' },
    counts: 'exit',
  },
  {
    // 20,000 seeds, with longer lives than in the test of every day, half of them on each core.
    name: 'simulate-long',
    group: 'test',
    long: true,
    needs: ['build-long'],
    run: [
      'sh',
      '-ec',
      [
        'half="build/long/server/tandem-simulate --seeds 10000 --steps 600 --quiet";',
        '$half & first=$!; $half --seed 10001; wait $first',
      ].join(' '),
    ],
    counts: 'exit',
  },

  {
    name: 'build-fuzz',
    group: 'build',
    long: true,
    run: ['scripts/build', 'fuzz'],
    counts: 'exit',
  },
  {
    name: 'fuzz-long',
    group: 'test',
    long: true,
    needs: ['build-fuzz'],
    run: ['node', 'tests/fuzz/run.mjs', '1800'],
    counts: 'line',
  },

  {
    name: 'debian-package',
    group: 'test',
    long: true,
    run: ['tests/package/debian/run'],
    counts: 'exit',
  },

  {
    name: 'clang-tidy',
    group: 'check',
    long: true,
    needs: ['build-native'],
    run: ['scripts/clang-tidy'],
    counts: 'line',
  },

  {
    name: 'build-asan',
    group: 'build',
    long: true,
    run: ['scripts/build', 'asan'],
    counts: 'exit',
  },
  {
    name: 'asan',
    group: 'test',
    long: true,
    needs: ['build-asan'],
    run: ['ctest', '--preset', 'asan'],
    counts: 'gtest build/asan/results',
  },
  {
    name: 'hostile-long',
    group: 'test',
    long: true,
    needs: ['build-asan'],
    run: [
      'build/asan/tests/server/app/server_process_tests',
      '--gtest_filter=Hostile.*',
      '--gtest_output=xml:build/asan/results-long/hostile.xml',
    ],
    env: { TANDEM_REQUESTS: '500000' },
    counts: 'gtest build/asan/results-long',
  },
];
