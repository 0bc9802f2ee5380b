// mofgen's C runtime core: the transport of WDM drivers that handle IRP_MJ_SYSTEM_CONTROL without WMILIB. It reads and writes the WNODE
// structures of requests and events, and the registration. Blocks and instances are in mofgen_wmi_device.
// The same for every MOF file; mofgen copies it next to the files that it generates.
#include "mofgen_wmi_irp.h"

// Instance data is aligned to 8 bytes (documentation of WNODE_SINGLE_INSTANCE and WNODE_ALL_DATA).
#define MOFGEN_IRP_ALIGN(Offset) (((Offset) + sizeof(ULONGLONG) - 1) & ~(ULONGLONG)(sizeof(ULONGLONG) - 1))

// A request for this driver, and its result.
typedef struct _MOFGEN_IRP_REQUEST
{
    MOFGEN_WMI_DEVICE *Wmi; // the structure of the MOF file that defines the block
    ULONG Index;            // the block's index
    UCHAR Minor;
    ULONG BufferSize;
    UCHAR *Buffer;
    NTSTATUS Status;
    ULONG Information;
} MOFGEN_IRP_REQUEST;

// ---- Answers ----

MOFGEN_PAGED static VOID
MofgenIrpAnswer(
    _Inout_ MOFGEN_IRP_REQUEST *Request,
    _In_ NTSTATUS Status,
    _In_ ULONG Information)
{
    PAGED_CODE();

    Request->Status = Status;
    Request->Information = Information;
}

// Returns the required size as a WNODE_TOO_SMALL, with a success status. A buffer too small for that fails with
// STATUS_BUFFER_TOO_SMALL (documentation of IRP_MN_QUERY_ALL_DATA).
MOFGEN_PAGED static VOID
MofgenIrpAnswerTooSmall(
    _Inout_ MOFGEN_IRP_REQUEST *Request,
    _In_ ULONGLONG SizeNeeded)
{
    WNODE_TOO_SMALL *answer = (WNODE_TOO_SMALL *)(PVOID)Request->Buffer;

    PAGED_CODE();

    if (SizeNeeded > MAXULONG)
    {
        MofgenIrpAnswer(Request, STATUS_INTEGER_OVERFLOW, 0);
        return;
    }
    if (Request->BufferSize < sizeof(*answer))
    {
        MofgenIrpAnswer(Request, STATUS_BUFFER_TOO_SMALL, 0);
        return;
    }
    answer->WnodeHeader.BufferSize = sizeof(*answer);
    answer->WnodeHeader.Flags = WNODE_FLAG_TOO_SMALL;
    answer->SizeNeeded = (ULONG)SizeNeeded;
    MofgenIrpAnswer(Request, STATUS_SUCCESS, sizeof(*answer));
}

// Returns the first Size bytes of the buffer.
MOFGEN_PAGED static VOID
MofgenIrpAnswerData(
    _Inout_ MOFGEN_IRP_REQUEST *Request,
    _In_ NTSTATUS Status,
    _In_ ULONG Size)
{
    WNODE_HEADER *header = (WNODE_HEADER *)(PVOID)Request->Buffer;

    PAGED_CODE();

    header->BufferSize = Size;
    KeQuerySystemTime(&header->TimeStamp);
    MofgenIrpAnswer(Request, Status, Size);
}

// ---- The data of a request ----

// The data of a request for one instance: where it is in the buffer.
typedef struct _MOFGEN_IRP_DATA
{
    ULONG Id; // the item's or the method's id
    ULONG Offset;
    ULONG Size;
} MOFGEN_IRP_DATA;

// WNODE_METHOD_ITEM is read as WNODE_SINGLE_ITEM.
C_ASSERT(FIELD_OFFSET(WNODE_METHOD_ITEM, MethodId) == FIELD_OFFSET(WNODE_SINGLE_ITEM, ItemId));
C_ASSERT(FIELD_OFFSET(WNODE_METHOD_ITEM, DataBlockOffset) == FIELD_OFFSET(WNODE_SINGLE_ITEM, DataBlockOffset));
C_ASSERT(FIELD_OFFSET(WNODE_METHOD_ITEM, SizeDataBlock) == FIELD_OFFSET(WNODE_SINGLE_ITEM, SizeDataItem));
C_ASSERT(FIELD_OFFSET(WNODE_METHOD_ITEM, VariableData) == FIELD_OFFSET(WNODE_SINGLE_ITEM, VariableData));

// The end of the fields that identify an instance: flags, index and name offset. They have the same offsets in every such WNODE.
#define MOFGEN_IRP_INSTANCE_END RTL_SIZEOF_THROUGH_FIELD(WNODE_SINGLE_INSTANCE, InstanceIndex)
C_ASSERT(FIELD_OFFSET(WNODE_SINGLE_ITEM, InstanceIndex) == FIELD_OFFSET(WNODE_SINGLE_INSTANCE, InstanceIndex));
C_ASSERT(FIELD_OFFSET(WNODE_SINGLE_ITEM, OffsetInstanceName) == FIELD_OFFSET(WNODE_SINGLE_INSTANCE, OffsetInstanceName));
C_ASSERT(FIELD_OFFSET(WNODE_METHOD_ITEM, InstanceIndex) == FIELD_OFFSET(WNODE_SINGLE_INSTANCE, InstanceIndex));

