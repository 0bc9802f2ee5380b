/**
 * IRP_MN_REGINFO and IRP_MN_REGINFO_EX, which the library completes from DpWmiQueryReginfo (docs/spec/runtime.md#wmilib, rule 5).
 */
import { parseGuid } from '../guid.js';
import { complete } from '../irp-answers.js';
import { type SystemControlIrp } from '../irp.js';
import { STATUS_INVALID_PARAMETER, STATUS_SUCCESS, ntSuccess } from '../ntstatus.js';
import { completeRegistration } from '../registration-writer.js';
import {
  WMIREG_FLAG_INSTANCE_BASENAME,
  WMIREG_FLAG_INSTANCE_LIST,
  WMIREG_FLAG_INSTANCE_PDO,
  type InstanceNaming,
  type RegisteredGuid,
} from '../wmireg.js';
import { usableSize } from './bounds.js';
import { type WmiReginfo, type WmilibContext, type WmilibDevice } from './types.js';

/**
 * Writes the whole list. The library supports base names and PDO names; other naming, or a missing name or pointer, is
 * STATUS_INVALID_PARAMETER. A short buffer is STATUS_SUCCESS with the size, as in classpnp (docs/spec/runtime.md#differences, X2).
 */
export function regInfo(context: WmilibContext, device: WmilibDevice, irp: SystemControlIrp): void {
  const { trace } = device.host;
  const driver = device.name;
  const callback = 'DpWmiQueryReginfo';
  trace?.({ kind: 'callbackBegin', driver, callback, guid: '', label: '' });
  const reginfo = context.queryWmiRegInfo(device);
  trace?.({ kind: 'callbackEnd', driver, callback, status: reginfo.status });
  if (!ntSuccess(reginfo.status)) {
    complete(irp, reginfo.status);
    return;
  }
  const naming = namingOf(reginfo);
  const guids = naming && registeredGuids(context, reginfo.regFlags, naming);
  if (guids === undefined) {
    complete(irp, STATUS_INVALID_PARAMETER);
    return;
  }
  const { registryPath, mofResourceName = '' } = reginfo;
  const info = { registryPath, mofResourceName, guids };
  completeRegistration(device.host, irp, usableSize(device, irp), info, STATUS_SUCCESS);
}

function namingOf({ regFlags, instanceName, pdo }: WmiReginfo): InstanceNaming | undefined {
  const kinds =
    WMIREG_FLAG_INSTANCE_LIST | WMIREG_FLAG_INSTANCE_BASENAME | WMIREG_FLAG_INSTANCE_PDO;
  switch (regFlags & kinds) {
    case WMIREG_FLAG_INSTANCE_BASENAME:
      return instanceName === undefined ? undefined : { kind: 'baseName', baseName: instanceName };
    case WMIREG_FLAG_INSTANCE_PDO:
      return pdo === undefined ? undefined : { kind: 'pdo', pdo };
    default:
      return undefined;
  }
}

function registeredGuids(
  context: WmilibContext,
  regFlags: number,
  naming: InstanceNaming,
): readonly RegisteredGuid[] | undefined {
  const registered: RegisteredGuid[] = [];
  for (const { guid: text, flags = 0, instanceCount } of context.guidList) {
    const guid = parseGuid(text);
    if (guid === undefined) return undefined;
    registered.push({ guid, flags: regFlags | flags, instanceCount, naming });
  }
  return registered;
}
