// The driver around the pump: a device for each pump, requests for other devices passed down, WMI requests handled.
#include "device.h"

#define POOL_TAG 0x706d7550u // 'Pump' in a dump

DRIVER_INITIALIZE DriverEntry;
static DRIVER_UNLOAD DriverUnload;
static DRIVER_ADD_DEVICE DriverAddDevice;
static DRIVER_DISPATCH DispatchPnp;
static DRIVER_DISPATCH DispatchPower;

// A copy, because the string of DriverEntry is not valid later.
static UNICODE_STRING DriverRegistryPath;

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PWSTR path = ExAllocatePoolWithTag(NonPagedPoolNx, RegistryPath->Length, POOL_TAG);

    if (path == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    DriverRegistryPath.Buffer = path;
    DriverRegistryPath.MaximumLength = RegistryPath->Length;
    RtlCopyUnicodeString(&DriverRegistryPath, RegistryPath);

    DriverObject->DriverUnload = DriverUnload;
    DriverObject->DriverExtension->AddDevice = DriverAddDevice;
    DriverObject->MajorFunction[IRP_MJ_PNP] = DispatchPnp;
    DriverObject->MajorFunction[IRP_MJ_POWER] = DispatchPower;
    DriverObject->MajorFunction[IRP_MJ_SYSTEM_CONTROL] = FilterPumpWmiSystemControl;
    return STATUS_SUCCESS;
}

static VOID NTAPI
DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    ExFreePoolWithTag(DriverRegistryPath.Buffer, POOL_TAG);
}

static NTSTATUS NTAPI
DriverAddDevice(PDRIVER_OBJECT DriverObject, PDEVICE_OBJECT PhysicalDeviceObject)
{
    PDEVICE_OBJECT deviceObject;
    DEVICE *device;
    NTSTATUS status;

    status = IoCreateDevice(
        DriverObject,
        sizeof(DEVICE),
        NULL,
        FILE_DEVICE_UNKNOWN,
        FILE_DEVICE_SECURE_OPEN,
        FALSE,
        &deviceObject);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    device = deviceObject->DeviceExtension;
    PumpInitialize(&device->Pump);
    device->Lower = IoAttachDeviceToDeviceStack(deviceObject, PhysicalDeviceObject);
    if (device->Lower == NULL)
    {
        IoDeleteDevice(deviceObject);
        return STATUS_NO_SUCH_DEVICE;
    }
    status = FilterPumpWmiInitialize(
        &device->Wmi, deviceObject, PhysicalDeviceObject, device->Lower, &DriverRegistryPath);
    if (!NT_SUCCESS(status))
    {
        IoDetachDevice(device->Lower);
        IoDeleteDevice(deviceObject);
        return status;
    }
    deviceObject->Flags |= DO_POWER_PAGABLE;
    deviceObject->Flags &= ~DO_DEVICE_INITIALIZING;
    return STATUS_SUCCESS;
}

static NTSTATUS
StartDevice(DEVICE *Device, PIRP Irp)
{
    NTSTATUS status = STATUS_UNSUCCESSFUL;

    // The lower drivers start first.
    if (IoForwardIrpSynchronously(Device->Lower, Irp))
    {
        status = Irp->IoStatus.Status;
    }
    if (NT_SUCCESS(status))
    {
        status = FilterPumpWmiRegister(&Device->Wmi);
    }
    Irp->IoStatus.Status = status;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static NTSTATUS
RemoveDevice(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    DEVICE *device = DeviceObject->DeviceExtension;
    NTSTATUS status;

    // Waits for the WMI requests in progress; no request comes later.
    FilterPumpWmiDeregister(&device->Wmi);
    FilterPumpWmiCleanup(&device->Wmi);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    IoSkipCurrentIrpStackLocation(Irp);
    status = IoCallDriver(device->Lower, Irp);
    IoDetachDevice(device->Lower);
    IoDeleteDevice(DeviceObject);
    return status;
}

static NTSTATUS NTAPI
DispatchPnp(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    DEVICE *device = DeviceObject->DeviceExtension;

    switch (IoGetCurrentIrpStackLocation(Irp)->MinorFunction)
    {
    case IRP_MN_START_DEVICE:
        return StartDevice(device, Irp);
    case IRP_MN_REMOVE_DEVICE:
        return RemoveDevice(DeviceObject, Irp);
    default:
        IoSkipCurrentIrpStackLocation(Irp);
        return IoCallDriver(device->Lower, Irp);
    }
}

static NTSTATUS NTAPI
DispatchPower(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    DEVICE *device = DeviceObject->DeviceExtension;

    IoSkipCurrentIrpStackLocation(Irp);
    return IoCallDriver(device->Lower, Irp);
}
