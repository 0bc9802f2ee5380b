/*
 * The interface of the host harness: a small Windows kernel in which drivers with WMI blocks run under sanitizers. It
 * checks memory, locks and requests, and stops the program with a message if a driver breaks a rule of the kernel, of KMDF
 * or of WMILIB. The rules are those of docs/runtime.md, with hardening.
 *
 * Several threads may call drivers at once. A test sets the time, failures and limits while no other thread runs.
 *
 * Include it after <ntddk.h>; host_wdf_… after <wdf.h> as well, host_wmilib_… after <wmilib.h>.
 */
#ifndef MOFGEN_HOST_H
#define MOFGEN_HOST_H

/* Stops the program unless the condition holds. The other arguments are printf's. */
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
 * Lets so many allocations succeed and the next one fail, once: ExAllocatePoolWithTag returns NULL, and a routine that
 * allocates returns STATUS_INSUFFICIENT_RESOURCES.
 */
VOID host_fail_allocation_after(ULONG successes);

/* Ends that; returns whether the failure has happened. */
BOOLEAN host_stop_failing_allocations(VOID);

/* Prints every live block with its tag and its size. */
VOID host_print_live_blocks(VOID);

/* ---- Locks, levels, time ---- */

/* Locks that this thread holds now. A callback has to leave as many as it found, and the same IRQL. */
ULONG host_held_locks(VOID);

/* Of this thread: each runs on a processor of its own. */
VOID host_set_irql(KIRQL irql);

/* The time of KeQuerySystemTime and of time stamps. */
VOID host_set_system_time(LONGLONG time);

/* ---- Events that drivers sent ---- */

