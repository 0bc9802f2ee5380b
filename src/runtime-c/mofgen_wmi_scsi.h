// mofgen's C runtime core for SCSI and Storport miniports: the callbacks of SCSI_WMILIB_CONTEXT, and events. It runs at the IRQL of its
// caller, takes no locks, allocates no pool, and imports only the ScsiPortWmi routines. It has no IRQL annotations, because SCSIport and
// half-duplex Storport call HwStartIo at DIRQL. The same for every MOF file; mofgen copies it next to the files that it generates.
#ifndef _MOFGEN_WMI_SCSI_H_
#define _MOFGEN_WMI_SCSI_H_

#include "mofgen_wmi_blocks.h"

// Configuration: a header to include before scsiwmi.h, which some kits need, such as MOFGEN_PORT_HEADER=<storport.h>.
#ifdef MOFGEN_PORT_HEADER
#include MOFGEN_PORT_HEADER
#endif
#include <scsiwmi.h>

#ifdef __cplusplus
extern "C" {
#endif

// The state of one device for one MOF file, in nonpaged memory: part of the device extension.
typedef struct _MOFGEN_SCSI_WMI
{
    SCSI_WMILIB_CONTEXT Library;
    const MOFGEN_BLOCKS *Blocks;
    PVOID DeviceContext;
    // Working memory for blocks whose data varies in length, used by one request at a time.
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

// One request. It may be on the stack if no request can become pending. Else it must stay valid until the SRB is completed, such as in
// the SRB extension. Context.UserContext is for the driver.
typedef struct _MOFGEN_SCSI_REQUEST
{
    SCSIWMI_REQUEST_CONTEXT Context;
    // The members below are private: the parameters of the callback.
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

// Initializes a device: creates one instance of every block without MOFGEN_WMI_NO_FIRST_INSTANCE. Guids has one element for each block.
_Must_inspect_result_
NTSTATUS
MofgenScsiInitialize(
    _Out_ MOFGEN_SCSI_WMI *Wmi,
    _In_ const MOFGEN_BLOCKS *Blocks,
    _Out_writes_(Blocks->BlockCount) SCSIWMIGUIDREGINFO *Guids,
    _In_opt_ PVOID DeviceContext,
    _In_ ULONG MemorySize,
    _In_opt_ PVOID Memory);

// Sets the number of instances of a block or an event, and initializes new ones. After a failure, the instances that were initialized
// exist.
_Must_inspect_result_
NTSTATUS
MofgenScsiSetInstanceCount(
    _Inout_ MOFGEN_SCSI_WMI *Wmi,
    _In_ ULONG GuidIndex,
    _In_ ULONG InstanceCount);

// Handles an SRB with the function SRB_FUNCTION_WMI: MinorFunction is its WMISubFunction, DataPath its DataPath, which may be NULL for a
// registration, Buffer its data buffer. Returns TRUE when the request is complete: ScsiPortWmiGetReturnStatus and
// ScsiPortWmiGetReturnSize of Request->Context return the SRB's status and DataTransferLength. Returns FALSE when the request is pending,
// because a function of the driver returned STATUS_PENDING: Request, Wmi and the buffer must then stay valid until MofgenScsiResume
// returns TRUE.
_Must_inspect_result_
BOOLEAN
MofgenScsiDispatch(
    _In_ MOFGEN_SCSI_WMI *Wmi,
    _Inout_ MOFGEN_SCSI_REQUEST *Request,
    _In_ UCHAR MinorFunction,
    _In_opt_ PVOID DataPath,
    _In_ ULONG BufferSize,
    _Inout_updates_bytes_(BufferSize) PVOID Buffer);

// Repeats the call of the driver's function for a pending request. Returns as MofgenScsiDispatch does.
_Must_inspect_result_
BOOLEAN
MofgenScsiResume(
    _Inout_ MOFGEN_SCSI_REQUEST *Request);

// Maps a status to an SRB status.
UCHAR
MofgenScsiStatus(
    _In_ NTSTATUS Status);

// The sender of an event. A PathId of 0xff is the adapter, as in ScsiPortWmiFireAdapterEvent.
typedef struct _MOFGEN_SCSI_SOURCE
{
    PVOID HwDeviceExtension;
    UCHAR PathId;
    UCHAR TargetId;
    UCHAR Lun;
} MOFGEN_SCSI_SOURCE;

#define MOFGEN_SCSI_ADAPTER 0xff

// The maximum size of an event's data. Configuration: define before including to override. WMI_MINIPORT_EVENT_ITEM_MAX_SIZE of newer
// kits is the maximum size of a WNODE_EVENT_ITEM, whose data starts at offset 64. Older kits define no limit.
#if !defined(MOFGEN_SCSI_MAX_EVENT_BYTES) && defined(WMI_MINIPORT_EVENT_ITEM_MAX_SIZE)
#define MOFGEN_SCSI_MAX_EVENT_BYTES (WMI_MINIPORT_EVENT_ITEM_MAX_SIZE - 64)
#endif

// Encodes the data of the event at GuidIndex into Buffer and sends it. Write is NULL for an event without data. Sends nothing and
// returns a failure when Buffer is too small (STATUS_BUFFER_TOO_SMALL), when the data is larger than MOFGEN_SCSI_MAX_EVENT_BYTES
// (STATUS_INVALID_BUFFER_SIZE), or when the data is inconsistent.
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
