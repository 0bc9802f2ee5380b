/**
 * Finds the members that a user's `<base>.provider.ts` lacks after its MOF grew, and prints the bodies to paste.
 *
 * It reads the file as tokens: it finds classes and object literals that name a provider interface, and their members.
 * It never changes the file.
 */
import { type DataBlock, type Model } from '../../model/model.js';
import { render } from '../../render/render.js';
import { type EmitContext } from '../target.js';
import { codeTokens, type CodeToken } from './code-tokens.js';
import { type FileNames, nameFile } from './naming.js';
import { importedTypes, importLine, skeletonClass } from './skeleton-view.js';

export function missingStubs(model: Model, context: EmitContext, existing: string): string {
  const names = nameFile(model, context.base);
  const tokens = codeTokens(existing);
  const blocks = model.blocks.filter(({ role }) => role === 'dataBlock');
  const parts: string[] = [];
  for (const block of blocks) {
    const skeleton = skeletonClass(block, names);
    const bodies = bodiesOf(tokens, skeleton.provider);
    if (bodies.length === 0) {
      parts.push(render('ts/_class', skeleton));
      continue;
    }
    const members = new Set(bodies.flatMap(memberNames));
    const lacking = skeleton.methods.filter(({ member }) => !members.has(member));
    const lacksQuery = !members.has(skeleton.query);
    const lacksSet = skeleton.isWritable && !members.has(names.block(block).set);
    if (lacking.length === 0 && !lacksQuery && !lacksSet) continue;
    parts.push(render('ts/_missing', { ...skeleton, lacksQuery, lacksSet, lacking }));
  }
  if (parts.length === 0) return '';
  return [...missingImports(parts, tokens, blocks, names, context), ...parts].join('\n');
}

/** The imports that the bodies need and the file lacks. */
function missingImports(
  parts: readonly string[],
  tokens: readonly CodeToken[],
  blocks: readonly DataBlock[],
  names: FileNames,
  context: EmitContext,
): string[] {
  const known = new Set(tokens.map(({ text }) => text));
  const used = new Set(parts.flatMap(codeTokens).map(({ text }) => text));
  const isMissing = (name: string): boolean => used.has(name) && !known.has(name);
  const types = blocks.flatMap((block) => importedTypes(block, names)).filter(isMissing);
  return [
    ...(isMissing('wmi') ? ['import * as wmi from "mofgen/runtime";\n'] : []),
    ...(types.length === 0
      ? []
      : [
          `${importLine(
            types.map((name) => `type ${name}`),
            context,
          )}\n`,
        ]),
  ];
}

/** The inside of a class or of an object literal. */
interface Body {
  readonly isClass: boolean;
  readonly tokens: readonly CodeToken[];
}

/** The bodies of everything that implements, satisfies or is typed as `provider`. */
function bodiesOf(tokens: readonly CodeToken[], provider: string): Body[] {
  const is = (index: number, text: string): boolean => tokens[index]?.text === text;
  const isName = (index: number): boolean => is(index, provider) && tokens[index]?.kind === 'word';
  const body = (isClass: boolean, open: number): Body => ({
    isClass,
    tokens: tokens.slice(open + 1, matching(tokens, open, 1)),
  });
  return tokens.flatMap((_token, index): Body[] => {
    if (is(index, 'implements')) {
      const { open, isNamed } = implementsList(tokens, index + 1, isName);
      return isNamed ? [body(true, open)] : [];
    }
    if (!isName(index)) return [];
    if (is(index + 1, '=') && is(index + 2, '{')) return [body(false, index + 2)];
    if (is(index + 1, '=>')) {
      const open = is(index + 2, '(') ? index + 3 : index + 2;
      return is(open, '{') ? [body(false, open)] : [];
    }
    const satisfies = is(index - 1, '.') ? index - 3 : index - 1;
    if (!is(satisfies, 'satisfies')) return [];
    const close = is(satisfies - 1, 'const') ? satisfies - 3 : satisfies - 1;
    return is(close, '}') ? [body(false, matching(tokens, close, -1))] : [];
  });
}

/** Finds the body after `implements`, and whether the list before it has the name. */
function implementsList(
  tokens: readonly CodeToken[],
  start: number,
  isName: (index: number) => boolean,
): { readonly open: number; readonly isNamed: boolean } {
  let depth = 0;
  let isNamed = false;
  for (let index = start; index < tokens.length; index += 1) {
    const text = tokens[index]?.text;
    if (text === '<') depth += 1;
    else if (text === '>') depth -= 1;
    else if (depth === 0 && text === '{') return { open: index, isNamed };
    else if (depth === 0 && isName(index)) isNamed = true;
  }
  return { open: tokens.length, isNamed: false };
}

const OPENING = new Set(['(', '[', '{']);
const CLOSING = new Set([')', ']', '}']);

function depthChange({ kind, text }: CodeToken): -1 | 0 | 1 {
  if (kind !== 'punctuation') return 0;
  return OPENING.has(text) ? 1 : CLOSING.has(text) ? -1 : 0;
}

/** The index of the bracket that matches the one at `start`; the end of the text without one. */
function matching(tokens: readonly CodeToken[], start: number, step: 1 | -1): number {
  let depth = 0;
  let index = start;
  for (; index >= 0 && index < tokens.length; index += step) {
    const token = tokens[index];
    if (token !== undefined) depth += depthChange(token);
    if (depth === 0) return index;
  }
  return index;
}

const MODIFIERS = new Set([
  ...['abstract', 'accessor', 'async', 'declare', 'get', 'override', 'private', 'protected'],
  ...['public', 'readonly', 'set', 'static'],
]);
/** After these, an expression or a type continues on the next line. */
const CONTINUED = new Set([
  '=',
  '=>',
  '+',
  '-',
  '*',
  '/',
  '%',
  '&',
  '|',
  '^',
  '<',
  '?',
  ':',
  '.',
  ',',
]);

/** The names of the members of a body. */
function memberNames({ isClass, tokens }: Body): string[] {
  const names: string[] = [];
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1];
    if (depth === 0 && beginsMember(token, before, isClass)) names.push(nameFrom(tokens, index));
    depth += depthChange(token);
  }
  return names;
}

function beginsMember(token: CodeToken, before: CodeToken | undefined, isClass: boolean): boolean {
  if (before === undefined) return true;
  if (!isClass) return before.text === ',';
  if (before.text === ';' || before.text === '}') return true;
  return token.startsLine && !(before.kind === 'punctuation' && CONTINUED.has(before.text));
}

/** The name of the member that begins at `start`, after its modifiers: plain, quoted or computed from a string. */
function nameFrom(tokens: readonly CodeToken[], start: number): string {
  let index = start;
  const startsName = (token: CodeToken | undefined): boolean =>
    token !== undefined &&
    (token.kind !== 'punctuation' || token.text === '[' || token.text === '*');
  while (MODIFIERS.has(tokens[index]?.text ?? '') && startsName(tokens[index + 1])) index += 1;
  while (tokens[index]?.text === '*' || tokens[index]?.text === '[') index += 1;
  return tokens[index]?.text ?? '';
}
