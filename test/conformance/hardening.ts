/**
 * Explains the differences between the kmdf model, with hardening and without quirks, and the recorded real framework: every
 * hardening check and every quirk is a named rule, and a difference without a rule is an error.
 */
import { isDeepStrictEqual } from 'node:util';
import { allKmdfQuirks, noKmdfQuirks, type KmdfQuirks } from '../../src/runtime/kmdf/quirks.js';
import { type Header, type RecordedIrp, type VectorRecord } from '../runtime/kmdf-recording.js';
import { replay, type ReplaySetting } from '../runtime/kmdf-replay.js';
import { type Recording } from './recording.js';

/** A check that hardening adds: the requests that it refuses, and how. They are refused untouched. */
interface HardeningCheck {
  readonly name: string;
  readonly what: string;
  /** The status of the refusal, or `undefined` when the check lets the request pass. */
  readonly refuses: (irp: RecordedIrp) => string | undefined;
}

const BUFFER_TOO_SMALL = '0xc0000023';
const INVALID_PARAMETER = '0xc000000d';
const WMI_SET_FAILURE = '0xc00002c7';

/** Where the requests that name one instance have their data, and how they are refused; offsets in bytes. */
const ofOneInstance = new Map([
  [
    1,
    {
      fixedPart: 64,
      offsetAt: 56,
      sizeAt: undefined,
      cut: BUFFER_TOO_SMALL,
      outside: INVALID_PARAMETER,
    },
  ],
  [2, { fixedPart: 64, offsetAt: 56, sizeAt: 60, cut: WMI_SET_FAILURE, outside: WMI_SET_FAILURE }],
  [3, { fixedPart: 68, offsetAt: 60, sizeAt: 64, cut: WMI_SET_FAILURE, outside: WMI_SET_FAILURE }],
  [
    9,
    { fixedPart: 68, offsetAt: 60, sizeAt: 64, cut: INVALID_PARAMETER, outside: INVALID_PARAMETER },
  ],
]);

/** In the order of the checks. */
const checks: readonly HardeningCheck[] = [
  {
    name: 'instanceFieldsCut',
    what: 'a request for one instance whose buffer ends before InstanceIndex is refused',
    refuses: ({ minor, bufferSize }) =>
      bufferSize < 56 ? ofOneInstance.get(minor)?.cut : undefined,
  },
  {
    name: 'fixedPartCut',
    what: 'a request for one instance whose buffer ends inside its fixed part is refused',
    refuses({ minor, bufferSize }) {
      const shape = ofOneInstance.get(minor);
      return shape !== undefined && bufferSize < shape.fixedPart ? shape.cut : undefined;
    },
  },
  {
    name: 'dataBlockOutside',
    what: 'data that starts in the fixed part, off a multiple of 8, or leaves the buffer is refused',
    refuses({ minor, bufferSize, buffer }) {
      const shape = ofOneInstance.get(minor);
      if (shape === undefined) return undefined;
      const bytes = Buffer.from(buffer, 'hex');
      const offset = bytes.readUInt32LE(shape.offsetAt);
      const size = shape.sizeAt === undefined ? 0 : bytes.readUInt32LE(shape.sizeAt);
      const inside = offset >= shape.fixedPart && offset + size <= bufferSize;
      return inside ? undefined : shape.outside;
    },
  },
  {
    name: 'sizeDoesNotFit',
    what: 'a registration request without room for the size that it needs gets none written',
    refuses: ({ minor, bufferSize }) =>
      (minor === 8 || minor === 0xb) && bufferSize < 4 ? BUFFER_TOO_SMALL : undefined,
  },
];

const quirks: Readonly<Record<keyof KmdfQuirks, string>> = {
  duplicateProviderAccepted: 'a second provider with the same GUID is not made',
  failedProviderLowersGuidCount: 'a provider that was not made leaves GuidCount alone',
  queryAllUnderReports: 'IRP_MN_QUERY_ALL_DATA reports all bytes that it wrote',
  queryAllStalePointer: 'IRP_MN_QUERY_ALL_DATA gives each callback the pointer of its own room',
  contextSizeSummed: 'a context query returns the context and no byte beyond it',
  methodOutputUnchecked: 'a method that claims more output than it had room for has failed',
  sizeNeededWraps: 'a SizeNeeded past 32 bits is STATUS_INTEGER_OVERFLOW',
};

