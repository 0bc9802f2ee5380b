// The part of mofgen's C runtime core for drivers over WMILIB: registration, instances and their locks, events, and WMILIB's
// routines. The same for every MOF file; mofgen copies it beside the files that it generates.
#include "mofgen_wmi_wdm.h"

// ---- Locks ----

// A mutex disables normal kernel APCs, so its owner cannot be suspended: no critical region is needed around it.
_Use_decl_annotations_
MOFGEN_PAGED VOID
MofgenWmiLock(
    MOFGEN_WMI_INSTANCE *Instance)
{
    PAGED_CODE();

    (VOID)KeWaitForSingleObject(&Instance->Lock, Executive, KernelMode, FALSE, NULL);
}

_Use_decl_annotations_
MOFGEN_PAGED VOID
MofgenWmiUnlock(
    MOFGEN_WMI_INSTANCE *Instance)
{
    PAGED_CODE();

    (VOID)KeReleaseMutex(&Instance->Lock, FALSE);
}

// ---- References to instances ----

MOFGEN_PAGED static MOFGEN_WMI_INSTANCE *
MofgenWmiOfLink(
    _In_ LIST_ENTRY *Link)
{
    PAGED_CODE();

    return CONTAINING_RECORD(Link, MOFGEN_WMI_INSTANCE, Link);
}

// Drops a reference, and deletes the instance with the last one.
MOFGEN_PAGED static VOID
MofgenWmiRelease(
    _Inout_ MOFGEN_WMI_INSTANCE *Instance)
{
    PAGED_CODE();

    if (InterlockedDecrement(&Instance->References) != 0)
    {
        return;
    }
    if (Instance->Block->Delete != NULL)
    {
        Instance->Block->Delete(Instance);
    }
    MofgenFree(Instance);
}

// The link of an instance, under the lock of the device.
FORCEINLINE
LIST_ENTRY *
MofgenWmiLinkAt(
    _In_ const MOFGEN_WMI_DEVICE *Wmi,
    _In_ ULONG GuidIndex,
    _In_ ULONG InstanceIndex)
{
    LIST_ENTRY *link = Wmi->Instances[GuidIndex].Flink;
    ULONG i;

    for (i = 0; i < InstanceIndex; i += 1)
    {
        link = link->Flink;
    }
    return link;
}

// References an instance while a request uses it; MofgenWmiRelease follows. NULL when there is no such block or instance.
_Ret_maybenull_
MOFGEN_PAGED static MOFGEN_WMI_INSTANCE *
MofgenWmiReference(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ ULONG GuidIndex,
    _In_ ULONG InstanceIndex)
{
    MOFGEN_WMI_INSTANCE *instance = NULL;

    PAGED_CODE();

    if (GuidIndex >= Wmi->Library.GuidCount)
    {
        return NULL;
    }
    ExAcquireFastMutex(&Wmi->Lock);
    if (InstanceIndex < Wmi->Library.GuidList[GuidIndex].InstanceCount)
    {
        instance = MofgenWmiOfLink(MofgenWmiLinkAt(Wmi, GuidIndex, InstanceIndex));
        (VOID)InterlockedIncrement(&instance->References);
    }
    ExReleaseFastMutex(&Wmi->Lock);
    return instance;
}

// The status when MofgenWmiReference returns NULL.
MOFGEN_PAGED static NTSTATUS
MofgenWmiMissing(
    _In_ const MOFGEN_WMI_DEVICE *Wmi,
    _In_ ULONG GuidIndex)
{
    PAGED_CODE();

    return GuidIndex < Wmi->Library.GuidCount ? STATUS_WMI_INSTANCE_NOT_FOUND : STATUS_WMI_GUID_NOT_FOUND;
}

// Consecutive instances of one block, referenced while a request uses them.
typedef struct _MOFGEN_WMI_HELD
{
    ULONG Count;
    MOFGEN_WMI_INSTANCE **Instances; // in Memory
    MOFGEN_MEMORY Memory;
} MOFGEN_WMI_HELD;

