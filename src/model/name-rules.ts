/**
 * Checks that WMI accepts the names of classes, items, methods and parameters.
 *
 * Rules: "WMI class names and base classes" of the driver documentation, and Microsoft's KB 2543399: a class with a name of
 * other characters is refused with 0x8004400c (docs/spec/layout-and-header.md#names-and-conventions, rule 3).
 */
import { type Location } from '../diagnostics/diagnostic.js';
import { at, type Findings } from './findings.js';
import { type ClassSymbol } from './symbols.js';

const OTHER_CHARACTER = /[^A-Za-z0-9_]/u;

/** Reports names of WMI classes and their members that WMI does not accept. */
export function checkNames(symbols: Iterable<ClassSymbol>, report: Findings): void {
  for (const { class: owner, properties, methods } of symbols) {
    if (!reportCharacters(owner.name, owner.location, report)) reportEnds(owner, report);
    for (const { name, location } of properties) reportCharacters(name, location, report);
    for (const { name, location, node } of methods) {
      reportCharacters(name, location, report);
      for (const parameter of node.parameters) {
        reportCharacters(parameter.name.name, at(location.source, parameter.name), report);
      }
    }
  }
}

function reportCharacters(name: string, location: Location, report: Findings): boolean {
  const [character] = OTHER_CHARACTER.exec(name) ?? [];
  if (character === undefined) return false;
  report.add('MOF2010', location, `the name '${name}' contains '${character}', which WMI refuses`, {
    help: 'use letters from A to Z, digits and underscores only',
  });
  return true;
}

function reportEnds(
  { name, location }: { readonly name: string; readonly location: Location },
  report: Findings,
): void {
  const place = name.startsWith('_') ? 'begins' : name.endsWith('_') ? 'ends' : undefined;
  if (place === undefined) return;
  report.add('MOF2009', location, `the name of the class '${name}' ${place} with an underscore`, {
    help: 'begin it with a letter, and end it with a letter or a digit',
  });
}
