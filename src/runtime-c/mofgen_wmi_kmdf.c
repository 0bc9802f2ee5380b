// The part of mofgen's C runtime core for KMDF drivers: registration, instances and their locks, and the framework's
// callbacks. The same for every MOF file; mofgen copies it beside the files that it generates.
#include "mofgen_wmi_kmdf.h"

// The context of every instance. It stays until the last request that has the instance is over, even when the instance is
// deleted meanwhile (KMDF documentation, "Framework Object Life Cycle").
typedef struct _MOFGEN_WMI_INSTANCE
{
    const MOFGEN_WMI_BLOCK *Block;
    MOFGEN_WMI_REGISTRATION *Registration;
    WDFWMIINSTANCE Instance;
    LIST_ENTRY Link;    // in Registration->Instances
    KMUTEX Lock;        // the framework does not serialize the callbacks of an instance
    KMUTEX *DataLock;   // the lock that Query and the Set functions run under; NULL for none
    KMUTEX *MethodLock; // the lock that methods run under; NULL for none
    NTSTATUS (*Query)(WDFWMIINSTANCE Instance, MOFGEN_REQUEST *Request);
} MOFGEN_WMI_INSTANCE;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(MOFGEN_WMI_INSTANCE, MofgenWmiGetInstance)

// The context of every provider object.
typedef struct _MOFGEN_WMI_PROVIDER_BLOCK
{
    const MOFGEN_WMI_BLOCK *Block;
} MOFGEN_WMI_PROVIDER_BLOCK;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(MOFGEN_WMI_PROVIDER_BLOCK, MofgenWmiGetProviderBlock)

static EVT_WDF_WMI_INSTANCE_QUERY_INSTANCE MofgenEvtWmiInstanceQueryInstance;
static EVT_WDF_WMI_INSTANCE_SET_INSTANCE MofgenEvtWmiInstanceSetInstance;
static EVT_WDF_WMI_INSTANCE_SET_ITEM MofgenEvtWmiInstanceSetItem;
static EVT_WDF_WMI_INSTANCE_EXECUTE_METHOD MofgenEvtWmiInstanceExecuteMethod;
static EVT_WDF_WMI_PROVIDER_FUNCTION_CONTROL MofgenEvtWmiProviderFunctionControl;
static EVT_WDF_OBJECT_CONTEXT_CLEANUP MofgenEvtInstanceCleanup;

#ifdef ALLOC_PRAGMA
#pragma alloc_text(PAGE, MofgenWmiInitialize)
#pragma alloc_text(PAGE, MofgenWmiAddInstance)
#pragma alloc_text(PAGE, MofgenWmiRemoveInstance)
#pragma alloc_text(PAGE, MofgenWmiLock)
#pragma alloc_text(PAGE, MofgenWmiUnlock)
#pragma alloc_text(PAGE, MofgenWmiFireFrom)
#pragma alloc_text(PAGE, MofgenWmiFire)
#pragma alloc_text(PAGE, MofgenEvtWmiInstanceQueryInstance)
#pragma alloc_text(PAGE, MofgenEvtWmiInstanceSetInstance)
#pragma alloc_text(PAGE, MofgenEvtWmiInstanceSetItem)
#pragma alloc_text(PAGE, MofgenEvtWmiInstanceExecuteMethod)
#pragma alloc_text(PAGE, MofgenEvtWmiProviderFunctionControl)
#endif

// ---- Locks ----

// A mutex keeps kernel APCs away from its owner, who so cannot be suspended: no critical region is needed around it.
FORCEINLINE
VOID
MofgenWmiWait(
    _Inout_ KMUTEX *Mutex)
{
    (VOID)KeWaitForSingleObject(Mutex, Executive, KernelMode, FALSE, NULL);
}

_Use_decl_annotations_
VOID
MofgenWmiLock(
    WDFWMIINSTANCE Instance)
{
    PAGED_CODE();

    MofgenWmiWait(&MofgenWmiGetInstance(Instance)->Lock);
}

