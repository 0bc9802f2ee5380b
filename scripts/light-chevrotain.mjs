// The esbuild plugin that replaces Chevrotain by grammar/engine/, which reads tables that Chevrotain computes here.
//
// Chevrotain takes a grammar apart whenever it starts. That and compiling its code took half the time of a short run, and
// the grammar is always the same. Sources and tests run on Chevrotain itself; test/grammar/engine.test.ts compares the two.
import { join } from 'node:path';
import { build } from 'esbuild';

/** The grammar on Chevrotain, which validates it. */
async function loadGrammar(root) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: {
      contents: `
        export { GAstVisitor, getLookaheadPaths } from 'chevrotain';
        export { MofParser } from './grammar/parser.ts';`,
      resolveDir: root,
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    tsconfigRaw: {},
    logLevel: 'warning',
  });
  return import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
}

/** What grammar/engine/parser.ts calls a `Lookahead`. */
async function lookaheadTables(root) {
  const { GAstVisitor, getLookaheadPaths, MofParser } = await loadGrammar(root);
  const productions = new MofParser({ skipValidations: false }).getGAstProductions();

  /** The names of the tokens that may come first in an alternative. */
  const namesOf = (paths, place) =>
    paths.map((path) => {
      if (path.length !== 1) throw new Error(`${place} is not decided by one token`);
      return path[0].name;
    });

  class Collector extends GAstVisitor {
    decisions = {};
    constructor(rule) {
      super();
      this.rule = rule;
    }
    add(method, prodType, { idx: occurrence }) {
      const name = `${method}${occurrence || ''}`;
      const { rule } = this;
      const alternatives = getLookaheadPaths({ occurrence, rule, prodType, maxLookahead: 1 });
      // Of the others, the second list is what follows.
      const wanted = method === 'OR' ? alternatives : alternatives.slice(0, 1);
      this.decisions[name] = wanted.map((paths) => namesOf(paths, `${rule.name}, ${name}`));
    }
    visitAlternation(node) {
      this.add('OR', 'Alternation', node);
    }
    visitOption(node) {
      this.add('OPTION', 'Option', node);
    }
    visitRepetition(node) {
      this.add('MANY', 'Repetition', node);
    }
    visitRepetitionMandatory(node) {
      this.add('AT_LEAST_ONE', 'RepetitionMandatory', node);
    }
    visitRepetitionMandatoryWithSeparator(node) {
      this.add('AT_LEAST_ONE_SEP', 'RepetitionMandatoryWithSeparator', node);
    }
    visitRepetitionWithSeparator() {
      throw new Error(`${this.rule.name} uses MANY_SEP, which grammar/engine/ lacks`);
    }
  }

  const tables = {};
  for (const rule of Object.values(productions)) {
    const collector = new Collector(rule);
    rule.accept(collector);
    tables[rule.name] = collector.decisions;
  }
  return tables;
}

export function lightChevrotain(root) {
  const engine = (name) => JSON.stringify(join(root, 'grammar/engine', name));
  return {
    name: 'light-chevrotain',
    setup(builder) {
      builder.onResolve({ filter: /^chevrotain$/ }, ({ path }) => ({
        path,
        namespace: 'light-chevrotain',
      }));
      builder.onLoad({ filter: /.*/, namespace: 'light-chevrotain' }, async () => ({
        resolveDir: root,
        contents: `
          import { parserWith } from ${engine('parser.ts')};
          export { isRecognitionException, MismatchedTokenException } from ${engine('parser.ts')};
          export { Lexer } from ${engine('lexer.ts')};
          export { createToken, EOF, tokenMatcher } from ${engine('tokens.ts')};
          export const EmbeddedActionsParser = parserWith(${JSON.stringify(await lookaheadTables(root))});`,
      }));
    },
  };
}