// Reads where a request's data is. Returns FALSE unless the data is inside the buffer, after the fixed part. The offset of empty data in
// a set request is not checked.
_Must_inspect_result_
MOFGEN_PAGED static BOOLEAN
MofgenIrpReadData(
    _In_ const MOFGEN_IRP_REQUEST *Request,
    _Out_ MOFGEN_IRP_DATA *Data)
{
    const WNODE_SINGLE_INSTANCE *instance = (const WNODE_SINGLE_INSTANCE *)(PVOID)Request->Buffer;
    const WNODE_SINGLE_ITEM *item = (const WNODE_SINGLE_ITEM *)(PVOID)Request->Buffer;
    ULONG fixedPart = FIELD_OFFSET(WNODE_SINGLE_INSTANCE, VariableData);

    PAGED_CODE();

    RtlZeroMemory(Data, sizeof(*Data));
    if (Request->Minor != IRP_MN_CHANGE_SINGLE_INSTANCE)
    {
        fixedPart = FIELD_OFFSET(WNODE_SINGLE_ITEM, VariableData);
    }
    if (Request->BufferSize < fixedPart)
    {
        return FALSE;
    }
    if (Request->Minor == IRP_MN_CHANGE_SINGLE_INSTANCE)
    {
        Data->Offset = instance->DataBlockOffset;
        Data->Size = instance->SizeDataBlock;
    }
    else
    {
        Data->Id = item->ItemId;
        Data->Offset = item->DataBlockOffset;
        Data->Size = item->SizeDataItem;
    }
    if (Data->Size == 0 && Request->Minor != IRP_MN_EXECUTE_METHOD)
    {
        Data->Offset = fixedPart;
        return TRUE;
    }
    // Subtract: the sum of offset and size could overflow.
    return Data->Offset >= fixedPart && Data->Offset <= Request->BufferSize &&
           Data->Size <= Request->BufferSize - Data->Offset;
}

// ---- Requests for one instance ----

// A buffer that ends before the data returns the required size (documentation of IRP_MN_QUERY_SINGLE_INSTANCE). Without the fields that
// identify the instance, that is the size for a static name.
MOFGEN_PAGED static VOID
MofgenIrpQuerySingle(
    _Inout_ MOFGEN_IRP_REQUEST *Request,
    _In_ MOFGEN_WMI_INSTANCE *Instance)
{
    WNODE_SINGLE_INSTANCE *wnode = (WNODE_SINGLE_INSTANCE *)(PVOID)Request->Buffer;
    ULONG offset = FIELD_OFFSET(WNODE_SINGLE_INSTANCE, VariableData);
    BOOLEAN isCutOff;
    MOFGEN_REQUEST request;
    NTSTATUS status;
    ULONG room;
    ULONG used;

    PAGED_CODE();

    if (Request->BufferSize >= offset)
    {
        if (wnode->DataBlockOffset < offset)
        {
            MofgenIrpAnswer(Request, STATUS_INVALID_PARAMETER, 0);
            return;
        }
        offset = wnode->DataBlockOffset;
    }
    isCutOff = Request->BufferSize < offset;
    room = isCutOff ? 0 : Request->BufferSize - offset;
    MofgenRequestInitialize(&request, NULL, 0, room > 0 ? Request->Buffer + offset : NULL, room);
    status = MofgenWmiRun(Instance, MofgenWmiQuery, 0, &request);
    used = MofgenRequestComplete(&request, status);
    if (status == STATUS_BUFFER_TOO_SMALL || (isCutOff && NT_SUCCESS(status)))
    {
        MofgenIrpAnswerTooSmall(Request, (ULONGLONG)offset + used);
        return;
    }
    if (!NT_SUCCESS(status))
    {
        MofgenIrpAnswer(Request, status, 0);
        return;
    }
    wnode->SizeDataBlock = used;
    MofgenIrpAnswerData(Request, status, offset + used);
}

// Information is 0 after a set request (documentation of IRP_MN_CHANGE_SINGLE_INSTANCE).
MOFGEN_PAGED static VOID
MofgenIrpSet(
    _Inout_ MOFGEN_IRP_REQUEST *Request,
    _In_ MOFGEN_WMI_INSTANCE *Instance)
{
    MOFGEN_REQUEST request;
    MOFGEN_IRP_DATA data;
    NTSTATUS status;

    PAGED_CODE();

    if (Instance->Block->SetInstance == NULL)
    {
        status = STATUS_WMI_READ_ONLY;
    }
    else if (!MofgenIrpReadData(Request, &data))
    {
        status = STATUS_WMI_SET_FAILURE;
    }
    else
    {
        MofgenRequestInitialize(&request, data.Size > 0 ? Request->Buffer + data.Offset : NULL, data.Size, NULL, 0);
        status = MofgenWmiRun(
            Instance,
            Request->Minor == IRP_MN_CHANGE_SINGLE_ITEM ? MofgenWmiSetItem : MofgenWmiSetInstance,
            data.Id,
            &request);
        (VOID)MofgenRequestComplete(&request, status);
    }
    MofgenIrpAnswer(Request, status, 0);
}