_Use_decl_annotations_
VOID
MofgenWmiUnlock(
    WDFWMIINSTANCE Instance)
{
    PAGED_CODE();

    (VOID)KeReleaseMutex(&MofgenWmiGetInstance(Instance)->Lock, FALSE);
}

// Begins a request that runs under Lock, or under none.
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

// Ends it; gives the bytes of the answer.
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

// The size that a query without room asks for. The framework answers a request for all instances (WNODE_ALL_DATA) by aligning
// each to MEMORY_ALLOCATION_ALIGNMENT, and reports too little when it is called again with just the size that it asked for
// (FxWmiIrpHandler::_QueryAllData in its published source): sizes that are aligned already keep it from losing bytes.
static ULONG
MofgenWmiRequiredSize(
    _In_ ULONG Size)
{
    ULONG rounded = (Size + MEMORY_ALLOCATION_ALIGNMENT - 1) & ~(ULONG)(MEMORY_ALLOCATION_ALIGNMENT - 1);

    return rounded < Size ? Size : rounded;
}

_Use_decl_annotations_
static NTSTATUS NTAPI
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
static NTSTATUS NTAPI
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
static NTSTATUS NTAPI
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
static NTSTATUS NTAPI
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
static NTSTATUS NTAPI
MofgenEvtWmiProviderFunctionControl(
    WDFWMIPROVIDER WmiProvider,
    WDF_WMI_PROVIDER_CONTROL Control,
    BOOLEAN Enable)
{
    PAGED_CODE();

    // The events of a block are enabled and disabled too; nothing is collected for them.
    if (Control != WdfWmiInstanceControl)
    {
        return STATUS_SUCCESS;
    }
    return MofgenWmiGetProviderBlock(WmiProvider)->Block->Collect(WdfWmiProviderGetDevice(WmiProvider), Enable);
}

// ---- Instances ----

// What the device has of the block at Index, NULL when the block is not registered.
static MOFGEN_WMI_REGISTRATION *
MofgenWmiGetRegistration(
    _In_ WDFDEVICE Device,
    _In_ const MOFGEN_WMI_PROVIDER *Provider,
    _In_ ULONG Index)
{
    MOFGEN_WMI_REGISTRATION *registrations =
        (MOFGEN_WMI_REGISTRATION *)WdfObjectGetTypedContextWorker(Device, Provider->DeviceContext->UniqueType);

    return registrations != NULL && registrations[Index].Provider != NULL ? &registrations[Index] : NULL;
}

// Runs when an instance is deleted, by the driver or with its device. Not pageable: it holds a spin lock, as the next two do.
_Use_decl_annotations_
static VOID NTAPI
MofgenEvtInstanceCleanup(
    WDFOBJECT Object)
{
    MOFGEN_WMI_INSTANCE *context = MofgenWmiGetInstance(Object);
    KIRQL irql;

    KeAcquireSpinLock(&context->Registration->Lock, &irql);
    RemoveEntryList(&context->Link);
    InitializeListHead(&context->Link);
    KeReleaseSpinLock(&context->Registration->Lock, irql);
}

static VOID
MofgenWmiListInstance(
    _Inout_ MOFGEN_WMI_INSTANCE *Context)
{
    KIRQL irql;

    KeAcquireSpinLock(&Context->Registration->Lock, &irql);
    InsertTailList(&Context->Registration->Instances, &Context->Link);
    KeReleaseSpinLock(&Context->Registration->Lock, irql);
}

// Gives the oldest instance of the block at Index with a reference to it, or NULL.
static WDFWMIINSTANCE
MofgenWmiReferenceFirst(
    _In_ WDFDEVICE Device,
    _In_ const MOFGEN_WMI_PROVIDER *Provider,
    _In_ ULONG Index)
{
    MOFGEN_WMI_REGISTRATION *registration = MofgenWmiGetRegistration(Device, Provider, Index);
    WDFWMIINSTANCE instance = NULL;
    MOFGEN_WMI_INSTANCE *context;
    KIRQL irql;

    if (registration == NULL)
    {
        return NULL;
    }
    KeAcquireSpinLock(&registration->Lock, &irql);
    if (!IsListEmpty(&registration->Instances))
    {
        context = CONTAINING_RECORD(registration->Instances.Flink, MOFGEN_WMI_INSTANCE, Link);
        instance = context->Instance;
        WdfObjectReference(instance);
    }
    KeReleaseSpinLock(&registration->Lock, irql);
    return instance;
}

