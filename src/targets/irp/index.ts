/**
 * The target `irp`: a WMI provider for drivers without a framework that answer IRP_MJ_SYSTEM_CONTROL themselves, in C.
 */
import { deviceDeclarationsView } from '../device/declarations-view.js';
import { planDevice } from '../device/plan.js';
import { skeletonView } from '../device/skeleton-view.js';
import { providerTarget } from '../provider/provider-target.js';
import { sourceView } from './source-view.js';

export const irp = providerTarget({
  name: 'irp',
  summary:
    'C for WDM drivers without WMILIB: their own WMI IRPs, static and dynamic instance names',
  templates: 'device',
  // Before the macros of the header, which may have any name, can change these files.
  includes: [
    '#ifdef IRP_MJ_SYSTEM_CONTROL // <ntddk.h> or <wdm.h> comes before this file',
    '#include "mofgen_wmi_irp.h"',
    '#endif',
  ].join('\n'),
  plan: (model, context) => planDevice(model, context, true),
  declarationsView: deviceDeclarationsView,
  sourceView,
  skeletonView,
});
