// The header's templates match its view: no template reads a name that the view lacks, and every name of the view is printed.
import { expect, test } from 'vitest';
import { emitContext } from '../../../src/emit.js';
import { analyze } from '../../../src/generate.js';
import { nameHeader } from '../../../src/targets/c/naming.js';
import {
  type HeaderAdditions,
  type HeaderView,
  headerView,
} from '../../../src/targets/header/header-view.js';
import { type EmitOptions } from '../../../src/targets/options.js';
import { loadTemplates } from '../../../src/render/templates.js';
import { sealed } from '../sealed-view.js';
import { nameRows } from './names.js';
import { rules } from './rules.js';

const template = loadTemplates().get('header/header.h');

function viewOf(mof: string, options: EmitOptions, additions: HeaderAdditions): HeaderView {
  const { value } = analyze(new TextEncoder().encode(mof), 'test.mof', () => undefined);
  const context = emitContext('test.mof', options);
  return headerView(context, nameHeader(value, context), additions);
}

const MORE = { includes: '#include <more.h>\n', declarations: 'extern int more;\n' };
const switches: EmitOptions = { methodStructs: true, partialStructs: true, enums: true };
const views = [...rules, ...nameRows].flatMap(({ mof, options }) => [
  viewOf(mof, options ?? {}, {}),
  viewOf(mof, { ...switches, ...options }, MORE),
]);

test('templates read exactly the names of the view', () => {
  const asked = new Set<string>();
  const there = new Set<string>();
  const watcher = {
    asked: (path: string) => void asked.add(path),
    there: (path: string) => void there.add(path),
  };
  for (const view of [...views, viewOf('', {}, {})]) {
    expect(template?.(sealed(view, 'view', watcher))).toBe(template?.(view));
  }
  expect([...there].filter((path) => !asked.has(path))).toEqual([]);
});

test('what another target adds comes before and after everything', () => {
  const text = template?.(viewOf(rules[0]?.mof ?? '', {}, MORE)) ?? '';
  expect(text).toContain('\n#endif\n#endif\n\n#include <more.h>\n\n// Fan - Fan\n');
  expect(text.endsWith('\n#endif\n\nextern int more;\n\n#endif\n')).toBe(true);
});
