/*
 * The part of KMDF's interface that generated drivers use, as Microsoft's documentation states it, for compilers and
 * machines without Microsoft's headers.
 *
 * Include it after <ntddk.h>: the one of mingw-w64, or the one of the host harness. The same code compiles against the
 * real <wdf.h>. For C alone, like the <ntddk.h> of mingw-w64.
 *
 * Callbacks and functions are NTAPI, which is stdcall on x86. Microsoft's kits compile drivers for x86 with /Gz, which
 * makes stdcall the default ("/Gd, /Gr, /Gv, /Gz (Calling Convention)"), so their types mean stdcall without a word. A
 * compiler without /Gz needs the word, at the type and at each callback's definition.
 */
#ifndef MOFGEN_TEST_WDF_H
#define MOFGEN_TEST_WDF_H

/* C++ gives a const object no external linkage, which the next macro needs. */
#ifdef __cplusplus
#define MOFGEN_WDF_EXTERN extern "C"
#else
#define MOFGEN_WDF_EXTERN
#endif

/* One object for all translation units: selectany where there is PE/COFF, weak elsewhere. */
#ifdef _WIN32
#define MOFGEN_WDF_ANY MOFGEN_WDF_EXTERN __attribute__((selectany))
#else
#define MOFGEN_WDF_ANY MOFGEN_WDF_EXTERN __attribute__((weak))
#endif

#define MOFGEN_WDF_INLINE static __inline __attribute__((unused))

/* ---- Handles (wdftypes.h) ---- */

typedef void *WDFOBJECT, **PWDFOBJECT;
typedef struct WDFDRIVER__ *WDFDRIVER;
typedef struct WDFDEVICE__ *WDFDEVICE;
typedef struct WDFWMIPROVIDER__ *WDFWMIPROVIDER;
typedef struct WDFWMIINSTANCE__ *WDFWMIINSTANCE;
typedef struct WDFWAITLOCK__ *WDFWAITLOCK;
typedef struct WDFDEVICE_INIT *PWDFDEVICE_INIT;

#define WDF_NO_HANDLE (NULL)
#define WDF_NO_OBJECT_ATTRIBUTES (NULL)

/* ---- Statuses (ntstatus.h) that not every ntddk.h has ---- */

#ifndef STATUS_WDF_OBJECT_ATTRIBUTES_INVALID
#define STATUS_WDF_OBJECT_ATTRIBUTES_INVALID ((NTSTATUS)0xC0200209)
#endif
#ifndef STATUS_WDF_PARENT_ASSIGNMENT_NOT_ALLOWED
#define STATUS_WDF_PARENT_ASSIGNMENT_NOT_ALLOWED ((NTSTATUS)0xC020020F)
#endif

/* ---- Objects and their contexts (wdfobject.h) ---- */

typedef enum _WDF_EXECUTION_LEVEL {
    WdfExecutionLevelInvalid = 0x00,
    WdfExecutionLevelInheritFromParent,
    WdfExecutionLevelPassive,
    WdfExecutionLevelDispatch
} WDF_EXECUTION_LEVEL;

typedef enum _WDF_SYNCHRONIZATION_SCOPE {
    WdfSynchronizationScopeInvalid = 0x00,
    WdfSynchronizationScopeInheritFromParent,
    WdfSynchronizationScopeDevice,
    WdfSynchronizationScopeQueue,
    WdfSynchronizationScopeNone
} WDF_SYNCHRONIZATION_SCOPE;

typedef VOID NTAPI EVT_WDF_OBJECT_CONTEXT_CLEANUP(WDFOBJECT Object);
typedef EVT_WDF_OBJECT_CONTEXT_CLEANUP *PFN_WDF_OBJECT_CONTEXT_CLEANUP;

typedef VOID NTAPI EVT_WDF_OBJECT_CONTEXT_DESTROY(WDFOBJECT Object);
typedef EVT_WDF_OBJECT_CONTEXT_DESTROY *PFN_WDF_OBJECT_CONTEXT_DESTROY;

typedef const struct _WDF_OBJECT_CONTEXT_TYPE_INFO *PCWDF_OBJECT_CONTEXT_TYPE_INFO;
typedef PCWDF_OBJECT_CONTEXT_TYPE_INFO(NTAPI *PFN_GET_UNIQUE_CONTEXT_TYPE)(VOID);

typedef struct _WDF_OBJECT_CONTEXT_TYPE_INFO {
    ULONG Size;
    const char *ContextName;
    size_t ContextSize;
    /* Identifies a type; the same in all of a driver. */
    PCWDF_OBJECT_CONTEXT_TYPE_INFO UniqueType;
    PFN_GET_UNIQUE_CONTEXT_TYPE EvtDriverGetUniqueContextType;
} WDF_OBJECT_CONTEXT_TYPE_INFO, *PWDF_OBJECT_CONTEXT_TYPE_INFO;

