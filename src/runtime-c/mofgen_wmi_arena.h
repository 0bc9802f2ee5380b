// The part of mofgen's C runtime core that takes memory from buffers of the caller: for code that has no pool, at any IRQL. The
// same for every MOF file; mofgen copies it beside the files that it generates.
#ifndef _MOFGEN_WMI_ARENA_H_
#define _MOFGEN_WMI_ARENA_H_

#include "mofgen_wmi.h"

#ifdef __cplusplus
extern "C" {
#endif

// Lets a request take its memory from Buffer, which may be NULL. What does not fit is STATUS_INSUFFICIENT_RESOURCES.
VOID
MofgenArenaInitialize(
    _Out_ MOFGEN_MEMORY *Memory,
    _In_opt_ PVOID Buffer,
    _In_ ULONG Size);

// ---- Values that outlast a request ----

// Finds room for new values in Buffer: in the half that has the values at Stored not, so that those stay until the new ones
// are complete. Stored may be NULL.
VOID
MofgenArenaForStored(
    _Out_ MOFGEN_MEMORY *Memory,
    _In_opt_ PVOID Buffer,
    _In_ ULONG Size,
    _In_opt_ const VOID *Stored);

// Copies a structure of Size bytes and all that it points to into that room.
_Must_inspect_result_
NTSTATUS
MofgenArenaStore(
    _Inout_ MOFGEN_MEMORY *Memory,
    _In_ MOFGEN_READ Read,
    _In_ MOFGEN_WRITE Write,
    _In_reads_bytes_(Size) const VOID *Data,
    _In_ SIZE_T Size,
    _Outptr_ VOID **Stored);

#ifdef __cplusplus
}
#endif

#endif
