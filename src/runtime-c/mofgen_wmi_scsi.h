// The part of mofgen's C runtime core for SCSI and Storport miniports: the callbacks of SCSI_WMILIB_CONTEXT and events. It runs
// at the level of its caller, takes no lock and no pool, and imports nothing but the ScsiPortWmi routines. The same for every MOF
// file; mofgen copies it beside the files that it generates.
#ifndef _MOFGEN_WMI_SCSI_H_
#define _MOFGEN_WMI_SCSI_H_

#include "mofgen_wmi_blocks.h"

// It includes srb.h.
#include <scsiwmi.h>

#ifdef __cplusplus
extern "C" {
#endif

// What a device has for one MOF file, in memory that is never paged out: a part of the device extension.
typedef struct _MOFGEN_SCSI_WMI
{
    SCSI_WMILIB_CONTEXT Library;
    const MOFGEN_BLOCKS *Blocks;
    PVOID DeviceContext;
    // Working memory of blocks whose data varies in length, for one request at a time.
    _Field_size_bytes_(MemorySize) PVOID Memory;
    ULONG MemorySize;
} MOFGEN_SCSI_WMI;

typedef enum _MOFGEN_SCSI_KIND
{
    MofgenScsiNone,
    MofgenScsiQuery,
    MofgenScsiSetInstance,
    MofgenScsiSetItem,
    MofgenScsiExecute,
} MOFGEN_SCSI_KIND;

// One request. It may be on the stack unless the request is pending: then it is part of the SRB extension, or of other memory
// that stays until the SRB is completed. Context.UserContext is for the driver.
typedef struct _MOFGEN_SCSI_REQUEST
{
    SCSIWMI_REQUEST_CONTEXT Context;
    // What follows is the core's: what the callback got.
    MOFGEN_SCSI_WMI *Wmi;
    MOFGEN_SCSI_KIND Kind;
    ULONG GuidIndex;
    ULONG InstanceIndex;
    ULONG InstanceCount;
    ULONG Id;
    ULONG InSize;
    ULONG OutSize;
    PULONG Lengths;
    PUCHAR Buffer;
} MOFGEN_SCSI_REQUEST;

// Prepares a device: one instance of every block that starts with one. Guids has one element for each block.
_Must_inspect_result_
NTSTATUS
MofgenScsiInitialize(
    _Out_ MOFGEN_SCSI_WMI *Wmi,
    _In_ const MOFGEN_BLOCKS *Blocks,
    _Out_writes_(Blocks->BlockCount) SCSIWMIGUIDREGINFO *Guids,
    _In_opt_ PVOID DeviceContext,
    _In_ ULONG MemorySize,
    _In_opt_ PVOID Memory);

// Sets how many instances a block or an event has, and initializes those that are new. After a failure it has those that were
// initialized.
_Must_inspect_result_
NTSTATUS
MofgenScsiSetInstanceCount(
    _Inout_ MOFGEN_SCSI_WMI *Wmi,
    _In_ ULONG GuidIndex,
    _In_ ULONG InstanceCount);

// Answers an SRB with the function SRB_FUNCTION_WMI: MinorFunction is its WMISubFunction, DataPath its DataPath, the buffer its
// data buffer. TRUE when the answer is complete: ScsiPortWmiGetReturnStatus and ScsiPortWmiGetReturnSize of Request->Context give
// the SRB's status and DataTransferLength. FALSE when it is pending, because a function of the driver returned STATUS_PENDING:
// then Request, Wmi and the buffer stay, and MofgenScsiResume goes on later.
_Must_inspect_result_
BOOLEAN
MofgenScsiDispatch(
    _In_ MOFGEN_SCSI_WMI *Wmi,
    _Inout_ MOFGEN_SCSI_REQUEST *Request,
    _In_ UCHAR MinorFunction,
    _In_ PVOID DataPath,
    _In_ ULONG BufferSize,
    _Inout_updates_bytes_(BufferSize) PVOID Buffer);

// Calls the driver's function of a pending request again. It returns as MofgenScsiDispatch does.
_Must_inspect_result_
BOOLEAN
MofgenScsiResume(
    _Inout_ MOFGEN_SCSI_REQUEST *Request);

// Maps a status to the status of an SRB.
UCHAR
MofgenScsiStatus(
    _In_ NTSTATUS Status);

// What sends an event. 0xff as PathId is the adapter, as ScsiPortWmiFireAdapterEvent has it.
typedef struct _MOFGEN_SCSI_SOURCE
{
    PVOID HwDeviceExtension;
    UCHAR PathId;
    UCHAR TargetId;
    UCHAR Lun;
} MOFGEN_SCSI_SOURCE;

#define MOFGEN_SCSI_ADAPTER 0xff

// Encodes the data of the event at GuidIndex into Buffer and sends it. Write is NULL for an event without data. Nothing is sent
// when Buffer is too small (STATUS_BUFFER_TOO_SMALL) or the data contradicts itself.
_Must_inspect_result_
NTSTATUS
MofgenScsiFire(
    _In_ const MOFGEN_SCSI_SOURCE *Source,
    _In_ const MOFGEN_BLOCKS *Blocks,
    _In_ ULONG GuidIndex,
    _In_ ULONG InstanceIndex,
    _In_opt_ MOFGEN_WRITE Write,
    _When_(Write != NULL, _In_) _When_(Write == NULL, _In_opt_) const VOID *Data,
    _In_ ULONG BufferSize,
    _Out_writes_bytes_opt_(BufferSize) PVOID Buffer);

#ifdef __cplusplus
}
#endif

#endif
