/**
 * The NTSTATUS values of the WMI provider path, with the numbers and names of ntstatus.h.
 *
 * A status is an unsigned 32-bit number. Nothing here knows who returns which.
 */

declare const ntStatusBrand: unique symbol;

/** An NTSTATUS: an unsigned 32-bit number that came from this table or through `ntStatus()`. */
export type NtStatus = number & { readonly [ntStatusBrand]: true };

const status = (value: number): NtStatus => value as NtStatus;

export const STATUS_SUCCESS = status(0x00000000);
export const STATUS_WMI_ITEMID_NOT_FOUND = status(0xc0000297);
export const STATUS_WMI_READ_ONLY = status(0xc00002c6);
export const STATUS_WMI_SET_FAILURE = status(0xc00002c7);
export const STATUS_BUFFER_TOO_SMALL = status(0xc0000023);
export const STATUS_INVALID_PARAMETER_MIX = status(0xc0000030);
export const STATUS_UNSUCCESSFUL = status(0xc0000001);
