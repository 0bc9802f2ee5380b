/*
 * WMILIB: WmiSystemControl with its four dispositions, WmiCompleteRequest, WmiFireEvent (docs/spec/runtime.md#wmilib; src/runtime/
 * wmilib/). wmilib-finish.c has the answers, wmilib-device.c devices and registration.
 */
#include "wmilib-calls.h"

static host_call *calls;
static _Thread_local ULONG last_disposition = HOST_MAX_ULONG;

ULONG host_wmilib_last_disposition(VOID)
{
    ULONG last = last_disposition;
    last_disposition = (ULONG)HOST_MAX_ULONG;
    return last;
}

__attribute__((noinline, no_sanitize("thread"))) ULONG host_instance_count(
    const WMILIB_CONTEXT *context,
    ULONG guid_index)
{
    return *(const volatile ULONG *)&context->GuidList[guid_index].InstanceCount;
}

/* ---- Requests that routines have ---- */

VOID host_open_call(host_call *call)
{
    call->completed = FALSE;
    call->status = STATUS_PENDING;
    call->used = 0;
    host_write_tables();
    call->next = calls;
    calls = call;
    host_leave_tables();
}

VOID host_close_call(host_call *call, NTSTATUS returned, const char *routine)
{
    host_check(call->completed, "%s returned and has not completed its request", routine);
    host_check(
        returned == call->status,
        "%s returned %s, and its request has %s",
        routine,
        host_status_name(returned),
        host_status_name(call->status));
    host_write_tables();
    host_call **link = &calls;
    while (*link != call) {
        link = &(*link)->next;
    }
    *link = call->next;
    host_leave_tables();
}

NTSTATUS NTAPI WmiCompleteRequest(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    NTSTATUS Status,
    ULONG BufferUsed,
    CCHAR PriorityBoost)
{
    host_write_tables();
    host_call *call = calls;
    while (call != NULL && (call->completed || call->irp != Irp || call->device != DeviceObject)) {
        call = call->next;
    }
    host_check(call != NULL, "MULTIPLE_IRP_COMPLETE_REQUESTS: WmiCompleteRequest of a request that the device does not have");
    call->completed = TRUE;
    host_leave_tables();
    call->used = BufferUsed;
    if (call->kind == HOST_CALL_RECORDED) {
        Irp->IoStatus.Status = Status;
    } else {
        host_close_region(&call->region);
        host_finish_call(call, &Irp->IoStatus, host_never_pending(Status), BufferUsed);
        free(call->lengths);
        call->lengths = NULL;
    }
    call->status = Irp->IoStatus.Status;
    IoCompleteRequest(Irp, PriorityBoost);
    return call->status;
}

/* One for each thread is enough: routines are called one after another. */
static _Thread_local host_request recorded_request;
static _Thread_local host_call recorded;

/* Where WmiSystemControl stores its arguments for that request. */
static _Thread_local WMILIB_CONTEXT *recorded_context;

PIRP host_wmilib_open(PDEVICE_OBJECT device, WMILIB_CONTEXT *library)
{
    recorded_request = host_new_request(IRP_MN_QUERY_SINGLE_INSTANCE, NULL, NULL, 0);
    memset(&recorded, 0, sizeof(recorded));
    recorded.kind = HOST_CALL_RECORDED;
    recorded.device = device;
    recorded.irp = host_new_irp(device, &recorded_request);
    host_open_call(&recorded);
    if (library != NULL) {
        recorded_context = library;
        host_surroundings before = host_enter_callback();
        (VOID)device->DriverObject->MajorFunction[IRP_MJ_SYSTEM_CONTROL](device, recorded.irp);
        host_leave_callback(&before, "a dispatch routine");
        host_check(recorded_context == NULL, "a dispatch routine without WmiSystemControl");
    }
    return recorded.irp;
}

VOID host_wmilib_close(PIRP irp, NTSTATUS returned, NTSTATUS *status, ULONG *used)
{
    host_call *call = &recorded;
    host_check(call->irp == irp, "host_wmilib_close without host_wmilib_open");
    host_close_call(call, returned, "a DpWmi routine");
    *status = call->status;
    *used = call->used;
    call->irp = NULL;
}