typedef struct _WDF_OBJECT_ATTRIBUTES {
    ULONG Size;
    PFN_WDF_OBJECT_CONTEXT_CLEANUP EvtCleanupCallback;
    PFN_WDF_OBJECT_CONTEXT_DESTROY EvtDestroyCallback;
    WDF_EXECUTION_LEVEL ExecutionLevel;
    WDF_SYNCHRONIZATION_SCOPE SynchronizationScope;
    WDFOBJECT ParentObject;
    size_t ContextSizeOverride;
    PCWDF_OBJECT_CONTEXT_TYPE_INFO ContextTypeInfo;
} WDF_OBJECT_ATTRIBUTES, *PWDF_OBJECT_ATTRIBUTES;

MOFGEN_WDF_INLINE VOID WDF_OBJECT_ATTRIBUTES_INIT(PWDF_OBJECT_ATTRIBUTES Attributes)
{
    RtlZeroMemory(Attributes, sizeof(WDF_OBJECT_ATTRIBUTES));
    Attributes->Size = sizeof(WDF_OBJECT_ATTRIBUTES);
    Attributes->ExecutionLevel = WdfExecutionLevelInheritFromParent;
    Attributes->SynchronizationScope = WdfSynchronizationScopeInheritFromParent;
}

#define WDF_GET_CONTEXT_TYPE_INFO(_contexttype) (&MofgenWdfTypeInfo_##_contexttype)

#define WDF_OBJECT_ATTRIBUTES_SET_CONTEXT_TYPE(_attributes, _contexttype) \
    (_attributes)->ContextTypeInfo = WDF_GET_CONTEXT_TYPE_INFO(_contexttype)->UniqueType

#define WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(_attributes, _contexttype)    \
    do {                                                                      \
        WDF_OBJECT_ATTRIBUTES_INIT(_attributes);                              \
        WDF_OBJECT_ATTRIBUTES_SET_CONTEXT_TYPE((_attributes), _contexttype);  \
    } while (0)

