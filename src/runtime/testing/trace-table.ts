/**
 * Prints trace events as a table: one row for each step, inner steps indented, statuses by name, sizes in bytes.
 */
import { WdfWmiProviderControl } from '../kmdf/types.js';
import { type NtStatus, ntStatusName } from '../ntstatus.js';
import { type TraceEvent } from '../trace.js';

interface Row {
  readonly step: string;
  readonly details: readonly string[];
  status: string;
  bytes: string;
}

const heading: Row = {
  step: 'step',
  details: ['arguments'],
  status: 'NTSTATUS',
  bytes: 'bytes',
};

/** A step that has begun; its end has the same name. */
interface OpenStep {
  readonly name: string;
  readonly row: Row;
}

/** The status of a step that never ended, because a callback threw. */
const UNFINISHED = '(did not return)';

/**
 * The events as an aligned table. `bytes` is the size of the result: OutBufferSize of a routine, Information of a
 * request, BufferUsed of a callback.
 */
export function formatTrace(events: readonly TraceEvent[]): string {
  const rows: Row[] = [heading];
  const open: OpenStep[] = [];
  const add = (step: string, details: readonly (string | undefined)[]): Row => {
    const shown = details.filter((detail) => detail !== undefined && detail !== '') as string[];
    const row = { step: '  '.repeat(open.length) + step, details: shown, status: '', bytes: '' };
    rows.push(row);
    return row;
  };
  /** The exception being thrown: each step that it leaves reports it; one row is enough. */
  let thrown: string | undefined;
  const begin = (name: string, details: readonly (string | undefined)[]): void => {
    thrown = undefined;
    const row = add(name, details);
    row.status = UNFINISHED;
    open.push({ name, row });
  };
  const end = (name: string, status: string, bytes: string): void => {
    thrown = undefined;
    const at = open.findLastIndex((step) => step.name === name);
    const row = open[at]?.row;
    if (row === undefined) return;
    // Steps inside it that have not ended never will.
    open.length = at;
    row.status = status;
    row.bytes = bytes;
  };
  const leave = (name: string, message: string): void => {
    if (message !== thrown) add('! exception', [message]);
    thrown = message;
    const at = open.findLastIndex((step) => step.name === name);
    if (at !== -1) open.length = at;
  };
  for (const event of events) addEvent(event, { add, begin, end, leave });
  return render(rows);
}

interface Sheet {
  readonly add: (step: string, details: readonly (string | undefined)[]) => Row;
  readonly begin: (step: string, details: readonly (string | undefined)[]) => void;
  readonly end: (step: string, status: string, bytes: string) => void;
  readonly leave: (step: string, message: string) => void;
}

function addEvent(event: TraceEvent, { add, begin, end, leave }: Sheet): void {
  switch (event.kind) {
    case 'routineBegin':
      begin(event.routine, [
        event.instanceName ?? `{${event.guid}}`,
        labelled('id', event.id),
        counted(event.bufferSize),
      ]);
      break;
    case 'routineEnd':
      end(event.routine, ntStatusName(event.status), count(event.bufferSize));
      break;
    case 'irpBegin':
      begin(event.minorName, [
        event.driver,
        typeof event.dataPath === 'number' ? `DataPath ${event.dataPath}` : undefined,
        counted(event.bufferSize),
      ]);
      break;
    case 'irpEnd':
      end(
        event.minorName,
        event.outcome === 'forwarded'
          ? `${ntStatusName(event.status)}, forwarded`
          : ntStatusName(event.status),
        event.sizeNeeded === undefined
          ? count(event.information)
          : `${event.information}, needs ${event.sizeNeeded}`,
      );
      break;
    case 'callbackBegin':
      begin(event.callback, [
        event.label === '' ? `{${event.guid}}` : event.label,
        labelled('id', event.id),
        labelled('in', event.inBufferSize),
        labelled('out', event.outBufferSize),
        event.enable === undefined ? undefined : switched(event.control, event.enable),
      ]);
      break;
    case 'callbackEnd':
      end(event.callback, ntStatusName(event.status), count(event.bufferUsed));
      break;
    case 'forward':
      add('forwarded', [event.driver, event.minorName]);
      break;
    case 'registration':
      add(event.action, [event.driver, counted(event.guidCount, 'GUID')]).status = ntStatusName(
        event.status,
      );
      break;
    case 'eventDelivery':
      add('event delivered', [`{${event.guid}}`, counted(event.subscribers, 'subscriber')]).bytes =
        count(event.bufferSize);
      break;
    case 'reference':
      add('reference', [`0x${event.object.toString(16)}`, `count ${event.count}`]);
      break;
    case 'poolFree':
      add('pool freed', [`by ${event.by}`]).bytes = count(event.bufferSize);
      break;
    case 'exception':
      leave(event.step, event.message);
      break;
    case 'fault':
      add(`! ${event.fault}`, [event.detail]);
      break;
    default:
      event satisfies never;
  }
}

