/* Rows and faults about threads that run driver code at once; ThreadSanitizer sees what locks do not order. */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <time.h>

#include "selftest.h"

#include <wdf.h>
#include <wmilib.h>

#include "../host/host.h"

#define THREADS 4
#define ROUNDS 200

#define TAG 0x74736554

/* Runs the routine in so many threads, and waits for their end. */
static VOID run_threads(PVOID (*routine)(PVOID))
{
    pthread_t threads[THREADS];
    for (size_t i = 0; i < THREADS; i++) {
        host_check(pthread_create(&threads[i], NULL, routine, NULL) == 0, "no thread");
    }
    for (size_t i = 0; i < THREADS; i++) {
        host_check(pthread_join(threads[i], NULL) == 0, "no end");
    }
}

/* ---- Mutexes ---- */

static KMUTEX mutex;
/* Guarded by the lock of each row. */
static ULONG counter;

static NTSTATUS wait(LONGLONG *units)
{
    LARGE_INTEGER timeout;
    timeout.QuadPart = units == NULL ? 0 : *units;
    return KeWaitForSingleObject(
        &mutex, Executive, KernelMode, FALSE, units == NULL ? NULL : &timeout);
}

static PVOID count_under_mutex(PVOID nothing)
{
    for (ULONG i = 0; i < ROUNDS; i++) {
        EXPECT_STATUS(wait(NULL), STATUS_SUCCESS);
        EXPECT_STATUS(wait(NULL), STATUS_SUCCESS);
        EXPECT_NUMBER(host_held_locks(), 2);
        counter++;
        EXPECT_NUMBER((ULONG)KeReleaseMutex(&mutex, FALSE), (ULONG)-1);
        counter++;
        EXPECT_NUMBER(KeReleaseMutex(&mutex, FALSE), 0);
        EXPECT_NUMBER(host_held_locks(), 0);
    }
    return nothing;
}

static VOID one_thread_at_a_time(VOID)
{
    KeInitializeMutex(&mutex, 0);
    counter = 0;
    run_threads(count_under_mutex);
    EXPECT_NUMBER(counter, 2 * THREADS * ROUNDS);
}

static BOOLEAN stop;

/* Holds the mutex until `stop`. */
static PVOID hold_mutex(PVOID started)
{
    const struct timespec pause = {0, 100000};
    EXPECT_STATUS(wait(NULL), STATUS_SUCCESS);
    __atomic_store_n((BOOLEAN *)started, TRUE, __ATOMIC_RELEASE);
    while (!__atomic_load_n(&stop, __ATOMIC_ACQUIRE)) {
        nanosleep(&pause, NULL);
    }
    KeReleaseMutex(&mutex, FALSE);
    return NULL;
}

static pthread_t start_holder(VOID)
{
    BOOLEAN started = FALSE;
    pthread_t holder;
    KeInitializeMutex(&mutex, 0);
    stop = FALSE;
    host_check(pthread_create(&holder, NULL, hold_mutex, &started) == 0, "no thread");
    while (!__atomic_load_n(&started, __ATOMIC_ACQUIRE)) {
    }
    return holder;
}

static VOID waits_end(VOID)
{
    LONGLONG now = 0;
    LONGLONG one_millisecond = -10000;
    pthread_t holder = start_holder();
    EXPECT_STATUS(wait(&now), STATUS_TIMEOUT);
    host_set_irql(DISPATCH_LEVEL);
    EXPECT_STATUS(wait(&now), STATUS_TIMEOUT);
    host_set_irql(PASSIVE_LEVEL);
    EXPECT_STATUS(wait(&one_millisecond), STATUS_TIMEOUT);
    EXPECT_NUMBER(host_held_locks(), 0);
    __atomic_store_n(&stop, TRUE, __ATOMIC_RELEASE);
    EXPECT_STATUS(wait(NULL), STATUS_SUCCESS);
    KeReleaseMutex(&mutex, FALSE);
    pthread_join(holder, NULL);
}

/* ---- KMDF ---- */

/* The mutex lies in the context: a lock that is the instance's child goes with its deletion, while requests still run. */
typedef struct shared {
    KMUTEX mutex;
    ULONG value;
} shared;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(shared, shared_of)

static EVT_WDF_WMI_INSTANCE_QUERY_INSTANCE query_locked;
static EVT_WDF_WMI_INSTANCE_QUERY_INSTANCE query_unlocked;

static WDFDEVICE device;
static WDFWMIPROVIDER provider;
/* The device's child, which outlives all requests. */
static WDFWAITLOCK device_lock;

