/*
 * A driver for samples/door-light: from AddDevice to removal, and the four dispositions of its requests. With
 * DOOR_LIGHT_WMI_DYNAMIC_MOF the binary MOF is a block of its own.
 */
#include "rig.h"

#include "door-light_wmi.h"

static const GUID light_guid = DoorLightGuid;

static PDOOR_LIGHT_WMI wmi;

static VOID make(BOOLEAN has_lower)
{
    device = host_wmilib_device(DoorLightWmiSystemControl, sizeof(DOOR_LIGHT_WMI));
    wmi = (PDOOR_LIGHT_WMI)device->DeviceExtension;
    EXPECT(
        DoorLightWmiInitialize(
            wmi,
            device,
            host_wmilib_lower_device(device),
            has_lower ? host_wmilib_lower_device(device) : NULL,
            registry_path(TRUE)),
        STATUS_SUCCESS);
    registry_path(FALSE);
}

static VOID end(VOID)
{
    DoorLightWmiCleanup(wmi);
    host_wmilib_delete_device(device);
    host_expect_nothing_left();
}

#ifdef DOOR_LIGHT_WMI_DYNAMIC_MOF
#define BLOCKS 2
#else
#define BLOCKS 1
#endif

static VOID life(VOID)
{
    answer got;
    make(TRUE);
    host_check(!host_wmilib_registered(device), "registered too early");
    EXPECT(DoorLightWmiRegister(wmi), STATUS_SUCCESS);
    host_check(host_wmilib_guid_count(device) == BLOCKS, "%u blocks", host_wmilib_guid_count(device));
    EXPECT(DoorLightWmiRegister(wmi), STATUS_SUCCESS);
    /* A device has one structure, and is initialized once. */
    EXPECT(
        DoorLightWmiInitialize(wmi, device, host_wmilib_lower_device(device), NULL, registry_path(TRUE)),
        STATUS_INVALID_DEVICE_REQUEST);
    EXPECT(send(1, &light_guid, 0, 0, NULL, 0, 1, &got), STATUS_SUCCESS);
    host_check(got.information == 65 && got.bytes[64] == 0, "%u bytes, %u", got.information, got.bytes[64]);
    EXPECT(send(2, &light_guid, 0, 0, "\2", 1, 1, &got), STATUS_SUCCESS);
    host_check(got.information == 0, "a set has output");
    EXPECT(send(1, &light_guid, 0, 0, NULL, 0, 1, &got), STATUS_SUCCESS);
    host_check(got.bytes[64] == 1, "any byte but 0 is TRUE");
    DoorLightWmiDeregister(wmi);
    host_check(!host_wmilib_registered(device), "still registered");
    DoorLightWmiDeregister(wmi);
    EXPECT(DoorLightWmiRegister(wmi), STATUS_SUCCESS);
    /* Cleaning up removes the registration as well; twice does no harm, and late requests are forwarded. */
    DoorLightWmiCleanup(wmi);
    host_check(!host_wmilib_registered(device), "still registered");
    DoorLightWmiCleanup(wmi);
    EXPECT(DoorLightWmiRegister(wmi), STATUS_INVALID_DEVICE_STATE);
    EXPECT(send_plain(0x0a, &light_guid, 64, &got), STATUS_NOT_SUPPORTED);
    host_check(got.forwarded, "kept by a device that is on its way out");
    EXPECT(send(1, &light_guid, 0, 0, NULL, 0, 1, &got), STATUS_WMI_GUID_NOT_FOUND);
    host_wmilib_delete_device(device);
    host_expect_nothing_left();
}

