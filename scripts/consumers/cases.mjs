// The compiler's option sets and the bundles of the consumer matrix.
const strict = { strict: true, target: 'es2023', lib: ['es2023'], types: [], noEmit: true };
const nodenext = { ...strict, module: 'nodenext' };
const everything = {
  ...nodenext,
  allowUnreachableCode: false,
  allowUnusedLabels: false,
  erasableSyntaxOnly: true,
  exactOptionalPropertyTypes: true,
  isolatedModules: true,
  noFallthroughCasesInSwitch: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noPropertyAccessFromIndexSignature: true,
  noUncheckedIndexedAccess: true,
  noUncheckedSideEffectImports: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
};

/** The options that projects set most; each checks every sample's generated code and mofgen's own declarations. */
export const optionSets = {
  nodenext,
  node20: { ...strict, module: 'node20' },
  bundler: { ...strict, module: 'preserve' },
  commonjs: { ...strict, module: 'commonjs', moduleResolution: 'bundler' },
  erasableSyntaxOnly: { ...nodenext, erasableSyntaxOnly: true },
  verbatimModuleSyntax: { ...nodenext, verbatimModuleSyntax: true },
  exactOptionalPropertyTypes: { ...nodenext, exactOptionalPropertyTypes: true },
  noPropertyAccessFromIndexSignature: { ...nodenext, noPropertyAccessFromIndexSignature: true },
  isolatedDeclarations: { ...nodenext, isolatedDeclarations: true, declaration: true },
  'no strictness': { ...nodenext, strict: false },
  'every strictness': everything,
};

/** Programs for a page, with the most bytes that each may have. */
export const bundles = {
  'codecs of a file whose records have fixed sizes': {
    source: `import { SmartFanCodec } from '../all/smart-fan.g.js';
console.log(SmartFanCodec.decode(new Uint8Array(SmartFanCodec.size)));`,
    limit: 3_000,
  },
  'codecs of a file whose records vary in size': {
    source: `import { SensorLogCodec } from '../all/sensor-log.g.js';
console.log(SensorLogCodec.decode(new Uint8Array(100)));`,
    limit: 16_000,
  },
  'a machine, run where there is no Node': {
    source: `import { lines } from './program.js';
for (const line of lines()) console.log(line);`,
    limit: 120_000,
    run: true,
  },
};
