// The part of mofgen's C runtime core for WDM drivers: blocks, instances and their locks, registration, and requests for
// instances. It does not know how a request arrives or an event leaves: that is the transport's, such as mofgen_wmi_wdm.
// The same for every MOF file; mofgen copies it beside the files that it generates.
#include "mofgen_wmi_device.h"

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

// Returns the instance with this index or NULL, under the lock of the device.
_Ret_maybenull_
MOFGEN_PAGED FORCEINLINE MOFGEN_WMI_INSTANCE *
MofgenWmiFind(
    _In_ const MOFGEN_WMI_DEVICE *Wmi,
    _In_ ULONG Index,
    _In_ ULONG InstanceIndex)
{
    MOFGEN_WMI_INSTANCE *instance;

    PAGED_CODE();

    instance = Wmi->Instances[Index];
    while (instance != NULL && instance->InstanceIndex != InstanceIndex)
    {
        instance = instance->Next;
    }
    return instance;
}

// Returns an instance with a reference to it, or NULL. MofgenWmiRelease drops the reference.
_Ret_maybenull_
MOFGEN_PAGED FORCEINLINE MOFGEN_WMI_INSTANCE *
MofgenWmiReference(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ ULONG Index,
    _In_ ULONG InstanceIndex)
{
    MOFGEN_WMI_INSTANCE *instance;

    PAGED_CODE();

    if (Index >= Wmi->BlockCount)
    {
        return NULL;
    }
    ExAcquireFastMutex(&Wmi->Lock);
    instance = MofgenWmiFind(Wmi, Index, InstanceIndex);
    if (instance != NULL)
    {
        (VOID)InterlockedIncrement(&instance->References);
    }
    ExReleaseFastMutex(&Wmi->Lock);
    return instance;
}

// Deletes an instance after its last reference.
MOFGEN_PAGED static VOID
MofgenWmiDelete(
    _In_ MOFGEN_WMI_INSTANCE *Instance)
{
    PAGED_CODE();

    if (Instance->Block->Delete != NULL)
    {
        Instance->Block->Delete(Instance);
    }
    MofgenFree(Instance);
}

// Drops a reference.
MOFGEN_PAGED FORCEINLINE VOID
MofgenWmiRelease(
    _Inout_ MOFGEN_WMI_INSTANCE *Instance)
{
    PAGED_CODE();

    if (InterlockedDecrement(&Instance->References) == 0)
    {
        MofgenWmiDelete(Instance);
    }
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
    MOFGEN_WMI_INSTANCE **link;
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
    ExAcquireFastMutex(&Wmi->Lock);
    for (link = &Wmi->Instances[Index]; *link != NULL; link = &(*link)->Next)
    {
        instance->InstanceIndex += 1;
    }
    *link = instance;
    Wmi->Registrations[Index].InstanceCount += 1;
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
    MOFGEN_WMI_INSTANCE **link;
    MOFGEN_WMI_INSTANCE *each;

    PAGED_CODE();

    if (Instance->Block != block)
    {
        return STATUS_INVALID_PARAMETER;
    }
    ExAcquireFastMutex(&wmi->Lock);
    for (link = &wmi->Instances[Index]; *link != Instance; link = &(*link)->Next)
    {
    }
    *link = Instance->Next;
    for (each = Instance->Next; each != NULL; each = each->Next)
    {
        each->InstanceIndex -= 1;
    }
    wmi->Registrations[Index].InstanceCount -= 1;
    ExReleaseFastMutex(&wmi->Lock);
    MofgenWmiRelease(Instance);
    return MofgenWmiUpdate(wmi, block);
}

// Returns the oldest instance with a reference to it, or NULL. MofgenWmiRelease drops the reference.
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
    MOFGEN_WMI_REGISTRATION *registrations;
    ULONG i;

    PAGED_CODE();

    registrations = (MOFGEN_WMI_REGISTRATION *)MofgenAllocateNonPaged(
        (sizeof(*registrations) + sizeof(*Wmi->Instances)) * provider->BlockCount + RegistryPath->Length);
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
    MOFGEN_WMI_INSTANCE *instance;
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
    return Provider->SendEvent(Instance->Wmi, &block->Guid, instanceIndex, size, bytes);
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

