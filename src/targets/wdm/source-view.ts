/**
 * The view of the generated source of a WDM driver: what registration needs, and functions that hand on to the C runtime core.
 *
 * Flags and access are read from the model; the request handlers are those of src/targets/provider.
 */
import { type DataBlock } from '../../model/model.js';
import { isWritable } from '../../model/set-rules.js';
import { type CFunction, handOnFunction } from '../provider/c-function.js';
import { instanceCalls } from '../provider/call-code.js';
import { type ProviderNames } from '../provider/naming.js';
import { type SharedSourceView, sharedSourceView } from '../provider/source-view.js';
import { type OwnNames, type WdmPlan } from './plan.js';

export interface SourceView extends SharedSourceView, OwnNames {
  readonly calls: readonly CFunction[];
  /** Uses of the core's macros that define WMILIB's routines. */
  readonly definedRoutines: readonly string[];
  /** Members of the WMILIB_CONTEXT. */
  readonly routineMembers: readonly string[];
}

/** `undefs` are macros of the header that the source has as names of its own. */
export function sourceView(plan: WdmPlan, undefs: readonly string[]): SourceView {
  const { names, own, flavor } = plan;
  return {
    ...sharedSourceView(plan, flavor, (block) => rowMembers(block, names), undefs),
    ...own,
    calls: calls(plan),
    ...routinesView(plan),
  };
}

/** The routines that the blocks need. WMILIB answers for those that are not there. */
function routinesView({
  own,
  registered,
}: WdmPlan): Pick<SourceView, 'definedRoutines' | 'routineMembers'> {
  const blocks = registered.filter(({ role }) => role !== 'event');
  const groups = [
    { of: 'QUERY', isNeeded: true, members: ['QueryWmiRegInfo', 'QueryWmiDataBlock'] },
    {
      of: 'SET',
      isNeeded: blocks.some(isWritable),
      members: ['SetWmiDataBlock', 'SetWmiDataItem'],
    },
    {
      of: 'METHODS',
      isNeeded: blocks.some(({ methods }) => methods.length > 0),
      members: ['ExecuteWmiMethod'],
    },
    {
      of: 'CONTROL',
      isNeeded: blocks.some(({ expensive }) => expensive),
      members: ['WmiFunctionControl'],
    },
  ].filter(({ isNeeded }) => isNeeded);
  return {
    definedRoutines: groups.map(
      ({ of }) => `MOFGEN_WMI_DEFINE_${of}(${own.routines}, ${own.fromDevice})`,
    ),
    routineMembers: groups.flatMap(({ members }) =>
      members.map((member) => `.${member} = ${own.routines}${ROUTINES[member] ?? ''},`),
    ),
  };
}

/** What the core calls the routine of each member of WMILIB_CONTEXT, after the name of the whole. */
const ROUTINES: Readonly<Record<string, string>> = {
  QueryWmiRegInfo: 'QueryReginfo',
  QueryWmiDataBlock: 'QueryDataBlock',
  SetWmiDataBlock: 'SetDataBlock',
  SetWmiDataItem: 'SetDataItem',
  ExecuteWmiMethod: 'ExecuteMethod',
  WmiFunctionControl: 'FunctionControl',
};

function rowMembers(block: DataBlock, names: ProviderNames): string[] {
  const { create, remove } = names.block(block);
  return [`.Create = ${create},`, `.Delete = ${remove},`];
}

function calls(plan: WdmPlan): CFunction[] {
  const { names, own, flavor, provider, wdmWords: words } = plan;
  return [
    handOnFunction(
      names.initialize,
      'NTSTATUS',
      [
        `${own.wmiPointer} ${words.wmi}`,
        `PDEVICE_OBJECT ${words.deviceObject}`,
        `PDEVICE_OBJECT ${words.pdo}`,
        `PDEVICE_OBJECT ${words.lower}`,
        `PCUNICODE_STRING ${words.path}`,
      ],
      `return MofgenWmiInitialize(${words.wmi}, &${provider}, ${words.deviceObject}, ${words.pdo}, ${words.lower}, ${words.path});`,
    ),
    handOnFunction(
      own.systemControl,
      'NTSTATUS NTAPI',
      [`PDEVICE_OBJECT ${words.deviceObject}`, `PIRP ${words.irp}`],
      `return MofgenWmiSystemControl(${own.fromDevice}(${words.deviceObject}), ${words.deviceObject}, ${words.irp});`,
    ),
    ...instanceCalls(plan, {
      name: words.wmi,
      type: own.wmiPointer,
      instance: flavor.instance,
    }),
  ];
}
