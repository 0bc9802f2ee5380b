/** Lists a folder, for advice and clean-up. */
import { readdirSync } from 'node:fs';
import { systemCode } from './failures.js';

/** The names in a folder; none when it cannot be read. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return [];
  }
}
