/* Mistakes that drivers make: the harness or a sanitizer has to stop each of them. */
#include "gauge-wmilib.h"
#include "selftest.h"

#include <wdf.h>

#include "../host/host.h"

#define TAG 0x74736554

static volatile UCHAR sink;

/* ---- Memory ---- */

static VOID read_past_a_block(VOID)
{
    PUCHAR block = ExAllocatePoolWithTag(PagedPool, 3, TAG);
    sink = block[3];
}

static VOID free_twice(VOID)
{
    PVOID block = ExAllocatePoolWithTag(PagedPool, 3, TAG);
    ExFreePoolWithTag(block, TAG);
    ExFreePoolWithTag(block, TAG);
}

static VOID free_with_another_tag(VOID)
{
    ExFreePoolWithTag(ExAllocatePoolWithTag(PagedPool, 3, TAG), TAG + 1);
}

static VOID allocate_nothing(VOID)
{
    ExAllocatePoolWithTag(PagedPool, 0, TAG);
}

static VOID allocate_without_tag(VOID)
{
    ExAllocatePoolWithTag(PagedPool, 1, 0);
}

static VOID allocate_paged_at_dispatch(VOID)
{
    host_set_irql(DISPATCH_LEVEL);
    ExAllocatePoolWithTag(PagedPool, 1, TAG);
}

static VOID leak_a_block(VOID)
{
    ExAllocatePoolWithTag(PagedPool, 5, TAG);
    host_expect_nothing_left();
}

static VOID paged_code_at_dispatch(VOID)
{
    host_set_irql(DISPATCH_LEVEL);
    PAGED_CODE();
}

static VOID failed_assertion(VOID)
{
    NT_ASSERT(sink == 99);
}

/* ---- Locks ---- */

static WDFWAITLOCK new_lock(VOID)
{
    WDFWAITLOCK lock = NULL;
    EXPECT_STATUS(WdfWaitLockCreate(WDF_NO_OBJECT_ATTRIBUTES, &lock), STATUS_SUCCESS);
    return lock;
}

static VOID acquire_wait_lock_twice(VOID)
{
    WDFWAITLOCK lock = new_lock();
    WdfWaitLockAcquire(lock, NULL);
    WdfWaitLockAcquire(lock, NULL);
}

static VOID release_free_wait_lock(VOID)
{
    WdfWaitLockRelease(new_lock());
}

static VOID delete_held_wait_lock(VOID)
{
    WDFWAITLOCK lock = new_lock();
    WdfWaitLockAcquire(lock, NULL);
    WdfObjectDelete(lock);
}

static VOID leak_a_wait_lock(VOID)
{
    new_lock();
    host_expect_nothing_left();
}

static VOID acquire_deleted_wait_lock(VOID)
{
    WDFWAITLOCK lock = new_lock();
    WdfObjectReference(lock);
    WdfObjectDelete(lock);
    WdfWaitLockAcquire(lock, NULL);
}

static VOID acquire_fast_mutex_twice(VOID)
{
    FAST_MUTEX mutex;
    ExInitializeFastMutex(&mutex);
    ExAcquireFastMutex(&mutex);
    ExAcquireFastMutex(&mutex);
}

static VOID release_free_mutex(VOID)
{
    KMUTEX mutex;
    KeInitializeMutex(&mutex, 0);
    KeReleaseMutex(&mutex, FALSE);
}

static VOID uninitialized_spin_lock(VOID)
{
    KSPIN_LOCK lock = {0, NULL};
    KIRQL irql;
    KeAcquireSpinLock(&lock, &irql);
}

/* ---- KMDF callbacks ---- */

static WDFWAITLOCK left_lock;

static EVT_WDF_WMI_INSTANCE_QUERY_INSTANCE write_past_the_room;
static EVT_WDF_WMI_INSTANCE_QUERY_INSTANCE too_small_despite_minimum;
static EVT_WDF_WMI_INSTANCE_SET_INSTANCE read_past_the_input;
static EVT_WDF_WMI_INSTANCE_SET_INSTANCE keep_the_lock;
static EVT_WDF_WMI_INSTANCE_EXECUTE_METHOD use_null_buffer;

