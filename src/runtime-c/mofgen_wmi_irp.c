// The transport of mofgen's C runtime core for WDM drivers that answer IRP_MJ_SYSTEM_CONTROL themselves, without WMILIB: the
// WNODE structures of requests, answers and events, and the registration. It does not know what blocks and instances do: those
// are in mofgen_wmi_device.
// The same for every MOF file; mofgen copies it beside the files that it generates.
#include "mofgen_wmi_irp.h"

// Data and the structures of registration start on boundaries of 8 bytes (documentation of WNODE_SINGLE_INSTANCE).
#define MOFGEN_IRP_ALIGN(Offset) (((Offset) + sizeof(ULONGLONG) - 1) & ~(ULONGLONG)(sizeof(ULONGLONG) - 1))

// A request for this driver, and its answer.
typedef struct _MOFGEN_IRP_REQUEST
{
    MOFGEN_WMI_DEVICE *Wmi; // the structure of the MOF file with the block
    ULONG Index;            // of the block
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

// Answers with the size that is needed. WNODE_TOO_SMALL succeeds; a buffer that has no room for it either is
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

// Answers with the first Size bytes of the buffer.
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

// What a request for one instance states about its data.
typedef struct _MOFGEN_IRP_DATA
{
    ULONG Id; // of the item or of the method
    ULONG Offset;
    ULONG Size;
} MOFGEN_IRP_DATA;

// WNODE_METHOD_ITEM is read as WNODE_SINGLE_ITEM.
C_ASSERT(FIELD_OFFSET(WNODE_METHOD_ITEM, MethodId) == FIELD_OFFSET(WNODE_SINGLE_ITEM, ItemId));
C_ASSERT(FIELD_OFFSET(WNODE_METHOD_ITEM, DataBlockOffset) == FIELD_OFFSET(WNODE_SINGLE_ITEM, DataBlockOffset));
C_ASSERT(FIELD_OFFSET(WNODE_METHOD_ITEM, SizeDataBlock) == FIELD_OFFSET(WNODE_SINGLE_ITEM, SizeDataItem));
C_ASSERT(FIELD_OFFSET(WNODE_METHOD_ITEM, VariableData) == FIELD_OFFSET(WNODE_SINGLE_ITEM, VariableData));

// The flags, the index and the offset of the name are in the same place in every WNODE that names an instance, and end here.
#define MOFGEN_IRP_INSTANCE_END RTL_SIZEOF_THROUGH_FIELD(WNODE_SINGLE_INSTANCE, InstanceIndex)
C_ASSERT(FIELD_OFFSET(WNODE_SINGLE_ITEM, InstanceIndex) == FIELD_OFFSET(WNODE_SINGLE_INSTANCE, InstanceIndex));
C_ASSERT(FIELD_OFFSET(WNODE_SINGLE_ITEM, OffsetInstanceName) == FIELD_OFFSET(WNODE_SINGLE_INSTANCE, OffsetInstanceName));
C_ASSERT(FIELD_OFFSET(WNODE_METHOD_ITEM, InstanceIndex) == FIELD_OFFSET(WNODE_SINGLE_INSTANCE, InstanceIndex));

// Reads what a request states about its data. FALSE unless the data is in the buffer, after the fixed part; a set request
// without data has it anywhere.
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
    // The sum of the two could wrap around.
    return Data->Offset >= fixedPart && Data->Offset <= Request->BufferSize &&
           Data->Size <= Request->BufferSize - Data->Offset;
}

// ---- Requests for one instance ----

