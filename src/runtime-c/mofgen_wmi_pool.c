// mofgen's C runtime core: memory from pool, for KMDF and WDM drivers. The same for every MOF file; mofgen copies it next to the
// files that it generates.
#include "mofgen_wmi_pool.h"

// The limit must fit in the 32-bit SIZE_T of x86.
C_ASSERT(MOFGEN_MAX_REQUEST_BYTES > 0 && MOFGEN_MAX_REQUEST_BYTES <= MAXULONG);

// ---- Pool ----

// ExAllocatePool2 exists since Windows 10, version 2004, and zeroes memory. Kits since then deprecate ExAllocatePoolWithTag and have
// ExAllocatePoolZero for older systems. There, ExAllocatePoolZero zeroes memory only in a driver that has called
// ExInitializeDriverRuntime, so the core zeroes memory itself.
#if defined(POOL_FLAG_PAGED) && NTDDI_VERSION >= 0x0A000008
#define MOFGEN_POOL_IS_ZEROED
#define MOFGEN_ALLOCATE ExAllocatePool2
#define MOFGEN_PAGED_POOL POOL_FLAG_PAGED
#define MOFGEN_NONPAGED_POOL POOL_FLAG_NON_PAGED
typedef ULONGLONG MOFGEN_POOL;
#else
#ifdef POOL_FLAG_PAGED
#define MOFGEN_ALLOCATE ExAllocatePoolZero
#else
#define MOFGEN_ALLOCATE ExAllocatePoolWithTag
#endif
#define MOFGEN_PAGED_POOL PagedPool
#define MOFGEN_NONPAGED_POOL NonPagedPoolNx
typedef POOL_TYPE MOFGEN_POOL;
#endif

// Allocates zeroed paged or nonpaged memory.
static PVOID
MofgenAllocate(
    _In_ MOFGEN_POOL Pool,
    _In_ SIZE_T Size)
{
    PVOID memory = Size == 0 ? NULL : MOFGEN_ALLOCATE(Pool, Size, MOFGEN_POOL_TAG);

#ifndef MOFGEN_POOL_IS_ZEROED
    if (memory != NULL)
    {
        RtlZeroMemory(memory, Size);
    }
#endif
    return memory;
}

_Use_decl_annotations_
MOFGEN_PAGED PVOID
MofgenAllocatePaged(
    SIZE_T Size)
{
    PAGED_CODE();

    return MofgenAllocate(MOFGEN_PAGED_POOL, Size);
}

_Use_decl_annotations_
PVOID
MofgenAllocateNonPaged(
    SIZE_T Size)
{
    return MofgenAllocate(MOFGEN_NONPAGED_POOL, Size);
}

_Use_decl_annotations_
VOID
MofgenFree(
    PVOID Memory)
{
    ExFreePoolWithTag(Memory, MOFGEN_POOL_TAG);
}

_Use_decl_annotations_
MOFGEN_PAGED VOID
MofgenFreePaged(
    PVOID Memory)
{
    PAGED_CODE();

    MofgenFree(Memory);
}

// ---- Request memory ----

_Use_decl_annotations_
MOFGEN_PAGED PVOID
MofgenMemoryAllocate(
    MOFGEN_MEMORY *Memory,
    ULONGLONG Size)
{
    ULONGLONG room = MOFGEN_MAX_REQUEST_BYTES - Memory->Size;
    MOFGEN_MEMORY_BLOCK *block;

    PAGED_CODE();

    if (room < sizeof(*block) || Size > room - sizeof(*block))
    {
        return NULL;
    }
    block = (MOFGEN_MEMORY_BLOCK *)MofgenAllocatePaged(sizeof(*block) + (SIZE_T)Size);
    if (block == NULL)
    {
        return NULL;
    }
    Memory->Size += sizeof(*block) + Size;
    block->Next = (MOFGEN_MEMORY_BLOCK *)Memory->Place;
    Memory->Place = block;
    return block + 1;
}

