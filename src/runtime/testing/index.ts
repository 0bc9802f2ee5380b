/**
 * The test helpers of `mofgen/runtime`.
 */
export {
  itemBytes,
  type BlockConsumer,
  type InstanceChoice,
  type MethodAnswer,
  type MethodCall,
  type MethodCalls,
  type MethodOptions,
  type RawMethodAnswer,
  type QueryAllAnswer,
  type QueryAnswer,
} from './block-consumer.js';
export { createClock, type SimulatedClock } from './clock.js';
export { type EventListener, type HeardEvent } from './event-listener.js';
export { expectStatus, type StatusCarrier } from './expect-status.js';
export { type FaultName, type Faults } from './faults.js';
export { createMachine, type Machine, type MachineOptions } from './machine.js';
export { type RecordedTrace } from './recorded-trace.js';
export { formatTrace, lastRequest } from './trace-table.js';
