// mofgen's C runtime core: requests, and the reader and writer of data blocks. The same for every MOF file; mofgen copies it next to
// the files that it generates. mofgen_wmi_pool.h and mofgen_wmi_arena.h allocate request memory.
// A function without an IRQL annotation runs at any IRQL at which the memory that its parameters point to is resident; one that
// allocates request memory, at the IRQL of MofgenMemoryAllocate.
#ifndef _MOFGEN_WMI_H_
#define _MOFGEN_WMI_H_

// The header with the kernel's types, macros and status codes. Configuration: define before including to override, such as
// MOFGEN_SYSTEM_HEADER=<wdm.h> or a header of the project, where <ntddk.h> does not compile.
#ifndef MOFGEN_SYSTEM_HEADER
#define MOFGEN_SYSTEM_HEADER <ntddk.h>
#endif
#include MOFGEN_SYSTEM_HEADER

#ifdef __cplusplus
extern "C" {
#endif

// Changes whenever generated code and this file become incompatible.
#define MOFGEN_WMI_VERSION 5

// Puts the definition of a function into the section PAGE. PAGED_CODE() is the first statement after its declarations.
#ifdef _MSC_VER
#define MOFGEN_PAGED __declspec(code_seg("PAGE"))
#else
#define MOFGEN_PAGED
#endif

// Reports a registration step that failed: its status, its name as a string, and the GUID of the block or NULL. Configuration:
// define before including to override; it may be defined as empty.
#ifndef MOFGEN_TRACE
#define MOFGEN_TRACE(Status, Step, Guid) ((VOID)(Status), (VOID)(Step), (VOID)(Guid))
#endif

// ---- Blocks: flags and rows of the drivers' tables, for every driver model ----

#define MOFGEN_WMI_EVENT 0x1u              // an event: it has no data to query
#define MOFGEN_WMI_EXPENSIVE 0x2u          // Collect is called for the first consumer and after the last one
#define MOFGEN_WMI_NO_LOCK 0x4u            // Query and the Set functions run without the instance lock
#define MOFGEN_WMI_LOCK_METHODS 0x8u       // methods run under the instance lock, too
#define MOFGEN_WMI_NO_FIRST_INSTANCE 0x10u // the driver adds every instance
#define MOFGEN_WMI_STATIC_NAMES 0x20u      // the driver adds and names every instance; the names are registered (mofgen_wmi_irp)
#define MOFGEN_WMI_DYNAMIC_NAMES 0x40u     // the driver adds and names every instance; no name is registered (mofgen_wmi_irp)
#define MOFGEN_WMI_NAMED (MOFGEN_WMI_STATIC_NAMES | MOFGEN_WMI_DYNAMIC_NAMES)

// Table row of MSWmi_MofData (wmicore.mof), the block that returns the binary MOF as data. Bytes is an array.
#define MOFGEN_WMI_MOF_DATA_GUID {0x05901221, 0xd566, 0x11d1, {0xb2, 0xf0, 0x00, 0xa0, 0xc9, 0x06, 0x29, 0x10}}
#define MOFGEN_WMI_MOF_DATA(Bytes)                                                                \
    {                                                                                             \
        .Guid = MOFGEN_WMI_MOF_DATA_GUID,                                                         \
        .MofData = (Bytes),                                                                       \
        .MofDataSize = sizeof(Bytes),                                                             \
    }

// Returns TRUE when a request for a block with these flags runs under the instance lock.
FORCEINLINE
BOOLEAN
MofgenRunsLocked(
    _In_ ULONG Flags,
    _In_ BOOLEAN IsMethod)
{
    return IsMethod ? (Flags & MOFGEN_WMI_LOCK_METHODS) != 0 : (Flags & MOFGEN_WMI_NO_LOCK) == 0;
}

// ---- Request memory: valid until the request is complete ----

// A driver links one implementation. mofgen_wmi_pool.c allocates from paged pool, at APC_LEVEL at most. mofgen_wmi_arena.c allocates
// from a buffer of the caller, at any IRQL.
typedef struct _MOFGEN_MEMORY
{
    PVOID Place;    // pool: the latest allocation. Arena: the first free byte
    ULONGLONG Size; // pool: the size of all allocations. Arena: the number of free bytes
} MOFGEN_MEMORY;

// Allocates Size zeroed bytes, aligned to 8 bytes. Returns NULL on failure. A size of 0 is valid. With mofgen_wmi_pool.c it runs at
// APC_LEVEL at most.
_Must_inspect_result_
PVOID
MofgenMemoryAllocate(
    _Inout_ MOFGEN_MEMORY *Memory,
    _In_ ULONGLONG Size);

// Grows an allocation from OldSize to NewSize bytes and keeps its contents. Old is NULL for a first allocation. Returns NULL on
// failure; Old then stays valid.
_Must_inspect_result_
PVOID
MofgenMemoryGrow(
    _Inout_ MOFGEN_MEMORY *Memory,
    _In_reads_bytes_opt_(OldSize) PVOID Old,
    _In_ ULONGLONG OldSize,
    _In_ ULONGLONG NewSize);

// ---- Requests ----

// A request, as a block's functions receive it. Input and output may be the same buffer.
typedef struct _MOFGEN_REQUEST
{
    _Field_size_bytes_(InSize) const VOID *Input;
    ULONG InSize;
    _Field_size_bytes_(OutSize) PVOID Output;
    ULONG OutSize;
    ULONG Used;           // on success the size of the output, with STATUS_BUFFER_TOO_SMALL the required size; else ignored
    MOFGEN_MEMORY Memory; // valid until the request is complete
} MOFGEN_REQUEST;

// A buffer may be NULL; its size is then 0.
FORCEINLINE
VOID
MofgenRequestInitialize(
    _Out_ MOFGEN_REQUEST *Request,
    _In_reads_bytes_opt_(InSize) const VOID *Input,
    _In_ ULONG InSize,
    _In_opt_ PVOID Output,
    _In_ ULONG OutSize)
{
    Request->Input = Input;
    Request->InSize = Input == NULL ? 0 : InSize;
    Request->Output = Output;
    Request->OutSize = Output == NULL ? 0 : OutSize;
    Request->Used = 0;
    Request->Memory.Place = NULL;
    Request->Memory.Size = 0;
}

// Returns the size of the output on success, the required size for STATUS_BUFFER_TOO_SMALL, else 0.
FORCEINLINE
ULONG
MofgenRequestUsed(
    _In_ const MOFGEN_REQUEST *Request,
    _In_ NTSTATUS Status)
{
    return NT_SUCCESS(Status) || Status == STATUS_BUFFER_TOO_SMALL ? Request->Used : 0;
}

// Copies constant bytes to the output. Bytes may be NULL when Size is 0.
NTSTATUS
MofgenRequestAnswer(
    _Inout_ MOFGEN_REQUEST *Request,
    _In_reads_bytes_opt_(Size) const VOID *Bytes,
    _In_ ULONG Size);

// Copies the input to request memory, for a method whose output would overwrite input that is still read.
_Must_inspect_result_
NTSTATUS
MofgenRequestCopyInput(
    _Inout_ MOFGEN_REQUEST *Request);

// Allocates Count zeroed elements in request memory, or returns NULL. A query returns them for a write-only array.
_Must_inspect_result_
PVOID
MofgenRequestZeroElements(
    _Inout_ MOFGEN_REQUEST *Request,
    _In_ ULONGLONG Count,
    _In_ ULONG ElementSize);

// Maps a driver callback's status. STATUS_PENDING is not supported. Only the core decides that a buffer is too small, so
// STATUS_BUFFER_TOO_SMALL becomes TooSmall.
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

FORCEINLINE
ULONGLONG
MofgenAlignUp(
    _In_ ULONGLONG Offset,
    _In_ ULONG Alignment)
{
    return (Offset + Alignment - 1) & ~((ULONGLONG)Alignment - 1);
}

// ---- Reading: every access is bounds-checked ----

// Status keeps the first failure. After it, every read does nothing.
typedef struct _MOFGEN_READER
{
    const UCHAR *Data;
    ULONGLONG Size;
    ULONGLONG Offset;
    NTSTATUS Status;
    NTSTATUS Malformed; // the status for data that is too short or inconsistent
    MOFGEN_MEMORY *Memory;
} MOFGEN_READER;

// Reads one structure into zeroed memory.
typedef VOID (*MOFGEN_READ)(_Inout_ MOFGEN_READER *Reader, _Inout_ VOID *Data);

// Initializes a reader of Size bytes, which are aligned to 8 bytes.
FORCEINLINE
VOID
MofgenReaderStart(
    _Out_ MOFGEN_READER *Reader,
    _In_reads_bytes_opt_(Size) const VOID *Data,
    _In_ ULONGLONG Size,
    _In_ NTSTATUS Malformed,
    _Inout_ MOFGEN_MEMORY *Memory)
{
    Reader->Data = (const UCHAR *)Data;
    Reader->Size = Size;
    Reader->Offset = 0;
    Reader->Status = STATUS_SUCCESS;
    Reader->Malformed = Malformed;
    Reader->Memory = Memory;
}

// Initializes a reader of a request's input. The values that are read point into the input, so input that is not aligned to 8 bytes is
// copied first. WMI aligns its data to 8 bytes (documentation of WNODE_SINGLE_INSTANCE and the other WNODE structures).
VOID
MofgenReaderInitialize(
    _Out_ MOFGEN_READER *Reader,
    _Inout_ MOFGEN_REQUEST *Request,
    _In_ NTSTATUS Malformed);

// Skips padding. Padding at the end of the data may be missing.
VOID
MofgenReaderAlign(
    _Inout_ MOFGEN_READER *Reader,
    _In_ ULONG Alignment);

// Reads a fixed-size item.
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

// Reads a string with MaxLen. String[0] becomes its size in bytes, without trailing NULs. Size is the size of the member.
VOID
MofgenReadBoundedString(
    _Inout_ MOFGEN_READER *Reader,
    _Inout_updates_bytes_(Size) WCHAR *String,
    _In_ ULONG Size);

// Reads a string of any length, without trailing NULs. Its Buffer points into the data.
VOID
MofgenReadString(
    _Inout_ MOFGEN_READER *Reader,
    _Out_ UNICODE_STRING *String);

// Describes array elements whose layout in memory differs from that in a buffer.
typedef struct _MOFGEN_ELEMENT MOFGEN_ELEMENT;

// Reads Count elements that have one layout in a buffer and in memory. Returns a pointer into the data, or NULL when Count is 0. The
// caller must not write through it. It is not const because C11 does not convert a pointer to const VOID to a pointer to arrays.
_Ret_maybenull_
PVOID
MofgenReadArray(
    _Inout_ MOFGEN_READER *Reader,
    _In_ ULONG Alignment,
    _In_ ULONG ElementSize,
    _In_ ULONGLONG Count);

// Reads elements up to the end of the data. A partial element at the end is ignored.
_Ret_maybenull_
PVOID
MofgenReadArrayToEnd(
    _Inout_ MOFGEN_READER *Reader,
    _In_ ULONG Alignment,
    _In_ ULONG ElementSize,
    _Out_ ULONG *Count);

// Reads Count elements one by one into request memory.
_Ret_maybenull_
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

// Reads elements up to the end of the data, one by one, into request memory.
_Ret_maybenull_
PVOID
MofgenReadElementsToEnd(
    _Inout_ MOFGEN_READER *Reader,
    _In_ const MOFGEN_ELEMENT *Element,
    _Out_ ULONG *Count);

// ---- Writing: a first pass without Data computes the size, a second one writes into zeroed memory ----

// Status keeps the first failure: STATUS_UNSUCCESSFUL for inconsistent values, STATUS_INTEGER_OVERFLOW for 4 GB and more. After it,
// every write does nothing.
typedef struct _MOFGEN_WRITER
{
    UCHAR *Data; // NULL while the size is computed
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

// Writes a fixed-size item.
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

// Writes a string with MaxLen in its full size, so that later items keep their C offsets.
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

// Encodes values into Buffer. Returns STATUS_BUFFER_TOO_SMALL and the required size in *Used when they do not fit.
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

// Encodes values into a buffer of the size that MofgenMeasure returned. Returns STATUS_UNSUCCESSFUL when they have grown since.
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
    ULONG Alignment;         // of its start in a buffer
    ULONG TrailingAlignment; // of its end in a buffer
};

// Strings of any length: UNICODE_STRINGs in memory.
extern const MOFGEN_ELEMENT MofgenStringElement;

// Strings with MaxLen: WCHAR arrays of Size bytes, whose first element is the size of the string in bytes.
#define MOFGEN_BOUNDED_STRING_ELEMENT(Size) {NULL, NULL, (Size), sizeof(USHORT), sizeof(USHORT), 1}

#ifdef __cplusplus
}
#endif

#endif
