/**
 * The names of a provider of an NDIS miniport that plain blocks do not have.
 */
import { type DataBlock, type Model } from '../../model/model.js';
import { planBlocks, type BlocksPlan } from '../blocks/plan.js';
import { macroPrefixOf, type ProviderNames } from '../provider/naming.js';
import { type EmitContext } from '../target.js';

export interface NdisNames {
  /** The constants with what NDIS knows of the blocks. */
  readonly codes: string;
  readonly ndis: string;
  /** Macros: the first OID, the first status, and all OIDs for a list. */
  readonly firstOid: string;
  readonly firstStatus: string;
  readonly oids: string;
  /** The macro with the flag that lets every user set blocks; 0 by default. */
  readonly writeAccess: string;
  readonly request: string;
  readonly guids: string;
}

/** Parameters in the header. */
interface NdisParameters {
  readonly handle: string;
  readonly count: string;
  readonly guids: string;
  readonly memory: string;
  readonly memorySize: string;
}

/** The OID of a block, or the NDIS_STATUS of an event. */
export interface NdisCode {
  readonly macro: string;
  readonly value: string;
}

export interface NdisPlan extends BlocksPlan {
  readonly ndis: NdisNames;
  readonly ndisParameters: NdisParameters;
  readonly code: (block: DataBlock) => NdisCode;
}

export function planNdis(model: Model, context: EmitContext): NdisPlan {
  const plan = planBlocks(model, context);
  const { names, blocks, events } = plan;
  const { prefix, macroPrefix } = names;
  const scope = names.header.parameters();
  const firstOid = names.claim(`${macroPrefix}_WMI_FIRST_OID`);
  const firstStatus = names.claim(`${macroPrefix}_WMI_FIRST_STATUS`);
  const codes = new Map([
    ...numbered(blocks, 'OID', firstOid, names),
    ...numbered(events, 'STATUS', firstStatus, names),
  ]);
  return {
    ...plan,
    driverModel: { ...plan.driverModel, wholeBlocks: true },
    ndis: {
      codes: names.claim(`${prefix}WmiCodes`),
      ndis: names.claim(`${prefix}WmiNdis`),
      firstOid,
      firstStatus,
      oids: names.claim(`${macroPrefix}_WMI_OIDS`),
      writeAccess: names.claim(`${macroPrefix}_WMI_WRITE_ACCESS`),
      request: names.claim(`${prefix}WmiOidRequest`),
      guids: names.claim(`${prefix}WmiGuids`),
    },
    ndisParameters: {
      handle: scope.claim('MiniportAdapterHandle'),
      count: scope.claim('Count'),
      guids: scope.claim('Guids'),
      memory: scope.claim('Memory'),
      memorySize: scope.claim('MemorySize'),
    },
    code: (block) => codes.get(block) ?? { macro: '', value: '' },
  };
}

/** The macros of some blocks, each with its distance from the first number. */
function numbered(
  blocks: readonly DataBlock[],
  suffix: 'OID' | 'STATUS',
  first: string,
  names: ProviderNames,
): (readonly [DataBlock, NdisCode])[] {
  return blocks.map((block, index) => {
    const macro = names.claim(`${macroPrefixOf(block.name)}_${suffix}`);
    return [block, { macro, value: `(${first} + ${index})` }];
  });
}