static NTSTATUS NTAPI query_unlocked(WDFWMIINSTANCE WmiInstance, ULONG OutBufferSize, PVOID OutBuffer, PULONG BufferUsed)
{
    host_check(OutBufferSize >= sizeof(ULONG), "room");
    shared_of(WmiInstance)->value++;
    memcpy(OutBuffer, &shared_of(WmiInstance)->value, sizeof(ULONG));
    *BufferUsed = sizeof(ULONG);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI query_locked(WDFWMIINSTANCE WmiInstance, ULONG OutBufferSize, PVOID OutBuffer, PULONG BufferUsed)
{
    KMUTEX *own = &shared_of(WmiInstance)->mutex;
    PUCHAR scratch = ExAllocatePoolWithTag(PagedPool, 8, TAG);
    host_check(scratch != NULL, "memory");
    EXPECT_STATUS(KeWaitForSingleObject(own, Executive, KernelMode, FALSE, NULL), STATUS_SUCCESS);
    NTSTATUS status = query_unlocked(WmiInstance, OutBufferSize, OutBuffer, BufferUsed);
    KeReleaseMutex(own, FALSE);
    EXPECT_STATUS(WdfWaitLockAcquire(device_lock, NULL), STATUS_SUCCESS);
    counter++;
    WdfWaitLockRelease(device_lock);
    ExFreePoolWithTag(scratch, TAG);
    return status;
}

static WDFWMIINSTANCE add(PFN_WDF_WMI_INSTANCE_QUERY_INSTANCE query)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_WMI_INSTANCE_CONFIG config;
    WDFWMIINSTANCE instance = NULL;
    WDF_WMI_INSTANCE_CONFIG_INIT_PROVIDER(&config, provider);
    config.EvtWmiInstanceQueryInstance = query;
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, shared);
    EXPECT_STATUS(WdfWmiInstanceCreate(device, &config, &attributes, &instance), STATUS_SUCCESS);
    KeInitializeMutex(&shared_of(instance)->mutex, 0);
    EXPECT_STATUS(WdfWmiInstanceRegister(instance), STATUS_SUCCESS);
    return instance;
}

static VOID make_device(VOID)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_WMI_PROVIDER_CONFIG config;
    device = host_wdf_device();
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = device;
    EXPECT_STATUS(WdfWaitLockCreate(&attributes, &device_lock), STATUS_SUCCESS);
    counter = 0;
    WDF_WMI_PROVIDER_CONFIG_INIT(&config, &block_guid);
    EXPECT_STATUS(
        WdfWmiProviderCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, &provider), STATUS_SUCCESS);
}

/* One query of the first instance; its value. */
static ULONG query(VOID)
{
    ULONG size;
    PVOID buffer = host_build_wnode(
        IRP_MN_QUERY_SINGLE_INSTANCE, &block_guid, 0, 0, NULL, 0, 8, &size);
    EXPECT_STATUS(
        host_wdf_send(device, IRP_MN_QUERY_SINGLE_INSTANCE, &block_guid, buffer, size, NULL),
        STATUS_SUCCESS);
    ULONG value = field(buffer, 64);
    free(buffer);
    return value;
}

static PVOID query_all(VOID)
{
    UCHAR buffer[512];
    memset(buffer, 0, sizeof(buffer));
    EXPECT_STATUS(
        host_wdf_send(device, IRP_MN_QUERY_ALL_DATA, &block_guid, buffer, sizeof(buffer), NULL),
        STATUS_SUCCESS);
    return NULL;
}

/* Queries, more instances that come and go, and events, in every thread. */
static PVOID use_device(PVOID nothing)
{
    UCHAR event = 1;
    for (ULONG i = 0; i < ROUNDS; i++) {
        query();
        if (i % 8 == 0) {
            WDFWMIINSTANCE more = add(query_locked);
            query_all();
            EXPECT_STATUS(WdfWmiInstanceFireEvent(more, sizeof(event), &event), STATUS_SUCCESS);
            WdfObjectDelete(more);
        }
    }
    return nothing;
}

static VOID kmdf_threads(VOID)
{
    make_device();
    add(query_locked);
    run_threads(use_device);
    host_check(query() > THREADS * ROUNDS, "every query counts");
    host_check(counter > THREADS * ROUNDS, "so do those of other instances");
    EXPECT_NUMBER(host_event_count(), THREADS * ((ULONG)ROUNDS / 8));
    WdfObjectDelete(device);
}

/* ---- WMILIB ---- */

static WMI_QUERY_REGINFO_CALLBACK query_reginfo;
static WMI_QUERY_DATABLOCK_CALLBACK query_data_block;
static DRIVER_DISPATCH system_control;