MOFGEN_PAGED static VOID
MofgenIrpExecute(
    _Inout_ MOFGEN_IRP_REQUEST *Request,
    _In_ MOFGEN_WMI_INSTANCE *Instance)
{
    WNODE_METHOD_ITEM *wnode = (WNODE_METHOD_ITEM *)(PVOID)Request->Buffer;
    MOFGEN_REQUEST request;
    MOFGEN_IRP_DATA data;
    NTSTATUS status;
    UCHAR *buffer;
    ULONG room;
    ULONG used;

    PAGED_CODE();

    if (Instance->Block->Execute == NULL)
    {
        MofgenIrpAnswer(Request, STATUS_WMI_ITEMID_NOT_FOUND, 0);
        return;
    }
    if (!MofgenIrpReadData(Request, &data))
    {
        MofgenIrpAnswer(Request, STATUS_INVALID_PARAMETER, 0);
        return;
    }
    // The output overwrites the input in the same buffer.
    room = Request->BufferSize - data.Offset;
    buffer = room > 0 ? Request->Buffer + data.Offset : NULL;
    MofgenRequestInitialize(&request, buffer, data.Size, buffer, room);
    status = MofgenWmiExecute(Instance, data.Id, &request);
    used = MofgenRequestComplete(&request, status);
    if (status == STATUS_BUFFER_TOO_SMALL)
    {
        MofgenIrpAnswerTooSmall(Request, (ULONGLONG)data.Offset + used);
        return;
    }
    if (!NT_SUCCESS(status))
    {
        MofgenIrpAnswer(Request, status, 0);
        return;
    }
    wnode->SizeDataBlock = used;
    MofgenIrpAnswerData(Request, status, data.Offset + used);
}

// References the instance with the dynamic name at OffsetInstanceName: a USHORT with the name's size in bytes, then its characters, with
// or without a terminating NUL (documentation of IRP_MN_CHANGE_SINGLE_INSTANCE).
MOFGEN_PAGED static NTSTATUS
MofgenIrpReferenceNamed(
    _In_ const MOFGEN_IRP_REQUEST *Request,
    _In_ ULONG Offset,
    _Outptr_result_maybenull_ MOFGEN_WMI_INSTANCE **Instance)
{
    MOFGEN_MEMORY memory = {NULL, 0};
    UNICODE_STRING name;
    NTSTATUS status;
    USHORT size;

    PAGED_CODE();

    *Instance = NULL;
    if (Offset > Request->BufferSize || Request->BufferSize - Offset < sizeof(size))
    {
        return STATUS_WMI_INSTANCE_NOT_FOUND;
    }
    RtlCopyMemory(&size, Request->Buffer + Offset, sizeof(size));
    if (size == 0 || size % sizeof(WCHAR) != 0 || size > Request->BufferSize - Offset - sizeof(size))
    {
        return STATUS_WMI_INSTANCE_NOT_FOUND;
    }
    name.Length = size;
    name.MaximumLength = size;
    name.Buffer = (PWCH)(PVOID)(Request->Buffer + Offset + sizeof(size));
    if (Offset % sizeof(WCHAR) != 0)
    {
        // Copy the name: its address is odd.
        name.Buffer = (PWCH)MofgenMemoryAllocate(&memory, size);
        if (name.Buffer == NULL)
        {
            return STATUS_INSUFFICIENT_RESOURCES;
        }
        RtlCopyMemory(name.Buffer, Request->Buffer + Offset + sizeof(size), size);
    }
    if (name.Buffer[size / sizeof(WCHAR) - 1] == UNICODE_NULL)
    {
        name.Length = (USHORT)(size - sizeof(WCHAR));
    }
    status = MofgenWmiReferenceNamed(Request->Wmi, Request->Index, &name, Instance);
    MofgenMemoryFree(&memory);
    return status;
}

// References the instance of a request. The caller releases it with MofgenWmiRelease.
_Must_inspect_result_
MOFGEN_PAGED static NTSTATUS
MofgenIrpReferenceInstance(
    _In_ const MOFGEN_IRP_REQUEST *Request,
    _Outptr_result_maybenull_ MOFGEN_WMI_INSTANCE **Instance)
{
    const WNODE_SINGLE_INSTANCE *wnode = (const WNODE_SINGLE_INSTANCE *)(PVOID)Request->Buffer;
    const MOFGEN_WMI_BLOCK *block = &Request->Wmi->Provider->Blocks[Request->Index];
    BOOLEAN isStatic = (wnode->WnodeHeader.Flags & WNODE_FLAG_STATIC_INSTANCE_NAMES) != 0;
    BOOLEAN isStaticBlock = (block->Flags & MOFGEN_WMI_DYNAMIC_NAMES) == 0;

    PAGED_CODE();

    *Instance = NULL;
    if (isStatic != isStaticBlock)
    {
        return STATUS_WMI_INSTANCE_NOT_FOUND;
    }
    if (!isStatic)
    {
        return MofgenIrpReferenceNamed(Request, wnode->OffsetInstanceName, Instance);
    }
    return MofgenWmiReference(Request->Wmi, Request->Index, wnode->InstanceIndex, Instance);
}

