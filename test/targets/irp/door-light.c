/*
 * A driver for samples/door-light that answers its IRPs itself: from AddDevice to removal, requests of others, and its
 * registration. With DOOR_LIGHT_WMI_DYNAMIC_MOF the binary MOF is a block of its own, with DOOR_LIGHT_WMI_BASE_NAME instances
 * are named after that.
 */
#include "../device/rig.h"

#include "door-light_wmi.h"

static const GUID light_guid = DoorLightGuid;

static PDOOR_LIGHT_WMI wmi;

static VOID make(BOOLEAN has_lower)
{
    device = host_wdm_device(DoorLightWmiSystemControl, sizeof(DOOR_LIGHT_WMI));
    wmi = (PDOOR_LIGHT_WMI)device->DeviceExtension;
    EXPECT(
        DoorLightWmiInitialize(
            wmi,
            device,
            host_wdm_lower_device(device),
            has_lower ? host_wdm_lower_device(device) : NULL,
            registry_path(TRUE)),
        STATUS_SUCCESS);
    registry_path(FALSE);
}

static VOID end(VOID)
{
    DoorLightWmiCleanup(wmi);
    host_wdm_delete_device(device);
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
    host_check(!host_wdm_registered(device), "registered too early");
    EXPECT(DoorLightWmiRegister(wmi), STATUS_SUCCESS);
    host_check(host_wdm_guid_count(device) == BLOCKS, "%u blocks", host_wdm_guid_count(device));
    EXPECT(DoorLightWmiRegister(wmi), STATUS_SUCCESS);
    EXPECT(send(1, &light_guid, 0, 0, NULL, 0, 1, &got), STATUS_SUCCESS);
    host_check(got.information == 65 && got.bytes[64] == 0, "%u bytes, %u", got.information, got.bytes[64]);
    EXPECT(send(2, &light_guid, 0, 0, "\2", 1, 1, &got), STATUS_SUCCESS);
    host_check(got.information == 0, "a set has output");
    EXPECT(send(1, &light_guid, 0, 0, NULL, 0, 1, &got), STATUS_SUCCESS);
    host_check(got.bytes[64] == 1, "any byte but 0 is TRUE");
    EXPECT(send(3, &light_guid, 0, 1, "\0", 1, 1, &got), STATUS_SUCCESS);
    EXPECT(send(1, &light_guid, 0, 0, NULL, 0, 1, &got), STATUS_SUCCESS);
    host_check(got.bytes[64] == 0, "the item was not set");
    /* Static instances have no data of their own name, so they start on the first boundary. */
    EXPECT(send_plain(0, &light_guid, 73, &got), STATUS_SUCCESS);
    host_check(got.information == 73 && ulong_at(got.bytes, 48) == 72, "%u bytes", got.information);
    host_check(
        ulong_at(got.bytes, 44) ==
            (WNODE_FLAG_ALL_DATA | WNODE_FLAG_FIXED_INSTANCE_SIZE | WNODE_FLAG_STATIC_INSTANCE_NAMES),
        "flags 0x%x",
        ulong_at(got.bytes, 44));
    DoorLightWmiDeregister(wmi);
    host_check(!host_wdm_registered(device), "still registered");
    EXPECT(DoorLightWmiRegister(wmi), STATUS_SUCCESS);
    DoorLightWmiCleanup(wmi);
    host_check(!host_wdm_registered(device), "still registered");
    DoorLightWmiCleanup(wmi);
    EXPECT(DoorLightWmiRegister(wmi), STATUS_INVALID_DEVICE_STATE);
    /* Late requests find no block, or are forwarded. */
    EXPECT(send(1, &light_guid, 0, 0, NULL, 0, 1, &got), STATUS_WMI_GUID_NOT_FOUND);
    EXPECT(send_plain(8, NULL, 64, &got), STATUS_SUCCESS);
    host_check(ulong_at(got.bytes, 16) == 0, "%u blocks", ulong_at(got.bytes, 16));
    EXPECT(send_plain(0x0a, &light_guid, 64, &got), STATUS_NOT_SUPPORTED);
    host_check(got.forwarded, "kept by a device that is on its way out");
    host_wdm_delete_device(device);
    host_expect_nothing_left();
}