// MofgenWmiHold, under the lock of the device.
MOFGEN_PAGED static NTSTATUS
MofgenWmiHoldLocked(
    _In_ const MOFGEN_WMI_DEVICE *Wmi,
    _In_ ULONG GuidIndex,
    _In_ ULONG InstanceIndex,
    _In_ ULONG Count,
    _Inout_ MOFGEN_WMI_HELD *Held)
{
    ULONG all = Wmi->Library.GuidList[GuidIndex].InstanceCount;
    LIST_ENTRY *link;
    ULONG i;

    PAGED_CODE();

    // The sum of the two could wrap around.
    if (InstanceIndex >= all || Count > all - InstanceIndex)
    {
        return STATUS_WMI_INSTANCE_NOT_FOUND;
    }
    Held->Instances = (MOFGEN_WMI_INSTANCE **)MofgenMemoryAllocate(
        &Held->Memory, (ULONGLONG)Count * sizeof(MOFGEN_WMI_INSTANCE *));
    if (Held->Instances == NULL)
    {
        return Count == 0 ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES;
    }
    link = MofgenWmiLinkAt(Wmi, GuidIndex, InstanceIndex);
    for (i = 0; i < Count; i += 1)
    {
        Held->Instances[i] = MofgenWmiOfLink(link);
        (VOID)InterlockedIncrement(&Held->Instances[i]->References);
        link = link->Flink;
    }
    Held->Count = Count;
    return STATUS_SUCCESS;
}

// References Count instances from InstanceIndex on. MofgenWmiDrop is called whatever the status is.
MOFGEN_PAGED static NTSTATUS
MofgenWmiHold(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ ULONG GuidIndex,
    _In_ ULONG InstanceIndex,
    _In_ ULONG Count,
    _Out_ MOFGEN_WMI_HELD *Held)
{
    NTSTATUS status;

    PAGED_CODE();

    RtlZeroMemory(Held, sizeof(*Held));
    if (GuidIndex >= Wmi->Library.GuidCount)
    {
        return STATUS_WMI_GUID_NOT_FOUND;
    }
    ExAcquireFastMutex(&Wmi->Lock);
    status = MofgenWmiHoldLocked(Wmi, GuidIndex, InstanceIndex, Count, Held);
    ExReleaseFastMutex(&Wmi->Lock);
    return status;
}

// Drops the references of MofgenWmiHold, also after a failure.
MOFGEN_PAGED static VOID
MofgenWmiDrop(
    _Inout_ MOFGEN_WMI_HELD *Held)
{
    ULONG i;

    PAGED_CODE();

    for (i = 0; i < Held->Count; i += 1)
    {
        MofgenWmiRelease(Held->Instances[i]);
    }
    MofgenMemoryFree(&Held->Memory);
}

// ---- Instances ----

// Whether the structure was initialized, and for this MOF file.
MOFGEN_PAGED static BOOLEAN
MofgenWmiIsReady(
    _In_ const MOFGEN_WMI_DEVICE *Wmi,
    _In_ const MOFGEN_WMI_PROVIDER *Provider)
{
    PAGED_CODE();

    return Wmi->Library.GuidCount > 0 && Wmi->Provider == Provider;
}

