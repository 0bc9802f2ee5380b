/**
 * Finds what a user's `<base>.provider.ts` lacks after its MOF grew, and prints the bodies to paste.
 *
 * It reads the file as tokens, not as a program: it must find classes and object literals that name a provider
 * interface, and the members they have. It never changes the file.
 */
import { type Model } from '../../model/model.js';
import { render } from '../../render.js';
import { type EmitContext } from '../target.js';
import { nameFile } from './naming.js';
import { skeletonClass } from './skeleton-view.js';

export function missingStubs(model: Model, context: EmitContext, existing: string): string {
  const names = nameFile(model, context.base);
  const code = blankOut(existing);
  const parts: string[] = [];
  for (const block of model.blocks.filter(({ role }) => role === 'dataBlock')) {
    const skeleton = skeletonClass(block, names);
    const bodies = bodiesOf(code, skeleton.provider);
    if (bodies.length === 0) {
      parts.push(render('ts/_class', skeleton));
      continue;
    }
    const members = new Set(bodies.flatMap(memberNames));
    const lacking = skeleton.methods.filter(({ member }) => !members.has(member));
    const lacksQuery = !members.has(skeleton.query);
    const lacksSet = skeleton.isWritable && !members.has(skeleton.set);
    if (lacking.length === 0 && !lacksQuery && !lacksSet) continue;
    parts.push(render('ts/_missing', { ...skeleton, lacksQuery, lacksSet, lacking }));
  }
  return parts.join('\n');
}

/** The text with comments, strings and regular-looking noise replaced by blanks; its length stays. */
function blankOut(text: string): string {
  const pattern =
    /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\[\s\S])*'|"(?:[^"\\\n]|\\[\s\S])*"|`(?:[^`\\]|\\[\s\S])*`/g;
  return text.replace(pattern, (match) => match.replace(/[^\n]/g, ' '));
}

/** The brace bodies of everything that implements, satisfies or is typed as `provider`. */
function bodiesOf(code: string, provider: string): string[] {
  const name = provider.replace(/[$]/g, '\\$&');
  const mention = new RegExp(`(?<![\\p{ID_Continue}$])${name}(?![\\p{ID_Continue}$])`, 'gu');
  const bodies: string[] = [];
  for (const { index } of code.matchAll(mention)) {
    const before = code.slice(Math.max(0, index - 400), index);
    const after = code.slice(index + provider.length);
    if (/\bimplements\b[^{};]*$/.test(before) || /^\s*=\s*\{/.test(after)) {
      bodies.push(bodyFrom(code, code.indexOf('{', index)));
    } else if (/\}\s*(?:as\s+const\s+)?satisfies\s+(?:[\p{ID_Continue}$]+\.)?$/u.test(before)) {
      bodies.push(bodyUpTo(code, code.lastIndexOf('}', index)));
    }
  }
  return bodies;
}

function bodyFrom(code: string, open: number): string {
  if (open < 0) return '';
  let depth = 0;
  for (let at = open; at < code.length; at += 1) {
    if (code[at] === '{') depth += 1;
    else if (code[at] === '}') {
      depth -= 1;
      if (depth === 0) return code.slice(open + 1, at);
    }
  }
  return code.slice(open + 1);
}

function bodyUpTo(code: string, close: number): string {
  let depth = 0;
  for (let at = close; at >= 0; at -= 1) {
    if (code[at] === '}') depth += 1;
    else if (code[at] === '{') {
      depth -= 1;
      if (depth === 0) return code.slice(at + 1, close);
    }
  }
  return '';
}

/** The names that stand at the outermost level of a class or object body where a member begins. */
function memberNames(body: string): string[] {
  let depth = 0;
  let outer = '';
  for (const character of body) {
    if ('{(['.includes(character)) {
      if (depth === 0) outer += character;
      depth += 1;
    } else if ('})]'.includes(character)) {
      depth -= 1;
      if (depth === 0) outer += character;
    } else if (depth === 0) outer += character;
  }
  return Array.from(
    outer.matchAll(/([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*(?=[(<=:?!;,}]|$)/gu),
    (match) => match[1] ?? '',
  );
}
