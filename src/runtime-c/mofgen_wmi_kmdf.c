// mofgen's C runtime core for KMDF drivers: registration, instances and their locks, and the framework's callbacks. The same for
// every MOF file; mofgen copies it next to the files that it generates.
#include "mofgen_wmi_kmdf.h"

// The context of every instance. It stays allocated until the last request for the instance is complete, even when the instance is
// deleted before (KMDF documentation, "Framework Object Life Cycle").
typedef struct _MOFGEN_WMI_INSTANCE
{
    const MOFGEN_WMI_BLOCK *Block;
    MOFGEN_WMI_REGISTRATION *Registration;
    WDFWMIINSTANCE Instance;
    LIST_ENTRY Link;    // in Registration->Instances; an empty list head until it is inserted
    BOOLEAN Deleted;    // set by the cleanup callback; the instance must not be inserted after that
    KMUTEX Lock;        // the framework does not serialize the callbacks of an instance
    KMUTEX *DataLock;   // &Lock when Query and the Set functions run under it, else NULL
    KMUTEX *MethodLock; // &Lock when methods run under it, else NULL
    NTSTATUS (*Query)(WDFWMIINSTANCE Instance, MOFGEN_REQUEST *Request);
} MOFGEN_WMI_INSTANCE;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(MOFGEN_WMI_INSTANCE, MofgenWmiGetInstance)

// The context of every provider object.
typedef struct _MOFGEN_WMI_PROVIDER_BLOCK
{
    const MOFGEN_WMI_BLOCK *Block;
} MOFGEN_WMI_PROVIDER_BLOCK;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(MOFGEN_WMI_PROVIDER_BLOCK, MofgenWmiGetProviderBlock)

MOFGEN_PAGED static EVT_WDF_WMI_INSTANCE_QUERY_INSTANCE MofgenEvtWmiInstanceQueryInstance;
MOFGEN_PAGED static EVT_WDF_WMI_INSTANCE_SET_INSTANCE MofgenEvtWmiInstanceSetInstance;
MOFGEN_PAGED static EVT_WDF_WMI_INSTANCE_SET_ITEM MofgenEvtWmiInstanceSetItem;
MOFGEN_PAGED static EVT_WDF_WMI_INSTANCE_EXECUTE_METHOD MofgenEvtWmiInstanceExecuteMethod;
MOFGEN_PAGED static EVT_WDF_WMI_PROVIDER_FUNCTION_CONTROL MofgenEvtWmiProviderFunctionControl;
static EVT_WDF_OBJECT_CONTEXT_CLEANUP MofgenEvtInstanceCleanup;

// ---- Locks ----

// Acquiring a mutex disables normal kernel APCs, so its owner cannot be suspended: no critical region is needed.
FORCEINLINE
VOID
MofgenWmiWait(
    _Inout_ KMUTEX *Mutex)
{
    (VOID)KeWaitForSingleObject(Mutex, Executive, KernelMode, FALSE, NULL);
}

_Use_decl_annotations_
MOFGEN_PAGED VOID
MofgenWmiLock(
    WDFWMIINSTANCE Instance)
{
    PAGED_CODE();

    MofgenWmiWait(&MofgenWmiGetInstance(Instance)->Lock);
}

_Use_decl_annotations_
MOFGEN_PAGED VOID
MofgenWmiUnlock(
    WDFWMIINSTANCE Instance)
{
    PAGED_CODE();

    (VOID)KeReleaseMutex(&MofgenWmiGetInstance(Instance)->Lock, FALSE);
}

// Begins a request under Lock, which may be NULL.
_When_(Lock != NULL, _Acquires_lock_(*Lock))
FORCEINLINE
VOID
MofgenWmiBegin(
    _Inout_opt_ KMUTEX *Lock)
{
    if (Lock != NULL)
    {
        MofgenWmiWait(Lock);
    }
}

