/*
 * The library for WMI in SCSI and Storport miniports: ScsiPortWmiDispatchFunction, ScsiPortWmiPostProcess and events. Declarations
 * are those of mingw-w64's scsiwmi.h. The rules for callbacks are those of WMILIB's, which these resemble; that FALSE is pending, and
 * that ScsiPortWmiPostProcess ends a request, is Microsoft's documentation of the two routines (docs/targets/scsiwmi.md, "What to
 * confirm"). Where no source is known the program stops: for an unknown GUID or instance, for a routine that the miniport does
 * not have, and for IRP_MN_QUERY_ALL_DATA. A test sees what the miniport passed to ScsiPortWmiPostProcess.
 */
#include <ntddk.h>
#include <wmistr.h>

#include <scsiwmi.h>

#include "internal.h"

/* A request that a callback has, from its start to ScsiPortWmiPostProcess. */
typedef struct open_request {
    struct open_request *next;
    PSCSIWMI_REQUEST_CONTEXT context;
    host_region region;
    /* The most bytes of an answer. */
    ULONG room;
    PULONG lengths;
    PULONG lengths_origin;
    ULONG count;
} open_request;

static open_request *requests;
static ULONG open_count;
static host_scsiwmi_event last_event;
static ULONG event_count;

ULONG host_scsiwmi_open_requests(VOID)
{
    return open_count;
}

ULONG host_scsiwmi_event_count(VOID)
{
    return event_count;
}

const host_scsiwmi_event *host_scsiwmi_last_event(VOID)
{
    host_check(event_count > 0, "there was no event");
    return &last_event;
}

static open_request *open_one(PSCSIWMI_REQUEST_CONTEXT context, PUCHAR buffer, ULONG size)
{
    open_request *made = host_own_memory(sizeof(open_request));
    memset(made, 0, sizeof(*made));
    made->context = context;
    made->region = host_open_region(buffer, size);
    made->room = size;
    made->next = requests;
    requests = made;
    open_count++;
    /* Until ScsiPortWmiPostProcess sets another status. */
    context->ReturnStatus = SRB_STATUS_PENDING;
    context->ReturnSize = 0xCDCDCDCD;
    return made;
}

static BOOLEAN is_open(PSCSIWMI_REQUEST_CONTEXT context)
{
    for (const open_request *each = requests; each != NULL; each = each->next) {
        if (each->context == context) {
            return TRUE;
        }
    }
    return FALSE;
}

/* Stores what the callback wrote, and ends the request. */
VOID NTAPI ScsiPortWmiPostProcess(PSCSIWMI_REQUEST_CONTEXT RequestContext, UCHAR SrbStatus, ULONG BufferUsed)
{
    open_request **link = &requests;
    while (*link != NULL && (*link)->context != RequestContext) {
        link = &(*link)->next;
    }
    open_request *found = *link;
    host_check(found != NULL, "ScsiPortWmiPostProcess of a request that is not there, or for the second time");
    host_check(SrbStatus != SRB_STATUS_PENDING, "ScsiPortWmiPostProcess with SRB_STATUS_PENDING");
    host_check(
        SrbStatus != SRB_STATUS_SUCCESS || BufferUsed <= found->room,
        "%u bytes of %u were used",
        BufferUsed,
        found->room);
    host_check(
        SrbStatus != SRB_STATUS_DATA_OVERRUN || BufferUsed > found->room,
        "a buffer of %u bytes is too small for %u",
        found->room,
        BufferUsed);
    *link = found->next;
    open_count--;
    host_close_region(&found->region);
    if (found->lengths_origin != NULL) {
        memcpy(found->lengths_origin, found->lengths, found->count * sizeof(ULONG));
    }
    free(found->lengths);
    free(found);
    RequestContext->ReturnStatus = SrbStatus;
    RequestContext->ReturnSize = BufferUsed;
}

/* The arguments of a callback, and the state after it returned. */
#define CALL(context, routine, invocation)                                                               \
    do {                                                                                                 \
        host_surroundings before_ = host_enter_callback();                                               \
        BOOLEAN complete_ = (invocation);                                                                \
        host_leave_callback(&before_, (routine));                                                        \
        host_check(                                                                                      \
            complete_ == TRUE || complete_ == FALSE, "%s returned %u as a BOOLEAN", (routine), complete_); \
        host_check(                                                                                      \
            complete_ == !is_open(context),                                                              \
            "%s returned %s, and ScsiPortWmiPostProcess was %scalled",                                   \
            (routine),                                                                                   \
            complete_ ? "TRUE" : "FALSE",                                                                \
            is_open(context) ? "not " : "");                                                             \
        return complete_;                                                                                \
    } while (0)

/* ---- Direct calls of callbacks: for vectors, and for the requests below ---- */

