// mofgen's C runtime core: requests, their memory, the reader and the writer of data blocks, and stored values.
// The same for every MOF file and every driver model; mofgen copies it beside the files that it generates.
// A function without an IRQL annotation runs at any IRQL, as far as the memory that it is given is resident there.
#ifndef _MOFGEN_WMI_H_
#define _MOFGEN_WMI_H_

#include <ntddk.h>

#ifdef __cplusplus
extern "C" {
#endif

// Changes whenever generated code of another version does not fit this file.
#define MOFGEN_WMI_VERSION 1

#ifndef MOFGEN_POOL_TAG
#define MOFGEN_POOL_TAG 0x6e67664dUL // 'Mfgn' in a dump
#endif

// Puts the definition of a function into the section PAGE. Its first statement is PAGED_CODE().
#ifdef _MSC_VER
#define MOFGEN_PAGED __declspec(code_seg("PAGE"))
#else
#define MOFGEN_PAGED
#endif

// The most pool that one request, or one stored value, may take. What needs more fails with STATUS_INSUFFICIENT_RESOURCES.
#ifndef MOFGEN_MAX_REQUEST_BYTES
#define MOFGEN_MAX_REQUEST_BYTES 0x4000000
#endif

// Called for each step of the registration that fails: the status, the step as a string, and the GUID of the block or NULL.
// It may be defined as nothing.
#ifndef MOFGEN_TRACE
#define MOFGEN_TRACE(Status, What, Guid) ((VOID)(Status), (VOID)(What), (VOID)(Guid))
#endif

// ---- Blocks: flags and rows of the drivers' tables, for every driver model ----

#define MOFGEN_WMI_EVENT 0x1u             // fires events, and has nothing else
#define MOFGEN_WMI_EXPENSIVE 0x2u         // Collect runs for its first consumer and after its last one
#define MOFGEN_WMI_NO_LOCK 0x4u           // Query and the Set functions run without the lock of the instance
#define MOFGEN_WMI_LOCK_METHODS 0x8u      // its methods run under the lock as well
#define MOFGEN_WMI_NO_FIRST_INSTANCE 0x10u // the driver adds all instances itself

// The row of MSWmi_MofData (wmicore.mof), through which a driver shows its binary MOF as data: Bytes is an array.
#define MOFGEN_WMI_MOF_DATA(Bytes)                                                                \
    {                                                                                             \
        .Guid = {0x05901221, 0xd566, 0x11d1, {0xb2, 0xf0, 0x00, 0xa0, 0xc9, 0x06, 0x29, 0x10}}, \
        .MofData = (Bytes),                                                                       \
        .MofDataSize = sizeof(Bytes),                                                             \
    }

// Whether a request for a block with these flags runs under the lock of the instance.
FORCEINLINE
BOOLEAN
MofgenRunsLocked(
    _In_ ULONG Flags,
    _In_ BOOLEAN IsMethod)
{
    return IsMethod ? (Flags & MOFGEN_WMI_LOCK_METHODS) != 0 : (Flags & MOFGEN_WMI_NO_LOCK) == 0;
}

// ---- Pool ----

// Allocates zeroed paged memory. NULL when there is none, and for no bytes.
_Must_inspect_result_
_IRQL_requires_max_(APC_LEVEL)
PVOID
MofgenAllocatePaged(
    _In_ SIZE_T Size);

// Allocates zeroed memory that is never paged out. NULL when there is none, and for no bytes.
_Must_inspect_result_
_IRQL_requires_max_(DISPATCH_LEVEL)
PVOID
MofgenAllocateNonPaged(
    _In_ SIZE_T Size);

// Frees memory of either kind; paged memory at APC_LEVEL at most.
_IRQL_requires_max_(DISPATCH_LEVEL)
VOID
MofgenFree(
    _In_ PVOID Memory);

// ---- Memory of one request: freed together when the request is complete ----

typedef struct _MOFGEN_MEMORY_BLOCK
{
    struct _MOFGEN_MEMORY_BLOCK *Next;
    ULONGLONG Alignment; // what follows starts on a boundary of 8 bytes
} MOFGEN_MEMORY_BLOCK;

typedef struct _MOFGEN_MEMORY
{
    MOFGEN_MEMORY_BLOCK *Blocks;
    ULONGLONG Size; // of all blocks, with their headers
} MOFGEN_MEMORY;

// Allocates Size zeroed bytes on a boundary of 8 bytes. NULL when there are none; a size of 0 is no failure.
_Must_inspect_result_
_IRQL_requires_max_(APC_LEVEL)
PVOID
MofgenMemoryAllocate(
    _Inout_ MOFGEN_MEMORY *Memory,
    _In_ ULONGLONG Size);

_IRQL_requires_max_(APC_LEVEL)
VOID
MofgenMemoryFree(
    _Inout_ MOFGEN_MEMORY *Memory);

// ---- Requests ----

// What a block's function gets of a request. Input and output may be the same buffer.
typedef struct _MOFGEN_REQUEST
{
    _Field_size_bytes_(InSize) const VOID *Input;
    ULONG InSize;
    _Field_size_bytes_(OutSize) PVOID Output;
    ULONG OutSize;
    ULONG Used;           // the bytes of the answer, or with STATUS_BUFFER_TOO_SMALL those that it needs; else ignored
    MOFGEN_MEMORY Memory; // lasts until the request is complete
} MOFGEN_REQUEST;

// A buffer may be NULL: then it has no bytes, whatever its size is said to be.
FORCEINLINE
VOID
MofgenRequestInitialize(
    _Out_ MOFGEN_REQUEST *Request,
    _In_reads_bytes_opt_(InSize) const VOID *Input,
    _In_ ULONG InSize,
    _In_opt_ PVOID Output,
    _In_ ULONG OutSize)
{
    RtlZeroMemory(Request, sizeof(*Request));
    if (Input != NULL)
    {
        Request->Input = Input;
        Request->InSize = InSize;
    }
    if (Output != NULL)
    {
        Request->Output = Output;
        Request->OutSize = OutSize;
    }
}

// Frees the memory of the request. Returns the size of the answer for a success, the size that it needs for
// STATUS_BUFFER_TOO_SMALL, else 0.
_IRQL_requires_max_(APC_LEVEL)
FORCEINLINE
ULONG
MofgenRequestComplete(
    _Inout_ MOFGEN_REQUEST *Request,
    _In_ NTSTATUS Status)
{
    if (Request->Memory.Blocks != NULL)
    {
        MofgenMemoryFree(&Request->Memory);
    }
    return NT_SUCCESS(Status) || Status == STATUS_BUFFER_TOO_SMALL ? Request->Used : 0;
}

// Answers with constant bytes; Bytes may be NULL when Size is 0.
NTSTATUS
MofgenRequestAnswer(
    _Inout_ MOFGEN_REQUEST *Request,
    _In_reads_bytes_opt_(Size) const VOID *Bytes,
    _In_ ULONG Size);

// Moves the input to memory of its own, for a method whose output overwrites what its input is read from.
_Must_inspect_result_
_IRQL_requires_max_(APC_LEVEL)
NTSTATUS
MofgenRequestCopyInput(
    _Inout_ MOFGEN_REQUEST *Request);

// Allocates Count zeroed elements in the memory of the request, or returns NULL: what a query shows of a write-only array.
_Must_inspect_result_
_IRQL_requires_max_(APC_LEVEL)
PVOID
MofgenRequestZeroElements(
    _Inout_ MOFGEN_REQUEST *Request,
    _In_ ULONGLONG Count,
    _In_ ULONG ElementSize);

// Maps the status of a driver's function. STATUS_PENDING is not supported, and only the core decides that a buffer is too
// small: TooSmall is the status in its place.
FORCEINLINE
NTSTATUS
MofgenMapDriverStatus(
    _In_ NTSTATUS Status,
    _In_ NTSTATUS TooSmall)
{
    if (Status == STATUS_PENDING)
    {
        return STATUS_UNSUCCESSFUL;
    }
    return Status == STATUS_BUFFER_TOO_SMALL ? TooSmall : Status;
}

// ---- Reading: every byte is checked to be there before it is read ----

// After the first failure nothing more is read, and Status stays that of the failure.
typedef struct _MOFGEN_READER
{
    const UCHAR *Data;
    ULONGLONG Size;
    ULONGLONG Offset;
    NTSTATUS Status;
    NTSTATUS Malformed; // the status for data that is too short or contradicts itself
    MOFGEN_MEMORY *Memory;
} MOFGEN_READER;

// Reads one structure into zeroed memory.
typedef VOID (*MOFGEN_READ)(_Inout_ MOFGEN_READER *Reader, _Inout_ VOID *Data);

// Starts to read the input of a request. Pointers into it are handed out, so input that is not on a boundary of 8 bytes is
// copied first. WMI puts data on such a boundary (documentation of WNODE_SINGLE_INSTANCE and its relatives).
_IRQL_requires_max_(APC_LEVEL)
VOID
MofgenReaderInitialize(
    _Out_ MOFGEN_READER *Reader,
    _Inout_ MOFGEN_REQUEST *Request,
    _In_ NTSTATUS Malformed);

// Steps over padding. Padding at the end of the data may be missing.
VOID
MofgenReaderAlign(
    _Inout_ MOFGEN_READER *Reader,
    _In_ ULONG Alignment);

// Reads an item of one size.
VOID
MofgenRead(
    _Inout_ MOFGEN_READER *Reader,
    _In_ ULONG Alignment,
    _Out_writes_bytes_(Size) VOID *Value,
    _In_ ULONG Size);

// Reads booleans; each becomes TRUE or FALSE.
VOID
MofgenReadBooleans(
    _Inout_ MOFGEN_READER *Reader,
    _Out_writes_(Count) BOOLEAN *Values,
    _In_ ULONG Count);

// Reads a string with MaxLen. String[0] becomes its size in bytes without NULs at the end; Size is that of the member.
VOID
MofgenReadBoundedString(
    _Inout_ MOFGEN_READER *Reader,
    _Inout_updates_bytes_(Size) WCHAR *String,
    _In_ ULONG Size);

// Reads a string of any length, without NULs at its end. It points into the data.
VOID
MofgenReadString(
    _Inout_ MOFGEN_READER *Reader,
    _Out_ UNICODE_STRING *String);

// How the elements of an array are read and written when they differ in memory and in a buffer.
typedef struct _MOFGEN_ELEMENT MOFGEN_ELEMENT;

// Reads Count elements that are the same in a buffer and in memory. Returns a pointer into the data, NULL for none. The caller
// must not write through it. It is not const because C11 does not convert a pointer to const VOID to a pointer to arrays.
_Ret_maybenull_
PVOID
MofgenReadArray(
    _Inout_ MOFGEN_READER *Reader,
    _In_ ULONG Alignment,
    _In_ ULONG ElementSize,
    _In_ ULONGLONG Count);

// Reads as many elements as the data has. A partial element at the end is ignored.
_Ret_maybenull_
PVOID
MofgenReadArrayToEnd(
    _Inout_ MOFGEN_READER *Reader,
    _In_ ULONG Alignment,
    _In_ ULONG ElementSize,
    _Out_ ULONG *Count);

// Reads Count elements one by one into the memory of the request.
_Ret_maybenull_
_IRQL_requires_max_(APC_LEVEL)
PVOID
MofgenReadElements(
    _Inout_ MOFGEN_READER *Reader,
    _In_ const MOFGEN_ELEMENT *Element,
    _In_ ULONGLONG Count);

// Reads Count elements into an array that is a member.
VOID
MofgenReadElementsInto(
    _Inout_ MOFGEN_READER *Reader,
    _In_ const MOFGEN_ELEMENT *Element,
    _In_ ULONG Count,
    _Inout_ VOID *Elements);

// Reads as many elements as the data has, one by one, into the memory of the request.
_Ret_maybenull_
_IRQL_requires_max_(APC_LEVEL)
PVOID
MofgenReadElementsToEnd(
    _Inout_ MOFGEN_READER *Reader,
    _In_ const MOFGEN_ELEMENT *Element,
    _Out_ ULONG *Count);

// ---- Writing: once without Data for the size, once into zeroed memory of that size ----

// After the first failure nothing more is written, and Status stays that of the failure: STATUS_UNSUCCESSFUL for values
// that contradict themselves, STATUS_INTEGER_OVERFLOW for 4 GB and more.
typedef struct _MOFGEN_WRITER
{
    UCHAR *Data; // NULL while only the size is wanted
    ULONGLONG Size;
    ULONGLONG Offset;
    NTSTATUS Status;
} MOFGEN_WRITER;

// Writes one structure.
typedef VOID (*MOFGEN_WRITE)(_Inout_ MOFGEN_WRITER *Writer, _In_ const VOID *Data);

VOID
MofgenWriterAlign(
    _Inout_ MOFGEN_WRITER *Writer,
    _In_ ULONG Alignment);

// Writes an item of one size.
VOID
MofgenWrite(
    _Inout_ MOFGEN_WRITER *Writer,
    _In_ ULONG Alignment,
    _In_reads_bytes_(Size) const VOID *Value,
    _In_ ULONG Size);

// Writes booleans, each as 0 or 1.
VOID
MofgenWriteBooleans(
    _Inout_ MOFGEN_WRITER *Writer,
    _In_reads_opt_(Count) const BOOLEAN *Values,
    _In_ ULONGLONG Count);

// Writes a string with MaxLen in its full size, so that what follows stays where C has it.
VOID
MofgenWriteBoundedString(
    _Inout_ MOFGEN_WRITER *Writer,
    _In_reads_bytes_(Size) const WCHAR *String,
    _In_ ULONG Size);

VOID
MofgenWriteString(
    _Inout_ MOFGEN_WRITER *Writer,
    _In_ const UNICODE_STRING *String);

VOID
MofgenWriteArray(
    _Inout_ MOFGEN_WRITER *Writer,
    _In_ ULONG Alignment,
    _In_ ULONG ElementSize,
    _In_ ULONGLONG Count,
    _In_opt_ const VOID *Elements);

VOID
MofgenWriteElements(
    _Inout_ MOFGEN_WRITER *Writer,
    _In_ const MOFGEN_ELEMENT *Element,
    _In_ ULONGLONG Count,
    _In_opt_ const VOID *Elements);

// Encodes values into Buffer. STATUS_BUFFER_TOO_SMALL when it is too small, with the size that is needed in *Used.
NTSTATUS
MofgenEncode(
    _In_ MOFGEN_WRITE Write,
    _In_ const VOID *Data,
    _In_ ULONG BufferSize,
    _Out_writes_bytes_to_opt_(BufferSize, *Used) VOID *Buffer,
    _Out_ ULONG *Used);

// Computes the size of encoded values.
NTSTATUS
MofgenMeasure(
    _In_ MOFGEN_WRITE Write,
    _In_ const VOID *Data,
    _Out_ ULONG *Size);

// Encodes values into Buffer, whose size MofgenMeasure returned. STATUS_UNSUCCESSFUL when they have grown since.
NTSTATUS
MofgenEncodeMeasured(
    _In_ MOFGEN_WRITE Write,
    _In_ const VOID *Data,
    _In_ ULONG BufferSize,
    _Out_writes_bytes_to_(BufferSize, *Used) VOID *Buffer,
    _Out_ ULONG *Used);

// ---- Elements ----

struct _MOFGEN_ELEMENT
{
    MOFGEN_READ Read;       // NULL for strings with MaxLen
    MOFGEN_WRITE Write;
    ULONG Size;              // in memory
    ULONG MinimumSize;       // in a buffer; at least 1
    ULONG Alignment;         // in a buffer
    ULONG TrailingAlignment; // what its end in a buffer is rounded up to
};

// Strings of any length: UNICODE_STRINGs in memory.
extern const MOFGEN_ELEMENT MofgenStringElement;

// Strings with MaxLen: WCHAR arrays of Size bytes, whose first element is the size of the string in bytes.
#define MOFGEN_BOUNDED_STRING_ELEMENT(Size) {NULL, NULL, (Size), sizeof(USHORT), sizeof(USHORT), 1}

// ---- Values that outlast a request ----

// Copies a structure of Size bytes and all that it points to into pool. MofgenFreeStored frees the copy.
_Must_inspect_result_
_IRQL_requires_max_(APC_LEVEL)
NTSTATUS
MofgenStore(
    _In_ MOFGEN_READ Read,
    _In_ MOFGEN_WRITE Write,
    _In_reads_bytes_(Size) const VOID *Data,
    _In_ SIZE_T Size,
    _Outptr_ VOID **Stored);

_IRQL_requires_max_(APC_LEVEL)
VOID
MofgenFreeStored(
    _In_opt_ VOID *Stored);

#ifdef __cplusplus
}
#endif

#endif
