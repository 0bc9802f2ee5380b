/**
 * The view of the generated source, as far as it is the same for all driver models: the functions of records and blocks, the
 * dispatch table, events, stored values.
 */
import { type DataBlock } from '../../model/model.js';
import { commentText } from '../c/text.js';
import { type CFunction, residentFor } from './c-function.js';
import { type CodeRecords, codeRecords } from './code-records.js';
import { dataFunctions, type DataContext } from './data-code.js';
import { type DispatchRow, dispatchRow } from './dispatch-view.js';
import { type FileHead, sourceHead } from './file-heads.js';
import { type DriverModel } from './driver-model.js';
import { storeFunctions } from './store-code.js';
import { executeFunction, chooseFunction } from './method-code.js';
import { type ProviderMacros, type ProviderPlan, providerMacros } from './plan.js';
import { type CodeRecord, recordCode, stringElements } from './record-code.js';
import { isWalked, storesValues } from './requirements.js';

/** The version of the C runtime core that the generated code is for: MOFGEN_WMI_VERSION. */
export const CORE_VERSION = 5;

export interface SharedSourceView extends ProviderMacros, FileHead {
  readonly coreVersion: number;
  readonly undefs: readonly string[];
  readonly isEmpty: boolean;
  readonly sections: readonly SectionView[];
  readonly rows: readonly DispatchRow[];
  /** The structure of the core that a row is. */
  readonly rowType: string;
  readonly hasMofResource: boolean;
  readonly mofFile: string;
  readonly mofData: string;
  /** The macro of the core that makes the row of the binary MOF. */
  readonly mofRow: string;
  readonly table: string;
  readonly provider: string;
}

/** What is emitted about one class. */
export interface SectionView {
  readonly heading: string;
  readonly parts: readonly PartView[];
}

interface PartView {
  readonly before: readonly string[];
  readonly functions: readonly CFunction[];
  readonly after: readonly string[];
}

/** What a driver model adds to the row of a block. */
export type RowMembers = (block: DataBlock) => readonly string[];

/** `undefs` are macros of the header that the source has as names of its own. */
export function sharedSourceView(
  plan: ProviderPlan,
  driverModel: DriverModel,
  rowMembers: RowMembers,
  undefs: readonly string[],
): SharedSourceView {
  const { context, names, registered } = plan;
  return {
    ...providerMacros(names),
    ...sourceHead(context),
    coreVersion: CORE_VERSION,
    undefs,
    isEmpty: registered.length === 0,
    sections: sections(plan, driverModel),
    rows: registered.map((block) =>
      dispatchRow(block, names, {
        locks: driverModel.callerMemory === true ? undefined : plan.locksBlock(block),
        driverModel,
        own: rowMembers(block),
      }),
    ),
    rowType: driverModel.callerMemory === true ? 'MOFGEN_BLOCK' : 'MOFGEN_WMI_BLOCK',
    hasMofResource: context.options.noMofResource !== true,
    mofFile: `"${context.base}_mof.x"`,
    mofData: plan.mofData,
    mofRow:
      driverModel.ownContext === undefined ? 'MOFGEN_WMI_MOF_DATA' : 'MOFGEN_WMI_DEVICE_MOF_DATA',
    table: plan.table,
    provider: plan.provider,
  };
}

function sections(
  { names, registered, blocks, events }: ProviderPlan,
  driverModel: DriverModel,
): SectionView[] {
  const records = codeRecords(names, blocks, events);
  const done = new Set<CodeRecord>();
  const once = (target: CodeRecord): PartView[] => {
    if (done.has(target)) return [];
    done.add(target);
    return recordParts(target, records);
  };
  const embedded = records.embedded.map((target) => ({
    heading: `${commentText(target.label)}, embedded`,
    parts: once(target),
  }));
  const ofBlock = (block: DataBlock): PartView[] => {
    const api = names.block(block);
    const context: DataContext = { block, api, records, driverModel };
    const methods = block.methods.flatMap((method) => [
      ...[method.input, method.output].flatMap((record) => once(records.of(record))),
      functionsPart([executeFunction(method, context)]),
    ]);
    return [
      ...once(records.ofStructure(block)),
      functionsPart(dataFunctions(context)),
      functionsPart(storesValues(block) ? storeFunctions(block, api, names, driverModel) : []),
      ...methods,
      functionsPart(methods.length > 0 ? [chooseFunction(block, context)] : []),
    ];
  };
  const own = registered.map((block) => ({
    heading: commentText(block.name),
    parts: block.role === 'event' ? once(records.ofStructure(block)) : ofBlock(block),
  }));
  const inPlace = (part: PartView): PartView => ({
    ...part,
    functions: residentFor(part.functions, driverModel),
  });
  const all = [...embedded, ...own].map((section) => ({
    ...section,
    parts: section.parts.map(inPlace),
  }));
  return all.filter(({ parts }) =>
    parts.some(
      ({ before, functions, after }) => before.length + functions.length + after.length > 0,
    ),
  );
}

function functionsPart(functions: readonly CFunction[]): PartView {
  return { before: [], functions, after: [] };
}

function recordParts(target: CodeRecord, records: CodeRecords): PartView[] {
  const { functions, constants } = recordCode(target, records.names, records.ofStructure);
  const strings = isWalked(target.record) ? stringElements(target) : [];
  return [{ before: strings, functions, after: constants }];
}