VOID host_wmilib_context(PDEVICE_OBJECT device, WMILIB_CONTEXT *library)
{
    PIRP irp = host_wmilib_open(device, library);
    NTSTATUS status;
    ULONG used;
    host_wmilib_close(irp, WmiCompleteRequest(device, irp, STATUS_SUCCESS, 0, IO_NO_INCREMENT), &status, &used);
}

/* ---- Calling a driver's routines ---- */

typedef struct target {
    PWMILIB_CONTEXT context;
    PDEVICE_OBJECT device;
    PIRP irp;
    ULONG guid_index;
    PUCHAR buffer;
    ULONG size;
    /* Whether a routine got the request, and what it returned. */
    BOOLEAN processed;
    NTSTATUS returned;
} target;

static host_call new_call(const target *target, host_call_kind kind)
{
    host_call call;
    memset(&call, 0, sizeof(call));
    call.kind = kind;
    call.device = target->device;
    call.irp = target->irp;
    call.buffer = target->buffer;
    call.buffer_size = target->size;
    return call;
}

static VOID not_completed(const target *target, NTSTATUS status)
{
    host_complete(&target->irp->IoStatus, status, 0);
}

/* Opens the call, runs `invocation`, and closes it. */
#define RUN(target, call, routine, invocation)                  \
    do {                                                        \
        host_surroundings before_ = host_enter_callback();      \
        host_open_call(call);                                   \
        (target)->returned = (invocation);                      \
        host_leave_callback(&before_, (routine));               \
        host_close_call((call), (target)->returned, (routine)); \
        (target)->processed = TRUE;                             \
    } while (0)

/* A buffer that ends before its data requests only the size; one without the fields requests that of a static name. */
static VOID call_query_single(target *target, ULONG instance_index)
{
    ULONG fixed_part = host_fixed_part(HOST_INSTANCE);
    ULONG offset = target->size < fixed_part ? fixed_part
                                             : host_read_stated_data(target->buffer, HOST_INSTANCE).offset;
    BOOLEAN cut_off = offset > target->size;
    if (offset < fixed_part) {
        not_completed(target, STATUS_INVALID_PARAMETER);
        return;
    }
    ULONG room = cut_off ? 0 : target->size - offset;
    host_call call = new_call(target, HOST_CALL_QUERY_SINGLE);
    call.offset = offset;
    call.count = 1;
    call.region = host_open_region(cut_off ? NULL : target->buffer + offset, room);
    call.lengths = room == 0 ? NULL : host_own_memory(sizeof(ULONG));
    RUN(target, &call, "DpWmiQueryDataBlock",
        target->context->QueryWmiDataBlock(
            target->device, target->irp, target->guid_index, instance_index, 1, call.lengths, room,
            call.region.copy));
}

/* The entries of all instances come first; a buffer with no room after them requests only the size. */
static VOID call_query_all(target *target)
{
    ULONG count = host_instance_count(target->context, target->guid_index);
    if (target->size < sizeof(WNODE_TOO_SMALL)) {
        not_completed(target, STATUS_BUFFER_TOO_SMALL);
        return;
    }
    if (count == 0) {
        not_completed(target, STATUS_WMI_INSTANCE_NOT_FOUND);
        return;
    }
    ULONGLONG offset = host_align_up(
        offsetof(WNODE_ALL_DATA, OffsetInstanceDataAndLength) +
            (ULONGLONG)count * sizeof(OFFSETINSTANCEDATAANDLENGTH),
        8);
    host_check(offset <= HOST_MAX_ULONG, "a block with %u instances", count);
    ULONG room = offset <= target->size ? target->size - (ULONG)offset : 0;
    host_call call = new_call(target, HOST_CALL_QUERY_ALL);
    call.offset = (ULONG)offset;
    call.count = count;
    call.region = host_open_region(target->buffer + offset, room);
    if (room > 0) {
        call.lengths = host_own_memory(count * sizeof(ULONG));
        memset(call.lengths, 0, count * sizeof(ULONG));
    }
    RUN(target, &call, "DpWmiQueryDataBlock",
        target->context->QueryWmiDataBlock(
            target->device, target->irp, target->guid_index, 0, count, call.lengths, room,
            call.region.copy));
}

