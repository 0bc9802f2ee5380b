/*
 * Adapter for a KMDF driver: calls the callbacks that the driver registered for the first instance of each block, without
 * the framework.
 */
#include "kmdf-adapter.h"

#include "../host/host.h"
#include "run.h"

static WDFDEVICE device;

static const WDF_WMI_INSTANCE_CONFIG *config_of(VOID *self)
{
    return host_wdf_instance_config((WDFWMIINSTANCE)self);
}

static NTSTATUS query(VOID *self, ULONG room, UCHAR *out, ULONG *used)
{
    return config_of(self)->EvtWmiInstanceQueryInstance((WDFWMIINSTANCE)self, room, out, used);
}

static NTSTATUS set_instance(VOID *self, ULONG size, UCHAR *in)
{
    return config_of(self)->EvtWmiInstanceSetInstance((WDFWMIINSTANCE)self, size, in);
}

static NTSTATUS set_item(VOID *self, ULONG id, ULONG size, UCHAR *in)
{
    return config_of(self)->EvtWmiInstanceSetItem((WDFWMIINSTANCE)self, id, size, in);
}

static NTSTATUS execute(VOID *self, ULONG id, ULONG in, ULONG out, UCHAR *buffer, ULONG *used)
{
    return config_of(self)->EvtWmiInstanceExecuteMethod(
        (WDFWMIINSTANCE)self, id, in, out, buffer, used);
}

static VOID open(VOID)
{
    device = host_wdf_device();
}

static NTSTATUS start(VOID)
{
    NTSTATUS status = vectors_initialize(device);
    if (NT_SUCCESS(status)) {
        host_wdf_start(device);
    }
    return status;
}

static VOID close(VOID)
{
    WdfObjectDelete(device);
}

static BOOLEAN find(const GUID *guid, vector_block *block)
{
    WDFWMIINSTANCE instance = host_wdf_instance(device, guid, 0);
    if (instance == NULL) {
        return FALSE;
    }
    const WDF_WMI_INSTANCE_CONFIG *config = host_wdf_instance_config(instance);
    block->self = instance;
    block->query = config->EvtWmiInstanceQueryInstance == NULL ? NULL : query;
    block->set_instance = config->EvtWmiInstanceSetInstance == NULL ? NULL : set_instance;
    block->set_item = config->EvtWmiInstanceSetItem == NULL ? NULL : set_item;
    block->execute = config->EvtWmiInstanceExecuteMethod == NULL ? NULL : execute;
    return TRUE;
}

const vector_driver vectors_driver = {open, close, start, find};
