/**
 * Checks values that no layout depends on: defaults of other properties and parameters, of qualifier declarations, and the
 * values of instances against their class. All findings are warnings, because other tools accept some of these values.
 */
import { nameKey } from '../text/name-key.js';
import {
  type AliasIdentifier,
  type ArraySuffix,
  type InstanceDeclaration,
  type InstanceValue,
  type TypeReference,
  type Value,
} from '../../grammar/ast.js';
import { likelyName } from '../text/likely-names.js';
import { type CompilationUnit } from '../compile/compilation.js';
import { type Location } from '../diagnostics/diagnostic.js';
import { type SourceFile } from '../text/source-file.js';
import { at, type Findings } from './findings.js';
import { respelled } from './fixes.js';
import { ancestry, type Hierarchy } from './hierarchy.js';
import { type LaidOutClass } from './laid-out-classes.js';
import { methodsOf } from './effective-qualifiers.js';
import { NO_STATEMENTS } from '../compile/propagation.js';
import { type QualifierSet } from './model.js';
import { qualifierSet } from './qualifier-set.js';
import { integer, texts } from './qualifiers.js';
import { type ClassSymbol, type ClassTable, type PropertySymbol } from './symbols.js';
import { reportMisfit, valueMapFault } from './value-checks.js';
import { fitValue, rangeFault } from './values.js';
import { roleOf } from './wmi-classes.js';

/** Warns about values outside of WMI layouts that do not fit their types. */
export function checkPlainValues(
  unit: CompilationUnit,
  classes: ClassTable,
  laidOut: ReadonlyMap<ClassSymbol, LaidOutClass>,
  hierarchy: Hierarchy,
  report: Findings,
): void {
  const check: Checks = {
    classes,
    hierarchy,
    report,
    aliases: aliasesOf(unit, report),
    isWhole: !unit.losses.mayHideMacros,
  };
  const items = new Set(
    [...laidOut.values()].flatMap(({ data }) => data.items.map(({ property }) => property)),
  );
  const called = new Set(
    [...laidOut.keys()]
      .filter((symbol) => roleOf(symbol, hierarchy) === 'dataBlock')
      .flatMap((symbol) => methodsOf(symbol, hierarchy).map((each) => each.symbol)),
  );
  for (const { source, properties, methods } of classes.values()) {
    for (const property of properties) {
      if (!items.has(property)) checkDeclared(property.node, property.qualifiers, source, check);
    }
    for (const method of methods) {
      if (called.has(method)) continue;
      for (const node of method.node.parameters) {
        checkDeclared(node, qualifierSet(source, node.qualifiers, NO_STATEMENTS), source, check);
      }
    }
  }
  for (const { node, source } of unit.productions) {
    if (node.kind === 'InstanceDeclaration') checkInstance(node, source, check);
    if (node.kind === 'QualifierDeclaration') {
      checkValue(
        node.defaultValue,
        node,
        undefined,
        `the default of '${node.name.name}'`,
        source,
        check,
      );
    }
  }
}

interface Checks {
  readonly classes: ClassTable;
  readonly hierarchy: Hierarchy;
  readonly report: Findings;
  /** By key. */
  readonly aliases: ReadonlyMap<string, Alias>;
  /** No macro definition was lost, so a name in place of a value is an error of the writer. */
  readonly isWhole: boolean;
}

/** `as $Name` of an instance or a class. */
interface Alias {
  readonly name: string;
  readonly className: string;
  readonly location: Location;
}

interface Declared {
  readonly name: { readonly name: string };
  readonly type: TypeReference;
  readonly array: ArraySuffix | undefined;
  readonly defaultValue: Value | undefined;
}

function checkDeclared(
  node: Declared,
  qualifiers: QualifierSet,
  source: SourceFile,
  check: Checks,
): void {
  const { name } = node.name;
  checkValue(
    node.defaultValue,
    node,
    integer(qualifiers, 'MaxLen'),
    `the default of '${name}'`,
    source,
    check,
  );
  checkLimits(name, node.type, qualifiers, check.report);
}

