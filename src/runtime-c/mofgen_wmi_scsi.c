// mofgen's C runtime core for SCSI and Storport miniports: the callbacks of SCSI_WMILIB_CONTEXT, and events. The same for every MOF
// file; mofgen copies it next to the files that it generates.
#include "mofgen_wmi_scsi.h"

// Flags from wmistr.h, which miniports do not include.
#define MOFGEN_REG_EXPENSIVE 0x00000001  // WMIREG_FLAG_EXPENSIVE
#define MOFGEN_REG_EVENT_ONLY 0x00000040 // WMIREG_FLAG_EVENT_ONLY_GUID

// ---- Answers ----

// The documentation of the callbacks (HwScsiWmiQueryDatablock and the others) specifies SRB_STATUS_SUCCESS, SRB_STATUS_DATA_OVERRUN with
// the required size for a small buffer, and an error status for a failure. The core uses SRB_STATUS_INVALID_REQUEST (srb.h) for a block,
// instance or item that the device does not have, and SRB_STATUS_ERROR for other failures.
_Use_decl_annotations_
UCHAR
MofgenScsiStatus(
    NTSTATUS Status)
{
    if (NT_SUCCESS(Status))
    {
        return SRB_STATUS_SUCCESS;
    }
    switch (Status)
    {
    case STATUS_BUFFER_TOO_SMALL:
        return SRB_STATUS_DATA_OVERRUN;
    case STATUS_WMI_GUID_NOT_FOUND:
    case STATUS_WMI_INSTANCE_NOT_FOUND:
    case STATUS_WMI_ITEMID_NOT_FOUND:
    case STATUS_WMI_READ_ONLY:
    case STATUS_INVALID_DEVICE_REQUEST:
    case STATUS_NOT_SUPPORTED:
        return SRB_STATUS_INVALID_REQUEST;
    default:
        return SRB_STATUS_ERROR;
    }
}

// Completes a request, or leaves it pending. Returns the value for the callback to return.
static BOOLEAN
MofgenScsiEnd(
    _Inout_ MOFGEN_SCSI_REQUEST *Request,
    _In_ NTSTATUS Status,
    _In_ ULONG Used)
{
    if (Status == STATUS_RETRY)
    {
        return FALSE;
    }
    Request->Kind = MofgenScsiNone;
    ScsiPortWmiPostProcess(&Request->Context, MofgenScsiStatus(Status), Used);
    return TRUE;
}

// Returns TRUE when the block has the instances of a request.
static BOOLEAN
MofgenScsiHasInstances(
    _In_ const MOFGEN_SCSI_REQUEST *Request)
{
    const SCSI_WMILIB_CONTEXT *library = &Request->Wmi->Library;
    ULONG count;

    if (Request->GuidIndex >= library->GuidCount)
    {
        return FALSE;
    }
    count = library->GuidList[Request->GuidIndex].InstanceCount;
    return Request->InstanceIndex < count && Request->InstanceCount <= count - Request->InstanceIndex;
}

_Use_decl_annotations_
BOOLEAN
MofgenScsiResume(
    MOFGEN_SCSI_REQUEST *Request)
{
    const MOFGEN_SCSI_WMI *wmi = Request->Wmi;
    MOFGEN_BLOCK_CALL call;
    NTSTATUS status;
    ULONG used = 0;

    MofgenBlockCallInitialize(
        &call, wmi->Blocks, Request->GuidIndex, Request->InstanceIndex, wmi->DeviceContext);
    call.Memory = wmi->Memory;
    call.MemorySize = wmi->MemorySize;
    if (!MofgenScsiHasInstances(Request))
    {
        return MofgenScsiEnd(Request, STATUS_WMI_INSTANCE_NOT_FOUND, 0);
    }
    switch (Request->Kind)
    {
    case MofgenScsiQuery:
        status = MofgenBlockQueryInstances(
            &call, Request->InstanceCount, Request->Lengths, Request->OutSize, Request->Buffer, &used);
        break;
    case MofgenScsiSetInstance:
        status = MofgenBlockSetInstance(&call, Request->InSize, Request->Buffer);
        break;
    case MofgenScsiSetItem:
        status = MofgenBlockSetItem(&call, Request->Id, Request->InSize, Request->Buffer);
        break;
    case MofgenScsiExecute:
        status = MofgenBlockExecute(
            &call, Request->Id, Request->InSize, Request->OutSize, Request->Buffer, &used);
        break;
    default:
        status = STATUS_INVALID_DEVICE_REQUEST;
        break;
    }
    return MofgenScsiEnd(Request, status, used);
}

