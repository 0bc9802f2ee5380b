/*
 * The part of the kernel's interface that drivers with WMI blocks use: memory, locks, devices, requests. The host harness
 * implements the functions, and checks how they are called.
 */
#ifndef MOFGEN_HOST_WDM_H
#define MOFGEN_HOST_WDM_H

#include <ntdef.h>
#include <ntstatus.h>

/* ---- Memory and strings ---- */

#define RtlCopyMemory(destination, source, length) memcpy((destination), (source), (length))
#define RtlMoveMemory(destination, source, length) memmove((destination), (source), (length))
#define RtlFillMemory(destination, length, fill) memset((destination), (fill), (length))
#define RtlZeroMemory(destination, length) memset((destination), 0, (length))
#define RtlEqualMemory(left, right, length) (memcmp((left), (right), (length)) == 0)

PVOID NTAPI RtlSecureZeroMemory(PVOID Pointer, SIZE_T Size);
/* The number of leading bytes that are equal. */
SIZE_T NTAPI RtlCompareMemory(const VOID *Source1, const VOID *Source2, SIZE_T Length);

VOID NTAPI RtlInitUnicodeString(PUNICODE_STRING DestinationString, PCWSTR SourceString);
VOID NTAPI RtlCopyUnicodeString(PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString);
NTSTATUS NTAPI RtlUpcaseUnicodeString(
    PUNICODE_STRING DestinationString,
    PCUNICODE_STRING SourceString,
    BOOLEAN AllocateDestinationString);

typedef enum _POOL_TYPE {
    NonPagedPool = 0,
    PagedPool = 1,
    NonPagedPoolNx = 512
} POOL_TYPE;

/*
 * Which kit this is. With HOST_CURRENT_KIT it is one since Windows 10, version 2004, as "Updating Deprecated ExAllocatePool
 * Calls to ExAllocatePool2 and ExAllocatePool3" describes it: ExAllocatePool2 for drivers that need that version
 * (NTDDI_VERSION), ExAllocatePoolZero for all, which zeroes on older systems with POOL_ZERO_DOWN_LEVEL_SUPPORT alone, and
 * ExAllocatePoolWithTag deprecated (C4996, an error in projects of the kit). Else it is an older one, which has no more than
 * ExAllocatePoolWithTag; mingw-w64 is such a kit.
 */
#ifdef HOST_CURRENT_KIT
#ifndef NTDDI_VERSION
#define NTDDI_VERSION NTDDI_WIN10_VB
#endif
#define HOST_DEPRECATED_POOL \
    __attribute__((deprecated("ExAllocatePoolWithTag is deprecated, use ExAllocatePool2.")))
#else
#define HOST_DEPRECATED_POOL
#endif

/* Windows 10, version 2004 (sdkddkver.h). */
#define NTDDI_WIN10_VB 0x0A000008

HOST_DEPRECATED_POOL
PVOID NTAPI ExAllocatePoolWithTag(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag);
VOID NTAPI ExFreePoolWithTag(PVOID P, ULONG Tag);
VOID NTAPI ExFreePool(PVOID P);

#ifdef HOST_CURRENT_KIT

typedef ULONG64 POOL_FLAGS;

#define POOL_FLAG_UNINITIALIZED 0x0000000000000002ull
#define POOL_FLAG_NON_PAGED 0x0000000000000040ull
#define POOL_FLAG_PAGED 0x0000000000000100ull

/* In a pool type; systems before Windows 10, version 2004, ignore it. */
#define POOL_ZERO_ALLOCATION 1024

#if NTDDI_VERSION >= NTDDI_WIN10_VB
/* Zeroed, but with POOL_FLAG_UNINITIALIZED. */
PVOID NTAPI ExAllocatePool2(POOL_FLAGS Flags, SIZE_T NumberOfBytes, ULONG Tag);
#endif

/* ExAllocatePoolWithTag, which the kit calls without a warning. */
PVOID NTAPI host_allocate_pool(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag);

FORCEINLINE PVOID NTAPI ExAllocatePoolZero(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag)
{
    PVOID memory =
        host_allocate_pool((POOL_TYPE)(PoolType | POOL_ZERO_ALLOCATION), NumberOfBytes, Tag);
#ifdef POOL_ZERO_DOWN_LEVEL_SUPPORT
    if (memory != NULL) {
        RtlZeroMemory(memory, NumberOfBytes);
    }
#endif
    return memory;
}