/* Whether a request's data is in the valid range; a set without data may have any offset. */
static BOOLEAN read_stated(
    const target *target,
    host_shape shape,
    NTSTATUS refusal,
    host_stated_data *stated)
{
    if (target->size < host_fixed_part(shape)) {
        not_completed(target, refusal);
        return FALSE;
    }
    *stated = host_read_stated_data(target->buffer, shape);
    BOOLEAN nothing = stated->size == 0 && shape != HOST_METHOD;
    if (!nothing && !host_data_lies_inside(shape, stated->offset, stated->size, target->size)) {
        not_completed(target, refusal);
        return FALSE;
    }
    return TRUE;
}

static VOID call_set_data_block(target *target, ULONG instance_index)
{
    host_stated_data stated;
    if (target->context->SetWmiDataBlock == NULL) {
        not_completed(target, STATUS_WMI_READ_ONLY);
        return;
    }
    if (!read_stated(target, HOST_INSTANCE, STATUS_WMI_SET_FAILURE, &stated)) {
        return;
    }
    host_call call = new_call(target, HOST_CALL_SET);
    call.region = host_open_region(target->buffer + stated.offset, stated.size);
    RUN(target, &call, "DpWmiSetDataBlock",
        target->context->SetWmiDataBlock(
            target->device, target->irp, target->guid_index, instance_index, stated.size,
            call.region.copy));
}

static VOID call_set_data_item(target *target, ULONG instance_index)
{
    host_stated_data stated;
    if (target->context->SetWmiDataItem == NULL) {
        not_completed(target, STATUS_WMI_READ_ONLY);
        return;
    }
    if (!read_stated(target, HOST_ITEM, STATUS_WMI_SET_FAILURE, &stated)) {
        return;
    }
    host_call call = new_call(target, HOST_CALL_SET);
    call.region = host_open_region(target->buffer + stated.offset, stated.size);
    RUN(target, &call, "DpWmiSetDataItem",
        target->context->SetWmiDataItem(
            target->device, target->irp, target->guid_index, instance_index, stated.id, stated.size,
            call.region.copy));
}

static VOID call_execute_method(target *target, ULONG instance_index)
{
    host_stated_data stated;
    if (target->context->ExecuteWmiMethod == NULL) {
        not_completed(target, STATUS_INVALID_DEVICE_REQUEST);
        return;
    }
    if (!read_stated(target, HOST_METHOD, STATUS_INVALID_PARAMETER, &stated)) {
        return;
    }
    ULONG room = target->size - stated.offset;
    host_call call = new_call(target, HOST_CALL_METHOD);
    call.offset = stated.offset;
    call.region = host_open_region(target->buffer + stated.offset, room);
    RUN(target, &call, "DpWmiExecuteMethod",
        target->context->ExecuteWmiMethod(
            target->device, target->irp, target->guid_index, instance_index, stated.id, stated.size,
            room, call.region.copy));
}

static VOID call_function_control(target *target, WMIENABLEDISABLECONTROL control, BOOLEAN enable)
{
    if (target->context->WmiFunctionControl == NULL) {
        not_completed(target, STATUS_SUCCESS);
        return;
    }
    host_call call = new_call(target, HOST_CALL_CONTROL);
    RUN(target, &call, "DpWmiFunctionControl",
        target->context->WmiFunctionControl(
            target->device, target->irp, target->guid_index, control, enable));
}

static VOID call_for_instance(target *target, UCHAR minor)
{
    if (target->size < HOST_INSTANCE_FIELDS_END) {
        not_completed(target, host_cut_off_status(minor));
        return;
    }
    ULONG flags = host_read_ulong(target->buffer, offsetof(WNODE_HEADER, Flags));
    ULONG index = host_read_ulong(target->buffer, offsetof(WNODE_SINGLE_INSTANCE, InstanceIndex));
    if ((flags & WNODE_FLAG_STATIC_INSTANCE_NAMES) == 0 ||
        index >= host_instance_count(target->context, target->guid_index)) {
        not_completed(target, STATUS_WMI_INSTANCE_NOT_FOUND);
        return;
    }
    switch (minor) {
    case IRP_MN_QUERY_SINGLE_INSTANCE:
        call_query_single(target, index);
        break;
    case IRP_MN_CHANGE_SINGLE_INSTANCE:
        call_set_data_block(target, index);
        break;
    case IRP_MN_CHANGE_SINGLE_ITEM:
        call_set_data_item(target, index);
        break;
    default:
        call_execute_method(target, index);
        break;
    }
}

