/*
 * Devices of drivers without a framework, IoWMIRegistrationControl, and reading a driver's WMIREGINFO as WMI does.
 */
#include "internal.h"

/* The record of a device, found by its address. */
typedef struct registration {
    struct registration *next;
    PDEVICE_OBJECT device;
    BOOLEAN registered;
    ULONG guid_count;
    /* An unchanged copy of the driver's last WMIREGINFO. */
    PUCHAR info;
    ULONG info_size;
} registration;

static registration *registrations;

static registration *registration_of(PDEVICE_OBJECT device)
{
    host_read_tables();
    registration *each = registrations;
    while (each != NULL && each->device != device) {
        each = each->next;
    }
    host_leave_tables();
    host_check(each != NULL, "%p is no device of host_wdm_device", (PVOID)device);
    return each;
}

/* Atomic, because another thread may have set it. */
static BOOLEAN is_registered(const registration *registration)
{
    return __atomic_load_n(&registration->registered, __ATOMIC_ACQUIRE);
}

static VOID set_registered(registration *registration, BOOLEAN registered)
{
    __atomic_store_n(&registration->registered, registered, __ATOMIC_RELEASE);
}

static VOID set_guid_count(registration *registration, ULONG count)
{
    __atomic_store_n(&registration->guid_count, count, __ATOMIC_RELAXED);
}

PDEVICE_OBJECT host_wdm_device(PDRIVER_DISPATCH dispatch, ULONG extension_size)
{
    registration *made = host_own_memory(sizeof(registration));
    made->device = host_make_device(dispatch, extension_size, host_make_bus_device());
    made->registered = FALSE;
    made->guid_count = 0;
    made->info = NULL;
    made->info_size = 0;
    host_write_tables();
    made->next = registrations;
    registrations = made;
    host_leave_tables();
    return made->device;
}

VOID host_wdm_delete_device(PDEVICE_OBJECT device)
{
    registration *deleted = registration_of(device);
    registration **link = &registrations;
    host_check(!is_registered(deleted), "a device is deleted that is registered with WMI");
    host_write_tables();
    while (*link != deleted) {
        link = &(*link)->next;
    }
    *link = deleted->next;
    host_leave_tables();
    free(deleted->info);
    free(deleted);
    host_free_device(host_lower_device(device));
    host_free_device(device);
}

PDEVICE_OBJECT host_wdm_lower_device(PDEVICE_OBJECT device)
{
    return host_lower_device(device);
}

BOOLEAN host_wdm_registered(PDEVICE_OBJECT device)
{
    return is_registered(registration_of(device));
}

ULONG host_wdm_guid_count(PDEVICE_OBJECT device)
{
    return __atomic_load_n(&registration_of(device)->guid_count, __ATOMIC_RELAXED);
}

const UCHAR *host_wdm_registration(PDEVICE_OBJECT device, ULONG *size)
{
    const registration *registration = registration_of(device);
    *size = registration->info_size;
    return registration->info;
}

VOID host_wdm_dispatch(PDEVICE_OBJECT device, host_request *request)
{
    request->forwarded = FALSE;
    host_send_irp(device, request);
}

NTSTATUS host_wdm_send(
    PDEVICE_OBJECT device,
    UCHAR minor,
    const GUID *guid,
    PVOID buffer,
    ULONG size,
    ULONG_PTR *information)
{
    host_request request = host_new_request(minor, guid, buffer, size);
    host_wdm_dispatch(device, &request);
    if (information != NULL) {
        *information = request.io.Information;
    }
    return request.io.Status;
}

/* ---- IoWMIRegistrationControl ---- */

/* A counted string lies inside, and its count is one of whole characters ("WMIREGINFO", "WMIREGGUID"). */
static ULONG check_counted(const UCHAR *buffer, ULONG size, ULONG at, const char *what)
{
    USHORT count;
    host_check(at <= size && size - at >= sizeof(count), "%s at %u of %u bytes", what, at, size);
    memcpy(&count, buffer + at, sizeof(count));
    host_check(count % sizeof(WCHAR) == 0, "%s with a count of %u bytes", what, count);
    host_check(size - at - sizeof(count) >= count, "%s of %u bytes at %u of %u", what, count, at, size);
    return at + (ULONG)sizeof(count) + count;
}

/* "WMIREGGUID": InstanceInfo is a list of names, a base name, a device object, or nothing for dynamic names. */
static VOID check_block(const UCHAR *buffer, ULONG size, const WMIREGGUID *block)
{
    ULONG at = block->InstanceNameList;
    switch (block->Flags & (WMIREG_FLAG_INSTANCE_LIST | WMIREG_FLAG_INSTANCE_BASENAME | WMIREG_FLAG_INSTANCE_PDO)) {
    case WMIREG_FLAG_INSTANCE_LIST:
        for (ULONG i = 0; i < block->InstanceCount; i++) {
            at = check_counted(buffer, size, at, "an instance name");
        }
        break;
    case WMIREG_FLAG_INSTANCE_BASENAME:
        check_counted(buffer, size, block->BaseNameOffset, "a base name");
        break;
    case WMIREG_FLAG_INSTANCE_PDO:
        host_check(block->Pdo != 0, "instances are named after no device object");
        break;
    case 0:
        host_check(block->InstanceCount == 0, "%u instances with dynamic names", block->InstanceCount);
        break;
    default:
        host_check(FALSE, "a block with Flags 0x%08x is named in two ways", block->Flags);
    }
}

