/**
 * A simulated machine for tests, made in one call: a kernel with a started KMDF device, a trace, a clock, faults, and
 * typed consumers.
 */
import { type BlockTypes, type WmiBlock, type WmiEventBlock } from '../block.js';
import { bindBlock, type BoundBlock, type Instances } from '../bound-block.js';
import {
  SYNCHRONIZE,
  WMIGUID_EXECUTE,
  WMIGUID_NOTIFICATION,
  WMIGUID_QUERY,
  WMIGUID_SET,
} from '../kernel/handles.js';
import { type DataBlockObject } from '../kernel/state.js';
import { createKernel, type Kernel, type KernelOptions } from '../kernel.js';
import { createKmdfDevice, type KmdfDeviceOptions } from '../kmdf/device.js';
import { type KmdfDevice } from '../kmdf/types.js';
import { ntStatusName, type NtStatus } from '../ntstatus.js';
import { type BlockConsumer, createBlockConsumer } from './block-consumer.js';
import { createClock, type SimulatedClock } from './clock.js';
import { createEventListener, type EventListener } from './event-listener.js';
import { expectStatus, type StatusCarrier } from './expect-status.js';
import { createFaultPlan, type Faults } from './faults.js';
import { faultyBlock, faultyDevice } from './faulty-device.js';
import { faultyKernel } from './faulty-kernel.js';
import { RecordedTrace } from './recorded-trace.js';

/** Options of a machine. */
export interface MachineOptions extends Omit<
  KernelOptions,
  'allocate' | 'clock' | 'isWmiAvailable' | 'trace'
> {
  /** The device: its name, hardening, quirks. */
  readonly device?: KmdfDeviceOptions;
  /** Default: a clock that stays at 2020-01-01T00:00:00Z. */
  readonly clock?: SimulatedClock;
}

export interface Machine {
  /** Create other drivers on it too; `addDevice` and `bind` apply faults to their callbacks. */
  readonly kernel: Kernel;
  readonly device: KmdfDevice;
  readonly trace: RecordedTrace;
  readonly clock: SimulatedClock;
  readonly faults: Faults;

  /** Adds and starts another KMDF device, by default named `driver2`, `driver3` and so on. */
  addDevice(options?: KmdfDeviceOptions): KmdfDevice;

  /** Calls a generated `register…` or `registerProviders` with the machine's device. */
  register<Arguments extends readonly unknown[], Registration>(
    register: (device: KmdfDevice, ...rest: Arguments) => Registration,
    ...rest: NoInfer<Arguments>
  ): Registration;

  /** Binds a block for a driver of another model, with faults applied: `createSelfHandledDevice` accepts it. */
  bind<Types extends BlockTypes>(
    block: WmiBlock<Types>,
    instances: Instances<Types['provider']>,
  ): BoundBlock;

  /** Opens a block as a consumer; `access` is a mask of WMIGUID_…, by default to query, set and execute. */
  open<Types extends BlockTypes>(block: WmiBlock<Types>, access?: number): BlockConsumer<Types>;

  /** Subscribes to an event as a consumer. */
  listen<Data>(event: WmiEventBlock<Data>): EventListener<Data>;

  /** Throws unless the status is the expected one; the message has both names and the request as a table. */
  expectStatus(actual: StatusCarrier, expected: NtStatus): void;
}

/** Makes a machine with one started KMDF device. */
export function createMachine(options: MachineOptions = {}): Machine {
  const { clock = createClock(), device: deviceOptions, ...kernelOptions } = options;
  const trace = new RecordedTrace();
  const plan = createFaultPlan((event) => trace.push(event));
  const kernel = faultyKernel(
    createKernel({
      ...kernelOptions,
      clock: () => clock.now,
      trace: (event) => trace.push(event),
      allocate: (size) =>
        plan.take('allocationFailure') === undefined ? new Uint8Array(size) : undefined,
      isWmiAvailable: () => plan.take('wmiUnavailable') === undefined,
    }),
    plan,
  );
  let devices = 0;
  const addDevice = (added?: KmdfDeviceOptions): KmdfDevice => {
    devices += 1;
    const name = devices === 1 ? 'driver' : `driver${devices}`;
    return faultyDevice(createKmdfDevice(kernel, { name, ...added }), plan);
  };
  const device = addDevice(deviceOptions);
  const openObject = (guid: string, access: number): DataBlockObject => {
    const { status, dataBlockObject } = kernel.ioWmiOpenBlock(guid, access);
    if (dataBlockObject === undefined) throw new Error(`{${guid}}: ${ntStatusName(status)}`);
    return dataBlockObject;
  };
  return {
    kernel,
    device,
    trace,
    clock,
    faults: plan.faults,
    addDevice,
    register: (register, ...rest) => register(device, ...rest),
    bind: (block, instances) => faultyBlock(bindBlock(block, instances), plan),
    open: (block, access = WMIGUID_QUERY | WMIGUID_SET | WMIGUID_EXECUTE) =>
      createBlockConsumer(
        kernel,
        block,
        openObject(block.guid, access),
        (object, index) =>
          kernel.staticInstanceName(device, object.guid, index) ??
          `${device.deviceInstancePath}_${index}`,
      ),
    listen: (event) =>
      createEventListener(
        kernel,
        event,
        openObject(event.guid, WMIGUID_NOTIFICATION | SYNCHRONIZE),
      ),
    expectStatus: (actual, expected) => {
      expectStatus(actual, expected, trace);
    },
  };
}
