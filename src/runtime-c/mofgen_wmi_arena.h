// mofgen's C runtime core: memory from buffers of the caller, for code that cannot use pool, at any IRQL. The same for every MOF
// file; mofgen copies it next to the files that it generates.
#ifndef _MOFGEN_WMI_ARENA_H_
#define _MOFGEN_WMI_ARENA_H_

#include "mofgen_wmi.h"

#ifdef __cplusplus
extern "C" {
#endif

// Makes a request allocate from Buffer, which may be NULL. A request that needs more fails with STATUS_INSUFFICIENT_RESOURCES.
VOID
MofgenArenaInitialize(
    _Out_ MOFGEN_MEMORY *Memory,
    _In_opt_ PVOID Buffer,
    _In_ ULONG Size);

// ---- Values that outlast a request ----

// Selects the half of Buffer that does not hold the values at Stored, so that those stay valid until the new values are complete.
// Stored may be NULL.
VOID
MofgenArenaForStored(
    _Out_ MOFGEN_MEMORY *Memory,
    _In_opt_ PVOID Buffer,
    _In_ ULONG Size,
    _In_opt_ const VOID *Stored);

// Copies a structure of Size bytes, and the data that it points to, into that half.
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
