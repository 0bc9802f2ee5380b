/*
 * A driver whose queries report another count than it has stored: what it stores after a request that changes a part of a count and
 * its arrays. With KEEP_IN_BUFFER its target is `blocks`, and the values are stored in buffers of the driver; else it is `wdm`.
 */
#ifdef KEEP_IN_BUFFER
#include "../device/rig.h"
#else
#include "../wdm/rig.h"
#endif

#include "keep_wmi.h"

#define MAX_ELEMENTS 8

enum { ALL, ARRAY, COUNT };

static Keep_All_VALUES *all;
static Keep_Array_VALUES *array;
static Keep_Count_VALUES *count;

/* Reported by queries, independent of the stored values. */
static ULONG reported;

/* ---- Storing ---- */

#ifdef KEEP_IN_BUFFER

static ULONGLONG stores[3][256];

#define KEEP(name, kept, index, data, changed) \
    Keep_##name##_UpdateStored(stores[index], sizeof(stores[index]), &(kept), (data), (changed))
#define RELEASE(name, kept) ((kept) = NULL)

#else

#define KEEP(name, kept, index, data, changed) Keep_##name##_UpdateStored(&(kept), (data), (changed))
#define RELEASE(name, kept) Keep_##name##_FreeStored(&(kept))

PKEEP_WMI KeepWmiFromDevice(PDEVICE_OBJECT DeviceObject)
{
    return (PKEEP_WMI)DeviceObject->DeviceExtension;
}

#define DELETE(name)                                     \
    VOID Keep_##name##_Delete(PKEEP_WMI_INSTANCE Instance) \
    {                                                    \
        (VOID)Instance;                                  \
    }

DELETE(All)
DELETE(Array)
DELETE(Count)

#endif

/* ---- The driver ---- */

/* The elements of query results, as many as a test may need. */
static const ULONGLONG numbers[MAX_ELEMENTS] = {1, 2, 3, 4, 5, 6, 7, 8};
static const UNICODE_STRING texts[MAX_ELEMENTS];
static const Keep_Pair_VALUES pairs[MAX_ELEMENTS];

#define DRIVER(name, kept, index)                                                      \
    NTSTATUS Keep_##name##_Create(PKEEP_WMI_INSTANCE Instance)                         \
    {                                                                                  \
        (VOID)Instance;                                                                \
        return STATUS_SUCCESS;                                                         \
    }                                                                                  \
    NTSTATUS Keep_##name##_Query(PKEEP_WMI_INSTANCE Instance, Keep_##name##_VALUES *Data) \
    {                                                                                  \
        (VOID)Instance;                                                                \
        fill_##index(Data, reported);                                                  \
        return STATUS_SUCCESS;                                                         \
    }                                                                                  \
    NTSTATUS Keep_##name##_Set(                                                        \
        PKEEP_WMI_INSTANCE Instance,                                                   \
        const Keep_##name##_VALUES *Data,                                              \
        const Keep_##name##_CHANGED *Changed)                                          \
    {                                                                                  \
        (VOID)Instance;                                                                \
        return KEEP(name, kept, index, Data, Changed);                                 \
    }

static VOID fill_ALL(Keep_All_VALUES *values, ULONG elements)
{
    values->Count = elements;
    values->Numbers = numbers;
    values->Texts = texts;
    values->Pairs = pairs;
}

static VOID fill_ARRAY(Keep_Array_VALUES *values, ULONG elements)
{
    values->Count = elements;
    values->Numbers = numbers;
}

static VOID fill_COUNT(Keep_Count_VALUES *values, ULONG elements)
{
    values->Count = elements;
    values->Numbers = numbers;
}

DRIVER(All, all, ALL)
DRIVER(Array, array, ARRAY)
DRIVER(Count, count, COUNT)

/* ---- Requests: their buffers end where the data ends, for the sanitizer ---- */

#ifdef KEEP_IN_BUFFER

static ULONGLONG memory[256];

