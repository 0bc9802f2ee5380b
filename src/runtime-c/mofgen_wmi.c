// mofgen's C runtime core: requests, and the reader and writer of data blocks. Its code is resident and imports nothing, so it runs at
// any IRQL. The same for every MOF file; mofgen copies it next to the files that it generates.
#include "mofgen_wmi.h"

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
NTSTATUS
MofgenRequestCopyInput(
    MOFGEN_REQUEST *Request)
{
    PVOID copy;

    if (Request->InSize == 0)
    {
        return STATUS_SUCCESS;
    }
    copy = MofgenMemoryAllocate(&Request->Memory, Request->InSize);
    if (copy == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    RtlCopyMemory(copy, Request->Input, Request->InSize);
    Request->Input = copy;
    return STATUS_SUCCESS;
}

_Use_decl_annotations_
PVOID
MofgenRequestZeroElements(
    MOFGEN_REQUEST *Request,
    ULONGLONG Count,
    ULONG ElementSize)
{
    return Count > MAXULONG ? NULL : MofgenMemoryAllocate(&Request->Memory, Count * ElementSize);
}

// ---- Reading ----

_Use_decl_annotations_
VOID
MofgenReaderInitialize(
    MOFGEN_READER *Reader,
    MOFGEN_REQUEST *Request,
    NTSTATUS Malformed)
{
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

// Skips padding and Size bytes. Returns a pointer to the bytes, or NULL when the data ends before them.
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

// Reads a counted string. Returns its bytes, or NULL on failure. *Stored is its size in the data, *Length its size without trailing
// NULs, both in bytes.
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
    String->Buffer = (PWCH)(ULONG_PTR)bytes; // the driver only reads it; a UNICODE_STRING has no const pointer
}

static VOID
MofgenReadStringElement(
    _Inout_ MOFGEN_READER *Reader,
    _Inout_ VOID *Data)
{
    MofgenReadString(Reader, (UNICODE_STRING *)Data);
}

// ---- Reading arrays ----

// Returns how many elements of at least ElementSize bytes the rest of the data can hold.
static ULONGLONG
MofgenReaderMaxCount(
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
    // Count comes from the sender: check it before multiplying.
    if (Count > MofgenReaderMaxCount(Reader, Alignment, ElementSize))
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
    *Count = (ULONG)MofgenReaderMaxCount(Reader, Alignment, ElementSize);
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

// Reads Count elements, or elements up to the end of the data when ToEnd is TRUE. Count comes from the sender, so memory grows only
// with the elements that were read.
_Ret_maybenull_
static PVOID
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

    *ReadCount = 0;
    while (*ReadCount < Count && NT_SUCCESS(Reader->Status))
    {
        if (ToEnd && MofgenReaderMaxCount(Reader, Element->Alignment, Element->MinimumSize) == 0)
        {
            break;
        }
        if (*ReadCount == capacity)
        {
            larger = capacity == 0 ? 4 : 2 * capacity;
            larger = larger < Count ? larger : Count;
            grown = (UCHAR *)MofgenMemoryGrow(
                Reader->Memory, elements, capacity * Element->Size, larger * Element->Size);
            if (grown == NULL)
            {
                Reader->Status = STATUS_INSUFFICIENT_RESOURCES;
                break;
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
PVOID
MofgenReadElements(
    MOFGEN_READER *Reader,
    const MOFGEN_ELEMENT *Element,
    ULONGLONG Count)
{
    ULONG read;

    // Padding before the first element is checked when that element is read.
    if (Count > MofgenReaderMaxCount(Reader, 1, Element->MinimumSize))
    {
        MofgenReaderFail(Reader, Reader->Malformed);
        return NULL;
    }
    return MofgenReadEach(Reader, Element, Count, FALSE, &read);
}

_Use_decl_annotations_
PVOID
MofgenReadElementsToEnd(
    MOFGEN_READER *Reader,
    const MOFGEN_ELEMENT *Element,
    ULONG *Count)
{
    return MofgenReadEach(
        Reader, Element, MofgenReaderMaxCount(Reader, Element->Alignment, Element->MinimumSize), TRUE, Count);
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

// Skips padding and reserves Size bytes. Returns a pointer to them; NULL while the size is computed, after a failure, and at the end
// of the buffer, when the values have grown since they were measured.
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

// Checks that Count fits in a ULONG, and that Elements is not NULL unless Count is 0.
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

// Writes a counted string of Stored bytes: Length bytes of characters, then zeros.
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
    const UNICODE_STRING string = *String; // read once: the driver may change it concurrently

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
    // Both factors are ULONGs: neither the product nor the offset after it overflows.
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
        // The driver changed the values between the two passes.
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
