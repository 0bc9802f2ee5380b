// The part of mofgen's C runtime core for blocks without transport: their table, and a function for each kind of request. They
// run at any IRQL, take no lock and no pool, and import nothing. The same for every MOF file; mofgen copies it beside the files
// that it generates.
#ifndef _MOFGEN_WMI_BLOCKS_H_
#define _MOFGEN_WMI_BLOCKS_H_

#include "mofgen_wmi_arena.h"

#ifdef __cplusplus
extern "C" {
#endif

// One instance of a block, as the driver's functions get it: made for each call, and gone after it.
typedef struct _MOFGEN_BLOCK_INSTANCE
{
    PVOID DeviceContext; // of the call: what the driver knows the device by
    ULONG InstanceIndex;
    MOFGEN_MEMORY *Memory; // for MofgenBlockAllocate
} MOFGEN_BLOCK_INSTANCE;

// One block or event: the functions that answer requests for it, NULL where there is no such request.
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
    const UCHAR *MofData; // the binary MOF, of the block that shows it
    ULONG MofDataSize;
} MOFGEN_BLOCK;

// All blocks of one MOF file.
typedef struct _MOFGEN_BLOCKS
{
    const MOFGEN_BLOCK *Blocks;
    ULONG BlockCount;
    PCWSTR MofResource; // the resource with the binary MOF; NULL for none
} MOFGEN_BLOCKS;

// What a request is for, and with what it works.
typedef struct _MOFGEN_BLOCK_CALL
{
    const MOFGEN_BLOCKS *Blocks;
    ULONG GuidIndex;
    ULONG InstanceIndex;
    PVOID DeviceContext;
    // Working memory of blocks whose data varies in length, for one call at a time; blocks of one size need none.
    _Field_size_bytes_(MemorySize) PVOID Memory;
    ULONG MemorySize;
} MOFGEN_BLOCK_CALL;

// Maps the status of a driver's function. Only the core decides that a buffer is too small: TooSmall is the status in its place.
// STATUS_PENDING, which is a success, becomes STATUS_RETRY: no answer is encoded, and the caller makes the call again later.
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
    return Status == STATUS_BUFFER_TOO_SMALL ? TooSmall : Status;
}

// Allocates zeroed bytes on a boundary of 8 bytes in the memory of the call, which last until the call returns. NULL when there
// are none.
_Must_inspect_result_
PVOID
MofgenBlockAllocate(
    _In_ MOFGEN_BLOCK_INSTANCE *Instance,
    _In_ ULONGLONG Size);

// Creates one instance of every block that starts with one. The first failure ends it.
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

// Finds a block by its GUID. STATUS_WMI_GUID_NOT_FOUND when there is none.
_Must_inspect_result_
NTSTATUS
MofgenBlockFind(
    _In_ const MOFGEN_BLOCKS *Blocks,
    _In_ const GUID *Guid,
    _Out_ ULONG *GuidIndex);

// Queries one instance. *Used is the size of the answer, or with STATUS_BUFFER_TOO_SMALL the size that it needs.
NTSTATUS
MofgenBlockQuery(
    _In_ const MOFGEN_BLOCK_CALL *Call,
    _In_ ULONG BufferSize,
    _Out_writes_bytes_to_opt_(BufferSize, *Used) PVOID Buffer,
    _Out_ ULONG *Used);

// Queries InstanceCount instances from InstanceIndex on into one buffer, each on a boundary of 8 bytes, as WMILIB and the
// libraries like it ask for them. Lengths gets their sizes; it may be NULL. *Used is where the last one ends, or would end if
// the buffer were large enough.
NTSTATUS
MofgenBlockQueryInstances(
    _In_ const MOFGEN_BLOCK_CALL *Call,
    _In_ ULONG InstanceCount,
    _Out_writes_opt_(InstanceCount) ULONG *Lengths,
    _In_ ULONG BufferSize,
    _Out_writes_bytes_to_opt_(BufferSize, *Used) UCHAR *Buffer,
    _Out_ ULONG *Used);

// Changes all items of one instance.
NTSTATUS
MofgenBlockSetInstance(
    _In_ const MOFGEN_BLOCK_CALL *Call,
    _In_ ULONG Size,
    _In_reads_bytes_opt_(Size) const VOID *Buffer);

// Changes one item.
NTSTATUS
MofgenBlockSetItem(
    _In_ const MOFGEN_BLOCK_CALL *Call,
    _In_ ULONG ItemId,
    _In_ ULONG Size,
    _In_reads_bytes_opt_(Size) const VOID *Buffer);

// Executes a method. Input and output share Buffer, which has the larger of both sizes.
NTSTATUS
MofgenBlockExecute(
    _In_ const MOFGEN_BLOCK_CALL *Call,
    _In_ ULONG MethodId,
    _In_ ULONG InSize,
    _In_ ULONG OutSize,
    _Inout_opt_ PVOID Buffer,
    _Out_ ULONG *Used);

// Starts and stops the collection of a block's data; does nothing for a block that is not expensive. Events need no call.
NTSTATUS
MofgenBlockCollect(
    _In_ const MOFGEN_BLOCK_CALL *Call,
    _In_ BOOLEAN Enable);

#ifdef __cplusplus
}
#endif

#endif
