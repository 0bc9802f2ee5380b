/**
 * The target `scsiwmi`: a WMI provider for SCSI and Storport miniports, in C.
 */
import { skeletonView } from '../blocks/skeleton-view.js';
import { providerTarget } from '../provider/provider-target.js';
import { scsiDeclarationsView } from './declarations-view.js';
import { planScsi } from './plan.js';
import { scsiSourceView } from './source-view.js';

export const scsiwmi = providerTarget({
  name: 'scsiwmi',
  summary:
    'C for SCSI and Storport miniports: header, SCSI_WMILIB_CONTEXT, validators, and a skeleton',
  // Before the macros of the header, which may have any name, can change these files.
  includes: [
    '#ifdef SRB_FUNCTION_WMI // <scsiwmi.h> or another header of the port driver comes before this file',
    '#include "mofgen_wmi_scsi.h"',
    '#endif',
  ].join('\n'),
  plan: planScsi,
  declarationsView: scsiDeclarationsView,
  sourceView: scsiSourceView,
  skeletonView,
});
