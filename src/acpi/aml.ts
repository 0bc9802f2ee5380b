/**
 * Reads the declarations of AML: scopes, devices, names with their buffers, methods with their argument counts, binary MOFs.
 *
 * The encoding is that of the ACPI specification 6.5, section 20.2. Bodies of methods are skipped, except that of `_WDG`. The
 * number of operands of a call depends on the method, so a first pass collects argument counts. Each pass reads a byte at most
 * once.
 */
import { AML, type AmlTable } from './acpidump.js';
import { type NamedRange, TableReading } from './aml/reading.js';
import { readTerms } from './aml/terms.js';
import { binaryMofOf, findBinaryMofs } from './binary-mofs.js';
import {
  type AcpiBinaryMof,
  type AcpiDeclaration,
  type AcpiFacts,
  type AcpiFindings,
} from './facts.js';
import { type Alias, createNamespace, pathOf, resolveAliases } from './namespace.js';

/** The declarations and binary MOFs of all tables, which share one tree of names. */
export function readAml(tables: readonly AmlTable[], findings: AcpiFindings): AcpiFacts {
  const namespace = createNamespace();
  const code = tables.map((each) => ({ ...each, isRead: AML.test(each.signature) }));
  const aliases: Alias[] = [];
  code.forEach(({ bytes, isRead }, table) => {
    if (isRead) readTerms(new TableReading(bytes, table, namespace, undefined, aliases));
  });
  resolveAliases(aliases);
  const declarations: AcpiDeclaration[] = [];
  const binaryMofs: AcpiBinaryMof[] = [];
  code.forEach(({ bytes, isRead }, table) => {
    const ranges: NamedRange[] = [];
    if (isRead) {
      readTerms(new TableReading(bytes, table, namespace, { declarations, ranges, findings }));
    }
    const limit = innermostOf(ranges);
    const owner = innermostOf(ranges);
    for (const found of findBinaryMofs(bytes, (at) => limit(at)?.end ?? bytes.length)) {
      const around = owner(found.start);
      const path = around === undefined ? '\\' : pathOf(around.node);
      const where = { table, path, place: { offset: found.start } };
      const mof = binaryMofOf(found, bytes, where, findings);
      if (mof !== undefined) binaryMofs.push(mof);
    }
  });
  const headers = tables.map(({ file, signature, oemId, oemTableId }) => ({
    ...(file === undefined ? {} : { file }),
    signature,
    oemId,
    oemTableId,
  }));
  return { tables: headers, declarations, binaryMofs, findings: findings.all() };
}

/** Returns the container of a place; calls must be in ascending order of places. */
function innermostOf(ranges: readonly NamedRange[]): (at: number) => NamedRange | undefined {
  const open: NamedRange[] = [];
  let next = 0;
  return (at) => {
    for (
      let range = ranges[next];
      range !== undefined && range.start <= at;
      range = ranges[++next]
    ) {
      while ((open.at(-1)?.end ?? Infinity) <= range.start) open.pop();
      open.push(range);
    }
    while ((open.at(-1)?.end ?? Infinity) <= at) open.pop();
    return open.at(-1);
  };
}
