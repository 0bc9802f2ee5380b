/**
 * The rooms of the source, and what each may import. Eslint reports every other import (scripts/imports-rule.mjs).
 *
 * A room is a folder or one file; the longest path that matches a file is its room, and `folder/*` makes a room of each folder
 * in it that has no line of its own. Entries are rooms, `folder/*` for all rooms
 * in a folder, npm packages, or `node:` for Node's own modules. A room may always import itself.
 */
const GROUND = ['src/text'];
const TEXTS = [...GROUND, 'src/diagnostics', 'grammar'];
const MODEL = [...TEXTS, 'src/model'];
const TARGET = [...GROUND, 'src/diagnostics', 'src/model', 'src/targets', 'src/render'];
const C_TARGET = [...TARGET, 'src/targets/c'];
const DRIVER_TARGET = [...C_TARGET, 'src/targets/provider'];

export const ALLOWED_IMPORTS = {
  // The ground floor: texts, places, names. Everything else may use it.
  'src/text': [],
  grammar: [...GROUND, 'chevrotain'],
  'src/diagnostics': [...GROUND, 'grammar'],

  // From bytes to a syntax tree.
  'src/preprocess': [...GROUND, 'src/diagnostics'],
  'src/binary-mof': TEXTS,
  'src/compile': [...TEXTS, 'src/preprocess', 'src/binary-mof'],

  // From syntax trees to the model, and what is computed from models.
  'src/model': [...TEXTS, 'src/compile'],
  'src/acpi': [...GROUND, 'src/binary-mof'],
  'src/show': [...MODEL, 'src/compile', 'src/acpi'],
  'src/breaking': [...MODEL, 'src/show'],
  'src/library': [...TEXTS, 'src/preprocess', 'src/compile', 'src/binary-mof'],

  // From the model to files. Only the list of targets knows each of them.
  'src/render': ['handlebars', 'node:'],
  'src/targets/index.ts': ['src/targets', 'src/targets/*'],
  'src/targets/loading.ts': ['src/targets', 'src/targets/*'],
  'src/targets': ['src/diagnostics', 'src/model', ...GROUND],
  'src/targets/*': TARGET,
  'src/targets/powershell': [...TARGET, 'src/show'],
  'src/targets/header': C_TARGET,
  'src/targets/provider': [...C_TARGET, 'src/targets/header'],
  'src/targets/kmdf': DRIVER_TARGET,
  'src/targets/device': DRIVER_TARGET,
  'src/targets/wdm': [...DRIVER_TARGET, 'src/targets/device'],
  'src/targets/irp': [...DRIVER_TARGET, 'src/targets/device'],
  'src/targets/blocks': DRIVER_TARGET,
  'src/targets/scsiwmi': [...DRIVER_TARGET, 'src/targets/blocks'],
  'src/targets/ndis': [...DRIVER_TARGET, 'src/targets/blocks'],

  // The pipeline as a whole, and the public API: no module of Node's, so that it runs in a browser.
  'src/analyze.ts': [...MODEL, 'src/compile', 'src/preprocess'],
  'src/emit.ts': ['src/diagnostics', 'src/model', 'src/targets'],
  'src/generate.ts': ['src/*', 'src/targets/index.ts'],
  'src/index.ts': ['grammar', 'src/*', 'src/targets/index.ts'],

  // What needs Node: files and the terminal.
  'src/config': [
    ...TEXTS,
    'src/preprocess',
    'src/targets',
    'src/targets/loading.ts',
    'jsonc-parser',
  ],
  'src/node': ['src/compile', 'node:'],
  // mofgen/target: what targets from outside are made with.
  'src/node/target.ts': ['src/model', 'src/targets', 'src/render', 'node:'],
  'src/cli': [
    'grammar',
    'src/*',
    'src/targets/index.ts',
    'src/targets/loading.ts',
    'src/node/target.ts',
    'node:',
    'commander',
    'chokidar',
    'package.json',
  ],

  // The run-time core, which generated code imports; each driver model is a room over the kernel's.
  'src/runtime': ['src/runtime/*'],
  'src/runtime/kernel': ['src/runtime'],
  'src/runtime/kmdf': ['src/runtime'],
  'src/runtime/wmilib': ['src/runtime'],
  'src/runtime/self-handled': ['src/runtime'],
  'src/runtime/testing': ['src/runtime', 'src/runtime/kernel', 'src/runtime/kmdf'],
};
