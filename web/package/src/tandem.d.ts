// SPDX-License-Identifier: Apache-2.0
// The glue that Emscripten writes; build.mjs copies it here as tandem.js.
import type { Glue, RawCore } from './raw.js';

declare const glue: Glue<RawCore>;
export default glue;
