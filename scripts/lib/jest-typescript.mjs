// SPDX-License-Identifier: Apache-2.0
// Lets Jest read TypeScript: types are removed, nothing is checked. `npm run lint` checks types.
import ts from 'typescript';

const compilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  inlineSourceMap: true,
  inlineSources: true,
};

export default {
  process(source, fileName) {
    return { code: ts.transpileModule(source, { compilerOptions, fileName }).outputText };
  },
};