// A buffer that ends before the data starts is answered with the size that an instance with a static name needs.
MOFGEN_PAGED static VOID
MofgenIrpQuerySingle(
    _Inout_ MOFGEN_IRP_REQUEST *Request,
    _In_ const MOFGEN_WMI_HELD *Held)
{
    WNODE_SINGLE_INSTANCE *wnode = (WNODE_SINGLE_INSTANCE *)(PVOID)Request->Buffer;
    ULONG offset = FIELD_OFFSET(WNODE_SINGLE_INSTANCE, VariableData);
    BOOLEAN isCutOff = Request->BufferSize < offset;
    NTSTATUS status;
    ULONG length;
    ULONG room;
    ULONG used;

    PAGED_CODE();

    if (!isCutOff)
    {
        if (wnode->DataBlockOffset < offset || wnode->DataBlockOffset > Request->BufferSize)
        {
            MofgenIrpAnswer(Request, STATUS_INVALID_PARAMETER, 0);
            return;
        }
        offset = wnode->DataBlockOffset;
    }
    room = isCutOff ? 0 : Request->BufferSize - offset;
    status = MofgenWmiQueryHeld(Held, FALSE, &length, room, room > 0 ? Request->Buffer + offset : NULL, &used);
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
    _In_ const MOFGEN_WMI_HELD *Held)
{
    MOFGEN_IRP_DATA data;
    NTSTATUS status;

    PAGED_CODE();

    if (Held->One->Block->SetInstance == NULL)
    {
        status = STATUS_WMI_READ_ONLY;
    }
    else if (!MofgenIrpReadData(Request, &data))
    {
        status = STATUS_WMI_SET_FAILURE;
    }
    else
    {
        status = MofgenWmiSetHeld(
            Held,
            Request->Minor == IRP_MN_CHANGE_SINGLE_ITEM ? &data.Id : NULL,
            data.Size,
            data.Size > 0 ? Request->Buffer + data.Offset : NULL);
    }
    MofgenIrpAnswer(Request, status, 0);
}

MOFGEN_PAGED static VOID
MofgenIrpExecute(
    _Inout_ MOFGEN_IRP_REQUEST *Request,
    _In_ const MOFGEN_WMI_HELD *Held)
{
    WNODE_METHOD_ITEM *wnode = (WNODE_METHOD_ITEM *)(PVOID)Request->Buffer;
    MOFGEN_IRP_DATA data;
    NTSTATUS status;
    ULONG room;
    ULONG used;

    PAGED_CODE();

    if (Held->One->Block->Execute == NULL)
    {
        MofgenIrpAnswer(Request, STATUS_WMI_ITEMID_NOT_FOUND, 0);
        return;
    }
    if (!MofgenIrpReadData(Request, &data))
    {
        MofgenIrpAnswer(Request, STATUS_INVALID_PARAMETER, 0);
        return;
    }
    // The output overwrites the input.
    room = Request->BufferSize - data.Offset;
    status = MofgenWmiExecuteHeld(
        Held, data.Id, data.Size, room, room > 0 ? Request->Buffer + data.Offset : NULL, &used);
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

// Holds the instance with the dynamic name that a request has at OffsetInstanceName: a USHORT with its size in bytes, with a
// NUL at its end or without, and the characters (documentation of IRP_MN_CHANGE_SINGLE_INSTANCE).
MOFGEN_PAGED static NTSTATUS
MofgenIrpHoldNamed(
    _In_ const MOFGEN_IRP_REQUEST *Request,
    _In_ ULONG Offset,
    _Out_ MOFGEN_WMI_HELD *Held)
{
    MOFGEN_MEMORY memory = {NULL, 0};
    UNICODE_STRING name;
    NTSTATUS status;
    USHORT size;

    PAGED_CODE();

    RtlZeroMemory(Held, sizeof(*Held));
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
        // Characters on an odd address.
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
    status = MofgenWmiHoldNamed(Request->Wmi, Request->Index, &name, Held);
    MofgenMemoryFree(&memory);
    return status;
}

// Holds the instance that a request names. MofgenWmiDrop is called whatever the status is.
MOFGEN_PAGED static NTSTATUS
MofgenIrpHoldInstance(
    _In_ const MOFGEN_IRP_REQUEST *Request,
    _Out_ MOFGEN_WMI_HELD *Held)
{
    const WNODE_SINGLE_INSTANCE *wnode = (const WNODE_SINGLE_INSTANCE *)(PVOID)Request->Buffer;
    const MOFGEN_WMI_BLOCK *block = &Request->Wmi->Provider->Blocks[Request->Index];
    BOOLEAN isStatic = (wnode->WnodeHeader.Flags & WNODE_FLAG_STATIC_INSTANCE_NAMES) != 0;

    PAGED_CODE();

    RtlZeroMemory(Held, sizeof(*Held));
    if (isStatic == ((block->Flags & MOFGEN_WMI_DYNAMIC_NAMES) != 0))
    {
        return STATUS_WMI_INSTANCE_NOT_FOUND;
    }
    return isStatic ? MofgenWmiHold(Request->Wmi, Request->Index, wnode->InstanceIndex, 1, Held)
                    : MofgenIrpHoldNamed(Request, wnode->OffsetInstanceName, Held);
}

// A request whose buffer ends before it has named an instance.
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
    MOFGEN_WMI_HELD held;
    NTSTATUS status;

    PAGED_CODE();

    if (Request->BufferSize < MOFGEN_IRP_INSTANCE_END)
    {
        MofgenIrpAnswer(Request, MofgenIrpCutOffStatus(Request->Minor), 0);
        return;
    }
    status = MofgenIrpHoldInstance(Request, &held);
    if (!NT_SUCCESS(status))
    {
        MofgenIrpAnswer(Request, status, 0);
    }
    else if (Request->Minor == IRP_MN_QUERY_SINGLE_INSTANCE)
    {
        MofgenIrpQuerySingle(Request, &held);
    }
    else if (Request->Minor == IRP_MN_EXECUTE_METHOD)
    {
        MofgenIrpExecute(Request, &held);
    }
    else
    {
        MofgenIrpSet(Request, &held);
    }
    MofgenWmiDrop(&held);
}