_Use_decl_annotations_
WDFWMIINSTANCE
MofgenWmiFirstInstance(
    WDFDEVICE Device,
    const MOFGEN_WMI_PROVIDER *Provider,
    ULONG Index)
{
    WDFWMIINSTANCE instance = MofgenWmiReferenceFirst(Device, Provider, Index);

    if (instance != NULL)
    {
        WdfObjectDereference(instance);
    }
    return instance;
}

// Answers a query of a block without Query: with the binary MOF, without anything in front, since what its class
// (MSWmi_MofData) declares first is its own header. A block with methods alone has no data to show.
static NTSTATUS
MofgenWmiQueryMofData(
    _In_ WDFWMIINSTANCE Instance,
    _Inout_ MOFGEN_REQUEST *Request)
{
    const MOFGEN_WMI_BLOCK *block = MofgenWmiGetInstance(Instance)->Block;

    return MofgenRequestAnswer(Request, block->MofData, block->MofDataSize);
}

// Gives an instance its context and its first values.
static NTSTATUS
MofgenWmiPrepareInstance(
    _In_ WDFWMIINSTANCE Instance,
    _In_ const MOFGEN_WMI_BLOCK *Block,
    _In_ MOFGEN_WMI_REGISTRATION *Registration)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    MOFGEN_WMI_INSTANCE *context;
    NTSTATUS status;

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
    context->Query = Block->Query != NULL ? Block->Query : MofgenWmiQueryMofData;
    context->DataLock = MofgenRunsLocked(Block->Flags, FALSE) ? &context->Lock : NULL;
    context->MethodLock = MofgenRunsLocked(Block->Flags, TRUE) ? &context->Lock : NULL;
    return Block->Create == NULL ? STATUS_SUCCESS : Block->Create(Instance);
}

_Use_decl_annotations_
NTSTATUS
MofgenWmiAddInstance(
    WDFDEVICE Device,
    const MOFGEN_WMI_PROVIDER *Provider,
    ULONG Index,
    WDFWMIINSTANCE *Instance)
{
    MOFGEN_WMI_REGISTRATION *registration = MofgenWmiGetRegistration(Device, Provider, Index);
    const MOFGEN_WMI_BLOCK *block = &Provider->Blocks[Index];
    WDF_WMI_INSTANCE_CONFIG config;
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFWMIINSTANCE instance;
    NTSTATUS status;

    PAGED_CODE();

    *Instance = NULL;
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
    status = MofgenWmiPrepareInstance(instance, block, registration);
    if (NT_SUCCESS(status))
    {
        // Consumers see it from here on.
        status = WdfWmiInstanceRegister(instance);
    }
    if (!NT_SUCCESS(status))
    {
        MOFGEN_TRACE(status, "a new instance", &block->Guid);
        WdfObjectDelete(instance);
        return status;
    }
    MofgenWmiListInstance(MofgenWmiGetInstance(instance));
    *Instance = instance;
    return STATUS_SUCCESS;
}

// Whether Instance is one of the block at Index.
static BOOLEAN
MofgenWmiIsInstanceOf(
    _In_ WDFWMIINSTANCE Instance,
    _In_ const MOFGEN_WMI_PROVIDER *Provider,
    _In_ ULONG Index)
{
    const MOFGEN_WMI_INSTANCE *context = MofgenWmiGetInstance(Instance);

    return context != NULL && context->Block == &Provider->Blocks[Index];
}

_Use_decl_annotations_
NTSTATUS
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

static NTSTATUS
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
        // The device has a provider with this GUID already. That is a success code, but there is no second provider.
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
NTSTATUS
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
    if (status != STATUS_SUCCESS)
    {
        // A context that is there already is a success: this function was called before.
        return NT_SUCCESS(status) ? STATUS_INVALID_DEVICE_REQUEST : status;
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
NTSTATUS
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
NTSTATUS
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
