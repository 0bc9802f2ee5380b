/*
 * How WMILIB answers a registration request from DpWmiQueryReginfo (docs/spec/runtime.md#wmilib, rule 5;
 * src/runtime/wmilib/reg-info.ts).
 */
#include "wmilib-calls.h"

typedef struct reginfo {
    ULONG flags;
    UNICODE_STRING instance_name;
    PUNICODE_STRING registry_path;
    UNICODE_STRING mof_resource_name;
    PDEVICE_OBJECT pdo;
} reginfo;

/* The library supports base names and PDO names. */
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
    /* The library owns a base name, and frees it. */
    if (reginfo.instance_name.Buffer != NULL) {
        ExFreePool(reginfo.instance_name.Buffer);
    }
}
