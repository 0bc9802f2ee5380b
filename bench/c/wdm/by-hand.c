// Registration and WMILIB's routines of the hand-written providers.
#include "by-hand.h"

#define WMI_POOL_TAG 0x686e6557UL

static WMI_QUERY_REGINFO_CALLBACK WmiQueryReginfo;
static WMI_QUERY_DATABLOCK_CALLBACK WmiQueryDataBlock;
static WMI_SET_DATABLOCK_CALLBACK WmiSetDataBlock;
static WMI_SET_DATAITEM_CALLBACK WmiSetDataItem;

_Use_decl_annotations_
static NTSTATUS NTAPI
WmiQueryReginfo(
    PDEVICE_OBJECT DeviceObject,
    PULONG RegFlags,
    PUNICODE_STRING InstanceName,
    PUNICODE_STRING *RegistryPath,
    PUNICODE_STRING MofResourceName,
    PDEVICE_OBJECT *Pdo)
{
    WMI_EXTENSION *extension = (WMI_EXTENSION *)DeviceObject->DeviceExtension;

    PAGED_CODE();

    UNREFERENCED_PARAMETER(InstanceName);
    *RegFlags = WMIREG_FLAG_INSTANCE_PDO;
    *RegistryPath = &extension->RegistryPath;
    *Pdo = extension->PhysicalDeviceObject;
    RtlInitUnicodeString(MofResourceName, L"MofResourceName");
    return STATUS_SUCCESS;
}

// Whether there are such a block and such an instance.
FORCEINLINE
NTSTATUS
WmiFind(
    _In_ const WMI_EXTENSION *Extension,
    _In_ ULONG GuidIndex,
    _In_ ULONG InstanceIndex,
    _In_ ULONG InstanceCount)
{
    if (GuidIndex >= Extension->Library.GuidCount)
    {
        return STATUS_WMI_GUID_NOT_FOUND;
    }
    return InstanceIndex != 0 || InstanceCount != 1 ? STATUS_WMI_INSTANCE_NOT_FOUND : STATUS_SUCCESS;
}

_Use_decl_annotations_
static NTSTATUS NTAPI
WmiQueryDataBlock(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    ULONG GuidIndex,
    ULONG InstanceIndex,
    ULONG InstanceCount,
    PULONG InstanceLengthArray,
    ULONG BufferAvail,
    PUCHAR Buffer)
{
    WMI_EXTENSION *extension = (WMI_EXTENSION *)DeviceObject->DeviceExtension;
    NTSTATUS status;
    ULONG used = 0;

    PAGED_CODE();

    status = WmiFind(extension, GuidIndex, InstanceIndex, InstanceCount);
    if (NT_SUCCESS(status))
    {
        status = extension->Blocks[GuidIndex]->Query(
            &extension->Instances[GuidIndex], BufferAvail, Buffer, &used);
        if (NT_SUCCESS(status) && InstanceLengthArray != NULL)
        {
            *InstanceLengthArray = used;
        }
    }
    return WmiCompleteRequest(DeviceObject, Irp, status, used, IO_NO_INCREMENT);
}

_Use_decl_annotations_
static NTSTATUS NTAPI
WmiSetDataBlock(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    ULONG GuidIndex,
    ULONG InstanceIndex,
    ULONG BufferSize,
    PUCHAR Buffer)
{
    WMI_EXTENSION *extension = (WMI_EXTENSION *)DeviceObject->DeviceExtension;
    NTSTATUS status;

    PAGED_CODE();

    status = WmiFind(extension, GuidIndex, InstanceIndex, 1);
    if (NT_SUCCESS(status))
    {
        status = extension->Blocks[GuidIndex]->SetInstance(
            &extension->Instances[GuidIndex], BufferSize, Buffer);
    }
    return WmiCompleteRequest(DeviceObject, Irp, status, 0, IO_NO_INCREMENT);
}

_Use_decl_annotations_
static NTSTATUS NTAPI
WmiSetDataItem(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    ULONG GuidIndex,
    ULONG InstanceIndex,
    ULONG DataItemId,
    ULONG BufferSize,
    PUCHAR Buffer)
{
    WMI_EXTENSION *extension = (WMI_EXTENSION *)DeviceObject->DeviceExtension;
    NTSTATUS status;

    PAGED_CODE();

    status = WmiFind(extension, GuidIndex, InstanceIndex, 1);
    if (NT_SUCCESS(status))
    {
        status = extension->Blocks[GuidIndex]->SetItem(
            &extension->Instances[GuidIndex], DataItemId, BufferSize, Buffer);
    }
    return WmiCompleteRequest(DeviceObject, Irp, status, 0, IO_NO_INCREMENT);
}

