/**
 * Decompiles the objects of a binary MOF to readable MOF text, which compiles to the same objects.
 *
 * Parts that a compiler adds become syntax again. Names and texts of a binary MOF are untrusted: none can end its place in the
 * text.
 */
import { type BinaryMof } from './document.js';
import { objectLines } from './mof-text/objects.js';
import { Place } from './mof-text/places.js';
import { directives, INITIAL_SETTING, type Setting } from './mof-text/pragmas.js';
import { shownClassOf, systemPropertiesOf } from './mof-text/system-properties.js';

export interface MofText {
  readonly value: string;
  /** What MOF text cannot express, with its place in the binary MOF. Without faults, the text compiles to the same objects. */
  readonly faults: readonly string[];
}

const HEADER = '// Decompiled from a binary MOF by mofgen.';

export function toMofText({ objects }: BinaryMof): MofText {
  const whole = Place.whole();
  const paragraphs: string[] = [HEADER];
  let setting: Setting = INITIAL_SETTING;
  for (const object of objects) {
    const place = whole.within(
      object.kind === 'class' ? 'class' : 'instance of',
      shownClassOf(object),
    );
    const system = systemPropertiesOf(object, place);
    if (system === undefined) continue;
    const changes = directives(setting, system);
    if (changes.length > 0) paragraphs.push(changes.join('\n'));
    setting = system;
    const lines = objectLines(object, system, place);
    if (lines.length > 0) paragraphs.push(lines.join('\n'));
  }
  return { value: `${paragraphs.join('\n\n')}\n`, faults: whole.found };
}
