// mofgen's C runtime core for blocks without a transport: a function for each kind of request. The same for every MOF file; mofgen
// copies it next to the files that it generates.
#include "mofgen_wmi_blocks.h"

_Use_decl_annotations_
PVOID
MofgenBlockAllocate(
    MOFGEN_BLOCK_INSTANCE *Instance,
    ULONGLONG Size)
{
    return Instance->Memory == NULL ? NULL : MofgenMemoryAllocate(Instance->Memory, Size);
}

_Use_decl_annotations_
NTSTATUS
MofgenBlockCreate(
    const MOFGEN_BLOCK *Block,
    PVOID DeviceContext,
    ULONG InstanceIndex)
{
    MOFGEN_BLOCK_INSTANCE instance;

    if (Block->Create == NULL)
    {
        return STATUS_SUCCESS;
    }
    instance.DeviceContext = DeviceContext;
    instance.InstanceIndex = InstanceIndex;
    instance.Memory = NULL;
    return MofgenMapFinalStatus(Block->Create(&instance), STATUS_UNSUCCESSFUL);
}

_Use_decl_annotations_
NTSTATUS
MofgenBlocksCreate(
    const MOFGEN_BLOCKS *Blocks,
    PVOID DeviceContext)
{
    NTSTATUS status = STATUS_SUCCESS;
    ULONG i;

    for (i = 0; i < Blocks->BlockCount && NT_SUCCESS(status); i += 1)
    {
        if ((Blocks->Blocks[i].Flags & MOFGEN_WMI_NO_FIRST_INSTANCE) == 0)
        {
            status = MofgenBlockCreate(&Blocks->Blocks[i], DeviceContext, 0);
        }
    }
    return status;
}

_Use_decl_annotations_
NTSTATUS
MofgenBlockFind(
    const MOFGEN_BLOCKS *Blocks,
    const GUID *Guid,
    ULONG *GuidIndex)
{
    ULONG i;

    *GuidIndex = 0;
    for (i = 0; i < Blocks->BlockCount; i += 1)
    {
        if (RtlEqualMemory(&Blocks->Blocks[i].Guid, Guid, sizeof(*Guid)))
        {
            *GuidIndex = i;
            return STATUS_SUCCESS;
        }
    }
    return STATUS_WMI_GUID_NOT_FOUND;
}

// Returns the block of a call, or NULL when its index is out of range.
_Ret_maybenull_
static const MOFGEN_BLOCK *
MofgenBlockOf(
    _In_ const MOFGEN_BLOCK_CALL *Call)
{
    return Call->GuidIndex < Call->Blocks->BlockCount ? &Call->Blocks->Blocks[Call->GuidIndex] : NULL;
}

// Initializes the instance and the request of one call. Both are on the caller's stack.
static VOID
MofgenBlockBegin(
    _In_ const MOFGEN_BLOCK_CALL *Call,
    _Out_ MOFGEN_BLOCK_INSTANCE *Instance,
    _Inout_ MOFGEN_REQUEST *Request)
{
    MofgenArenaInitialize(&Request->Memory, Call->Memory, Call->MemorySize);
    Instance->DeviceContext = Call->DeviceContext;
    Instance->InstanceIndex = Call->InstanceIndex;
    Instance->Memory = &Request->Memory;
}

// Completes a query for a block without a Query function.
static NTSTATUS
MofgenBlockQueryEmpty(
    _In_ const MOFGEN_BLOCK *Block,
    _Inout_ MOFGEN_REQUEST *Request)
{
    // WMI queries an instance before it executes its methods. A block that has only methods returns a ULONG, like those of
    // Microsoft's sample drivers msdsm and iscsi.
    const ULONG empty = 0;

    if (Block->MofData != NULL)
    {
        // The bytes need no encoding: the first items of MSWmi_MofData are the header of a binary MOF.
        return MofgenRequestAnswer(Request, Block->MofData, Block->MofDataSize);
    }
    if ((Block->Flags & MOFGEN_WMI_EVENT) != 0)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    return MofgenRequestAnswer(Request, &empty, Block->Execute != NULL ? sizeof(empty) : 0);
}

_Use_decl_annotations_
NTSTATUS
MofgenBlockQuery(
    const MOFGEN_BLOCK_CALL *Call,
    ULONG BufferSize,
    VOID *Buffer,
    ULONG *Used)
{
    const MOFGEN_BLOCK *block = MofgenBlockOf(Call);
    MOFGEN_BLOCK_INSTANCE instance;
    MOFGEN_REQUEST request;
    NTSTATUS status;

    *Used = 0;
    if (block == NULL)
    {
        return STATUS_WMI_GUID_NOT_FOUND;
    }
    MofgenRequestInitialize(&request, NULL, 0, Buffer, BufferSize);
    MofgenBlockBegin(Call, &instance, &request);
    status = block->Query != NULL ? block->Query(&instance, &request) : MofgenBlockQueryEmpty(block, &request);
    *Used = MofgenRequestUsed(&request, status);
    return status;
}

