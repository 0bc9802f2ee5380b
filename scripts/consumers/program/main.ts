/** The program that a consumer runs. */
import { lines } from './program.js';

console.log(lines().join('\n'));
