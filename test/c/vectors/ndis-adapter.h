/* What a test defines so that vectors reach an NDIS miniport. */
#ifndef MOFGEN_VECTORS_NDIS_ADAPTER_H
#define MOFGEN_VECTORS_NDIS_ADAPTER_H

#include "mofgen_wmi_ndis.h"

NTSTATUS vectors_initialize(PVOID device);

/* MiniportOidRequest, with this working memory. */
NDIS_STATUS vectors_request(PVOID device, ULONG size, PVOID memory, PNDIS_OID_REQUEST request);

ULONG vectors_guids(ULONG count, NDIS_GUID *guids);

#endif
