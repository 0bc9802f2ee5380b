// mofgen's C runtime core for WDM drivers: blocks, instances and their locks, registration, and requests for instances. A transport,
// such as mofgen_wmi_wdm, receives the requests and sends the events.
// The same for every MOF file; mofgen copies it next to the files that it generates.
#include "mofgen_wmi_device.h"

// ---- Locks ----

// Acquiring a mutex disables normal kernel APCs, so its owner cannot be suspended: no critical region is needed.
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

_Use_decl_annotations_
MOFGEN_PAGED VOID
MofgenWmiDelete(
    MOFGEN_WMI_INSTANCE *Instance)
{
    PAGED_CODE();

    if (Instance->Block->Delete != NULL)
    {
        Instance->Block->Delete(Instance);
    }
    MofgenFree(Instance);
}

// Returns the instance whose upcased name is Upcased, or NULL. The device is locked, so the IRQL is APC_LEVEL, where the Rtl routines
// that convert case must not be called.
_Ret_maybenull_
MOFGEN_PAGED static MOFGEN_WMI_INSTANCE *
MofgenWmiFindNamed(
    _In_ const MOFGEN_WMI_DEVICE *Wmi,
    _In_ ULONG Index,
    _In_reads_bytes_(Length) PCWSTR Upcased,
    _In_ USHORT Length)
{
    MOFGEN_WMI_INSTANCE *instance = Wmi->Instances[Index];

    PAGED_CODE();

    while (instance != NULL &&
           (instance->Name.Length != Length || !RtlEqualMemory(instance->UpcasedName, Upcased, Length)))
    {
        instance = instance->Next;
    }
    return instance;
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiReferenceNamed(
    MOFGEN_WMI_DEVICE *Wmi,
    ULONG Index,
    PCUNICODE_STRING Name,
    MOFGEN_WMI_INSTANCE **Instance)
{
    MOFGEN_MEMORY memory = {NULL, 0};
    UNICODE_STRING upcased;
    NTSTATUS status;

    PAGED_CODE();

    *Instance = NULL;
    upcased.Length = 0;
    upcased.MaximumLength = Name->Length;
    upcased.Buffer = (PWCH)MofgenMemoryAllocate(&memory, Name->Length);
    if (upcased.Buffer == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    status = RtlUpcaseUnicodeString(&upcased, Name, FALSE);
    if (NT_SUCCESS(status))
    {
        ExAcquireFastMutex(&Wmi->Lock);
        if (Index < Wmi->BlockCount)
        {
            *Instance = MofgenWmiFindNamed(Wmi, Index, upcased.Buffer, upcased.Length);
        }
        if (*Instance != NULL)
        {
            (VOID)InterlockedIncrement(&(*Instance)->References);
        }
        ExReleaseFastMutex(&Wmi->Lock);
        status = *Instance != NULL ? STATUS_SUCCESS : STATUS_WMI_INSTANCE_NOT_FOUND;
    }
    MofgenMemoryFree(&memory);
    return status;
}

// Implements MofgenWmiReferenceRange, with the device locked.
MOFGEN_PAGED static NTSTATUS
MofgenWmiReferenceRangeLocked(
    _In_ const MOFGEN_WMI_DEVICE *Wmi,
    _In_ ULONG Index,
    _In_ ULONG InstanceIndex,
    _In_opt_ const ULONG *Count,
    _Inout_ MOFGEN_WMI_RANGE *Range)
{
    MOFGEN_WMI_INSTANCE *instance;
    ULONG count;
    ULONG all;

    PAGED_CODE();

    if (Index >= Wmi->BlockCount)
    {
        return STATUS_WMI_GUID_NOT_FOUND;
    }
    all = Wmi->Registrations[Index].InstanceCount;
    count = Count != NULL ? *Count : all;
    // Subtract: InstanceIndex + count could overflow.
    if (InstanceIndex >= all || count > all - InstanceIndex)
    {
        return STATUS_WMI_INSTANCE_NOT_FOUND;
    }
    Range->Instances = (MOFGEN_WMI_INSTANCE **)MofgenAllocatePaged(count * sizeof(MOFGEN_WMI_INSTANCE *));
    if (Range->Instances == NULL && count > 0)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    instance = Wmi->Instances[Index];
    while (Range->Count < count)
    {
        while (instance != NULL && instance->InstanceIndex < InstanceIndex + Range->Count)
        {
            instance = instance->Next;
        }
        if (instance == NULL || instance->InstanceIndex > InstanceIndex + Range->Count)
        {
            return STATUS_WMI_INSTANCE_NOT_FOUND;
        }
        (VOID)InterlockedIncrement(&instance->References);
        Range->Instances[Range->Count] = instance;
        Range->Count += 1;
    }
    return STATUS_SUCCESS;
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiReferenceRange(
    MOFGEN_WMI_DEVICE *Wmi,
    ULONG Index,
    ULONG InstanceIndex,
    const ULONG *Count,
    MOFGEN_WMI_RANGE *Range)
{
    NTSTATUS status;

    PAGED_CODE();

    RtlZeroMemory(Range, sizeof(*Range));
    ExAcquireFastMutex(&Wmi->Lock);
    status = MofgenWmiReferenceRangeLocked(Wmi, Index, InstanceIndex, Count, Range);
    ExReleaseFastMutex(&Wmi->Lock);
    return status;
}

_Use_decl_annotations_
MOFGEN_PAGED VOID
MofgenWmiReleaseRange(
    MOFGEN_WMI_RANGE *Range)
{
    ULONG i;

    PAGED_CODE();

    for (i = 0; i < Range->Count; i += 1)
    {
        MofgenWmiRelease(Range->Instances[i]);
    }
    if (Range->Instances != NULL)
    {
        MofgenFree(Range->Instances);
    }
}

// Implements MOFGEN_WMI_QUERY_SEVERAL.
MOFGEN_PAGED static NTSTATUS
MofgenWmiQuerySeveral(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ ULONG Index,
    _In_ ULONG InstanceIndex,
    _In_ ULONG Count,
    _Out_writes_opt_(Count) ULONG *Lengths,
    _In_ ULONG BufferSize,
    _Out_writes_bytes_to_opt_(BufferSize, *BufferUsed) UCHAR *Buffer,
    _Out_ ULONG *BufferUsed)
{
    MOFGEN_WMI_RANGE range;
    NTSTATUS status;

    PAGED_CODE();

    *BufferUsed = 0;
    status = MofgenWmiReferenceRange(Wmi, Index, InstanceIndex, &Count, &range);
    if (NT_SUCCESS(status))
    {
        status = MofgenWmiQueryRange(&range, Lengths, BufferSize, Buffer, BufferUsed);
    }
    MofgenWmiReleaseRange(&range);
    return status;
}

// ---- Instances ----

// Returns TRUE when the structure is initialized for this MOF file.
MOFGEN_PAGED static BOOLEAN
MofgenWmiIsReady(
    _In_ const MOFGEN_WMI_DEVICE *Wmi,
    _In_ const MOFGEN_WMI_PROVIDER *Provider)
{
    PAGED_CODE();

    return Wmi->BlockCount > 0 && Wmi->Provider == Provider;
}

// Returns TRUE when WMI has a registration of the block's instances. Dynamic names are not registered.
MOFGEN_PAGED static BOOLEAN
MofgenWmiIsKnown(
    _In_ const MOFGEN_WMI_DEVICE *Wmi,
    _In_ const MOFGEN_WMI_BLOCK *Block)
{
    PAGED_CODE();

    return Wmi->First->Registered && (Block->Flags & MOFGEN_WMI_DYNAMIC_NAMES) == 0;
}

// Makes WMI send a new registration request, because the block's instances have changed.
MOFGEN_PAGED static NTSTATUS
MofgenWmiUpdate(
    _In_ const MOFGEN_WMI_DEVICE *Wmi,
    _In_ const MOFGEN_WMI_BLOCK *Block)
{
    NTSTATUS status;

    PAGED_CODE();

    if (!MofgenWmiIsKnown(Wmi, Block))
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

// Allocates an instance, with memory for its names.
_Ret_maybenull_
MOFGEN_PAGED static MOFGEN_WMI_INSTANCE *
MofgenWmiAllocateInstance(
    _In_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ const MOFGEN_WMI_BLOCK *Block,
    _In_ ULONG NamesSize)
{
    MOFGEN_WMI_INSTANCE *instance;

    PAGED_CODE();

    instance = (MOFGEN_WMI_INSTANCE *)MofgenAllocateNonPaged(sizeof(*instance) + NamesSize);
    if (instance != NULL)
    {
        instance->Wmi = Wmi;
        instance->Block = Block;
        instance->References = 1;
        KeInitializeMutex(&instance->Lock, 0);
    }
    return instance;
}

// Calls the driver's Create for an instance. Deletes the instance when that fails.
MOFGEN_PAGED static NTSTATUS
MofgenWmiCreateInstance(
    _Inout_ MOFGEN_WMI_INSTANCE *Instance)
{
    NTSTATUS status = STATUS_SUCCESS;

    PAGED_CODE();

    if (Instance->Block->Create != NULL)
    {
        status = MofgenMapDriverStatus(Instance->Block->Create(Instance), STATUS_UNSUCCESSFUL);
    }
    if (!NT_SUCCESS(status))
    {
        MOFGEN_TRACE(status, "a new instance", &Instance->Block->Guid);
        MofgenWmiRelease(Instance);
    }
    return status;
}

// Appends an instance to the list of its block, where requests find it. The device is locked.
MOFGEN_PAGED static VOID
MofgenWmiInsertLocked(
    _Inout_ MOFGEN_WMI_INSTANCE *Instance,
    _In_ ULONG Index)
{
    MOFGEN_WMI_DEVICE *wmi = Instance->Wmi;
    MOFGEN_WMI_INSTANCE **place = &wmi->Instances[Index];

    PAGED_CODE();

    while (*place != NULL)
    {
        place = &(*place)->Next;
    }
    *place = Instance;
    Instance->InstanceIndex = wmi->Registrations[Index].InstanceCount;
    Instance->NextIndex = Instance->InstanceIndex;
    wmi->Registrations[Index].InstanceCount += 1;
}

// Implements MOFGEN_WMI_RENUMBER.
MOFGEN_PAGED static VOID
MofgenWmiRenumber(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ ULONG Index,
    _Inout_ ULONG *Count,
    _In_ BOOLEAN IsReported)
{
    ULONG count = IsReported ? *Count : 0;
    MOFGEN_WMI_INSTANCE *instance;

    PAGED_CODE();

    for (instance = Wmi->Instances[Index]; instance != NULL; instance = instance->Next)
    {
        if (IsReported)
        {
            instance->InstanceIndex = instance->NextIndex;
        }
        else
        {
            instance->NextIndex = count;
        }
        // An instance that was added between the two steps has an unused NextIndex.
        count = instance->NextIndex >= count ? instance->NextIndex + 1 : count;
    }
    *Count = count;
    if (IsReported)
    {
        Wmi->Registrations[Index].InstanceCount = count;
    }
}

// Creates an unnamed instance. On failure *Instance is NULL.
MOFGEN_PAGED static NTSTATUS
MofgenWmiMakeInstance(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ ULONG Index,
    _Outptr_result_maybenull_ MOFGEN_WMI_INSTANCE **Instance)
{
    const MOFGEN_WMI_BLOCK *block = &Wmi->Provider->Blocks[Index];
    MOFGEN_WMI_INSTANCE *instance;
    NTSTATUS status;

    PAGED_CODE();

    *Instance = NULL;
    instance = MofgenWmiAllocateInstance(Wmi, block, 0);
    if (instance == NULL)
    {
        MOFGEN_TRACE(STATUS_INSUFFICIENT_RESOURCES, "a new instance", &block->Guid);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    status = MofgenWmiCreateInstance(instance);
    if (NT_SUCCESS(status))
    {
        ExAcquireFastMutex(&Wmi->Lock);
        MofgenWmiInsertLocked(instance, Index);
        ExReleaseFastMutex(&Wmi->Lock);
        *Instance = instance;
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
    NTSTATUS status;

    PAGED_CODE();

    *Instance = NULL;
    if (!MofgenWmiIsReady(Wmi, Provider))
    {
        return STATUS_INVALID_DEVICE_STATE;
    }
    if ((block->Flags & MOFGEN_WMI_NAMED) != 0)
    {
        return STATUS_INVALID_PARAMETER;
    }
    ExAcquireFastMutex(&Wmi->Lock);
    Wmi->QuerySeveral = MofgenWmiQuerySeveral;
    ExReleaseFastMutex(&Wmi->Lock);
    status = MofgenWmiMakeInstance(Wmi, Index, Instance);
    return NT_SUCCESS(status) ? MofgenWmiUpdate(Wmi, block) : status;
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
    MOFGEN_WMI_INSTANCE *instance;
    UNICODE_STRING upcased;
    NTSTATUS status;

    PAGED_CODE();

    *Instance = NULL;
    if (!MofgenWmiIsReady(Wmi, Provider))
    {
        return STATUS_INVALID_DEVICE_STATE;
    }
    if ((block->Flags & MOFGEN_WMI_NAMED) == 0 || Name->Length == 0 || Name->Length % sizeof(WCHAR) != 0)
    {
        return STATUS_INVALID_PARAMETER;
    }
    instance = MofgenWmiAllocateInstance(Wmi, block, 2 * (ULONG)Name->Length);
    if (instance == NULL)
    {
        MOFGEN_TRACE(STATUS_INSUFFICIENT_RESOURCES, "a new instance", &block->Guid);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    instance->Name.Buffer = (PWCH)(PVOID)(instance + 1);
    instance->Name.MaximumLength = Name->Length;
    RtlCopyUnicodeString(&instance->Name, Name);
    upcased.Length = 0;
    upcased.MaximumLength = Name->Length;
    upcased.Buffer = instance->Name.Buffer + Name->Length / sizeof(WCHAR);
    instance->UpcasedName = upcased.Buffer;
    status = RtlUpcaseUnicodeString(&upcased, Name, FALSE);
    if (!NT_SUCCESS(status))
    {
        MofgenFree(instance);
        return status;
    }
    status = MofgenWmiCreateInstance(instance);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    ExAcquireFastMutex(&Wmi->Lock);
    if (MofgenWmiFindNamed(Wmi, Index, upcased.Buffer, upcased.Length) == NULL)
    {
        MofgenWmiInsertLocked(instance, Index);
    }
    else
    {
        status = STATUS_OBJECT_NAME_COLLISION;
    }
    ExReleaseFastMutex(&Wmi->Lock);
    if (!NT_SUCCESS(status))
    {
        MOFGEN_TRACE(status, "a new instance", &block->Guid);
        MofgenWmiRelease(instance);
        return status;
    }
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
    MOFGEN_WMI_INSTANCE **place;
    BOOLEAN isListed;
    ULONG count = 0;

    PAGED_CODE();

    if (Instance->Block != block)
    {
        return STATUS_INVALID_PARAMETER;
    }
    ExAcquireFastMutex(&wmi->Lock);
    place = &wmi->Instances[Index];
    while (*place != NULL && *place != Instance)
    {
        place = &(*place)->Next;
    }
    isListed = *place != NULL;
    if (isListed)
    {
        *place = Instance->Next;
        wmi->Renumber = MofgenWmiRenumber;
        if (!MofgenWmiIsKnown(wmi, block))
        {
            MofgenWmiRenumber(wmi, Index, &count, FALSE);
            MofgenWmiRenumber(wmi, Index, &count, TRUE);
        }
    }
    ExReleaseFastMutex(&wmi->Lock);
    if (!isListed)
    {
        return STATUS_INVALID_PARAMETER;
    }
    MofgenWmiRelease(Instance);
    return MofgenWmiUpdate(wmi, block);
}

// References and returns the oldest instance, or NULL. The caller releases the reference.
_Ret_maybenull_
MOFGEN_PAGED static MOFGEN_WMI_INSTANCE *
MofgenWmiReferenceFirst(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ const MOFGEN_WMI_PROVIDER *Provider,
    _In_ ULONG Index)
{
    MOFGEN_WMI_INSTANCE *instance = NULL;

    PAGED_CODE();

    if (MofgenWmiIsReady(Wmi, Provider))
    {
        ExAcquireFastMutex(&Wmi->Lock);
        instance = Wmi->Instances[Index];
        if (instance != NULL)
        {
            (VOID)InterlockedIncrement(&instance->References);
        }
        ExReleaseFastMutex(&Wmi->Lock);
    }
    return instance;
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
        // The list still holds a reference.
        MofgenWmiRelease(instance);
    }
    return instance;
}

// ---- Registration ----

// Allocates the device's registrations, without instances yet, and a copy of the registry path in one allocation.
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
        (sizeof(*registrations) + sizeof(MOFGEN_WMI_INSTANCE *)) * provider->BlockCount + RegistryPath->Length);
    if (registrations == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Wmi->Instances = (MOFGEN_WMI_INSTANCE **)(PVOID)(registrations + provider->BlockCount);
    Wmi->RegistryPath.Buffer = (PWCH)(PVOID)(Wmi->Instances + provider->BlockCount);
    Wmi->RegistryPath.MaximumLength = RegistryPath->Length;
    RtlCopyUnicodeString(&Wmi->RegistryPath, RegistryPath);
    for (i = 0; i < provider->BlockCount; i += 1)
    {
        block = &provider->Blocks[i];
        registrations[i].Guid = &block->Guid;
        registrations[i].Flags = ((block->Flags & MOFGEN_WMI_EVENT) != 0 ? WMIREG_FLAG_EVENT_ONLY_GUID : 0) |
                         ((block->Flags & MOFGEN_WMI_EXPENSIVE) != 0 ? WMIREG_FLAG_EXPENSIVE : 0);
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
        // The device is already initialized.
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    RtlZeroMemory(Wmi, sizeof(*Wmi));
    ExInitializeFastMutex(&Wmi->Lock);
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
            status = MofgenWmiMakeInstance(Wmi, i, &instance);
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
        // The device restarts after a resource rebalance.
        return STATUS_SUCCESS;
    }
    // Set first: an instance that is added or removed from now on must notify WMI.
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
        (VOID)IoWMIRegistrationControl(Wmi->DeviceObject, WMIREG_ACTION_DEREGISTER);
        // Cleared last: until then requests arrive with the InstanceIndex that WMI knows, and a removal must not change it.
        Wmi->Registered = FALSE;
    }
}

_Use_decl_annotations_
MOFGEN_PAGED VOID
MofgenWmiCleanup(
    MOFGEN_WMI_DEVICE *Wmi)
{
    MOFGEN_WMI_INSTANCE *instance;
    ULONG count;
    ULONG i;

    PAGED_CODE();

    MofgenWmiDeregister(Wmi);
    count = Wmi->BlockCount;
    if (count == 0)
    {
        return;
    }
    // Later requests find no block and return STATUS_WMI_GUID_NOT_FOUND.
    ExAcquireFastMutex(&Wmi->Lock);
    Wmi->BlockCount = 0;
    ExReleaseFastMutex(&Wmi->Lock);
    for (i = 0; i < count; i += 1)
    {
        while ((instance = Wmi->Instances[i]) != NULL)
        {
            Wmi->Instances[i] = instance->Next;
            MofgenWmiRelease(instance);
        }
    }
    RtlZeroMemory(&Wmi->RegistryPath, sizeof(Wmi->RegistryPath));
    Wmi->Instances = NULL;
    MofgenFree(Wmi->Registrations);
    Wmi->Registrations = NULL;
}

// ---- Events ----

// Encodes the data of an event into a pool allocation. *Bytes is NULL for an event without data.
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

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiQueryMofData(
    MOFGEN_WMI_INSTANCE *Instance,
    MOFGEN_REQUEST *Request)
{
    PAGED_CODE();

    // The bytes need no encoding: the first items of MSWmi_MofData are the header of a binary MOF.
    return MofgenRequestAnswer(Request, Instance->Block->MofData, Instance->Block->MofDataSize);
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiQueryEmpty(
    const MOFGEN_WMI_BLOCK *Block,
    MOFGEN_WMI_KIND Kind,
    MOFGEN_REQUEST *Request)
{
    // WMI queries an instance before it executes its methods. A block that has only methods returns a ULONG, like those of
    // Microsoft's sample drivers msdsm and iscsi.
    const ULONG empty = 0;

    PAGED_CODE();

    if ((Block->Flags & MOFGEN_WMI_EVENT) != 0 && Kind == MofgenWmiQuery)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    return MofgenRequestAnswer(Request, &empty, Block->Execute != NULL ? sizeof(empty) : 0);
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiExecute(
    MOFGEN_WMI_INSTANCE *Instance,
    ULONG Id,
    MOFGEN_REQUEST *Request)
{
    const MOFGEN_WMI_BLOCK *block = Instance->Block;
    NTSTATUS status;

    PAGED_CODE();

    if (block->Execute == NULL)
    {
        return STATUS_WMI_ITEMID_NOT_FOUND;
    }
    if ((block->Flags & MOFGEN_WMI_LOCK_METHODS) == 0)
    {
        return block->Execute(Instance, Id, Request);
    }
    MofgenWmiLock(Instance);
    status = block->Execute(Instance, Id, Request);
    MofgenWmiUnlock(Instance);
    return status;
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiQueryRange(
    const MOFGEN_WMI_RANGE *Range,
    ULONG *Lengths,
    ULONG BufferSize,
    UCHAR *Buffer,
    ULONG *BufferUsed)
{
    MOFGEN_REQUEST request;
    BOOLEAN fits = TRUE;
    ULONGLONG end = 0;
    ULONGLONG start;
    NTSTATUS status;
    ULONG used;
    ULONG room;
    ULONG i;

    PAGED_CODE();

    *BufferUsed = 0;
    for (i = 0; i < Range->Count; i += 1)
    {
        start = (end + sizeof(ULONGLONG) - 1) & ~(ULONGLONG)(sizeof(ULONGLONG) - 1);
        room = Buffer != NULL && start < BufferSize ? BufferSize - (ULONG)start : 0;
        MofgenRequestInitialize(&request, NULL, 0, room > 0 ? Buffer + (ULONG)start : NULL, room);
        status = MofgenWmiRun(Range->Instances[i], MofgenWmiQueryOfAll, 0, &request);
        used = MofgenRequestComplete(&request, status);
        if (status == STATUS_BUFFER_TOO_SMALL)
        {
            // Continue: the caller needs the size of all instances.
            fits = FALSE;
        }
        else if (!NT_SUCCESS(status))
        {
            return status;
        }
        else if (room > 0)
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

// ---- The device ----

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiControl(
    MOFGEN_WMI_DEVICE *Wmi,
    ULONG Index,
    BOOLEAN IsCollection,
    BOOLEAN Enable)
{
    const MOFGEN_WMI_BLOCK *block = &Wmi->Provider->Blocks[Index];
    BOOLEAN exists;

    PAGED_CODE();

    ExAcquireFastMutex(&Wmi->Lock);
    exists = Index < Wmi->BlockCount;
    ExReleaseFastMutex(&Wmi->Lock);
    if (!exists)
    {
        return STATUS_WMI_GUID_NOT_FOUND;
    }
    if (!IsCollection || block->Collect == NULL)
    {
        return STATUS_SUCCESS;
    }
    return MofgenMapDriverStatus(block->Collect(Wmi->DeviceObject, Enable), STATUS_UNSUCCESSFUL);
}
