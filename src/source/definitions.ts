/** The directives #define and #undef. It must not know how macros are replaced. */
import { diagnostic } from '../diagnostics/diagnostic.js';
import { type Directive, macroNameOf, placeIn, placeOfDirective, wordIn } from './directive.js';
import { bodyFault, isPredefined, isSameMacro, macroOf } from './macros.js';
import { type Reading } from './reading.js';

export function define(directive: Directive, { macros, isHeader, report }: Reading): void {
  const { line } = directive;
  const name = macroNameOf(directive);
  if (name === undefined || wordIn(line, name) === 'defined') {
    if (isHeader) return;
    const message = `'#define' takes the name of a macro`;
    const help = 'write #define NAME text';
    report(diagnostic('MOF1301', placeOfDirective(directive), message, { help }));
    return;
  }
  const macro = macroOf(line, name);
  const fault = 'message' in macro ? macro : isHeader ? undefined : bodyFault(macro);
  if (fault !== undefined && !isHeader) {
    const help = 'write #define NAME(a, b) text';
    report(diagnostic('MOF1301', placeIn(line, fault.span), fault.message, { help }));
  }
  if ('message' in macro) return;
  const before = macros.get(macro.name);
  const isChanged = before !== undefined && !isPredefined(before) && !isSameMacro(before, macro);
  if (isChanged && !isHeader) {
    const message = `the macro '${macro.name}' is defined again with another text`;
    const location = placeIn(before.line, before.nameSpan);
    report(
      diagnostic('MOF1302', placeIn(line, name), message, {
        help: `#undef ${macro.name} first, if that is meant`,
        related: [{ location, message: 'defined here before' }],
      }),
    );
  }
  macros.set(macro.name, macro);
}

export function undefine(directive: Directive, { macros, isHeader, report }: Reading): void {
  const name = macroNameOf(directive);
  if (name !== undefined) macros.delete(wordIn(directive.line, name));
  else if (!isHeader) {
    const message = `'#undef' takes the name of a macro`;
    const help = 'write #undef NAME';
    report(diagnostic('MOF1301', placeOfDirective(directive), message, { help }));
  }
}
