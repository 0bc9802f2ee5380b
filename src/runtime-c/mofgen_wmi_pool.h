// mofgen's C runtime core: memory from pool, for KMDF and WDM drivers. The same for every MOF file; mofgen copies it next to the
// files that it generates.
#ifndef _MOFGEN_WMI_POOL_H_
#define _MOFGEN_WMI_POOL_H_

#include "mofgen_wmi.h"

#ifdef __cplusplus
extern "C" {
#endif

#ifndef MOFGEN_POOL_TAG
#define MOFGEN_POOL_TAG 0x6e67664dUL // 'Mfgn' in a dump
#endif

// The pool limit of one request, or of one stored value. A request above it fails with STATUS_INSUFFICIENT_RESOURCES.
#ifndef MOFGEN_MAX_REQUEST_BYTES
#define MOFGEN_MAX_REQUEST_BYTES 0x4000000
#endif

// ---- Pool ----

// Allocates zeroed paged memory. Returns NULL on failure, and for a size of 0.
_Must_inspect_result_
_IRQL_requires_max_(APC_LEVEL)
PVOID
MofgenAllocatePaged(
    _In_ SIZE_T Size);

// Allocates zeroed nonpaged memory. Returns NULL on failure, and for a size of 0.
_Must_inspect_result_
_IRQL_requires_max_(DISPATCH_LEVEL)
PVOID
MofgenAllocateNonPaged(
    _In_ SIZE_T Size);

// Frees paged or nonpaged memory; paged memory at APC_LEVEL at most.
_IRQL_requires_max_(DISPATCH_LEVEL)
VOID
MofgenFree(
    _In_ PVOID Memory);

// Frees memory from MofgenAllocatePaged.
_IRQL_requires_max_(APC_LEVEL)
VOID
MofgenFreePaged(
    _In_ PVOID Memory);

// ---- Request memory: freed together when the request is complete ----

// The header of each allocation. MofgenMemoryAllocate and MofgenMemoryGrow run at APC_LEVEL at most.
typedef struct _MOFGEN_MEMORY_BLOCK
{
    struct _MOFGEN_MEMORY_BLOCK *Next;
    ULONGLONG Reserved; // keeps the memory after the header aligned to 8 bytes
} MOFGEN_MEMORY_BLOCK;

_IRQL_requires_max_(APC_LEVEL)
VOID
MofgenMemoryFree(
    _Inout_ MOFGEN_MEMORY *Memory);

// Frees the memory of the request. Returns the size of the output on success, the required size for STATUS_BUFFER_TOO_SMALL, else 0.
_IRQL_requires_max_(APC_LEVEL)
FORCEINLINE
ULONG
MofgenRequestComplete(
    _Inout_ MOFGEN_REQUEST *Request,
    _In_ NTSTATUS Status)
{
    if (Request->Memory.Place != NULL)
    {
        MofgenMemoryFree(&Request->Memory);
    }
    return MofgenRequestUsed(Request, Status);
}

// ---- Values that outlast a request ----

// Copies a structure of Size bytes, and the data that it points to, into pool. MofgenFreeStored frees the copy.
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
