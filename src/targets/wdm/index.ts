/**
 * The target `wdm`: a WMI provider for drivers without a framework, over WMILIB, in C.
 */
import { deviceDeclarationsView } from '../device/declarations-view.js';
import { skeletonView } from '../device/skeleton-view.js';
import { providerTarget } from '../provider/provider-target.js';
import { planWdm } from './plan.js';
import { sourceView } from './source-view.js';

export const wdm = providerTarget({
  name: 'wdm',
  summary: 'C for WDM drivers: header, WMILIB registration, routines, validators, and a skeleton',
  templates: 'device',
  // Before the macros of the header, which may have any name, can change these files.
  includes: [
    '#ifdef IRP_MJ_SYSTEM_CONTROL // <ntddk.h> or <wdm.h> comes before this file',
    '#include "mofgen_wmi_wdm.h"',
    '#endif',
  ].join('\n'),
  plan: planWdm,
  declarationsView: deviceDeclarationsView,
  sourceView,
  skeletonView,
});
