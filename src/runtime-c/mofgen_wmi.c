// mofgen's C runtime core: requests, their memory, the reader and the writer of data blocks, and stored values.
// The same for every MOF file and every driver model; mofgen copies it beside the files that it generates.
#include "mofgen_wmi.h"

// One request's memory is at most MOFGEN_MAX_REQUEST_BYTES, which has to fit a SIZE_T of 32 bits.
C_ASSERT(MOFGEN_MAX_REQUEST_BYTES > 0 && MOFGEN_MAX_REQUEST_BYTES <= MAXULONG);

// ---- Pool ----

// ExAllocatePool2 exists since Windows 10, version 2004, and zeroes memory. Kits since then have ExAllocatePoolZero for
// older systems and no longer allow ExAllocatePoolWithTag. On those systems ExAllocatePoolZero zeroes only in a driver that
// has called ExInitializeDriverRuntime, so the core zeroes memory itself.
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

// Allocates zeroed memory of either kind.
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

// ---- Memory of one request ----

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
    block->Next = Memory->Blocks;
    Memory->Blocks = block;
    return block + 1;
}

_Use_decl_annotations_
MOFGEN_PAGED VOID
MofgenMemoryFree(
    MOFGEN_MEMORY *Memory)
{
    MOFGEN_MEMORY_BLOCK *block;

    PAGED_CODE();

    while ((block = Memory->Blocks) != NULL)
    {
        Memory->Blocks = block->Next;
        MofgenFree(block);
    }
    Memory->Size = 0;
}

// Frees one allocation before the others: Bytes and Size are what MofgenMemoryAllocate returned and got.
MOFGEN_PAGED static VOID
MofgenMemoryFreeBlock(
    _Inout_ MOFGEN_MEMORY *Memory,
    _In_ const VOID *Bytes,
    _In_ ULONGLONG Size)
{
    MOFGEN_MEMORY_BLOCK **link = &Memory->Blocks;
    MOFGEN_MEMORY_BLOCK *block;

    PAGED_CODE();

    while ((const VOID *)(*link + 1) != Bytes)
    {
        link = &(*link)->Next;
    }
    block = *link;
    *link = block->Next;
    Memory->Size -= sizeof(*block) + Size;
    MofgenFree(block);
}

// ---- Requests ----

