// The transport of mofgen's C runtime core for drivers over WMILIB: WMILIB's routines, and events that it sends. It does not
// know blocks and instances: those are in mofgen_wmi_device.
// The same for every MOF file; mofgen copies it beside the files that it generates.
#include "mofgen_wmi_wdm.h"

// A device keeps its WMILIB_CONTEXT, whose list of blocks is that of the device.
C_ASSERT(sizeof(WMILIB_CONTEXT) <= RTL_FIELD_SIZE(MOFGEN_WMI_DEVICE, Transport));
C_ASSERT(sizeof(WMIGUIDREGINFO) == sizeof(MOFGEN_WMI_REGISTRATION));
C_ASSERT(FIELD_OFFSET(WMIGUIDREGINFO, Guid) == FIELD_OFFSET(MOFGEN_WMI_REGISTRATION, Guid));
C_ASSERT(FIELD_OFFSET(WMIGUIDREGINFO, InstanceCount) == FIELD_OFFSET(MOFGEN_WMI_REGISTRATION, InstanceCount));
C_ASSERT(FIELD_OFFSET(WMIGUIDREGINFO, Flags) == FIELD_OFFSET(MOFGEN_WMI_REGISTRATION, Flags));

MOFGEN_PAGED static WMILIB_CONTEXT *
MofgenWmilibContext(
    _In_ MOFGEN_WMI_DEVICE *Wmi)
{
    PAGED_CODE();

    return (WMILIB_CONTEXT *)(PVOID)Wmi->Transport;
}

// ---- Devices ----

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmilibInitialize(
    MOFGEN_WMI_DEVICE *Wmi,
    const MOFGEN_WMI_PROVIDER *Provider,
    PDEVICE_OBJECT DeviceObject,
    PDEVICE_OBJECT PhysicalDeviceObject,
    PDEVICE_OBJECT LowerDevice,
    PCUNICODE_STRING RegistryPath)
{
    WMILIB_CONTEXT *library = MofgenWmilibContext(Wmi);
    NTSTATUS status;

    PAGED_CODE();

    status = MofgenWmiInitialize(Wmi, Provider, DeviceObject, PhysicalDeviceObject, LowerDevice, RegistryPath);
    if (NT_SUCCESS(status))
    {
        RtlCopyMemory(library, Provider->Routines, sizeof(*library));
        library->GuidCount = Wmi->BlockCount;
        library->GuidList = (WMIGUIDREGINFO *)(PVOID)Wmi->Registrations;
    }
    return status;
}

_Use_decl_annotations_
MOFGEN_PAGED VOID
MofgenWmilibCleanup(
    MOFGEN_WMI_DEVICE *Wmi)
{
    PAGED_CODE();

    MofgenWmiDeregister(Wmi);
    // WMILIB finds no block for a request that arrives after this.
    MofgenWmilibContext(Wmi)->GuidCount = 0;
    MofgenWmiCleanup(Wmi);
}

// ---- Requests ----

// Lets WMILIB find out which routine answers, and call it.
MOFGEN_PAGED static NTSTATUS
MofgenWmilibCall(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ WMILIB_CONTEXT *Library,
    _Inout_ PIRP Irp,
    _Out_ SYSCTL_IRP_DISPOSITION *Disposition)
{
    PAGED_CODE();

    // For the routine, which is given nothing else of the driver's. The driver owns the IRP until it is completed.
    Irp->Tail.Overlay.DriverContext[0] = Wmi;
    return WmiSystemControl(Library, Wmi->DeviceObject, Irp, Disposition);
}

// Whether WMI wants to know the blocks of the device.
MOFGEN_PAGED static BOOLEAN
MofgenWmilibIsReginfo(
    _In_ const MOFGEN_WMI_DEVICE *Wmi,
    _In_ PIRP Irp)
{
    const IO_STACK_LOCATION *stack = IoGetCurrentIrpStackLocation(Irp);

    PAGED_CODE();

    return stack->MajorFunction == IRP_MJ_SYSTEM_CONTROL &&
           (stack->MinorFunction == IRP_MN_REGINFO || stack->MinorFunction == IRP_MN_REGINFO_EX) &&
           stack->Parameters.WMI.ProviderId == (ULONG_PTR)Wmi->DeviceObject;
}