#endif

/* ---- Interrupt request levels ---- */

typedef UCHAR KIRQL, *PKIRQL;

#define PASSIVE_LEVEL 0
#define LOW_LEVEL 0
#define APC_LEVEL 1
#define DISPATCH_LEVEL 2

KIRQL NTAPI KeGetCurrentIrql(VOID);

/* Stops the program above APC_LEVEL. */
VOID host_paged_code(const char *file, int line);
#define PAGED_CODE() host_paged_code(__FILE__, __LINE__)

DECLSPEC_NORETURN VOID host_assertion_failed(const char *expression, const char *file, int line);
#define ASSERT(expression) ((expression) ? (void)0 : host_assertion_failed(#expression, __FILE__, __LINE__))
#define ASSERTMSG(message, expression) ((expression) ? (void)0 : host_assertion_failed(message, __FILE__, __LINE__))
#define NT_ASSERT(expression) ASSERT(expression)

/* ---- Locks ---- */

typedef struct _KMUTANT {
    ULONG Initialized;
    LONG Depth;
    PVOID Owner;
} KMUTANT, *PKMUTANT, KMUTEX, *PKMUTEX, *PRKMUTEX;

typedef struct _FAST_MUTEX {
    ULONG Initialized;
    KIRQL OldIrql;
    PVOID Owner;
} FAST_MUTEX, *PFAST_MUTEX;

typedef struct _KSPIN_LOCK {
    ULONG Initialized;
    PVOID Owner;
} KSPIN_LOCK, *PKSPIN_LOCK;

typedef enum _KWAIT_REASON { Executive } KWAIT_REASON;
typedef CCHAR KPROCESSOR_MODE;
typedef enum _MODE { KernelMode, UserMode, MaximumMode } MODE;

VOID NTAPI KeInitializeMutex(PRKMUTEX Mutex, ULONG Level);
LONG NTAPI KeReleaseMutex(PRKMUTEX Mutex, BOOLEAN Wait);
/* Waits for a mutex; other objects are not supported here. */
NTSTATUS NTAPI KeWaitForSingleObject(
    PVOID Object,
    KWAIT_REASON WaitReason,
    KPROCESSOR_MODE WaitMode,
    BOOLEAN Alertable,
    PLARGE_INTEGER Timeout);

VOID NTAPI ExInitializeFastMutex(PFAST_MUTEX FastMutex);
VOID NTAPI ExAcquireFastMutex(PFAST_MUTEX FastMutex);
VOID NTAPI ExReleaseFastMutex(PFAST_MUTEX FastMutex);

VOID NTAPI KeInitializeSpinLock(PKSPIN_LOCK SpinLock);
VOID NTAPI host_acquire_spin_lock(PKSPIN_LOCK SpinLock, PKIRQL OldIrql);
#define KeAcquireSpinLock(lock, old) host_acquire_spin_lock((lock), (old))
VOID NTAPI KeReleaseSpinLock(PKSPIN_LOCK SpinLock, KIRQL NewIrql);

#define InterlockedIncrement(target) __atomic_add_fetch((target), 1, __ATOMIC_SEQ_CST)
#define InterlockedDecrement(target) __atomic_sub_fetch((target), 1, __ATOMIC_SEQ_CST)
#define InterlockedExchange(target, value) __atomic_exchange_n((target), (value), __ATOMIC_SEQ_CST)

VOID NTAPI KeQuerySystemTime(PLARGE_INTEGER CurrentTime);

/* ---- Devices and requests ---- */

struct _DRIVER_OBJECT;
struct _IRP;

typedef struct _DEVICE_OBJECT {
    CSHORT Type;
    USHORT Size;
    LONG ReferenceCount;
    struct _DRIVER_OBJECT *DriverObject;
    ULONG Flags;
    PVOID DeviceExtension;
    CCHAR StackSize;
} DEVICE_OBJECT, *PDEVICE_OBJECT;