_Use_decl_annotations_
NTSTATUS
MofgenRequestAnswer(
    MOFGEN_REQUEST *Request,
    const VOID *Bytes,
    ULONG Size)
{
    Request->Used = Size;
    if (Request->OutSize < Size)
    {
        return STATUS_BUFFER_TOO_SMALL;
    }
    if (Size > 0)
    {
        RtlCopyMemory(Request->Output, Bytes, Size);
    }
    return STATUS_SUCCESS;
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenRequestCopyInput(
    MOFGEN_REQUEST *Request)
{
    PVOID copy;

    PAGED_CODE();

    copy = MofgenMemoryAllocate(&Request->Memory, Request->InSize);
    if (copy == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    if (Request->InSize > 0)
    {
        RtlCopyMemory(copy, Request->Input, Request->InSize);
    }
    Request->Input = copy;
    return STATUS_SUCCESS;
}

_Use_decl_annotations_
MOFGEN_PAGED PVOID
MofgenRequestZeroElements(
    MOFGEN_REQUEST *Request,
    ULONGLONG Count,
    ULONG ElementSize)
{
    PAGED_CODE();

    return Count > MAXULONG ? NULL : MofgenMemoryAllocate(&Request->Memory, Count * ElementSize);
}

// ---- Reading ----

static ULONGLONG
MofgenAlignUp(
    _In_ ULONGLONG Offset,
    _In_ ULONG Alignment)
{
    return (Offset + Alignment - 1) & ~((ULONGLONG)Alignment - 1);
}

_Use_decl_annotations_
MOFGEN_PAGED VOID
MofgenReaderInitialize(
    MOFGEN_READER *Reader,
    MOFGEN_REQUEST *Request,
    NTSTATUS Malformed)
{
    PAGED_CODE();

    Reader->Offset = 0;
    Reader->Status = STATUS_SUCCESS;
    Reader->Malformed = Malformed;
    Reader->Memory = &Request->Memory;
    if (((ULONG_PTR)Request->Input & (sizeof(ULONGLONG) - 1)) != 0)
    {
        Reader->Status = MofgenRequestCopyInput(Request);
    }
    Reader->Data = (const UCHAR *)Request->Input;
    Reader->Size = Request->InSize;
}

static VOID
MofgenReaderFail(
    _Inout_ MOFGEN_READER *Reader,
    _In_ NTSTATUS Status)
{
    if (NT_SUCCESS(Reader->Status))
    {
        Reader->Status = Status;
    }
}

_Use_decl_annotations_
VOID
MofgenReaderAlign(
    MOFGEN_READER *Reader,
    ULONG Alignment)
{
    Reader->Offset = MofgenAlignUp(Reader->Offset, Alignment);
}

// Skips padding and Size bytes. Returns where the bytes begin, or NULL when they are not all there.
_Ret_maybenull_
static const UCHAR *
MofgenReaderAdvance(
    _Inout_ MOFGEN_READER *Reader,
    _In_ ULONG Alignment,
    _In_ ULONGLONG Size)
{
    ULONGLONG start = MofgenAlignUp(Reader->Offset, Alignment);

    if (!NT_SUCCESS(Reader->Status))
    {
        return NULL;
    }
    if (start > Reader->Size || Size > Reader->Size - start)
    {
        Reader->Status = Reader->Malformed;
        return NULL;
    }
    Reader->Offset = start + Size;
    return Reader->Data + start;
}

_Use_decl_annotations_
VOID
MofgenRead(
    MOFGEN_READER *Reader,
    ULONG Alignment,
    VOID *Value,
    ULONG Size)
{
    const UCHAR *bytes = MofgenReaderAdvance(Reader, Alignment, Size);

    if (bytes != NULL)
    {
        RtlCopyMemory(Value, bytes, Size);
    }
    else
    {
        RtlZeroMemory(Value, Size);
    }
}

_Use_decl_annotations_
VOID
MofgenReadBooleans(
    MOFGEN_READER *Reader,
    BOOLEAN *Values,
    ULONG Count)
{
    const UCHAR *bytes = MofgenReaderAdvance(Reader, 1, Count);
    ULONG i;

    for (i = 0; i < Count; i += 1)
    {
        Values[i] = bytes != NULL && bytes[i] != 0;
    }
}

// Reads a counted string. Returns its bytes, or NULL. *Stored is its size as the data has it, *Length the size without NULs
// at the end, both in bytes.
_Ret_maybenull_
static const UCHAR *
MofgenReadCounted(
    _Inout_ MOFGEN_READER *Reader,
    _Out_ USHORT *Stored,
    _Out_ USHORT *Length)
{
    const UCHAR *bytes;
    USHORT length;

    *Length = 0;
    MofgenRead(Reader, sizeof(USHORT), Stored, sizeof(*Stored));
    length = *Stored;
    bytes = MofgenReaderAdvance(Reader, 1, length);
    if (bytes == NULL)
    {
        return NULL;
    }
    if (length % sizeof(WCHAR) != 0)
    {
        MofgenReaderFail(Reader, Reader->Malformed);
        return NULL;
    }
    while (length > 0 && bytes[length - 1] == 0 && bytes[length - 2] == 0)
    {
        length = (USHORT)(length - sizeof(WCHAR));
    }
    *Length = length;
    return bytes;
}

_Use_decl_annotations_
VOID
MofgenReadBoundedString(
    MOFGEN_READER *Reader,
    WCHAR *String,
    ULONG Size)
{
    const UCHAR *bytes;
    USHORT length;
    USHORT stored;

    bytes = MofgenReadCounted(Reader, &stored, &length);
    if (bytes == NULL)
    {
        return;
    }
    // One NUL more than MaxLen is accepted, because many consumers count the terminator.
    if (length > Size - sizeof(WCHAR) || stored > Size)
    {
        MofgenReaderFail(Reader, Reader->Malformed);
        return;
    }
    String[0] = (WCHAR)length;
    RtlCopyMemory(String + 1, bytes, length);
}

_Use_decl_annotations_
VOID
MofgenReadString(
    MOFGEN_READER *Reader,
    UNICODE_STRING *String)
{
    const UCHAR *bytes;
    USHORT length;
    USHORT stored;

    bytes = MofgenReadCounted(Reader, &stored, &length);
    String->Length = length;
    String->MaximumLength = length;
    String->Buffer = (PWCH)(ULONG_PTR)bytes; // a UNICODE_STRING has no pointer to const; nobody writes through it
}

static VOID
MofgenReadStringElement(
    _Inout_ MOFGEN_READER *Reader,
    _Inout_ VOID *Data)
{
    MofgenReadString(Reader, (UNICODE_STRING *)Data);
}

// ---- Reading arrays ----

// The number of elements of at least ElementSize bytes that can still be there.
static ULONGLONG
MofgenReaderRoom(
    _In_ const MOFGEN_READER *Reader,
    _In_ ULONG Alignment,
    _In_ ULONG ElementSize)
{
    ULONGLONG start = MofgenAlignUp(Reader->Offset, Alignment);

    return NT_SUCCESS(Reader->Status) && start <= Reader->Size ? (Reader->Size - start) / ElementSize : 0;
}

_Use_decl_annotations_
PVOID
MofgenReadArray(
    MOFGEN_READER *Reader,
    ULONG Alignment,
    ULONG ElementSize,
    ULONGLONG Count)
{
    if (Count == 0)
    {
        return NULL;
    }
    // Count comes from the sender: check that the elements fit before it is multiplied.
    if (Count > MofgenReaderRoom(Reader, Alignment, ElementSize))
    {
        MofgenReaderFail(Reader, Reader->Malformed);
        return NULL;
    }
    return (PVOID)(ULONG_PTR)MofgenReaderAdvance(Reader, Alignment, Count * ElementSize);
}

_Use_decl_annotations_
PVOID
MofgenReadArrayToEnd(
    MOFGEN_READER *Reader,
    ULONG Alignment,
    ULONG ElementSize,
    ULONG *Count)
{
    *Count = (ULONG)MofgenReaderRoom(Reader, Alignment, ElementSize);
    return MofgenReadArray(Reader, Alignment, ElementSize, *Count);
}

static VOID
MofgenReadElement(
    _Inout_ MOFGEN_READER *Reader,
    _In_ const MOFGEN_ELEMENT *Element,
    _Inout_ VOID *Value)
{
    MofgenReaderAlign(Reader, Element->Alignment);
    if (Element->Read != NULL)
    {
        Element->Read(Reader, Value);
    }
    else
    {
        MofgenReadBoundedString(Reader, (WCHAR *)Value, Element->Size);
    }
    MofgenReaderAlign(Reader, Element->TrailingAlignment);
}

_Use_decl_annotations_
VOID
MofgenReadElementsInto(
    MOFGEN_READER *Reader,
    const MOFGEN_ELEMENT *Element,
    ULONG Count,
    VOID *Elements)
{
    UCHAR *element = (UCHAR *)Elements;
    ULONG i;

    for (i = 0; i < Count; i += 1)
    {
        MofgenReadElement(Reader, Element, element);
        element += Element->Size;
    }
}

// Reads Count elements, or those that there are when ToEnd is TRUE. Memory grows with the elements that were read, because
// Count comes from the sender.
_Ret_maybenull_
MOFGEN_PAGED static PVOID
MofgenReadEach(
    _Inout_ MOFGEN_READER *Reader,
    _In_ const MOFGEN_ELEMENT *Element,
    _In_ ULONGLONG Count,
    _In_ BOOLEAN ToEnd,
    _Out_ ULONG *ReadCount)
{
    UCHAR *elements = NULL;
    ULONGLONG capacity = 0;
    ULONGLONG larger;
    UCHAR *grown;

    PAGED_CODE();

    *ReadCount = 0;
    while (*ReadCount < Count && NT_SUCCESS(Reader->Status))
    {
        if (ToEnd && MofgenReaderRoom(Reader, Element->Alignment, Element->MinimumSize) == 0)
        {
            break;
        }
        if (*ReadCount == capacity)
        {
            larger = capacity == 0 ? 4 : 2 * capacity;
            larger = larger < Count ? larger : Count;
            grown = (UCHAR *)MofgenMemoryAllocate(Reader->Memory, larger * Element->Size);
            if (grown == NULL)
            {
                Reader->Status = STATUS_INSUFFICIENT_RESOURCES;
                break;
            }
            if (elements != NULL)
            {
                RtlCopyMemory(grown, elements, (SIZE_T)(capacity * Element->Size));
                MofgenMemoryFreeBlock(Reader->Memory, elements, capacity * Element->Size);
            }
            elements = grown;
            capacity = larger;
        }
        MofgenReadElement(Reader, Element, elements + (SIZE_T)*ReadCount * Element->Size);
        *ReadCount += 1;
    }
    return elements;
}

_Use_decl_annotations_
MOFGEN_PAGED PVOID
MofgenReadElements(
    MOFGEN_READER *Reader,
    const MOFGEN_ELEMENT *Element,
    ULONGLONG Count)
{
    ULONG read;

    PAGED_CODE();

    // Padding before the first element is checked when that element is read.
    if (Count > MofgenReaderRoom(Reader, 1, Element->MinimumSize))
    {
        MofgenReaderFail(Reader, Reader->Malformed);
        return NULL;
    }
    return MofgenReadEach(Reader, Element, Count, FALSE, &read);
}

_Use_decl_annotations_
MOFGEN_PAGED PVOID
MofgenReadElementsToEnd(
    MOFGEN_READER *Reader,
    const MOFGEN_ELEMENT *Element,
    ULONG *Count)
{
    PAGED_CODE();

    return MofgenReadEach(
        Reader, Element, MofgenReaderRoom(Reader, Element->Alignment, Element->MinimumSize), TRUE, Count);
}

// ---- Writing ----

static VOID
MofgenWriterFail(
    _Inout_ MOFGEN_WRITER *Writer,
    _In_ NTSTATUS Status)
{
    if (NT_SUCCESS(Writer->Status))
    {
        Writer->Status = Status;
    }
}

// Skips padding and Size bytes. Returns where the bytes go; NULL while only the size is computed, after a failure, and when
// values that have changed since they were measured would go beyond the end.
_Ret_maybenull_
static UCHAR *
MofgenWriterReserve(
    _Inout_ MOFGEN_WRITER *Writer,
    _In_ ULONG Alignment,
    _In_ ULONGLONG Size)
{
    ULONGLONG start = MofgenAlignUp(Writer->Offset, Alignment);

    if (!NT_SUCCESS(Writer->Status))
    {
        return NULL;
    }
    Writer->Offset = start + Size;
    if (Writer->Offset > MAXULONG)
    {
        Writer->Status = STATUS_INTEGER_OVERFLOW;
        return NULL;
    }
    return Writer->Data == NULL || Writer->Offset > Writer->Size ? NULL : Writer->Data + start;
}

_Use_decl_annotations_
VOID
MofgenWriterAlign(
    MOFGEN_WRITER *Writer,
    ULONG Alignment)
{
    (VOID)MofgenWriterReserve(Writer, Alignment, 0);
}

_Use_decl_annotations_
VOID
MofgenWrite(
    MOFGEN_WRITER *Writer,
    ULONG Alignment,
    const VOID *Value,
    ULONG Size)
{
    UCHAR *to = MofgenWriterReserve(Writer, Alignment, Size);

    if (to != NULL)
    {
        RtlCopyMemory(to, Value, Size);
    }
}

// Checks that an array can be written: Count is a ULONG, and there are elements when Count is not 0.
static BOOLEAN
MofgenCheckArray(
    _Inout_ MOFGEN_WRITER *Writer,
    _In_ ULONGLONG Count,
    _In_opt_ const VOID *Elements)
{
    if (Count > MAXULONG)
    {
        MofgenWriterFail(Writer, STATUS_INTEGER_OVERFLOW);
    }
    else if (Count > 0 && Elements == NULL)
    {
        MofgenWriterFail(Writer, STATUS_UNSUCCESSFUL);
    }
    return NT_SUCCESS(Writer->Status);
}

_Use_decl_annotations_
VOID
MofgenWriteBooleans(
    MOFGEN_WRITER *Writer,
    const BOOLEAN *Values,
    ULONGLONG Count)
{
    UCHAR *to;
    ULONG i;

    if (!MofgenCheckArray(Writer, Count, Values))
    {
        return;
    }
    to = MofgenWriterReserve(Writer, 1, Count);
    for (i = 0; to != NULL && i < Count; i += 1)
    {
        to[i] = Values[i] != 0;
    }
}

// Writes a counted string of Stored bytes: Length bytes of characters, and zeros after them.
static VOID
MofgenWriteCounted(
    _Inout_ MOFGEN_WRITER *Writer,
    _In_ USHORT Stored,
    _In_ USHORT Length,
    _In_reads_bytes_opt_(Length) const VOID *Characters)
{
    UCHAR *to = MofgenWriterReserve(Writer, sizeof(USHORT), sizeof(USHORT) + (ULONGLONG)Stored);

    if (to != NULL)
    {
        RtlCopyMemory(to, &Stored, sizeof(Stored));
        if (Length > 0)
        {
            RtlCopyMemory(to + sizeof(Stored), Characters, Length);
        }
    }
}

_Use_decl_annotations_
VOID
MofgenWriteBoundedString(
    MOFGEN_WRITER *Writer,
    const WCHAR *String,
    ULONG Size)
{
    USHORT room = (USHORT)(Size - sizeof(WCHAR));
    USHORT length = String[0];

    if (length % sizeof(WCHAR) != 0 || length > room)
    {
        MofgenWriterFail(Writer, STATUS_UNSUCCESSFUL);
        return;
    }
    MofgenWriteCounted(Writer, room, length, String + 1);
}

_Use_decl_annotations_
VOID
MofgenWriteString(
    MOFGEN_WRITER *Writer,
    const UNICODE_STRING *String)
{
    const UNICODE_STRING string = *String; // read once: the driver may change it meanwhile

    if (string.Length % sizeof(WCHAR) != 0 || (string.Length > 0 && string.Buffer == NULL))
    {
        MofgenWriterFail(Writer, STATUS_UNSUCCESSFUL);
        return;
    }
    MofgenWriteCounted(Writer, string.Length, string.Length, string.Buffer);
}

static VOID
MofgenWriteStringElement(
    _Inout_ MOFGEN_WRITER *Writer,
    _In_ const VOID *Data)
{
    MofgenWriteString(Writer, (const UNICODE_STRING *)Data);
}

_Use_decl_annotations_
VOID
MofgenWriteArray(
    MOFGEN_WRITER *Writer,
    ULONG Alignment,
    ULONG ElementSize,
    ULONGLONG Count,
    const VOID *Elements)
{
    UCHAR *to;

    if (Count == 0 || !MofgenCheckArray(Writer, Count, Elements))
    {
        return;
    }
    // Two ULONGs: neither the product nor the offset after it wraps around.
    to = MofgenWriterReserve(Writer, Alignment, Count * ElementSize);
    if (to != NULL)
    {
        RtlCopyMemory(to, Elements, (SIZE_T)(Count * ElementSize));
    }
}

_Use_decl_annotations_
VOID
MofgenWriteElements(
    MOFGEN_WRITER *Writer,
    const MOFGEN_ELEMENT *Element,
    ULONGLONG Count,
    const VOID *Elements)
{
    const UCHAR *element = (const UCHAR *)Elements;
    ULONG i;

    if (!MofgenCheckArray(Writer, Count, Elements))
    {
        return;
    }
    for (i = 0; i < Count && NT_SUCCESS(Writer->Status); i += 1)
    {
        MofgenWriterAlign(Writer, Element->Alignment);
        if (Element->Write != NULL)
        {
            Element->Write(Writer, element);
        }
        else
        {
            MofgenWriteBoundedString(Writer, (const WCHAR *)(const VOID *)element, Element->Size);
        }
        MofgenWriterAlign(Writer, Element->TrailingAlignment);
        element += Element->Size;
    }
}

_Use_decl_annotations_
NTSTATUS
MofgenEncode(
    MOFGEN_WRITE Write,
    const VOID *Data,
    ULONG BufferSize,
    VOID *Buffer,
    ULONG *Used)
{
    MOFGEN_WRITER writer = {NULL, 0, 0, STATUS_SUCCESS};

    *Used = 0;
    Write(&writer, Data);
    if (!NT_SUCCESS(writer.Status))
    {
        return writer.Status;
    }
    *Used = (ULONG)writer.Offset;
    if (*Used > BufferSize || (*Used > 0 && Buffer == NULL))
    {
        return STATUS_BUFFER_TOO_SMALL;
    }
    if (*Used == 0)
    {
        return STATUS_SUCCESS;
    }
    RtlZeroMemory(Buffer, *Used);
    writer.Data = (UCHAR *)Buffer;
    writer.Size = *Used;
    writer.Offset = 0;
    Write(&writer, Data);
    if (NT_SUCCESS(writer.Status) && writer.Offset != *Used)
    {
        // The driver has changed the values meanwhile.
        writer.Status = STATUS_UNSUCCESSFUL;
    }
    return writer.Status;
}

_Use_decl_annotations_
NTSTATUS
MofgenMeasure(
    MOFGEN_WRITE Write,
    const VOID *Data,
    ULONG *Size)
{
    NTSTATUS status = MofgenEncode(Write, Data, 0, NULL, Size);

    return status == STATUS_BUFFER_TOO_SMALL ? STATUS_SUCCESS : status;
}

_Use_decl_annotations_
NTSTATUS
MofgenEncodeMeasured(
    MOFGEN_WRITE Write,
    const VOID *Data,
    ULONG BufferSize,
    VOID *Buffer,
    ULONG *Used)
{
    return MofgenMapDriverStatus(MofgenEncode(Write, Data, BufferSize, Buffer, Used), STATUS_UNSUCCESSFUL);
}

const MOFGEN_ELEMENT MofgenStringElement = {
    MofgenReadStringElement,
    MofgenWriteStringElement,
    sizeof(UNICODE_STRING),
    sizeof(USHORT),
    sizeof(USHORT),
    1,
};

// ---- Values that outlast a request ----

// The header before stored values.
typedef struct _MOFGEN_STORED
{
    MOFGEN_MEMORY Memory; // this structure, the values, and all that they point to
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
    // The values are encoded after the structure, and read back so that its pointers point to the encoded copy.
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
        reader.Data = image;
        reader.Size = size;
        reader.Offset = 0;
        reader.Status = STATUS_SUCCESS;
        reader.Malformed = STATUS_UNSUCCESSFUL;
        reader.Memory = &memory;
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
        // The list of blocks lies in one of them: free from a copy.
        memory = ((MOFGEN_STORED *)Stored - 1)->Memory;
        MofgenMemoryFree(&memory);
    }
}
