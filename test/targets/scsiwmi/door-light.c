/*
 * A miniport with a MOF of its own: what the port driver gets at the registration, with the MOF as a resource and, with
 * DOOR_LIGHT_WMI_DYNAMIC_MOF, as a block. Its requests are on the stack.
 */
#include <ntddk.h>
#include <wmistr.h>

#include <scsiwmi.h>

#include "../../c/host/host.h"
#include "door-light_wmi.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static DOOR_LIGHT_WMI wmi;

static UCHAR send(UCHAR minor, const GUID *guid, PVOID buffer, ULONG size, ULONG *used)
{
    DOOR_LIGHT_WMI_REQUEST request = {0};
    host_set_irql(DISPATCH_LEVEL);
    host_check(DoorLightWmiDispatch(&wmi, &request, minor, (PVOID)(ULONG_PTR)guid, size, buffer), "pending");
    host_set_irql(PASSIVE_LEVEL);
    *used = ScsiPortWmiGetReturnSize(&request.Context);
    return ScsiPortWmiGetReturnStatus(&request.Context);
}

int main(void)
{
    const SCSI_WMILIB_CONTEXT *library = &wmi.Core.Library;
    UCHAR extension;
    UCHAR buffer[128];
    ULONG used;
    host_check(NT_SUCCESS(DoorLightWmiInitialize(&wmi, &extension, 0, NULL)), "not prepared");
    host_check(library->ExecuteWmiMethod == NULL && library->WmiFunctionControl == NULL, "callbacks for nothing");
    host_check(library->SetWmiDataBlock != NULL && library->SetWmiDataItem != NULL, "no callbacks for set requests");
    host_check(send(IRP_MN_REGINFO, NULL, buffer, sizeof(buffer), &used) == SRB_STATUS_SUCCESS, "not registered");
#ifdef DOOR_LIGHT_WMI_DYNAMIC_MOF
    static const UCHAR mof[] = {0x46, 0x4F, 0x4D, 0x42, 0x07};
    host_check(host_scsiwmi_resource() == NULL, "a resource and a block");
    host_check(library->GuidCount == 2 && library->GuidList[1].InstanceCount == 1, "%u blocks", library->GuidCount);
    const GUID *guid = library->GuidList[1].Guid;
    ULONG size;
    PVOID node = host_build_wnode(IRP_MN_QUERY_SINGLE_INSTANCE, guid, 0, 0, NULL, 0, sizeof(mof), &size);
    host_check(send(IRP_MN_QUERY_SINGLE_INSTANCE, guid, node, size, &used) == SRB_STATUS_SUCCESS, "no MOF");
    host_check(used == sizeof(mof) && memcmp((UCHAR *)node + 64, mof, sizeof(mof)) == 0, "another MOF");
    free(node);
#else
    static const WCHAR name[] = L"MofResourceName";
    host_check(library->GuidCount == 1, "%u blocks", library->GuidCount);
    host_check(memcmp(host_scsiwmi_resource(), name, sizeof(name)) == 0, "another resource");
#endif
    host_check(host_allocation_count() == 0, "%u allocations", host_allocation_count());
    host_expect_nothing_left();
    printf("door-light: all fine\n");
    return 0;
}
