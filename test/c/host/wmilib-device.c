/*
 * Devices of drivers that use WMILIB, IoWMIRegistrationControl, and what the library makes of DpWmiQueryReginfo (spec
 * 4.5; src/runtime/wmilib/reg-info.ts).
 */
#include "wmilib-calls.h"

/* What is known of a device, by its address. */
typedef struct registration {
    struct registration *next;
    PDEVICE_OBJECT device;
    BOOLEAN registered;
    ULONG guid_count;
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
    host_check(each != NULL, "%p is no device of host_wmilib_device", (PVOID)device);
    return each;
}

/* What a thread does to a registration, another sees. */
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

PDEVICE_OBJECT host_wmilib_device(PDRIVER_DISPATCH dispatch, ULONG extension_size)
{
    registration *made = host_own_memory(sizeof(registration));
    made->device = host_make_device(dispatch, extension_size, host_make_bus_device());
    made->registered = FALSE;
    made->guid_count = 0;
    host_write_tables();
    made->next = registrations;
    registrations = made;
    host_leave_tables();
    return made->device;
}

VOID host_wmilib_delete_device(PDEVICE_OBJECT device)
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
    free(deleted);
    host_free_device(host_lower_device(device));
    host_free_device(device);
}

PDEVICE_OBJECT host_wmilib_lower_device(PDEVICE_OBJECT device)
{
    return host_lower_device(device);
}

BOOLEAN host_wmilib_registered(PDEVICE_OBJECT device)
{
    return is_registered(registration_of(device));
}

ULONG host_wmilib_guid_count(PDEVICE_OBJECT device)
{
    return __atomic_load_n(&registration_of(device)->guid_count, __ATOMIC_RELAXED);
}

VOID host_wmilib_dispatch(PDEVICE_OBJECT device, host_request *request)
{
    request->forwarded = FALSE;
    host_send_irp(device, request);
}

NTSTATUS host_wmilib_send(
    PDEVICE_OBJECT device,
    UCHAR minor,
    const GUID *guid,
    PVOID buffer,
    ULONG size,
    ULONG_PTR *information)
{
    host_request request = host_new_request(minor, guid, buffer, size);
    host_wmilib_dispatch(device, &request);
    if (information != NULL) {
        *information = request.io.Information;
    }
    return request.io.Status;
}

/* ---- IoWMIRegistrationControl ---- */

/* WMI drops the references that IRP_MN_REGINFO_EX has taken, one for each block, when it has made the names. */
static VOID drop_references(const UCHAR *buffer)
{
    ULONG count = host_read_ulong(buffer, offsetof(WMIREGINFO, GuidCount));
    for (ULONG i = 0; i < count; i++) {
        WMIREGGUID each;
        memcpy(&each, buffer + sizeof(WMIREGINFO) + i * sizeof(WMIREGGUID), sizeof(each));
        if ((each.Flags & WMIREG_FLAG_INSTANCE_PDO) != 0) {
            ObDereferenceObject((PVOID)each.Pdo);
        }
    }
}

/* Asks the driver for its blocks, as often as its list does not fit. */
static NTSTATUS read_blocks(registration *registration, ULONG data_path)
{
    ULONG size = 1024;
    for (;;) {
        PUCHAR buffer = host_own_memory(size);
        memset(buffer, 0, size);
        host_request request =
            host_new_request(IRP_MN_REGINFO_EX, (const VOID *)(uintptr_t)data_path, buffer, size);
        host_send_irp(registration->device, &request);
        BOOLEAN whole = request.io.Information >= sizeof(WMIREGINFO);
        ULONG needed = host_read_ulong(buffer, 0);
        if (NT_SUCCESS(request.io.Status) && whole) {
            set_guid_count(registration, host_read_ulong(buffer, offsetof(WMIREGINFO, GuidCount)));
            drop_references(buffer);
        }
        free(buffer);
        if (!NT_SUCCESS(request.io.Status) || whole) {
            return request.io.Status;
        }
        host_check(needed > size, "a registration asks for %u bytes and has %u", needed, size);
        size = needed;
    }
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
        return is_registered(registration) ? read_blocks(registration, WMIUPDATE)
                                        : STATUS_INVALID_PARAMETER;
    case WMIREG_ACTION_DEREGISTER:
    case WMIREG_ACTION_BLOCK_IRPS:
        if (!is_registered(registration)) {
            return STATUS_INVALID_PARAMETER;
        }
        set_registered(registration, FALSE);
        set_guid_count(registration, 0);
        return STATUS_SUCCESS;
    default:
        return STATUS_INVALID_PARAMETER;
    }
}