// Returns the status of a request whose buffer ends before the fields that identify an instance.
MOFGEN_PAGED static NTSTATUS
MofgenIrpCutOffStatus(
    _In_ UCHAR Minor)
{
    PAGED_CODE();

    switch (Minor)
    {
    case IRP_MN_QUERY_SINGLE_INSTANCE:
        return STATUS_BUFFER_TOO_SMALL;
    case IRP_MN_EXECUTE_METHOD:
        return STATUS_INVALID_PARAMETER;
    default:
        return STATUS_WMI_SET_FAILURE;
    }
}

MOFGEN_PAGED static VOID
MofgenIrpHandleInstance(
    _Inout_ MOFGEN_IRP_REQUEST *Request)
{
    MOFGEN_WMI_INSTANCE *instance;
    NTSTATUS status;

    PAGED_CODE();

    if (Request->BufferSize < MOFGEN_IRP_INSTANCE_END)
    {
        MofgenIrpAnswer(Request, MofgenIrpCutOffStatus(Request->Minor), 0);
        return;
    }
    status = MofgenIrpReferenceInstance(Request, &instance);
    if (!NT_SUCCESS(status))
    {
        MofgenIrpAnswer(Request, status, 0);
        return;
    }
    switch (Request->Minor)
    {
    case IRP_MN_QUERY_SINGLE_INSTANCE:
        MofgenIrpQuerySingle(Request, instance);
        break;
    case IRP_MN_EXECUTE_METHOD:
        MofgenIrpExecute(Request, instance);
        break;
    default:
        MofgenIrpSet(Request, instance);
        break;
    }
    MofgenWmiRelease(instance);
}

// ---- IRP_MN_QUERY_ALL_DATA ----

// The offsets of the parts of a WNODE_ALL_DATA. Its instances have one size, or each has an entry with its offset and size.
typedef struct _MOFGEN_IRP_LAYOUT
{
    BOOLEAN IsFixed;
    BOOLEAN IsNamed;
    ULONGLONG Names; // the array of offsets of dynamic names, followed by the names
    ULONGLONG Data;  // the data of the first instance
} MOFGEN_IRP_LAYOUT;

MOFGEN_PAGED static MOFGEN_IRP_LAYOUT
MofgenIrpLayOut(
    _In_ const MOFGEN_WMI_RANGE *Range,
    _In_ BOOLEAN IsNamed,
    _In_ BOOLEAN IsFixed)
{
    MOFGEN_IRP_LAYOUT layout;
    ULONGLONG end;
    ULONG i;

    PAGED_CODE();

    layout.IsFixed = IsFixed;
    layout.IsNamed = IsNamed;
    end = IsFixed ? RTL_SIZEOF_THROUGH_FIELD(WNODE_ALL_DATA, FixedInstanceSize)
                  : FIELD_OFFSET(WNODE_ALL_DATA, OffsetInstanceDataAndLength) +
                        (ULONGLONG)Range->Count * sizeof(OFFSETINSTANCEDATAANDLENGTH);
    layout.Names = end;
    for (i = 0; IsNamed && i < Range->Count; i += 1)
    {
        end += sizeof(ULONG) + sizeof(USHORT) + Range->Instances[i]->Name.Length;
    }
    layout.Data = end < sizeof(WNODE_ALL_DATA) ? sizeof(WNODE_ALL_DATA) : MOFGEN_IRP_ALIGN(end);
    return layout;
}

// Writes the parts before the data. The caller has checked that the data fits in the buffer.
MOFGEN_PAGED static VOID
MofgenIrpWriteAllData(
    _Inout_ MOFGEN_IRP_REQUEST *Request,
    _In_ const MOFGEN_WMI_RANGE *Range,
    _In_ const MOFGEN_IRP_LAYOUT *Layout,
    _In_ const ULONG *Lengths)
{
    WNODE_ALL_DATA *wnode = (WNODE_ALL_DATA *)(PVOID)Request->Buffer;
    ULONG *offsets = (ULONG *)(PVOID)(Request->Buffer + Layout->Names);
    const UNICODE_STRING *name;
    ULONG end = (ULONG)Layout->Data;
    ULONG i;

    PAGED_CODE();

    wnode->WnodeHeader.Flags &=
        ~(ULONG)(WNODE_FLAG_FIXED_INSTANCE_SIZE | WNODE_FLAG_STATIC_INSTANCE_NAMES | WNODE_FLAG_TOO_SMALL);
    wnode->WnodeHeader.Flags |= WNODE_FLAG_ALL_DATA | (Layout->IsFixed ? WNODE_FLAG_FIXED_INSTANCE_SIZE : 0u) |
                                (Layout->IsNamed ? 0u : WNODE_FLAG_STATIC_INSTANCE_NAMES);
    wnode->DataBlockOffset = end;
    wnode->InstanceCount = Range->Count;
    wnode->OffsetInstanceNameOffsets = Layout->IsNamed ? (ULONG)Layout->Names : 0;
    // Zero the padding between the parts; do not disclose stale kernel memory.
    RtlZeroMemory(&wnode->FixedInstanceSize, end - FIELD_OFFSET(WNODE_ALL_DATA, FixedInstanceSize));
    if (Layout->IsFixed)
    {
        wnode->FixedInstanceSize = Lengths[0];
    }
    for (i = 0; !Layout->IsFixed && i < Range->Count; i += 1)
    {
        end = Lengths[i] > 0 ? (ULONG)MOFGEN_IRP_ALIGN((ULONGLONG)end) : end;
        wnode->OffsetInstanceDataAndLength[i].OffsetInstanceData = end;
        wnode->OffsetInstanceDataAndLength[i].LengthInstanceData = Lengths[i];
        end += Lengths[i];
    }
    end = (ULONG)Layout->Names + Range->Count * (ULONG)sizeof(ULONG);
    for (i = 0; Layout->IsNamed && i < Range->Count; i += 1)
    {
        name = &Range->Instances[i]->Name;
        offsets[i] = end;
        RtlCopyMemory(Request->Buffer + end, &name->Length, sizeof(name->Length));
        RtlCopyMemory(Request->Buffer + end + sizeof(name->Length), name->Buffer, name->Length);
        end += (ULONG)sizeof(name->Length) + name->Length;
    }
}

