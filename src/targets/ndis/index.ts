/**
 * The target `ndis`: a WMI provider for NDIS miniports, in C.
 */
import { skeletonView } from '../blocks/skeleton-view.js';
import { providerTarget } from '../provider/provider-target.js';
import { ndisDeclarationsView } from './declarations-view.js';
import { planNdis } from './plan.js';
import { ndisSourceView } from './source-view.js';

export const ndis = providerTarget({
  name: 'ndis',
  summary:
    'C for NDIS miniports: header, custom OIDs, validators, status indications, and a skeleton',
  // Before the macros of the header, which may have any name, can change these files.
  includes: [
    '#ifdef NDIS_OBJECT_TYPE_OID_REQUEST // <ndis.h> comes before this file',
    '#include "mofgen_wmi_ndis.h"',
    '#endif',
  ].join('\n'),
  plan: planNdis,
  declarationsView: ndisDeclarationsView,
  sourceView: ndisSourceView,
  skeletonView,
});
