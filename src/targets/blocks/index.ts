/**
 * The target `blocks`: the functions of blocks and their table in C, for drivers that bring the transport.
 */
import { providerTarget } from '../provider/provider-target.js';
import { blocksDeclarationsView } from './declarations-view.js';
import { planBlocks } from './plan.js';
import { skeletonView } from './skeleton-view.js';
import { blocksSourceView } from './source-view.js';

export const blocks = providerTarget({
  name: 'blocks',
  summary:
    'C for drivers with a transport of their own: header, block functions, their table, and a skeleton',
  // Before the macros of the header, which may have any name, can change these files.
  includes: [
    '#if defined(IRP_MJ_SYSTEM_CONTROL) || defined(SRB_FUNCTION_WMI) || defined(MOFGEN_SYSTEM_HEADER) // kernel headers come first',
    '#include "mofgen_wmi_blocks.h"',
    '#endif',
  ].join('\n'),
  plan: planBlocks,
  declarationsView: blocksDeclarationsView,
  sourceView: blocksSourceView,
  skeletonView,
});