/* Each disposition leads to one completion, which the harness checks. */
static VOID dispositions(VOID)
{
    static const GUID unknown = {1, 2, 3, {4, 5, 6, 7, 8, 9, 10, 11}};
    answer got;
    host_request request;
    make(TRUE);
    EXPECT(DoorLightWmiRegister(wmi), STATUS_SUCCESS);

    EXPECT(send(1, &light_guid, 0, 0, NULL, 0, 1, &got), STATUS_SUCCESS);
    host_check(host_wmilib_last_disposition() == IrpProcessed && !got.forwarded, "not processed");

    EXPECT(send(1, &unknown, 0, 0, NULL, 0, 1, &got), STATUS_WMI_GUID_NOT_FOUND);
    host_check(host_wmilib_last_disposition() == IrpNotCompleted && !got.forwarded, "not ours to complete");
    EXPECT(send(1, &light_guid, 1, 0, NULL, 0, 1, &got), STATUS_WMI_INSTANCE_NOT_FOUND);
    host_check(host_wmilib_last_disposition() == IrpNotCompleted, "not ours to complete");
    /* A block without methods has no routine for them; one that is not expensive has no control routine. */
    EXPECT(send(9, &light_guid, 0, 1, NULL, 0, 0, &got), STATUS_INVALID_DEVICE_REQUEST);
    EXPECT(send_plain(6, &light_guid, 48, &got), STATUS_SUCCESS);
    host_check(host_wmilib_last_disposition() == IrpNotCompleted, "not ours to complete");

    /* A block has one instance while the driver adds none. */
    for (ULONG count = 0; count <= 2; count += 2) {
        EXPECT_OUTCOME(query(0, 0, count, NULL, 0, NULL), STATUS_WMI_INSTANCE_NOT_FOUND, 0);
    }
    host_wmilib_last_disposition();

    EXPECT(send_plain(0x0a, &light_guid, 64, &got), STATUS_NOT_SUPPORTED);
    host_check(host_wmilib_last_disposition() == IrpNotWmi && got.forwarded, "no request of WMI is kept");

    memset(got.bytes, 0, sizeof(got.bytes));
    request = host_new_request(1, &light_guid, got.bytes, 72);
    request.provider_id = (ULONG_PTR)host_wmilib_lower_device(device);
    host_wmilib_dispatch(device, &request);
    host_check(host_wmilib_last_disposition() == IrpForward && request.forwarded, "another device's is kept");
    EXPECT(request.io.Status, STATUS_NOT_SUPPORTED);
    end();

    /* With no device below, the sender's status is kept. */
    make(FALSE);
    request.provider_id = (ULONG_PTR)wmi;
    request.io.Status = STATUS_NOT_SUPPORTED;
    host_wmilib_dispatch(device, &request);
    host_check(host_wmilib_last_disposition() == IrpForward && !request.forwarded, "forwarded to nobody");
    EXPECT(request.io.Status, STATUS_NOT_SUPPORTED);
    EXPECT(send_plain(0x0a, &light_guid, 64, &got), STATUS_NOT_SUPPORTED);
    host_check(!got.forwarded, "forwarded to nobody");
    end();
}

static const UCHAR *string_at(const answer *got, ULONG field, ULONG *length)
{
    USHORT count;
    ULONG offset = ulong_at(got->bytes, field);
    memcpy(&count, got->bytes + offset, sizeof(count));
    *length = count;
    return got->bytes + offset + sizeof(count);
}

