/**
 * Hashes a text for the record of outputs. Loaded on demand: Node takes longer to load its cryptography than mofgen takes for a
 * small file.
 */
import { createHash } from 'node:crypto';
import { withLineFeeds } from './output-files.js';

/** SHA-256 of the text in UTF-8, in hexadecimal digits; version control systems may change line ends, so they are taken as LF. */
export function hashOf(text: string): string {
  return createHash('sha256').update(withLineFeeds(text)).digest('hex');
}