static NTSTATUS NTAPI query_reginfo(
    PDEVICE_OBJECT DeviceObject,
    PULONG RegFlags,
    PUNICODE_STRING InstanceName,
    PUNICODE_STRING *RegistryPath,
    PUNICODE_STRING MofResourceName,
    PDEVICE_OBJECT *Pdo)
{
    static UNICODE_STRING path = RTL_CONSTANT_STRING(L"path");
    (void)InstanceName;
    (void)MofResourceName;
    *RegFlags = WMIREG_FLAG_INSTANCE_PDO;
    *RegistryPath = &path;
    *Pdo = host_wmilib_lower_device(DeviceObject);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI query_data_block(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    ULONG GuidIndex,
    ULONG InstanceIndex,
    ULONG InstanceCount,
    PULONG InstanceLengthArray,
    ULONG BufferAvail,
    PUCHAR Buffer)
{
    KMUTEX *guard = DeviceObject->DeviceExtension;
    (void)GuidIndex;
    (void)InstanceIndex;
    host_check(InstanceCount == 1 && BufferAvail >= sizeof(ULONG), "one instance, and room for it");
    EXPECT_STATUS(KeWaitForSingleObject(guard, Executive, KernelMode, FALSE, NULL), STATUS_SUCCESS);
    counter++;
    memcpy(Buffer, &counter, sizeof(ULONG));
    KeReleaseMutex(guard, FALSE);
    *InstanceLengthArray = sizeof(ULONG);
    return WmiCompleteRequest(DeviceObject, Irp, STATUS_SUCCESS, sizeof(ULONG), IO_NO_INCREMENT);
}

static NTSTATUS NTAPI system_control(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    static WMIGUIDREGINFO blocks[] = {{&block_guid, 1, 0}};
    WMILIB_CONTEXT context;
    SYSCTL_IRP_DISPOSITION disposition;
    memset(&context, 0, sizeof(context));
    context.GuidCount = 1;
    context.GuidList = blocks;
    context.QueryWmiRegInfo = query_reginfo;
    context.QueryWmiDataBlock = query_data_block;
    NTSTATUS status = WmiSystemControl(&context, DeviceObject, Irp, &disposition);
    if (disposition == IrpNotCompleted) {
        IoCompleteRequest(Irp, IO_NO_INCREMENT);
    }
    return status;
}

static PDEVICE_OBJECT wmilib_device;

static PVOID use_wmilib_device(PVOID nothing)
{
    for (ULONG i = 0; i < ROUNDS; i++) {
        ULONG size;
        PVOID buffer = host_build_wnode(
            IRP_MN_QUERY_SINGLE_INSTANCE, &block_guid, 0, 0, NULL, 0, 8, &size);
        EXPECT_STATUS(
            host_wmilib_send(
                wmilib_device, IRP_MN_QUERY_SINGLE_INSTANCE, &block_guid, buffer, size, NULL),
            STATUS_SUCCESS);
        EXPECT_NUMBER(host_wmilib_last_disposition(), IrpProcessed);
        host_check(field(buffer, 64) > 0, "a value");
        free(buffer);
        if (i % 8 == 0) {
            PUCHAR event = ExAllocatePoolWithTag(NonPagedPoolNx, 1, TAG);
            *event = 1;
            EXPECT_STATUS(WmiFireEvent(wmilib_device, &block_guid, 0, 1, event), STATUS_SUCCESS);
        }
    }
    return nothing;
}

static VOID wmilib_threads(VOID)
{
    wmilib_device = host_wmilib_device(system_control, sizeof(KMUTEX));
    KeInitializeMutex(wmilib_device->DeviceExtension, 0);
    EXPECT_STATUS(
        IoWMIRegistrationControl(wmilib_device, WMIREG_ACTION_REGISTER), STATUS_SUCCESS);
    counter = 0;
    run_threads(use_wmilib_device);
    EXPECT_NUMBER(counter, THREADS * ROUNDS);
    EXPECT_STATUS(
        IoWMIRegistrationControl(wmilib_device, WMIREG_ACTION_DEREGISTER), STATUS_SUCCESS);
    host_wmilib_delete_device(wmilib_device);
}

const row thread_rows[] = {
    {"threads mutex", one_thread_at_a_time},
    {"threads waits", waits_end},
    {"threads kmdf", kmdf_threads},
    {"threads wmilib", wmilib_threads},
    {NULL, NULL},
};

/* ---- Faults ---- */

static VOID release_mutex_of_another_thread(VOID)
{
    start_holder();
    KeReleaseMutex(&mutex, FALSE);
}

static PVOID query_often(PVOID nothing)
{
    for (ULONG i = 0; i < ROUNDS; i++) {
        query();
    }
    return nothing;
}

/* For ThreadSanitizer alone. */
static VOID callbacks_without_a_lock(VOID)
{
    make_device();
    add(query_unlocked);
    run_threads(query_often);
    WdfObjectDelete(device);
}

const fault thread_faults[] = {
    {"release mutex of another thread", release_mutex_of_another_thread},
    {"callbacks without a lock", callbacks_without_a_lock},
    {NULL, NULL},
};
