/** Checks single declarations: duplicate names, qualifiers, and names of undeclared classes. */
import { nameKey } from '../text/name-key.js';
import { type Identifier, type TypeReference } from '../../grammar/ast.js';
import { type Location } from '../diagnostics/diagnostic.js';
import { type Losses } from '../compile/losses.js';
import { type SourceFile } from '../text/source-file.js';
import { builtInClass, isPlainClass } from './builtin-classes.js';
import { likelyName } from '../text/likely-names.js';
import { at, type Findings } from './findings.js';
import { respelled } from './fixes.js';
import { type Hierarchy } from './hierarchy.js';
import { looksLikeMethod } from './item-ids.js';
import { type LaidOutClass } from './laid-out-classes.js';
import { type QualifierSet } from './model.js';
import { placeholdersOf } from './qualifier-set.js';
import { checkQualifiers, reportPlaceholders } from './qualifiers.js';
import { type ClassSymbol, type ClassTable, type MethodSymbol } from './symbols.js';
import { roleOf } from './wmi-classes.js';

/** Checks qualifiers where WMI uses them; classes of other kinds may use them freely. */
export function checkDeclarations(
  classes: ClassTable,
  laidOut: ReadonlyMap<ClassSymbol, LaidOutClass>,
  hierarchy: Hierarchy,
  losses: Losses,
  report: Findings,
): void {
  const unknown = new Set<string>();
  const inherited = ancestors(laidOut.keys(), hierarchy);
  for (const symbol of classes.values()) {
    reportRepeatedNames('property', symbol.properties, report);
    reportRepeatedNames('method', symbol.methods, report);
    const entry = laidOut.get(symbol);
    if (entry !== undefined) {
      checkQualifiers(symbol.class.qualifiers, 'class', symbol.class.name, report);
      checkFeatureQualifiers(symbol, report);
    } else if (inherited.has(symbol)) checkFeatureQualifiers(symbol, report);
    else {
      if (symbol.class.qualifiers.has('WMI')) {
        checkQualifiers(symbol.class.qualifiers, 'class', symbol.class.name, report);
      } else warnAboutStandIns(symbol.class.qualifiers, report);
      for (const { qualifiers } of symbol.properties) warnAboutStandIns(qualifiers, report);
      for (const { qualifiers } of symbol.methods) warnAboutStandIns(qualifiers, report);
    }
    const rest = withoutLayout(symbol, entry, hierarchy);
    warnAboutParameters(symbol.source, rest.methods, report);
    warnAboutUnknownClasses(symbol.source, rest, classes, losses, unknown, report);
  }
}

/** Checks the parts of a class that the layout does not use. */
type Rest = Pick<ClassSymbol, 'properties' | 'methods'>;

function withoutLayout(
  symbol: ClassSymbol,
  entry: LaidOutClass | undefined,
  hierarchy: Hierarchy,
): Rest {
  if (entry === undefined) return symbol;
  const role = roleOf(symbol, hierarchy);
  const items = new Set(entry.data.items.map(({ property }) => property));
  return {
    properties:
      role === 'structure' ? symbol.properties.filter((property) => !items.has(property)) : [],
    methods: role === 'dataBlock' ? [] : symbol.methods,
  };
}

function warnAboutStandIns({ entries }: QualifierSet, report: Findings): void {
  for (const { name, placeholders } of entries)
    reportPlaceholders(name, placeholders, 'MOF2108', report);
}

function warnAboutParameters(
  source: SourceFile,
  methods: readonly MethodSymbol[],
  report: Findings,
): void {
  for (const { node } of methods) {
    for (const { qualifiers } of node.parameters) {
      for (const { name, value } of qualifiers) {
        reportPlaceholders(name.name, placeholdersOf(source, value), 'MOF2108', report);
      }
    }
  }
}

/** The base classes from which laid-out classes inherit items and methods. */
function ancestors(laidOut: Iterable<ClassSymbol>, hierarchy: Hierarchy): ReadonlySet<ClassSymbol> {
  const found = new Set<ClassSymbol>();
  for (const symbol of laidOut) {
    let above = hierarchy.get(symbol)?.superclass;
    while (above !== undefined && !found.has(above)) {
      found.add(above);
      above = hierarchy.get(above)?.superclass;
    }
  }
  return found;
}

function checkFeatureQualifiers(
  { class: owner, properties, methods }: ClassSymbol,
  report: Findings,
): void {
  for (const property of properties) {
    const place = looksLikeMethod(property) ? 'method' : 'property';
    checkQualifiers(property.qualifiers, place, owner.name, report);
  }
  for (const { qualifiers } of methods) checkQualifiers(qualifiers, 'method', owner.name, report);
}

function reportRepeatedNames(
  what: 'property' | 'method',
  features: readonly { readonly name: string; readonly location: Location }[],
  report: Findings,
): void {
  const first = new Map<string, Location>();
  for (const { name, location } of features) {
    const earlier = first.get(nameKey(name));
    if (earlier === undefined) {
      first.set(nameKey(name), location);
      continue;
    }
    report.add('MOF2003', location, `the ${what} '${name}' is declared twice`, {
      help: 'rename one of them; names do not differ by case',
      related: [{ location: earlier, message: 'first declared here' }],
    });
  }
}

/** Gives one warning for each name, where it is first used. */
function warnAboutUnknownClasses(
  source: SourceFile,
  { properties, methods }: Rest,
  classes: ClassTable,
  losses: Losses,
  warned: Set<string>,
  report: Findings,
): void {
  const check = (type: TypeReference) => {
    const name = namedClass(type);
    if (name === undefined) return;
    const wanted = nameKey(name);
    if (wanted === 'object' || classes.has(wanted) || warned.has(wanted)) return;
    if (builtInClass(wanted) !== undefined || isPlainClass(wanted)) return;
    if (losses.mayDeclare(wanted)) return;
    warned.add(wanted);
    const location = at(source, name);
    const likely = report.skipsSuggestions('MOF2007')
      ? undefined
      : likelyName(name.name, classes.values(), (each) => each.class.name);
    report.add('MOF2007', location, `class '${name.name}' is not declared`, {
      fixes: respelled(location, likely),
    });
  };
  for (const { node } of properties) check(node.type);
  for (const { node } of methods) {
    check(node.returnType);
    for (const parameter of node.parameters) check(parameter.type);
  }
}

function namedClass(type: TypeReference): Identifier | undefined {
  return type.kind === 'DataType' ? type.objectClass : type.name;
}
