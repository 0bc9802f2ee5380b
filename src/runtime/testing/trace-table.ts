/**
 * Trace events as a table for people: one row a step, inner steps indented, statuses by name, sizes in bytes.
 */
import { WdfWmiProviderControl } from '../kmdf/types.js';
import { ntStatusName } from '../ntstatus.js';
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

/** A step that has begun; its end carries the same name. */
interface OpenStep {
  readonly kind: TraceEvent['kind'];
  readonly name: string;
  readonly row: Row;
}

/** How many steps stay open after an exception left a request: it takes the routine that sent it along. */
function openAfterException(open: readonly { readonly kind: TraceEvent['kind'] }[]): number {
  const request = open.findLastIndex(({ kind }) => kind === 'irpBegin');
  return open[request - 1]?.kind === 'routineBegin' ? request - 1 : Math.max(0, request);
}

/** What stands for the status of a step that never ended, because a callback threw. */
const UNFINISHED = '(did not return)';

/**
 * The events as an aligned table. `bytes` is what came out: OutBufferSize of a routine, Information of a request,
 * BufferUsed of a callback.
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
  const begin = (
    kind: TraceEvent['kind'],
    name: string,
    details: readonly (string | undefined)[],
  ): void => {
    const row = add(name, details);
    row.status = UNFINISHED;
    open.push({ kind, name, row });
  };
  const end = (name: string, status: string, bytes: string): void => {
    const at = open.findLastIndex((step) => step.name === name);
    const row = open[at]?.row;
    if (row === undefined) return;
    // Steps inside it that have not ended never will.
    open.length = at;
    row.status = status;
    row.bytes = bytes;
  };
  for (const event of events) {
    addEvent(event, { add, begin, end });
    if (event.kind === 'exception') open.length = openAfterException(open);
  }
  return render(rows);
}

interface Sheet {
  readonly add: (step: string, details: readonly (string | undefined)[]) => Row;
  readonly begin: (
    kind: TraceEvent['kind'],
    step: string,
    details: readonly (string | undefined)[],
  ) => void;
  readonly end: (step: string, status: string, bytes: string) => void;
}

function addEvent(event: TraceEvent, { add, begin, end }: Sheet): void {
  switch (event.kind) {
    case 'routineBegin':
      begin(event.kind, event.routine, [
        event.instanceName ?? `{${event.guid}}`,
        labelled('id', event.id),
        counted(event.bufferSize),
      ]);
      break;
    case 'routineEnd':
      end(event.routine, ntStatusName(event.status), count(event.bufferSize));
      break;
    case 'irpBegin':
      begin(event.kind, event.minorName, [
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
      begin(event.kind, event.callback, [
        event.label,
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
      add('! exception', [event.message]);
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

/** What EvtWmiProviderFunctionControl is told. */
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

/** The last step at the outermost level with everything inside it, and the faults that struck just before. */
export function lastRequest(events: readonly TraceEvent[]): readonly TraceEvent[] {
  let from = 0;
  let faultsFrom: number | undefined;
  const open: TraceEvent[] = [];
  for (const [index, event] of events.entries()) {
    if (event.kind.endsWith('End')) {
      open.pop();
    } else if (event.kind === 'exception') {
      open.length = openAfterException(open);
    } else {
      if (open.length === 0 && event.kind === 'fault') {
        faultsFrom ??= index;
      } else if (open.length === 0) {
        from = faultsFrom ?? index;
        faultsFrom = undefined;
      }
      if (event.kind.endsWith('Begin')) open.push(event);
    }
  }
  return events.slice(from);
}
