// SPDX-License-Identifier: Apache-2.0
// Jest runs the tests of the npm package, against its packed tarball, and those of the scripts.
export default {
  testMatch: ['<rootDir>/tests/**/*.test.{ts,mjs}'],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/scripts/lib/jest-typescript.mjs' },
  modulePathIgnorePatterns: ['<rootDir>/build/'],
  cacheDirectory: '<rootDir>/build/jest',
};
