// Requests of main.c for a WMILIB provider: calls of its routines as WMILIB makes them.
#include <ntddk.h>
#include <wmistr.h>

#include <wmilib.h>

#include "../../../test/c/host/host.h"
#include "../requests.h"
#include BENCH_HEADER
#ifdef BENCH_BY_HAND
#include "by-hand.h"
#endif

static PDEVICE_OBJECT device;
static WMILIB_CONTEXT library;

// The linker puts these between the provider and the driver (--wrap).
NTSTATUS BENCH_DRIVERS(Query)(MOFGEN_WMI_INSTANCE *Instance, BENCH_DATA *Data);
NTSTATUS BENCH_WRAPPED(Query)(MOFGEN_WMI_INSTANCE *Instance, BENCH_DATA *Data);
NTSTATUS BENCH_DRIVERS(Set)(MOFGEN_WMI_INSTANCE *Instance, const BENCH_DATA *Data, const BENCH_OF_BLOCK(_CHANGED) * Changed);
NTSTATUS BENCH_WRAPPED(Set)(MOFGEN_WMI_INSTANCE *Instance, const BENCH_DATA *Data, const BENCH_OF_BLOCK(_CHANGED) * Changed);

NTSTATUS
BENCH_WRAPPED(Query)(MOFGEN_WMI_INSTANCE *Instance, BENCH_DATA *Data)
{
    return BenchDriverStatus == STATUS_SUCCESS ? BENCH_DRIVERS(Query)(Instance, Data) : BenchDriverStatus;
}

NTSTATUS
BENCH_WRAPPED(Set)(MOFGEN_WMI_INSTANCE *Instance, const BENCH_DATA *Data, const BENCH_OF_BLOCK(_CHANGED) * Changed)
{
    return BenchDriverStatus == STATUS_SUCCESS ? BENCH_DRIVERS(Set)(Instance, Data, Changed) : BenchDriverStatus;
}

static VOID
Check(NTSTATUS status)
{
    host_check(status == STATUS_SUCCESS, "%s", host_status_name(status));
}

#ifdef BENCH_BY_HAND

extern const WMI_BLOCK BENCH_OF_BLOCK(Block);

static const WMI_BLOCK *const blocks[] = {&BENCH_OF_BLOCK(Block)};

static VOID
Start(PCUNICODE_STRING path)
{
    device = host_wmilib_device(WmiControl, sizeof(WMI_EXTENSION));
    Check(WmiInitialize(
        device, host_wmilib_lower_device(device), host_wmilib_lower_device(device), path, blocks, RTL_NUMBER_OF(blocks)));
    Check(WmiRegister(device));
}

static VOID
Stop(VOID)
{
    WmiCleanup(device);
}

#else

static VOID
Start(PCUNICODE_STRING path)
{
    MOFGEN_WMI_DEVICE *wmi;

    device = host_wmilib_device(BENCH_OF_BLOCK(WmiSystemControl), sizeof(*wmi));
    wmi = (MOFGEN_WMI_DEVICE *)device->DeviceExtension;
    Check(BENCH_OF_BLOCK(WmiInitialize)(
        wmi, device, host_wmilib_lower_device(device), host_wmilib_lower_device(device), path));
    Check(MofgenWmiRegister(wmi));
}

static VOID
Stop(VOID)
{
    MofgenWmiCleanup((MOFGEN_WMI_DEVICE *)device->DeviceExtension);
}

#endif

VOID
BenchStart(VOID)
{
    UNICODE_STRING path;

    RtlInitUnicodeString(&path, L"\\Registry\\Machine\\Bench");
    Start(&path);
    host_wmilib_context(device, &library);
}

VOID
BenchStop(VOID)
{
    Stop();
    host_wmilib_delete_device(device);
}

NTSTATUS
BenchQuery(PVOID Buffer, ULONG Size, ULONG *Used)
{
    PIRP irp = host_wmilib_open(device, NULL);
    NTSTATUS status;
    ULONG length = 0;

    status = library.QueryWmiDataBlock(device, irp, 0, 0, 1, Size > 0 ? &length : NULL, Size, (PUCHAR)Buffer);
    host_wmilib_close(irp, status, &status, Used);
    host_check(status != STATUS_SUCCESS || Size == 0 || length == *Used, "a length of %u", length);
    return status;
}

NTSTATUS
BenchSetInstance(PVOID Buffer, ULONG Size)
{
    PIRP irp = host_wmilib_open(device, NULL);
    NTSTATUS status;
    ULONG used;

    status = library.SetWmiDataBlock(device, irp, 0, 0, Size, (PUCHAR)Buffer);
    host_wmilib_close(irp, status, &status, &used);
    return status;
}

NTSTATUS
BenchSetItem(ULONG Id, PVOID Buffer, ULONG Size)
{
    PIRP irp = host_wmilib_open(device, NULL);
    NTSTATUS status;
    ULONG used;

    status = library.SetWmiDataItem(device, irp, 0, 0, Id, Size, (PUCHAR)Buffer);
    host_wmilib_close(irp, status, &status, &used);
    return status;
}
