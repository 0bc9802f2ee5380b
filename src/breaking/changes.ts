/** Collects changes, each once, however often a comparison finds it. */
import { type DiagnosticCode, rowOf } from '../diagnostics/codes.js';
import {
  type Diagnostic,
  diagnostic,
  type Location,
  type Related,
} from '../diagnostics/diagnostic.js';

export type ChangeCode = Extract<DiagnosticCode, `MOF6${string}`>;

export interface Change {
  readonly code: ChangeCode;
  /** The place in the new text; undefined where nothing of it is left. */
  readonly location: Location | undefined;
  readonly message: string;
  /** The place in the old text. */
  readonly before: Related;
  readonly help: string;
  /** The embedded class that it is in, which several blocks may embed. */
  readonly within?: string | undefined;
}

export interface Changes {
  readonly add: (change: Change) => void;
  /** Notes that a block embeds the class, at any depth. */
  readonly embeds: (block: string, within: string) => void;
  readonly all: () => readonly Diagnostic[];
}

export function changes(): Changes {
  const kept = new Map<string, Change>();
  const embedding = new Map<string, Set<string>>();
  return {
    add(change) {
      const id = idOf(change);
      const other = kept.get(id);
      if (other === undefined || isWorse(change, other)) kept.set(id, change);
    },
    embeds(block, within) {
      embedding.set(within, (embedding.get(within) ?? new Set()).add(block));
    },
    all: () =>
      [...kept.values()].map(({ code, location, message, before, help, within }) => {
        const blocks = [...(embedding.get(within ?? '') ?? [])];
        const where = within === undefined ? '' : ` (embedded in ${listed(blocks)})`;
        return diagnostic(code, location, message + where, { help, related: [before] });
      }),
  };
}

/** Identifies a change of one place: an added item may be harmless for one block that embeds its class and move items of another. */
function idOf({ code, location, message, before }: Change): string {
  const isAddition = rowOf(code).additionRank !== undefined;
  const what = isAddition ? 'addition' : `${code} ${message}`;
  const places = [location, isAddition ? undefined : before.location].map(
    (each) => each && [each.source.name, each.span.start, each.span.end],
  );
  return JSON.stringify([what, places]);
}

/** Changes with one id have one code, or are about one added item. */
function isWorse({ code }: Change, { code: other }: Change): boolean {
  return (rowOf(code).additionRank ?? 0) > (rowOf(other).additionRank ?? 0);
}

/** The number of blocks that are named. */
const MAX_NAMES = 3;

/** `'Fan', 'Pump' and 2 more` */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMES).map((name) => `'${name}'`);
  const more = names.length - shown.length;
  const all = more > 0 ? [...shown, `${more} more`] : shown;
  const last = all.at(-1) ?? '';
  return all.length < 2 ? last : `${all.slice(0, -1).join(', ')} and ${last}`;
}