// Returns TRUE when all instances have one size. If that is 0, returns FALSE, and the size is written for each instance.
MOFGEN_PAGED static BOOLEAN
MofgenIrpIsFixed(
    _In_ ULONG Count,
    _In_reads_(Count) const ULONG *Lengths)
{
    ULONG i;

    PAGED_CODE();

    for (i = 0; i < Count; i += 1)
    {
        if (Lengths[i] == 0 || Lengths[i] != Lengths[0])
        {
            return FALSE;
        }
    }
    return TRUE;
}

// Queries the referenced instances. The data is first written to its place for instances of one size, and moved when the sizes differ.
MOFGEN_PAGED static VOID
MofgenIrpQueryRange(
    _Inout_ MOFGEN_IRP_REQUEST *Request,
    _In_ const MOFGEN_WMI_RANGE *Range,
    _Out_writes_(Range->Count) ULONG *Lengths)
{
    BOOLEAN isNamed = (Request->Wmi->Provider->Blocks[Request->Index].Flags & MOFGEN_WMI_DYNAMIC_NAMES) != 0;
    MOFGEN_IRP_LAYOUT layout = MofgenIrpLayOut(Range, isNamed, TRUE);
    ULONGLONG first = layout.Data;
    NTSTATUS status;
    ULONG room;
    ULONG used;

    PAGED_CODE();

    room = first < Request->BufferSize ? Request->BufferSize - (ULONG)first : 0;
    status = MofgenWmiQueryRange(
        Range, Lengths, room, room > 0 ? Request->Buffer + (ULONG)first : NULL, &used);
    if (!NT_SUCCESS(status) && status != STATUS_BUFFER_TOO_SMALL)
    {
        MofgenIrpAnswer(Request, status, 0);
        return;
    }
    if (!MofgenIrpIsFixed(Range->Count, Lengths))
    {
        layout = MofgenIrpLayOut(Range, isNamed, FALSE);
    }
    if (status == STATUS_BUFFER_TOO_SMALL || layout.Data + used > Request->BufferSize)
    {
        MofgenIrpAnswerTooSmall(Request, layout.Data + used);
        return;
    }
    if (layout.Data != first)
    {
        RtlMoveMemory(Request->Buffer + (ULONG)layout.Data, Request->Buffer + (ULONG)first, used);
    }
    MofgenIrpWriteAllData(Request, Range, &layout, Lengths);
    MofgenIrpAnswerData(Request, STATUS_SUCCESS, (ULONG)layout.Data + used);
}

MOFGEN_PAGED static VOID
MofgenIrpQueryAll(
    _Inout_ MOFGEN_IRP_REQUEST *Request)
{
    MOFGEN_WMI_RANGE range;
    NTSTATUS status;
    ULONG *lengths;

    PAGED_CODE();

    if (Request->BufferSize < sizeof(WNODE_TOO_SMALL))
    {
        MofgenIrpAnswer(Request, STATUS_BUFFER_TOO_SMALL, 0);
        return;
    }
    status = MofgenWmiReferenceRange(Request->Wmi, Request->Index, 0, NULL, &range);
    if (NT_SUCCESS(status))
    {
        lengths = (ULONG *)MofgenAllocatePaged(range.Count * sizeof(*lengths));
        if (lengths != NULL)
        {
            MofgenIrpQueryRange(Request, &range, lengths);
            MofgenFree(lengths);
            MofgenWmiReleaseRange(&range);
            return;
        }
        status = STATUS_INSUFFICIENT_RESOURCES;
    }
    MofgenIrpAnswer(Request, status, 0);
    MofgenWmiReleaseRange(&range);
}

// ---- Registration ----

// A WMIREGINFO that is written. Bytes that do not fit are only counted.
typedef struct _MOFGEN_IRP_REGINFO
{
    UCHAR *Buffer;
    ULONG BufferSize;
    ULONGLONG End;
} MOFGEN_IRP_REGINFO;

