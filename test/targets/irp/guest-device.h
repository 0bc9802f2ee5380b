/* The device of guest.mof for the programs in this folder: two sessions, three disks, three clocks. */
#ifndef MOFGEN_IRP_GUEST_DEVICE_H
#define MOFGEN_IRP_GUEST_DEVICE_H

#include <ntddk.h>
#include <wmistr.h>

#include "guest_wmi.h"

#include "../../c/host/host.h"

static PDEVICE_OBJECT guest_device;

static UNICODE_STRING *guest_text(PCWSTR text)
{
    static UNICODE_STRING string;
    RtlInitUnicodeString(&string, text);
    return &string;
}

static NTSTATUS guest_add_all(PGUEST_WMI wmi)
{
    PGUEST_WMI_INSTANCE made;
    NTSTATUS status = GuestSessionAddInstance(wmi, guest_text(L"Session 1"), &made);
    if (NT_SUCCESS(status)) {
        status = GuestSessionAddInstance(wmi, guest_text(L"Sitzung \xe4"), &made);
    }
    if (NT_SUCCESS(status)) {
        status = GuestDiskAddInstance(wmi, guest_text(L"Disk A"), &made);
    }
    if (NT_SUCCESS(status)) {
        status = GuestDiskAddInstance(wmi, guest_text(L"Disk B"), &made);
    }
    if (NT_SUCCESS(status)) {
        status = GuestDiskAddInstance(wmi, guest_text(L"A third disk"), &made);
    }
    if (NT_SUCCESS(status)) {
        status = GuestClockAddInstance(wmi, &made);
    }
    return NT_SUCCESS(status) ? GuestClockAddInstance(wmi, &made) : status;
}

static NTSTATUS guest_start(VOID)
{
    UNICODE_STRING path;
    PGUEST_WMI wmi;
    NTSTATUS status;

    guest_device = host_wdm_device(GuestWmiSystemControl, sizeof(GUEST_WMI));
    wmi = (PGUEST_WMI)guest_device->DeviceExtension;
    RtlInitUnicodeString(&path, L"\\Registry\\Machine\\Service\\guest");
    status = GuestWmiInitialize(
        wmi, guest_device, host_wdm_lower_device(guest_device), host_wdm_lower_device(guest_device), &path);
    if (NT_SUCCESS(status)) {
        status = guest_add_all(wmi);
    }
    return NT_SUCCESS(status) ? GuestWmiRegister(wmi) : status;
}

static VOID guest_stop(VOID)
{
    GuestWmiCleanup((PGUEST_WMI)guest_device->DeviceExtension);
    host_wdm_delete_device(guest_device);
}

#endif