// Ends a request that MofgenWmiBegin began. Returns the size of the output.
_When_(Lock != NULL, _Releases_lock_(*Lock))
FORCEINLINE
ULONG
MofgenWmiEnd(
    _Inout_opt_ KMUTEX *Lock,
    _Inout_ MOFGEN_REQUEST *Request,
    _In_ NTSTATUS Status)
{
    if (Lock != NULL)
    {
        (VOID)KeReleaseMutex(Lock, FALSE);
    }
    return MofgenRequestComplete(Request, Status);
}

// ---- The framework's callbacks ----

// Returns the size to report when the buffer of a query is too small. The framework aligns each instance in a WNODE_ALL_DATA to
// MEMORY_ALLOCATION_ALIGNMENT, but returns too few bytes when its buffer has exactly the size that it reported
// (FxWmiIrpHandler::_QueryAllData in its published source). An aligned size prevents the truncation.
MOFGEN_PAGED static ULONG
MofgenWmiRequiredSize(
    _In_ ULONG Size)
{
    ULONG rounded = (Size + MEMORY_ALLOCATION_ALIGNMENT - 1) & ~(ULONG)(MEMORY_ALLOCATION_ALIGNMENT - 1);

    PAGED_CODE();

    // Rounding up can overflow.
    return rounded < Size ? Size : rounded;
}

_Use_decl_annotations_
MOFGEN_PAGED static NTSTATUS NTAPI
MofgenEvtWmiInstanceQueryInstance(
    WDFWMIINSTANCE WmiInstance,
    ULONG OutBufferSize,
    PVOID OutBuffer,
    PULONG BufferUsed)
{
    const MOFGEN_WMI_INSTANCE *context;
    MOFGEN_REQUEST request;
    NTSTATUS status;
    KMUTEX *lock;

    PAGED_CODE();

    MofgenRequestInitialize(&request, NULL, 0, OutBuffer, OutBufferSize);
    context = MofgenWmiGetInstance(WmiInstance);
    lock = context->DataLock;
    MofgenWmiBegin(lock);
    status = context->Query(WmiInstance, &request);
    *BufferUsed = MofgenWmiEnd(lock, &request, status);
    if (status == STATUS_BUFFER_TOO_SMALL)
    {
        *BufferUsed = MofgenWmiRequiredSize(*BufferUsed);
    }
    return status;
}

_Use_decl_annotations_
MOFGEN_PAGED static NTSTATUS NTAPI
MofgenEvtWmiInstanceSetInstance(
    WDFWMIINSTANCE WmiInstance,
    ULONG InBufferSize,
    PVOID InBuffer)
{
    const MOFGEN_WMI_INSTANCE *context;
    const MOFGEN_WMI_BLOCK *block;
    MOFGEN_REQUEST request;
    NTSTATUS status;
    KMUTEX *lock;

    PAGED_CODE();

    MofgenRequestInitialize(&request, InBuffer, InBufferSize, NULL, 0);
    context = MofgenWmiGetInstance(WmiInstance);
    block = context->Block;
    lock = context->DataLock;
    MofgenWmiBegin(lock);
    status = block->SetInstance(WmiInstance, &request);
    (VOID)MofgenWmiEnd(lock, &request, status);
    return status;
}

_Use_decl_annotations_
MOFGEN_PAGED static NTSTATUS NTAPI
MofgenEvtWmiInstanceSetItem(
    WDFWMIINSTANCE WmiInstance,
    ULONG DataItemId,
    ULONG InBufferSize,
    PVOID InBuffer)
{
    const MOFGEN_WMI_INSTANCE *context;
    const MOFGEN_WMI_BLOCK *block;
    MOFGEN_REQUEST request;
    NTSTATUS status;
    KMUTEX *lock;

    PAGED_CODE();

    MofgenRequestInitialize(&request, InBuffer, InBufferSize, NULL, 0);
    context = MofgenWmiGetInstance(WmiInstance);
    block = context->Block;
    lock = context->DataLock;
    MofgenWmiBegin(lock);
    status = block->SetItem(WmiInstance, DataItemId, &request);
    (VOID)MofgenWmiEnd(lock, &request, status);
    return status;
}