// A request for a device object that has several MOF files.
DECLSPEC_NOINLINE
MOFGEN_PAGED static NTSTATUS
MofgenWmilibControlJoined(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _Inout_ PIRP Irp,
    _Out_ SYSCTL_IRP_DISPOSITION *Disposition)
{
    WMILIB_CONTEXT library = *MofgenWmilibContext(Wmi);
    MOFGEN_WMI_REGISTRATION *registrations;
    MOFGEN_WMI_DEVICE *each = Wmi;
    NTSTATUS status;

    PAGED_CODE();

    if (MofgenWmilibIsReginfo(Wmi, Irp))
    {
        registrations = MofgenWmiCopyRegistrations(Wmi, &library.GuidCount);
        if (registrations == NULL)
        {
            *Disposition = IrpNotCompleted;
            Irp->IoStatus.Status = STATUS_INSUFFICIENT_RESOURCES;
            Irp->IoStatus.Information = 0;
            return STATUS_INSUFFICIENT_RESOURCES;
        }
        library.GuidList = (WMIGUIDREGINFO *)(PVOID)registrations;
        status = MofgenWmilibCall(Wmi, &library, Irp, Disposition);
        MofgenFree(registrations);
        return status;
    }
    do
    {
        status = MofgenWmilibCall(each, MofgenWmilibContext(each), Irp, Disposition);
        each = each->Next;
        // The block may be one of the next MOF file.
    } while (each != NULL && *Disposition == IrpNotCompleted && Irp->IoStatus.Status == STATUS_WMI_GUID_NOT_FOUND);
    return status;
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmilibSystemControl(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    MOFGEN_WMI_FROM_DEVICE *FromDevice)
{
    SYSCTL_IRP_DISPOSITION disposition = IrpForward;
    MOFGEN_WMI_DEVICE *wmi;
    NTSTATUS status;

    PAGED_CODE();

    wmi = FromDevice(DeviceObject);
    status = wmi->Next != NULL
                 ? MofgenWmilibControlJoined(wmi, Irp, &disposition)
                 : MofgenWmilibCall(wmi, MofgenWmilibContext(wmi), Irp, &disposition);
    if (disposition == IrpProcessed)
    {
        // A routine has completed it.
        return status;
    }
    if (disposition != IrpNotCompleted && wmi->LowerDevice != NULL)
    {
        // It is for another device, or no request of WMI.
        IoSkipCurrentIrpStackLocation(Irp);
        return IoCallDriver(wmi->LowerDevice, Irp);
    }
    // WMILIB has prepared the answer; or there is no device below, and the sender's status stays.
    status = Irp->IoStatus.Status;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

// ---- Events ----

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmilibSendEvent(
    const MOFGEN_WMI_DEVICE *Wmi,
    const GUID *Guid,
    ULONG InstanceIndex,
    ULONG Size,
    PVOID Data)
{
    PAGED_CODE();

    return WmiFireEvent(Wmi->DeviceObject, Guid, InstanceIndex, Size, Data);
}

// ---- Routines ----

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmilibQueryReginfo(
    PDEVICE_OBJECT DeviceObject,
    PULONG RegFlags,
    MOFGEN_WMI_FROM_DEVICE *FromDevice,
    PUNICODE_STRING *RegistryPath,
    PUNICODE_STRING MofResourceName,
    PDEVICE_OBJECT *Pdo)
{
    MOFGEN_WMI_DEVICE *wmi;

    PAGED_CODE();

    wmi = FromDevice(DeviceObject);
    *RegFlags = WMIREG_FLAG_INSTANCE_PDO;
    *RegistryPath = &wmi->RegistryPath;
    *Pdo = wmi->PhysicalDeviceObject;
    RtlInitUnicodeString(MofResourceName, wmi->Provider->MofResource);
    return STATUS_SUCCESS;
}

// The structure of the device that MofgenWmilibCall put there.
MOFGEN_PAGED static MOFGEN_WMI_DEVICE *
MofgenWmilibDevice(
    _In_ PIRP Irp)
{
    PAGED_CODE();

    return (MOFGEN_WMI_DEVICE *)Irp->Tail.Overlay.DriverContext[0];
}

// Whether the request is for all instances of an event.
MOFGEN_PAGED static BOOLEAN
MofgenWmilibIsQueryAllOfEvent(
    _In_ PIRP Irp,
    _In_ ULONG GuidIndex)
{
    PAGED_CODE();

    return IoGetCurrentIrpStackLocation(Irp)->MinorFunction == IRP_MN_QUERY_ALL_DATA &&
           (MofgenWmilibDevice(Irp)->Provider->Blocks[GuidIndex].Flags & MOFGEN_WMI_EVENT) != 0;
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS NTAPI
MofgenWmilibQueryDataBlock(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    ULONG GuidIndex,
    ULONG InstanceIndex,
    ULONG InstanceCount,
    PULONG InstanceLengthArray,
    ULONG BufferAvail,
    PUCHAR Buffer)
{
    MOFGEN_WMI_CALL call;
    NTSTATUS status;
    ULONG used;

    PAGED_CODE();

    call.Run = MofgenWmiRunQuery;
    call.Index = GuidIndex;
    call.InstanceIndex = InstanceIndex;
    MofgenRequestInitialize(&call.Request, NULL, 0, Buffer, BufferAvail);
    status = InstanceCount == 1
                 ? MofgenWmiRun(MofgenWmilibDevice(Irp), &call)
                 : MofgenWmiQueryInstances(MofgenWmilibDevice(Irp), &call, InstanceCount, InstanceLengthArray);
    used = MofgenRequestComplete(&call.Request, status);
    if (status == STATUS_INVALID_DEVICE_REQUEST && MofgenWmilibIsQueryAllOfEvent(Irp, GuidIndex))
    {
        // The instances of an event are without data.
        status = STATUS_SUCCESS;
    }
    if (InstanceCount == 1 && InstanceLengthArray != NULL)
    {
        *InstanceLengthArray = used;
    }
    return WmiCompleteRequest(DeviceObject, Irp, status, used, IO_NO_INCREMENT);
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS NTAPI
MofgenWmilibSetDataBlock(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    ULONG GuidIndex,
    ULONG InstanceIndex,
    ULONG BufferSize,
    PUCHAR Buffer)
{
    MOFGEN_WMI_CALL call;
    NTSTATUS status;

    PAGED_CODE();

    call.Run = MofgenWmiRunSetInstance;
    call.Index = GuidIndex;
    call.InstanceIndex = InstanceIndex;
    MofgenRequestInitialize(&call.Request, Buffer, BufferSize, NULL, 0);
    status = MofgenWmiRun(MofgenWmilibDevice(Irp), &call);
    (VOID)MofgenRequestComplete(&call.Request, status);
    return WmiCompleteRequest(DeviceObject, Irp, status, 0, IO_NO_INCREMENT);
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS NTAPI
MofgenWmilibSetDataItem(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    ULONG GuidIndex,
    ULONG InstanceIndex,
    ULONG DataItemId,
    ULONG BufferSize,
    PUCHAR Buffer)
{
    MOFGEN_WMI_CALL call;
    NTSTATUS status;

    PAGED_CODE();

    call.Run = MofgenWmiRunSetItem;
    call.Index = GuidIndex;
    call.InstanceIndex = InstanceIndex;
    call.Id = DataItemId;
    MofgenRequestInitialize(&call.Request, Buffer, BufferSize, NULL, 0);
    status = MofgenWmiRun(MofgenWmilibDevice(Irp), &call);
    (VOID)MofgenRequestComplete(&call.Request, status);
    return WmiCompleteRequest(DeviceObject, Irp, status, 0, IO_NO_INCREMENT);
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS NTAPI
MofgenWmilibExecuteMethod(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    ULONG GuidIndex,
    ULONG InstanceIndex,
    ULONG MethodId,
    ULONG InBufferSize,
    ULONG OutBufferSize,
    PUCHAR Buffer)
{
    MOFGEN_WMI_CALL call;
    NTSTATUS status;
    ULONG used;

    PAGED_CODE();

    call.Index = GuidIndex;
    call.InstanceIndex = InstanceIndex;
    call.Id = MethodId;
    MofgenRequestInitialize(&call.Request, Buffer, InBufferSize, Buffer, OutBufferSize);
    status = MofgenWmiExecute(MofgenWmilibDevice(Irp), &call);
    used = MofgenRequestComplete(&call.Request, status);
    return WmiCompleteRequest(DeviceObject, Irp, status, used, IO_NO_INCREMENT);
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS NTAPI
MofgenWmilibFunctionControl(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    ULONG GuidIndex,
    WMIENABLEDISABLECONTROL Function,
    BOOLEAN Enable)
{
    NTSTATUS status;

    PAGED_CODE();

    status = MofgenWmiControl(MofgenWmilibDevice(Irp), GuidIndex, Function == WmiDataBlockControl, Enable);
    return WmiCompleteRequest(DeviceObject, Irp, status, 0, IO_NO_INCREMENT);
}
