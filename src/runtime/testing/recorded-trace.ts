/**
 * The trace of a simulated machine: an array of events that can print itself.
 */
import { type TraceEvent } from '../trace.js';
import { formatTrace, lastRequest } from './trace-table.js';

/** Every event since the machine was made, or since `clear()`, in order. */
export class RecordedTrace extends Array<TraceEvent> {
  /** `filter`, `slice` and the like return plain arrays. */
  static override get [Symbol.species]() {
    return Array;
  }

  /** The events as an aligned table: `console.log(machine.trace.print())`. */
  print(): string {
    return formatTrace(this);
  }

  /** The last step at the outermost level, such as a consumer's routine, with everything inside it. */
  lastRequest(): readonly TraceEvent[] {
    return lastRequest(this);
  }

  /** Removes all events. */
  clear(): void {
    this.length = 0;
  }
}