_Use_decl_annotations_
MOFGEN_PAGED static NTSTATUS NTAPI
MofgenEvtWmiInstanceExecuteMethod(
    WDFWMIINSTANCE WmiInstance,
    ULONG MethodId,
    ULONG InBufferSize,
    ULONG OutBufferSize,
    PVOID Buffer,
    PULONG BufferUsed)
{
    const MOFGEN_WMI_INSTANCE *context;
    const MOFGEN_WMI_BLOCK *block;
    MOFGEN_REQUEST request;
    NTSTATUS status;
    KMUTEX *lock;

    PAGED_CODE();

    MofgenRequestInitialize(&request, Buffer, InBufferSize, Buffer, OutBufferSize);
    context = MofgenWmiGetInstance(WmiInstance);
    block = context->Block;
    lock = context->MethodLock;
    MofgenWmiBegin(lock);
    status = block->Execute(WmiInstance, MethodId, &request);
    *BufferUsed = MofgenWmiEnd(lock, &request, status);
    return status;
}

_Use_decl_annotations_
MOFGEN_PAGED static NTSTATUS NTAPI
MofgenEvtWmiProviderFunctionControl(
    WDFWMIPROVIDER WmiProvider,
    WDF_WMI_PROVIDER_CONTROL Control,
    BOOLEAN Enable)
{
    PAGED_CODE();

    // Enabling or disabling events needs no action.
    if (Control != WdfWmiInstanceControl)
    {
        return STATUS_SUCCESS;
    }
    return MofgenMapDriverStatus(
        MofgenWmiGetProviderBlock(WmiProvider)->Block->Collect(WdfWmiProviderGetDevice(WmiProvider), Enable),
        STATUS_UNSUCCESSFUL);
}

// ---- Instances ----

// Returns the device's registration of the block at Index, or NULL when the block is not registered.
_Ret_maybenull_
MOFGEN_PAGED static MOFGEN_WMI_REGISTRATION *
MofgenWmiGetRegistration(
    _In_ WDFDEVICE Device,
    _In_ const MOFGEN_WMI_PROVIDER *Provider,
    _In_ ULONG Index)
{
    MOFGEN_WMI_REGISTRATION *registrations =
        (MOFGEN_WMI_REGISTRATION *)WdfObjectGetTypedContextWorker(Device, Provider->DeviceContext->UniqueType);

    PAGED_CODE();

    return registrations != NULL && registrations[Index].Provider != NULL ? &registrations[Index] : NULL;
}

// Removes an instance from the list when the driver or the device's removal deletes it. This function and the next two are not
// pageable, because they hold a spin lock.
_Use_decl_annotations_
static VOID NTAPI
MofgenEvtInstanceCleanup(
    WDFOBJECT Object)
{
    MOFGEN_WMI_INSTANCE *context = MofgenWmiGetInstance(Object);
    KIRQL irql;

    KeAcquireSpinLock(&context->Registration->Lock, &irql);
    context->Deleted = TRUE;
    (VOID)RemoveEntryList(&context->Link);
    KeReleaseSpinLock(&context->Registration->Lock, irql);
}

// Inserts a new instance into the list, unless it is already deleted.
static VOID
MofgenWmiListInstance(
    _Inout_ MOFGEN_WMI_INSTANCE *Context)
{
    KIRQL irql;

    KeAcquireSpinLock(&Context->Registration->Lock, &irql);
    if (!Context->Deleted)
    {
        InsertTailList(&Context->Registration->Instances, &Context->Link);
    }
    KeReleaseSpinLock(&Context->Registration->Lock, irql);
}

// References and returns the oldest instance in the list, or NULL. The caller releases the reference.
_Ret_maybenull_
static WDFWMIINSTANCE
MofgenWmiReferenceOldest(
    _Inout_ MOFGEN_WMI_REGISTRATION *Registration)
{
    WDFWMIINSTANCE instance = NULL;
    MOFGEN_WMI_INSTANCE *context;
    KIRQL irql;

    KeAcquireSpinLock(&Registration->Lock, &irql);
    if (!IsListEmpty(&Registration->Instances))
    {
        context = CONTAINING_RECORD(Registration->Instances.Flink, MOFGEN_WMI_INSTANCE, Link);
        instance = context->Instance;
        WdfObjectReference(instance);
    }
    KeReleaseSpinLock(&Registration->Lock, irql);
    return instance;
}

