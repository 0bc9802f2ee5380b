/**
 * The functions of the generated source of a driver without a framework that hand on to the C runtime core, and what its table of
 * blocks has of its own.
 *
 * It must not know how requests arrive: the core's dispatch routine is given by name.
 */
import { type DataBlock } from '../../model/model.js';
import { type CFunction, handOnFunction } from '../provider/c-function.js';
import { instanceCalls } from '../provider/call-code.js';
import { type ProviderNames } from '../provider/naming.js';
import { type DevicePlan } from './plan.js';

/** Members of a block's row. */
export function rowMembers(block: DataBlock, names: ProviderNames): string[] {
  const { create, remove } = names.block(block);
  return [`.Create = ${create},`, `.Delete = ${remove},`];
}

/** `systemControl` is the core's function for IRP_MJ_SYSTEM_CONTROL. */
export function deviceCalls(plan: DevicePlan, systemControl: string): CFunction[] {
  const { names, own, flavor, provider, deviceWords: words } = plan;
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
      `return MofgenWmiInitialize(${words.wmi}, &${provider}, ${words.deviceObject}, ${words.pdo}, ${words.lower}, ${words.path});`,
    ),
    handOnFunction(
      own.systemControl,
      'NTSTATUS NTAPI',
      [`PDEVICE_OBJECT ${words.deviceObject}`, `PIRP ${words.irp}`],
      `return ${systemControl}(${own.fromDevice}(${words.deviceObject}), ${words.deviceObject}, ${words.irp});`,
    ),
    ...instanceCalls(plan, flavor, { name: words.wmi, type: own.wmiPointer }),
  ];
}
