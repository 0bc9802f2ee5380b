// Requests of main.c for a KMDF provider: calls of the framework's callbacks as they are.
#include <ntddk.h>
#include <wdf.h>

#include "../../../test/c/host/host.h"
#include "../requests.h"
#include BENCH_HEADER

static WDFDEVICE device;
static WDFWMIINSTANCE instance;
static const WDF_WMI_INSTANCE_CONFIG *config;

// The linker puts these between the provider and the driver (--wrap).
NTSTATUS BENCH_DRIVERS(Query)(WDFWMIINSTANCE Instance, BENCH_DATA *Data);
NTSTATUS BENCH_WRAPPED(Query)(WDFWMIINSTANCE Instance, BENCH_DATA *Data);
NTSTATUS BENCH_DRIVERS(Set)(WDFWMIINSTANCE Instance, const BENCH_DATA *Data, const BENCH_OF_BLOCK(_CHANGED) * Changed);
NTSTATUS BENCH_WRAPPED(Set)(WDFWMIINSTANCE Instance, const BENCH_DATA *Data, const BENCH_OF_BLOCK(_CHANGED) * Changed);

NTSTATUS
BENCH_WRAPPED(Query)(WDFWMIINSTANCE Instance, BENCH_DATA *Data)
{
    return BenchDriverStatus == STATUS_SUCCESS ? BENCH_DRIVERS(Query)(Instance, Data) : BenchDriverStatus;
}

NTSTATUS
BENCH_WRAPPED(Set)(WDFWMIINSTANCE Instance, const BENCH_DATA *Data, const BENCH_OF_BLOCK(_CHANGED) * Changed)
{
    return BenchDriverStatus == STATUS_SUCCESS ? BENCH_DRIVERS(Set)(Instance, Data, Changed) : BenchDriverStatus;
}

VOID
BenchStart(VOID)
{
    static const GUID guid = BENCH_OF_BLOCK(Guid);
    NTSTATUS status;

    device = host_wdf_device();
    status = BENCH_OF_BLOCK(WmiInitialize)(device);
    host_check(NT_SUCCESS(status), "%s", host_status_name(status));
    host_wdf_start(device);
    instance = host_wdf_instance(device, &guid, 0);
    config = host_wdf_instance_config(instance);
}

VOID
BenchStop(VOID)
{
    host_wdf_remove(device);
    WdfObjectDelete(device);
}

NTSTATUS
BenchQuery(PVOID Buffer, ULONG Size, ULONG *Used)
{
    return config->EvtWmiInstanceQueryInstance(instance, Size, Buffer, Used);
}

NTSTATUS
BenchSetInstance(PVOID Buffer, ULONG Size)
{
    return config->EvtWmiInstanceSetInstance(instance, Size, Buffer);
}

NTSTATUS
BenchSetItem(ULONG Id, PVOID Buffer, ULONG Size)
{
    return config->EvtWmiInstanceSetItem(instance, Id, Size, Buffer);
}