/** Checks MinValue, MaxValue and ValueMap of an integer. */
function checkLimits(
  name: string,
  type: TypeReference,
  qualifiers: QualifierSet,
  report: Findings,
): void {
  if (type.kind !== 'DataType' || qualifiers.entries.length === 0) return;
  for (const limit of ['MinValue', 'MaxValue'] as const) {
    const entry = qualifiers.entry(limit);
    const value = integer(qualifiers, limit);
    const fault = value === undefined ? undefined : rangeFault(value, type.name);
    if (entry === undefined || fault === undefined) continue;
    report.add(
      'MOF2611',
      entry.location,
      `the ${entry.name} of '${name}' is ${value}, but ${fault}`,
      {
        help: HELP_ON_LIMIT,
      },
    );
  }
  const entry = qualifiers.entry('ValueMap');
  if (entry === undefined) return;
  for (const mapped of texts(qualifiers, 'ValueMap') ?? []) {
    const fault = valueMapFault(mapped, type.name, integer(qualifiers, 'MaxLen'));
    if (fault === undefined) continue;
    const message = `the entry "${mapped}" of the ${entry.name} of '${name}' is not a value of it: ${fault}`;
    report.add('MOF2613', entry.location, message, { help: HELP_ON_LIMIT });
    return;
  }
}

const HELP_ON_LIMIT = 'write values that the type holds';

function checkValue(
  node: Value | undefined,
  { type, array }: Pick<Declared, 'type' | 'array'>,
  maxLength: bigint | undefined,
  subject: string,
  source: SourceFile,
  check: Checks,
): void {
  if (node === undefined || isUnknownClass(type, check)) return;
  const { misfits } = fitValue(node, {
    type,
    isArray: array !== undefined,
    length: array?.length,
    maxLength: maxLength === 0n ? undefined : maxLength,
  });
  for (const each of misfits) {
    if (each.kind === 'name' && !check.isWhole) continue;
    reportMisfit('MOF2611', subject, each, { node, source }, check.report);
  }
  checkNested(node, type, subject, source, check);
}

/** Whether the type is an undeclared class, which is reported at the type. */
function isUnknownClass(type: TypeReference, { classes }: Checks): boolean {
  return type.kind === 'ClassType' && !classes.has(nameKey(type.name));
}

/** The instances and aliases in a value. */
function checkNested(
  node: Value,
  type: TypeReference,
  subject: string,
  source: SourceFile,
  check: Checks,
): void {
  if (node.kind === 'Array') {
    for (const element of node.elements) checkNested(element, type, subject, source, check);
  } else if (node.kind === 'Instance') {
    checkClass(node, node.className.name, type, subject, source, check);
    checkInstance(node, source, check);
  } else if (node.kind === 'Alias') {
    const className = check.aliases.get(nameKey(node.name))?.className;
    if (className !== undefined) checkClass(node, className, type, subject, source, check);
    else if (check.isWhole) warnAboutAlias(node, source, check);
  }
}

function warnAboutAlias(
  node: AliasIdentifier,
  source: SourceFile,
  { aliases, report }: Checks,
): void {
  const location = at(source, node);
  const likely = report.skipsSuggestions('MOF2615')
    ? undefined
    : likelyName(node.name, aliases.values(), ({ name }) => name);
  report.add('MOF2615', location, `no instance has the alias '$${node.name}'`, {
    help:
      likely === undefined
        ? 'declare it: instance of A as $Name { … };'
        : `write $${likely}, if that is meant`,
    fixes: respelled(location, likely && `$${likely}`),
  });
}