// ---- IRP_MN_QUERY_ALL_DATA ----

// Where the parts of a WNODE_ALL_DATA are. Its instances have one size, or each has an entry with its offset and its size.
typedef struct _MOFGEN_IRP_LAYOUT
{
    BOOLEAN IsFixed;
    BOOLEAN IsNamed;
    ULONGLONG Names; // the offsets of dynamic names, and after them the names
    ULONGLONG Data;  // of the first instance
} MOFGEN_IRP_LAYOUT;

MOFGEN_PAGED static MOFGEN_IRP_LAYOUT
MofgenIrpLayOut(
    _In_ const MOFGEN_WMI_HELD *Held,
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
                        (ULONGLONG)Held->Count * sizeof(OFFSETINSTANCEDATAANDLENGTH);
    layout.Names = end;
    for (i = 0; IsNamed && i < Held->Count; i += 1)
    {
        end += sizeof(ULONG) + sizeof(USHORT) + Held->Instances[i]->Name.Length;
    }
    layout.Data = end < sizeof(WNODE_ALL_DATA) ? sizeof(WNODE_ALL_DATA) : MOFGEN_IRP_ALIGN(end);
    return layout;
}

// Writes what comes before the data; the data fits into the buffer.
MOFGEN_PAGED static VOID
MofgenIrpWriteAllData(
    _Inout_ MOFGEN_IRP_REQUEST *Request,
    _In_ const MOFGEN_WMI_HELD *Held,
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
    wnode->InstanceCount = Held->Count;
    wnode->OffsetInstanceNameOffsets = Layout->IsNamed ? (ULONG)Layout->Names : 0;
    // No stale bytes between the parts.
    RtlZeroMemory(&wnode->FixedInstanceSize, end - FIELD_OFFSET(WNODE_ALL_DATA, FixedInstanceSize));
    if (Layout->IsFixed)
    {
        wnode->FixedInstanceSize = Lengths[0];
    }
    for (i = 0; !Layout->IsFixed && i < Held->Count; i += 1)
    {
        end = Lengths[i] > 0 ? (ULONG)MOFGEN_IRP_ALIGN((ULONGLONG)end) : end;
        wnode->OffsetInstanceDataAndLength[i].OffsetInstanceData = end;
        wnode->OffsetInstanceDataAndLength[i].LengthInstanceData = Lengths[i];
        end += Lengths[i];
    }
    end = (ULONG)Layout->Names + Held->Count * (ULONG)sizeof(ULONG);
    for (i = 0; Layout->IsNamed && i < Held->Count; i += 1)
    {
        name = &Held->Instances[i]->Name;
        offsets[i] = end;
        RtlCopyMemory(Request->Buffer + end, &name->Length, sizeof(name->Length));
        RtlCopyMemory(Request->Buffer + end + sizeof(name->Length), name->Buffer, name->Length);
        end += (ULONG)sizeof(name->Length) + name->Length;
    }
}

// Whether all instances have one size. A size of 0 has to be told for each.
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