_Use_decl_annotations_
NTSTATUS
WmiInitialize(
    PDEVICE_OBJECT DeviceObject,
    PDEVICE_OBJECT PhysicalDeviceObject,
    PDEVICE_OBJECT LowerDevice,
    PCUNICODE_STRING RegistryPath,
    const WMI_BLOCK *const *Blocks,
    ULONG Count)
{
    WMI_EXTENSION *extension = (WMI_EXTENSION *)DeviceObject->DeviceExtension;
    SIZE_T size = (sizeof(*extension->Instances) + sizeof(WMIGUIDREGINFO)) * Count + RegistryPath->Length;
    NTSTATUS status = STATUS_SUCCESS;
    WMIGUIDREGINFO *guids;
    ULONG i;

    PAGED_CODE();

    extension->Instances = (MOFGEN_WMI_INSTANCE *)ExAllocatePoolWithTag(NonPagedPoolNx, size, WMI_POOL_TAG);
    if (extension->Instances == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    RtlZeroMemory(extension->Instances, size);
    guids = (WMIGUIDREGINFO *)(PVOID)(extension->Instances + Count);
    extension->RegistryPath.Buffer = (PWCH)(PVOID)(guids + Count);
    extension->RegistryPath.MaximumLength = RegistryPath->Length;
    RtlCopyUnicodeString(&extension->RegistryPath, RegistryPath);
    extension->Library.GuidList = guids;
    extension->Library.QueryWmiRegInfo = WmiQueryReginfo;
    extension->Library.QueryWmiDataBlock = WmiQueryDataBlock;
    extension->Library.SetWmiDataBlock = WmiSetDataBlock;
    extension->Library.SetWmiDataItem = WmiSetDataItem;
    extension->Blocks = Blocks;
    extension->PhysicalDeviceObject = PhysicalDeviceObject;
    extension->LowerDevice = LowerDevice;
    for (i = 0; i < Count && NT_SUCCESS(status); i += 1)
    {
        guids[i].Guid = &Blocks[i]->Guid;
        guids[i].InstanceCount = 1;
        KeInitializeMutex(&extension->Instances[i].Lock, 0);
        extension->Library.GuidCount = i + 1;
        status = Blocks[i]->Create(&extension->Instances[i]);
    }
    if (!NT_SUCCESS(status))
    {
        WmiCleanup(DeviceObject);
    }
    return status;
}

_Use_decl_annotations_
NTSTATUS
WmiRegister(
    PDEVICE_OBJECT DeviceObject)
{
    WMI_EXTENSION *extension = (WMI_EXTENSION *)DeviceObject->DeviceExtension;
    NTSTATUS status;

    PAGED_CODE();

    if (extension->Registered)
    {
        return STATUS_SUCCESS;
    }
    status = IoWMIRegistrationControl(DeviceObject, WMIREG_ACTION_REGISTER);
    extension->Registered = NT_SUCCESS(status);
    return status;
}

_Use_decl_annotations_
VOID
WmiDeregister(
    PDEVICE_OBJECT DeviceObject)
{
    WMI_EXTENSION *extension = (WMI_EXTENSION *)DeviceObject->DeviceExtension;

    PAGED_CODE();

    if (extension->Registered)
    {
        extension->Registered = FALSE;
        (VOID)IoWMIRegistrationControl(DeviceObject, WMIREG_ACTION_DEREGISTER);
    }
}

_Use_decl_annotations_
VOID
WmiCleanup(
    PDEVICE_OBJECT DeviceObject)
{
    WMI_EXTENSION *extension = (WMI_EXTENSION *)DeviceObject->DeviceExtension;
    ULONG count = extension->Library.GuidCount;
    ULONG i;

    PAGED_CODE();

    WmiDeregister(DeviceObject);
    extension->Library.GuidCount = 0;
    for (i = 0; i < count; i += 1)
    {
        extension->Blocks[i]->Delete(&extension->Instances[i]);
    }
    if (extension->Instances != NULL)
    {
        ExFreePoolWithTag(extension->Instances, WMI_POOL_TAG);
        extension->Instances = NULL;
    }
}

_Use_decl_annotations_
NTSTATUS NTAPI
WmiControl(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp)
{
    WMI_EXTENSION *extension = (WMI_EXTENSION *)DeviceObject->DeviceExtension;
    SYSCTL_IRP_DISPOSITION disposition = IrpForward;
    NTSTATUS status;

    PAGED_CODE();

    status = WmiSystemControl(&extension->Library, DeviceObject, Irp, &disposition);
    if (disposition == IrpProcessed)
    {
        return status;
    }
    if (disposition != IrpNotCompleted && extension->LowerDevice != NULL)
    {
        IoSkipCurrentIrpStackLocation(Irp);
        return IoCallDriver(extension->LowerDevice, Irp);
    }
    status = Irp->IoStatus.Status;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}