// Why there is no such instance.
MOFGEN_PAGED static NTSTATUS
MofgenWmiNotFound(
    _In_ const MOFGEN_WMI_DEVICE *Wmi,
    _In_ ULONG Index)
{
    PAGED_CODE();

    return Index < Wmi->BlockCount ? STATUS_WMI_INSTANCE_NOT_FOUND : STATUS_WMI_GUID_NOT_FOUND;
}


// Answers a query for a block without a Query function.
MOFGEN_PAGED static NTSTATUS
MofgenWmiQueryNothing(
    _In_ const MOFGEN_WMI_BLOCK *Block,
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
    if (Block->Execute == NULL)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    return MofgenRequestAnswer(Request, &nothing, sizeof(nothing));
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiRunQuery(
    MOFGEN_WMI_INSTANCE *Instance,
    MOFGEN_WMI_CALL *Call)
{
    const MOFGEN_WMI_BLOCK *block = Instance->Block;

    PAGED_CODE();

    return block->Query != NULL ? block->Query(Instance, &Call->Request) : MofgenWmiQueryNothing(block, &Call->Request);
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiRunSetInstance(
    MOFGEN_WMI_INSTANCE *Instance,
    MOFGEN_WMI_CALL *Call)
{
    const MOFGEN_WMI_BLOCK *block = Instance->Block;

    PAGED_CODE();

    return block->SetInstance != NULL ? block->SetInstance(Instance, &Call->Request) : STATUS_WMI_READ_ONLY;
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiRunSetItem(
    MOFGEN_WMI_INSTANCE *Instance,
    MOFGEN_WMI_CALL *Call)
{
    const MOFGEN_WMI_BLOCK *block = Instance->Block;

    PAGED_CODE();

    return block->SetItem != NULL ? block->SetItem(Instance, Call->Id, &Call->Request) : STATUS_WMI_READ_ONLY;
}

// Runs a query or a set under the lock of the instance, and drops a reference to it.
MOFGEN_PAGED FORCEINLINE NTSTATUS
MofgenWmiRunInstance(
    _In_ MOFGEN_WMI_INSTANCE *Instance,
    _Inout_ MOFGEN_WMI_CALL *Call)
{
    NTSTATUS status;

    PAGED_CODE();

    if ((Instance->Block->Flags & MOFGEN_WMI_NO_LOCK) != 0)
    {
        status = Call->Run(Instance, Call);
    }
    else
    {
        (VOID)KeWaitForSingleObject(&Instance->Lock, Executive, KernelMode, FALSE, NULL);
        status = Call->Run(Instance, Call);
        (VOID)KeReleaseMutex(&Instance->Lock, FALSE);
    }
    MofgenWmiRelease(Instance);
    return status;
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiRun(
    MOFGEN_WMI_DEVICE *Wmi,
    MOFGEN_WMI_CALL *Call)
{
    MOFGEN_WMI_INSTANCE *instance;

    PAGED_CODE();

    instance = MofgenWmiReference(Wmi, Call->Index, Call->InstanceIndex);
    return instance != NULL ? MofgenWmiRunInstance(instance, Call) : MofgenWmiNotFound(Wmi, Call->Index);
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiExecute(
    MOFGEN_WMI_DEVICE *Wmi,
    MOFGEN_WMI_CALL *Call)
{
    const MOFGEN_WMI_BLOCK *block;
    MOFGEN_WMI_INSTANCE *instance;
    NTSTATUS status;

    PAGED_CODE();

    instance = MofgenWmiReference(Wmi, Call->Index, Call->InstanceIndex);
    if (instance == NULL)
    {
        return MofgenWmiNotFound(Wmi, Call->Index);
    }
    block = instance->Block;
    if (block->Execute == NULL)
    {
        status = STATUS_WMI_ITEMID_NOT_FOUND;
    }
    else if ((block->Flags & MOFGEN_WMI_LOCK_METHODS) == 0)
    {
        status = block->Execute(instance, Call->Id, &Call->Request);
    }
    else
    {
        MofgenWmiLock(instance);
        status = block->Execute(instance, Call->Id, &Call->Request);
        MofgenWmiUnlock(instance);
    }
    MofgenWmiRelease(instance);
    return status;
}

// References Count instances from InstanceIndex on, at once. The caller drops each reference, and frees the array.
MOFGEN_PAGED static NTSTATUS
MofgenWmiReferenceMany(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ ULONG Index,
    _In_ ULONG InstanceIndex,
    _In_ ULONG Count,
    _Outptr_ MOFGEN_WMI_INSTANCE ***Instances)
{
    NTSTATUS status = STATUS_WMI_INSTANCE_NOT_FOUND;
    MOFGEN_WMI_INSTANCE *instance;
    ULONG i;

    PAGED_CODE();

    if (Index >= Wmi->BlockCount)
    {
        return STATUS_WMI_GUID_NOT_FOUND;
    }
    ExAcquireFastMutex(&Wmi->Lock);
    instance = MofgenWmiFind(Wmi, Index, InstanceIndex);
    if (instance != NULL && Count <= Wmi->Registrations[Index].InstanceCount - InstanceIndex)
    {
        *Instances = (MOFGEN_WMI_INSTANCE **)MofgenAllocatePaged(Count * sizeof(**Instances));
        status = STATUS_INSUFFICIENT_RESOURCES;
        if (*Instances != NULL)
        {
            for (i = 0; i < Count; i += 1)
            {
                (VOID)InterlockedIncrement(&instance->References);
                (*Instances)[i] = instance;
                instance = instance->Next;
            }
            status = STATUS_SUCCESS;
        }
    }
    ExReleaseFastMutex(&Wmi->Lock);
    return status;
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiQueryInstances(
    MOFGEN_WMI_DEVICE *Wmi,
    MOFGEN_WMI_CALL *Call,
    ULONG Count,
    ULONG *Lengths)
{
    MOFGEN_REQUEST *request = &Call->Request;
    UCHAR *buffer = (UCHAR *)request->Output;
    MOFGEN_WMI_INSTANCE **instances;
    ULONG size = request->OutSize;
    ULONGLONG end = 0;
    ULONGLONG start;
    NTSTATUS status;
    NTSTATUS worst;
    ULONG used;
    ULONG i;

    PAGED_CODE();

    worst = MofgenWmiReferenceMany(Wmi, Call->Index, Call->InstanceIndex, Count, &instances);
    if (!NT_SUCCESS(worst))
    {
        return worst;
    }
    for (i = 0; i < Count; i += 1)
    {
        start = (end + sizeof(ULONGLONG) - 1) & ~(ULONGLONG)(sizeof(ULONGLONG) - 1);
        MofgenRequestInitialize(
            request, NULL, 0, start < size ? buffer + (ULONG)start : NULL, size - (ULONG)start);
        status = MofgenWmiRunInstance(instances[i], Call);
        used = MofgenRequestComplete(request, status);
        if (!NT_SUCCESS(status))
        {
            // The caller needs the size of all instances, so the others are queried as well.
            worst = NT_SUCCESS(worst) || worst == STATUS_BUFFER_TOO_SMALL ? status : worst;
        }
        else if (used > 0)
        {
            // Zero the padding between instances; do not disclose stale kernel memory.
            RtlZeroMemory(buffer + (ULONG)end, (ULONG)(start - end));
        }
        if (size > 0 && Lengths != NULL)
        {
            Lengths[i] = used;
        }
        end = used > 0 ? start + used : end;
    }
    MofgenFree(instances);
    request->Used = (ULONG)end;
    return end > MAXULONG ? STATUS_INTEGER_OVERFLOW : worst;
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
MOFGEN_PAGED MOFGEN_WMI_REGISTRATION *
MofgenWmiCopyRegistrations(
    MOFGEN_WMI_DEVICE *Wmi,
    ULONG *Count)
{
    MOFGEN_WMI_REGISTRATION *copy;
    MOFGEN_WMI_DEVICE *each;
    ULONG i;

    PAGED_CODE();

    *Count = 0;
    for (each = Wmi; each != NULL; each = each->Next)
    {
        *Count += each->BlockCount;
    }
    copy = (MOFGEN_WMI_REGISTRATION *)MofgenAllocatePaged(*Count * sizeof(*copy));
    if (copy == NULL)
    {
        return NULL;
    }
    *Count = 0;
    for (each = Wmi; each != NULL; each = each->Next)
    {
        ExAcquireFastMutex(&each->Lock);
        for (i = 0; i < each->BlockCount; i += 1)
        {
            copy[*Count] = each->Registrations[i];
            *Count += 1;
        }
        ExReleaseFastMutex(&each->Lock);
    }
    return copy;
}