// Queries the instances that are held. The data goes where instances of one size have it, and moves when they differ.
MOFGEN_PAGED static VOID
MofgenIrpQueryHeld(
    _Inout_ MOFGEN_IRP_REQUEST *Request,
    _In_ const MOFGEN_WMI_HELD *Held,
    _Out_writes_(Held->Count) ULONG *Lengths)
{
    BOOLEAN isNamed = (Request->Wmi->Provider->Blocks[Request->Index].Flags & MOFGEN_WMI_DYNAMIC_NAMES) != 0;
    MOFGEN_IRP_LAYOUT layout = MofgenIrpLayOut(Held, isNamed, TRUE);
    ULONGLONG first = layout.Data;
    NTSTATUS status;
    ULONG room;
    ULONG used;

    PAGED_CODE();

    room = first < Request->BufferSize ? Request->BufferSize - (ULONG)first : 0;
    status = MofgenWmiQueryHeld(
        Held, TRUE, Lengths, room, room > 0 ? Request->Buffer + (ULONG)first : NULL, &used);
    if (!NT_SUCCESS(status) && status != STATUS_BUFFER_TOO_SMALL)
    {
        MofgenIrpAnswer(Request, status, 0);
        return;
    }
    if (!MofgenIrpIsFixed(Held->Count, Lengths))
    {
        layout = MofgenIrpLayOut(Held, isNamed, FALSE);
    }
    if (status == STATUS_BUFFER_TOO_SMALL || layout.Data + used > Request->BufferSize)
    {
        MofgenIrpAnswerTooSmall(Request, layout.Data + used);
        return;
    }
    if (layout.Data != first && used > 0)
    {
        RtlMoveMemory(Request->Buffer + (ULONG)layout.Data, Request->Buffer + (ULONG)first, used);
    }
    MofgenIrpWriteAllData(Request, Held, &layout, Lengths);
    MofgenIrpAnswerData(Request, STATUS_SUCCESS, (ULONG)layout.Data + used);
}

MOFGEN_PAGED static VOID
MofgenIrpQueryAll(
    _Inout_ MOFGEN_IRP_REQUEST *Request)
{
    MOFGEN_WMI_HELD held;
    NTSTATUS status;
    ULONG *lengths;

    PAGED_CODE();

    if (Request->BufferSize < sizeof(WNODE_TOO_SMALL))
    {
        MofgenIrpAnswer(Request, STATUS_BUFFER_TOO_SMALL, 0);
        return;
    }
    status = MofgenWmiHoldAll(Request->Wmi, Request->Index, &held);
    if (NT_SUCCESS(status))
    {
        lengths = (ULONG *)MofgenMemoryAllocate(&held.Memory, (ULONGLONG)held.Count * sizeof(*lengths));
        if (lengths != NULL)
        {
            MofgenIrpQueryHeld(Request, &held, lengths);
            MofgenWmiDrop(&held);
            return;
        }
        status = STATUS_INSUFFICIENT_RESOURCES;
    }
    MofgenIrpAnswer(Request, status, 0);
    MofgenWmiDrop(&held);
}

// ---- Registration ----

// A WMIREGINFO while it is written: what does not fit is only counted.
typedef struct _MOFGEN_IRP_REGINFO
{
    UCHAR *Buffer;
    ULONG BufferSize;
    ULONGLONG End;
} MOFGEN_IRP_REGINFO;

// Appends a counted string. Returns its offset, 0 for an empty one.
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
    if (Reginfo->End <= Reginfo->BufferSize)
    {
        RtlCopyMemory(Reginfo->Buffer + (ULONG)start, &String->Length, sizeof(String->Length));
        RtlCopyMemory(Reginfo->Buffer + (ULONG)start + sizeof(String->Length), String->Buffer, String->Length);
    }
    return (ULONG)start;
}