// References and returns the oldest instance of the block at Index, or NULL. The caller releases the reference.
_Ret_maybenull_
MOFGEN_PAGED static WDFWMIINSTANCE
MofgenWmiReferenceFirst(
    _In_ WDFDEVICE Device,
    _In_ const MOFGEN_WMI_PROVIDER *Provider,
    _In_ ULONG Index)
{
    MOFGEN_WMI_REGISTRATION *registration;

    PAGED_CODE();

    registration = MofgenWmiGetRegistration(Device, Provider, Index);
    return registration == NULL ? NULL : MofgenWmiReferenceOldest(registration);
}

_Use_decl_annotations_
MOFGEN_PAGED WDFWMIINSTANCE
MofgenWmiFirstInstance(
    WDFDEVICE Device,
    const MOFGEN_WMI_PROVIDER *Provider,
    ULONG Index)
{
    WDFWMIINSTANCE instance;

    PAGED_CODE();

    instance = MofgenWmiReferenceFirst(Device, Provider, Index);
    if (instance != NULL)
    {
        WdfObjectDereference(instance);
    }
    return instance;
}

// Completes a query for a block without a Query function. MSWmi_MofData returns the binary MOF, whose header is the first items of that
// class. WMI queries an instance before it executes its methods. A block that has only methods returns no data, like the framework for
// an instance without EvtWmiInstanceQueryInstance.
MOFGEN_PAGED static NTSTATUS
MofgenWmiQueryDefault(
    _In_ WDFWMIINSTANCE Instance,
    _Inout_ MOFGEN_REQUEST *Request)
{
    const MOFGEN_WMI_BLOCK *block = MofgenWmiGetInstance(Instance)->Block;

    PAGED_CODE();

    return MofgenRequestAnswer(Request, block->MofData, block->MofDataSize);
}

// Initializes an instance's context, then calls the driver's Create.
MOFGEN_PAGED static NTSTATUS
MofgenWmiPrepareInstance(
    _In_ WDFWMIINSTANCE Instance,
    _In_ const MOFGEN_WMI_BLOCK *Block,
    _In_ MOFGEN_WMI_REGISTRATION *Registration)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    MOFGEN_WMI_INSTANCE *context;
    NTSTATUS status;

    PAGED_CODE();

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, MOFGEN_WMI_INSTANCE);
    attributes.EvtCleanupCallback = MofgenEvtInstanceCleanup;
    status = WdfObjectAllocateContext(Instance, &attributes, (PVOID *)&context);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    context->Block = Block;
    context->Registration = Registration;
    context->Instance = Instance;
    InitializeListHead(&context->Link);
    KeInitializeMutex(&context->Lock, 0);
    context->Query = Block->Query != NULL ? Block->Query : MofgenWmiQueryDefault;
    context->DataLock = MofgenRunsLocked(Block->Flags, FALSE) ? &context->Lock : NULL;
    context->MethodLock = MofgenRunsLocked(Block->Flags, TRUE) ? &context->Lock : NULL;
    return Block->Create == NULL
        ? STATUS_SUCCESS
        : MofgenMapDriverStatus(Block->Create(Instance), STATUS_UNSUCCESSFUL);
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiAddInstance(
    WDFDEVICE Device,
    const MOFGEN_WMI_PROVIDER *Provider,
    ULONG Index,
    WDFWMIINSTANCE *Instance)
{
    const MOFGEN_WMI_BLOCK *block = &Provider->Blocks[Index];
    MOFGEN_WMI_REGISTRATION *registration;
    WDF_WMI_INSTANCE_CONFIG config;
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFWMIINSTANCE instance;
    NTSTATUS status;

    PAGED_CODE();

    *Instance = NULL;
    registration = MofgenWmiGetRegistration(Device, Provider, Index);
    if (registration == NULL)
    {
        return STATUS_INVALID_DEVICE_STATE;
    }
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    if (block->Attributes != NULL)
    {
        block->Attributes(&attributes);
    }
    WDF_WMI_INSTANCE_CONFIG_INIT_PROVIDER(&config, registration->Provider);
    if ((block->Flags & MOFGEN_WMI_EVENT) == 0)
    {
        config.EvtWmiInstanceQueryInstance = MofgenEvtWmiInstanceQueryInstance;
    }
    if (block->SetInstance != NULL)
    {
        config.EvtWmiInstanceSetInstance = MofgenEvtWmiInstanceSetInstance;
        config.EvtWmiInstanceSetItem = MofgenEvtWmiInstanceSetItem;
    }
    if (block->Execute != NULL)
    {
        config.EvtWmiInstanceExecuteMethod = MofgenEvtWmiInstanceExecuteMethod;
    }
    status = WdfWmiInstanceCreate(Device, &config, &attributes, &instance);
    if (!NT_SUCCESS(status))
    {
        MOFGEN_TRACE(status, "WdfWmiInstanceCreate", &block->Guid);
        return status;
    }
    // Keep a reference: once the instance is registered, a method of the driver may delete it before this function returns.
    WdfObjectReference(instance);
    status = MofgenWmiPrepareInstance(instance, block, registration);
    if (NT_SUCCESS(status))
    {
        status = WdfWmiInstanceRegister(instance);
    }
    if (NT_SUCCESS(status))
    {
        MofgenWmiListInstance(MofgenWmiGetInstance(instance));
        *Instance = instance;
    }
    else
    {
        MOFGEN_TRACE(status, "a new instance", &block->Guid);
        WdfObjectDelete(instance);
    }
    WdfObjectDereference(instance);
    return status;
}