static NTSTATUS set(BOOLEAN whole, ULONG block, ULONG id, ULONG size, const VOID *bytes)
{
    MOFGEN_BLOCK_CALL call = {&KeepWmiBlocks, block, 0, NULL, memory, sizeof(memory)};
    PVOID buffer = malloc(size);
    memcpy(buffer, bytes, size);
    NTSTATUS status = whole ? MofgenBlockSetInstance(&call, size, buffer) : MofgenBlockSetItem(&call, id, size, buffer);
    free(buffer);
    return status;
}

#else

static NTSTATUS set(BOOLEAN whole, ULONG block, ULONG id, ULONG size, const VOID *bytes)
{
    PVOID buffer = malloc(size);
    memcpy(buffer, bytes, size);
    outcome outcome = whole ? set_block(block, 0, size, buffer) : set_item(block, 0, id, size, buffer);
    free(buffer);
    return outcome.status;
}

#endif

#define SET_ITEM(block, id, size, bytes) set(FALSE, (block), (id), (size), (bytes))
#define SET_INSTANCE(block, size, bytes) set(TRUE, (block), 0, (size), (bytes))

static VOID store(ULONG elements)
{
    Keep_All_VALUES all_values = {0};
    Keep_Array_VALUES array_values = {0};
    Keep_Count_VALUES count_values = {0};
    fill_ALL(&all_values, elements);
    fill_ARRAY(&array_values, elements);
    fill_COUNT(&count_values, elements);
    EXPECT(KEEP(All, all, ALL, &all_values, NULL), STATUS_SUCCESS);
    EXPECT(KEEP(Array, array, ARRAY, &array_values, NULL), STATUS_SUCCESS);
    EXPECT(KEEP(Count, count, COUNT, &count_values, NULL), STATUS_SUCCESS);
}

/* Requests with as many elements as queries report: `status` is right for those that change a part. */
static VOID change_parts(ULONG stored, NTSTATUS status)
{
    /* Numbers, strings of no characters, pairs, a count, and all of them. */
    ULONGLONG elements[MAX_ELEMENTS] = {11, 12, 13, 14, 15, 16, 17, 18};
    UCHAR zeros[MAX_ELEMENTS * 8] = {0};
    ULONGLONG instance[1 + MAX_ELEMENTS] = {0};
    const Keep_All_VALUES *all_before = all;
    const Keep_Array_VALUES *array_before = array;
    const Keep_Count_VALUES *count_before = count;
    EXPECT(SET_ITEM(ALL, 2, reported * 8, elements), status);
    EXPECT(SET_ITEM(ALL, 3, reported * 2, zeros), status);
    EXPECT(SET_ITEM(ALL, 4, reported * 8, zeros), status);
    EXPECT(SET_ITEM(ALL, 1, 4, &reported), status);
    EXPECT(SET_ITEM(ARRAY, 2, reported * 8, elements), status);
    EXPECT(SET_ITEM(COUNT, 1, 4, &reported), status);
    memcpy(instance, &reported, sizeof(reported));
    memcpy(instance + 1, elements, reported * 8);
    EXPECT(SET_INSTANCE(ARRAY, 8 + reported * 8, instance), status);
    EXPECT(SET_INSTANCE(COUNT, 8 + reported * 8, instance), status);
    host_check(
        all->Count == stored && array->Count == stored && count->Count == stored,
        "counts %u, %u and %u",
        all->Count,
        array->Count,
        count->Count);
    if (NT_SUCCESS(status)) {
        host_check(all->Numbers[0] == 11 && array->Numbers[0] == 11, "the elements are not stored");
        host_check(count->Numbers[0] == 1, "elements that are read-only have changed");
    } else {
        host_check(
            all == all_before && array == array_before && count == count_before, "a failure has changed something");
    }
}

