// mofgen's C runtime core for NDIS miniports. The same for every MOF file; mofgen copies it next to the files that it generates.
#include "mofgen_wmi_ndis.h"

_Use_decl_annotations_
NDIS_STATUS
MofgenNdisStatus(
    NTSTATUS Status)
{
    switch (Status)
    {
    case STATUS_RETRY:
        return NDIS_STATUS_PENDING;
    case STATUS_BUFFER_TOO_SMALL:
        return NDIS_STATUS_INVALID_LENGTH;
    case STATUS_WMI_SET_FAILURE:
    case STATUS_INVALID_PARAMETER_MIX:
        return NDIS_STATUS_INVALID_DATA;
    case STATUS_WMI_GUID_NOT_FOUND:
    case STATUS_WMI_INSTANCE_NOT_FOUND:
    case STATUS_WMI_ITEMID_NOT_FOUND:
    case STATUS_WMI_READ_ONLY:
    case STATUS_INVALID_DEVICE_REQUEST:
        return NDIS_STATUS_NOT_SUPPORTED;
    default:
        return NT_SUCCESS(Status) ? NDIS_STATUS_SUCCESS : (NDIS_STATUS)Status;
    }
}

_Use_decl_annotations_
ULONG
MofgenNdisGuids(
    const MOFGEN_NDIS *Ndis,
    ULONG Count,
    NDIS_GUID *Guids)
{
    ULONG i;

    for (i = 0; i < Ndis->Blocks->BlockCount && i < Count && Guids != NULL; i += 1)
    {
        Guids[i].Guid = Ndis->Blocks->Blocks[i].Guid;
        Guids[i].Size = Ndis->Codes[i].Size;
        Guids[i].Flags = Ndis->Codes[i].Flags;
        Guids[i].Oid = Ndis->Codes[i].Code; // for an event this sets Status, the other member of the union
    }
    return Ndis->Blocks->BlockCount;
}

// Finds the block of an OID.
static BOOLEAN
MofgenNdisFind(
    _In_ const MOFGEN_NDIS *Ndis,
    _In_ NDIS_OID Oid,
    _Out_ ULONG *GuidIndex)
{
    ULONG i;

    *GuidIndex = 0;
    for (i = 0; i < Ndis->Blocks->BlockCount; i += 1)
    {
        if (Ndis->Codes[i].Code == Oid && (Ndis->Codes[i].Flags & fNDIS_GUID_TO_OID) != 0)
        {
            *GuidIndex = i;
            return TRUE;
        }
    }
    return FALSE;
}

// Completes OID_GEN_SUPPORTED_GUIDS.
static NDIS_STATUS
MofgenNdisQueryGuids(
    _In_ const MOFGEN_NDIS *Ndis,
    _Inout_ PNDIS_OID_REQUEST Request)
{
    const ULONG needed = Ndis->Blocks->BlockCount * (ULONG)sizeof(NDIS_GUID);

    Request->DATA.QUERY_INFORMATION.BytesWritten = 0;
    Request->DATA.QUERY_INFORMATION.BytesNeeded = needed;
    if (Request->DATA.QUERY_INFORMATION.InformationBufferLength < needed)
    {
        return NDIS_STATUS_INVALID_LENGTH;
    }
    (VOID)MofgenNdisGuids(
        Ndis, Ndis->Blocks->BlockCount, (NDIS_GUID *)Request->DATA.QUERY_INFORMATION.InformationBuffer);
    Request->DATA.QUERY_INFORMATION.BytesWritten = needed;
    return NDIS_STATUS_SUCCESS;
}

static NTSTATUS
MofgenNdisQuery(
    _In_ const MOFGEN_BLOCK_CALL *Call,
    _Inout_ PNDIS_OID_REQUEST Request)
{
    NTSTATUS status;
    ULONG used;

    status = MofgenBlockQuery(
        Call,
        Request->DATA.QUERY_INFORMATION.InformationBufferLength,
        Request->DATA.QUERY_INFORMATION.InformationBuffer,
        &used);
    Request->DATA.QUERY_INFORMATION.BytesWritten = NT_SUCCESS(status) ? used : 0;
    Request->DATA.QUERY_INFORMATION.BytesNeeded = status == STATUS_BUFFER_TOO_SMALL ? used : 0;
    return status;
}