const quirkNames = Object.keys(quirks) as (keyof KmdfQuirks)[];

/** Every rule with what it does. */
export const rules: ReadonlyMap<string, string> = new Map([
  ...checks.map(({ name, what }) => [`hardening: ${name}`, what] as const),
  ...quirkNames.map((name) => [`quirk off: ${name}`, quirks[name]] as const),
]);

/** Parts of the recording that the model does not cover. */
const notCompared = new Set(['debugAsserts', 'verifierBreaks']);

function comparable(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key: string, member: unknown) =>
    notCompared.has(key) ? undefined : member,
  );
}

interface Answer {
  readonly created?: unknown;
  readonly beforeResults?: unknown;
  readonly result: unknown;
}

function answerOf(record: VectorRecord, header: Header, setting: ReplaySetting): Answer {
  return comparable(replay(record, header, setting)) as Answer;
}

/** The rules that make the model's answer differ from the recorded one; empty if it is the same. */
export function rulesOf(record: VectorRecord, header: Header): readonly string[] {
  const { created, beforeResults, result } = record;
  const recorded = comparable({ created, beforeResults, result }) as Answer;
  const ours = answerOf(record, header, { hardening: true, quirks: noKmdfQuirks });
  if (isDeepStrictEqual(ours, recorded)) return [];
  const found = quirkNames
    .filter((name) => {
      const setting = { hardening: false, quirks: { ...allKmdfQuirks, [name]: false } };
      return !isDeepStrictEqual(answerOf(record, header, setting), recorded);
    })
    .map((name) => `quirk off: ${name}`);
  const hardened = answerOf(record, header, { hardening: true, quirks: allKmdfQuirks });
  if (!isDeepStrictEqual(hardened, recorded)) found.push(checkBehind(record, recorded, hardened));
  if (found.length === 0) throw new Error(`${record.id}: differs, and no single rule explains it`);
  return found;
}

/** The first check that refuses the request, if the answer is such a refusal and nothing else differs. */
function checkBehind({ id, irp }: VectorRecord, recorded: Answer, hardened: Answer): string {
  if (irp === undefined) throw new Error(`${id}: hardening changes a call`);
  for (const { name, refuses } of checks) {
    const status = refuses(irp);
    if (status === undefined) continue;
    const refusal = { outcome: 'completed', status, information: 0, buffer: irp.buffer };
    const untouched = { ...(recorded.result as object), ...refusal, callbacks: [] };
    const result = 'pdoReferences' in untouched ? { ...untouched, pdoReferences: 0 } : untouched;
    if (isDeepStrictEqual(hardened, { ...recorded, result })) return `hardening: ${name}`;
    throw new Error(`${id}: ${name} should refuse it, but ${JSON.stringify(hardened.result)}`);
  }
  throw new Error(`${id}: hardening changes the result, and no check explains it`);
}

/** The counts of the rules in a whole recording. */
export interface RuleCounts {
  readonly records: number;
  /** Records with another answer. */
  readonly different: number;
  /** By rule: the records whose answer it changes; a record can count for more than one. */
  readonly byRule: ReadonlyMap<string, number>;
  /** Differences without a rule. */
  readonly unexplained: readonly string[];
}

/** Replays every record and counts the rules that explain the differences. */
export function countRules({ header, records }: Recording): RuleCounts {
  const byRule = new Map([...rules.keys()].map((name) => [name, 0]));
  const unexplained: string[] = [];
  let different = 0;
  for (const record of records) {
    try {
      const found = rulesOf(record, header);
      if (found.length > 0) different += 1;
      for (const rule of found) byRule.set(rule, (byRule.get(rule) ?? 0) + 1);
    } catch (error) {
      unexplained.push(error instanceof Error ? error.message : String(error));
    }
  }
  return { records: records.length, different, byRule, unexplained };
}
