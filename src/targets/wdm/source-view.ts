/**
 * The view of the generated source of a WDM driver: the registration table and WMILIB's routines.
 *
 * Flags and access are read from the model; the request handlers are those of src/targets/provider.
 */
import { type DataBlock } from '../../model/model.js';
import { commentText } from '../c/text.js';
import { type SharedBlockView, sharedBlockView } from '../provider/block-view.js';
import { guidInitializer } from '../provider/guid.js';
import { type SharedSourceView, sharedSourceView } from '../provider/source-view.js';
import { type OwnNames, type WdmPlan } from './plan.js';

export interface SourceView extends SharedSourceView, OwnNames {
  readonly blocks: readonly SharedBlockView[];
  /** Functions that may be paged out. */
  readonly paged: readonly string[];
  readonly routines: readonly RoutineView[];
  readonly registrations: readonly {
    readonly comment: string;
    readonly lines: readonly string[];
  }[];
}

/** A routine of WMILIB, by its role. */
interface RoutineView {
  readonly role: string;
  readonly name: string;
  /** The member of WMILIB_CONTEXT. */
  readonly member: string;
}

/** `undefs` are macros of the header that the source has as names of its own. */
export function sourceView(plan: WdmPlan, undefs: readonly string[]): SourceView {
  const { names, own, flavor, blocks, events } = plan;
  const routines = routineViews(plan);
  return {
    ...sharedSourceView(plan, flavor, undefs),
    ...own,
    blocks: blocks.map((block) => sharedBlockView(block, names, flavor)),
    paged: [
      ...routines.map(({ name }) => name),
      own.systemControl,
      names.initialize,
      own.register,
      own.deregister,
      own.cleanUp,
      ...[...blocks, ...events].map((block) => names.block(block).add),
    ],
    routines,
    registrations: [...blocks, ...events].map((block) => registration(block, plan)),
  };
}

/** The routines that some block needs; WMILIB answers for those that are missing. */
function routineViews({ own, needs }: WdmPlan): RoutineView[] {
  const routine = (role: string, member: string, name: string): RoutineView => ({
    role: `WMI_${role}_CALLBACK`,
    name,
    member,
  });
  return [
    routine('QUERY_REGINFO', 'QueryWmiRegInfo', own.queryReginfo),
    routine('QUERY_DATABLOCK', 'QueryWmiDataBlock', own.queryDataBlock),
    ...(needs.writes
      ? [
          routine('SET_DATABLOCK', 'SetWmiDataBlock', own.setDataBlock),
          routine('SET_DATAITEM', 'SetWmiDataItem', own.setDataItem),
        ]
      : []),
    ...(needs.hasMethods ? [routine('EXECUTE_METHOD', 'ExecuteWmiMethod', own.executeMethod)] : []),
    ...(needs.hasExpensive
      ? [routine('FUNCTION_CONTROL', 'WmiFunctionControl', own.functionControl)]
      : []),
  ];
}

function registration(
  block: DataBlock,
  { names }: WdmPlan,
): { readonly comment: string; readonly lines: readonly string[] } {
  const api = names.block(block);
  const isEvent = block.role === 'event';
  const flags = [
    ...(isEvent ? ['WMIREG_FLAG_EVENT_ONLY_GUID'] : []),
    ...(block.expensive ? ['WMIREG_FLAG_EXPENSIVE'] : []),
  ];
  return {
    comment: commentText(block.name),
    lines: [
      `.Guid = ${guidInitializer(block.guid ?? '')},`,
      ...(flags.length === 0 ? [] : [`.Flags = ${flags.join(' | ')},`]),
      ...(isEvent
        ? []
        : [
            `.Block = &${api.block},`,
            `.Create = ${api.create},`,
            `.Delete = ${api.remove},`,
            ...(block.expensive ? [`.Collect = ${api.collect},`] : []),
          ]),
    ],
  };
}
