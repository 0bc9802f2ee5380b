// mofgen's C runtime core: the transport of WDM drivers that use WMILIB, with WMILIB's callback routines and the events that it sends.
// Blocks and instances are in mofgen_wmi_device.
// The same for every MOF file; mofgen copies it next to the files that it generates.
#include "mofgen_wmi_wdm.h"

// WMILIB receives an array of MOFGEN_WMI_REGISTRATION as an array of WMIGUIDREGINFO.
C_ASSERT(sizeof(MOFGEN_WMI_REGISTRATION) == sizeof(WMIGUIDREGINFO));
C_ASSERT(FIELD_OFFSET(MOFGEN_WMI_REGISTRATION, Guid) == FIELD_OFFSET(WMIGUIDREGINFO, Guid));
C_ASSERT(FIELD_OFFSET(MOFGEN_WMI_REGISTRATION, InstanceCount) == FIELD_OFFSET(WMIGUIDREGINFO, InstanceCount));
C_ASSERT(FIELD_OFFSET(MOFGEN_WMI_REGISTRATION, Flags) == FIELD_OFFSET(WMIGUIDREGINFO, Flags));

// ---- IRP_MJ_SYSTEM_CONTROL ----

// Copies the registrations of all MOF files of the device object for the answer to a registration request; or, when WMI has the
// answer, renumbers the instances. Returns the number of blocks.
MOFGEN_PAGED static ULONG
MofgenWmilibNumber(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _Inout_ MOFGEN_WMI_REGISTRATION *Registrations,
    _In_ BOOLEAN IsReported)
{
    MOFGEN_WMI_REGISTRATION *row = Registrations;
    MOFGEN_WMI_DEVICE *each;
    ULONG i;

    PAGED_CODE();

    for (each = Wmi; each != NULL; each = each->Next)
    {
        // Instances may be added and removed concurrently.
        ExAcquireFastMutex(&each->Lock);
        for (i = 0; i < each->BlockCount; i += 1)
        {
            if (!IsReported)
            {
                *row = each->Registrations[i];
            }
            if (each->Renumber != NULL)
            {
                each->Renumber(each, i, &row->InstanceCount, IsReported);
            }
            row += 1;
        }
        ExReleaseFastMutex(&each->Lock);
    }
    return (ULONG)(row - Registrations);
}

// Passes a request for the device object to WMILIB. For a registration request, WMILIB gets a copy of the registrations of all MOF files:
// requests use the original counts, which include removed instances, until WMI has the answer. An answer of one ULONG is the required
// size, so WMI repeats the request (documentation of IRP_MN_REGINFO). For any other request, WMILIB gets the blocks of one MOF file, and
// those of the next one when it does not find the block.
MOFGEN_PAGED static NTSTATUS
MofgenWmilibControl(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ PDEVICE_OBJECT DeviceObject,
    _Inout_ PIRP Irp,
    _Out_ SYSCTL_IRP_DISPOSITION *Disposition)
{
    const IO_STACK_LOCATION *stack = IoGetCurrentIrpStackLocation(Irp);
    BOOLEAN isReginfo = stack->Parameters.WMI.ProviderId == (ULONG_PTR)DeviceObject &&
                        (stack->MinorFunction == IRP_MN_REGINFO || stack->MinorFunction == IRP_MN_REGINFO_EX);
    MOFGEN_WMI_REGISTRATION *registrations = NULL;
    MOFGEN_WMI_DEVICE *each = Wmi;
    WMILIB_CONTEXT library;
    NTSTATUS status;
    ULONG count = 0;

    PAGED_CODE();

    if (isReginfo)
    {
        for (; each != NULL; each = each->Next)
        {
            count += each->Provider->BlockCount;
        }
        each = Wmi;
        registrations = (MOFGEN_WMI_REGISTRATION *)MofgenAllocateNonPaged(count * sizeof(*registrations));
        if (registrations == NULL)
        {
            *Disposition = IrpNotCompleted;
            Irp->IoStatus.Status = STATUS_INSUFFICIENT_RESOURCES;
            Irp->IoStatus.Information = 0;
            return STATUS_INSUFFICIENT_RESOURCES;
        }
        count = MofgenWmilibNumber(Wmi, registrations, FALSE);
    }
    do
    {
        library = *each->Provider->Routines;
        library.GuidCount = isReginfo ? count : each->BlockCount;
        library.GuidList = (WMIGUIDREGINFO *)(PVOID)(isReginfo ? registrations : each->Registrations);
        status = WmiSystemControl(&library, DeviceObject, Irp, Disposition);
        each = each->Next;
    } while (status == STATUS_WMI_GUID_NOT_FOUND && *Disposition == IrpNotCompleted && each != NULL);
    if (registrations != NULL)
    {
        if (NT_SUCCESS(status) && Irp->IoStatus.Information > sizeof(ULONG))
        {
            (VOID)MofgenWmilibNumber(Wmi, registrations, TRUE);
        }
        MofgenFree(registrations);
    }
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
    NTSTATUS status = STATUS_SUCCESS;

    PAGED_CODE();

    if (Wmi->Provider != NULL) // MofgenWmiInitialize was called
    {
        status = MofgenWmilibControl(Wmi, DeviceObject, Irp, &disposition);
    }
    if (disposition == IrpProcessed)
    {
        // A routine has completed the request.
        return status;
    }
    if (disposition != IrpNotCompleted && Wmi->LowerDevice != NULL)
    {
        // The request is for another device, or its minor code is not one of WMI.
        IoSkipCurrentIrpStackLocation(Irp);
        return IoCallDriver(Wmi->LowerDevice, Irp);
    }
    // WMILIB has set the status; or there is no device below: keep the sender's status.
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

    // WMILIB frees the data on success and on failure.
    return WmiFireEvent(Instance->Wmi->DeviceObject, &Instance->Block->Guid, InstanceIndex, Size, Data);
}

