// Sends one request to a provider many times, straight to the framework's callback; it must not know who wrote the provider.
#include <ntddk.h>
#include <wdf.h>

#include "../../test/c/host/host.h"
#include BENCH_HEADER
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv)
{
    static const GUID guid = BENCH_GUID;
    static union
    {
        ULONGLONG Aligned;
        UCHAR Bytes[512];
    } buffer;
    const WDF_WMI_INSTANCE_CONFIG *config;
    WDFDEVICE device = host_wdf_device();
    WDFWMIINSTANCE instance;
    ULONG used = 0;
    NTSTATUS status;
    int times;

    host_check(argc == 3, "which request, and how often?");
    status = BENCH_INITIALIZE(device);
    host_check(NT_SUCCESS(status), "%s", host_status_name(status));
    host_wdf_start(device);
    instance = host_wdf_instance(device, &guid, 0);
    config = host_wdf_instance_config(instance);
    for (times = atoi(argv[2]); times > 0; times -= 1)
    {
        if (strcmp(argv[1], "query") == 0)
        {
            status = config->EvtWmiInstanceQueryInstance(instance, sizeof(buffer), &buffer, &used);
            host_check(used == BENCH_SIZE, "%u bytes", used);
        }
        else if (strcmp(argv[1], "set") == 0)
        {
            status = config->EvtWmiInstanceSetInstance(instance, sizeof(buffer), &buffer);
        }
        else
        {
            status = config->EvtWmiInstanceSetItem(instance, 1, sizeof(buffer), &buffer);
        }
        host_check(status == STATUS_SUCCESS, "%s", host_status_name(status));
    }
    host_wdf_remove(device);
    WdfObjectDelete(device);
    return 0;
}