/* A request before AddDevice has initialized the structure is forwarded. */
static VOID early(VOID)
{
    answer got;
    device = host_wdm_device(DoorLightWmiSystemControl, sizeof(DOOR_LIGHT_WMI));
    wmi = (PDOOR_LIGHT_WMI)device->DeviceExtension;
    EXPECT(send(1, &light_guid, 0, 0, NULL, 0, 1, &got), STATUS_NOT_SUPPORTED);
    host_check(!got.forwarded, "forwarded to nobody");
    host_wdm_delete_device(device);
    host_expect_nothing_left();
}

static VOID of_others(VOID)
{
    static const UCHAR minors[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0x0b};
    answer got;
    host_request request;
    for (ULONG below = 0; below < 2; below += 1) {
        make(below == 1);
        for (ULONG i = 0; i < sizeof(minors); i += 1) {
            memset(got.bytes, 0xA5, sizeof(got.bytes));
            request = host_new_request(minors[i], &light_guid, got.bytes, 72);
            request.provider_id = (ULONG_PTR)host_wdm_lower_device(device);
            request.io.Information = 5;
            host_wdm_dispatch(device, &request);
            host_check(request.forwarded == (below == 1), "minor %u: forwarded %u", minors[i], request.forwarded);
            /* Unchanged, as the sender set it. */
            EXPECT(request.io.Status, STATUS_NOT_SUPPORTED);
            host_check(request.io.Information == 5, "Information %u", (ULONG)request.io.Information);
            for (ULONG at = 0; at < 72; at += 1) {
                host_check(got.bytes[at] == 0xA5, "byte %u is changed", at);
            }
        }
        EXPECT(send_plain(0x0a, &light_guid, 64, &got), STATUS_NOT_SUPPORTED);
        host_check(got.forwarded == (below == 1), "no request of WMI");
        EXPECT(send_plain(0x0c, &light_guid, 64, &got), STATUS_NOT_SUPPORTED);
        end();
    }
}

static VOID no_buffer(VOID)
{
    static const UCHAR minors[] = {0, 1, 2, 3, 4, 8, 9};
    static const NTSTATUS statuses[] = {
        STATUS_BUFFER_TOO_SMALL, STATUS_BUFFER_TOO_SMALL, STATUS_WMI_SET_FAILURE,   STATUS_WMI_SET_FAILURE,
        STATUS_INVALID_PARAMETER, STATUS_BUFFER_TOO_SMALL, STATUS_INVALID_PARAMETER};
    make(TRUE);
    for (ULONG i = 0; i < sizeof(minors); i += 1) {
        /* Independent of BufferSize. */
        host_request request = host_new_request(minors[i], &light_guid, NULL, 1000);
        host_wdm_dispatch(device, &request);
        EXPECT(request.io.Status, statuses[i]);
        host_check(request.io.Information == 0, "Information %u", (ULONG)request.io.Information);
    }
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
    ULONG size;
    const UCHAR *text;
    PDEVICE_OBJECT pdo;
    make(TRUE);
    pdo = host_wdm_lower_device(device);
    EXPECT(send_plain(0x0b, NULL, 512, &got), STATUS_SUCCESS);
    size = got.information;
    host_check(ulong_at(got.bytes, 0) == size && ulong_at(got.bytes, 4) == 0, "%u bytes", size);
    host_check(ulong_at(got.bytes, 16) == BLOCKS, "%u blocks", ulong_at(got.bytes, 16));
    host_check(memcmp(got.bytes + 24, &light_guid, sizeof(GUID)) == 0, "another block");
    host_check(ulong_at(got.bytes, 44) == 1, "%u instances", ulong_at(got.bytes, 44));
#ifdef DOOR_LIGHT_WMI_BASE_NAME
    host_check(ulong_at(got.bytes, 40) == WMIREG_FLAG_INSTANCE_BASENAME, "flags %u", ulong_at(got.bytes, 40));
    text = string_at(&got, 48, &length);
    host_check(length == 10 && memcmp(text, L"Light", length) == 0, "another base name");
    host_check(pdo->ReferenceCount == 1, "%d references", pdo->ReferenceCount);
#else
    host_check(ulong_at(got.bytes, 40) == WMIREG_FLAG_INSTANCE_PDO, "flags %u", ulong_at(got.bytes, 40));
    host_check(memcmp(got.bytes + 48, &pdo, sizeof(pdo)) == 0, "another device's name");
    host_check(pdo->ReferenceCount == 1 + BLOCKS, "%d references", pdo->ReferenceCount);
#endif
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
    /* IRP_MN_REGINFO takes no reference. */
    EXPECT(send_plain(8, NULL, 512, &got), STATUS_SUCCESS);
    host_check(got.information == size && pdo->ReferenceCount == 1, "%d references", pdo->ReferenceCount);
    /* Neither does one that does not fit: its first ULONG is the needed size. */
    EXPECT(send_plain(0x0b, NULL, size - 1, &got), STATUS_BUFFER_TOO_SMALL);
    host_check(got.information == 4 && ulong_at(got.bytes, 0) == size, "%u bytes", ulong_at(got.bytes, 0));
    host_check(pdo->ReferenceCount == 1, "%d references", pdo->ReferenceCount);
    EXPECT(send_plain(0x0b, NULL, 3, &got), STATUS_BUFFER_TOO_SMALL);
    host_check(got.information == 0, "%u bytes", got.information);
    end();
}

