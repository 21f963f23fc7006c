// SPDX-License-Identifier: Apache-2.0
// The two live regions of the page. Both stand in index.html, so that a screen reader knows them
// before the first message. Polite messages wait until changes settle: ten quick clicks make one.

const settleMs = 500;
let waiting: ReturnType<typeof setTimeout> | undefined;

function region(id: string): HTMLElement | null {
  return document.getElementById(id);
}

function say(id: string, message: string): void {
  const target = region(id);
  if (!target) return;
  // The same words again are a change only if the region was empty in between.
  target.textContent = '';
  requestAnimationFrame(() => {
    target.textContent = message;
  });
}

export function announce(message: string): void {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    say('status-region', message);
  }, settleMs);
}

export function alertUser(message: string): void {
  say('alert-region', message);
}
