/**
 * Warns about classes that are embedded before they are declared: mofgen accepts them, but the tools of Windows read a file once.
 *
 * wmimofck prints structures in the order of the file (docs/spec/layout-and-header.md#order-of-classes), so the C header of such
 * a file does not compile.
 */
import { type TypeReference } from '../../grammar/ast.js';
import { methodsOf } from './effective-qualifiers.js';
import { at, type Findings } from './findings.js';
import { type Hierarchy } from './hierarchy.js';
import { embeddedSymbol, type LaidOutClass } from './laid-out-classes.js';
import { type ClassSymbol, type ClassTable } from './symbols.js';
import { roleOf } from './wmi-classes.js';
import { type SourceFile } from '../text/source-file.js';

/** Warns about each class that is used before it is declared, at its first use. */
export function warnAboutLateClasses(
  laidOut: Iterable<LaidOutClass>,
  classes: ClassTable,
  hierarchy: Hierarchy,
  report: Findings,
): void {
  const places = new Map([...classes.values()].map((symbol, index) => [symbol, index]));
  const warned = new Set<ClassSymbol>();
  for (const { symbol, data } of laidOut) {
    const check = (source: SourceFile, type: TypeReference) => {
      const used = embeddedSymbol(type, classes);
      if (used === undefined || warned.has(used)) return;
      if ((places.get(used) ?? 0) <= (places.get(symbol) ?? 0)) return;
      warned.add(used);
      report.add(
        'MOF2011',
        at(source, type),
        `'${symbol.class.name}' uses the class '${used.class.name}', which is declared after it`,
        {
          help: `declare '${used.class.name}' before '${symbol.class.name}'`,
          related: [{ location: used.class.location, message: 'declared here' }],
        },
      );
    };
    for (const { property } of data.items) check(property.location.source, property.node.type);
    if (roleOf(symbol, hierarchy) !== 'dataBlock') continue;
    for (const { symbol: method } of methodsOf(symbol, hierarchy)) {
      for (const { type } of method.node.parameters) check(method.location.source, type);
    }
  }
}