// Appends a counted string. Returns its offset, or 0 when it is empty.
MOFGEN_PAGED static ULONG
MofgenIrpAppendString(
    _Inout_ MOFGEN_IRP_REGINFO *Reginfo,
    _In_ const UNICODE_STRING *String)
{
    ULONGLONG start = Reginfo->End;

    PAGED_CODE();

    if (String->Length == 0)
    {
        return 0;
    }
    Reginfo->End += sizeof(String->Length) + String->Length;
    if (Reginfo->Buffer != NULL && Reginfo->End <= Reginfo->BufferSize)
    {
        RtlCopyMemory(Reginfo->Buffer + (ULONG)start, &String->Length, sizeof(String->Length));
        RtlCopyMemory(Reginfo->Buffer + (ULONG)start + sizeof(String->Length), String->Buffer, String->Length);
    }
    return (ULONG)start;
}

// Writes one block, and the names of its instances: names from the driver, a base name, or the PDO. Dynamic names are not registered.
MOFGEN_PAGED static VOID
MofgenIrpWriteBlock(
    _Inout_ MOFGEN_IRP_REGINFO *Reginfo,
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ ULONG Index,
    _In_ ULONGLONG Start)
{
    const MOFGEN_WMI_BLOCK *block = &Wmi->Provider->Blocks[Index];
    const MOFGEN_WMI_INSTANCE *instance;
    UNICODE_STRING baseName;
    WMIREGGUID row;

    PAGED_CODE();

    RtlZeroMemory(&row, sizeof(row));
    row.Guid = block->Guid;
    row.Flags = Wmi->Registrations[Index].Flags;
    if ((block->Flags & MOFGEN_WMI_DYNAMIC_NAMES) == 0)
    {
        row.InstanceCount = Wmi->Registrations[Index].InstanceCount;
        if (Wmi->Renumber != NULL)
        {
            Wmi->Renumber(Wmi, Index, &row.InstanceCount, FALSE);
        }
        RtlInitUnicodeString(&baseName, Wmi->Provider->BaseName);
        if ((block->Flags & MOFGEN_WMI_STATIC_NAMES) != 0)
        {
            row.Flags |= WMIREG_FLAG_INSTANCE_LIST;
            row.InstanceNameList = (ULONG)Reginfo->End;
            for (instance = Wmi->Instances[Index]; instance != NULL; instance = instance->Next)
            {
                (VOID)MofgenIrpAppendString(Reginfo, &instance->Name);
            }
        }
        else if (baseName.Length > 0)
        {
            row.Flags |= WMIREG_FLAG_INSTANCE_BASENAME;
            row.BaseNameOffset = MofgenIrpAppendString(Reginfo, &baseName);
        }
        else
        {
            row.Flags |= WMIREG_FLAG_INSTANCE_PDO;
            row.Pdo = (ULONG_PTR)Wmi->PhysicalDeviceObject;
        }
    }
    if (Start + sizeof(row) <= Reginfo->BufferSize)
    {
        RtlCopyMemory(Reginfo->Buffer + (ULONG)Start, &row, sizeof(row));
    }
}

// Writes the blocks of all MOF files of the device object. Locks the structure of each.
MOFGEN_PAGED static ULONG
MofgenIrpWriteBlocks(
    _Inout_ MOFGEN_IRP_REGINFO *Reginfo,
    _Inout_ MOFGEN_WMI_DEVICE *Wmi)
{
    ULONGLONG start = FIELD_OFFSET(WMIREGINFO, WmiRegGuid);
    MOFGEN_WMI_DEVICE *each;
    ULONG count = 0;
    ULONG i;

    PAGED_CODE();

    for (each = Wmi; each != NULL; each = each->Next)
    {
        // Instances may be added concurrently.
        ExAcquireFastMutex(&each->Lock);
        for (i = 0; i < each->BlockCount; i += 1)
        {
            MofgenIrpWriteBlock(Reginfo, each, i, start);
            start += sizeof(WMIREGGUID);
        }
        count += each->BlockCount;
        ExReleaseFastMutex(&each->Lock);
    }
    return count;
}

// Renumbers the instances as Info reports them to WMI.
MOFGEN_PAGED static VOID
MofgenIrpRenumber(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _Inout_ WMIREGINFO *Info)
{
    WMIREGGUID *row = Info->WmiRegGuid;
    MOFGEN_WMI_DEVICE *each;
    ULONG i;

    PAGED_CODE();

    for (each = Wmi; each != NULL; each = each->Next)
    {
        ExAcquireFastMutex(&each->Lock);
        for (i = 0; i < each->BlockCount; i += 1)
        {
            if (each->Renumber != NULL && (each->Provider->Blocks[i].Flags & MOFGEN_WMI_DYNAMIC_NAMES) == 0)
            {
                each->Renumber(each, i, &row->InstanceCount, TRUE);
            }
            row += 1;
        }
        ExReleaseFastMutex(&each->Lock);
    }
}

// References the PDO once for each block whose instances are named after it: WMI dereferences it (documentation of IRP_MN_REGINFO_EX).
MOFGEN_PAGED static VOID
MofgenIrpReferencePdos(
    _In_ const WMIREGINFO *Info)
{
    ULONG i;

    PAGED_CODE();

    for (i = 0; i < Info->GuidCount; i += 1)
    {
        if ((Info->WmiRegGuid[i].Flags & WMIREG_FLAG_INSTANCE_PDO) != 0)
        {
            ObReferenceObject((PDEVICE_OBJECT)Info->WmiRegGuid[i].Pdo);
        }
    }
}

