/**
 * What is found in ACPI tables, as types that the readers of AML and of ASL text share.
 *
 * It must not know how either is written, nor what a `_WDG` entry means.
 */
import { type AcpiNode, type NameString } from './namespace.js';

export interface AcpiTable {
  /** The name of its file, when the tables are those of several files. */
  readonly file?: string;
  /** `DSDT`, `SSDT`, …; empty when the text has no definition block. */
  readonly signature: string;
  readonly oemId: string;
  readonly oemTableId: string;
}

/** Where something is: a byte of its table, or a line (from 1) of the text. */
export type AcpiPlace = { readonly offset: number } | { readonly line: number };

/** What could not be read, or is not as it must be. */
export interface AcpiFinding {
  readonly kind: AcpiFindingKind;
  /** The name of the file, when the tables are those of several files; a table has it as well. */
  readonly file?: string;
  /** Index of its table in the result. */
  readonly table?: number;
  readonly path?: string;
  readonly place?: AcpiPlace;
  /** In lower case, without a full stop. */
  readonly message: string;
}

export type AcpiFindingKind =
  /** A line of a dump that is missing, or no dump's line. */
  | 'dump'
  /** A table whose length or checksum is wrong, or bytes after the last table. */
  | 'table'
  /** AML or ASL that could not be followed. */
  | 'unfollowed'
  /** A `_WDG` that is no list of entries, or an entry that is not as it must be. */
  | 'wdg'
  /** A binary MOF that is cut off, or of a version that nobody knows. */
  | 'binary-mof'
  /** More findings of a kind than are kept. */
  | 'more';

/** The contents of a buffer. */
export interface AcpiBuffer {
  /** Its initializer. */
  readonly bytes: Uint8Array;
  /** Its declared size, undefined when it is computed. The rest is zero when it is more than the initializer. */
  readonly size: number | undefined;
  readonly place: AcpiPlace;
}

/** An object that a table declares. */
export interface AcpiDeclaration {
  readonly node: AcpiNode;
  readonly kind: 'name' | 'method' | 'alias' | 'external' | 'container' | 'other';
  readonly table: number;
  readonly place: AcpiPlace;
  /** Of a method, and of an external one. */
  readonly argumentCount?: number;
  /** Of a name whose value is a buffer. */
  readonly buffer?: AcpiBuffer;
  /** What a method named `_WDG` returns; undefined for a value that is neither a buffer nor a name. */
  readonly returns?: readonly (AcpiBuffer | NameString | undefined)[];
}

/** A binary MOF in a table. */
export interface AcpiBinaryMof {
  /** Index of its table in the result. */
  readonly table: number;
  /** Of the name or method that it is in. */
  readonly path: string;
  /** Of its first byte; a text gives the line of the buffer. */
  readonly place: AcpiPlace;
  /** A view of the input. Shorter than its own length when it is cut off, which is a finding. */
  readonly bytes: Uint8Array;
}

export interface AcpiFacts {
  readonly tables: readonly AcpiTable[];
  readonly declarations: readonly AcpiDeclaration[];
  readonly binaryMofs: readonly AcpiBinaryMof[];
  readonly findings: readonly AcpiFinding[];
}

/** More findings of one kind are counted, not kept: a damaged table can have a million. */
export const MAX_FINDINGS = 100;

/** Collects findings, of each kind only so many. */
export interface AcpiFindings {
  readonly add: (finding: AcpiFinding) => void;
  /** Whether another one of the kind would only be counted. */
  readonly hasEnough: (kind: AcpiFindingKind) => boolean;
  readonly all: () => readonly AcpiFinding[];
}

export function acpiFindings(): AcpiFindings {
  const kept: AcpiFinding[] = [];
  const counts = new Map<AcpiFindingKind, number>();
  return {
    hasEnough: (kind) => (counts.get(kind) ?? 0) >= MAX_FINDINGS,
    add(finding) {
      const count = (counts.get(finding.kind) ?? 0) + 1;
      counts.set(finding.kind, count);
      if (count <= MAX_FINDINGS) kept.push(finding);
    },
    all() {
      const more = [...counts].filter(([, count]) => count > MAX_FINDINGS);
      return [
        ...kept,
        ...more.map(([kind, count]): AcpiFinding => {
          const message = `${count - MAX_FINDINGS} more findings of the kind ${kind}`;
          return { kind: 'more', message };
        }),
      ];
    },
  };
}
