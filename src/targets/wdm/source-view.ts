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
    routineLines: routineLines(plan),
    hasEvents: plan.events.length > 0,
    calls: calls(plan),
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
      `return MofgenWmilibInitialize(${words.wmi}, &${provider}, ${words.deviceObject}, ${words.pdo}, ${words.lower}, ${words.path});`,
    ),
    handOnFunction(
      own.systemControl,
      'NTSTATUS NTAPI',
      [`PDEVICE_OBJECT ${words.deviceObject}`, `PIRP ${words.irp}`],
      `return MofgenWmilibSystemControl(${words.deviceObject}, ${words.irp}, ${own.fromDevice});`,
    ),
    ...instanceCalls(plan, {
      name: words.wmi,
      type: own.wmiPointer,
      instance: flavor.instance,
    }),
  ];
}