// ---- WMILIB's routines ----

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

// Returns the device object of a request. WMILIB passes on the one that the dispatch routine received.
FORCEINLINE
PDEVICE_OBJECT
MofgenWmilibDeviceObject(
    _In_ PIRP Irp)
{
    return IoGetCurrentIrpStackLocation(Irp)->DeviceObject;
}

// Runs a request, other than a method, for one instance. Only the instance lock is held while the driver's function runs.
MOFGEN_PAGED static __inline NTSTATUS
MofgenWmilibRun(
    _In_ MOFGEN_WMI_FROM_DEVICE *FromDevice,
    _In_ PIRP Irp,
    _In_ ULONG GuidIndex,
    _In_ ULONG InstanceIndex,
    _In_ MOFGEN_WMI_KIND Kind,
    _In_ ULONG Id,
    _Inout_ MOFGEN_REQUEST *Request)
{
    MOFGEN_WMI_INSTANCE *instance;
    NTSTATUS status;

    PAGED_CODE();

    status = MofgenWmiReference(FromDevice(MofgenWmilibDeviceObject(Irp)), GuidIndex, InstanceIndex, &instance);
    if (NT_SUCCESS(status))
    {
        status = MofgenWmiRun(instance, Kind, Id, Request);
        MofgenWmiRelease(instance);
    }
    return status;
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmilibSetDataBlock(
    MOFGEN_WMI_FROM_DEVICE *FromDevice,
    PIRP Irp,
    ULONG GuidIndex,
    ULONG InstanceIndex,
    ULONG BufferSize,
    PUCHAR Buffer)
{
    MOFGEN_REQUEST request;
    NTSTATUS status;

    PAGED_CODE();

    MofgenRequestInitialize(&request, Buffer, BufferSize, NULL, 0);
    status = MofgenWmilibRun(FromDevice, Irp, GuidIndex, InstanceIndex, MofgenWmiSetInstance, 0, &request);
    (VOID)MofgenRequestComplete(&request, status);
    return WmiCompleteRequest(MofgenWmilibDeviceObject(Irp), Irp, status, 0, IO_NO_INCREMENT);
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmilibSetDataItem(
    MOFGEN_WMI_FROM_DEVICE *FromDevice,
    PIRP Irp,
    ULONG GuidIndex,
    ULONG InstanceIndex,
    ULONG DataItemId,
    ULONG BufferSize,
    PUCHAR Buffer)
{
    MOFGEN_REQUEST request;
    NTSTATUS status;

    PAGED_CODE();

    MofgenRequestInitialize(&request, Buffer, BufferSize, NULL, 0);
    status = MofgenWmilibRun(FromDevice, Irp, GuidIndex, InstanceIndex, MofgenWmiSetItem, DataItemId, &request);
    (VOID)MofgenRequestComplete(&request, status);
    return WmiCompleteRequest(MofgenWmilibDeviceObject(Irp), Irp, status, 0, IO_NO_INCREMENT);
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmilibExecuteMethod(
    MOFGEN_WMI_FROM_DEVICE *FromDevice,
    PIRP Irp,
    ULONG GuidIndex,
    ULONG InstanceIndex,
    ULONG MethodId,
    ULONG InBufferSize,
    ULONG OutBufferSize,
    PUCHAR Buffer)
{
    MOFGEN_WMI_INSTANCE *instance;
    MOFGEN_REQUEST request;
    NTSTATUS status;
    ULONG used;

    PAGED_CODE();

    MofgenRequestInitialize(&request, Buffer, InBufferSize, Buffer, OutBufferSize);
    status = MofgenWmiReference(FromDevice(MofgenWmilibDeviceObject(Irp)), GuidIndex, InstanceIndex, &instance);
    if (NT_SUCCESS(status))
    {
        status = MofgenWmiExecute(instance, MethodId, &request);
        MofgenWmiRelease(instance);
    }
    used = MofgenRequestComplete(&request, status);
    return WmiCompleteRequest(MofgenWmilibDeviceObject(Irp), Irp, status, used, IO_NO_INCREMENT);
}

// Queries a number of instances other than one. QuerySeveral is NULL until the driver adds an instance: the block has at most one.
MOFGEN_PAGED static NTSTATUS
MofgenWmilibQuerySeveral(
    _Inout_ MOFGEN_WMI_DEVICE *Wmi,
    _In_ ULONG GuidIndex,
    _In_ ULONG InstanceIndex,
    _In_ ULONG InstanceCount,
    _Out_writes_opt_(InstanceCount) ULONG *Lengths,
    _In_ ULONG BufferAvail,
    _Out_writes_bytes_opt_(BufferAvail) PUCHAR Buffer,
    _Out_ ULONG *BufferUsed)
{
    MOFGEN_WMI_QUERY_SEVERAL *querySeveral;

    PAGED_CODE();

    *BufferUsed = 0;
    ExAcquireFastMutex(&Wmi->Lock);
    querySeveral = Wmi->QuerySeveral;
    ExReleaseFastMutex(&Wmi->Lock);
    if (querySeveral == NULL)
    {
        return STATUS_WMI_INSTANCE_NOT_FOUND;
    }
    return querySeveral(Wmi, GuidIndex, InstanceIndex, InstanceCount, Lengths, BufferAvail, Buffer, BufferUsed);
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmilibQueryDataBlock(
    MOFGEN_WMI_FROM_DEVICE *FromDevice,
    PIRP Irp,
    ULONG GuidIndex,
    ULONG InstanceIndex,
    ULONG InstanceCount,
    PULONG InstanceLengthArray,
    ULONG BufferAvail,
    PUCHAR Buffer)
{
    const IO_STACK_LOCATION *stack = IoGetCurrentIrpStackLocation(Irp);
    MOFGEN_WMI_KIND kind = stack->MinorFunction == IRP_MN_QUERY_ALL_DATA ? MofgenWmiQueryOfAll : MofgenWmiQuery;
    MOFGEN_REQUEST request;
    NTSTATUS status;
    ULONG used;

    PAGED_CODE();

    if (InstanceCount == 1)
    {
        MofgenRequestInitialize(&request, NULL, 0, Buffer, BufferAvail);
        status = MofgenWmilibRun(FromDevice, Irp, GuidIndex, InstanceIndex, kind, 0, &request);
        used = MofgenRequestComplete(&request, status);
        // WMILIB needs the sizes only together with the data.
        if (BufferAvail > 0 && InstanceLengthArray != NULL && (NT_SUCCESS(status) || status == STATUS_BUFFER_TOO_SMALL))
        {
            *InstanceLengthArray = used;
        }
    }
    else
    {
        status = MofgenWmilibQuerySeveral(
            FromDevice(MofgenWmilibDeviceObject(Irp)),
            GuidIndex,
            InstanceIndex,
            InstanceCount,
            BufferAvail > 0 ? InstanceLengthArray : NULL,
            BufferAvail,
            Buffer,
            &used);
    }
    return WmiCompleteRequest(MofgenWmilibDeviceObject(Irp), Irp, status, used, IO_NO_INCREMENT);
}

_Use_decl_annotations_
MOFGEN_PAGED NTSTATUS
MofgenWmilibFunctionControl(
    MOFGEN_WMI_FROM_DEVICE *FromDevice,
    PIRP Irp,
    ULONG GuidIndex,
    WMIENABLEDISABLECONTROL Function,
    BOOLEAN Enable)
{
    NTSTATUS status;

    PAGED_CODE();

    status = MofgenWmiControl(
        FromDevice(MofgenWmilibDeviceObject(Irp)), GuidIndex, Function == WmiDataBlockControl, Enable);
    return WmiCompleteRequest(MofgenWmilibDeviceObject(Irp), Irp, status, 0, IO_NO_INCREMENT);
}
