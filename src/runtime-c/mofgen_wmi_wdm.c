// The transport of mofgen's C runtime core for drivers over WMILIB: WMILIB's routines, and events that it sends. It does not
// know blocks and instances: those are in mofgen_wmi_device.
// The same for every MOF file; mofgen copies it beside the files that it generates.
#include "mofgen_wmi_wdm.h"

// The list of blocks is given to WMILIB as it is.
C_ASSERT(sizeof(MOFGEN_WMI_REGISTRATION) == sizeof(WMIGUIDREGINFO));
C_ASSERT(FIELD_OFFSET(MOFGEN_WMI_REGISTRATION, Guid) == FIELD_OFFSET(WMIGUIDREGINFO, Guid));
C_ASSERT(FIELD_OFFSET(MOFGEN_WMI_REGISTRATION, InstanceCount) == FIELD_OFFSET(WMIGUIDREGINFO, InstanceCount));
C_ASSERT(FIELD_OFFSET(MOFGEN_WMI_REGISTRATION, Flags) == FIELD_OFFSET(WMIGUIDREGINFO, Flags));

// ---- Requests ----

// Lets WMILIB answer for blocks of one MOF file, or for those of all MOF files of the device object.
MOFGEN_PAGED static NTSTATUS
MofgenWmilibCall(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ ULONG Count,
    _In_reads_(Count) MOFGEN_WMI_REGISTRATION *Registrations,
    _In_ PDEVICE_OBJECT DeviceObject,
    _Inout_ PIRP Irp,
    _Out_ SYSCTL_IRP_DISPOSITION *Disposition)
{
    const WMILIB_CONTEXT *routines = (const WMILIB_CONTEXT *)Wmi->Provider->Routines;
    WMILIB_CONTEXT library = *routines;

    PAGED_CODE();

    library.GuidCount = Count;
    library.GuidList = (WMIGUIDREGINFO *)(PVOID)Registrations;
    // Read by the routines, which are given nothing else of this driver. The driver has the IRP until it is completed.
    Irp->Tail.Overlay.DriverContext[0] = Wmi;
    return WmiSystemControl(&library, DeviceObject, Irp, Disposition);
}

// Whether WMI wants to know the blocks of the device.
MOFGEN_PAGED static BOOLEAN
MofgenWmilibIsReginfo(
    _In_ PDEVICE_OBJECT DeviceObject,
    _In_ PIRP Irp)
{
    const IO_STACK_LOCATION *stack = IoGetCurrentIrpStackLocation(Irp);

    PAGED_CODE();

    return stack->MajorFunction == IRP_MJ_SYSTEM_CONTROL &&
           (stack->MinorFunction == IRP_MN_REGINFO || stack->MinorFunction == IRP_MN_REGINFO_EX) &&
           stack->Parameters.WMI.ProviderId == (ULONG_PTR)DeviceObject;
}

// The registration of all MOF files of a device object.
MOFGEN_PAGED static NTSTATUS
MofgenWmilibControlReginfo(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ PDEVICE_OBJECT DeviceObject,
    _Inout_ PIRP Irp,
    _Out_ SYSCTL_IRP_DISPOSITION *Disposition)
{
    MOFGEN_WMI_REGISTRATION *registrations;
    MOFGEN_MEMORY memory = {NULL, 0};
    MOFGEN_WMI_DEVICE *each;
    ULONG count = 0;
    NTSTATUS status;

    PAGED_CODE();

    for (each = Wmi; each != NULL; each = each->Next)
    {
        count += each->BlockCount;
    }
    registrations =
        (MOFGEN_WMI_REGISTRATION *)MofgenMemoryAllocate(&memory, (ULONGLONG)count * sizeof(*registrations));
    if (registrations == NULL)
    {
        *Disposition = IrpNotCompleted;
        Irp->IoStatus.Status = STATUS_INSUFFICIENT_RESOURCES;
        Irp->IoStatus.Information = 0;
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    count = 0;
    for (each = Wmi; each != NULL; each = each->Next)
    {
        MofgenWmiCopyRegistrations(each, &registrations[count]);
        count += each->BlockCount;
    }
    status = MofgenWmilibCall(Wmi, count, registrations, DeviceObject, Irp, Disposition);
    MofgenMemoryFree(&memory);
    return status;
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmilibSystemControl(
    MOFGEN_WMI_DEVICE *Wmi,
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp)
{
    SYSCTL_IRP_DISPOSITION disposition = IrpForward;
    MOFGEN_WMI_DEVICE *each;
    NTSTATUS status;

    PAGED_CODE();

    if (Wmi->Next != NULL && MofgenWmilibIsReginfo(DeviceObject, Irp))
    {
        status = MofgenWmilibControlReginfo(Wmi, DeviceObject, Irp, &disposition);
    }
    else
    {
        each = Wmi;
        do
        {
            status = MofgenWmilibCall(each, each->BlockCount, each->Registrations, DeviceObject, Irp, &disposition);
            each = each->Next;
            // The block may be one of the next MOF file.
        } while (each != NULL && disposition == IrpNotCompleted && Irp->IoStatus.Status == STATUS_WMI_GUID_NOT_FOUND);
    }
    if (disposition == IrpProcessed)
    {
        // A routine has completed it.
        return status;
    }
    if (disposition != IrpNotCompleted && Wmi->LowerDevice != NULL)
    {
        // It is for another device, or no request of WMI.
        IoSkipCurrentIrpStackLocation(Irp);
        return IoCallDriver(Wmi->LowerDevice, Irp);
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
    const MOFGEN_WMI_INSTANCE *Instance,
    ULONG InstanceIndex,
    ULONG Size,
    PVOID Data)
{
    PAGED_CODE();

    return WmiFireEvent(Instance->Wmi->DeviceObject, &Instance->Block->Guid, InstanceIndex, Size, Data);
}

// ---- Routines ----

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmilibQueryReginfo(
    MOFGEN_WMI_DEVICE *Wmi,
    PULONG RegFlags,
    PUNICODE_STRING *RegistryPath,
    PUNICODE_STRING MofResourceName,
    PDEVICE_OBJECT *Pdo)
{
    PAGED_CODE();

    *RegFlags = WMIREG_FLAG_INSTANCE_PDO;
    *RegistryPath = &Wmi->RegistryPath;
    *Pdo = Wmi->PhysicalDeviceObject;
    RtlInitUnicodeString(MofResourceName, Wmi->Provider->MofResource);
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
    BOOLEAN areAll = IoGetCurrentIrpStackLocation(Irp)->MinorFunction == IRP_MN_QUERY_ALL_DATA;
    NTSTATUS status;
    ULONG used;

    PAGED_CODE();

    status = MofgenWmiQuery(
        MofgenWmilibDevice(Irp), GuidIndex, InstanceIndex, InstanceCount, areAll, InstanceLengthArray, BufferAvail, Buffer,
        &used);
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
    NTSTATUS status;

    PAGED_CODE();

    status = MofgenWmiSet(MofgenWmilibDevice(Irp), GuidIndex, InstanceIndex, NULL, BufferSize, Buffer);
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
    NTSTATUS status;

    PAGED_CODE();

    status = MofgenWmiSet(MofgenWmilibDevice(Irp), GuidIndex, InstanceIndex, &DataItemId, BufferSize, Buffer);
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
    NTSTATUS status;
    ULONG used;

    PAGED_CODE();

    status = MofgenWmiExecute(
        MofgenWmilibDevice(Irp), GuidIndex, InstanceIndex, MethodId, InBufferSize, OutBufferSize, Buffer, &used);
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
