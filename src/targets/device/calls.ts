/**
 * The functions of the generated source of a driver without a framework that hand on to the C runtime core, and what its table of
 * blocks has of its own.
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

/** Whether the core answers queries for the block: an event, or a block with methods alone. */
export function queriesNothing({ role, data }: DataBlock): boolean {
  return role === 'event' || data.items.length === 0;
}

/** `systemControl` is the core's function for IRP_MJ_SYSTEM_CONTROL. */
export function deviceCalls(plan: DevicePlan, systemControl: string): CFunction[] {
  const { names, own, driverModel, provider, deviceParameters: parameterNames } = plan;
  return [
    handOnFunction(
      names.initialize,
      'NTSTATUS',
      [
        `${own.wmiPointer} ${parameterNames.wmi}`,
        `PDEVICE_OBJECT ${parameterNames.deviceObject}`,
        `PDEVICE_OBJECT ${parameterNames.pdo}`,
        `PDEVICE_OBJECT ${parameterNames.lower}`,
        `PCUNICODE_STRING ${parameterNames.path}`,
      ],
      `return MofgenWmiInitialize(${parameterNames.wmi}, &${provider}, ${parameterNames.deviceObject}, ${parameterNames.pdo}, ${parameterNames.lower}, ${parameterNames.path});`,
    ),
    handOnFunction(
      own.systemControl,
      'NTSTATUS NTAPI',
      [`PDEVICE_OBJECT ${parameterNames.deviceObject}`, `PIRP ${parameterNames.irp}`],
      `return ${systemControl}(${own.fromDevice}(${parameterNames.deviceObject}), ${parameterNames.deviceObject}, ${parameterNames.irp});`,
    ),
    ...instanceCalls(plan, driverModel, { name: parameterNames.wmi, type: own.wmiPointer }),
  ];
}