BOOLEAN host_scsiwmi_query(
    PSCSI_WMILIB_CONTEXT library,
    PVOID device_context,
    PSCSIWMI_REQUEST_CONTEXT context,
    ULONG guid_index,
    ULONG instance_index,
    ULONG instance_count,
    PULONG lengths,
    ULONG room,
    PUCHAR buffer)
{
    open_request *request = open_one(context, buffer, room);
    /* NULL without room, as for WMILIB's DpWmiQueryDataBlock. */
    if (room > 0) {
        request->count = instance_count;
        request->lengths_origin = lengths;
        request->lengths = host_own_memory(instance_count * sizeof(ULONG));
        memset(request->lengths, 0xCD, instance_count * sizeof(ULONG));
    }
    CALL(context, "HwScsiWmiQueryDatablock",
        library->QueryWmiDataBlock(
            device_context, context, guid_index, instance_index, instance_count, request->lengths,
            room, request->region.copy));
}

BOOLEAN host_scsiwmi_set(
    PSCSI_WMILIB_CONTEXT library,
    PVOID device_context,
    PSCSIWMI_REQUEST_CONTEXT context,
    ULONG guid_index,
    ULONG instance_index,
    ULONG size,
    PUCHAR buffer)
{
    host_check(library->SetWmiDataBlock != NULL, "no source says what a set does without HwScsiWmiSetDatablock");
    open_request *request = open_one(context, buffer, size);
    CALL(context, "HwScsiWmiSetDatablock",
        library->SetWmiDataBlock(
            device_context, context, guid_index, instance_index, size, request->region.copy));
}

BOOLEAN host_scsiwmi_set_item(
    PSCSI_WMILIB_CONTEXT library,
    PVOID device_context,
    PSCSIWMI_REQUEST_CONTEXT context,
    ULONG guid_index,
    ULONG instance_index,
    ULONG id,
    ULONG size,
    PUCHAR buffer)
{
    host_check(library->SetWmiDataItem != NULL, "no source says what a set does without HwScsiWmiSetDataitem");
    open_request *request = open_one(context, buffer, size);
    CALL(context, "HwScsiWmiSetDataitem",
        library->SetWmiDataItem(
            device_context, context, guid_index, instance_index, id, size, request->region.copy));
}

BOOLEAN host_scsiwmi_execute(
    PSCSI_WMILIB_CONTEXT library,
    PVOID device_context,
    PSCSIWMI_REQUEST_CONTEXT context,
    ULONG guid_index,
    ULONG instance_index,
    ULONG id,
    ULONG in,
    ULONG out,
    PUCHAR buffer)
{
    host_check(library->ExecuteWmiMethod != NULL, "no source says what a method does without HwScsiWmiExecuteMethod");
    open_request *request = open_one(context, buffer, in > out ? in : out);
    request->room = out;
    CALL(context, "HwScsiWmiExecuteMethod",
        library->ExecuteWmiMethod(
            device_context, context, guid_index, instance_index, id, in, out, request->region.copy));
}

static BOOLEAN control(
    PSCSI_WMILIB_CONTEXT library,
    PVOID device_context,
    PSCSIWMI_REQUEST_CONTEXT context,
    ULONG guid_index,
    SCSIWMI_ENABLE_DISABLE_CONTROL function,
    BOOLEAN enable)
{
    host_check(
        library->WmiFunctionControl != NULL, "no source says what control does without HwScsiWmiFunctionControl");
    (VOID)open_one(context, NULL, 0);
    CALL(context, "HwScsiWmiFunctionControl",
        library->WmiFunctionControl(device_context, context, guid_index, function, enable));
}

/* ---- Requests, whose buffers are the WNODEs of IRP_MJ_SYSTEM_CONTROL ---- */

static BOOLEAN for_instance(
    PSCSI_WMILIB_CONTEXT library,
    UCHAR minor,
    PVOID device_context,
    PSCSIWMI_REQUEST_CONTEXT context,
    ULONG guid_index,
    ULONG size,
    PUCHAR buffer)
{
    host_shape shape = minor == IRP_MN_CHANGE_SINGLE_ITEM ? HOST_ITEM
                       : minor == IRP_MN_EXECUTE_METHOD   ? HOST_METHOD
                                                          : HOST_INSTANCE;
    host_check(size >= host_fixed_part(shape), "no source says what a cut-off WNODE is answered");
    ULONG flags = host_read_ulong(buffer, offsetof(WNODE_HEADER, Flags));
    host_check((flags & WNODE_FLAG_STATIC_INSTANCE_NAMES) != 0, "no source says how dynamic names are passed on");
    ULONG index = host_read_ulong(buffer, offsetof(WNODE_SINGLE_INSTANCE, InstanceIndex));
    host_check(
        index < library->GuidList[guid_index].InstanceCount, "no source says what an unknown instance is answered");
    host_stated_data stated = host_read_stated_data(buffer, shape);
    host_check(
        host_data_lies_inside(shape, stated.offset, minor == IRP_MN_QUERY_SINGLE_INSTANCE ? 0 : stated.size, size),
        "no source says what data outside its WNODE is answered");
    PUCHAR data = buffer + stated.offset;
    switch (minor) {
    case IRP_MN_QUERY_SINGLE_INSTANCE:
        return host_scsiwmi_query(
            library, device_context, context, guid_index, index, 1,
            (PULONG)(PVOID)(buffer + offsetof(WNODE_SINGLE_INSTANCE, SizeDataBlock)), size - stated.offset, data);
    case IRP_MN_CHANGE_SINGLE_INSTANCE:
        return host_scsiwmi_set(library, device_context, context, guid_index, index, stated.size, data);
    case IRP_MN_CHANGE_SINGLE_ITEM:
        return host_scsiwmi_set_item(
            library, device_context, context, guid_index, index, stated.id, stated.size, data);
    default:
        return host_scsiwmi_execute(
            library, device_context, context, guid_index, index, stated.id, stated.size,
            size - stated.offset, data);
    }
}