/* ---- DpWmiQueryReginfo ---- */

typedef struct reginfo {
    ULONG flags;
    UNICODE_STRING instance_name;
    PUNICODE_STRING registry_path;
    UNICODE_STRING mof_resource_name;
    PDEVICE_OBJECT pdo;
} reginfo;

/* The library knows base names and PDO names. */
static BOOLEAN names_instances(const reginfo *reginfo)
{
    const ULONG kinds =
        WMIREG_FLAG_INSTANCE_LIST | WMIREG_FLAG_INSTANCE_BASENAME | WMIREG_FLAG_INSTANCE_PDO;
    switch (reginfo->flags & kinds) {
    case WMIREG_FLAG_INSTANCE_BASENAME:
        return reginfo->instance_name.Length > 0;
    case WMIREG_FLAG_INSTANCE_PDO:
        return reginfo->pdo != NULL;
    default:
        return FALSE;
    }
}

static VOID answer(
    PWMILIB_CONTEXT context,
    const reginfo *reginfo,
    const IO_STACK_LOCATION *stack,
    PIO_STATUS_BLOCK io)
{
    BOOLEAN by_pdo = (reginfo->flags & WMIREG_FLAG_INSTANCE_PDO) != 0;
    host_registration registration;
    host_registered_guid *guids =
        host_own_memory((context->GuidCount + 1) * sizeof(host_registered_guid));
    for (ULONG i = 0; i < context->GuidCount; i++) {
        guids[i].guid = *context->GuidList[i].Guid;
        guids[i].flags = reginfo->flags | context->GuidList[i].Flags;
        guids[i].instance_count = host_instance_count(context, i);
    }
    memset(&registration, 0, sizeof(registration));
    registration.guids = guids;
    registration.guid_count = context->GuidCount;
    registration.mof_resource_name = reginfo->mof_resource_name;
    registration.registry_path = *reginfo->registry_path;
    if (by_pdo) {
        registration.pdo = (ULONG_PTR)reginfo->pdo;
    } else {
        registration.base_name = reginfo->instance_name;
    }
    host_answer_registration(
        io,
        stack->Parameters.WMI.Buffer,
        stack->Parameters.WMI.BufferSize,
        &registration,
        by_pdo && stack->MinorFunction == IRP_MN_REGINFO_EX ? reginfo->pdo : NULL);
    free(guids);
}

VOID host_wmilib_reg_info(PWMILIB_CONTEXT context, PDEVICE_OBJECT device, PIRP irp)
{
    reginfo reginfo;
    memset(&reginfo, 0, sizeof(reginfo));
    host_surroundings before = host_enter_callback();
    NTSTATUS status = context->QueryWmiRegInfo(
        device,
        &reginfo.flags,
        &reginfo.instance_name,
        &reginfo.registry_path,
        &reginfo.mof_resource_name,
        &reginfo.pdo);
    host_leave_callback(&before, "DpWmiQueryReginfo");
    host_check(status != STATUS_PENDING, "DpWmiQueryReginfo returned STATUS_PENDING");
    if (!NT_SUCCESS(status)) {
        host_complete(&irp->IoStatus, status, 0);
    } else if (!names_instances(&reginfo)) {
        host_complete(&irp->IoStatus, STATUS_INVALID_PARAMETER, 0);
    } else {
        host_check(reginfo.registry_path != NULL, "DpWmiQueryReginfo stored no RegistryPath");
        answer(context, &reginfo, IoGetCurrentIrpStackLocation(irp), &irp->IoStatus);
    }
    /* A base name is the library's, which frees it. */
    if (reginfo.instance_name.Buffer != NULL) {
        ExFreePool(reginfo.instance_name.Buffer);
    }
}
