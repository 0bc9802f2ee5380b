/** The place of a compared record, and what consumers may do with it. */
import { type Location } from '../diagnostics/diagnostic.js';
import { type WireItem, type WireRecord } from '../model/model.js';

export interface RecordPlace {
  /** `'Fan'`, `the method 'Reset'` */
  readonly owner: string;
  /** The block whose consumers are considered. */
  readonly block: string;
  readonly kind: 'data' | 'event' | 'structure' | 'parameters';
  readonly location: Location;
  readonly oldLocation: Location;
  /** Whether the record may become longer at its end without moving what follows. */
  readonly isOpen: boolean;
  /** Whether it ends the data, so that the data becomes longer with it. */
  readonly isEnd: boolean;
  /** Whether consumers send it whole, so that its length counts. */
  readonly isSent: boolean;
  /** Whether consumers may set the item. */
  readonly isWritable: (item: WireItem) => boolean;
  readonly within?: string;
  readonly embedded: EmbeddedRecords;
}

/** The embedded classes of a block that are compared after the record that embeds them: they may be nested at any depth. */
export interface EmbeddedRecords {
  /** The embedded classes found so far, each with the way in which it is embedded. */
  readonly met: Set<string>;
  readonly pending: {
    readonly now: WireRecord;
    readonly before: WireRecord;
    readonly place: RecordPlace;
  }[];
}

export function noEmbeddedRecords(): EmbeddedRecords {
  return { met: new Set(), pending: [] };
}

/** An inherited item is that of the class that declares it, so that it is reported once for all blocks below. */
export function named({ name, inheritedFrom }: WireItem, { owner, kind }: RecordPlace): string {
  if (kind === 'parameters') return `the parameter '${name}' of ${owner}`;
  return `'${name}' of ${inheritedFrom === undefined ? owner : `'${inheritedFrom}'`}`;
}