/* The name that the miniport gave for the MOF resource at the last registration. */
static PWCHAR resource_name;

PCWSTR host_scsiwmi_resource(VOID)
{
    return resource_name;
}

static BOOLEAN register_blocks(
    PSCSI_WMILIB_CONTEXT library,
    PVOID device_context,
    PSCSIWMI_REQUEST_CONTEXT context)
{
    resource_name = NULL;
    host_surroundings before = host_enter_callback();
    UCHAR status = library->QueryWmiRegInfo(device_context, context, &resource_name);
    host_leave_callback(&before, "HwScsiWmiQueryReginfo");
    host_check(status != SRB_STATUS_PENDING, "HwScsiWmiQueryReginfo is pending");
    context->ReturnStatus = status;
    context->ReturnSize = 0;
    return TRUE;
}

BOOLEAN NTAPI ScsiPortWmiDispatchFunction(
    PSCSI_WMILIB_CONTEXT WmiLibInfo,
    UCHAR MinorFunction,
    PVOID DeviceContext,
    PSCSIWMI_REQUEST_CONTEXT RequestContext,
    PVOID DataPath,
    ULONG BufferSize,
    PVOID Buffer)
{
    host_check(WmiLibInfo->QueryWmiRegInfo != NULL, "a SCSI_WMILIB_CONTEXT without HwScsiWmiQueryReginfo");
    host_check(WmiLibInfo->QueryWmiDataBlock != NULL, "a SCSI_WMILIB_CONTEXT without HwScsiWmiQueryDatablock");
    host_check(!is_open(RequestContext), "a context of a request that is pending");
    RequestContext->MinorFunction = MinorFunction;
    RequestContext->Buffer = Buffer;
    RequestContext->BufferSize = BufferSize;
    if (MinorFunction == IRP_MN_REGINFO || MinorFunction == IRP_MN_REGINFO_EX) {
        return register_blocks(WmiLibInfo, DeviceContext, RequestContext);
    }
    ULONG index = 0;
    while (index < WmiLibInfo->GuidCount && !IsEqualGUID(WmiLibInfo->GuidList[index].Guid, (const GUID *)DataPath)) {
        index++;
    }
    host_check(index < WmiLibInfo->GuidCount, "no source says what an unknown GUID is answered");
    switch (MinorFunction) {
    case IRP_MN_ENABLE_EVENTS:
    case IRP_MN_DISABLE_EVENTS:
        return control(
            WmiLibInfo, DeviceContext, RequestContext, index, ScsiWmiEventControl,
            MinorFunction == IRP_MN_ENABLE_EVENTS);
    case IRP_MN_ENABLE_COLLECTION:
    case IRP_MN_DISABLE_COLLECTION:
        return control(
            WmiLibInfo, DeviceContext, RequestContext, index, ScsiWmiDataBlockControl,
            MinorFunction == IRP_MN_ENABLE_COLLECTION);
    case IRP_MN_QUERY_SINGLE_INSTANCE:
    case IRP_MN_CHANGE_SINGLE_INSTANCE:
    case IRP_MN_CHANGE_SINGLE_ITEM:
    case IRP_MN_EXECUTE_METHOD:
        return for_instance(
            WmiLibInfo, MinorFunction, DeviceContext, RequestContext, index, BufferSize, Buffer);
    default:
        host_check(FALSE, "no source says how the library builds a WNODE_ALL_DATA; host_scsiwmi_query asks for all");
        return TRUE;
    }
}

/* ---- Events ---- */

VOID NTAPI ScsiPortWmiFireLogicalUnitEvent(
    PVOID HwDeviceExtension,
    UCHAR PathId,
    UCHAR TargetId,
    UCHAR Lun,
    LPGUID Guid,
    ULONG InstanceIndex,
    ULONG EventDataSize,
    PVOID EventData)
{
    host_check(EventDataSize <= sizeof(last_event.data), "an event of %u bytes", EventDataSize);
    host_check(EventDataSize == 0 || EventData != NULL, "an event without its data");
    memset(&last_event, 0, sizeof(last_event));
    last_event.extension = HwDeviceExtension;
    last_event.path = PathId;
    last_event.target = TargetId;
    last_event.lun = Lun;
    last_event.guid = *Guid;
    last_event.instance_index = InstanceIndex;
    last_event.data_size = EventDataSize;
    if (EventDataSize > 0) {
        memcpy(last_event.data, EventData, EventDataSize);
    }
    event_count++;
}