// Writes one block, and the names of its instances: those that the driver gives, a base name, or the PDO's. WMI is not told
// dynamic names.
MOFGEN_PAGED static VOID
MofgenIrpWriteBlock(
    _Inout_ MOFGEN_IRP_REGINFO *Reginfo,
    _In_ const MOFGEN_WMI_DEVICE *Wmi,
    _In_ ULONG Index,
    _In_ ULONGLONG Start)
{
    const MOFGEN_WMI_REGISTRATION *registration = &Wmi->Registrations[Index];
    const MOFGEN_WMI_BLOCK *block = &Wmi->Provider->Blocks[Index];
    LIST_ENTRY *link;
    UNICODE_STRING baseName;
    WMIREGGUID row;

    PAGED_CODE();

    RtlZeroMemory(&row, sizeof(row));
    row.Guid = block->Guid;
    row.Flags = registration->Flags;
    if ((block->Flags & MOFGEN_WMI_DYNAMIC_NAMES) == 0)
    {
        row.InstanceCount = registration->InstanceCount;
        RtlInitUnicodeString(&baseName, Wmi->Provider->BaseName);
        if ((block->Flags & MOFGEN_WMI_STATIC_NAMES) != 0)
        {
            row.Flags |= WMIREG_FLAG_INSTANCE_LIST;
            row.InstanceNameList = (ULONG)Reginfo->End;
            for (link = Wmi->Instances[Index].Flink; link != &Wmi->Instances[Index]; link = link->Flink)
            {
                (VOID)MofgenIrpAppendString(Reginfo, &CONTAINING_RECORD(link, MOFGEN_WMI_INSTANCE, Link)->Name);
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

// Writes the blocks of all MOF files of the device object, each under the lock of its structure.
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
        if (each->BlockCount == 0)
        {
            continue;
        }
        MofgenWmiLockInstances(each);
        for (i = 0; i < each->BlockCount; i += 1)
        {
            MofgenIrpWriteBlock(Reginfo, each, i, start);
            start += sizeof(WMIREGGUID);
        }
        MofgenWmiUnlockInstances(each);
        count += each->BlockCount;
    }
    return count;
}

// WMI drops one reference for each block that is named after a PDO, once it has made the names (documentation of
// IRP_MN_REGINFO_EX).
MOFGEN_PAGED static VOID
MofgenIrpReferencePdo(
    _In_ const MOFGEN_WMI_DEVICE *Wmi,
    _In_ const WMIREGINFO *Info)
{
    ULONG i;

    PAGED_CODE();

    for (i = 0; i < Info->GuidCount; i += 1)
    {
        if ((Info->WmiRegGuid[i].Flags & WMIREG_FLAG_INSTANCE_PDO) != 0)
        {
            ObReferenceObject(Wmi->PhysicalDeviceObject);
        }
    }
}

// All blocks, whether WMI registers the device or updates what it knows. A buffer that is too small gets the size that is
// needed, and the request fails with STATUS_BUFFER_TOO_SMALL (documentation of IRP_MN_REGINFO).
MOFGEN_PAGED static VOID
MofgenIrpReginfo(
    _Inout_ MOFGEN_IRP_REQUEST *Request)
{
    WMIREGINFO *info = (WMIREGINFO *)(PVOID)Request->Buffer;
    MOFGEN_WMI_DEVICE *each;
    MOFGEN_IRP_REGINFO reginfo;
    UNICODE_STRING resource;
    ULONG registryPath;
    ULONG resourceName;
    ULONG count = 0;
    ULONG size;

    PAGED_CODE();

    for (each = Request->Wmi; each != NULL; each = each->Next)
    {
        count += each->BlockCount;
    }
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
    else if (size <= Request->BufferSize)
    {
        RtlZeroMemory(info, FIELD_OFFSET(WMIREGINFO, WmiRegGuid));
        info->BufferSize = size;
        info->RegistryPath = registryPath;
        info->MofResourceName = resourceName;
        info->GuidCount = count;
        if (Request->Minor == IRP_MN_REGINFO_EX)
        {
            MofgenIrpReferencePdo(Request->Wmi, info);
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

// Finds the block with the GUID in the MOF files of the device object.
MOFGEN_PAGED static BOOLEAN
MofgenIrpFindBlock(
    _Inout_ MOFGEN_IRP_REQUEST *Request,
    _In_ const VOID *Guid)
{
    MOFGEN_WMI_DEVICE *each;
    ULONG i;

    PAGED_CODE();

    for (each = Request->Wmi; each != NULL; each = each->Next)
    {
        for (i = 0; i < each->BlockCount; i += 1)
        {
            if (RtlEqualMemory(&each->Provider->Blocks[i].Guid, Guid, sizeof(GUID)))
            {
                Request->Wmi = each;
                Request->Index = i;
                return TRUE;
            }
        }
    }
    return FALSE;
}

// Answers a request for this device. The block is looked for first, then the instance (documentation of
// IRP_MN_CHANGE_SINGLE_INSTANCE).
MOFGEN_PAGED static VOID
MofgenIrpHandle(
    _Inout_ MOFGEN_IRP_REQUEST *Request,
    _In_ const VOID *DataPath)
{
    PAGED_CODE();

    if (Request->Minor == IRP_MN_REGINFO || Request->Minor == IRP_MN_REGINFO_EX)
    {
        MofgenIrpReginfo(Request);
        return;
    }
    // The data path of every other request is the GUID of a block.
    if (!MofgenIrpFindBlock(Request, DataPath))
    {
        MofgenIrpAnswer(Request, STATUS_WMI_GUID_NOT_FOUND, 0);
        return;
    }
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
        // It is for another device, or no request of WMI.
        IoSkipCurrentIrpStackLocation(Irp);
        return IoCallDriver(Wmi->LowerDevice, Irp);
    }
    // With no device below, the sender's status stays.
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
        // The system frees the event when it has taken it.
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
