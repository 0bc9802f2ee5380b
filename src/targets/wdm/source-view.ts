/**
 * The view of the generated source of a WDM driver: what registration needs, and functions that hand on to the C runtime core.
 *
 * Flags and access are read from the model; the request handlers are those of src/targets/provider.
 */
import { isWritable } from '../../model/set-rules.js';
import { deviceCalls, queriesNothing, rowMembers } from '../device/calls.js';
import { type OwnNames } from '../device/plan.js';
import { type CFunction } from '../provider/c-function.js';
import { type SharedSourceView, sharedSourceView } from '../provider/source-view.js';
import { type WdmPlan } from './plan.js';

export interface SourceView extends SharedSourceView, OwnNames {
  /** The constant with WMILIB's routines. */
  readonly routines: string;
  /** Uses of the core's macros that define WMILIB's routines. */
  readonly definedRoutines: readonly string[];
  /** Members of the WMILIB_CONTEXT. */
  readonly routineMembers: readonly string[];
  /** Whether a query of some block has no function of its own: an event, a block with methods alone. */
  readonly queriesNothing: boolean;
  readonly hasEvents: boolean;
  readonly calls: readonly CFunction[];
}

/** `undefs` are macros of the header that the source has as names of its own. */
export function sourceView(plan: WdmPlan, undefs: readonly string[]): SourceView {
  const { names, own, driverModel, routines } = plan;
  return {
    ...sharedSourceView(plan, driverModel, (block) => rowMembers(block, names), undefs),
    ...own,
    routines,
    ...routinesView(plan),
    queriesNothing: plan.registered.some(queriesNothing),
    hasEvents: plan.events.length > 0,
    calls: deviceCalls(plan, 'MofgenWmilibSystemControl'),
  };
}

/** The routines that the blocks need. WMILIB answers for those that are not there. */
function routinesView({
  own,
  blocks,
  routines,
}: WdmPlan): Pick<SourceView, 'definedRoutines' | 'routineMembers'> {
  // The members of WMILIB_CONTEXT, with what the core calls each routine after the name of the whole.
  const groups = [
    {
      of: 'QUERY',
      isNeeded: true,
      members: { QueryWmiRegInfo: 'QueryReginfo', QueryWmiDataBlock: 'QueryDataBlock' },
    },
    {
      of: 'SET',
      isNeeded: blocks.some(isWritable),
      members: { SetWmiDataBlock: 'SetDataBlock', SetWmiDataItem: 'SetDataItem' },
    },
    {
      of: 'METHODS',
      isNeeded: blocks.some(({ methods }) => methods.length > 0),
      members: { ExecuteWmiMethod: 'ExecuteMethod' },
    },
    {
      of: 'CONTROL',
      isNeeded: blocks.some(({ expensive }) => expensive),
      members: { WmiFunctionControl: 'FunctionControl' },
    },
  ].filter(({ isNeeded }) => isNeeded);
  return {
    definedRoutines: groups.map(
      ({ of }) => `MOFGEN_WMILIB_DEFINE_${of}(${routines}, ${own.fromDevice})`,
    ),
    routineMembers: groups.flatMap(({ members }) =>
      Object.entries(members).map(([member, routine]) => `.${member} = ${routines}${routine},`),
    ),
  };
}
