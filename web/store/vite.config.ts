// SPDX-License-Identifier: Apache-2.0
// Builds the shop page. Everything it emits is its own file, so that the strict Content Security
// Policy of the server holds: no inline script or style, no data: URLs.
import { defineConfig } from 'vite';

export default defineConfig({
  base: '/',
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
  },
});