#ifdef DOOR_LIGHT_WMI_DYNAMIC_MOF
static VOID binary_mof(VOID)
{
    static const GUID mof_guid = {0x05901221, 0xd566, 0x11d1, {0xb2, 0xf0, 0x00, 0xa0, 0xc9, 0x06, 0x29, 0x10}};
    answer got;
    make(TRUE);
    EXPECT(DoorLightWmiRegister(wmi), STATUS_SUCCESS);
    EXPECT(send(1, &mof_guid, 0, 0, NULL, 0, 4, &got), STATUS_SUCCESS);
    host_check(got.needed == 64 + 5, "needed %u", got.needed);
    EXPECT(send(1, &mof_guid, 0, 0, NULL, 0, 5, &got), STATUS_SUCCESS);
    host_check(got.information == 64 + 5 && memcmp(got.bytes + 64, "FOMB\7", 5) == 0, "other bytes");
    EXPECT(send(2, &mof_guid, 0, 0, "x", 1, 1, &got), STATUS_WMI_READ_ONLY);
    EXPECT(send(3, &mof_guid, 0, 1, "x", 1, 1, &got), STATUS_WMI_READ_ONLY);
    EXPECT(send(9, &mof_guid, 0, 1, "x", 1, 1, &got), STATUS_WMI_ITEMID_NOT_FOUND);
    end();
}
#endif

static VOID faults(VOID)
{
    NTSTATUS status;
    ULONG successes;
    for (successes = 0;; successes += 1) {
        device = host_wdm_device(DoorLightWmiSystemControl, sizeof(DOOR_LIGHT_WMI));
        wmi = (PDOOR_LIGHT_WMI)device->DeviceExtension;
        host_fail_allocation_after(successes);
        status = DoorLightWmiInitialize(wmi, device, host_wdm_lower_device(device), NULL, registry_path(TRUE));
        if (!host_stop_failing_allocations()) {
            break;
        }
        EXPECT(status, STATUS_INSUFFICIENT_RESOURCES);
        host_check(host_live_blocks() == 0, "%u blocks are left", host_live_blocks());
        end();
    }
    EXPECT(status, STATUS_SUCCESS);
    end();
}

int main(void)
{
    life();
    early();
    of_others();
    no_buffer();
    registration();
    faults();
#ifdef DOOR_LIGHT_WMI_DYNAMIC_MOF
    binary_mof();
#endif
    printf("door-light: all fine\n");
    return 0;
}
