// mofgen's C runtime core for blocks without a transport: their table, and a function for each kind of request. The functions run at
// any IRQL, take no locks, allocate no pool, and import nothing. The same for every MOF file; mofgen copies it next to the files that
// it generates.
#ifndef _MOFGEN_WMI_BLOCKS_H_
#define _MOFGEN_WMI_BLOCKS_H_

#include "mofgen_wmi_arena.h"

#ifdef __cplusplus
extern "C" {
#endif

// One instance of a block, as the driver's functions receive it. Valid during one call.
typedef struct _MOFGEN_BLOCK_INSTANCE
{
    PVOID DeviceContext; // from the MOFGEN_BLOCK_CALL
    ULONG InstanceIndex;
    MOFGEN_MEMORY *Memory; // for MofgenBlockAllocate
} MOFGEN_BLOCK_INSTANCE;

// One block or event, and the functions for its requests; NULL for a request that it does not support.
typedef struct _MOFGEN_BLOCK
{
    GUID Guid;
    ULONG Flags; // MOFGEN_WMI_EVENT, MOFGEN_WMI_EXPENSIVE, MOFGEN_WMI_NO_FIRST_INSTANCE
    NTSTATUS (*Query)(MOFGEN_BLOCK_INSTANCE *Instance, MOFGEN_REQUEST *Request);
    NTSTATUS (*SetInstance)(MOFGEN_BLOCK_INSTANCE *Instance, MOFGEN_REQUEST *Request);
    NTSTATUS (*SetItem)(MOFGEN_BLOCK_INSTANCE *Instance, ULONG Id, MOFGEN_REQUEST *Request);
    NTSTATUS (*Execute)(MOFGEN_BLOCK_INSTANCE *Instance, ULONG Id, MOFGEN_REQUEST *Request);
    NTSTATUS (*Collect)(PVOID DeviceContext, BOOLEAN Enable);
    NTSTATUS (*Create)(MOFGEN_BLOCK_INSTANCE *Instance);
    const UCHAR *MofData; // the binary MOF, in the row of MSWmi_MofData
    ULONG MofDataSize;
} MOFGEN_BLOCK;

// All blocks of one MOF file.
typedef struct _MOFGEN_BLOCKS
{
    const MOFGEN_BLOCK *Blocks;
    ULONG BlockCount;
    PCWSTR MofResource; // the name of the binary MOF's resource, or NULL
} MOFGEN_BLOCKS;

// One call: the block, the instance, and working memory.
typedef struct _MOFGEN_BLOCK_CALL
{
    const MOFGEN_BLOCKS *Blocks;
    ULONG GuidIndex;
    ULONG InstanceIndex;
    PVOID DeviceContext;
    // Working memory for blocks whose data varies in length, used by one call at a time; fixed-size blocks need none.
    _Field_size_bytes_(MemorySize) PVOID Memory;
    ULONG MemorySize;
} MOFGEN_BLOCK_CALL;

// Initializes a call without working memory. To provide it, set Memory and MemorySize afterwards.
FORCEINLINE
VOID
MofgenBlockCallInitialize(
    _Out_ MOFGEN_BLOCK_CALL *Call,
    _In_ const MOFGEN_BLOCKS *Blocks,
    _In_ ULONG GuidIndex,
    _In_ ULONG InstanceIndex,
    _In_opt_ PVOID DeviceContext)
{
    Call->Blocks = Blocks;
    Call->GuidIndex = GuidIndex;
    Call->InstanceIndex = InstanceIndex;
    Call->DeviceContext = DeviceContext;
    Call->Memory = NULL;
    Call->MemorySize = 0;
}

// Maps a driver callback's status. Only the core decides that a buffer is too small, so STATUS_BUFFER_TOO_SMALL becomes TooSmall.
// STATUS_PENDING, a success code, becomes STATUS_RETRY: no output is encoded, and the caller repeats the call later. A driver's own
// STATUS_RETRY becomes a failure, so that STATUS_RETRY always means a pending request.
FORCEINLINE
NTSTATUS
MofgenMapBlockStatus(
    _In_ NTSTATUS Status,
    _In_ NTSTATUS TooSmall)
{
    if (Status == STATUS_PENDING)
    {
        return STATUS_RETRY;
    }
    if (Status == STATUS_RETRY)
    {
        return STATUS_UNSUCCESSFUL;
    }
    return Status == STATUS_BUFFER_TOO_SMALL ? TooSmall : Status;
}

// Maps the status of Create, Collect and the commit of a method, which are not repeated: STATUS_PENDING is a failure.
FORCEINLINE
NTSTATUS
MofgenMapFinalStatus(
    _In_ NTSTATUS Status,
    _In_ NTSTATUS TooSmall)
{
    NTSTATUS status = MofgenMapBlockStatus(Status, TooSmall);

    return status == STATUS_RETRY ? STATUS_UNSUCCESSFUL : status;
}

// Allocates zeroed bytes, aligned to 8 bytes, in the call's working memory. They are valid until the call returns. Returns NULL when
// the working memory is exhausted.
_Must_inspect_result_
PVOID
MofgenBlockAllocate(
    _In_ MOFGEN_BLOCK_INSTANCE *Instance,
    _In_ ULONGLONG Size);

// Creates one instance of every block without MOFGEN_WMI_NO_FIRST_INSTANCE. Stops at the first failure.
_Must_inspect_result_
NTSTATUS
MofgenBlocksCreate(
    _In_ const MOFGEN_BLOCKS *Blocks,
    _In_opt_ PVOID DeviceContext);

// Creates one instance of a block.
_Must_inspect_result_
NTSTATUS
MofgenBlockCreate(
    _In_ const MOFGEN_BLOCK *Block,
    _In_opt_ PVOID DeviceContext,
    _In_ ULONG InstanceIndex);

// Finds a block by its GUID. Returns STATUS_WMI_GUID_NOT_FOUND when there is none.
_Must_inspect_result_
NTSTATUS
MofgenBlockFind(
    _In_ const MOFGEN_BLOCKS *Blocks,
    _In_ const GUID *Guid,
    _Out_ ULONG *GuidIndex);

// Queries one instance. *Used is the size of the output, or with STATUS_BUFFER_TOO_SMALL the required size.
NTSTATUS
MofgenBlockQuery(
    _In_ const MOFGEN_BLOCK_CALL *Call,
    _In_ ULONG BufferSize,
    _Out_writes_bytes_to_opt_(BufferSize, *Used) PVOID Buffer,
    _Out_ ULONG *Used);

// Queries InstanceCount instances, the first of which is at InstanceIndex, into one buffer, each aligned to 8 bytes, for WMILIB and
// similar libraries. Lengths receives their sizes, unless BufferSize is 0; it may be NULL. *Used is the size of the output, or with
// STATUS_BUFFER_TOO_SMALL the required size.
NTSTATUS
MofgenBlockQueryInstances(
    _In_ const MOFGEN_BLOCK_CALL *Call,
    _In_ ULONG InstanceCount,
    _Out_writes_opt_(InstanceCount) ULONG *Lengths,
    _In_ ULONG BufferSize,
    _Out_writes_bytes_to_opt_(BufferSize, *Used) UCHAR *Buffer,
    _Out_ ULONG *Used);

// Sets all items of one instance.
NTSTATUS
MofgenBlockSetInstance(
    _In_ const MOFGEN_BLOCK_CALL *Call,
    _In_ ULONG Size,
    _In_reads_bytes_opt_(Size) const VOID *Buffer);

// Sets one item.
NTSTATUS
MofgenBlockSetItem(
    _In_ const MOFGEN_BLOCK_CALL *Call,
    _In_ ULONG ItemId,
    _In_ ULONG Size,
    _In_reads_bytes_opt_(Size) const VOID *Buffer);

// Executes a method. Input and output share Buffer, whose size is the larger of both sizes.
NTSTATUS
MofgenBlockExecute(
    _In_ const MOFGEN_BLOCK_CALL *Call,
    _In_ ULONG MethodId,
    _In_ ULONG InSize,
    _In_ ULONG OutSize,
    _Inout_opt_ PVOID Buffer,
    _Out_ ULONG *Used);

// Starts or stops the collection of an expensive block's data; does nothing for other blocks. Not needed for events. If the driver's
// Collect returns STATUS_PENDING, the call fails.
NTSTATUS
MofgenBlockCollect(
    _In_ const MOFGEN_BLOCK_CALL *Call,
    _In_ BOOLEAN Enable);

#ifdef __cplusplus
}
#endif

#endif