// ---- Callbacks: Context is the device's MOFGEN_SCSI_WMI, RequestContext is the first member of a MOFGEN_SCSI_REQUEST ----

// Initializes the request of a callback, for one instance of a block.
static MOFGEN_SCSI_REQUEST *
MofgenScsiBegin(
    _In_ PVOID Context,
    _In_ PSCSIWMI_REQUEST_CONTEXT RequestContext,
    _In_ MOFGEN_SCSI_KIND Kind,
    _In_ ULONG GuidIndex,
    _In_ ULONG InstanceIndex)
{
    MOFGEN_SCSI_REQUEST *request = CONTAINING_RECORD(RequestContext, MOFGEN_SCSI_REQUEST, Context);

    request->Wmi = (MOFGEN_SCSI_WMI *)Context;
    request->Kind = Kind;
    request->GuidIndex = GuidIndex;
    request->InstanceIndex = InstanceIndex;
    request->InstanceCount = 1;
    return request;
}

static UCHAR NTAPI
MofgenScsiQueryReginfo(
    PVOID Context,
    PSCSIWMI_REQUEST_CONTEXT RequestContext,
    PWCHAR *MofResourceName)
{
    const MOFGEN_SCSI_WMI *wmi = (const MOFGEN_SCSI_WMI *)Context;

    UNREFERENCED_PARAMETER(RequestContext);
    *MofResourceName = (PWCHAR)(ULONG_PTR)wmi->Blocks->MofResource; // the port driver only reads it; may be NULL
    return SRB_STATUS_SUCCESS;
}

static BOOLEAN NTAPI
MofgenScsiQueryDataBlock(
    PVOID Context,
    PSCSIWMI_REQUEST_CONTEXT RequestContext,
    ULONG GuidIndex,
    ULONG InstanceIndex,
    ULONG InstanceCount,
    PULONG InstanceLengthArray,
    ULONG BufferAvail,
    PUCHAR Buffer)
{
    MOFGEN_SCSI_REQUEST *request =
        MofgenScsiBegin(Context, RequestContext, MofgenScsiQuery, GuidIndex, InstanceIndex);

    request->InstanceCount = InstanceCount;
    request->Lengths = InstanceLengthArray;
    request->OutSize = BufferAvail;
    request->Buffer = Buffer;
    return MofgenScsiResume(request);
}

static BOOLEAN NTAPI
MofgenScsiSetDataBlock(
    PVOID Context,
    PSCSIWMI_REQUEST_CONTEXT RequestContext,
    ULONG GuidIndex,
    ULONG InstanceIndex,
    ULONG BufferSize,
    PUCHAR Buffer)
{
    MOFGEN_SCSI_REQUEST *request =
        MofgenScsiBegin(Context, RequestContext, MofgenScsiSetInstance, GuidIndex, InstanceIndex);

    request->InSize = BufferSize;
    request->Buffer = Buffer;
    return MofgenScsiResume(request);
}

static BOOLEAN NTAPI
MofgenScsiSetDataItem(
    PVOID Context,
    PSCSIWMI_REQUEST_CONTEXT RequestContext,
    ULONG GuidIndex,
    ULONG InstanceIndex,
    ULONG DataItemId,
    ULONG BufferSize,
    PUCHAR Buffer)
{
    MOFGEN_SCSI_REQUEST *request =
        MofgenScsiBegin(Context, RequestContext, MofgenScsiSetItem, GuidIndex, InstanceIndex);

    request->Id = DataItemId;
    request->InSize = BufferSize;
    request->Buffer = Buffer;
    return MofgenScsiResume(request);
}

