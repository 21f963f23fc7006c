// SPDX-License-Identifier: Apache-2.0
// What axe finds on a page as it is shown now.
import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface Finding {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

export async function findings(page: Page): Promise<string[]> {
  // Evaluated by the debugger, which no Content Security Policy holds back.
  await page.evaluate(axe);
  const found = await page.evaluate(async (wanted) => {
    const { axe: runner } = window as unknown as {
      axe: { run: (where: Document, how: object) => Promise<{ violations: Finding[] }> };
    };
    return (await runner.run(document, { runOnly: wanted })).violations;
  }, tags);
  return found.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`);
}