// Returns the number of blocks of Wmi and of the structures that are joined to it.
MOFGEN_PAGED static ULONG
MofgenIrpCountBlocks(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi)
{
    MOFGEN_WMI_DEVICE *each;
    ULONG count = 0;

    PAGED_CODE();

    for (each = Wmi; each != NULL; each = each->Next)
    {
        ExAcquireFastMutex(&each->Lock);
        count += each->BlockCount;
        ExReleaseFastMutex(&each->Lock);
    }
    return count;
}

// Returns all blocks, for a registration and for an update. When the buffer is too small, writes the required size, and fails with
// STATUS_BUFFER_TOO_SMALL (documentation of IRP_MN_REGINFO).
MOFGEN_PAGED static VOID
MofgenIrpReginfo(
    _Inout_ MOFGEN_IRP_REQUEST *Request)
{
    WMIREGINFO *info = (WMIREGINFO *)(PVOID)Request->Buffer;
    MOFGEN_IRP_REGINFO reginfo;
    UNICODE_STRING resource;
    ULONG registryPath;
    ULONG resourceName;
    ULONG count;
    ULONG size;

    PAGED_CODE();

    count = MofgenIrpCountBlocks(Request->Wmi);
    reginfo.Buffer = Request->Buffer;
    reginfo.BufferSize = Request->BufferSize;
    reginfo.End = FIELD_OFFSET(WMIREGINFO, WmiRegGuid) + (ULONGLONG)count * sizeof(WMIREGGUID);
    RtlInitUnicodeString(&resource, Request->Wmi->Provider->MofResource);
    resourceName = MofgenIrpAppendString(&reginfo, &resource);
    registryPath = MofgenIrpAppendString(&reginfo, &Request->Wmi->RegistryPath);
    count = MofgenIrpWriteBlocks(&reginfo, Request->Wmi);
    size = (ULONG)reginfo.End;
    if (reginfo.End > MAXULONG)
    {
        MofgenIrpAnswer(Request, STATUS_INTEGER_OVERFLOW, 0);
    }
    else if (info != NULL && size <= Request->BufferSize)
    {
        RtlZeroMemory(info, FIELD_OFFSET(WMIREGINFO, WmiRegGuid));
        info->BufferSize = size;
        info->RegistryPath = registryPath;
        info->MofResourceName = resourceName;
        info->GuidCount = count;
        MofgenIrpRenumber(Request->Wmi, info);
        if (Request->Minor == IRP_MN_REGINFO_EX)
        {
            MofgenIrpReferencePdos(info);
        }
        MofgenIrpAnswer(Request, STATUS_SUCCESS, size);
    }
    else if (Request->BufferSize >= sizeof(size))
    {
        RtlCopyMemory(Request->Buffer, &size, sizeof(size));
        MofgenIrpAnswer(Request, STATUS_BUFFER_TOO_SMALL, sizeof(size));
    }
    else
    {
        MofgenIrpAnswer(Request, STATUS_BUFFER_TOO_SMALL, 0);
    }
}

// ---- Requests ----

MOFGEN_PAGED static VOID
MofgenIrpControl(
    _Inout_ MOFGEN_IRP_REQUEST *Request)
{
    BOOLEAN isCollection =
        Request->Minor == IRP_MN_ENABLE_COLLECTION || Request->Minor == IRP_MN_DISABLE_COLLECTION;
    BOOLEAN enable = Request->Minor == IRP_MN_ENABLE_COLLECTION || Request->Minor == IRP_MN_ENABLE_EVENTS;
    NTSTATUS status = STATUS_INVALID_PARAMETER;

    PAGED_CODE();

    if (Request->BufferSize >= sizeof(WNODE_HEADER))
    {
        status = MofgenWmiControl(Request->Wmi, Request->Index, isCollection, enable);
    }
    MofgenIrpAnswer(Request, status, 0);
}

// Searches Wmi and the structures that are joined to it for a block. Returns the structure and the block's index, or NULL.
_Ret_maybenull_
MOFGEN_PAGED static MOFGEN_WMI_DEVICE *
MofgenIrpFindBlock(
    _In_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ const VOID *Guid,
    _Out_ ULONG *Index)
{
    MOFGEN_WMI_DEVICE *each;
    ULONG i;

    PAGED_CODE();

    *Index = 0;
    for (each = Wmi; each != NULL; each = each->Next)
    {
        for (i = 0; i < each->Provider->BlockCount; i += 1)
        {
            if (RtlEqualMemory(&each->Provider->Blocks[i].Guid, Guid, sizeof(GUID)))
            {
                *Index = i;
                return each;
            }
        }
    }
    return NULL;
}