static BOOLEAN NTAPI
MofgenScsiExecuteMethod(
    PVOID Context,
    PSCSIWMI_REQUEST_CONTEXT RequestContext,
    ULONG GuidIndex,
    ULONG InstanceIndex,
    ULONG MethodId,
    ULONG InBufferSize,
    ULONG OutBufferSize,
    PUCHAR Buffer)
{
    MOFGEN_SCSI_REQUEST *request =
        MofgenScsiBegin(Context, RequestContext, MofgenScsiExecute, GuidIndex, InstanceIndex);

    request->Id = MethodId;
    request->InSize = InBufferSize;
    request->OutSize = OutBufferSize;
    request->Buffer = Buffer;
    return MofgenScsiResume(request);
}

static BOOLEAN NTAPI
MofgenScsiFunctionControl(
    PVOID Context,
    PSCSIWMI_REQUEST_CONTEXT RequestContext,
    ULONG GuidIndex,
    SCSIWMI_ENABLE_DISABLE_CONTROL Function,
    BOOLEAN Enable)
{
    const MOFGEN_SCSI_WMI *wmi = (const MOFGEN_SCSI_WMI *)Context;
    MOFGEN_BLOCK_CALL call;
    NTSTATUS status = STATUS_SUCCESS;

    MofgenBlockCallInitialize(&call, wmi->Blocks, GuidIndex, 0, wmi->DeviceContext);
    // Enabling or disabling events needs no action.
    if (Function == ScsiWmiDataBlockControl)
    {
        status = MofgenBlockCollect(&call, Enable);
    }
    ScsiPortWmiPostProcess(RequestContext, MofgenScsiStatus(status), 0);
    return TRUE;
}

// ---- Devices ----

// Sets the callbacks that the blocks need; the others stay NULL.
static VOID
MofgenScsiSetCallbacks(
    _Inout_ SCSI_WMILIB_CONTEXT *Library,
    _In_ const MOFGEN_BLOCKS *Blocks)
{
    const MOFGEN_BLOCK *block;
    ULONG i;

    Library->QueryWmiRegInfo = MofgenScsiQueryReginfo;
    Library->QueryWmiDataBlock = MofgenScsiQueryDataBlock;
    for (i = 0; i < Blocks->BlockCount; i += 1)
    {
        block = &Blocks->Blocks[i];
        if (block->SetInstance != NULL)
        {
            Library->SetWmiDataBlock = MofgenScsiSetDataBlock;
            Library->SetWmiDataItem = MofgenScsiSetDataItem;
        }
        if (block->Execute != NULL)
        {
            Library->ExecuteWmiMethod = MofgenScsiExecuteMethod;
        }
        if (block->Collect != NULL)
        {
            Library->WmiFunctionControl = MofgenScsiFunctionControl;
        }
    }
}

_Use_decl_annotations_
NTSTATUS
MofgenScsiSetInstanceCount(
    MOFGEN_SCSI_WMI *Wmi,
    ULONG GuidIndex,
    ULONG InstanceCount)
{
    SCSIWMIGUIDREGINFO *guid = &Wmi->Library.GuidList[GuidIndex];
    NTSTATUS status;
    ULONG i;

    for (i = guid->InstanceCount; i < InstanceCount; i += 1)
    {
        status = MofgenBlockCreate(&Wmi->Blocks->Blocks[GuidIndex], Wmi->DeviceContext, i);
        if (!NT_SUCCESS(status))
        {
            return status;
        }
        guid->InstanceCount = i + 1;
    }
    guid->InstanceCount = InstanceCount;
    return STATUS_SUCCESS;
}

