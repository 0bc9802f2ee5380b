// mofgen's C runtime core for NDIS miniports: blocks as custom OIDs, events as status indications. NDIS handles WMI requests and turns
// them into OID requests, as the NDIS_GUIDs that the miniport returns for OID_GEN_SUPPORTED_GUIDS specify. The core takes no locks and
// allocates no pool. The same for every MOF file; mofgen copies it next to the files that it generates.
#ifndef _MOFGEN_WMI_NDIS_H_
#define _MOFGEN_WMI_NDIS_H_

#include <ndis.h>

#include "mofgen_wmi_blocks.h"

#ifdef __cplusplus
extern "C" {
#endif

// NDIS_GUID.Size for data of variable length.
#define MOFGEN_NDIS_VARIES ((ULONG)-1)

// The NDIS_GUID of one block or event, without the GUID.
typedef struct _MOFGEN_NDIS_CODE
{
    ULONG Code;           // the OID of a block, the NDIS_STATUS of an event
    ULONG Flags;          // fNDIS_GUID_*
    ULONG Size;           // the size of its data, or MOFGEN_NDIS_VARIES
    ULONG MinimumSetSize; // the minimum size of a set request
} MOFGEN_NDIS_CODE;

// The blocks and events of one MOF file, and the codes in the same order.
typedef struct _MOFGEN_NDIS
{
    const MOFGEN_BLOCKS *Blocks;
    const MOFGEN_NDIS_CODE *Codes;
} MOFGEN_NDIS;

// Copies at most Count NDIS_GUIDs of the blocks and events into Guids, for a miniport that handles OID_GEN_SUPPORTED_GUIDS because it has
// other GUIDs, too. Returns the number of blocks and events.
ULONG
MofgenNdisGuids(
    _In_ const MOFGEN_NDIS *Ndis,
    _In_ ULONG Count,
    _Out_writes_opt_(Count) NDIS_GUID *Guids);

// Handles OID_GEN_SUPPORTED_GUIDS and the requests for the blocks: query, set and method. Returns NDIS_STATUS_NOT_SUPPORTED for other
// OIDs, and leaves the request unchanged; NDIS_STATUS_INVALID_LENGTH, with BytesNeeded, when the buffer is too small; and
// NDIS_STATUS_PENDING when a function of the driver returned STATUS_PENDING. The miniport then repeats the call later, and passes the
// final status to NdisMOidRequestComplete. Memory is working memory for blocks whose data varies in length, used by one call at a time;
// fixed-size blocks need none.
_Must_inspect_result_
NDIS_STATUS
MofgenNdisRequest(
    _In_ const MOFGEN_NDIS *Ndis,
    _In_opt_ PVOID DeviceContext,
    _In_ ULONG MemorySize,
    _Out_writes_bytes_opt_(MemorySize) PVOID Memory,
    _Inout_ PNDIS_OID_REQUEST Request);

// Maps the status of a block's function to an NDIS_STATUS.
NDIS_STATUS
MofgenNdisStatus(
    _In_ NTSTATUS Status);

// Encodes the data of the event at GuidIndex into Buffer and indicates it. Write is NULL for an event without data. Indicates nothing
// and returns a failure when Buffer is too small (STATUS_BUFFER_TOO_SMALL) or the data is inconsistent.
_IRQL_requires_max_(DISPATCH_LEVEL)
_Must_inspect_result_
NTSTATUS
MofgenNdisIndicate(
    _In_ const MOFGEN_NDIS *Ndis,
    _In_ NDIS_HANDLE MiniportAdapterHandle,
    _In_ ULONG GuidIndex,
    _In_opt_ MOFGEN_WRITE Write,
    _When_(Write != NULL, _In_) _When_(Write == NULL, _In_opt_) const VOID *Data,
    _In_ ULONG BufferSize,
    _Out_writes_bytes_opt_(BufferSize) PVOID Buffer);

#ifdef __cplusplus
}
#endif

#endif