_Use_decl_annotations_
NTSTATUS
MofgenBlockQueryInstances(
    const MOFGEN_BLOCK_CALL *Call,
    ULONG InstanceCount,
    ULONG *Lengths,
    ULONG BufferSize,
    UCHAR *Buffer,
    ULONG *Used)
{
    MOFGEN_BLOCK_CALL call = *Call;
    BOOLEAN fits = TRUE;
    ULONGLONG end = 0;
    ULONGLONG start;
    NTSTATUS status;
    ULONG used;
    ULONG room;
    ULONG i;

    *Used = 0;
    for (i = 0; i < InstanceCount; i += 1)
    {
        start = MofgenAlignUp(end, sizeof(ULONGLONG));
        room = Buffer != NULL && start < BufferSize ? BufferSize - (ULONG)start : 0;
        call.InstanceIndex = Call->InstanceIndex + i;
        status = MofgenBlockQuery(&call, room, room > 0 ? Buffer + (ULONG)start : NULL, &used);
        if (status == STATUS_BUFFER_TOO_SMALL)
        {
            // Continue: the caller needs the size of all instances.
            fits = FALSE;
        }
        else if (!NT_SUCCESS(status))
        {
            return status;
        }
        else if (room > 0 && used > 0)
        {
            // Zero the padding between instances, which fits if the instance does; do not disclose stale kernel memory.
            RtlZeroMemory(Buffer + (ULONG)end, (ULONG)(start - end));
        }
        if (BufferSize > 0 && Lengths != NULL)
        {
            Lengths[i] = used;
        }
        end = used > 0 ? start + used : end;
        if (end > MAXULONG)
        {
            return STATUS_INTEGER_OVERFLOW;
        }
    }
    *Used = (ULONG)end;
    return fits ? STATUS_SUCCESS : STATUS_BUFFER_TOO_SMALL;
}

_Use_decl_annotations_
NTSTATUS
MofgenBlockSetInstance(
    const MOFGEN_BLOCK_CALL *Call,
    ULONG Size,
    const VOID *Buffer)
{
    const MOFGEN_BLOCK *block = MofgenBlockOf(Call);
    MOFGEN_BLOCK_INSTANCE instance;
    MOFGEN_REQUEST request;

    if (block == NULL)
    {
        return STATUS_WMI_GUID_NOT_FOUND;
    }
    if (block->SetInstance == NULL)
    {
        return STATUS_WMI_READ_ONLY;
    }
    MofgenRequestInitialize(&request, Buffer, Size, NULL, 0);
    MofgenBlockBegin(Call, &instance, &request);
    return block->SetInstance(&instance, &request);
}

_Use_decl_annotations_
NTSTATUS
MofgenBlockSetItem(
    const MOFGEN_BLOCK_CALL *Call,
    ULONG ItemId,
    ULONG Size,
    const VOID *Buffer)
{
    const MOFGEN_BLOCK *block = MofgenBlockOf(Call);
    MOFGEN_BLOCK_INSTANCE instance;
    MOFGEN_REQUEST request;

    if (block == NULL)
    {
        return STATUS_WMI_GUID_NOT_FOUND;
    }
    if (block->SetItem == NULL)
    {
        return STATUS_WMI_READ_ONLY;
    }
    MofgenRequestInitialize(&request, Buffer, Size, NULL, 0);
    MofgenBlockBegin(Call, &instance, &request);
    return block->SetItem(&instance, ItemId, &request);
}

_Use_decl_annotations_
NTSTATUS
MofgenBlockExecute(
    const MOFGEN_BLOCK_CALL *Call,
    ULONG MethodId,
    ULONG InSize,
    ULONG OutSize,
    VOID *Buffer,
    ULONG *Used)
{
    const MOFGEN_BLOCK *block = MofgenBlockOf(Call);
    MOFGEN_BLOCK_INSTANCE instance;
    MOFGEN_REQUEST request;
    NTSTATUS status;

    *Used = 0;
    if (block == NULL)
    {
        return STATUS_WMI_GUID_NOT_FOUND;
    }
    if (block->Execute == NULL)
    {
        return STATUS_WMI_ITEMID_NOT_FOUND;
    }
    MofgenRequestInitialize(&request, Buffer, InSize, Buffer, OutSize);
    MofgenBlockBegin(Call, &instance, &request);
    status = block->Execute(&instance, MethodId, &request);
    *Used = MofgenRequestUsed(&request, status);
    return status;
}

_Use_decl_annotations_
NTSTATUS
MofgenBlockCollect(
    const MOFGEN_BLOCK_CALL *Call,
    BOOLEAN Enable)
{
    const MOFGEN_BLOCK *block = MofgenBlockOf(Call);

    if (block == NULL)
    {
        return STATUS_WMI_GUID_NOT_FOUND;
    }
    return block->Collect == NULL
        ? STATUS_SUCCESS
        : MofgenMapFinalStatus(block->Collect(Call->DeviceContext, Enable), STATUS_UNSUCCESSFUL);
}
