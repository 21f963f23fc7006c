// SPDX-License-Identifier: Apache-2.0
// Written beside the compiled sources by build.mjs.

/** SHA-256 of `tandem.wasm`, in hexadecimal. */
export declare const coreVersion: string;
/** SHA-256 of `tandem-staff.wasm`, in hexadecimal. */
export declare const staffCoreVersion: string;
