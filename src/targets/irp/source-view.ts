/**
 * The view of the generated source of a driver that answers its WMI requests itself.
 *
 * Flags and access are read from the model; the request handlers are those of src/targets/provider.
 */
import { deviceCalls, queriesNothing, rowMembers } from '../device/calls.js';
import { type DevicePlan, type OwnNames } from '../device/plan.js';
import { type CFunction } from '../provider/c-function.js';
import { isNamed } from '../provider/driver-model.js';
import { type SharedSourceView, sharedSourceView } from '../provider/source-view.js';

export interface SourceView extends SharedSourceView, OwnNames {
  /** The macro with the base name of instances; `''` where the driver names all of them. */
  readonly baseName: string;
  /** Whether a query of some block has no function of its own: an event, a block with methods alone. */
  readonly queriesNothing: boolean;
  readonly hasEvents: boolean;
  readonly calls: readonly CFunction[];
}

/** `undefs` are macros of the header that the source has as names of its own. */
export function sourceView(plan: DevicePlan, undefs: readonly string[]): SourceView {
  const { names, own, driverModel, registered } = plan;
  return {
    ...sharedSourceView(plan, driverModel, (block) => rowMembers(block, names), undefs),
    ...own,
    baseName: registered.every((block) => isNamed(block, driverModel))
      ? ''
      : `${names.macroPrefix}_WMI_BASE_NAME`,
    queriesNothing: plan.registered.some(queriesNothing),
    hasEvents: plan.events.length > 0,
    calls: deviceCalls(plan, 'MofgenIrpSystemControl'),
  };
}
