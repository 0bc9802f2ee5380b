// Puts grammar/engine/ in place of Chevrotain, for the build and for the tests.
//
// The grammar is written for Chevrotain, which analyses it and validates it whenever it is loaded. In the command line that
// took longer than everything else, and gives the same tables each time: so Chevrotain computes them here, and the engine
// runs them. test/grammar/engine.test.ts compares the engine with Chevrotain.
import { build } from 'esbuild';

const VALIDATED = { skipValidations: false };

/** The grammar on Chevrotain itself: `parse`, `tokensOf`, `commentsOf`, and what they are made of. */
export async function grammarOnChevrotain(root) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: {
      contents: `
        export { GAstVisitor, getLookaheadPaths } from 'chevrotain';
        export { parse } from './grammar/index.ts';
        export { createLexer } from './grammar/lexer.ts';
        export { MofParser } from './grammar/parser.ts';
        export { commentsOf, tokensOf } from './grammar/token-list.ts';
        export * as tokens from './grammar/tokens.ts';`,
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

/** A `Lookahead` of grammar/engine/parser.ts. */
async function lookahead(root) {
  const { GAstVisitor, getLookaheadPaths, MofParser, createLexer, tokens } =
    await grammarOnChevrotain(root);
  // Chevrotain throws for faults of the definitions.
  for (const types of [tokens.textTokens, tokens.unbalancedTokens]) createLexer(types, VALIDATED);
  const parser = new MofParser(VALIDATED);

  class Collector extends GAstVisitor {
    constructor(rule) {
      super();
      this.rule = rule;
      this.decisions = {};
    }
    add(method, prodType, { idx: occurrence }) {
      const name = `${method}${occurrence || ''}`;
      const { rule } = this;
      const alternatives = getLookaheadPaths({ occurrence, rule, prodType, maxLookahead: 1 });
      // Of methods other than OR, the second list is what follows.
      const wanted = method === 'OR' ? alternatives : alternatives.slice(0, 1);
      this.decisions[name] = wanted.map((paths) =>
        paths.map((path) => {
          if (path.length === 1) return path[0].name;
          throw new Error(`grammar/engine/ looks one token ahead; ${name} of ${rule.name} cannot`);
        }),
      );
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
      throw new Error(`grammar/engine/ has no MANY_SEP, which ${this.rule.name} uses`);
    }
  }

  const tables = {};
  for (const rule of Object.values(parser.getGAstProductions())) {
    const collector = new Collector(rule);
    rule.accept(collector);
    tables[rule.name] = collector.decisions;
  }
  return tables;
}

/** The options of a bundler that put the engine in place of Chevrotain. */
export async function engineOptions(root) {
  return {
    alias: { chevrotain: `${root}/grammar/engine/index.ts` },
    // A text within the text of a program: twice JSON.
    define: { LOOKAHEAD: JSON.stringify(JSON.stringify(await lookahead(root))) },
  };
}