/** Warns about an instance of a class that is neither the expected class nor derived from it. */
function checkClass(
  node: Value,
  className: string,
  type: TypeReference,
  subject: string,
  source: SourceFile,
  { classes, hierarchy, report }: Checks,
): void {
  if (type.kind === 'DataType') return;
  const wanted = classes.get(nameKey(type.name));
  const given = classes.get(nameKey(className));
  if (wanted === undefined || given === undefined) return;
  if (hierarchy.get(given)?.mayHaveMore === true || ancestry(given, hierarchy).includes(wanted))
    return;
  report.add(
    'MOF2611',
    at(source, node),
    `${subject} is an instance of '${className}', which does not derive from '${wanted.class.name}'`,
    { help: `write an instance of '${wanted.class.name}'` },
  );
}

function checkInstance(
  node: InstanceDeclaration | InstanceValue,
  source: SourceFile,
  check: Checks,
): void {
  const symbol = check.classes.get(nameKey(node.className));
  const properties = symbol && propertiesOf(symbol, check.hierarchy);
  const mayHaveMore = symbol === undefined || check.hierarchy.get(symbol)?.mayHaveMore === true;
  for (const { name, value } of node.properties) {
    const property = properties?.get(nameKey(name));
    if (property !== undefined) {
      const subject = `the value of '${name.name}'`;
      checkValue(
        value,
        property.node,
        integer(property.qualifiers, 'MaxLen'),
        subject,
        source,
        check,
      );
      continue;
    }
    if (value !== undefined) checkNestedOnly(value, source, check);
    // System properties belong to WMI.
    if (mayHaveMore || name.name.startsWith('__')) continue;
    const likely = check.report.skipsSuggestions('MOF2614')
      ? undefined
      : likelyName(name.name, properties?.values() ?? [], (each) => each.name);
    check.report.add(
      'MOF2614',
      at(source, name),
      `'${node.className.name}' has no property '${name.name}'`,
      {
        help:
          likely === undefined
            ? 'remove it, or declare the property'
            : `write ${likely}, if that is meant`,
        fixes: respelled(at(source, name), likely),
      },
    );
  }
}

/** Checks the instances within a value of unknown type. */
function checkNestedOnly(value: Value, source: SourceFile, check: Checks): void {
  if (value.kind === 'Array')
    for (const each of value.elements) checkNestedOnly(each, source, check);
  if (value.kind === 'Instance') checkInstance(value, source, check);
}

function propertiesOf(
  symbol: ClassSymbol,
  hierarchy: Hierarchy,
): ReadonlyMap<string, PropertySymbol> {
  return new Map(
    ancestry(symbol, hierarchy).flatMap(({ properties }) =>
      properties.map((property) => [nameKey(property.name), property] as const),
    ),
  );
}

/** The aliases of the instances and classes. Reports duplicates within a file. */
function aliasesOf({ productions }: CompilationUnit, report: Findings): ReadonlyMap<string, Alias> {
  const found = new Map<string, Alias>();
  const add = (alias: AliasIdentifier | undefined, className: string, source: SourceFile): void => {
    if (alias === undefined) return;
    const { name } = alias;
    const location = at(source, alias);
    const earlier = found.get(nameKey(name));
    if (earlier === undefined) found.set(nameKey(name), { name, className, location });
    else if (earlier.location.source === source) {
      report.add('MOF2615', location, `the alias '$${name}' is already that of another instance`, {
        help: 'give one of them another alias',
        related: [{ location: earlier.location, message: 'first given here' }],
      });
    }
  };
  const visit = (value: Value | undefined, source: SourceFile): void => {
    if (value?.kind === 'Array') for (const each of value.elements) visit(each, source);
    if (value?.kind === 'Instance') addInstance(value, source);
  };
  const addInstance = (
    { alias, className, properties }: InstanceDeclaration | InstanceValue,
    source: SourceFile,
  ): void => {
    add(alias, className.name, source);
    for (const { value } of properties) visit(value, source);
  };
  for (const { node, source } of productions) {
    if (node.kind === 'InstanceDeclaration') addInstance(node, source);
    if (node.kind === 'ClassDeclaration') add(node.alias, node.name.name, source);
  }
  return found;
}
