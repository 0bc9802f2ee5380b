// Both copies of the runtime in one process: a machine that was imported, a provider that was required.
import * as imported from 'mofgen/runtime';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { lines } = require('./program.js');
if (require('mofgen/runtime').createMachine === imported.createMachine) {
  throw new Error('there is one copy only, so this shows nothing');
}
console.log(lines(imported).join('\n'));