typedef struct host_event {
    /* All of the event's bytes, a WNODE_SINGLE_INSTANCE. */
    const UCHAR *wnode;
    ULONG wnode_size;
    GUID guid;
    ULONG instance_index;
    /* The name of an instance that has no index: its characters, not ended by a NUL, and their bytes; else NULL. */
    const UCHAR *name;
    ULONG name_size;
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
    /* Parameters.WMI.ProviderId; 0 means the device that the request is sent to. */
    ULONG_PTR provider_id;
    /* Parameters.WMI.DataPath: a pointer to a GUID, or the number of a registration request. */
    const VOID *data_path;
    PVOID buffer;
    ULONG size;
    /* Preset by the sender, then set by the driver. */
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

/* ---- Devices of drivers without a framework ---- */

/*
 * A device of a driver whose IRP_MJ_SYSTEM_CONTROL routine is `dispatch`, with a zeroed DeviceExtension, and with a
 * device below that completes every request unchanged.
 */
PDEVICE_OBJECT host_wdm_device(PDRIVER_DISPATCH dispatch, ULONG extension_size);
VOID host_wdm_delete_device(PDEVICE_OBJECT device);

/* Where the driver forwards to. */
PDEVICE_OBJECT host_wdm_lower_device(PDEVICE_OBJECT device);

/* Whether IoWMIRegistrationControl registered the device, and with how many blocks. */
BOOLEAN host_wdm_registered(PDEVICE_OBJECT device);
ULONG host_wdm_guid_count(PDEVICE_OBJECT device);

/* The last WMIREGINFO that WMI got, until the next one; NULL when there was none. */
const UCHAR *host_wdm_registration(PDEVICE_OBJECT device, ULONG *size);

/* TRUE: WMI accepts WMIREG_ACTION_UPDATE_GUIDS, but queries the driver's blocks later. FALSE, the default: it queries them at once. */
VOID host_delay_updates(BOOLEAN delay);

/*
 * What runs while WMI deregisters a device, once: WMIREG_ACTION_DEREGISTER waits for requests that were sent before
 * (docs/spec/runtime.md#self-handled-requests, rule 11), which other threads of the driver may meet.
 */
VOID host_while_deregistering(VOID (*call)(VOID));

/* Builds an IRP, calls the driver's dispatch routine, and returns the result. */
VOID host_wdm_dispatch(PDEVICE_OBJECT device, host_request *request);

NTSTATUS host_wdm_send(
    PDEVICE_OBJECT device,
    UCHAR minor,
    const GUID *guid,
    PVOID buffer,
    ULONG size,
    ULONG_PTR *information);

/* ---- The end ---- */

/* Stops the program if a block, an object, a lock or a request is left, or the level differs. */
VOID host_expect_nothing_left(VOID);

/* ---- KMDF ---- */

#ifdef MOFGEN_TEST_WDF_H

/* A function driver's device object, not registered with WMI yet; WdfObjectDelete deletes it. */
WDFDEVICE host_wdf_device(VOID);

/* What EvtDriverDeviceAdd gets. `parent` may be NULL; a lowest device has none below it: a PDO or control device. */
PWDFDEVICE_INIT host_wdf_device_init(WDFDEVICE parent, BOOLEAN lowest);
/* For an initialisation that made no device. */
VOID host_wdf_free_device_init(PWDFDEVICE_INIT init);

/* The device starts: it is registered with WMI. */
VOID host_wdf_start(WDFDEVICE device);
/* The device is removed, and still there. */
VOID host_wdf_remove(WDFDEVICE device);

/* The physical device object that instances are named after. */
PDEVICE_OBJECT host_wdf_pdo(WDFDEVICE device);

/* How often the framework has notified WMI that blocks changed. */
ULONG host_wdf_update_count(WDFDEVICE device);

/* Sends a request for a block to the device. `information` may be NULL. */
NTSTATUS host_wdf_send(
    WDFDEVICE device,
    UCHAR minor,
    const GUID *guid,
    PVOID buffer,
    ULONG size,
    ULONG_PTR *information);

/* The same; the caller sets every part of the request. */
VOID host_wdf_dispatch(WDFDEVICE device, host_request *request);

/* Providers in the order of registration; NULL after the last one. */
WDFWMIPROVIDER host_wdf_provider(WDFDEVICE device, ULONG number);
/* NULL without such a block. */
WDFWMIPROVIDER host_wdf_provider_of(WDFDEVICE device, const GUID *guid);
const WDF_WMI_PROVIDER_CONFIG *host_wdf_provider_config(WDFWMIPROVIDER provider);

/* A registered instance, by block and InstanceIndex; NULL without one. A test may call its callbacks directly. */
WDFWMIINSTANCE host_wdf_instance(WDFDEVICE device, const GUID *guid, ULONG index);
const WDF_WMI_INSTANCE_CONFIG *host_wdf_instance_config(WDFWMIINSTANCE instance);

/** Runs once an instance is registered and before the driver goes on, as a request of another thread may. NULL for none. */
extern VOID (*host_wdf_on_register)(WDFWMIINSTANCE instance);

/* Framework objects that were not deleted. */
ULONG host_wdf_live_objects(VOID);

#endif

/* ---- WMILIB ---- */

#ifdef MOFGEN_HOST_WMILIB_H

#define host_wmilib_device host_wdm_device
#define host_wmilib_delete_device host_wdm_delete_device
#define host_wmilib_lower_device host_wdm_lower_device
#define host_wmilib_registered host_wdm_registered
#define host_wmilib_guid_count host_wdm_guid_count
#define host_wmilib_dispatch host_wdm_dispatch
#define host_wmilib_send host_wdm_send

/* What the last WmiSystemControl stored; then 0xFFFFFFFF until it is called again. */
ULONG host_wmilib_last_disposition(VOID);

/*
 * An IRP for a direct call of a DpWmi routine. With `library` the dispatch routine gets it first, and *library becomes the
 * context that it passes to WmiSystemControl. WmiCompleteRequest stores its arguments, and returns the status unchanged.
 * host_wmilib_close stops the program unless the routine completed the IRP, once, and returned that status.
 */
PIRP host_wmilib_open(PDEVICE_OBJECT device, WMILIB_CONTEXT *library);
VOID host_wmilib_close(PIRP irp, NTSTATUS returned, NTSTATUS *status, ULONG *used);

/* The context that the driver passes to WmiSystemControl. */
VOID host_wmilib_context(PDEVICE_OBJECT device, WMILIB_CONTEXT *library);

#endif

/* ---- Miniports ---- */

#ifdef MOFGEN_HOST_SCSIWMI_H

/* Calls a callback directly. ScsiPortWmiGetReturnStatus and …Size then return what it passed to ScsiPortWmiPostProcess. */
BOOLEAN host_scsiwmi_query(
    PSCSI_WMILIB_CONTEXT library,
    PVOID device_context,
    PSCSIWMI_REQUEST_CONTEXT context,
    ULONG guid_index,
    ULONG instance_index,
    ULONG instance_count,
    PULONG lengths,
    ULONG room,
    PUCHAR buffer);
BOOLEAN host_scsiwmi_set(
    PSCSI_WMILIB_CONTEXT library,
    PVOID device_context,
    PSCSIWMI_REQUEST_CONTEXT context,
    ULONG guid_index,
    ULONG instance_index,
    ULONG size,
    PUCHAR buffer);
BOOLEAN host_scsiwmi_set_item(
    PSCSI_WMILIB_CONTEXT library,
    PVOID device_context,
    PSCSIWMI_REQUEST_CONTEXT context,
    ULONG guid_index,
    ULONG instance_index,
    ULONG id,
    ULONG size,
    PUCHAR buffer);
BOOLEAN host_scsiwmi_execute(
    PSCSI_WMILIB_CONTEXT library,
    PVOID device_context,
    PSCSIWMI_REQUEST_CONTEXT context,
    ULONG guid_index,
    ULONG instance_index,
    ULONG id,
    ULONG in,
    ULONG out,
    PUCHAR buffer);

/* Requests that are pending. */
ULONG host_scsiwmi_open_requests(VOID);

/* The name of the MOF resource at the last registration; NULL when the miniport gave none. */
PCWSTR host_scsiwmi_resource(VOID);

typedef struct host_scsiwmi_event {
    PVOID extension;
    UCHAR path;
    UCHAR target;
    UCHAR lun;
    GUID guid;
    ULONG instance_index;
    ULONG data_size;
    UCHAR data[1024];
} host_scsiwmi_event;

ULONG host_scsiwmi_event_count(VOID);
const host_scsiwmi_event *host_scsiwmi_last_event(VOID);

#endif

/* ---- NDIS miniports ---- */

#ifdef MOFGEN_HOST_NDIS_H

/* MiniportOidRequest, or what it calls. */
typedef NDIS_STATUS host_ndis_oid_request(PVOID context, PNDIS_OID_REQUEST request);

/* Make an OID request; the miniport's answer is in the last two. */
NDIS_STATUS host_ndis_query(
    host_ndis_oid_request *handler,
    PVOID context,
    NDIS_REQUEST_TYPE type,
    NDIS_OID oid,
    ULONG room,
    PUCHAR buffer,
    ULONG *written,
    ULONG *needed);
NDIS_STATUS host_ndis_set(
    host_ndis_oid_request *handler,
    PVOID context,
    NDIS_OID oid,
    ULONG size,
    PUCHAR buffer,
    ULONG *read,
    ULONG *needed);
NDIS_STATUS host_ndis_method(
    host_ndis_oid_request *handler,
    PVOID context,
    NDIS_OID oid,
    ULONG id,
    ULONG in,
    ULONG out,
    PUCHAR buffer,
    ULONG *written,
    ULONG *needed);

typedef struct host_ndis_indication {
    NDIS_HANDLE adapter;
    NDIS_STATUS status;
    ULONG data_size;
    UCHAR data[1024];
} host_ndis_indication;

ULONG host_ndis_indication_count(VOID);
const host_ndis_indication *host_ndis_last_indication(VOID);

#endif

#endif