_Use_decl_annotations_
NTSTATUS
MofgenScsiInitialize(
    MOFGEN_SCSI_WMI *Wmi,
    const MOFGEN_BLOCKS *Blocks,
    SCSIWMIGUIDREGINFO *Guids,
    PVOID DeviceContext,
    ULONG MemorySize,
    PVOID Memory)
{
    const MOFGEN_BLOCK *block;
    NTSTATUS status;
    ULONG i;

    RtlZeroMemory(Wmi, sizeof(*Wmi));
    Wmi->Blocks = Blocks;
    Wmi->DeviceContext = DeviceContext;
    Wmi->Memory = Memory;
    Wmi->MemorySize = MemorySize;
    Wmi->Library.GuidList = Guids;
    Wmi->Library.GuidCount = Blocks->BlockCount;
    MofgenScsiSetCallbacks(&Wmi->Library, Blocks);
    for (i = 0; i < Blocks->BlockCount; i += 1)
    {
        block = &Blocks->Blocks[i];
        Guids[i].Guid = &block->Guid;
        Guids[i].InstanceCount = 0;
        Guids[i].Flags = ((block->Flags & MOFGEN_WMI_EVENT) != 0 ? MOFGEN_REG_EVENT_ONLY : 0) |
                         ((block->Flags & MOFGEN_WMI_EXPENSIVE) != 0 ? MOFGEN_REG_EXPENSIVE : 0);
    }
    for (i = 0; i < Blocks->BlockCount; i += 1)
    {
        if ((Blocks->Blocks[i].Flags & MOFGEN_WMI_NO_FIRST_INSTANCE) == 0)
        {
            status = MofgenScsiSetInstanceCount(Wmi, i, 1);
            if (!NT_SUCCESS(status))
            {
                MOFGEN_TRACE(status, "the first instance", &Blocks->Blocks[i].Guid);
                Wmi->Library.GuidCount = 0;
                return status;
            }
        }
    }
    return STATUS_SUCCESS;
}

_Use_decl_annotations_
BOOLEAN
MofgenScsiDispatch(
    MOFGEN_SCSI_WMI *Wmi,
    MOFGEN_SCSI_REQUEST *Request,
    UCHAR MinorFunction,
    PVOID DataPath,
    ULONG BufferSize,
    PVOID Buffer)
{
    PVOID userContext = Request->Context.UserContext;

    RtlZeroMemory(Request, sizeof(*Request));
    Request->Context.UserContext = userContext;
    Request->Wmi = Wmi;
    return ScsiPortWmiDispatchFunction(
        &Wmi->Library, MinorFunction, Wmi, &Request->Context, DataPath, BufferSize, Buffer);
}

// ---- Events ----

_Use_decl_annotations_
NTSTATUS
MofgenScsiFire(
    const MOFGEN_SCSI_SOURCE *Source,
    const MOFGEN_BLOCKS *Blocks,
    ULONG GuidIndex,
    ULONG InstanceIndex,
    MOFGEN_WRITE Write,
    const VOID *Data,
    ULONG BufferSize,
    PVOID Buffer)
{
    GUID guid = Blocks->Blocks[GuidIndex].Guid; // copied, because the routine takes no const pointer
    NTSTATUS status = STATUS_SUCCESS;
    ULONG size = 0;

    if (Write != NULL)
    {
        status = MofgenEncode(Write, Data, BufferSize, Buffer, &size);
    }
    if (!NT_SUCCESS(status))
    {
        return status;
    }
#ifdef MOFGEN_SCSI_MAX_EVENT_BYTES
    // The port driver cannot send more, and cannot report that.
    if (size > MOFGEN_SCSI_MAX_EVENT_BYTES)
    {
        return STATUS_INVALID_BUFFER_SIZE;
    }
#endif
    ScsiPortWmiFireLogicalUnitEvent(
        Source->HwDeviceExtension,
        Source->PathId,
        Source->TargetId,
        Source->Lun,
        &guid,
        InstanceIndex,
        size,
        size == 0 ? NULL : Buffer);
    return STATUS_SUCCESS;
}