/* A count and all its arrays at once: the stored count is the new one. */
static VOID change_all(VOID)
{
    UCHAR instance[8 + 2 * 8 + 2 * 2 + 4 + 2 * 8] = {2};
    EXPECT(SET_INSTANCE(ALL, sizeof(instance), instance), STATUS_SUCCESS);
    host_check(all->Count == 2 && all->Numbers[1] == 0, "not what the request has");
}

/* The driver's own changes, with any BOOLEAN that is not FALSE. */
static VOID change_directly(VOID)
{
    Keep_All_VALUES values = {0};
    Keep_All_CHANGED changed = {1, 2, 0x80, 0xFF};
    fill_ALL(&values, 3);
    EXPECT(KEEP(All, all, ALL, &values, &changed), STATUS_SUCCESS);
    host_check(all->Count == 3, "%u elements", all->Count);
    changed.Texts = FALSE;
    values.Count = 4;
    EXPECT(KEEP(All, all, ALL, &values, &changed), STATUS_UNSUCCESSFUL);
    values.Count = 3;
    EXPECT(KEEP(All, all, ALL, &values, &changed), STATUS_SUCCESS);
}

#ifdef KEEP_IN_BUFFER

/* Buffers of every size: two copies of the values fit, or nothing changes. */
static VOID fill_buffers(VOID)
{
    Keep_Array_VALUES values = {0};
    ULONG failures = 0;
    fill_ARRAY(&values, 2);
    for (ULONG size = 0; size < 256; size++) {
        UCHAR *buffer = malloc(size + 1);
        Keep_Array_VALUES *kept = NULL;
        Keep_Array_CHANGED changed = {TRUE};
        NTSTATUS status = Keep_Array_UpdateStored(buffer, size, &kept, &values, NULL);
        if (status == STATUS_INSUFFICIENT_RESOURCES) {
            host_check(kept == NULL, "a failure has stored something");
            failures++;
        } else {
            EXPECT(status, STATUS_SUCCESS);
            for (ULONG i = 0; i < 3; i++) {
                const Keep_Array_VALUES *before = kept;
                EXPECT(Keep_Array_UpdateStored(buffer, size, &kept, &values, &changed), STATUS_SUCCESS);
                host_check(kept != before && before->Numbers[1] == 2, "the other half is not used");
                host_check(kept->Count == 2 && kept->Numbers[1] == 2, "%u elements", kept->Count);
            }
        }
        free(buffer);
    }
    host_check(failures > 32 && failures < 128, "%u failures", failures);
}

#endif

int main(void)
{
    static const ULONG counts[][2] = {{4, 2}, {MAX_ELEMENTS, 1}, {2, 4}, {1, MAX_ELEMENTS}, {3, 3}, {0, 2}, {2, 0}};
#ifdef KEEP_IN_BUFFER
    EXPECT(KeepWmiInitialize(NULL), STATUS_SUCCESS);
#else
    device = host_wmilib_device(KeepWmiSystemControl, sizeof(KEEP_WMI));
    PKEEP_WMI wmi = KeepWmiFromDevice(device);
    EXPECT(
        KeepWmiInitialize(
            wmi, device, host_wmilib_lower_device(device), host_wmilib_lower_device(device), registry_path(TRUE)),
        STATUS_SUCCESS);
    EXPECT(KeepWmiRegister(wmi), STATUS_SUCCESS);
#endif
    for (SIZE_T i = 0; i < ARRAYSIZE(counts); i++) {
        store(counts[i][0]);
        reported = counts[i][1];
        change_parts(counts[i][0], counts[i][0] == reported ? STATUS_SUCCESS : STATUS_UNSUCCESSFUL);
    }
    change_all();
    change_directly();
#ifdef KEEP_IN_BUFFER
    fill_buffers();
#endif
    RELEASE(All, all);
    RELEASE(Array, array);
    RELEASE(Count, count);
#ifndef KEEP_IN_BUFFER
    KeepWmiCleanup(wmi);
    host_wmilib_delete_device(device);
#endif
    host_expect_nothing_left();
    printf("keep: all fine\n");
    return 0;
}