_Use_decl_annotations_
MOFGEN_PAGED VOID
MofgenMemoryFree(
    MOFGEN_MEMORY *Memory)
{
    MOFGEN_MEMORY_BLOCK *block;

    PAGED_CODE();

    while ((block = (MOFGEN_MEMORY_BLOCK *)Memory->Place) != NULL)
    {
        Memory->Place = block->Next;
        MofgenFree(block);
    }
    Memory->Size = 0;
}

// Frees one allocation, other than the latest, before the request is complete. Size is the size that was allocated.
MOFGEN_PAGED static VOID
MofgenMemoryFreeBlock(
    _Inout_ MOFGEN_MEMORY *Memory,
    _In_ const VOID *Bytes,
    _In_ ULONGLONG Size)
{
    MOFGEN_MEMORY_BLOCK *later = (MOFGEN_MEMORY_BLOCK *)Memory->Place;
    MOFGEN_MEMORY_BLOCK *block;

    PAGED_CODE();

    while ((const VOID *)(later->Next + 1) != Bytes)
    {
        later = later->Next;
    }
    block = later->Next;
    later->Next = block->Next;
    Memory->Size -= sizeof(*block) + Size;
    MofgenFree(block);
}

_Use_decl_annotations_
MOFGEN_PAGED PVOID
MofgenMemoryGrow(
    MOFGEN_MEMORY *Memory,
    PVOID Old,
    ULONGLONG OldSize,
    ULONGLONG NewSize)
{
    PVOID grown;

    PAGED_CODE();

    grown = MofgenMemoryAllocate(Memory, NewSize);
    if (grown != NULL && Old != NULL)
    {
        RtlCopyMemory(grown, Old, (SIZE_T)OldSize);
        MofgenMemoryFreeBlock(Memory, Old, OldSize);
    }
    return grown;
}

// ---- Values that outlast a request ----

// The header of stored values.
typedef struct _MOFGEN_STORED
{
    MOFGEN_MEMORY Memory; // holds this structure, the values, and the data that they point to
} MOFGEN_STORED;

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenStore(
    MOFGEN_READ Read,
    MOFGEN_WRITE Write,
    const VOID *Data,
    SIZE_T Size,
    VOID **Stored)
{
    ULONGLONG front = MofgenAlignUp(sizeof(MOFGEN_STORED) + Size, sizeof(ULONGLONG));
    MOFGEN_MEMORY memory = {NULL, 0};
    MOFGEN_READER reader;
    MOFGEN_STORED *stored;
    NTSTATUS status;
    UCHAR *image;
    ULONG size;

    PAGED_CODE();

    *Stored = NULL;
    // Encode the values, then read them back, so that the pointers of the stored structure point into the encoded copy.
    status = MofgenMeasure(Write, Data, &size);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    stored = (MOFGEN_STORED *)MofgenMemoryAllocate(&memory, front + size);
    if (stored == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    image = (UCHAR *)stored + front;
    status = MofgenEncodeMeasured(Write, Data, size, image, &size);
    if (NT_SUCCESS(status))
    {
        MofgenReaderStart(&reader, image, size, STATUS_UNSUCCESSFUL, &memory);
        Read(&reader, stored + 1);
        status = reader.Status;
    }
    if (!NT_SUCCESS(status))
    {
        MofgenMemoryFree(&memory);
        return status;
    }
    stored->Memory = memory;
    *Stored = stored + 1;
    return STATUS_SUCCESS;
}

_Use_decl_annotations_
MOFGEN_PAGED VOID
MofgenFreeStored(
    VOID *Stored)
{
    MOFGEN_MEMORY memory;

    PAGED_CODE();

    if (Stored != NULL)
    {
        // The list head is inside one of the allocations that are freed: use a copy.
        memory = ((MOFGEN_STORED *)Stored - 1)->Memory;
        MofgenMemoryFree(&memory);
    }
}
