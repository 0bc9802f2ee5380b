/*
 * The host harness as tests see it: a small Windows kernel in which drivers with WMI blocks run under sanitizers. It
 * watches memory, locks and requests, and stops the program with a message where a driver breaks a rule of the kernel,
 * of KMDF or of WMILIB. It must not know any driver. The rules are those of docs/runtime.md, with hardening.
 *
 * Threads may call drivers at once. What a test sets up (time, failures, limits) it sets up while no other thread runs.
 *
 * Include it after <ntddk.h>; host_wdf_… after <wdf.h> as well, host_wmilib_… after <wmilib.h>.
 */
#ifndef MOFGEN_HOST_H
#define MOFGEN_HOST_H

/* Stops the program unless the condition holds. The rest is printf's. */
#define host_check(condition, ...) \
    ((condition) ? (void)0 : host_stop(__FILE__, __LINE__, #condition, __VA_ARGS__))

DECLSPEC_NORETURN VOID host_stop(const char *file, int line, const char *condition, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The name of a status in ntstatus.h, or its number. */
const char *host_status_name(NTSTATUS status);

/* ---- Memory ---- */

/* Pool blocks that were allocated and not freed, and their bytes. New blocks are filled with 0xA5. */
ULONG host_live_blocks(VOID);
SIZE_T host_live_bytes(VOID);

/* Allocations so far: pool blocks, framework objects and contexts. Failed ones count. */
ULONG host_allocation_count(VOID);

/*
 * Lets as many allocations succeed and the next one fail, once. ExAllocatePoolWithTag then returns NULL, and what
 * allocates inside a routine makes that routine STATUS_INSUFFICIENT_RESOURCES.
 */
VOID host_fail_allocation_after(ULONG successes);

/* Takes back what was asked for; says whether the failure has happened. */
BOOLEAN host_stop_failing_allocations(VOID);

/* Prints every live block with its tag and its size. */
VOID host_print_live_blocks(VOID);

/* ---- Locks, levels, time ---- */

/* Locks that this thread holds now. A callback has to leave as many as it found, and the same IRQL. */
ULONG host_held_locks(VOID);

/* Of this thread: each runs on a processor of its own. */
VOID host_set_irql(KIRQL irql);

/* What KeQuerySystemTime says, and time stamps carry. */
VOID host_set_system_time(LONGLONG time);

/* ---- Events that drivers sent ---- */

typedef struct host_event {
    /* All of the event's bytes, a WNODE_SINGLE_INSTANCE. */
    const UCHAR *wnode;
    ULONG wnode_size;
    GUID guid;
    ULONG instance_index;
    const UCHAR *data;
    ULONG data_size;
} host_event;

ULONG host_event_count(VOID);
/* The first event has the number 0. */
const host_event *host_event_at(ULONG number);
VOID host_forget_events(VOID);

/* Makes IoWMIWriteEvent return a failure, which leaves the block with its sender; STATUS_SUCCESS ends that. */
VOID host_fail_events(NTSTATUS status);

/* The most bytes of an event; more is STATUS_BUFFER_OVERFLOW. 1024 at first, as in Windows. */
VOID host_set_event_limit(ULONG bytes);

/* ---- Requests ---- */

/* One IRP_MJ_SYSTEM_CONTROL request. */
typedef struct host_request {
    UCHAR minor;
    /* Parameters.WMI.ProviderId; 0 stands for the device that the request is sent to. */
    ULONG_PTR provider_id;
    /* Parameters.WMI.DataPath: a pointer to a GUID, or the number of a registration request. */
    const VOID *data_path;
    PVOID buffer;
    ULONG size;
    /* What the sender presets, and what the driver makes of it. */
    IO_STATUS_BLOCK io;
    /* Whether the device below got the request. */
    BOOLEAN forwarded;
} host_request;

/* A request that is preset as WMI presets it: STATUS_NOT_SUPPORTED, Information 0. */
host_request host_new_request(UCHAR minor, const VOID *data_path, PVOID buffer, ULONG size);

/*
 * The buffer of a request for one instance: a WNODE_SINGLE_INSTANCE, or for an item or a method a WNODE_SINGLE_ITEM or
 * WNODE_METHOD_ITEM, with `data_size` bytes of data where they belong and `room` bytes there in all. The caller frees it
 * with free().
 */
PVOID host_build_wnode(
    UCHAR minor,
    const GUID *guid,
    ULONG instance_index,
    ULONG id,
    const VOID *data,
    ULONG data_size,
    ULONG room,
    ULONG *size);

/* WNODE_TOO_SMALL's SizeNeeded; 0 when the buffer holds something else. */
ULONG host_size_needed(const VOID *buffer, ULONG size);

/* ---- The end ---- */

/* Stops the program when a block, an object, a lock, a request or a changed level was left behind. */
VOID host_expect_nothing_left(VOID);

/* ---- KMDF ---- */

#ifdef MOFGEN_TEST_WDF_H

/* A device object, not registered with WMI yet, as a function driver has it; WdfObjectDelete takes it away. */
WDFDEVICE host_wdf_device(VOID);

/* What EvtDriverDeviceAdd gets. `parent` may be NULL; a lowest device has none below it: a PDO or control device. */
PWDFDEVICE_INIT host_wdf_device_init(WDFDEVICE parent, BOOLEAN lowest);
/* For an initialisation that no device was made of. */
VOID host_wdf_free_device_init(PWDFDEVICE_INIT init);

/* The device starts: it is registered with WMI. */
VOID host_wdf_start(WDFDEVICE device);
/* The device is removed, and still there. */
VOID host_wdf_remove(WDFDEVICE device);

/* The physical device object that instances are named after. */
PDEVICE_OBJECT host_wdf_pdo(WDFDEVICE device);

/* How often the framework told WMI that blocks have changed. */
ULONG host_wdf_update_count(WDFDEVICE device);

/* Sends a request for a block to the device. `information` may be NULL. */
NTSTATUS host_wdf_send(
    WDFDEVICE device,
    UCHAR minor,
    const GUID *guid,
    PVOID buffer,
    ULONG size,
    ULONG_PTR *information);

/* The same with every part of the request in the caller's hand. */
VOID host_wdf_dispatch(WDFDEVICE device, host_request *request);

/* Providers in the order of registration; NULL behind the last one. */
WDFWMIPROVIDER host_wdf_provider(WDFDEVICE device, ULONG number);
/* NULL without such a block. */
WDFWMIPROVIDER host_wdf_provider_of(WDFDEVICE device, const GUID *guid);
const WDF_WMI_PROVIDER_CONFIG *host_wdf_provider_config(WDFWMIPROVIDER provider);

/* A registered instance, by block and InstanceIndex; NULL without one. Its callbacks may be called as they are. */
WDFWMIINSTANCE host_wdf_instance(WDFDEVICE device, const GUID *guid, ULONG index);
const WDF_WMI_INSTANCE_CONFIG *host_wdf_instance_config(WDFWMIINSTANCE instance);

/** Runs once an instance is registered and before the driver goes on, as a request of another thread may. NULL for none. */
extern VOID (*host_wdf_on_register)(WDFWMIINSTANCE instance);

/* Framework objects that were not deleted. */
ULONG host_wdf_live_objects(VOID);

#endif

/* ---- WMILIB ---- */

#ifdef MOFGEN_HOST_WMILIB_H

/*
 * A device of a driver whose IRP_MJ_SYSTEM_CONTROL routine is `dispatch`, with a zeroed DeviceExtension, and with a
 * device below that completes everything as it stands.
 */
PDEVICE_OBJECT host_wmilib_device(PDRIVER_DISPATCH dispatch, ULONG extension_size);
VOID host_wmilib_delete_device(PDEVICE_OBJECT device);

/* Where the driver forwards to. */
PDEVICE_OBJECT host_wmilib_lower_device(PDEVICE_OBJECT device);

/* Whether IoWMIRegistrationControl registered the device, and with how many blocks. */
BOOLEAN host_wmilib_registered(PDEVICE_OBJECT device);
ULONG host_wmilib_guid_count(PDEVICE_OBJECT device);

/* Builds an IRP, calls the driver's dispatch routine, and reports what came of it. */
VOID host_wmilib_dispatch(PDEVICE_OBJECT device, host_request *request);

NTSTATUS host_wmilib_send(
    PDEVICE_OBJECT device,
    UCHAR minor,
    const GUID *guid,
    PVOID buffer,
    ULONG size,
    ULONG_PTR *information);

/* What the last WmiSystemControl stored, and 0xFFFFFFFF since when it was not called. */
ULONG host_wmilib_last_disposition(VOID);

/*
 * An IRP for calling a DpWmi routine as it is. The dispatch routine gets it first, so that it is as WmiSystemControl
 * finds it; *library is what WmiSystemControl is given. WmiCompleteRequest stores what it is told, and returns the status
 * as it came. host_wmilib_close stops the program unless the routine completed the IRP, once, and returned that status.
 */
PIRP host_wmilib_open(PDEVICE_OBJECT device, WMILIB_CONTEXT *library);
VOID host_wmilib_close(PIRP irp, NTSTATUS returned, NTSTATUS *status, ULONG *used);

/* What WmiSystemControl is given. */
VOID host_wmilib_context(PDEVICE_OBJECT device, WMILIB_CONTEXT *library);

#endif

#endif
