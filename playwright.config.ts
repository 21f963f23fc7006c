// SPDX-License-Identifier: Apache-2.0
// The shop page in the system's Chromium, no download, against the real server: each worker has a
// shop of its own, on a port that the server chose.
import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const candidates = [
  process.env.TANDEM_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const executablePath = candidates.find((path) => path !== undefined && existsSync(path));
if (executablePath === undefined) throw new Error('Chromium is missing; run scripts/setup.');

export default defineConfig({
  testDir: 'tests/web/store',
  outputDir: 'build/test/browser',
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  // As long as a busy machine needs; nothing waits for a time to pass.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json', { outputFile: 'build/test/browser.json' }]],
  use: {
    actionTimeout: 30_000,
    navigationTimeout: 30_000,
    locale: 'en-GB',
    viewport: { width: 1280, height: 900 },
    launchOptions: {
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
});
