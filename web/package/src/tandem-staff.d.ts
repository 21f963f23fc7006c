// SPDX-License-Identifier: Apache-2.0
// The glue that Emscripten writes; build.mjs copies it here as tandem-staff.js.
import type { Glue, RawStaffCore } from './raw.js';

declare const glue: Glue<RawStaffCore>;
export default glue;
