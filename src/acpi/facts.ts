/** Types of the results that the readers of AML and of ASL text share. */
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

/** Something that could not be read, or is invalid. */
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
  /** A missing line of a dump, or a line that is not part of one. */
  | 'dump'
  /** A table whose length or checksum is wrong, or bytes after the last table. */
  | 'table'
  /** AML or ASL that could not be read. */
  | 'unfollowed'
  /** A `_WDG` that is not a list of entries, or an invalid entry. */
  | 'wdg'
  /** A binary MOF that is truncated, or of an unknown version. */
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
  /** Of a method, or of an external method. */
  readonly argumentCount?: number;
  /** Of a name whose value is a buffer. */
  readonly buffer?: AcpiBuffer;
  /** The values that a method named `_WDG` returns; undefined for one that is neither a buffer nor a name. */
  readonly returns?: readonly (AcpiBuffer | NameString | undefined)[];
}

/** A binary MOF in a table. */
export interface AcpiBinaryMof {
  /** Index of its table in the result. */
  readonly table: number;
  /** The path of the name or method that contains it. */
  readonly path: string;
  /** The place of its first byte; in a text, the line of the buffer. */
  readonly place: AcpiPlace;
  /** A view of the input. Shorter than its declared length when truncated, which is a finding. */
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

/** Collects findings, up to a limit for each kind. */
export interface AcpiFindings {
  readonly add: (finding: AcpiFinding) => void;
  /** Whether the limit of the kind is reached. */
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
