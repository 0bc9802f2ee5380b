/**
 * Reads the declarations of AML: scopes, devices, names with their buffers, methods with their argument counts; and the binary MOFs.
 *
 * The encoding is that of the ACPI specification 6.5, section 20.2. Bodies of methods are skipped, but for those of `_WDG`. Every byte
 * is read at most once in each of two passes: a call has no mark of its own, so the first pass gathers how many arguments each method
 * takes. It must not know dumps, and not what a `_WDG` holds.
 */
import { type AmlTable } from './acpidump.js';
import { type NamedRange, TableReading } from './aml/reading.js';
import { readTerms } from './aml/terms.js';
import { binaryMofOf, findBinaryMofs } from './binary-mofs.js';
import {
  type AcpiBinaryMof,
  type AcpiDeclaration,
  type AcpiFacts,
  type AcpiFindings,
} from './facts.js';
import { createNamespace, pathOf } from './namespace.js';

/** The declarations and binary MOFs of all tables, which share one tree of names. */
export function readAml(tables: readonly AmlTable[], findings: AcpiFindings): AcpiFacts {
  const namespace = createNamespace();
  const code = tables.map((each) => ({ ...each, isRead: AML_SIGNATURES.test(each.signature) }));
  code.forEach(({ bytes, isRead }, table) => {
    if (isRead) readTerms(new TableReading(bytes, table, namespace, undefined));
  });
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

/** Tables that hold AML (ACPI 6.5, section 5.2.11). */
const AML_SIGNATURES = /^(DSDT|SSDT|PSDT|OSDT)$/;

/** What encloses a place; places must be asked for in ascending order. */
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