static NTSTATUS NTAPI write_past_the_room(WDFWMIINSTANCE WmiInstance, ULONG OutBufferSize, PVOID OutBuffer, PULONG BufferUsed)
{
    (void)WmiInstance;
    memset(OutBuffer, 0, (size_t)OutBufferSize + 1);
    *BufferUsed = OutBufferSize;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI too_small_despite_minimum(WDFWMIINSTANCE WmiInstance, ULONG OutBufferSize, PVOID OutBuffer, PULONG BufferUsed)
{
    (void)WmiInstance;
    (void)OutBuffer;
    *BufferUsed = OutBufferSize + 1;
    return STATUS_BUFFER_TOO_SMALL;
}

static NTSTATUS NTAPI read_past_the_input(WDFWMIINSTANCE WmiInstance, ULONG InBufferSize, PVOID InBuffer)
{
    (void)WmiInstance;
    sink = ((PUCHAR)InBuffer)[InBufferSize];
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI keep_the_lock(WDFWMIINSTANCE WmiInstance, ULONG InBufferSize, PVOID InBuffer)
{
    (void)WmiInstance;
    (void)InBufferSize;
    (void)InBuffer;
    return WdfWaitLockAcquire(left_lock, NULL);
}

static NTSTATUS NTAPI use_null_buffer(
    WDFWMIINSTANCE WmiInstance,
    ULONG MethodId,
    ULONG InBufferSize,
    ULONG OutBufferSize,
    PVOID Buffer,
    PULONG BufferUsed)
{
    static const UCHAR nothing[1] = {0};
    (void)WmiInstance;
    (void)MethodId;
    (void)InBufferSize;
    memcpy(Buffer, nothing, OutBufferSize);
    *BufferUsed = 0;
    return STATUS_SUCCESS;
}

/* Sends one request with so many bytes to a device with these callbacks. */
static VOID send_to(UCHAR minor, WDF_WMI_INSTANCE_CONFIG config, ULONG minimum, ULONG size)
{
    static const UCHAR data[8] = {0};
    WDF_WMI_PROVIDER_CONFIG provider;
    WDFDEVICE device = host_wdf_device();
    ULONG buffer_size;
    WDF_WMI_PROVIDER_CONFIG_INIT(&provider, &block_guid);
    provider.MinInstanceBufferSize = minimum;
    config.Size = sizeof(config);
    config.ProviderConfig = &provider;
    config.Register = TRUE;
    EXPECT_STATUS(WdfWmiInstanceCreate(device, &config, NULL, NULL), STATUS_SUCCESS);
    PVOID buffer = host_build_wnode(minor, &block_guid, 0, 1, data, size, size, &buffer_size);
    host_wdf_send(device, minor, &block_guid, buffer, buffer_size, NULL);
    free(buffer);
    WdfObjectDelete(device);
}

static VOID query_writes_past(VOID)
{
    send_to(1, (WDF_WMI_INSTANCE_CONFIG){.EvtWmiInstanceQueryInstance = write_past_the_room}, 0, 7);
}

static VOID query_denies_its_minimum(VOID)
{
    send_to(1, (WDF_WMI_INSTANCE_CONFIG){.EvtWmiInstanceQueryInstance = too_small_despite_minimum}, 4, 7);
}

static VOID set_reads_past(VOID)
{
    send_to(2, (WDF_WMI_INSTANCE_CONFIG){.EvtWmiInstanceSetInstance = read_past_the_input}, 0, 7);
}

static VOID set_keeps_the_lock(VOID)
{
    left_lock = new_lock();
    send_to(2, (WDF_WMI_INSTANCE_CONFIG){.EvtWmiInstanceSetInstance = keep_the_lock}, 0, 7);
}

static VOID method_uses_null(VOID)
{
    send_to(9, (WDF_WMI_INSTANCE_CONFIG){.EvtWmiInstanceExecuteMethod = use_null_buffer}, 0, 0);
}

/* ---- KMDF objects ---- */

static VOID leak_a_device(VOID)
{
    host_wdf_device();
    host_expect_nothing_left();
}

static VOID delete_twice(VOID)
{
    WDFDEVICE device = host_wdf_device();
    WdfObjectReference(device);
    WdfObjectDelete(device);
    WdfObjectDelete(device);
}

static VOID use_after_deletion(VOID)
{
    WDFDEVICE device = host_wdf_device();
    WdfObjectDelete(device);
    WdfDeviceWdmGetDeviceObject(device);
}

static VOID handle_of_another_kind(VOID)
{
    WDFDEVICE device = host_wdf_device();
    WdfWaitLockRelease((WDFWAITLOCK)(PVOID)device);
}

/* The lock of an instance is its child, as drivers make it that synchronize their callbacks. */
static WDFWAITLOCK instance_lock;

static EVT_WDF_WMI_INSTANCE_SET_INSTANCE delete_then_lock;
static EVT_WDF_WMI_INSTANCE_SET_INSTANCE lock_then_delete;

static VOID make_instance_lock(WDFWMIINSTANCE instance)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = instance;
    EXPECT_STATUS(WdfWaitLockCreate(&attributes, &instance_lock), STATUS_SUCCESS);
}

static NTSTATUS NTAPI delete_then_lock(WDFWMIINSTANCE WmiInstance, ULONG InBufferSize, PVOID InBuffer)
{
    (void)InBufferSize;
    (void)InBuffer;
    make_instance_lock(WmiInstance);
    WdfObjectDelete(WmiInstance);
    WdfWaitLockAcquire(instance_lock, NULL);
    WdfWaitLockRelease(instance_lock);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI lock_then_delete(WDFWMIINSTANCE WmiInstance, ULONG InBufferSize, PVOID InBuffer)
{
    (void)InBufferSize;
    (void)InBuffer;
    make_instance_lock(WmiInstance);
    WdfWaitLockAcquire(instance_lock, NULL);
    WdfObjectDelete(WmiInstance);
    WdfWaitLockRelease(instance_lock);
    return STATUS_SUCCESS;
}

static VOID lock_of_a_deleted_instance(VOID)
{
    send_to(2, (WDF_WMI_INSTANCE_CONFIG){.EvtWmiInstanceSetInstance = delete_then_lock}, 0, 7);
}

static VOID delete_a_locked_instance(VOID)
{
    send_to(2, (WDF_WMI_INSTANCE_CONFIG){.EvtWmiInstanceSetInstance = lock_then_delete}, 0, 7);
}

static VOID event_that_is_no_block(VOID)
{
    static WNODE_SINGLE_INSTANCE wnode;
    IoWMIWriteEvent(&wnode);
}

/* ---- WMILIB ---- */

static WMI_QUERY_DATABLOCK_CALLBACK never_completes;
static WMI_QUERY_DATABLOCK_CALLBACK completes_twice;
static WMI_QUERY_DATABLOCK_CALLBACK returns_another_status;
static WMI_QUERY_DATABLOCK_CALLBACK writes_after_completion;
static WMI_QUERY_DATABLOCK_CALLBACK reads_irp_after_completion;
static WMI_QUERY_DATABLOCK_CALLBACK writes_past_the_lengths;
static WMI_QUERY_DATABLOCK_CALLBACK needs_nothing;

#define QUERY_PARAMETERS                                                                   \
    PDEVICE_OBJECT DeviceObject, PIRP Irp, ULONG GuidIndex, ULONG InstanceIndex,           \
        ULONG InstanceCount, PULONG InstanceLengthArray, ULONG BufferAvail, PUCHAR Buffer

#define UNUSED_PARAMETERS                                                                  \
    (void)DeviceObject;                                                                    \
    (void)Irp;                                                                             \
    (void)GuidIndex;                                                                       \
    (void)InstanceIndex;                                                                   \
    (void)InstanceCount;                                                                   \
    (void)InstanceLengthArray;                                                             \
    (void)BufferAvail;                                                                     \
    (void)Buffer

static NTSTATUS NTAPI never_completes(QUERY_PARAMETERS)
{
    UNUSED_PARAMETERS;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI completes_twice(QUERY_PARAMETERS)
{
    UNUSED_PARAMETERS;
    WmiCompleteRequest(DeviceObject, Irp, STATUS_SUCCESS, 0, IO_NO_INCREMENT);
    return WmiCompleteRequest(DeviceObject, Irp, STATUS_SUCCESS, 0, IO_NO_INCREMENT);
}

static NTSTATUS NTAPI returns_another_status(QUERY_PARAMETERS)
{
    UNUSED_PARAMETERS;
    WmiCompleteRequest(DeviceObject, Irp, STATUS_BUFFER_TOO_SMALL, 100, IO_NO_INCREMENT);
    return STATUS_BUFFER_TOO_SMALL;
}

static NTSTATUS NTAPI writes_after_completion(QUERY_PARAMETERS)
{
    UNUSED_PARAMETERS;
    NTSTATUS status = WmiCompleteRequest(DeviceObject, Irp, STATUS_SUCCESS, 1, IO_NO_INCREMENT);
    *(volatile UCHAR *)Buffer = 1;
    return status;
}

static NTSTATUS NTAPI reads_irp_after_completion(QUERY_PARAMETERS)
{
    UNUSED_PARAMETERS;
    WmiCompleteRequest(DeviceObject, Irp, STATUS_SUCCESS, 0, IO_NO_INCREMENT);
    return ((volatile IRP *)Irp)->IoStatus.Status;
}

static NTSTATUS NTAPI writes_past_the_lengths(QUERY_PARAMETERS)
{
    UNUSED_PARAMETERS;
    ((volatile ULONG *)InstanceLengthArray)[InstanceCount] = 0;
    return WmiCompleteRequest(DeviceObject, Irp, STATUS_SUCCESS, 0, IO_NO_INCREMENT);
}

static NTSTATUS NTAPI needs_nothing(QUERY_PARAMETERS)
{
    UNUSED_PARAMETERS;
    return WmiCompleteRequest(DeviceObject, Irp, STATUS_BUFFER_TOO_SMALL, 0, IO_NO_INCREMENT);
}

static VOID query_room(PWMI_QUERY_DATABLOCK routine, ULONG room)
{
    PDEVICE_OBJECT device = host_wmilib_device(gauge_system_control, sizeof(gauge_extension));
    gauge_extension *extension = device->DeviceExtension;
    ULONG size;
    gauge_add(device, host_wmilib_lower_device(device));
    extension->wmi.QueryWmiDataBlock = routine;
    PVOID buffer = host_build_wnode(1, &gauge_guid, 0, 0, NULL, 0, room, &size);
    host_wmilib_send(device, 1, &gauge_guid, buffer, size, NULL);
    free(buffer);
}

static VOID query_with(PWMI_QUERY_DATABLOCK routine)
{
    query_room(routine, 8);
}

static VOID wmilib_never_completes(VOID)
{
    query_with(never_completes);
}

static VOID wmilib_completes_twice(VOID)
{
    query_with(completes_twice);
}

static VOID wmilib_returns_another_status(VOID)
{
    query_with(returns_another_status);
}

static VOID wmilib_writes_after_completion(VOID)
{
    query_with(writes_after_completion);
}

static VOID wmilib_reads_irp_after_completion(VOID)
{
    query_with(reads_irp_after_completion);
}

static VOID wmilib_writes_past_the_lengths(VOID)
{
    query_with(writes_past_the_lengths);
}

static VOID wmilib_needs_nothing(VOID)
{
    query_room(needs_nothing, 0);
}

static DRIVER_DISPATCH forgets_to_complete;

static NTSTATUS NTAPI forgets_to_complete(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    SYSCTL_IRP_DISPOSITION disposition;
    gauge_extension *extension = DeviceObject->DeviceExtension;
    return WmiSystemControl(&extension->wmi, DeviceObject, Irp, &disposition);
}

static VOID dispatch_forgets_to_complete(VOID)
{
    PDEVICE_OBJECT device = host_wmilib_device(forgets_to_complete, sizeof(gauge_extension));
    UCHAR buffer[64] = {0};
    gauge_add(device, host_wmilib_lower_device(device));
    host_wmilib_send(device, 1, &other_guid, buffer, sizeof(buffer), NULL);
}

static VOID delete_registered_device(VOID)
{
    PDEVICE_OBJECT device = host_wmilib_device(gauge_system_control, sizeof(gauge_extension));
    gauge_add(device, host_wmilib_lower_device(device));
    EXPECT_STATUS(IoWMIRegistrationControl(device, WMIREG_ACTION_REGISTER), STATUS_SUCCESS);
    host_wmilib_delete_device(device);
}

static VOID fire_event_from_the_stack(VOID)
{
    PDEVICE_OBJECT device = host_wmilib_device(gauge_system_control, sizeof(gauge_extension));
    ULONG data = 1;
    WmiFireEvent(device, (LPCGUID)&alarm_guid, 0, sizeof(data), &data);
}

static VOID fire_more_than_the_block(VOID)
{
    PDEVICE_OBJECT device = host_wmilib_device(gauge_system_control, sizeof(gauge_extension));
    PVOID data = ExAllocatePoolWithTag(NonPagedPoolNx, 4, TAG);
    WmiFireEvent(device, (LPCGUID)&alarm_guid, 0, 5, data);
}

static DRIVER_DISPATCH completes_with_pending;

static NTSTATUS NTAPI completes_with_pending(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    (void)DeviceObject;
    Irp->IoStatus.Status = STATUS_PENDING;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_PENDING;
}

static DRIVER_DISPATCH returns_no_status_of_its_request;

static NTSTATUS NTAPI returns_no_status_of_its_request(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    (void)DeviceObject;
    Irp->IoStatus.Status = STATUS_ACCESS_DENIED;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID send_to_dispatch(PDRIVER_DISPATCH dispatch)
{
    UCHAR buffer[64] = {0};
    PDEVICE_OBJECT device = host_wmilib_device(dispatch, 0);
    host_wmilib_send(device, 1, &block_guid, buffer, sizeof(buffer), NULL);
}

static VOID complete_with_pending(VOID)
{
    send_to_dispatch(completes_with_pending);
}

static VOID return_another_status(VOID)
{
    send_to_dispatch(returns_no_status_of_its_request);
}

static VOID allocate_unknown_pool(VOID)
{
    ExAllocatePoolWithTag((POOL_TYPE)7, 1, TAG);
}

static VOID free_paged_at_dispatch(VOID)
{
    PVOID block = ExAllocatePoolWithTag(PagedPool, 1, TAG);
    host_set_irql(DISPATCH_LEVEL);
    ExFreePoolWithTag(block, TAG);
}

const fault faults[] = {
    {"read past a block", read_past_a_block},
    {"free twice", free_twice},
    {"free with another tag", free_with_another_tag},
    {"allocate nothing", allocate_nothing},
    {"allocate without tag", allocate_without_tag},
    {"allocate paged at dispatch", allocate_paged_at_dispatch},
    {"allocate unknown pool", allocate_unknown_pool},
    {"free paged at dispatch", free_paged_at_dispatch},
    {"leak a block", leak_a_block},
    {"paged code at dispatch", paged_code_at_dispatch},
    {"failed assertion", failed_assertion},
    {"acquire wait lock twice", acquire_wait_lock_twice},
    {"release free wait lock", release_free_wait_lock},
    {"delete held wait lock", delete_held_wait_lock},
    {"acquire deleted wait lock", acquire_deleted_wait_lock},
    {"leak a wait lock", leak_a_wait_lock},
    {"acquire fast mutex twice", acquire_fast_mutex_twice},
    {"release free mutex", release_free_mutex},
    {"uninitialized spin lock", uninitialized_spin_lock},
    {"query writes past", query_writes_past},
    {"query denies its minimum", query_denies_its_minimum},
    {"set reads past", set_reads_past},
    {"set keeps the lock", set_keeps_the_lock},
    {"method uses null", method_uses_null},
    {"leak a device", leak_a_device},
    {"delete twice", delete_twice},
    {"use after deletion", use_after_deletion},
    {"handle of another kind", handle_of_another_kind},
    {"lock of a deleted instance", lock_of_a_deleted_instance},
    {"delete a locked instance", delete_a_locked_instance},
    {"event that is no block", event_that_is_no_block},
    {"wmilib never completes", wmilib_never_completes},
    {"wmilib completes twice", wmilib_completes_twice},
    {"wmilib returns another status", wmilib_returns_another_status},
    {"wmilib writes after completion", wmilib_writes_after_completion},
    {"wmilib reads irp after completion", wmilib_reads_irp_after_completion},
    {"wmilib writes past the lengths", wmilib_writes_past_the_lengths},
    {"wmilib needs nothing and has too little", wmilib_needs_nothing},
    {"dispatch forgets to complete", dispatch_forgets_to_complete},
    {"delete registered device", delete_registered_device},
    {"fire event from the stack", fire_event_from_the_stack},
    {"fire more than the block", fire_more_than_the_block},
    {"complete with pending", complete_with_pending},
    {"return another status", return_another_status},
    {NULL, NULL},
};