typedef NTSTATUS(NTAPI DRIVER_DISPATCH)(PDEVICE_OBJECT DeviceObject, struct _IRP *Irp);
typedef DRIVER_DISPATCH *PDRIVER_DISPATCH;

#define IRP_MJ_SYSTEM_CONTROL 0x17
#define IRP_MJ_PNP 0x1b
#define IRP_MJ_MAXIMUM_FUNCTION 0x1b

#define IRP_MN_QUERY_ALL_DATA 0x00
#define IRP_MN_QUERY_SINGLE_INSTANCE 0x01
#define IRP_MN_CHANGE_SINGLE_INSTANCE 0x02
#define IRP_MN_CHANGE_SINGLE_ITEM 0x03
#define IRP_MN_ENABLE_EVENTS 0x04
#define IRP_MN_DISABLE_EVENTS 0x05
#define IRP_MN_ENABLE_COLLECTION 0x06
#define IRP_MN_DISABLE_COLLECTION 0x07
#define IRP_MN_REGINFO 0x08
#define IRP_MN_EXECUTE_METHOD 0x09
#define IRP_MN_REGINFO_EX 0x0b

typedef struct _DRIVER_OBJECT {
    CSHORT Type;
    CSHORT Size;
    PDRIVER_DISPATCH MajorFunction[IRP_MJ_MAXIMUM_FUNCTION + 1];
} DRIVER_OBJECT, *PDRIVER_OBJECT;

typedef struct _IO_STATUS_BLOCK {
    NTSTATUS Status;
    ULONG_PTR Information;
} IO_STATUS_BLOCK, *PIO_STATUS_BLOCK;

typedef struct _IO_STACK_LOCATION {
    UCHAR MajorFunction;
    UCHAR MinorFunction;
    UCHAR Flags;
    UCHAR Control;
    union {
        struct {
            ULONG_PTR ProviderId;
            PVOID DataPath;
            ULONG BufferSize;
            PVOID Buffer;
        } WMI;
    } Parameters;
    PDEVICE_OBJECT DeviceObject;
} IO_STACK_LOCATION, *PIO_STACK_LOCATION;

typedef struct _IRP {
    CSHORT Type;
    USHORT Size;
    IO_STATUS_BLOCK IoStatus;
    CCHAR StackCount;
    CCHAR CurrentLocation;
    BOOLEAN PendingReturned;
    union {
        struct {
            PIO_STACK_LOCATION CurrentStackLocation;
        } Overlay;
    } Tail;
    IO_STACK_LOCATION StackLocations[4];
} IRP, *PIRP;

#define IO_NO_INCREMENT 0

/* Inline in wdm.h as well. */
FORCEINLINE PIO_STACK_LOCATION IoGetCurrentIrpStackLocation(PIRP Irp)
{
    return Irp->Tail.Overlay.CurrentStackLocation;
}

VOID NTAPI IoSkipCurrentIrpStackLocation(PIRP Irp);
VOID NTAPI IoCopyCurrentIrpStackLocationToNext(PIRP Irp);
VOID NTAPI IoMarkIrpPending(PIRP Irp);
NTSTATUS NTAPI IoCallDriver(PDEVICE_OBJECT DeviceObject, PIRP Irp);
VOID NTAPI IoCompleteRequest(PIRP Irp, CCHAR PriorityBoost);

LONG_PTR NTAPI ObReferenceObject(PVOID Object);
LONG_PTR NTAPI ObDereferenceObject(PVOID Object);

/* ---- WMI ---- */

#define WMIREG_ACTION_REGISTER 1
#define WMIREG_ACTION_DEREGISTER 2
#define WMIREG_ACTION_REREGISTER 3
#define WMIREG_ACTION_UPDATE_GUIDS 4
#define WMIREG_ACTION_BLOCK_IRPS 5

#define WMIREGISTER 0
#define WMIUPDATE 1

NTSTATUS NTAPI IoWMIRegistrationControl(PDEVICE_OBJECT DeviceObject, ULONG Action);
/* With a success status the block is the system's, which frees it. */
NTSTATUS NTAPI IoWMIWriteEvent(PVOID WnodeEventItem);
ULONG NTAPI IoWMIDeviceObjectToProviderId(PDEVICE_OBJECT DeviceObject);

#endif
