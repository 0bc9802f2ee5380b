// The part of mofgen's C runtime core for WDM drivers: blocks, instances and their locks, registration, and requests for
// instances. It does not know how a request arrives or an event leaves: that is the transport's, such as mofgen_wmi_wdm.
// The same for every MOF file; mofgen copies it beside the files that it generates.
#include "mofgen_wmi_device.h"

// ---- Locks ----

// A mutex disables normal kernel APCs, so its owner cannot be suspended: no critical region is needed around it.
MOFGEN_PAGED static VOID
MofgenWmiWait(
    _Inout_ KMUTEX *Mutex)
{
    PAGED_CODE();

    (VOID)KeWaitForSingleObject(Mutex, Executive, KernelMode, FALSE, NULL);
}

_Use_decl_annotations_
MOFGEN_PAGED VOID
MofgenWmiLock(
    MOFGEN_WMI_INSTANCE *Instance)
{
    PAGED_CODE();

    MofgenWmiWait(&Instance->Lock);
}

_Use_decl_annotations_
MOFGEN_PAGED VOID
MofgenWmiUnlock(
    MOFGEN_WMI_INSTANCE *Instance)
{
    PAGED_CODE();

    (VOID)KeReleaseMutex(&Instance->Lock, FALSE);
}

_Use_decl_annotations_
MOFGEN_PAGED VOID
MofgenWmiLockInstances(
    MOFGEN_WMI_DEVICE *Wmi)
{
    PAGED_CODE();

    MofgenWmiWait(&Wmi->Lock);
}

