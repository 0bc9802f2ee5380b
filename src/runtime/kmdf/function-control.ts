/**
 * The four requests that switch a block's events or collection on and off (docs/spec/runtime.md#kmdf-events-and-collection). WMI
 * counts consumers; the framework does not.
 */
import { complete } from '../irp-answers.js';
import { type SystemControlIrp } from '../irp.js';
import { STATUS_INVALID_PARAMETER, STATUS_SUCCESS, ntSuccess } from '../ntstatus.js';
import { WNODE_HEADER } from '../wnode.js';
import { callbackStatus } from '../callback-results.js';
import { usableSize } from './completion.js';
import { requireInside } from '../bug-check.js';
import { type ProviderRecord } from './state.js';
import { WdfWmiProviderControl, WdfWmiProviderFlags } from './types.js';

/** Sets the switch before the callback runs, and turns it off when the callback fails, for enable and disable alike. */
export function functionControl(
  irp: SystemControlIrp,
  provider: ProviderRecord,
  control: WdfWmiProviderControl,
  enable: boolean,
): void {
  const { device } = provider;
  if (usableSize(device, irp) < WNODE_HEADER.sizeof) {
    complete(irp, STATUS_INVALID_PARAMETER);
    return;
  }
  const forEvents = control === WdfWmiProviderControl.eventControl;
  const tracing = forEvents && (provider.flags & WdfWmiProviderFlags.tracing) !== 0;
  if (tracing) {
    requireInside(irp.memory, 0, WNODE_HEADER.sizeof);
    provider.tracingHandle = irp.view.getBigUint64(WNODE_HEADER.HistoricalContext, true);
  }
  setSwitch(provider, forEvents, enable);
  const status = callbackStatus(
    provider.functionControl === undefined
      ? STATUS_SUCCESS
      : provider.functionControl(provider, control, enable),
  );
  if (!ntSuccess(status)) {
    setSwitch(provider, forEvents, false);
    if (tracing) provider.tracingHandle = 0n;
  }
  complete(irp, status);
}

function setSwitch(provider: ProviderRecord, forEvents: boolean, on: boolean): void {
  if (forEvents) provider.eventControlEnabled = on;
  else provider.dataBlockControlEnabled = on;
}
