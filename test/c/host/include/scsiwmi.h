/*
 * The library for WMI in SCSI and Storport miniports. Names, members and parameters are those of mingw-w64's scsiwmi.h; the routines
 * are those of the host harness (scsiwmi.c). Microsoft's documentation has a page for each name; docs/targets/scsiwmi.md lists what to
 * confirm there.
 */
#ifndef MOFGEN_HOST_SCSIWMI_H
#define MOFGEN_HOST_SCSIWMI_H

#include "srb.h"

/* It stays in place until the request is complete. */
typedef struct _SCSIWMI_REQUEST_CONTEXT {
    PVOID UserContext;
    ULONG BufferSize;
    PUCHAR Buffer;
    UCHAR MinorFunction;
    UCHAR ReturnStatus;
    ULONG ReturnSize;
} SCSIWMI_REQUEST_CONTEXT, *PSCSIWMI_REQUEST_CONTEXT;

/* SCSIWMIGUIDREGINFO */
typedef struct _SCSIWMIGUIDREGINFO {
    LPCGUID Guid;
    ULONG InstanceCount;
    ULONG Flags;
} SCSIWMIGUIDREGINFO, *PSCSIWMIGUIDREGINFO;

/* HwScsiWmiQueryReginfo */
typedef UCHAR(NTAPI *PSCSIWMI_QUERY_REGINFO)(
    PVOID DeviceContext,
    PSCSIWMI_REQUEST_CONTEXT RequestContext,
    PWCHAR *MofResourceName);

/* "HwScsiWmiQueryDatablock": FALSE is pending; else ScsiPortWmiPostProcess was called before it returns. The same below. */
typedef BOOLEAN(NTAPI *PSCSIWMI_QUERY_DATABLOCK)(
    PVOID Context,
    PSCSIWMI_REQUEST_CONTEXT DispatchContext,
    ULONG GuidIndex,
    ULONG InstanceIndex,
    ULONG InstanceCount,
    PULONG InstanceLengthArray,
    ULONG BufferAvail,
    PUCHAR Buffer);

/* HwScsiWmiSetDatablock */
typedef BOOLEAN(NTAPI *PSCSIWMI_SET_DATABLOCK)(
    PVOID DeviceContext,
    PSCSIWMI_REQUEST_CONTEXT RequestContext,
    ULONG GuidIndex,
    ULONG InstanceIndex,
    ULONG BufferSize,
    PUCHAR Buffer);

/* HwScsiWmiSetDataitem */
typedef BOOLEAN(NTAPI *PSCSIWMI_SET_DATAITEM)(
    PVOID DeviceContext,
    PSCSIWMI_REQUEST_CONTEXT RequestContext,
    ULONG GuidIndex,
    ULONG InstanceIndex,
    ULONG DataItemId,
    ULONG BufferSize,
    PUCHAR Buffer);

/* "HwScsiWmiExecuteMethod": input and output share Buffer. */
typedef BOOLEAN(NTAPI *PSCSIWMI_EXECUTE_METHOD)(
    PVOID DeviceContext,
    PSCSIWMI_REQUEST_CONTEXT RequestContext,
    ULONG GuidIndex,
    ULONG InstanceIndex,
    ULONG MethodId,
    ULONG InBufferSize,
    ULONG OutBufferSize,
    PUCHAR Buffer);

/* SCSIWMI_ENABLE_DISABLE_CONTROL */
typedef enum _SCSIWMI_ENABLE_DISABLE_CONTROL {
    ScsiWmiEventControl,
    ScsiWmiDataBlockControl
} SCSIWMI_ENABLE_DISABLE_CONTROL;

/* HwScsiWmiFunctionControl */
typedef BOOLEAN(NTAPI *PSCSIWMI_FUNCTION_CONTROL)(
    PVOID DeviceContext,
    PSCSIWMI_REQUEST_CONTEXT RequestContext,
    ULONG GuidIndex,
    SCSIWMI_ENABLE_DISABLE_CONTROL Function,
    BOOLEAN Enable);

/* "SCSI_WMILIB_CONTEXT": the first two routines are required, the others optional. */
typedef struct _SCSIWMILIB_CONTEXT {
    ULONG GuidCount;
    PSCSIWMIGUIDREGINFO GuidList;
    PSCSIWMI_QUERY_REGINFO QueryWmiRegInfo;
    PSCSIWMI_QUERY_DATABLOCK QueryWmiDataBlock;
    PSCSIWMI_SET_DATABLOCK SetWmiDataBlock;
    PSCSIWMI_SET_DATAITEM SetWmiDataItem;
    PSCSIWMI_EXECUTE_METHOD ExecuteWmiMethod;
    PSCSIWMI_FUNCTION_CONTROL WmiFunctionControl;
} SCSI_WMILIB_CONTEXT, *PSCSI_WMILIB_CONTEXT;

/* "ScsiPortWmiDispatchFunction": FALSE while the request is pending. */
BOOLEAN NTAPI ScsiPortWmiDispatchFunction(
    PSCSI_WMILIB_CONTEXT WmiLibInfo,
    UCHAR MinorFunction,
    PVOID DeviceContext,
    PSCSIWMI_REQUEST_CONTEXT RequestContext,
    PVOID DataPath,
    ULONG BufferSize,
    PVOID Buffer);

/* "ScsiPortWmiPostProcess": BufferUsed is what was used, or with SRB_STATUS_DATA_OVERRUN what is needed. */
VOID NTAPI ScsiPortWmiPostProcess(PSCSIWMI_REQUEST_CONTEXT RequestContext, UCHAR SrbStatus, ULONG BufferUsed);

/* "ScsiPortWmiFireLogicalUnitEvent" */
VOID NTAPI ScsiPortWmiFireLogicalUnitEvent(
    PVOID HwDeviceExtension,
    UCHAR PathId,
    UCHAR TargetId,
    UCHAR Lun,
    LPGUID Guid,
    ULONG InstanceIndex,
    ULONG EventDataSize,
    PVOID EventData);

/* "ScsiPortWmiFireAdapterEvent" */
#define ScsiPortWmiFireAdapterEvent(HwDeviceExtension, Guid, InstanceIndex, EventDataSize, EventData) \
    ScsiPortWmiFireLogicalUnitEvent(                                                                  \
        (HwDeviceExtension), 0xff, 0, 0, (Guid), (InstanceIndex), (EventDataSize), (EventData))

/* "ScsiPortWmiGetReturnStatus" and "ScsiPortWmiGetReturnSize" */
#define ScsiPortWmiGetReturnStatus(RequestContext) ((RequestContext)->ReturnStatus)
#define ScsiPortWmiGetReturnSize(RequestContext) ((RequestContext)->ReturnSize)

#endif
