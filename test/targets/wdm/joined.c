/*
 * A driver for samples/door-light and samples/smart-fan on one device object: one registration has the blocks of both, requests
 * for both are answered, also at once, and instances of either are added and removed.
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>

#include "rig.h"

#include "door-light_wmi.h"
#include "smart-fan_wmi.h"

static const GUID light_guid = DoorLightGuid;
static const GUID fan_guid = SmartFanGuid;
static const GUID unknown = {1, 2, 3, {4, 5, 6, 7, 8, 9, 10, 11}};

typedef struct extension {
    DOOR_LIGHT_WMI light;
    SMART_FAN_WMI fan;
} extension;

static extension *both;

/* What the driver's function returns. */
static NTSTATUS light_status;
static ULONG light_queries;

/* In place of the skeleton's functions. */
NTSTATUS
DoorLightQuery(
    PDOOR_LIGHT_WMI_INSTANCE Instance,
    DoorLight *Data)
{
    *Data = *(const DoorLight *)Instance->Context;
    (VOID)__atomic_add_fetch(&light_queries, 1, __ATOMIC_RELAXED);
    return light_status;
}

PSMART_FAN_WMI
SmartFanWmiFromDevice(
    PDEVICE_OBJECT DeviceObject)
{
    return &((extension *)DeviceObject->DeviceExtension)->fan;
}

static VOID begin(VOID)
{
    PDEVICE_OBJECT lower;
    device = host_wmilib_device(DoorLightWmiSystemControl, sizeof(extension));
    both = device->DeviceExtension;
    lower = host_wmilib_lower_device(device);
    EXPECT(DoorLightWmiInitialize(&both->light, device, lower, lower, registry_path(TRUE)), STATUS_SUCCESS);
    EXPECT(SmartFanWmiInitialize(&both->fan, device, lower, lower, registry_path(TRUE)), STATUS_SUCCESS);
    MofgenWmiJoin(&both->light, &both->fan);
    EXPECT(SmartFanWmiRegister(&both->fan), STATUS_INVALID_DEVICE_STATE);
    EXPECT(DoorLightWmiRegister(&both->light), STATUS_SUCCESS);
    host_check(host_wmilib_guid_count(device) == 2, "%u blocks", host_wmilib_guid_count(device));
}

static VOID end(VOID)
{
    DoorLightWmiCleanup(&both->light);
    host_check(!host_wmilib_registered(device), "still registered");
    SmartFanWmiCleanup(&both->fan);
    host_wmilib_delete_device(device);
    host_expect_nothing_left();
}

static VOID requests(VOID)
{
    ULONG speed = 7;
    PSMART_FAN_WMI_INSTANCE second;
    answer got;
    begin();
    /* Another device's registration. */
    host_request other = host_new_request(8, NULL, got.bytes, 64);
    other.provider_id = (ULONG_PTR)host_wmilib_lower_device(device);
    host_wmilib_dispatch(device, &other);
    host_check(other.forwarded, "another device's registration is kept");
    EXPECT(send(2, &light_guid, 0, 0, "\1", 1, 1, &got), STATUS_SUCCESS);
    EXPECT(send(3, &fan_guid, 0, 1, &speed, sizeof(speed), sizeof(speed), &got), STATUS_SUCCESS);
    /* The block of the second file is found, and has no methods. */
    EXPECT(send(9, &fan_guid, 0, 1, NULL, 0, 0, &got), STATUS_INVALID_DEVICE_REQUEST);
    EXPECT(send(1, &light_guid, 0, 0, NULL, 0, 1, &got), STATUS_SUCCESS);
    host_check(got.bytes[64] == 1, "the light is off");
    EXPECT(send(1, &fan_guid, 0, 0, NULL, 0, 78, &got), STATUS_SUCCESS);
    host_check(ulong_at(got.bytes, 64) == 7, "another speed");
    /* A request that the first file's block has answered is not passed to the second file. */
    light_status = STATUS_WMI_GUID_NOT_FOUND;
    light_queries = 0;
    EXPECT(send(1, &light_guid, 0, 0, NULL, 0, 1, &got), STATUS_WMI_GUID_NOT_FOUND);
    host_check(light_queries == 1, "%u queries", light_queries);
    light_status = STATUS_SUCCESS;
    EXPECT(send(1, &unknown, 0, 0, NULL, 0, 1, &got), STATUS_WMI_GUID_NOT_FOUND);
    host_check(!got.forwarded, "forwarded");
    EXPECT(send_plain(0x0a, &light_guid, 64, &got), STATUS_NOT_SUPPORTED);
    host_check(got.forwarded, "no request of WMI is kept");
    /* Changes in the second one are reported to WMI as well. */
    EXPECT(SmartFanAddInstance(&both->fan, &second), STATUS_SUCCESS);
    EXPECT(send(1, &fan_guid, 1, 0, NULL, 0, 78, &got), STATUS_SUCCESS);
    EXPECT(send(1, &light_guid, 1, 0, NULL, 0, 78, &got), STATUS_WMI_INSTANCE_NOT_FOUND);
    EXPECT(SmartFanRemoveInstance(second), STATUS_SUCCESS);
    /* The structure of another MOF file. */
    EXPECT(SmartFanAddInstance((PSMART_FAN_WMI)&both->light, &second), STATUS_INVALID_DEVICE_STATE);
    host_check(second == NULL, "an instance");
    EXPECT(send_plain(0x08, NULL, 512, &got), STATUS_SUCCESS);
    EXPECT(IoWMIRegistrationControl(device, WMIREG_ACTION_DEREGISTER), STATUS_SUCCESS);
    EXPECT(SmartFanAddInstance(&both->fan, &second), STATUS_INVALID_PARAMETER);
    EXPECT(IoWMIRegistrationControl(device, WMIREG_ACTION_REGISTER), STATUS_SUCCESS);
    end();
}

static VOID registration_without_memory(VOID)
{
    answer got;
    begin();
    host_fail_allocation_after(0);
    EXPECT(send_plain(0x0b, NULL, 512, &got), STATUS_INSUFFICIENT_RESOURCES);
    host_check(host_stop_failing_allocations() && !got.forwarded, "nothing was allocated");
    end();
}

static PVOID ask_often(PVOID guid)
{
    for (ULONG i = 0; i < 200; i++) {
        answer got;
        EXPECT(send(1, guid, 0, 0, NULL, 0, 78, &got), STATUS_SUCCESS);
        host_check(got.information == (guid == (PVOID)&light_guid ? 65 : 64 + 78), "%u bytes", got.information);
    }
    return NULL;
}

static VOID at_once(VOID)
{
    pthread_t threads[4];
    begin();
    for (size_t i = 0; i < ARRAYSIZE(threads); i++) {
        PVOID guid = (PVOID)(ULONG_PTR)(i % 2 == 0 ? &light_guid : &fan_guid);
        host_check(pthread_create(&threads[i], NULL, ask_often, guid) == 0, "no thread");
    }
    for (size_t i = 0; i < ARRAYSIZE(threads); i++) {
        host_check(pthread_join(threads[i], NULL) == 0, "no end");
    }
    end();
}

int main(void)
{
    requests();
    registration_without_memory();
    at_once();
    printf("joined: all fine\n");
    return 0;
}