_Use_decl_annotations_
MOFGEN_PAGED VOID
MofgenWmiUnlockInstances(
    MOFGEN_WMI_DEVICE *Wmi)
{
    PAGED_CODE();

    (VOID)KeReleaseMutex(&Wmi->Lock, FALSE);
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

// MofgenWmiHold, under the lock of the device.
MOFGEN_PAGED static NTSTATUS
MofgenWmiHoldLocked(
    _In_ const MOFGEN_WMI_DEVICE *Wmi,
    _In_ ULONG GuidIndex,
    _In_ ULONG InstanceIndex,
    _In_ ULONG Count,
    _Inout_ MOFGEN_WMI_HELD *Held)
{
    LIST_ENTRY *link = &Wmi->Instances[GuidIndex];
    ULONG all = Wmi->Registrations[GuidIndex].InstanceCount;
    ULONG i;

    PAGED_CODE();

    // The sum of the two could wrap around.
    if (InstanceIndex >= all || Count > all - InstanceIndex)
    {
        return STATUS_WMI_INSTANCE_NOT_FOUND;
    }
    if (Count > 1)
    {
        Held->Instances = (MOFGEN_WMI_INSTANCE **)MofgenMemoryAllocate(
            &Held->Memory, (ULONGLONG)Count * sizeof(MOFGEN_WMI_INSTANCE *));
        if (Held->Instances == NULL)
        {
            return STATUS_INSUFFICIENT_RESOURCES;
        }
    }
    for (i = 0; i < InstanceIndex; i += 1)
    {
        link = link->Flink;
    }
    for (i = 0; i < Count; i += 1)
    {
        link = link->Flink;
        Held->Instances[i] = MofgenWmiOfLink(link);
        (VOID)InterlockedIncrement(&Held->Instances[i]->References);
    }
    Held->Count = Count;
    return STATUS_SUCCESS;
}

// Starts with no instance. FALSE when there is no such block.
MOFGEN_PAGED static BOOLEAN
MofgenWmiBeginHold(
    _In_ const MOFGEN_WMI_DEVICE *Wmi,
    _In_ ULONG Index,
    _Out_ MOFGEN_WMI_HELD *Held)
{
    PAGED_CODE();

    RtlZeroMemory(Held, sizeof(*Held));
    Held->Instances = &Held->One;
    return Index < Wmi->BlockCount;
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiHold(
    MOFGEN_WMI_DEVICE *Wmi,
    ULONG Index,
    ULONG InstanceIndex,
    ULONG Count,
    MOFGEN_WMI_HELD *Held)
{
    NTSTATUS status;

    PAGED_CODE();

    if (!MofgenWmiBeginHold(Wmi, Index, Held))
    {
        return STATUS_WMI_GUID_NOT_FOUND;
    }
    MofgenWmiWait(&Wmi->Lock);
    status = MofgenWmiHoldLocked(Wmi, Index, InstanceIndex, Count, Held);
    (VOID)KeReleaseMutex(&Wmi->Lock, FALSE);
    return status;
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiHoldAll(
    MOFGEN_WMI_DEVICE *Wmi,
    ULONG Index,
    MOFGEN_WMI_HELD *Held)
{
    NTSTATUS status;

    PAGED_CODE();

    if (!MofgenWmiBeginHold(Wmi, Index, Held))
    {
        return STATUS_WMI_GUID_NOT_FOUND;
    }
    MofgenWmiWait(&Wmi->Lock);
    status = MofgenWmiHoldLocked(Wmi, Index, 0, Wmi->Registrations[Index].InstanceCount, Held);
    (VOID)KeReleaseMutex(&Wmi->Lock, FALSE);
    return status;
}

// Returns the instance that the driver gave the name, or NULL. The device is locked.
_Ret_maybenull_
MOFGEN_PAGED static MOFGEN_WMI_INSTANCE *
MofgenWmiFindNamed(
    _In_ const MOFGEN_WMI_DEVICE *Wmi,
    _In_ ULONG Index,
    _In_ PCUNICODE_STRING Name)
{
    LIST_ENTRY *link;

    PAGED_CODE();

    for (link = Wmi->Instances[Index].Flink; link != &Wmi->Instances[Index]; link = link->Flink)
    {
        if (RtlEqualUnicodeString(&MofgenWmiOfLink(link)->Name, Name, TRUE))
        {
            return MofgenWmiOfLink(link);
        }
    }
    return NULL;
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiHoldNamed(
    MOFGEN_WMI_DEVICE *Wmi,
    ULONG Index,
    PCUNICODE_STRING Name,
    MOFGEN_WMI_HELD *Held)
{
    PAGED_CODE();

    if (!MofgenWmiBeginHold(Wmi, Index, Held))
    {
        return STATUS_WMI_GUID_NOT_FOUND;
    }
    MofgenWmiWait(&Wmi->Lock);
    Held->One = MofgenWmiFindNamed(Wmi, Index, Name);
    if (Held->One != NULL)
    {
        (VOID)InterlockedIncrement(&Held->One->References);
        Held->Count = 1;
    }
    (VOID)KeReleaseMutex(&Wmi->Lock, FALSE);
    return Held->One != NULL ? STATUS_SUCCESS : STATUS_WMI_INSTANCE_NOT_FOUND;
}

_Use_decl_annotations_
MOFGEN_PAGED VOID
MofgenWmiDrop(
    MOFGEN_WMI_HELD *Held)
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

    return Wmi->BlockCount > 0 && Wmi->Provider == Provider;
}

// Makes WMI ask again how many instances there are.
MOFGEN_PAGED static NTSTATUS
MofgenWmiUpdate(
    _In_ const MOFGEN_WMI_DEVICE *Wmi,
    _In_ const MOFGEN_WMI_BLOCK *Block)
{
    NTSTATUS status;

    PAGED_CODE();

    // WMI does not know which dynamic names there are.
    if (!Wmi->First->Registered || (Block->Flags & MOFGEN_WMI_DYNAMIC_NAMES) != 0)
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

// Allocates an instance, and has the driver initialize it. Name is empty for an instance without a name.
MOFGEN_PAGED static NTSTATUS
MofgenWmiCreateInstance(
    _In_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ const MOFGEN_WMI_BLOCK *Block,
    _In_ PCUNICODE_STRING Name,
    _Outptr_ MOFGEN_WMI_INSTANCE **Instance)
{
    MOFGEN_WMI_INSTANCE *instance;
    NTSTATUS status;

    PAGED_CODE();

    *Instance = NULL;
    instance = (MOFGEN_WMI_INSTANCE *)MofgenAllocateNonPaged(sizeof(*instance) + Name->Length);
    if (instance == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    instance->Wmi = Wmi;
    instance->Block = Block;
    instance->References = 1;
    InitializeListHead(&instance->Link);
    KeInitializeMutex(&instance->Lock, 0);
    instance->Name.Buffer = (PWCH)(PVOID)(instance + 1);
    instance->Name.MaximumLength = Name->Length;
    RtlCopyUnicodeString(&instance->Name, Name);
    if (Block->Create != NULL)
    {
        status = Block->Create(instance);
        if (!NT_SUCCESS(status))
        {
            MofgenWmiRelease(instance);
            return status;
        }
    }
    *Instance = instance;
    return STATUS_SUCCESS;
}

// Puts the instance into the list of its block: requests find it from here on. FALSE when the block has its name.
_Must_inspect_result_
MOFGEN_PAGED static BOOLEAN
MofgenWmiInsertInstance(
    _Inout_ MOFGEN_WMI_INSTANCE *Instance,
    _In_ ULONG Index)
{
    MOFGEN_WMI_DEVICE *wmi = Instance->Wmi;
    MOFGEN_WMI_REGISTRATION *registration = &wmi->Registrations[Index];
    BOOLEAN isNew;

    PAGED_CODE();

    MofgenWmiWait(&wmi->Lock);
    isNew = Instance->Name.Length == 0 || MofgenWmiFindNamed(wmi, Index, &Instance->Name) == NULL;
    if (isNew)
    {
        InsertTailList(&wmi->Instances[Index], &Instance->Link);
        Instance->InstanceIndex = registration->InstanceCount;
        registration->InstanceCount += 1;
    }
    (VOID)KeReleaseMutex(&wmi->Lock, FALSE);
    return isNew;
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiAddNamedInstance(
    MOFGEN_WMI_DEVICE *Wmi,
    const MOFGEN_WMI_PROVIDER *Provider,
    ULONG Index,
    PCUNICODE_STRING Name,
    MOFGEN_WMI_INSTANCE **Instance)
{
    const MOFGEN_WMI_BLOCK *block = &Provider->Blocks[Index];
    BOOLEAN isNamed = (block->Flags & (MOFGEN_WMI_STATIC_NAMES | MOFGEN_WMI_DYNAMIC_NAMES)) != 0;
    MOFGEN_WMI_INSTANCE *instance = NULL;
    NTSTATUS status;

    PAGED_CODE();

    *Instance = NULL;
    if (!MofgenWmiIsReady(Wmi, Provider))
    {
        return STATUS_INVALID_DEVICE_STATE;
    }
    if (isNamed != (Name->Length > 0) || Name->Length % sizeof(WCHAR) != 0)
    {
        return STATUS_INVALID_PARAMETER;
    }
    status = MofgenWmiCreateInstance(Wmi, block, Name, &instance);
    if (NT_SUCCESS(status) && !MofgenWmiInsertInstance(instance, Index))
    {
        MofgenWmiRelease(instance);
        status = STATUS_OBJECT_NAME_COLLISION;
    }
    if (!NT_SUCCESS(status))
    {
        MOFGEN_TRACE(status, "a new instance", &block->Guid);
        return status;
    }
    *Instance = instance;
    return MofgenWmiUpdate(Wmi, block);
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiAddInstance(
    MOFGEN_WMI_DEVICE *Wmi,
    const MOFGEN_WMI_PROVIDER *Provider,
    ULONG Index,
    MOFGEN_WMI_INSTANCE **Instance)
{
    const UNICODE_STRING none = {0, 0, NULL};

    PAGED_CODE();

    return MofgenWmiAddNamedInstance(Wmi, Provider, Index, &none, Instance);
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
    MofgenWmiWait(&wmi->Lock);
    for (link = Instance->Link.Flink; link != &wmi->Instances[Index]; link = link->Flink)
    {
        MofgenWmiOfLink(link)->InstanceIndex -= 1;
    }
    (VOID)RemoveEntryList(&Instance->Link);
    wmi->Registrations[Index].InstanceCount -= 1;
    (VOID)KeReleaseMutex(&wmi->Lock, FALSE);
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
    MOFGEN_WMI_HELD held;

    PAGED_CODE();

    if (!MofgenWmiIsReady(Wmi, Provider))
    {
        return NULL;
    }
    return NT_SUCCESS(MofgenWmiHold(Wmi, Index, 0, 1, &held)) ? held.One : NULL;
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
    MOFGEN_WMI_REGISTRATION *registrations;
    ULONG i;

    PAGED_CODE();

    registrations = (MOFGEN_WMI_REGISTRATION *)MofgenAllocateNonPaged(
        (sizeof(*registrations) + sizeof(LIST_ENTRY)) * provider->BlockCount + RegistryPath->Length);
    if (registrations == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Wmi->Instances = (LIST_ENTRY *)(PVOID)(registrations + provider->BlockCount);
    Wmi->RegistryPath.Buffer = (PWCH)(PVOID)(Wmi->Instances + provider->BlockCount);
    Wmi->RegistryPath.MaximumLength = RegistryPath->Length;
    RtlCopyUnicodeString(&Wmi->RegistryPath, RegistryPath);
    for (i = 0; i < provider->BlockCount; i += 1)
    {
        block = &provider->Blocks[i];
        registrations[i].Guid = &block->Guid;
        registrations[i].Flags = ((block->Flags & MOFGEN_WMI_EVENT) != 0 ? WMIREG_FLAG_EVENT_ONLY_GUID : 0) |
                         ((block->Flags & MOFGEN_WMI_EXPENSIVE) != 0 ? WMIREG_FLAG_EXPENSIVE : 0);
        InitializeListHead(&Wmi->Instances[i]);
    }
    Wmi->Registrations = registrations;
    Wmi->BlockCount = provider->BlockCount;
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

    if (Wmi->BlockCount != 0)
    {
        // It was called before.
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    RtlZeroMemory(Wmi, sizeof(*Wmi));
    KeInitializeMutex(&Wmi->Lock, 0);
    Wmi->First = Wmi;
    Wmi->Provider = Provider;
    Wmi->DeviceObject = DeviceObject;
    Wmi->PhysicalDeviceObject = PhysicalDeviceObject;
    Wmi->LowerDevice = LowerDevice;
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

    if (Wmi->BlockCount == 0 || Wmi->First != Wmi)
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
    // A request that arrives after this goes on to the device below.
    count = Wmi->BlockCount;
    Wmi->BlockCount = 0;
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
    MofgenFree(Wmi->Registrations);
    Wmi->Registrations = NULL;
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
    MofgenWmiWait(&Instance->Wmi->Lock);
    instanceIndex = Instance->InstanceIndex;
    (VOID)KeReleaseMutex(&Instance->Wmi->Lock, FALSE);
    return Provider->SendEvent(Instance, instanceIndex, size, bytes);
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
    _In_ BOOLEAN IsOneOfAll,
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
    if ((Block->Flags & MOFGEN_WMI_EVENT) != 0 && !IsOneOfAll)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    return MofgenRequestAnswer(Request, &nothing, Block->Execute != NULL ? sizeof(nothing) : 0);
}

MOFGEN_PAGED static NTSTATUS
MofgenWmiQueryInstance(
    _In_ MOFGEN_WMI_INSTANCE *Instance,
    _In_ BOOLEAN IsOneOfAll,
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
        status = MofgenWmiQueryNothing(block, IsOneOfAll, &request);
        *BufferUsed = MofgenRequestComplete(&request, status);
        return status;
    }
    locked = MofgenWmiBegin(Instance, FALSE);
    status = block->Query(Instance, &request);
    *BufferUsed = MofgenWmiEnd(Instance, locked, &request, status);
    return status;
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiQueryHeld(
    const MOFGEN_WMI_HELD *Held,
    BOOLEAN AreAll,
    ULONG *Lengths,
    ULONG BufferSize,
    UCHAR *Buffer,
    ULONG *BufferUsed)
{
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
        room = Buffer != NULL && start < BufferSize ? BufferSize - (ULONG)start : 0;
        status = MofgenWmiQueryInstance(
            Held->Instances[i], AreAll, room, room > 0 ? Buffer + (ULONG)start : NULL, &used);
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
            RtlZeroMemory(Buffer + (ULONG)end, (ULONG)(start - end));
        }
        if (Lengths != NULL)
        {
            Lengths[i] = used;
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

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiQuery(
    MOFGEN_WMI_DEVICE *Wmi,
    ULONG Index,
    ULONG InstanceIndex,
    ULONG Count,
    BOOLEAN AreAll,
    ULONG *Lengths,
    ULONG BufferSize,
    UCHAR *Buffer,
    ULONG *BufferUsed)
{
    MOFGEN_WMI_HELD held;
    NTSTATUS status;

    PAGED_CODE();

    *BufferUsed = 0;
    status = MofgenWmiHold(Wmi, Index, InstanceIndex, Count, &held);
    if (NT_SUCCESS(status))
    {
        status = MofgenWmiQueryHeld(&held, AreAll, BufferSize > 0 ? Lengths : NULL, BufferSize, Buffer, BufferUsed);
    }
    MofgenWmiDrop(&held);
    return status;
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiSetHeld(
    const MOFGEN_WMI_HELD *Held,
    const ULONG *Id,
    ULONG BufferSize,
    const UCHAR *Buffer)
{
    MOFGEN_WMI_INSTANCE *instance = Held->One;
    const MOFGEN_WMI_BLOCK *block = instance->Block;
    MOFGEN_REQUEST request;
    NTSTATUS status;
    BOOLEAN locked;

    PAGED_CODE();

    if (block->SetInstance == NULL)
    {
        // It has no writable item.
        return STATUS_WMI_READ_ONLY;
    }
    MofgenRequestInitialize(&request, Buffer, BufferSize, NULL, 0);
    locked = MofgenWmiBegin(instance, FALSE);
    status = Id != NULL ? block->SetItem(instance, *Id, &request) : block->SetInstance(instance, &request);
    (VOID)MofgenWmiEnd(instance, locked, &request, status);
    return status;
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiSet(
    MOFGEN_WMI_DEVICE *Wmi,
    ULONG Index,
    ULONG InstanceIndex,
    const ULONG *Id,
    ULONG BufferSize,
    const UCHAR *Buffer)
{
    MOFGEN_WMI_HELD held;
    NTSTATUS status;

    PAGED_CODE();

    status = MofgenWmiHold(Wmi, Index, InstanceIndex, 1, &held);
    if (NT_SUCCESS(status))
    {
        status = MofgenWmiSetHeld(&held, Id, BufferSize, Buffer);
    }
    MofgenWmiDrop(&held);
    return status;
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiExecuteHeld(
    const MOFGEN_WMI_HELD *Held,
    ULONG Id,
    ULONG InSize,
    ULONG OutSize,
    UCHAR *Buffer,
    ULONG *BufferUsed)
{
    MOFGEN_WMI_INSTANCE *instance = Held->One;
    MOFGEN_REQUEST request;
    NTSTATUS status;
    BOOLEAN locked;

    PAGED_CODE();

    *BufferUsed = 0;
    if (instance->Block->Execute == NULL)
    {
        return STATUS_WMI_ITEMID_NOT_FOUND;
    }
    MofgenRequestInitialize(&request, Buffer, InSize, Buffer, OutSize);
    locked = MofgenWmiBegin(instance, TRUE);
    status = instance->Block->Execute(instance, Id, &request);
    *BufferUsed = MofgenWmiEnd(instance, locked, &request, status);
    return status;
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiExecute(
    MOFGEN_WMI_DEVICE *Wmi,
    ULONG Index,
    ULONG InstanceIndex,
    ULONG Id,
    ULONG InSize,
    ULONG OutSize,
    UCHAR *Buffer,
    ULONG *BufferUsed)
{
    MOFGEN_WMI_HELD held;
    NTSTATUS status;

    PAGED_CODE();

    *BufferUsed = 0;
    status = MofgenWmiHold(Wmi, Index, InstanceIndex, 1, &held);
    if (NT_SUCCESS(status))
    {
        status = MofgenWmiExecuteHeld(&held, Id, InSize, OutSize, Buffer, BufferUsed);
    }
    MofgenWmiDrop(&held);
    return status;
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiControl(
    const MOFGEN_WMI_DEVICE *Wmi,
    ULONG Index,
    BOOLEAN IsCollection,
    BOOLEAN Enable)
{
    const MOFGEN_WMI_BLOCK *block;

    PAGED_CODE();

    if (Index >= Wmi->BlockCount)
    {
        return STATUS_WMI_GUID_NOT_FOUND;
    }
    block = &Wmi->Provider->Blocks[Index];
    if (!IsCollection || block->Collect == NULL)
    {
        return STATUS_SUCCESS;
    }
    return MofgenMapDriverStatus(block->Collect(Wmi->DeviceObject, Enable), STATUS_UNSUCCESSFUL);
}

_Use_decl_annotations_
MOFGEN_PAGED VOID
MofgenWmiCopyRegistrations(
    MOFGEN_WMI_DEVICE *Wmi,
    MOFGEN_WMI_REGISTRATION *Registrations)
{
    PAGED_CODE();

    if (Wmi->BlockCount == 0)
    {
        return;
    }
    MofgenWmiWait(&Wmi->Lock);
    RtlCopyMemory(Registrations, Wmi->Registrations, Wmi->BlockCount * sizeof(*Registrations));
    (VOID)KeReleaseMutex(&Wmi->Lock, FALSE);
}