static VOID registration(VOID)
{
    static const WCHAR path[] = L"\\Registry\\Machine\\Service";
    answer got;
    ULONG length;
    const UCHAR *text;
    PDEVICE_OBJECT pdo;
    make(TRUE);
    pdo = host_wmilib_lower_device(device);
    EXPECT(send_plain(0x0b, NULL, 512, &got), STATUS_SUCCESS);
    host_check(ulong_at(got.bytes, 16) == BLOCKS, "%u blocks", ulong_at(got.bytes, 16));
    host_check(memcmp(got.bytes + 24, &light_guid, sizeof(GUID)) == 0, "another block");
    host_check(ulong_at(got.bytes, 40) == WMIREG_FLAG_INSTANCE_PDO, "flags %u", ulong_at(got.bytes, 40));
    host_check(ulong_at(got.bytes, 44) == 1, "%u instances", ulong_at(got.bytes, 44));
    host_check(memcmp(got.bytes + 48, &pdo, sizeof(pdo)) == 0, "another device's name");
    text = string_at(&got, 8, &length);
    host_check(length == sizeof(path) - sizeof(WCHAR) && memcmp(text, path, length) == 0, "another path");
#ifdef DOOR_LIGHT_WMI_DYNAMIC_MOF
    host_check(ulong_at(got.bytes, 12) == 0, "a resource beside the block");
#else
    text = string_at(&got, 12, &length);
    host_check(length == 30 && memcmp(text, L"MofResourceName", length) == 0, "another resource");
#endif
    while (pdo->ReferenceCount > 1) {
        ObDereferenceObject(pdo);
    }
    end();
}

#ifdef DOOR_LIGHT_WMI_DYNAMIC_MOF
static VOID binary_mof(VOID)
{
    static const GUID mof_guid = {0x05901221, 0xd566, 0x11d1, {0xb2, 0xf0, 0x00, 0xa0, 0xc9, 0x06, 0x29, 0x10}};
    UCHAR bytes[5];
    answer got;
    make(TRUE);
    EXPECT(DoorLightWmiRegister(wmi), STATUS_SUCCESS);
    /* Exactly the bytes of the binary MOF. */
    EXPECT(send(1, &mof_guid, 0, 0, NULL, 0, 4, &got), STATUS_SUCCESS);
    host_check(got.needed == 64 + 5, "needed %u", got.needed);
    EXPECT(send(1, &mof_guid, 0, 0, NULL, 0, 5, &got), STATUS_SUCCESS);
    host_check(got.information == 64 + 5, "%u bytes", got.information);
    host_check(memcmp(got.bytes + 64, "FOMB\7", 5) == 0, "other bytes");
    EXPECT_OUTCOME(query(1, 0, 1, NULL, 0, NULL), STATUS_BUFFER_TOO_SMALL, 5);
    /* It can only be read. */
    EXPECT(send(2, &mof_guid, 0, 0, "x", 1, 1, &got), STATUS_WMI_READ_ONLY);
    EXPECT(send(3, &mof_guid, 0, 1, "x", 1, 1, &got), STATUS_WMI_READ_ONLY);
    EXPECT_OUTCOME(query(2, 0, 1, NULL, 5, bytes), STATUS_WMI_GUID_NOT_FOUND, 0);
    end();
}
#endif

static VOID faults(VOID)
{
    NTSTATUS status;
    ULONG successes;
    for (successes = 0;; successes += 1) {
        device = host_wmilib_device(DoorLightWmiSystemControl, sizeof(DOOR_LIGHT_WMI));
        wmi = (PDOOR_LIGHT_WMI)device->DeviceExtension;
        host_fail_allocation_after(successes);
        status = DoorLightWmiInitialize(wmi, device, host_wmilib_lower_device(device), NULL, registry_path(TRUE));
        if (!host_stop_failing_allocations()) {
            break;
        }
        EXPECT(status, STATUS_INSUFFICIENT_RESOURCES);
        host_check(host_live_blocks() == 0, "%u blocks are left", host_live_blocks());
        EXPECT(DoorLightWmiRegister(wmi), STATUS_INVALID_DEVICE_STATE);
        end();
    }
    EXPECT(status, STATUS_SUCCESS);
    /* The list of blocks with the path, an instance and a context for the block, an instance for the binary MOF. */
    host_check(successes == 2 + BLOCKS, "%u allocations", successes);
    end();
}

int main(void)
{
    life();
    dispositions();
    registration();
    faults();
#ifdef DOOR_LIGHT_WMI_DYNAMIC_MOF
    binary_mof();
#endif
    printf("door-light: all fine\n");
    return 0;
}
