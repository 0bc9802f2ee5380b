/** Checks of declarations one by one: names given twice, qualifiers, and names of classes that nothing declares. */
import { type Identifier, type TypeReference } from '../../grammar/ast.js';
import { type Location } from '../diagnostics/diagnostic.js';
import { builtInClass } from './builtin-classes.js';
import { at, type Findings, key } from './findings.js';
import { checkQualifiers } from './qualifiers.js';
import { type ClassSymbol, type ClassTable } from './symbols.js';

/** Qualifiers are checked where WMI gives them a meaning; classes of other kinds may use them as they like. */
export function checkDeclarations(
  classes: ClassTable,
  laidOut: ReadonlyMap<ClassSymbol, unknown>,
  report: Findings,
): void {
  const unknown = new Set<string>();
  for (const symbol of classes.values()) {
    reportRepeatedNames('property', symbol.properties, report);
    reportRepeatedNames('method', symbol.methods, report);
    if (laidOut.has(symbol)) {
      checkQualifiersOf(symbol, report);
      continue;
    }
    if (symbol.class.qualifiers.has('WMI'))
      checkQualifiers(symbol.class.qualifiers, 'class', report);
    warnAboutUnknownClasses(symbol, classes, unknown, report);
  }
}

function checkQualifiersOf(symbol: ClassSymbol, report: Findings): void {
  checkQualifiers(symbol.class.qualifiers, 'class', report);
  for (const property of symbol.properties)
    checkQualifiers(property.qualifiers, 'property', report);
  for (const method of symbol.methods) checkQualifiers(method.qualifiers, 'method', report);
}

function reportRepeatedNames(
  what: 'property' | 'method',
  features: readonly { readonly name: string; readonly location: Location }[],
  report: Findings,
): void {
  const first = new Map<string, Location>();
  for (const { name, location } of features) {
    const earlier = first.get(key(name));
    if (earlier === undefined) {
      first.set(key(name), location);
      continue;
    }
    report.add('MOF2003', location, `the ${what} '${name}' is declared twice`, {
      help: 'rename one of them; names do not differ by case',
      related: [{ location: earlier, message: 'first declared here' }],
    });
  }
}

/** One warning for a name, where it is first used. */
function warnAboutUnknownClasses(
  symbol: ClassSymbol,
  classes: ClassTable,
  warned: Set<string>,
  report: Findings,
): void {
  const check = (type: TypeReference) => {
    const name = namedClass(type);
    if (name === undefined) return;
    const wanted = key(name);
    if (wanted === 'object' || classes.has(wanted) || warned.has(wanted)) return;
    if (builtInClass(wanted) !== undefined) return;
    warned.add(wanted);
    report.add('MOF2007', at(symbol.source, name), `class '${name.name}' is not declared`);
  };
  for (const { node } of symbol.properties) check(node.type);
  for (const { node } of symbol.methods) {
    check(node.returnType);
    for (const parameter of node.parameters) check(parameter.type);
  }
}

function namedClass(type: TypeReference): Identifier | undefined {
  return type.kind === 'DataType' ? type.objectClass : type.name;
}
