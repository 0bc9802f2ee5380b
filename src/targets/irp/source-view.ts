/**
 * The view of the generated source of a driver that answers its WMI requests itself.
 *
 * Flags and access are read from the model; the request handlers are those of src/targets/provider.
 */
import { deviceCalls, rowMembers } from '../device/calls.js';
import { type DevicePlan, type OwnNames } from '../device/plan.js';
import { type CFunction } from '../provider/c-function.js';
import { isNamed } from '../provider/flavor.js';
import { type SharedSourceView, sharedSourceView } from '../provider/source-view.js';

export interface SourceView extends SharedSourceView, OwnNames {
  /** The macro with the base name of instances; `''` where the driver names all of them. */
  readonly baseName: string;
  readonly hasEvents: boolean;
  readonly calls: readonly CFunction[];
}

/** `undefs` are macros of the header that the source has as names of its own. */
export function sourceView(plan: DevicePlan, undefs: readonly string[]): SourceView {
  const { names, own, flavor, registered } = plan;
  return {
    ...sharedSourceView(plan, flavor, (block) => rowMembers(block, names), undefs),
    ...own,
    baseName: registered.every((block) => isNamed(block, flavor))
      ? ''
      : `${names.macroPrefix}_WMI_BASE_NAME`,
    hasEvents: plan.events.length > 0,
    calls: deviceCalls(plan, 'MofgenIrpSystemControl'),
  };
}