static VOID call_routine(target *target, UCHAR minor)
{
    switch (minor) {
    case IRP_MN_QUERY_ALL_DATA:
        call_query_all(target);
        break;
    case IRP_MN_ENABLE_EVENTS:
        call_function_control(target, WmiEventControl, TRUE);
        break;
    case IRP_MN_DISABLE_EVENTS:
        call_function_control(target, WmiEventControl, FALSE);
        break;
    case IRP_MN_ENABLE_COLLECTION:
        call_function_control(target, WmiDataBlockControl, TRUE);
        break;
    case IRP_MN_DISABLE_COLLECTION:
        call_function_control(target, WmiDataBlockControl, FALSE);
        break;
    default:
        call_for_instance(target, minor);
        break;
    }
}

static NTSTATUS system_control(
    PWMILIB_CONTEXT context,
    PDEVICE_OBJECT device,
    PIRP irp,
    PSYSCTL_IRP_DISPOSITION disposition)
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(irp);
    UCHAR minor = stack->MinorFunction;
    if (stack->MajorFunction != IRP_MJ_SYSTEM_CONTROL ||
        (minor > IRP_MN_EXECUTE_METHOD && minor != IRP_MN_REGINFO_EX)) {
        *disposition = IrpNotWmi;
        return irp->IoStatus.Status;
    }
    if (stack->Parameters.WMI.ProviderId != (ULONG_PTR)device) {
        *disposition = IrpForward;
        return irp->IoStatus.Status;
    }
    *disposition = IrpNotCompleted;
    if (minor == IRP_MN_REGINFO || minor == IRP_MN_REGINFO_EX) {
        host_wmilib_reg_info(context, device, irp);
        return irp->IoStatus.Status;
    }
    target target;
    memset(&target, 0, sizeof(target));
    target.context = context;
    target.device = device;
    target.irp = irp;
    target.buffer = stack->Parameters.WMI.Buffer;
    target.size = stack->Parameters.WMI.BufferSize;
    const GUID *guid = stack->Parameters.WMI.DataPath;
    while (target.guid_index < context->GuidCount &&
           !IsEqualGUID(context->GuidList[target.guid_index].Guid, guid)) {
        target.guid_index++;
    }
    if (target.guid_index == context->GuidCount) {
        not_completed(&target, STATUS_WMI_GUID_NOT_FOUND);
        return irp->IoStatus.Status;
    }
    call_routine(&target, minor);
    if (target.processed) {
        /* The request is gone. */
        *disposition = IrpProcessed;
        return target.returned;
    }
    return irp->IoStatus.Status;
}

NTSTATUS NTAPI WmiSystemControl(
    PWMILIB_CONTEXT WmiLibInfo,
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    PSYSCTL_IRP_DISPOSITION IrpDisposition)
{
    host_check(WmiLibInfo->QueryWmiRegInfo != NULL, "a WMILIB_CONTEXT without DpWmiQueryReginfo");
    host_check(WmiLibInfo->QueryWmiDataBlock != NULL, "a WMILIB_CONTEXT without DpWmiQueryDataBlock");
    host_check(KeGetCurrentIrql() == PASSIVE_LEVEL, "WmiSystemControl at IRQL %u", KeGetCurrentIrql());
    if (recorded_context != NULL && recorded.irp == Irp) {
        /* The program calls a routine. */
        *recorded_context = *WmiLibInfo;
        recorded_context = NULL;
        *IrpDisposition = IrpProcessed;
        return STATUS_PENDING;
    }
    NTSTATUS status = system_control(WmiLibInfo, DeviceObject, Irp, IrpDisposition);
    last_disposition = *IrpDisposition;
    return status;
}

NTSTATUS NTAPI WmiFireEvent(
    PDEVICE_OBJECT DeviceObject,
    LPCGUID Guid,
    ULONG InstanceIndex,
    ULONG EventDataSize,
    PVOID EventData)
{
    SIZE_T size = 0;
    host_check(
        EventData == NULL || (host_is_pool_block(EventData, &size) && EventDataSize <= size),
        "an event's data is no pool block of %u bytes",
        EventDataSize);
    NTSTATUS status =
        host_send_event((ULONG_PTR)DeviceObject, Guid, InstanceIndex, EventData, EventDataSize);
    /* The library frees the data, on failure too. */
    if (EventData != NULL) {
        ExFreePool(EventData);
    }
    return status;
}
