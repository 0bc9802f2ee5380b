/** Checks whether a name can be written in MOF text. */
import { nameKey } from '../../text/name-key.js';
import { NAME } from '../../../grammar/tokens.js';
import { dataTypeOf } from '../../../grammar/vocabulary.js';

const WHOLE_NAME = new RegExp(`^(?:${NAME})$`);

/** Whether the text is a name; anything else could end its place and begin something new. */
export function isName(text: string): boolean {
  return WHOLE_NAME.test(text);
}

/** Words that do not name a class in the place of a type. */
const TYPE_WORDS: ReadonlySet<string> = new Set(['class', 'instance', 'qualifier', 'ref']);

/** Whether a name, written alone as a type, is read as the class of that name. */
export function isPlainClassName(name: string): boolean {
  return dataTypeOf(name) === undefined && !TYPE_WORDS.has(nameKey(name));
}
