/* Device objects, and IRPs in a device stack: checks that each is completed once, by a driver that owns it. */
#include "internal.h"

typedef struct device {
    /* First member, so that a device object's address is also that of its record. */
    DEVICE_OBJECT object;
    DRIVER_OBJECT driver;
    PDEVICE_OBJECT lower;
} device;

/* An IRP that is not completed. */
typedef struct open_irp {
    struct open_irp *next;
    PIRP irp;
    host_request *request;
    BOOLEAN completed;
    /* The sender waits and frees the record; else completing the IRP frees it. */
    BOOLEAN awaited;
} open_irp;

static open_irp *irps;

static DRIVER_DISPATCH refuse;
static DRIVER_DISPATCH complete_as_it_stands;

static NTSTATUS NTAPI refuse(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    (void)DeviceObject;
    host_check(FALSE, "major function 0x%02x is not known here", IoGetCurrentIrpStackLocation(Irp)->MajorFunction);
    return STATUS_INVALID_DEVICE_REQUEST;
}

PDEVICE_OBJECT host_make_device(PDRIVER_DISPATCH dispatch, ULONG extension_size, PDEVICE_OBJECT lower)
{
    device *made = host_own_memory(sizeof(device));
    memset(made, 0, sizeof(device));
    made->object.Type = 3;
    made->object.Size = sizeof(DEVICE_OBJECT);
    made->object.ReferenceCount = 1;
    made->object.DriverObject = &made->driver;
    made->object.StackSize = lower == NULL ? 1 : (CCHAR)(lower->StackSize + 1);
    if (extension_size > 0) {
        made->object.DeviceExtension = host_own_memory(extension_size);
        memset(made->object.DeviceExtension, 0, extension_size);
    }
    for (size_t i = 0; i < ARRAYSIZE(made->driver.MajorFunction); i++) {
        made->driver.MajorFunction[i] = refuse;
    }
    if (dispatch != NULL) {
        made->driver.MajorFunction[IRP_MJ_SYSTEM_CONTROL] = dispatch;
    }
    made->lower = lower;
    return &made->object;
}

VOID host_free_device(PDEVICE_OBJECT object)
{
    free(object->DeviceExtension);
    free(object);
}

PDEVICE_OBJECT host_lower_device(PDEVICE_OBJECT object)
{
    return ((device *)object)->lower;
}

/* The tables are held. */
static open_irp *find(const IRP *irp)
{
    for (open_irp *each = irps; each != NULL; each = each->next) {
        if (each->irp == irp && !each->completed) {
            return each;
        }
    }
    return NULL;
}

static open_irp *find_open(const IRP *irp)
{
    host_read_tables();
    open_irp *found = find(irp);
    host_leave_tables();
    return found;
}

/* The tables are held. */
static VOID drop(open_irp *record)
{
    open_irp **link = &irps;
    while (*link != record) {
        link = &(*link)->next;
    }
    *link = record->next;
    free(record);
}