/* Ends with a function's body, so use it without a semicolon. */
#define WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(_contexttype, _castingfunction)                           \
    MOFGEN_WDF_ANY const WDF_OBJECT_CONTEXT_TYPE_INFO MofgenWdfTypeInfo_##_contexttype = {           \
        sizeof(WDF_OBJECT_CONTEXT_TYPE_INFO), #_contexttype, sizeof(_contexttype),                   \
        &MofgenWdfTypeInfo_##_contexttype, NULL};                                                    \
    MOFGEN_WDF_INLINE _contexttype *_castingfunction(WDFOBJECT Handle)                               \
    {                                                                                                \
        return (_contexttype *)WdfObjectGetTypedContextWorker(                                       \
            Handle, MofgenWdfTypeInfo_##_contexttype.UniqueType);                                    \
    }

#define WDF_DECLARE_CONTEXT_TYPE(_contexttype) \
    WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(_contexttype, WdfObjectGet_##_contexttype)

PVOID NTAPI WdfObjectGetTypedContextWorker(WDFOBJECT Handle, PCWDF_OBJECT_CONTEXT_TYPE_INFO TypeInfo);

#define WdfObjectGetTypedContext(_handle, _type)       \
    ((_type *)WdfObjectGetTypedContextWorker(          \
        (WDFOBJECT)(_handle), WDF_GET_CONTEXT_TYPE_INFO(_type)->UniqueType))

_Must_inspect_result_
NTSTATUS NTAPI WdfObjectAllocateContext(
    WDFOBJECT Handle,
    PWDF_OBJECT_ATTRIBUTES ContextAttributes,
    PVOID *Context);

VOID NTAPI WdfObjectReferenceActual(WDFOBJECT Handle, PVOID Tag, LONG Line, const char *File);
VOID NTAPI WdfObjectDereferenceActual(WDFOBJECT Handle, PVOID Tag, LONG Line, const char *File);

#define WdfObjectReference(_handle) WdfObjectReferenceActual((_handle), NULL, __LINE__, __FILE__)
#define WdfObjectDereference(_handle) WdfObjectDereferenceActual((_handle), NULL, __LINE__, __FILE__)

VOID NTAPI WdfObjectDelete(WDFOBJECT Object);

/* ---- Wait locks (wdfsync.h) ---- */

_Must_inspect_result_
NTSTATUS NTAPI WdfWaitLockCreate(PWDF_OBJECT_ATTRIBUTES LockAttributes, WDFWAITLOCK *Lock);

NTSTATUS NTAPI WdfWaitLockAcquire(WDFWAITLOCK Lock, PLONGLONG Timeout);

VOID NTAPI WdfWaitLockRelease(WDFWAITLOCK Lock);

/* ---- Devices (wdfdevice.h, wdfdriver.h) ---- */

typedef NTSTATUS NTAPI EVT_WDF_DRIVER_DEVICE_ADD(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit);
typedef EVT_WDF_DRIVER_DEVICE_ADD *PFN_WDF_DRIVER_DEVICE_ADD;

_Must_inspect_result_
NTSTATUS NTAPI WdfDeviceCreate(
    PWDFDEVICE_INIT *DeviceInit,
    PWDF_OBJECT_ATTRIBUTES DeviceAttributes,
    WDFDEVICE *Device);

PDEVICE_OBJECT NTAPI WdfDeviceWdmGetDeviceObject(WDFDEVICE Device);

_Must_inspect_result_
NTSTATUS NTAPI WdfDeviceAssignMofResourceName(WDFDEVICE Device, PCUNICODE_STRING MofResourceName);

/* ---- WMI (wdfwmi.h) ---- */

typedef enum _WDF_WMI_PROVIDER_CONTROL {
    WdfWmiControlInvalid = 0,
    WdfWmiEventControl,
    WdfWmiInstanceControl
} WDF_WMI_PROVIDER_CONTROL;

typedef enum _WDF_WMI_PROVIDER_FLAGS {
    WdfWmiProviderEventOnly = 0x0001,
    WdfWmiProviderExpensive = 0x0002,
    WdfWmiProviderTracing = 0x0004
} WDF_WMI_PROVIDER_FLAGS;

typedef NTSTATUS NTAPI EVT_WDF_WMI_PROVIDER_FUNCTION_CONTROL(
    WDFWMIPROVIDER WmiProvider,
    WDF_WMI_PROVIDER_CONTROL Control,
    BOOLEAN Enable);
typedef EVT_WDF_WMI_PROVIDER_FUNCTION_CONTROL *PFN_WDF_WMI_PROVIDER_FUNCTION_CONTROL;

typedef NTSTATUS NTAPI EVT_WDF_WMI_INSTANCE_QUERY_INSTANCE(
    WDFWMIINSTANCE WmiInstance,
    ULONG OutBufferSize,
    PVOID OutBuffer,
    PULONG BufferUsed);
typedef EVT_WDF_WMI_INSTANCE_QUERY_INSTANCE *PFN_WDF_WMI_INSTANCE_QUERY_INSTANCE;

typedef NTSTATUS NTAPI EVT_WDF_WMI_INSTANCE_SET_INSTANCE(
    WDFWMIINSTANCE WmiInstance,
    ULONG InBufferSize,
    PVOID InBuffer);
typedef EVT_WDF_WMI_INSTANCE_SET_INSTANCE *PFN_WDF_WMI_INSTANCE_SET_INSTANCE;

typedef NTSTATUS NTAPI EVT_WDF_WMI_INSTANCE_SET_ITEM(
    WDFWMIINSTANCE WmiInstance,
    ULONG DataItemId,
    ULONG InBufferSize,
    PVOID InBuffer);
typedef EVT_WDF_WMI_INSTANCE_SET_ITEM *PFN_WDF_WMI_INSTANCE_SET_ITEM;

typedef NTSTATUS NTAPI EVT_WDF_WMI_INSTANCE_EXECUTE_METHOD(
    WDFWMIINSTANCE WmiInstance,
    ULONG MethodId,
    ULONG InBufferSize,
    ULONG OutBufferSize,
    PVOID Buffer,
    PULONG BufferUsed);
typedef EVT_WDF_WMI_INSTANCE_EXECUTE_METHOD *PFN_WDF_WMI_INSTANCE_EXECUTE_METHOD;

typedef struct _WDF_WMI_PROVIDER_CONFIG {
    ULONG Size;
    GUID Guid;
    ULONG Flags;
    ULONG MinInstanceBufferSize;
    PFN_WDF_WMI_PROVIDER_FUNCTION_CONTROL EvtWmiProviderFunctionControl;
} WDF_WMI_PROVIDER_CONFIG, *PWDF_WMI_PROVIDER_CONFIG;

MOFGEN_WDF_INLINE VOID WDF_WMI_PROVIDER_CONFIG_INIT(
    PWDF_WMI_PROVIDER_CONFIG Config,
    const GUID *Guid)
{
    RtlZeroMemory(Config, sizeof(WDF_WMI_PROVIDER_CONFIG));
    Config->Size = sizeof(WDF_WMI_PROVIDER_CONFIG);
    Config->Guid = *Guid;
}

typedef struct _WDF_WMI_INSTANCE_CONFIG {
    ULONG Size;
    WDFWMIPROVIDER Provider;
    PWDF_WMI_PROVIDER_CONFIG ProviderConfig;
    BOOLEAN UseContextForQuery;
    BOOLEAN Register;
    PFN_WDF_WMI_INSTANCE_QUERY_INSTANCE EvtWmiInstanceQueryInstance;
    PFN_WDF_WMI_INSTANCE_SET_INSTANCE EvtWmiInstanceSetInstance;
    PFN_WDF_WMI_INSTANCE_SET_ITEM EvtWmiInstanceSetItem;
    PFN_WDF_WMI_INSTANCE_EXECUTE_METHOD EvtWmiInstanceExecuteMethod;
} WDF_WMI_INSTANCE_CONFIG, *PWDF_WMI_INSTANCE_CONFIG;

MOFGEN_WDF_INLINE VOID WDF_WMI_INSTANCE_CONFIG_INIT_PROVIDER(
    PWDF_WMI_INSTANCE_CONFIG Config,
    WDFWMIPROVIDER Provider)
{
    RtlZeroMemory(Config, sizeof(WDF_WMI_INSTANCE_CONFIG));
    Config->Size = sizeof(WDF_WMI_INSTANCE_CONFIG);
    Config->Provider = Provider;
}

MOFGEN_WDF_INLINE VOID WDF_WMI_INSTANCE_CONFIG_INIT_PROVIDER_CONFIG(
    PWDF_WMI_INSTANCE_CONFIG Config,
    PWDF_WMI_PROVIDER_CONFIG ProviderConfig)
{
    RtlZeroMemory(Config, sizeof(WDF_WMI_INSTANCE_CONFIG));
    Config->Size = sizeof(WDF_WMI_INSTANCE_CONFIG);
    Config->ProviderConfig = ProviderConfig;
}

_Must_inspect_result_
NTSTATUS NTAPI WdfWmiProviderCreate(
    WDFDEVICE Device,
    PWDF_WMI_PROVIDER_CONFIG WmiProviderConfig,
    PWDF_OBJECT_ATTRIBUTES ProviderAttributes,
    WDFWMIPROVIDER *WmiProvider);

WDFDEVICE NTAPI WdfWmiProviderGetDevice(WDFWMIPROVIDER WmiProvider);

BOOLEAN NTAPI WdfWmiProviderIsEnabled(
    WDFWMIPROVIDER WmiProvider,
    WDF_WMI_PROVIDER_CONTROL ProviderControl);

ULONGLONG NTAPI WdfWmiProviderGetTracingHandle(WDFWMIPROVIDER WmiProvider);

_Must_inspect_result_
NTSTATUS NTAPI WdfWmiInstanceCreate(
    WDFDEVICE Device,
    PWDF_WMI_INSTANCE_CONFIG InstanceConfig,
    PWDF_OBJECT_ATTRIBUTES InstanceAttributes,
    WDFWMIINSTANCE *Instance);

_Must_inspect_result_
NTSTATUS NTAPI WdfWmiInstanceRegister(WDFWMIINSTANCE WmiInstance);

VOID NTAPI WdfWmiInstanceDeregister(WDFWMIINSTANCE WmiInstance);

WDFDEVICE NTAPI WdfWmiInstanceGetDevice(WDFWMIINSTANCE WmiInstance);

WDFWMIPROVIDER NTAPI WdfWmiInstanceGetProvider(WDFWMIINSTANCE WmiInstance);

_Must_inspect_result_
NTSTATUS NTAPI WdfWmiInstanceFireEvent(
    WDFWMIINSTANCE WmiInstance,
    ULONG EventDataSize,
    PVOID EventData);

/*
 * Writes a counted string at the start of the buffer: the length as a USHORT, then the characters without a NUL.
 * RequiredSize is always stored; too little room is STATUS_BUFFER_TOO_SMALL.
 */
MOFGEN_WDF_INLINE NTSTATUS WDF_WMI_BUFFER_APPEND_STRING(
    PVOID Buffer,
    ULONG BufferLength,
    PCUNICODE_STRING String,
    PULONG RequiredSize)
{
    *RequiredSize = (ULONG)sizeof(USHORT) + String->Length;
    if (BufferLength < *RequiredSize) {
        return STATUS_BUFFER_TOO_SMALL;
    }
    RtlCopyMemory(Buffer, &String->Length, sizeof(USHORT));
    if (String->Length > 0) {
        RtlCopyMemory((PUCHAR)Buffer + sizeof(USHORT), String->Buffer, String->Length);
    }
    return STATUS_SUCCESS;
}

#endif
