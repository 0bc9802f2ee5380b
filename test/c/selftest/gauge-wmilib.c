/* The driver of gauge-wmilib.h. */
#include "gauge-wmilib.h"

enum { GAUGE_INDEX, NOTE_INDEX, ALARM_INDEX };

static WMIGUIDREGINFO guids[] = {
    [GAUGE_INDEX] = {&gauge_guid, 2, 0},
    [NOTE_INDEX] = {&note_guid, 1, WMIREG_FLAG_EXPENSIVE},
    [ALARM_INDEX] = {&alarm_guid, 1, WMIREG_FLAG_EVENT_ONLY_GUID},
};

static WMI_QUERY_REGINFO_CALLBACK query_reginfo;
static WMI_QUERY_DATABLOCK_CALLBACK query_data_block;
static WMI_SET_DATABLOCK_CALLBACK set_data_block;
static WMI_SET_DATAITEM_CALLBACK set_data_item;
static WMI_EXECUTE_METHOD_CALLBACK execute_method;
static WMI_FUNCTION_CONTROL_CALLBACK function_control;

static gauge *enter(PDEVICE_OBJECT device)
{
    gauge_extension *extension = device->DeviceExtension;
    PAGED_CODE();
    ExAcquireFastMutex(&extension->lock);
    return &extension->gauge;
}

static VOID leave(PDEVICE_OBJECT device)
{
    ExReleaseFastMutex(&((gauge_extension *)device->DeviceExtension)->lock);
}

static NTSTATUS finish(PDEVICE_OBJECT device, PIRP irp, NTSTATUS status, ULONG used)
{
    leave(device);
    return WmiCompleteRequest(device, irp, status, used, IO_NO_INCREMENT);
}

_Use_decl_annotations_
static NTSTATUS NTAPI query_reginfo(
    PDEVICE_OBJECT DeviceObject,
    PULONG RegFlags,
    PUNICODE_STRING InstanceName,
    PUNICODE_STRING *RegistryPath,
    PUNICODE_STRING MofResourceName,
    PDEVICE_OBJECT *Pdo)
{
    static WCHAR path[] = L"\\Registry\\Gauge";
    static UNICODE_STRING registry_path = {sizeof(path) - sizeof(WCHAR), sizeof(path), path};
    gauge_extension *extension = DeviceObject->DeviceExtension;
    *RegistryPath = &registry_path;
    RtlInitUnicodeString(MofResourceName, L"GaugeMof");
    if (extension->base_name == NULL) {
        *RegFlags = WMIREG_FLAG_INSTANCE_PDO;
        *Pdo = extension->lower;
        return STATUS_SUCCESS;
    }
    UNICODE_STRING name;
    RtlInitUnicodeString(&name, extension->base_name);
    InstanceName->Buffer = ExAllocatePoolWithTag(PagedPool, name.MaximumLength, GAUGE_TAG);
    if (InstanceName->Buffer == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    InstanceName->MaximumLength = name.MaximumLength;
    RtlCopyUnicodeString(InstanceName, &name);
    *RegFlags = WMIREG_FLAG_INSTANCE_BASENAME;
    return STATUS_SUCCESS;
}

_Use_decl_annotations_
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
    gauge *gauge = enter(DeviceObject);
    NTSTATUS result = STATUS_SUCCESS;
    ULONG end = 0;
    UNREFERENCED_PARAMETER(InstanceIndex);
    if (GuidIndex == ALARM_INDEX) {
        /* A query of all instances: one that cannot be queried is empty. */
        BOOLEAN all = IoGetCurrentIrpStackLocation(Irp)->MinorFunction == IRP_MN_QUERY_ALL_DATA;
        for (ULONG i = 0; all && InstanceLengthArray != NULL && i < InstanceCount; i++) {
            InstanceLengthArray[i] = 0;
        }
        return finish(DeviceObject, Irp, all ? STATUS_SUCCESS : STATUS_INVALID_DEVICE_REQUEST, 0);
    }
    for (ULONG i = 0; i < InstanceCount; i++) {
        ULONG start = (end + 7) & ~7u;
        ULONG room = BufferAvail > start ? BufferAvail - start : 0;
        PUCHAR at = room > 0 ? Buffer + start : NULL;
        ULONG used = 0;
        NTSTATUS status = GuidIndex == GAUGE_INDEX ? gauge_query(gauge, room, at, &used)
                                                   : note_query(gauge, room, at, &used);
        if (status == STATUS_BUFFER_TOO_SMALL) {
            result = status;
        } else if (!NT_SUCCESS(status)) {
            return finish(DeviceObject, Irp, status, 0);
        }
        if (InstanceLengthArray != NULL) {
            InstanceLengthArray[i] = used;
        }
        end = start + used;
    }
    return finish(DeviceObject, Irp, result, end);
}