static NTSTATUS NTAPI complete_as_it_stands(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    (void)DeviceObject;
    NTSTATUS status = Irp->IoStatus.Status;
    open_irp *open = find_open(Irp);
    host_check(open != NULL, "a request is forwarded that was completed before");
    open->request->forwarded = TRUE;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

PDEVICE_OBJECT host_make_bus_device(VOID)
{
    return host_make_device(complete_as_it_stands, 0, NULL);
}

static PIO_STACK_LOCATION location(PIRP irp, int number)
{
    host_check(number >= 1 && number <= irp->StackCount, "an IRP has no stack location %d", number);
    return &irp->StackLocations[number - 1];
}

static PIO_STACK_LOCATION set_location(PIRP irp, int number)
{
    PIO_STACK_LOCATION stack = location(irp, number);
    irp->CurrentLocation = (CCHAR)number;
    irp->Tail.Overlay.CurrentStackLocation = stack;
    return stack;
}

/* The location of the first driver may be skipped as well: IoCallDriver comes next. */
VOID NTAPI IoSkipCurrentIrpStackLocation(PIRP Irp)
{
    Irp->CurrentLocation++;
    Irp->Tail.Overlay.CurrentStackLocation = NULL;
}

VOID NTAPI IoCopyCurrentIrpStackLocationToNext(PIRP Irp)
{
    *location(Irp, Irp->CurrentLocation - 1) = *location(Irp, Irp->CurrentLocation);
}

VOID NTAPI IoMarkIrpPending(PIRP Irp)
{
    Irp->PendingReturned = TRUE;
}

NTSTATUS NTAPI IoCallDriver(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    host_check(DeviceObject != NULL, "IoCallDriver without a device");
    host_check(find_open(Irp) != NULL, "IoCallDriver with a request that was completed before");
    PIO_STACK_LOCATION stack = set_location(Irp, Irp->CurrentLocation - 1);
    stack->DeviceObject = DeviceObject;
    return DeviceObject->DriverObject->MajorFunction[stack->MajorFunction](DeviceObject, Irp);
}

VOID NTAPI IoCompleteRequest(PIRP Irp, CCHAR PriorityBoost)
{
    (void)PriorityBoost;
    host_write_tables();
    open_irp *open = find(Irp);
    host_check(open != NULL, "MULTIPLE_IRP_COMPLETE_REQUESTS: a request is completed twice");
    host_check(Irp->IoStatus.Status != STATUS_PENDING, "a request is completed with STATUS_PENDING");
    open->request->io = Irp->IoStatus;
    open->completed = TRUE;
    if (!open->awaited) {
        drop(open);
    }
    host_leave_tables();
    /* Freed on completion, so that a sanitizer reports a later access. */
    memset(Irp, 0xDE, sizeof(IRP));
    free(Irp);
}

static open_irp *open_request(PDEVICE_OBJECT object, host_request *request, BOOLEAN awaited)
{
    PIRP irp = host_own_memory(sizeof(IRP));
    memset(irp, 0, sizeof(IRP));
    irp->Type = 6;
    irp->Size = sizeof(IRP);
    irp->StackCount = object->StackSize;
    host_check(irp->StackCount <= (CCHAR)ARRAYSIZE(irp->StackLocations), "the stack is too deep");
    irp->IoStatus = request->io;
    PIO_STACK_LOCATION stack = set_location(irp, irp->StackCount);
    stack->MajorFunction = IRP_MJ_SYSTEM_CONTROL;
    stack->MinorFunction = request->minor;
    stack->Parameters.WMI.ProviderId =
        request->provider_id == 0 ? (ULONG_PTR)object : request->provider_id;
    stack->Parameters.WMI.DataPath = (PVOID)(uintptr_t)request->data_path;
    stack->Parameters.WMI.BufferSize = request->size;
    stack->Parameters.WMI.Buffer = request->buffer;
    stack->DeviceObject = object;
    open_irp *open = host_own_memory(sizeof(open_irp));
    open->irp = irp;
    open->request = request;
    open->completed = FALSE;
    open->awaited = awaited;
    host_write_tables();
    open->next = irps;
    irps = open;
    host_leave_tables();
    return open;
}

PIRP host_new_irp(PDEVICE_OBJECT object, host_request *request)
{
    return open_request(object, request, FALSE)->irp;
}

ULONG host_open_irps(VOID)
{
    ULONG count = 0;
    host_read_tables();
    for (const open_irp *each = irps; each != NULL; each = each->next) {
        count += each->completed ? 0 : 1;
    }
    host_leave_tables();
    return count;
}

VOID host_send_irp(PDEVICE_OBJECT object, host_request *request)
{
    open_irp *open = open_request(object, request, TRUE);
    host_surroundings before = host_enter_callback();
    NTSTATUS returned = object->DriverObject->MajorFunction[IRP_MJ_SYSTEM_CONTROL](object, open->irp);
    host_leave_callback(&before, "a dispatch routine");
    host_write_tables();
    host_check(open->completed, "a dispatch routine returned and nobody completed the request");
    drop(open);
    host_leave_tables();
    host_check(
        returned == request->io.Status,
        "a dispatch routine returned %s, and the request was completed with %s",
        host_status_name(returned),
        host_status_name(request->io.Status));
}

LONG_PTR NTAPI ObReferenceObject(PVOID Object)
{
    PDEVICE_OBJECT object = Object;
    return __atomic_add_fetch(&object->ReferenceCount, 1, __ATOMIC_RELAXED);
}

LONG_PTR NTAPI ObDereferenceObject(PVOID Object)
{
    PDEVICE_OBJECT object = Object;
    LONG before = __atomic_fetch_sub(&object->ReferenceCount, 1, __ATOMIC_ACQ_REL);
    host_check(before > 0, "an object has no reference left to drop");
    return before - 1;
}