// Handles a request for this device. Checks the block first, then the instance (documentation of IRP_MN_CHANGE_SINGLE_INSTANCE).
MOFGEN_PAGED static VOID
MofgenIrpHandle(
    _Inout_ MOFGEN_IRP_REQUEST *Request,
    _In_ const VOID *DataPath)
{
    MOFGEN_WMI_DEVICE *owner;

    PAGED_CODE();

    if (Request->Minor == IRP_MN_REGINFO || Request->Minor == IRP_MN_REGINFO_EX)
    {
        MofgenIrpReginfo(Request);
        return;
    }
    // In every other request, DataPath is the GUID of a block.
    owner = MofgenIrpFindBlock(Request->Wmi, DataPath, &Request->Index);
    if (owner == NULL)
    {
        MofgenIrpAnswer(Request, STATUS_WMI_GUID_NOT_FOUND, 0);
        return;
    }
    Request->Wmi = owner;
    switch (Request->Minor)
    {
    case IRP_MN_QUERY_ALL_DATA:
        MofgenIrpQueryAll(Request);
        break;
    case IRP_MN_ENABLE_EVENTS:
    case IRP_MN_DISABLE_EVENTS:
    case IRP_MN_ENABLE_COLLECTION:
    case IRP_MN_DISABLE_COLLECTION:
        MofgenIrpControl(Request);
        break;
    default:
        MofgenIrpHandleInstance(Request);
    }
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenIrpSystemControl(
    MOFGEN_WMI_DEVICE *Wmi,
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp)
{
    const IO_STACK_LOCATION *stack = IoGetCurrentIrpStackLocation(Irp);
    UCHAR minor = stack->MinorFunction;
    MOFGEN_IRP_REQUEST request;
    NTSTATUS status;

    PAGED_CODE();

    if (stack->MajorFunction == IRP_MJ_SYSTEM_CONTROL &&
        stack->Parameters.WMI.ProviderId == (ULONG_PTR)DeviceObject && Wmi->Provider != NULL &&
        (minor <= IRP_MN_EXECUTE_METHOD || minor == IRP_MN_REGINFO_EX))
    {
        RtlZeroMemory(&request, sizeof(request));
        request.Wmi = Wmi;
        request.Minor = minor;
        request.Buffer = (UCHAR *)stack->Parameters.WMI.Buffer;
        request.BufferSize = request.Buffer != NULL ? stack->Parameters.WMI.BufferSize : 0;
        MofgenIrpHandle(&request, stack->Parameters.WMI.DataPath);
        Irp->IoStatus.Status = request.Status;
        Irp->IoStatus.Information = request.Information;
    }
    else if (Wmi->LowerDevice != NULL)
    {
        // The request is for another device, or its minor code is not one of WMI.
        IoSkipCurrentIrpStackLocation(Irp);
        return IoCallDriver(Wmi->LowerDevice, Irp);
    }
    // The status is set above; or there is no device below: keep the sender's status.
    status = Irp->IoStatus.Status;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

// ---- Events ----

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenIrpSendEvent(
    const MOFGEN_WMI_INSTANCE *Instance,
    ULONG InstanceIndex,
    ULONG Size,
    PVOID Data)
{
    BOOLEAN isNamed = (Instance->Block->Flags & MOFGEN_WMI_DYNAMIC_NAMES) != 0;
    ULONGLONG offset = FIELD_OFFSET(WNODE_SINGLE_INSTANCE, VariableData);
    NTSTATUS status = STATUS_INSUFFICIENT_RESOURCES;
    WNODE_SINGLE_INSTANCE *event = NULL;
    UCHAR *bytes;

    PAGED_CODE();

    if (isNamed)
    {
        offset = MOFGEN_IRP_ALIGN(offset + sizeof(Instance->Name.Length) + Instance->Name.Length);
    }
    if (offset + Size > MAXULONG)
    {
        status = STATUS_INTEGER_OVERFLOW;
    }
    else
    {
        event = (WNODE_SINGLE_INSTANCE *)MofgenAllocateNonPaged((SIZE_T)(offset + Size));
    }
    if (event != NULL)
    {
        bytes = (UCHAR *)(PVOID)event;
        event->WnodeHeader.BufferSize = (ULONG)(offset + Size);
        event->WnodeHeader.ProviderId = IoWMIDeviceObjectToProviderId(Instance->Wmi->DeviceObject);
        KeQuerySystemTime(&event->WnodeHeader.TimeStamp);
        event->WnodeHeader.Guid = Instance->Block->Guid;
        event->WnodeHeader.Flags = WNODE_FLAG_EVENT_ITEM | WNODE_FLAG_SINGLE_INSTANCE;
        event->DataBlockOffset = (ULONG)offset;
        event->SizeDataBlock = Size;
        if (isNamed)
        {
            event->OffsetInstanceName = FIELD_OFFSET(WNODE_SINGLE_INSTANCE, VariableData);
            RtlCopyMemory(event->VariableData, &Instance->Name.Length, sizeof(Instance->Name.Length));
            RtlCopyMemory(
                event->VariableData + sizeof(Instance->Name.Length), Instance->Name.Buffer, Instance->Name.Length);
        }
        else
        {
            event->WnodeHeader.Flags |= WNODE_FLAG_STATIC_INSTANCE_NAMES;
            event->InstanceIndex = InstanceIndex;
        }
        if (Size > 0)
        {
            RtlCopyMemory(bytes + offset, Data, Size);
        }
        // On success the system frees the event.
        status = IoWMIWriteEvent(event);
        if (!NT_SUCCESS(status))
        {
            MofgenFree(event);
        }
    }
    if (Data != NULL)
    {
        MofgenFree(Data);
    }
    return status;
}