static NTSTATUS
MofgenNdisSet(
    _In_ const MOFGEN_BLOCK_CALL *Call,
    _In_ const MOFGEN_NDIS_CODE *Code,
    _Inout_ PNDIS_OID_REQUEST Request)
{
    const ULONG size = Request->DATA.SET_INFORMATION.InformationBufferLength;
    NTSTATUS status;

    Request->DATA.SET_INFORMATION.BytesRead = 0;
    Request->DATA.SET_INFORMATION.BytesNeeded = 0;
    if (size < Code->MinimumSetSize)
    {
        Request->DATA.SET_INFORMATION.BytesNeeded = Code->MinimumSetSize;
        return STATUS_BUFFER_TOO_SMALL;
    }
    status = MofgenBlockSetInstance(Call, size, Request->DATA.SET_INFORMATION.InformationBuffer);
    if (NT_SUCCESS(status))
    {
        Request->DATA.SET_INFORMATION.BytesRead = size;
    }
    return status;
}

static NTSTATUS
MofgenNdisMethod(
    _In_ const MOFGEN_BLOCK_CALL *Call,
    _Inout_ PNDIS_OID_REQUEST Request)
{
    const ULONG inSize = Request->DATA.METHOD_INFORMATION.InputBufferLength;
    NTSTATUS status;
    ULONG used;

    status = MofgenBlockExecute(
        Call,
        Request->DATA.METHOD_INFORMATION.MethodId,
        inSize,
        Request->DATA.METHOD_INFORMATION.OutputBufferLength,
        Request->DATA.METHOD_INFORMATION.InformationBuffer,
        &used);
    Request->DATA.METHOD_INFORMATION.BytesRead = NT_SUCCESS(status) ? inSize : 0;
    Request->DATA.METHOD_INFORMATION.BytesWritten = NT_SUCCESS(status) ? used : 0;
    Request->DATA.METHOD_INFORMATION.BytesNeeded = status == STATUS_BUFFER_TOO_SMALL ? used : 0;
    return status;
}

_Use_decl_annotations_
NDIS_STATUS
MofgenNdisRequest(
    const MOFGEN_NDIS *Ndis,
    PVOID DeviceContext,
    ULONG MemorySize,
    PVOID Memory,
    PNDIS_OID_REQUEST Request)
{
    // Oid is the first member for every request type.
    const NDIS_OID oid = Request->DATA.QUERY_INFORMATION.Oid;
    const BOOLEAN isQuery = Request->RequestType == NdisRequestQueryInformation ||
                            Request->RequestType == NdisRequestQueryStatistics;
    MOFGEN_BLOCK_CALL call;
    ULONG guidIndex;

    if (isQuery && oid == OID_GEN_SUPPORTED_GUIDS)
    {
        return MofgenNdisQueryGuids(Ndis, Request);
    }
    if (!MofgenNdisFind(Ndis, oid, &guidIndex))
    {
        return NDIS_STATUS_NOT_SUPPORTED;
    }
    MofgenBlockCallInitialize(&call, Ndis->Blocks, guidIndex, 0, DeviceContext); // an adapter has one instance: index 0
    call.Memory = Memory;
    call.MemorySize = MemorySize;
    if (isQuery)
    {
        return MofgenNdisStatus(MofgenNdisQuery(&call, Request));
    }
    switch (Request->RequestType)
    {
    case NdisRequestSetInformation:
        return MofgenNdisStatus(MofgenNdisSet(&call, &Ndis->Codes[guidIndex], Request));
    case NdisRequestMethod:
        return MofgenNdisStatus(MofgenNdisMethod(&call, Request));
    default:
        return NDIS_STATUS_NOT_SUPPORTED;
    }
}

_Use_decl_annotations_
NTSTATUS
MofgenNdisIndicate(
    const MOFGEN_NDIS *Ndis,
    NDIS_HANDLE MiniportAdapterHandle,
    ULONG GuidIndex,
    MOFGEN_WRITE Write,
    const VOID *Data,
    ULONG BufferSize,
    PVOID Buffer)
{
    NDIS_STATUS_INDICATION indication;
    NTSTATUS status;
    ULONG used = 0;

    if (Write != NULL)
    {
        status = MofgenEncode(Write, Data, BufferSize, (UCHAR *)Buffer, &used);
        if (!NT_SUCCESS(status))
        {
            return status;
        }
    }
    RtlZeroMemory(&indication, sizeof(indication));
    indication.Header.Type = NDIS_OBJECT_TYPE_STATUS_INDICATION;
    indication.Header.Revision = NDIS_STATUS_INDICATION_REVISION_1;
    indication.Header.Size = NDIS_SIZEOF_STATUS_INDICATION_REVISION_1;
    indication.SourceHandle = MiniportAdapterHandle;
    indication.StatusCode = (NDIS_STATUS)Ndis->Codes[GuidIndex].Code;
    if (used > 0)
    {
        indication.StatusBuffer = Buffer;
        indication.StatusBufferSize = used;
    }
    NdisMIndicateStatusEx(MiniportAdapterHandle, &indication);
    return STATUS_SUCCESS;
}