// Returns TRUE when Instance belongs to the block at Index.
MOFGEN_PAGED static BOOLEAN
MofgenWmiIsInstanceOf(
    _In_ WDFWMIINSTANCE Instance,
    _In_ const MOFGEN_WMI_PROVIDER *Provider,
    _In_ ULONG Index)
{
    const MOFGEN_WMI_INSTANCE *context = MofgenWmiGetInstance(Instance);

    PAGED_CODE();

    return context != NULL && context->Block == &Provider->Blocks[Index];
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiRemoveInstance(
    WDFWMIINSTANCE Instance,
    const MOFGEN_WMI_PROVIDER *Provider,
    ULONG Index)
{
    PAGED_CODE();

    if (!MofgenWmiIsInstanceOf(Instance, Provider, Index))
    {
        return STATUS_INVALID_PARAMETER;
    }
    WdfObjectDelete(Instance);
    return STATUS_SUCCESS;
}

// ---- Registration ----

MOFGEN_PAGED static NTSTATUS
MofgenWmiRegisterBlock(
    _In_ WDFDEVICE Device,
    _In_ const MOFGEN_WMI_PROVIDER *Provider,
    _In_ ULONG Index,
    _Inout_ MOFGEN_WMI_REGISTRATION *Registration)
{
    const MOFGEN_WMI_BLOCK *block = &Provider->Blocks[Index];
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_WMI_PROVIDER_CONFIG config;
    WDFWMIINSTANCE instance;
    NTSTATUS status;

    PAGED_CODE();

    // MinInstanceBufferSize stays 0, so that this file, not the framework, handles a small buffer: see MofgenWmiRequiredSize.
    WDF_WMI_PROVIDER_CONFIG_INIT(&config, &block->Guid);
    if ((block->Flags & MOFGEN_WMI_EVENT) != 0)
    {
        config.Flags |= WdfWmiProviderEventOnly;
    }
    if ((block->Flags & MOFGEN_WMI_EXPENSIVE) != 0)
    {
        config.Flags |= WdfWmiProviderExpensive;
    }
    if (block->Collect != NULL)
    {
        config.EvtWmiProviderFunctionControl = MofgenEvtWmiProviderFunctionControl;
    }
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, MOFGEN_WMI_PROVIDER_BLOCK);
    status = WdfWmiProviderCreate(Device, &config, &attributes, &Registration->Provider);
    if (status == STATUS_OBJECT_NAME_EXISTS)
    {
        // A success code, but the framework created no provider: the device already has one with this GUID.
        status = STATUS_OBJECT_NAME_COLLISION;
    }
    if (!NT_SUCCESS(status))
    {
        MOFGEN_TRACE(status, "WdfWmiProviderCreate", &block->Guid);
        return status;
    }
    MofgenWmiGetProviderBlock(Registration->Provider)->Block = block;
    if ((block->Flags & MOFGEN_WMI_NO_FIRST_INSTANCE) != 0)
    {
        return STATUS_SUCCESS;
    }
    return MofgenWmiAddInstance(Device, Provider, Index, &instance);
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiInitialize(
    WDFDEVICE Device,
    const MOFGEN_WMI_PROVIDER *Provider)
{
    MOFGEN_WMI_REGISTRATION *registrations;
    WDF_OBJECT_ATTRIBUTES attributes;
    UNICODE_STRING name;
    NTSTATUS status;
    ULONG i;

    PAGED_CODE();

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ContextTypeInfo = Provider->DeviceContext->UniqueType;
    status = WdfObjectAllocateContext(Device, &attributes, (PVOID *)&registrations);
    if (status == STATUS_OBJECT_NAME_EXISTS)
    {
        // A success code: the device already has the context, so this function was called before.
        status = STATUS_INVALID_DEVICE_REQUEST;
    }
    if (!NT_SUCCESS(status))
    {
        MOFGEN_TRACE(status, "WdfObjectAllocateContext", NULL);
        return status;
    }
    for (i = 0; i < Provider->BlockCount; i += 1)
    {
        InitializeListHead(&registrations[i].Instances);
        KeInitializeSpinLock(&registrations[i].Lock);
    }
    if (Provider->MofResource != NULL)
    {
        RtlInitUnicodeString(&name, Provider->MofResource);
        status = WdfDeviceAssignMofResourceName(Device, &name);
        if (!NT_SUCCESS(status))
        {
            MOFGEN_TRACE(status, "WdfDeviceAssignMofResourceName", NULL);
        }
    }
    for (i = 0; i < Provider->BlockCount && NT_SUCCESS(status); i += 1)
    {
        status = MofgenWmiRegisterBlock(Device, Provider, i, &registrations[i]);
    }
    return status;
}

// ---- Events ----

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiFireFrom(
    WDFWMIINSTANCE Instance,
    const MOFGEN_WMI_PROVIDER *Provider,
    ULONG Index,
    MOFGEN_WRITE Write,
    const VOID *Data)
{
    MOFGEN_MEMORY memory = {NULL, 0};
    PVOID bytes = NULL;
    NTSTATUS status;
    ULONG size = 0;

    PAGED_CODE();

    if (Instance == NULL)
    {
        return STATUS_INVALID_DEVICE_STATE;
    }
    if (!MofgenWmiIsInstanceOf(Instance, Provider, Index))
    {
        return STATUS_INVALID_PARAMETER;
    }
    status = Write == NULL ? STATUS_SUCCESS : MofgenMeasure(Write, Data, &size);
    if (NT_SUCCESS(status) && size > 0)
    {
        bytes = MofgenMemoryAllocate(&memory, size);
        status = bytes == NULL ? STATUS_INSUFFICIENT_RESOURCES
                               : MofgenEncodeMeasured(Write, Data, size, bytes, &size);
    }
    if (NT_SUCCESS(status))
    {
        status = WdfWmiInstanceFireEvent(Instance, size, bytes);
    }
    MofgenMemoryFree(&memory);
    return status;
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmiFire(
    WDFDEVICE Device,
    const MOFGEN_WMI_PROVIDER *Provider,
    ULONG Index,
    MOFGEN_WRITE Write,
    const VOID *Data)
{
    WDFWMIINSTANCE instance;
    NTSTATUS status;

    PAGED_CODE();

    instance = MofgenWmiReferenceFirst(Device, Provider, Index);
    if (instance == NULL)
    {
        return STATUS_INVALID_DEVICE_STATE;
    }
    status = MofgenWmiFireFrom(instance, Provider, Index, Write, Data);
    WdfObjectDereference(instance);
    return status;
}