_Use_decl_annotations_
static NTSTATUS NTAPI set_data_block(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    ULONG GuidIndex,
    ULONG InstanceIndex,
    ULONG BufferSize,
    PUCHAR Buffer)
{
    gauge *gauge = enter(DeviceObject);
    NTSTATUS status = GuidIndex == GAUGE_INDEX  ? gauge_set_instance(gauge, BufferSize, Buffer)
                      : GuidIndex == NOTE_INDEX ? note_set_instance(gauge, BufferSize, Buffer)
                                                : STATUS_WMI_READ_ONLY;
    UNREFERENCED_PARAMETER(InstanceIndex);
    return finish(DeviceObject, Irp, status, 0);
}

_Use_decl_annotations_
static NTSTATUS NTAPI set_data_item(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    ULONG GuidIndex,
    ULONG InstanceIndex,
    ULONG DataItemId,
    ULONG BufferSize,
    PUCHAR Buffer)
{
    gauge *gauge = enter(DeviceObject);
    NTSTATUS status = GuidIndex == GAUGE_INDEX  ? gauge_set_item(gauge, DataItemId, BufferSize, Buffer)
                      : GuidIndex == NOTE_INDEX ? note_set_item(gauge, DataItemId, BufferSize, Buffer)
                                                : STATUS_WMI_READ_ONLY;
    UNREFERENCED_PARAMETER(InstanceIndex);
    return finish(DeviceObject, Irp, status, 0);
}

_Use_decl_annotations_
static NTSTATUS NTAPI execute_method(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    ULONG GuidIndex,
    ULONG InstanceIndex,
    ULONG MethodId,
    ULONG InBufferSize,
    ULONG OutBufferSize,
    PUCHAR Buffer)
{
    gauge *gauge = enter(DeviceObject);
    ULONG used = 0;
    NTSTATUS status =
        GuidIndex == GAUGE_INDEX
            ? gauge_execute(gauge, MethodId, InBufferSize, OutBufferSize, Buffer, &used)
            : STATUS_WMI_ITEMID_NOT_FOUND;
    UNREFERENCED_PARAMETER(InstanceIndex);
    return finish(DeviceObject, Irp, status, used);
}

_Use_decl_annotations_
static NTSTATUS NTAPI function_control(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    ULONG GuidIndex,
    WMIENABLEDISABLECONTROL Function,
    BOOLEAN Enable)
{
    gauge *gauge = enter(DeviceObject);
    /* Lets a test see the arguments. */
    gauge->reading = (ULONG)GuidIndex * 100 + (Function == WmiEventControl ? 10 : 0) + Enable;
    return finish(DeviceObject, Irp, STATUS_SUCCESS, 0);
}

VOID gauge_add(PDEVICE_OBJECT device, PDEVICE_OBJECT lower)
{
    gauge_extension *extension = device->DeviceExtension;
    gauge_start(&extension->gauge);
    ExInitializeFastMutex(&extension->lock);
    extension->lower = lower;
    extension->wmi = (WMILIB_CONTEXT){
        .GuidCount = ARRAYSIZE(guids),
        .GuidList = guids,
        .QueryWmiRegInfo = query_reginfo,
        .QueryWmiDataBlock = query_data_block,
        .SetWmiDataBlock = set_data_block,
        .SetWmiDataItem = set_data_item,
        .ExecuteWmiMethod = execute_method,
        .WmiFunctionControl = function_control,
    };
}

VOID gauge_remove(PDEVICE_OBJECT device)
{
    gauge_extension *extension = device->DeviceExtension;
    gauge_stop(&extension->gauge);
}

NTSTATUS NTAPI gauge_system_control(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    gauge_extension *extension = DeviceObject->DeviceExtension;
    SYSCTL_IRP_DISPOSITION disposition;
    NTSTATUS status = WmiSystemControl(&extension->wmi, DeviceObject, Irp, &disposition);
    switch (disposition) {
    case IrpProcessed:
        break;
    case IrpNotCompleted:
        IoCompleteRequest(Irp, IO_NO_INCREMENT);
        break;
    case IrpForward:
    case IrpNotWmi:
        IoSkipCurrentIrpStackLocation(Irp);
        status = IoCallDriver(extension->lower, Irp);
        break;
    }
    return status;
}

NTSTATUS gauge_fire(PDEVICE_OBJECT device, ULONG reading)
{
    PULONG data = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(ULONG), GAUGE_TAG);
    if (data == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    *data = reading;
    return WmiFireEvent(device, guids[ALARM_INDEX].Guid, 0, sizeof(ULONG), data);
}
