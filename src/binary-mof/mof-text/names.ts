/** Decides which names MOF text can have where a name stands. It must not know what a name is used for. */
import { NAME } from '../../../grammar/tokens.js';
import { dataTypeOf } from '../../../grammar/vocabulary.js';

const WHOLE_NAME = new RegExp(`^(?:${NAME})$`);

/** Whether the text is a name; anything else could end its place and begin something new. */
export function isName(text: string): boolean {
  return WHOLE_NAME.test(text);
}

/** Words that mean something else than a class where a type stands. */
const TYPE_WORDS: ReadonlySet<string> = new Set(['class', 'instance', 'qualifier', 'ref']);

/** Whether a name, written alone as a type, is read as the class of that name. */
export function isPlainClassName(name: string): boolean {
  return dataTypeOf(name) === undefined && !TYPE_WORDS.has(name.toLowerCase());
}
