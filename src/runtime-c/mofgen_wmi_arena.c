// mofgen's C runtime core: memory from buffers of the caller, for code that cannot use pool, at any IRQL. The same for every MOF
// file; mofgen copies it next to the files that it generates.
#include "mofgen_wmi_arena.h"

_Use_decl_annotations_
VOID
MofgenArenaInitialize(
    MOFGEN_MEMORY *Memory,
    PVOID Buffer,
    ULONG Size)
{
    ULONG_PTR before = (0 - (ULONG_PTR)Buffer) & (sizeof(ULONGLONG) - 1);

    if (Buffer == NULL || Size < before)
    {
        Memory->Place = NULL;
        Memory->Size = 0;
        return;
    }
    Memory->Place = (UCHAR *)Buffer + before;
    Memory->Size = Size - before;
}

_Use_decl_annotations_
PVOID
MofgenMemoryAllocate(
    MOFGEN_MEMORY *Memory,
    ULONGLONG Size)
{
    UCHAR *place = (UCHAR *)Memory->Place;
    ULONGLONG whole;

    if (place == NULL || Size > Memory->Size)
    {
        return NULL;
    }
    // The buffer may end before the padding does. Padding is zeroed as well, because an allocation may grow into it.
    whole = MofgenAlignUp(Size, sizeof(ULONGLONG));
    whole = whole < Memory->Size ? whole : Memory->Size;
    RtlZeroMemory(place, (SIZE_T)whole);
    Memory->Place = place + (SIZE_T)whole;
    Memory->Size -= whole;
    return place;
}

_Use_decl_annotations_
PVOID
MofgenMemoryGrow(
    MOFGEN_MEMORY *Memory,
    PVOID Old,
    ULONGLONG OldSize,
    ULONGLONG NewSize)
{
    ULONGLONG whole = MofgenAlignUp(OldSize, sizeof(ULONGLONG));
    PVOID grown;

    if (Old != NULL && (UCHAR *)Old + (SIZE_T)whole == (UCHAR *)Memory->Place)
    {
        // The latest allocation grows in place.
        return NewSize <= whole || MofgenMemoryAllocate(Memory, NewSize - whole) != NULL ? Old : NULL;
    }
    grown = MofgenMemoryAllocate(Memory, NewSize);
    if (grown != NULL && Old != NULL)
    {
        RtlCopyMemory(grown, Old, (SIZE_T)OldSize);
    }
    return grown;
}

_Use_decl_annotations_
VOID
MofgenArenaForStored(
    MOFGEN_MEMORY *Memory,
    PVOID Buffer,
    ULONG Size,
    const VOID *Stored)
{
    ULONGLONG half;

    MofgenArenaInitialize(Memory, Buffer, Size);
    half = (Memory->Size / 2) & ~(ULONGLONG)(sizeof(ULONGLONG) - 1);
    if ((ULONG_PTR)Stored - (ULONG_PTR)Memory->Place < half)
    {
        Memory->Place = (UCHAR *)Memory->Place + (SIZE_T)half;
    }
    Memory->Size = half;
}

_Use_decl_annotations_
NTSTATUS
MofgenArenaStore(
    MOFGEN_MEMORY *Memory,
    MOFGEN_READ Read,
    MOFGEN_WRITE Write,
    const VOID *Data,
    SIZE_T Size,
    VOID **Stored)
{
    MOFGEN_READER reader;
    NTSTATUS status;
    VOID *stored;
    VOID *image;
    ULONG size;

    *Stored = NULL;
    // Encode the values, then read them back, so that the pointers of the stored structure point into the encoded copy.
    status = MofgenMeasure(Write, Data, &size);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    stored = MofgenMemoryAllocate(Memory, Size);
    image = stored == NULL ? NULL : MofgenMemoryAllocate(Memory, size);
    if (image == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    status = MofgenEncodeMeasured(Write, Data, size, image, &size);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    MofgenReaderStart(&reader, image, size, STATUS_UNSUCCESSFUL, Memory);
    Read(&reader, stored);
    if (NT_SUCCESS(reader.Status))
    {
        *Stored = stored;
    }
    return reader.Status;
}