// Makes WMI ask again how many instances there are.
MOFGEN_PAGED static NTSTATUS
MofgenWmiUpdate(
    _In_ const MOFGEN_WMI_DEVICE *Wmi,
    _In_ const MOFGEN_WMI_BLOCK *Block)
{
    NTSTATUS status;

    PAGED_CODE();

    UNREFERENCED_PARAMETER(Block); // MOFGEN_TRACE may be empty
    if (!Wmi->First->Registered)
    {
        return STATUS_SUCCESS;
    }
    status = IoWMIRegistrationControl(Wmi->DeviceObject, WMIREG_ACTION_UPDATE_GUIDS);
    if (!NT_SUCCESS(status))
    {
        MOFGEN_TRACE(status, "WMIREG_ACTION_UPDATE_GUIDS", &Block->Guid);
    }
    return status;
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiAddInstance(
    MOFGEN_WMI_DEVICE *Wmi,
    const MOFGEN_WMI_PROVIDER *Provider,
    ULONG Index,
    MOFGEN_WMI_INSTANCE **Instance)
{
    const MOFGEN_WMI_BLOCK *block = &Provider->Blocks[Index];
    MOFGEN_WMI_INSTANCE *instance;
    WMIGUIDREGINFO *guid;
    NTSTATUS status;

    PAGED_CODE();

    *Instance = NULL;
    if (!MofgenWmiIsReady(Wmi, Provider))
    {
        return STATUS_INVALID_DEVICE_STATE;
    }
    instance = (MOFGEN_WMI_INSTANCE *)MofgenAllocateNonPaged(sizeof(*instance));
    if (instance == NULL)
    {
        MOFGEN_TRACE(STATUS_INSUFFICIENT_RESOURCES, "a new instance", &block->Guid);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    instance->Wmi = Wmi;
    instance->Block = block;
    instance->References = 1;
    InitializeListHead(&instance->Link);
    KeInitializeMutex(&instance->Lock, 0);
    if (block->Create != NULL)
    {
        status = block->Create(instance);
        if (!NT_SUCCESS(status))
        {
            MOFGEN_TRACE(status, "a new instance", &block->Guid);
            MofgenWmiRelease(instance);
            return status;
        }
    }
    // Requests find it from here on.
    guid = &Wmi->Library.GuidList[Index];
    ExAcquireFastMutex(&Wmi->Lock);
    InsertTailList(&Wmi->Instances[Index], &instance->Link);
    instance->InstanceIndex = guid->InstanceCount;
    guid->InstanceCount += 1;
    ExReleaseFastMutex(&Wmi->Lock);
    *Instance = instance;
    return MofgenWmiUpdate(Wmi, block);
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiRemoveInstance(
    MOFGEN_WMI_INSTANCE *Instance,
    const MOFGEN_WMI_PROVIDER *Provider,
    ULONG Index)
{
    const MOFGEN_WMI_BLOCK *block = &Provider->Blocks[Index];
    MOFGEN_WMI_DEVICE *wmi = Instance->Wmi;
    LIST_ENTRY *link;

    PAGED_CODE();

    if (Instance->Block != block)
    {
        return STATUS_INVALID_PARAMETER;
    }
    ExAcquireFastMutex(&wmi->Lock);
    for (link = Instance->Link.Flink; link != &wmi->Instances[Index]; link = link->Flink)
    {
        MofgenWmiOfLink(link)->InstanceIndex -= 1;
    }
    (VOID)RemoveEntryList(&Instance->Link);
    wmi->Library.GuidList[Index].InstanceCount -= 1;
    ExReleaseFastMutex(&wmi->Lock);
    MofgenWmiRelease(Instance);
    return MofgenWmiUpdate(wmi, block);
}

// Returns the oldest instance with a reference to it, or NULL. The caller drops the reference.
_Ret_maybenull_
MOFGEN_PAGED static MOFGEN_WMI_INSTANCE *
MofgenWmiReferenceFirst(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ const MOFGEN_WMI_PROVIDER *Provider,
    _In_ ULONG Index)
{
    PAGED_CODE();

    return MofgenWmiIsReady(Wmi, Provider) ? MofgenWmiReference(Wmi, Index, 0) : NULL;
}

_Use_decl_annotations_
MOFGEN_PAGED MOFGEN_WMI_INSTANCE *
MofgenWmiFirstInstance(
    MOFGEN_WMI_DEVICE *Wmi,
    const MOFGEN_WMI_PROVIDER *Provider,
    ULONG Index)
{
    MOFGEN_WMI_INSTANCE *instance;

    PAGED_CODE();

    instance = MofgenWmiReferenceFirst(Wmi, Provider, Index);
    if (instance != NULL)
    {
        // The list has another reference.
        MofgenWmiRelease(instance);
    }
    return instance;
}

// ---- Registration ----

// Allocates the list of the device's blocks, which have no instances yet, and a copy of the path: one allocation for both.
MOFGEN_PAGED static NTSTATUS
MofgenWmiSetBlocks(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ PCUNICODE_STRING RegistryPath)
{
    const MOFGEN_WMI_PROVIDER *provider = Wmi->Provider;
    const MOFGEN_WMI_BLOCK *block;
    WMIGUIDREGINFO *guids;
    ULONG i;

    PAGED_CODE();

    guids = (WMIGUIDREGINFO *)MofgenAllocateNonPaged(
        (sizeof(*guids) + sizeof(LIST_ENTRY)) * provider->BlockCount + RegistryPath->Length);
    if (guids == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Wmi->Instances = (LIST_ENTRY *)(PVOID)(guids + provider->BlockCount);
    Wmi->RegistryPath.Buffer = (PWCH)(PVOID)(Wmi->Instances + provider->BlockCount);
    Wmi->RegistryPath.MaximumLength = RegistryPath->Length;
    RtlCopyUnicodeString(&Wmi->RegistryPath, RegistryPath);
    for (i = 0; i < provider->BlockCount; i += 1)
    {
        block = &provider->Blocks[i];
        guids[i].Guid = &block->Guid;
        guids[i].Flags = ((block->Flags & MOFGEN_WMI_EVENT) != 0 ? WMIREG_FLAG_EVENT_ONLY_GUID : 0) |
                         ((block->Flags & MOFGEN_WMI_EXPENSIVE) != 0 ? WMIREG_FLAG_EXPENSIVE : 0);
        InitializeListHead(&Wmi->Instances[i]);
    }
    Wmi->Library.GuidList = guids;
    Wmi->Library.GuidCount = provider->BlockCount;
    return STATUS_SUCCESS;
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiInitialize(
    MOFGEN_WMI_DEVICE *Wmi,
    const MOFGEN_WMI_PROVIDER *Provider,
    PDEVICE_OBJECT DeviceObject,
    PDEVICE_OBJECT PhysicalDeviceObject,
    PDEVICE_OBJECT LowerDevice,
    PCUNICODE_STRING RegistryPath)
{
    MOFGEN_WMI_INSTANCE *instance;
    NTSTATUS status;
    ULONG i;

    PAGED_CODE();

    if (Wmi->Library.GuidCount != 0)
    {
        // It was called before.
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    RtlZeroMemory(Wmi, sizeof(*Wmi));
    ExInitializeFastMutex(&Wmi->Lock);
    Wmi->First = Wmi;
    Wmi->Provider = Provider;
    Wmi->DeviceObject = DeviceObject;
    Wmi->PhysicalDeviceObject = PhysicalDeviceObject;
    Wmi->LowerDevice = LowerDevice;
    Wmi->Library = *Provider->Routines;
    status = MofgenWmiSetBlocks(Wmi, RegistryPath);
    if (!NT_SUCCESS(status))
    {
        MOFGEN_TRACE(status, "the list of blocks", NULL);
        return status;
    }
    for (i = 0; i < Provider->BlockCount && NT_SUCCESS(status); i += 1)
    {
        if ((Provider->Blocks[i].Flags & MOFGEN_WMI_NO_FIRST_INSTANCE) == 0)
        {
            status = MofgenWmiAddInstance(Wmi, Provider, i, &instance);
        }
    }
    if (!NT_SUCCESS(status))
    {
        MofgenWmiCleanup(Wmi);
    }
    return status;
}

_Use_decl_annotations_
MOFGEN_PAGED VOID
MofgenWmiJoin(
    MOFGEN_WMI_DEVICE *First,
    MOFGEN_WMI_DEVICE *Other)
{
    PAGED_CODE();

    Other->First = First;
    Other->Next = First->Next;
    First->Next = Other;
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiRegister(
    MOFGEN_WMI_DEVICE *Wmi)
{
    NTSTATUS status;

    PAGED_CODE();

    if (Wmi->Library.GuidCount == 0 || Wmi->First != Wmi)
    {
        return STATUS_INVALID_DEVICE_STATE;
    }
    if (Wmi->Registered)
    {
        // A device that was stopped to be rebalanced starts again.
        return STATUS_SUCCESS;
    }
    // An instance that is added or removed from here on tells WMI.
    Wmi->Registered = TRUE;
    status = IoWMIRegistrationControl(Wmi->DeviceObject, WMIREG_ACTION_REGISTER);
    if (!NT_SUCCESS(status))
    {
        MOFGEN_TRACE(status, "WMIREG_ACTION_REGISTER", NULL);
        Wmi->Registered = FALSE;
    }
    return status;
}

_Use_decl_annotations_
MOFGEN_PAGED VOID
MofgenWmiDeregister(
    MOFGEN_WMI_DEVICE *Wmi)
{
    PAGED_CODE();

    if (Wmi->Registered)
    {
        Wmi->Registered = FALSE;
        (VOID)IoWMIRegistrationControl(Wmi->DeviceObject, WMIREG_ACTION_DEREGISTER);
    }
}

_Use_decl_annotations_
MOFGEN_PAGED VOID
MofgenWmiCleanup(
    MOFGEN_WMI_DEVICE *Wmi)
{
    LIST_ENTRY *link;
    ULONG count;
    ULONG i;

    PAGED_CODE();

    MofgenWmiDeregister(Wmi);
    // WMILIB finds no block for a request that arrives after this, and it goes on to the device below.
    count = Wmi->Library.GuidCount;
    Wmi->Library.GuidCount = 0;
    if (count == 0)
    {
        return;
    }
    for (i = 0; i < count; i += 1)
    {
        while (!IsListEmpty(&Wmi->Instances[i]))
        {
            link = Wmi->Instances[i].Flink;
            (VOID)RemoveEntryList(link);
            MofgenWmiRelease(MofgenWmiOfLink(link));
        }
    }
    RtlZeroMemory(&Wmi->RegistryPath, sizeof(Wmi->RegistryPath));
    Wmi->Instances = NULL;
    MofgenFree(Wmi->Library.GuidList);
    Wmi->Library.GuidList = NULL;
}

// ---- Events ----

// Encodes the data of an event into pool; *Bytes is NULL for an event without data.
MOFGEN_PAGED static NTSTATUS
MofgenWmiEncodeEvent(
    _In_opt_ MOFGEN_WRITE Write,
    _When_(Write != NULL, _In_) _When_(Write == NULL, _In_opt_) const VOID *Data,
    _Outptr_result_maybenull_ PVOID *Bytes,
    _Out_ ULONG *Size)
{
    NTSTATUS status;

    PAGED_CODE();

    *Bytes = NULL;
    *Size = 0;
    if (Write == NULL)
    {
        return STATUS_SUCCESS;
    }
    status = MofgenMeasure(Write, Data, Size);
    if (!NT_SUCCESS(status) || *Size == 0)
    {
        return status;
    }
    *Bytes = MofgenAllocateNonPaged(*Size);
    if (*Bytes == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    status = MofgenEncodeMeasured(Write, Data, *Size, *Bytes, Size);
    if (!NT_SUCCESS(status))
    {
        MofgenFree(*Bytes);
        *Bytes = NULL;
    }
    return status;
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiFireFrom(
    MOFGEN_WMI_INSTANCE *Instance,
    const MOFGEN_WMI_PROVIDER *Provider,
    ULONG Index,
    MOFGEN_WRITE Write,
    const VOID *Data)
{
    const MOFGEN_WMI_BLOCK *block = &Provider->Blocks[Index];
    ULONG instanceIndex;
    NTSTATUS status;
    PVOID bytes;
    ULONG size;

    PAGED_CODE();

    if (Instance == NULL)
    {
        return STATUS_INVALID_DEVICE_STATE;
    }
    if (Instance->Block != block)
    {
        return STATUS_INVALID_PARAMETER;
    }
    status = MofgenWmiEncodeEvent(Write, Data, &bytes, &size);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    ExAcquireFastMutex(&Instance->Wmi->Lock);
    instanceIndex = Instance->InstanceIndex;
    ExReleaseFastMutex(&Instance->Wmi->Lock);
    // WMILIB frees the data, whether the event is sent or not.
    return WmiFireEvent(Instance->Wmi->DeviceObject, &block->Guid, instanceIndex, size, bytes);
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiFire(
    MOFGEN_WMI_DEVICE *Wmi,
    const MOFGEN_WMI_PROVIDER *Provider,
    ULONG Index,
    MOFGEN_WRITE Write,
    const VOID *Data)
{
    MOFGEN_WMI_INSTANCE *instance;
    NTSTATUS status;

    PAGED_CODE();

    instance = MofgenWmiReferenceFirst(Wmi, Provider, Index);
    if (instance == NULL)
    {
        return STATUS_INVALID_DEVICE_STATE;
    }
    status = MofgenWmiFireFrom(instance, Provider, Index, Write, Data);
    MofgenWmiRelease(instance);
    return status;
}

// ---- Requests ----

// Whether a request of WMI is for the device.
MOFGEN_PAGED static BOOLEAN
MofgenWmiIsFor(
    _In_ PDEVICE_OBJECT DeviceObject,
    _In_ PIRP Irp)
{
    const IO_STACK_LOCATION *stack = IoGetCurrentIrpStackLocation(Irp);

    PAGED_CODE();

    return stack->MajorFunction == IRP_MJ_SYSTEM_CONTROL &&
           stack->Parameters.WMI.ProviderId == (ULONG_PTR)DeviceObject;
}

// The registration of all MOF files of a device object.
MOFGEN_PAGED static NTSTATUS
MofgenWmiControlReginfo(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ PDEVICE_OBJECT DeviceObject,
    _Inout_ PIRP Irp,
    _Out_ SYSCTL_IRP_DISPOSITION *Disposition)
{
    WMILIB_CONTEXT library = Wmi->Library;
    MOFGEN_MEMORY memory = {NULL, 0};
    MOFGEN_WMI_DEVICE *each;
    NTSTATUS status;
    ULONG count = 0;

    PAGED_CODE();

    for (each = Wmi; each != NULL; each = each->Next)
    {
        count += each->Library.GuidCount;
    }
    library.GuidList =
        (WMIGUIDREGINFO *)MofgenMemoryAllocate(&memory, (ULONGLONG)count * sizeof(library.GuidList[0]));
    if (library.GuidList == NULL)
    {
        *Disposition = IrpNotCompleted;
        Irp->IoStatus.Status = STATUS_INSUFFICIENT_RESOURCES;
        Irp->IoStatus.Information = 0;
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    library.GuidCount = 0;
    for (each = Wmi; each != NULL; each = each->Next)
    {
        if (each->Library.GuidCount > 0)
        {
            // Instances may be added meanwhile.
            ExAcquireFastMutex(&each->Lock);
            RtlCopyMemory(
                &library.GuidList[library.GuidCount],
                each->Library.GuidList,
                each->Library.GuidCount * sizeof(library.GuidList[0]));
            ExReleaseFastMutex(&each->Lock);
            library.GuidCount += each->Library.GuidCount;
        }
    }
    status = WmiSystemControl(&library, DeviceObject, Irp, Disposition);
    MofgenMemoryFree(&memory);
    return status;
}

// Whether the block with this GUID is one of this MOF file.
MOFGEN_PAGED static BOOLEAN
MofgenWmiHasBlock(
    _In_ const MOFGEN_WMI_DEVICE *Wmi,
    _In_ const GUID *Guid)
{
    ULONG i;

    PAGED_CODE();

    for (i = 0; i < Wmi->Library.GuidCount; i += 1)
    {
        if (RtlEqualMemory(Wmi->Library.GuidList[i].Guid, Guid, sizeof(*Guid)))
        {
            return TRUE;
        }
    }
    return FALSE;
}

// A request for a device object that has several MOF files.
MOFGEN_PAGED static NTSTATUS
MofgenWmiControlJoined(
    _In_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ PDEVICE_OBJECT DeviceObject,
    _Inout_ PIRP Irp,
    _Out_ SYSCTL_IRP_DISPOSITION *Disposition)
{
    const IO_STACK_LOCATION *stack = IoGetCurrentIrpStackLocation(Irp);
    MOFGEN_WMI_DEVICE *each = Wmi;

    PAGED_CODE();

    if (stack->MinorFunction == IRP_MN_REGINFO || stack->MinorFunction == IRP_MN_REGINFO_EX)
    {
        return MofgenWmiControlReginfo(Wmi, DeviceObject, Irp, Disposition);
    }
    // The data path of every other WMI request is the GUID of a block.
    if (stack->MinorFunction <= IRP_MN_EXECUTE_METHOD)
    {
        while (each != NULL && !MofgenWmiHasBlock(each, (const GUID *)stack->Parameters.WMI.DataPath))
        {
            each = each->Next;
        }
    }
    // WMILIB rejects a request for a block that nobody has.
    return WmiSystemControl(each != NULL ? &each->Library : &Wmi->Library, DeviceObject, Irp, Disposition);
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiSystemControl(
    MOFGEN_WMI_DEVICE *Wmi,
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp)
{
    SYSCTL_IRP_DISPOSITION disposition = IrpForward;
    NTSTATUS status;

    PAGED_CODE();

    if (MofgenWmiIsFor(DeviceObject, Irp) && Wmi->Next != NULL)
    {
        status = MofgenWmiControlJoined(Wmi, DeviceObject, Irp, &disposition);
    }
    else
    {
        status = WmiSystemControl(&Wmi->Library, DeviceObject, Irp, &disposition);
    }
    if (disposition == IrpProcessed)
    {
        // A routine has completed it.
        return status;
    }
    if (disposition != IrpNotCompleted && Wmi->LowerDevice != NULL)
    {
        // It is for another device, or no request of WMI.
        IoSkipCurrentIrpStackLocation(Irp);
        return IoCallDriver(Wmi->LowerDevice, Irp);
    }
    // WMILIB has prepared the answer; or there is no device below, and the sender's status stays.
    status = Irp->IoStatus.Status;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiQueryReginfo(
    MOFGEN_WMI_DEVICE *Wmi,
    PULONG RegFlags,
    PUNICODE_STRING *RegistryPath,
    PUNICODE_STRING MofResourceName,
    PDEVICE_OBJECT *Pdo)
{
    PAGED_CODE();

    *RegFlags = WMIREG_FLAG_INSTANCE_PDO;
    *RegistryPath = &Wmi->RegistryPath;
    *Pdo = Wmi->PhysicalDeviceObject;
    RtlInitUnicodeString(MofResourceName, Wmi->Provider->MofResource);
    return STATUS_SUCCESS;
}

// Takes the lock of the instance if the request runs under it. Returns whether it did.
_When_(return != FALSE, _Acquires_lock_(Instance))
MOFGEN_PAGED static BOOLEAN
MofgenWmiBegin(
    _In_ MOFGEN_WMI_INSTANCE *Instance,
    _In_ BOOLEAN IsMethod)
{
    BOOLEAN locked;

    PAGED_CODE();

    locked = MofgenRunsLocked(Instance->Block->Flags, IsMethod);
    if (locked)
    {
        MofgenWmiLock(Instance);
    }
    return locked;
}

// Ends what MofgenWmiBegin began. Returns the size of the answer.
_When_(Locked != FALSE, _Releases_lock_(Instance))
MOFGEN_PAGED static ULONG
MofgenWmiEnd(
    _In_ MOFGEN_WMI_INSTANCE *Instance,
    _In_ BOOLEAN Locked,
    _Inout_ MOFGEN_REQUEST *Request,
    _In_ NTSTATUS Status)
{
    PAGED_CODE();

    if (Locked)
    {
        MofgenWmiUnlock(Instance);
    }
    return MofgenRequestComplete(Request, Status);
}

// Answers a query for a block without a Query function.
MOFGEN_PAGED static NTSTATUS
MofgenWmiQueryNothing(
    _In_ const MOFGEN_WMI_BLOCK *Block,
    _In_ PIRP Irp,
    _Inout_ MOFGEN_REQUEST *Request)
{
    // WMI queries an instance before it executes its methods. A block with methods alone shows a ULONG, as those of
    // Microsoft's sample drivers msdsm and iscsi do.
    const ULONG nothing = 0;

    PAGED_CODE();

    if (Block->MofData != NULL)
    {
        // The binary MOF as it is: the first items of its class (MSWmi_MofData) are its own header.
        return MofgenRequestAnswer(Request, Block->MofData, Block->MofDataSize);
    }
    if ((Block->Flags & MOFGEN_WMI_EVENT) != 0 &&
        IoGetCurrentIrpStackLocation(Irp)->MinorFunction != IRP_MN_QUERY_ALL_DATA)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    return MofgenRequestAnswer(Request, &nothing, Block->Execute != NULL ? sizeof(nothing) : 0);
}

MOFGEN_PAGED static NTSTATUS
MofgenWmiQueryInstance(
    _In_ MOFGEN_WMI_INSTANCE *Instance,
    _In_ const MOFGEN_WMI_QUERY *Query,
    _In_ ULONG BufferSize,
    _Out_writes_bytes_to_opt_(BufferSize, *BufferUsed) PVOID Buffer,
    _Out_ ULONG *BufferUsed)
{
    const MOFGEN_WMI_BLOCK *block = Instance->Block;
    MOFGEN_REQUEST request;
    NTSTATUS status;
    BOOLEAN locked;

    PAGED_CODE();

    MofgenRequestInitialize(&request, NULL, 0, Buffer, BufferSize);
    if (block->Query == NULL)
    {
        status = MofgenWmiQueryNothing(block, Query->Irp, &request);
        *BufferUsed = MofgenRequestComplete(&request, status);
        return status;
    }
    locked = MofgenWmiBegin(Instance, FALSE);
    status = block->Query(Instance, &request);
    *BufferUsed = MofgenWmiEnd(Instance, locked, &request, status);
    return status;
}

// Queries instances into one buffer, each on a boundary of 8 bytes. *BufferUsed is where the last one ends, or would end if
// the buffer were large enough.
MOFGEN_PAGED static NTSTATUS
MofgenWmiQueryInstances(
    _In_ const MOFGEN_WMI_HELD *Held,
    _In_ const MOFGEN_WMI_QUERY *Query,
    _Out_ ULONG *BufferUsed)
{
    ULONG *lengths = Query->InstanceLengthArray;
    ULONG size = Query->BufferAvail;
    UCHAR *buffer = Query->Buffer;
    BOOLEAN fits = TRUE;
    ULONGLONG end = 0;
    ULONGLONG start;
    NTSTATUS status;
    ULONG used;
    ULONG room;
    ULONG i;

    PAGED_CODE();

    *BufferUsed = 0;
    for (i = 0; i < Held->Count; i += 1)
    {
        start = (end + sizeof(ULONGLONG) - 1) & ~(ULONGLONG)(sizeof(ULONGLONG) - 1);
        room = buffer != NULL && start < size ? size - (ULONG)start : 0;
        status = MofgenWmiQueryInstance(
            Held->Instances[i], Query, room, room > 0 ? buffer + (ULONG)start : NULL, &used);
        if (status == STATUS_BUFFER_TOO_SMALL)
        {
            // The caller needs the size of all instances, so the others are queried as well.
            fits = FALSE;
        }
        else if (!NT_SUCCESS(status))
        {
            return status;
        }
        else if (fits && room > 0 && used > 0 && start > end)
        {
            // Zero the padding between instances; do not disclose stale kernel memory.
            RtlZeroMemory(buffer + (ULONG)end, (ULONG)(start - end));
        }
        if (size > 0 && lengths != NULL)
        {
            lengths[i] = used;
        }
        end = used > 0 ? start + used : end;
        if (end > MAXULONG)
        {
            return STATUS_INTEGER_OVERFLOW;
        }
    }
    *BufferUsed = (ULONG)end;
    return fits ? STATUS_SUCCESS : STATUS_BUFFER_TOO_SMALL;
}

// Queries several instances, or none.
MOFGEN_PAGED static NTSTATUS
MofgenWmiQuerySeveral(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ const MOFGEN_WMI_QUERY *Query,
    _Out_ ULONG *BufferUsed)
{
    MOFGEN_WMI_HELD held;
    NTSTATUS status;

    PAGED_CODE();

    *BufferUsed = 0;
    status = MofgenWmiHold(Wmi, Query->GuidIndex, Query->InstanceIndex, Query->InstanceCount, &held);
    if (NT_SUCCESS(status))
    {
        status = MofgenWmiQueryInstances(&held, Query, BufferUsed);
    }
    MofgenWmiDrop(&held);
    return status;
}

// Queries one instance, as nearly every request does.
MOFGEN_PAGED static NTSTATUS
MofgenWmiQueryOne(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ const MOFGEN_WMI_QUERY *Query,
    _Out_ ULONG *BufferUsed)
{
    MOFGEN_WMI_INSTANCE *instance;
    NTSTATUS status;

    PAGED_CODE();

    instance = MofgenWmiReference(Wmi, Query->GuidIndex, Query->InstanceIndex);
    if (instance == NULL)
    {
        *BufferUsed = 0;
        return MofgenWmiMissing(Wmi, Query->GuidIndex);
    }
    status = MofgenWmiQueryInstance(instance, Query, Query->BufferAvail, Query->Buffer, BufferUsed);
    if (Query->BufferAvail > 0 && Query->InstanceLengthArray != NULL)
    {
        *Query->InstanceLengthArray = *BufferUsed;
    }
    MofgenWmiRelease(instance);
    return status;
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiQueryDataBlock(
    MOFGEN_WMI_DEVICE *Wmi,
    const MOFGEN_WMI_QUERY *Query)
{
    NTSTATUS status;
    ULONG used;

    PAGED_CODE();

    status = Query->InstanceCount == 1 ? MofgenWmiQueryOne(Wmi, Query, &used)
                                       : MofgenWmiQuerySeveral(Wmi, Query, &used);
    return WmiCompleteRequest(Query->DeviceObject, Query->Irp, status, used, IO_NO_INCREMENT);
}

// Runs a set request or a method of an instance.
MOFGEN_PAGED static NTSTATUS
MofgenWmiRunInstance(
    _In_ MOFGEN_WMI_INSTANCE *Instance,
    _In_ MOFGEN_WMI_KIND Kind,
    _In_ const MOFGEN_WMI_CALL *Call,
    _Out_ ULONG *BufferUsed)
{
    const MOFGEN_WMI_BLOCK *block = Instance->Block;
    BOOLEAN isMethod = Kind == MofgenWmiMethod;
    MOFGEN_REQUEST request;
    NTSTATUS status;
    BOOLEAN locked;

    PAGED_CODE();

    *BufferUsed = 0;
    if (isMethod ? block->Execute == NULL : block->SetInstance == NULL)
    {
        return isMethod ? STATUS_WMI_ITEMID_NOT_FOUND : STATUS_WMI_READ_ONLY;
    }
    MofgenRequestInitialize(&request, Call->Buffer, Call->InBufferSize, Call->Buffer, Call->OutBufferSize);
    locked = MofgenWmiBegin(Instance, isMethod);
    switch (Kind)
    {
    case MofgenWmiSetInstance:
        status = block->SetInstance(Instance, &request);
        break;
    case MofgenWmiSetItem:
        status = block->SetItem(Instance, Call->Id, &request);
        break;
    default:
        status = block->Execute(Instance, Call->Id, &request);
        break;
    }
    *BufferUsed = MofgenWmiEnd(Instance, locked, &request, status);
    return status;
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiRun(
    MOFGEN_WMI_DEVICE *Wmi,
    MOFGEN_WMI_KIND Kind,
    const MOFGEN_WMI_CALL *Call)
{
    MOFGEN_WMI_INSTANCE *instance;
    NTSTATUS status;
    ULONG used = 0;

    PAGED_CODE();

    instance = MofgenWmiReference(Wmi, Call->GuidIndex, Call->InstanceIndex);
    if (instance != NULL)
    {
        status = MofgenWmiRunInstance(instance, Kind, Call, &used);
        MofgenWmiRelease(instance);
    }
    else
    {
        status = MofgenWmiMissing(Wmi, Call->GuidIndex);
    }
    return WmiCompleteRequest(Call->DeviceObject, Call->Irp, status, used, IO_NO_INCREMENT);
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiFunctionControl(
    MOFGEN_WMI_DEVICE *Wmi,
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    ULONG GuidIndex,
    WMIENABLEDISABLECONTROL Function,
    BOOLEAN Enable)
{
    const MOFGEN_WMI_BLOCK *blocks = Wmi->Provider->Blocks;
    NTSTATUS status = STATUS_SUCCESS;

    PAGED_CODE();

    // Events are enabled and disabled as well; nothing is collected for them.
    if (GuidIndex >= Wmi->Library.GuidCount)
    {
        status = STATUS_WMI_GUID_NOT_FOUND;
    }
    else if (Function == WmiDataBlockControl && blocks[GuidIndex].Collect != NULL)
    {
        status = MofgenMapDriverStatus(blocks[GuidIndex].Collect(DeviceObject, Enable), STATUS_UNSUCCESSFUL);
    }
    return WmiCompleteRequest(DeviceObject, Irp, status, 0, IO_NO_INCREMENT);
}
