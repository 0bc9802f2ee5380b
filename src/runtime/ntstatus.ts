/**
 * The NTSTATUS values of the WMI provider path, with the numbers and names of ntstatus.h. A status is an unsigned
 * 32-bit number.
 */

declare const ntStatusBrand: unique symbol;

/** An NTSTATUS: an unsigned 32-bit number from this table or from `ntStatus()`. */
export type NtStatus = number & { readonly [ntStatusBrand]: true };

/** Converts any number to an NTSTATUS, truncated to unsigned 32 bits. */
export function ntStatus(value: number): NtStatus {
  return (value >>> 0) as NtStatus;
}

const status = (value: number): NtStatus => value as NtStatus;

export const STATUS_SUCCESS = status(0x00000000);
export const STATUS_PENDING = status(0x00000103);
export const STATUS_OBJECT_NAME_EXISTS = status(0x40000000);
export const STATUS_BUFFER_OVERFLOW = status(0x80000005);
export const STATUS_UNSUCCESSFUL = status(0xc0000001);
export const STATUS_INFO_LENGTH_MISMATCH = status(0xc0000004);
export const STATUS_INVALID_PARAMETER = status(0xc000000d);
export const STATUS_INVALID_DEVICE_REQUEST = status(0xc0000010);
export const STATUS_NO_MEMORY = status(0xc0000017);
export const STATUS_ACCESS_DENIED = status(0xc0000022);
export const STATUS_BUFFER_TOO_SMALL = status(0xc0000023);
export const STATUS_OBJECT_TYPE_MISMATCH = status(0xc0000024);
export const STATUS_INVALID_PARAMETER_MIX = status(0xc0000030);
export const STATUS_OBJECT_NAME_COLLISION = status(0xc0000035);
export const STATUS_INTEGER_OVERFLOW = status(0xc0000095);
export const STATUS_INSUFFICIENT_RESOURCES = status(0xc000009a);
export const STATUS_NOT_SUPPORTED = status(0xc00000bb);
export const STATUS_INVALID_DEVICE_STATE = status(0xc0000184);
export const STATUS_INVALID_BUFFER_SIZE = status(0xc0000206);
export const STATUS_WMI_GUID_NOT_FOUND = status(0xc0000295);
export const STATUS_WMI_INSTANCE_NOT_FOUND = status(0xc0000296);
export const STATUS_WMI_ITEMID_NOT_FOUND = status(0xc0000297);
export const STATUS_WMI_TRY_AGAIN = status(0xc0000298);
export const STATUS_WMI_READ_ONLY = status(0xc00002c6);
export const STATUS_WMI_SET_FAILURE = status(0xc00002c7);
export const STATUS_WMI_NOT_SUPPORTED = status(0xc00002dd);
export const STATUS_WMI_GUID_DISCONNECTED = status(0xc0000301);
export const STATUS_WMI_ALREADY_DISABLED = status(0xc0000302);
export const STATUS_WMI_ALREADY_ENABLED = status(0xc0000303);
export const STATUS_WDF_OBJECT_ATTRIBUTES_INVALID = status(0xc0200209);
export const STATUS_WDF_PARENT_ASSIGNMENT_NOT_ALLOWED = status(0xc020020f);

/** Every status above by its name in ntstatus.h, in order of the numbers. */
export const ntStatuses = {
  STATUS_SUCCESS,
  STATUS_PENDING,
  STATUS_OBJECT_NAME_EXISTS,
  STATUS_BUFFER_OVERFLOW,
  STATUS_UNSUCCESSFUL,
  STATUS_INFO_LENGTH_MISMATCH,
  STATUS_INVALID_PARAMETER,
  STATUS_INVALID_DEVICE_REQUEST,
  STATUS_NO_MEMORY,
  STATUS_ACCESS_DENIED,
  STATUS_BUFFER_TOO_SMALL,
  STATUS_OBJECT_TYPE_MISMATCH,
  STATUS_INVALID_PARAMETER_MIX,
  STATUS_OBJECT_NAME_COLLISION,
  STATUS_INTEGER_OVERFLOW,
  STATUS_INSUFFICIENT_RESOURCES,
  STATUS_NOT_SUPPORTED,
  STATUS_INVALID_DEVICE_STATE,
  STATUS_INVALID_BUFFER_SIZE,
  STATUS_WMI_GUID_NOT_FOUND,
  STATUS_WMI_INSTANCE_NOT_FOUND,
  STATUS_WMI_ITEMID_NOT_FOUND,
  STATUS_WMI_TRY_AGAIN,
  STATUS_WMI_READ_ONLY,
  STATUS_WMI_SET_FAILURE,
  STATUS_WMI_NOT_SUPPORTED,
  STATUS_WMI_GUID_DISCONNECTED,
  STATUS_WMI_ALREADY_DISABLED,
  STATUS_WMI_ALREADY_ENABLED,
  STATUS_WDF_OBJECT_ATTRIBUTES_INVALID,
  STATUS_WDF_PARENT_ASSIGNMENT_NOT_ALLOWED,
} as const satisfies Readonly<Record<string, NtStatus>>;

const namesByStatus: ReadonlyMap<number, string> = new Map(
  Object.entries(ntStatuses).map(([name, value]) => [value, name]),
);

/** NT_SUCCESS (ntdef.h): true for success and informational statuses, so also for STATUS_PENDING. */
export function ntSuccess(value: NtStatus): boolean {
  return (value | 0) >= 0;
}

/** The name of a status in ntstatus.h, or `0x…` with eight digits for a status that is not in this table. */
export function ntStatusName(value: number): string {
  return namesByStatus.get(value) ?? `0x${(value >>> 0).toString(16).padStart(8, '0')}`;
}
