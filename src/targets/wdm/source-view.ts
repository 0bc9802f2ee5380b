/**
 * The view of the generated source of a WDM driver: what registration needs, and functions that hand on to the C runtime core.
 *
 * Flags and access are read from the model; the request handlers are those of src/targets/provider.
 */
import { isWritable } from '../../model/set-rules.js';
import { deviceCalls, rowMembers } from '../device/calls.js';
import { type OwnNames } from '../device/plan.js';
import { type CFunction } from '../provider/c-function.js';
import { type SharedSourceView, sharedSourceView } from '../provider/source-view.js';
import { type RoutineNames, type WdmPlan } from './plan.js';

export interface SourceView extends SharedSourceView, OwnNames, RoutineNames {
  /** Members of the constant with the routines, but for the MOF file's own. */
  readonly routineLines: readonly string[];
  readonly hasEvents: boolean;
  readonly calls: readonly CFunction[];
}

/** `undefs` are macros of the header that the source has as names of its own. */
export function sourceView(plan: WdmPlan, undefs: readonly string[]): SourceView {
  const { names, own, flavor } = plan;
  return {
    ...sharedSourceView(plan, flavor, (block) => rowMembers(block, names), undefs),
    ...own,
    ...plan.routineNames,
    routineLines: routineLines(plan),
    hasEvents: plan.events.length > 0,
    calls: deviceCalls(plan, 'MofgenWmilibSystemControl'),
  };
}

/** WMILIB answers in place of those that no block needs. */
function routineLines({ blocks }: WdmPlan): string[] {
  return [
    '.QueryWmiDataBlock = MofgenWmilibQueryDataBlock,',
    ...(blocks.some(isWritable)
      ? [
          '.SetWmiDataBlock = MofgenWmilibSetDataBlock,',
          '.SetWmiDataItem = MofgenWmilibSetDataItem,',
        ]
      : []),
    ...(blocks.some(({ methods }) => methods.length > 0)
      ? ['.ExecuteWmiMethod = MofgenWmilibExecuteMethod,']
      : []),
    ...(blocks.some(({ expensive }) => expensive)
      ? ['.WmiFunctionControl = MofgenWmilibFunctionControl,']
      : []),
  ];
}