/*
 * Processes a WMIREGINFO as WMI does: reads all of it, builds the names, and then drops the references that IRP_MN_REGINFO_EX
 * has taken, one for each block ("IRP_MN_REGINFO_EX"). An offset of 0 means no string ("WMIREGINFO").
 */
static VOID read_registration(registration *registration, const UCHAR *buffer, ULONG size)
{
    WMIREGINFO info;
    memcpy(&info, buffer, sizeof(info));
    host_check(info.BufferSize == size, "WMIREGINFO has %u bytes and Information is %u", info.BufferSize, size);
    host_check(info.NextWmiRegInfo == 0, "a further WMIREGINFO at %u: the harness knows one", info.NextWmiRegInfo);
    host_check(
        info.GuidCount <= (size - sizeof(info)) / sizeof(WMIREGGUID), "%u blocks in %u bytes", info.GuidCount, size);
    if (info.RegistryPath != 0) {
        check_counted(buffer, size, info.RegistryPath, "a registry path");
    }
    if (info.MofResourceName != 0) {
        check_counted(buffer, size, info.MofResourceName, "the name of a resource");
    }
    for (ULONG i = 0; i < info.GuidCount; i++) {
        WMIREGGUID each;
        memcpy(&each, buffer + sizeof(WMIREGINFO) + i * sizeof(WMIREGGUID), sizeof(each));
        check_block(buffer, size, &each);
        if ((each.Flags & WMIREG_FLAG_INSTANCE_PDO) != 0) {
            ObDereferenceObject((PVOID)each.Pdo);
        }
    }
    set_guid_count(registration, info.GuidCount);
    PUCHAR kept = host_own_memory(size);
    memcpy(kept, buffer, size);
    host_write_tables();
    free(registration->info);
    registration->info = kept;
    registration->info_size = size;
    host_leave_tables();
}

/*
 * Queries the driver's blocks, again while its list does not fit: then the answer is a ULONG, with STATUS_BUFFER_TOO_SMALL
 * as documented ("IRP_MN_REGINFO"), or with STATUS_SUCCESS as Microsoft's own drivers have it (docs/spec/runtime.md#differences, X2).
 */
static NTSTATUS read_blocks(registration *registration, ULONG data_path)
{
    ULONG size = 1024;
    for (;;) {
        PUCHAR buffer = host_own_memory(size);
        memset(buffer, 0, size);
        host_request request =
            host_new_request(IRP_MN_REGINFO_EX, (const VOID *)(uintptr_t)data_path, buffer, size);
        host_send_irp(registration->device, &request);
        NTSTATUS status = request.io.Status;
        ULONG needed = host_read_ulong(buffer, 0);
        BOOLEAN whole = NT_SUCCESS(status) && request.io.Information >= sizeof(WMIREGINFO);
        BOOLEAN again = !whole && (NT_SUCCESS(status) || status == STATUS_BUFFER_TOO_SMALL) &&
                        request.io.Information == sizeof(ULONG);
        if (whole) {
            read_registration(registration, buffer, (ULONG)request.io.Information);
        }
        free(buffer);
        if (!again) {
            host_check(whole || !NT_SUCCESS(status), "a registration of %u bytes", (ULONG)request.io.Information);
            return status;
        }
        host_check(needed > size, "a registration asks for %u bytes and has %u", needed, size);
        size = needed;
    }
}

static BOOLEAN updates_wait;

VOID host_delay_updates(BOOLEAN delay)
{
    updates_wait = delay;
}

static VOID (*while_deregistering)(VOID);

VOID host_while_deregistering(VOID (*call)(VOID))
{
    while_deregistering = call;
}

static NTSTATUS start(registration *registration)
{
    set_registered(registration, TRUE);
    NTSTATUS status = read_blocks(registration, WMIREGISTER);
    if (!NT_SUCCESS(status)) {
        set_registered(registration, FALSE);
    }
    return status;
}

NTSTATUS NTAPI IoWMIRegistrationControl(PDEVICE_OBJECT DeviceObject, ULONG Action)
{
    registration *registration = registration_of(DeviceObject);
    switch (Action) {
    case WMIREG_ACTION_REGISTER:
        return is_registered(registration) ? STATUS_INVALID_PARAMETER : start(registration);
    case WMIREG_ACTION_REREGISTER:
        return start(registration);
    case WMIREG_ACTION_UPDATE_GUIDS:
        if (!is_registered(registration)) {
            return STATUS_INVALID_PARAMETER;
        }
        return updates_wait ? STATUS_SUCCESS : read_blocks(registration, WMIUPDATE);
    case WMIREG_ACTION_DEREGISTER:
    case WMIREG_ACTION_BLOCK_IRPS:
        if (!is_registered(registration)) {
            return STATUS_INVALID_PARAMETER;
        }
        if (while_deregistering != NULL) {
            VOID (*call)(VOID) = while_deregistering;
            while_deregistering = NULL;
            call();
        }
        set_registered(registration, FALSE);
        set_guid_count(registration, 0);
        return STATUS_SUCCESS;
    default:
        return STATUS_INVALID_PARAMETER;
    }
}
