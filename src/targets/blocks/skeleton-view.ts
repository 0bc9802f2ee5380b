/**
 * The view of the user's file of blocks without a transport: where the values of an instance are, and the functions of blocks.
 */
import { type DataBlock } from '../../model/model.js';
import {
  sharedBlockView,
  type SkeletonBlockView,
  skeletonBlockView,
} from '../provider/block-view.js';
import { type FileHead, userFileHead } from '../provider/file-heads.js';
import { type FunctionView } from '../provider/function-view.js';
import { type BlocksPlan } from './plan.js';

export interface SkeletonView extends FileHead {
  readonly isEmpty: boolean;
  /** Functions that are not of one block. */
  readonly functions: readonly FunctionView[];
  readonly blocks: readonly BlocksSkeletonBlock[];
}

interface BlocksSkeletonBlock extends SkeletonBlockView {
  readonly landmark: string;
  readonly instanceType: string;
  readonly instanceName: string;
  readonly contextName: string;
  readonly functions: readonly FunctionView[];
}

/** The user's file as it is first written. */
export function skeletonView(plan: BlocksPlan): SkeletonView {
  const { context, blocks } = plan;
  return {
    ...userFileHead(context),
    isEmpty: blocks.length === 0,
    functions: [],
    blocks: blocks.map((block) => skeletonBlock(block, plan)),
  };
}

function skeletonBlock(block: DataBlock, plan: BlocksPlan): BlocksSkeletonBlock {
  const { names, own, driverModel } = plan;
  const view = skeletonBlockView(block, names);
  const store = `ULONGLONG Store[${own.storeBytes} / sizeof(ULONGLONG)]; // holds the values at Data`;
  return {
    ...view,
    members: view.storesValues ? [...view.members, store] : view.members,
    landmark: names.block(block).create,
    instanceType: own.instancePointer,
    instanceName: names.localNames.instance,
    contextName: names.localNames.context,
    functions: sharedBlockView(block, names, driverModel).functions,
  };
}