const labelled = (label: string, value: number | undefined): string | undefined =>
  value === undefined ? undefined : `${label} ${value}`;

function counted(count: number | undefined, unit = 'byte'): string | undefined {
  if (count === undefined) return undefined;
  return count === 1 ? `1 ${unit}` : `${count} ${unit}s`;
}

/** The arguments of EvtWmiProviderFunctionControl in words. */
function switched(control: number | undefined, enable: boolean): string {
  const what = control === WdfWmiProviderControl.eventControl ? 'events' : 'collection';
  return `${enable ? 'enable' : 'disable'} ${what}`;
}

const count = (bytes: number | undefined): string => (bytes === undefined ? '' : String(bytes));

function render(rows: readonly Row[]): string {
  const cells = rows.map(({ step, details, status, bytes }) => [
    step,
    details.join(', '),
    status,
    bytes,
  ]);
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const [titles = [], ...rest] = cells;
  return [line(titles), line(widths.map((width) => '-'.repeat(width))), ...rest.map(line)].join(
    '\n',
  );
}

/** A step at the outermost level: the indices of its first and last event, and its status. */
interface OuterStep {
  /** Includes the faults that applied directly before it. */
  readonly from: number;
  readonly to: number;
  /** Absent when it threw, or has not ended. */
  readonly status: NtStatus | undefined;
}

/** The steps at the outermost level, the last one first, so that long traces cost nothing. */
function* outerSteps(events: readonly TraceEvent[]): Generator<OuterStep> {
  /** Ends whose beginnings were not found yet, the innermost last. */
  const ends: { readonly name: string; readonly to: number; readonly status?: NtStatus }[] = [];
  for (let at = events.length - 1; at >= 0; at -= 1) {
    const event = events[at];
    if (event === undefined) continue;
    const name = stepName(event);
    if (event.kind === 'registration') {
      if (ends.length === 0) yield { from: withFaults(events, at), to: at, status: event.status };
    } else if (event.kind === 'exception') {
      ends.push({ name, to: at });
    } else if (event.kind.endsWith('End') && 'status' in event) {
      ends.push({ name, to: at, status: event.status });
    } else if (event.kind.endsWith('Begin')) {
      // Inside a step that has ended, a callback without an end was left by an exception.
      const end = ends.at(-1);
      if (end !== undefined && end.name !== name) continue;
      ends.pop();
      if (ends.length > 0) continue;
      const to = end?.to ?? events.length - 1;
      yield { from: withFaults(events, at), to, status: end?.status };
    }
  }
}

/** The name that the begin and end of a step share; empty for other events. */
function stepName(event: TraceEvent): string {
  switch (event.kind) {
    case 'routineBegin':
    case 'routineEnd':
      return event.routine;
    case 'irpBegin':
    case 'irpEnd':
      return event.minorName;
    case 'callbackBegin':
    case 'callbackEnd':
      return event.callback;
    case 'exception':
      return event.step;
    case 'registration':
    case 'forward':
    case 'eventDelivery':
    case 'reference':
    case 'poolFree':
    case 'fault':
      return '';
    default:
      return event satisfies never;
  }
}

function withFaults(events: readonly TraceEvent[], at: number): number {
  let from = at;
  while (events[from - 1]?.kind === 'fault') from -= 1;
  return from;
}

/**
 * The last step at the outermost level with everything inside it and after it, and the faults that applied directly
 * before. Inside a callback, the last step there.
 */
export function lastRequest(events: readonly TraceEvent[]): readonly TraceEvent[] {
  for (const { from } of outerSteps(events)) return events.slice(from);
  return [];
}

/** The last step at the outermost level that ended with `status`; empty when there is none. */
export function requestWithStatus(
  events: readonly TraceEvent[],
  status: NtStatus,
): readonly TraceEvent[] {
  for (const { from, to, status: its } of outerSteps(events)) {
    if (its === status) return events.slice(from, to + 1);
  }
  return [];
}
