/* The core's part for KMDF: registration, instances, locks, callbacks and events, with blocks defined by the tests. */
#include <ntddk.h>
#include <wdf.h>

#include "mofgen_wmi_kmdf.h"
#include "tests.h"

enum { FULL, LOCKED_METHODS, UNLOCKED, EVENT, MOF, METHODS, NO_INSTANCE, BLOCK_COUNT };

#define BLOCK_GUID(number) {0x01234567, 0x89ab, 0xcdef, {1, 2, 3, 4, 5, 6, 7, (number)}}

MOFGEN_WMI_DECLARE_DEVICE(TEST_DEVICE, GetTestDevice, BLOCK_COUNT)

typedef struct values {
    ULONG value;
} values;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(values, values_of)

/* ---- What the blocks do ---- */

/* The last call of a block's function. */
static struct {
    const char *function;
    ULONG id;
    ULONG locks;
    ULONG in_size;
    ULONG out_size;
    BOOLEAN enable;
} last;

/* What they return. */
static NTSTATUS answer;
static ULONG answer_used;
/* What Create returns. */
static NTSTATUS create_answer;

static NTSTATUS remember(const char *function, ULONG id, MOFGEN_REQUEST *request)
{
    last.function = function;
    last.id = id;
    last.locks = host_held_locks();
    last.in_size = request->InSize;
    last.out_size = request->OutSize;
    /* Freed by the core, even if the request fails. */
    EXPECT(MofgenMemoryAllocate(&request->Memory, 8) != NULL);
    request->Used = answer_used;
    return answer;
}

static NTSTATUS on_query(WDFWMIINSTANCE instance, MOFGEN_REQUEST *request)
{
    /* A thread that has the lock may acquire it again. */
    MofgenWmiLock(instance);
    MofgenWmiUnlock(instance);
    EXPECT_NULL(request->Input);
    return remember("query", 0, request);
}

static NTSTATUS on_set_instance(WDFWMIINSTANCE instance, MOFGEN_REQUEST *request)
{
    (VOID)instance;
    EXPECT_NULL(request->Output);
    return remember("set instance", 0, request);
}

static NTSTATUS on_set_item(WDFWMIINSTANCE instance, ULONG id, MOFGEN_REQUEST *request)
{
    (VOID)instance;
    EXPECT_NULL(request->Output);
    return remember("set item", id, request);
}

static NTSTATUS on_execute(WDFWMIINSTANCE instance, ULONG id, MOFGEN_REQUEST *request)
{
    (VOID)instance;
    EXPECT(request->Input == request->Output);
    return remember("execute", id, request);
}

static NTSTATUS on_collect(WDFDEVICE device, BOOLEAN enable)
{
    EXPECT(GetTestDevice(device) != NULL);
    last.function = "collect";
    last.enable = enable;
    return answer;
}

static VOID set_attributes(PWDF_OBJECT_ATTRIBUTES attributes)
{
    WDF_OBJECT_ATTRIBUTES_SET_CONTEXT_TYPE(attributes, values);
}

static NTSTATUS on_create(WDFWMIINSTANCE instance)
{
    EXPECT_NUMBER(values_of(instance)->value, 0);
    values_of(instance)->value = 5;
    return create_answer;
}

static const UCHAR mof[] = {'F', 'O', 'M', 'B', 1};

static const MOFGEN_WMI_BLOCK blocks[BLOCK_COUNT] = {
    [FULL] =
        {
            .Guid = BLOCK_GUID(1),
            .Query = on_query,
            .SetInstance = on_set_instance,
            .SetItem = on_set_item,
            .Execute = on_execute,
            .Attributes = set_attributes,
            .Create = on_create,
        },
    [LOCKED_METHODS] =
        {
            .Guid = BLOCK_GUID(2),
            .Flags = MOFGEN_WMI_EXPENSIVE | MOFGEN_WMI_LOCK_METHODS,
            .Query = on_query,
            .Execute = on_execute,
            .Collect = on_collect,
        },
    [UNLOCKED] =
        {
            .Guid = BLOCK_GUID(3),
            .Flags = MOFGEN_WMI_NO_LOCK,
            .Query = on_query,
            .SetInstance = on_set_instance,
            .SetItem = on_set_item,
            .Execute = on_execute,
        },
    [EVENT] = {.Guid = BLOCK_GUID(4), .Flags = MOFGEN_WMI_EVENT},
    [MOF] = MOFGEN_WMI_MOF_DATA(mof),
    [METHODS] = {.Guid = BLOCK_GUID(6), .Execute = on_execute},
    [NO_INSTANCE] = {.Guid = BLOCK_GUID(7), .Flags = MOFGEN_WMI_NO_FIRST_INSTANCE, .Query = on_query},
};

/* ---- A device ---- */

static WDFDEVICE device;

static MOFGEN_WMI_PROVIDER make_provider(PCWSTR resource)
{
    const MOFGEN_WMI_PROVIDER made = {
        blocks, BLOCK_COUNT, resource, WDF_GET_CONTEXT_TYPE_INFO(TEST_DEVICE)};
    return made;
}

static MOFGEN_WMI_PROVIDER provider;

static VOID begin(VOID)
{
    memset(&last, 0, sizeof(last));
    answer = STATUS_SUCCESS;
    answer_used = 0;
    create_answer = STATUS_SUCCESS;
    provider = make_provider(NULL);
    device = host_wdf_device();
}

static VOID begin_initialized(VOID)
{
    begin();
    EXPECT_STATUS(MofgenWmiInitialize(device, &provider), STATUS_SUCCESS);
    host_wdf_start(device);
}

static VOID end(VOID)
{
    WdfObjectDelete(device);
    EXPECT_NUMBER(host_live_blocks(), 0);
    EXPECT_NUMBER(host_held_locks(), 0);
}

static WDFWMIINSTANCE instance_of(ULONG block)
{
    WDFWMIINSTANCE instance = MofgenWmiFirstInstance(device, &provider, block);
    EXPECT(instance != NULL);
    return instance;
}

static const WDF_WMI_INSTANCE_CONFIG *callbacks_of(ULONG block)
{
    return host_wdf_instance_config(instance_of(block));
}

/* ---- Registration ---- */

TEST(initialize_registers_every_block)
{
    static const struct {
        ULONG flags;
        BOOLEAN collects, queries, sets, executes, has_instance;
    } rows[BLOCK_COUNT] = {
        [FULL] = {0, FALSE, TRUE, TRUE, TRUE, TRUE},
        [LOCKED_METHODS] = {WdfWmiProviderExpensive, TRUE, TRUE, FALSE, TRUE, TRUE},
        [UNLOCKED] = {0, FALSE, TRUE, TRUE, TRUE, TRUE},
        [EVENT] = {WdfWmiProviderEventOnly, FALSE, FALSE, FALSE, FALSE, TRUE},
        [MOF] = {0, FALSE, TRUE, FALSE, FALSE, TRUE},
        [METHODS] = {0, FALSE, TRUE, FALSE, TRUE, TRUE},
        [NO_INSTANCE] = {0, FALSE, FALSE, FALSE, FALSE, FALSE},
    };
    begin_initialized();
    for (ULONG i = 0; i < BLOCK_COUNT; i++) {
        const WDF_WMI_PROVIDER_CONFIG *config = host_wdf_provider_config(host_wdf_provider(device, i));
        WDFWMIINSTANCE instance = host_wdf_instance(device, &blocks[i].Guid, 0);
        EXPECT(IsEqualGUID(&config->Guid, &blocks[i].Guid));
        EXPECT_NUMBER(config->Flags, rows[i].flags);
        EXPECT((config->EvtWmiProviderFunctionControl != NULL) == rows[i].collects);
        EXPECT((instance != NULL) == rows[i].has_instance);
        EXPECT(MofgenWmiFirstInstance(device, &provider, i) == instance);
        if (instance != NULL) {
            const WDF_WMI_INSTANCE_CONFIG *callbacks = host_wdf_instance_config(instance);
            EXPECT((callbacks->EvtWmiInstanceQueryInstance != NULL) == rows[i].queries);
            EXPECT((callbacks->EvtWmiInstanceSetInstance != NULL) == rows[i].sets);
            EXPECT((callbacks->EvtWmiInstanceSetItem != NULL) == rows[i].sets);
            EXPECT((callbacks->EvtWmiInstanceExecuteMethod != NULL) == rows[i].executes);
            EXPECT_NULL(host_wdf_instance(device, &blocks[i].Guid, 1));
        }
    }
    EXPECT_NULL(host_wdf_provider(device, BLOCK_COUNT));
    EXPECT_NUMBER(values_of(instance_of(FULL))->value, 5);
    end();
}

TEST(initialize_twice)
{
    begin_initialized();
    EXPECT_STATUS(MofgenWmiInitialize(device, &provider), STATUS_INVALID_DEVICE_REQUEST);
    EXPECT_NULL(host_wdf_provider(device, BLOCK_COUNT));
    end();
}

TEST(initialize_with_a_mof_resource)
{
    begin();
    provider = make_provider(L"Resource");
    EXPECT_STATUS(MofgenWmiInitialize(device, &provider), STATUS_SUCCESS);
    end();
}

/* A device has one resource: a second MOF file with one is refused, and registers nothing. */
TEST(initialize_with_a_second_mof_resource)
{
    DECLARE_CONST_UNICODE_STRING(first, L"First");
    begin();
    provider = make_provider(L"Second");
    EXPECT_STATUS(WdfDeviceAssignMofResourceName(device, &first), STATUS_SUCCESS);
    EXPECT_STATUS(MofgenWmiInitialize(device, &provider), STATUS_INVALID_DEVICE_REQUEST);
    EXPECT_NULL(host_wdf_provider(device, 0));
    end();
}

/* For a second provider with the same GUID the framework may return success without a provider. */
TEST(initialize_with_a_guid_that_is_taken)
{
    WDF_WMI_PROVIDER_CONFIG config;
    WDFWMIPROVIDER taken;
    WDFWMIINSTANCE instance;
    begin();
    WDF_WMI_PROVIDER_CONFIG_INIT(&config, &blocks[UNLOCKED].Guid);
    EXPECT_STATUS(
        WdfWmiProviderCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, &taken), STATUS_SUCCESS);
    EXPECT_STATUS(MofgenWmiInitialize(device, &provider), STATUS_OBJECT_NAME_COLLISION);
    EXPECT_STATUS(
        MofgenWmiAddInstance(device, &provider, UNLOCKED, &instance), STATUS_INVALID_DEVICE_STATE);
    end();
}

/* If any allocation fails, the failure is returned, and the device frees what was registered. */
TEST(initialize_without_pool)
{
    ULONG successes = 0;
    BOOLEAN failed;
    do {
        begin();
        provider = make_provider(L"Resource");
        host_fail_allocation_after(successes);
        NTSTATUS status = MofgenWmiInitialize(device, &provider);
        failed = host_stop_failing_allocations();
        EXPECT_STATUS(status, failed ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS);
        end();
        EXPECT_NUMBER(host_wdf_live_objects(), 0);
        successes++;
    } while (failed);
    EXPECT(successes > 2 * BLOCK_COUNT);
}

TEST(nothing_before_initialize)
{
    WDFWMIINSTANCE instance = (WDFWMIINSTANCE)(PVOID)&instance;
    begin();
    EXPECT_STATUS(
        MofgenWmiAddInstance(device, &provider, FULL, &instance), STATUS_INVALID_DEVICE_STATE);
    EXPECT_NULL(instance);
    EXPECT_NULL(MofgenWmiFirstInstance(device, &provider, FULL));
    EXPECT_STATUS(MofgenWmiFire(device, &provider, EVENT, NULL, NULL), STATUS_INVALID_DEVICE_STATE);
    end();
}

/* An initialisation that failed before the first block. */
TEST(nothing_of_a_block_that_was_not_registered)
{
    WDFWMIINSTANCE instance = NULL;
    begin();
    create_answer = STATUS_NOT_FOUND;
    EXPECT_STATUS(MofgenWmiInitialize(device, &provider), STATUS_NOT_FOUND);
    EXPECT_STATUS(
        MofgenWmiAddInstance(device, &provider, MOF, &instance), STATUS_INVALID_DEVICE_STATE);
    EXPECT_NULL(MofgenWmiFirstInstance(device, &provider, MOF));
    EXPECT_NULL(MofgenWmiFirstInstance(device, &provider, FULL));
    EXPECT_STATUS(MofgenWmiFire(device, &provider, EVENT, NULL, NULL), STATUS_INVALID_DEVICE_STATE);
    end();
}

/* ---- Instances ---- */

TEST(instances_come_and_go)
{
    WDFWMIINSTANCE added[3];
    begin_initialized();
    for (ULONG i = 0; i < 3; i++) {
        EXPECT_STATUS(
            MofgenWmiAddInstance(device, &provider, NO_INSTANCE, &added[i]), STATUS_SUCCESS);
        EXPECT(host_wdf_instance(device, &blocks[NO_INSTANCE].Guid, i) == added[i]);
        EXPECT(instance_of(NO_INSTANCE) == added[0]);
    }
    EXPECT_STATUS(MofgenWmiRemoveInstance(added[1], &provider, NO_INSTANCE), STATUS_SUCCESS);
    EXPECT(instance_of(NO_INSTANCE) == added[0]);
    EXPECT_STATUS(MofgenWmiRemoveInstance(added[0], &provider, NO_INSTANCE), STATUS_SUCCESS);
    EXPECT(instance_of(NO_INSTANCE) == added[2]);
    /* The driver may delete one as well. */
    WdfObjectDelete(added[2]);
    EXPECT_NULL(MofgenWmiFirstInstance(device, &provider, NO_INSTANCE));
    end();
}

TEST(instances_of_other_blocks_stay)
{
    WDF_WMI_INSTANCE_CONFIG config;
    WDFWMIINSTANCE own;
    begin_initialized();
    EXPECT_STATUS(
        MofgenWmiRemoveInstance(instance_of(FULL), &provider, UNLOCKED), STATUS_INVALID_PARAMETER);
    EXPECT(instance_of(FULL) != NULL);
    /* One that the driver made without the core. */
    WDF_WMI_INSTANCE_CONFIG_INIT_PROVIDER(&config, host_wdf_provider(device, FULL));
    EXPECT_STATUS(
        WdfWmiInstanceCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, &own), STATUS_SUCCESS);
    EXPECT_STATUS(MofgenWmiRemoveInstance(own, &provider, FULL), STATUS_INVALID_PARAMETER);
    EXPECT_STATUS(
        MofgenWmiFireFrom(own, &provider, EVENT, NULL, NULL), STATUS_INVALID_PARAMETER);
    end();
}

/* An instance whose Create failed is never visible to consumers. */
TEST(instance_whose_create_fails)
{
    WDFWMIINSTANCE instance = (WDFWMIINSTANCE)(PVOID)&instance;
    begin_initialized();
    ULONG objects = host_wdf_live_objects();
    create_answer = STATUS_NOT_FOUND;
    EXPECT_STATUS(MofgenWmiAddInstance(device, &provider, FULL, &instance), STATUS_NOT_FOUND);
    EXPECT_NULL(instance);
    EXPECT_NUMBER(host_wdf_live_objects(), objects);
    EXPECT_NULL(host_wdf_instance(device, &blocks[FULL].Guid, 1));
    end();
}

static VOID remove_registered(WDFWMIINSTANCE instance)
{
    EXPECT_STATUS(MofgenWmiRemoveInstance(instance, &provider, NO_INSTANCE), STATUS_SUCCESS);
}

/* A method of the driver that deletes its instance may run before AddInstance has returned. */
TEST(instance_that_is_deleted_while_it_is_added)
{
    WDFWMIINSTANCE instance;
    begin_initialized();
    host_wdf_on_register = remove_registered;
    EXPECT_STATUS(MofgenWmiAddInstance(device, &provider, NO_INSTANCE, &instance), STATUS_SUCCESS);
    host_wdf_on_register = NULL;
    EXPECT_NULL(MofgenWmiFirstInstance(device, &provider, NO_INSTANCE));
    EXPECT_STATUS(MofgenWmiAddInstance(device, &provider, NO_INSTANCE, &instance), STATUS_SUCCESS);
    EXPECT(MofgenWmiFirstInstance(device, &provider, NO_INSTANCE) == instance);
    end();
}

TEST(instance_without_pool)
{
    ULONG successes = 0;
    BOOLEAN failed;
    begin_initialized();
    do {
        WDFWMIINSTANCE instance = (WDFWMIINSTANCE)(PVOID)&instance;
        ULONG objects = host_wdf_live_objects();
        host_fail_allocation_after(successes);
        NTSTATUS status = MofgenWmiAddInstance(device, &provider, FULL, &instance);
        failed = host_stop_failing_allocations();
        EXPECT_STATUS(status, failed ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS);
        EXPECT((instance == NULL) == failed);
        EXPECT_NUMBER(host_wdf_live_objects(), objects + !failed);
        successes++;
    } while (failed);
    /* The object and its context. */
    EXPECT_NUMBER(successes, 3);
    end();
}

/* ---- Callbacks ---- */

static VOID expect_call(const char *function, ULONG id, ULONG locks, ULONG in_size, ULONG out_size)
{
    EXPECT(last.function != NULL);
    host_check(strcmp(last.function, function) == 0, "%s was called, not %s", last.function, function);
    EXPECT_NUMBER(last.id, id);
    EXPECT_NUMBER(last.locks, locks);
    EXPECT_NUMBER(last.in_size, in_size);
    EXPECT_NUMBER(last.out_size, out_size);
    EXPECT_NUMBER(host_held_locks(), 0);
    EXPECT_NUMBER(host_live_blocks(), 0);
    memset(&last, 0, sizeof(last));
}

static const struct {
    NTSTATUS status;
    ULONG used, reported;
} answers[] = {
    {STATUS_SUCCESS, 3, 3},
    {STATUS_SUCCESS, 0, 0},
    {STATUS_BUFFER_TOO_SMALL, 9, 9},
    {STATUS_WMI_SET_FAILURE, 3, 0},
};

static ULONG aligned_when_too_small(NTSTATUS status, ULONG size)
{
    return status == STATUS_BUFFER_TOO_SMALL ? (size + 15) / 16 * 16 : size;
}

/* Aligning the largest sizes up would overflow. */
TEST(callback_query_of_the_largest_size)
{
    UCHAR buffer[4];
    ULONG used = 99;
    begin_initialized();
    answer = STATUS_BUFFER_TOO_SMALL;
    answer_used = 0xfffffff8;
    EXPECT_STATUS(
        callbacks_of(FULL)->EvtWmiInstanceQueryInstance(instance_of(FULL), 4, buffer, &used), answer);
    EXPECT_NUMBER(used, 0xfffffff8);
    end();
}

TEST(callback_query)
{
    static const struct {
        ULONG block, locks;
    } rows[] = {{FULL, 1}, {LOCKED_METHODS, 1}, {UNLOCKED, 0}};
    begin_initialized();
    for (SIZE_T i = 0; i < ARRAYSIZE(rows); i++) {
        for (SIZE_T k = 0; k < ARRAYSIZE(answers); k++) {
            UCHAR buffer[4];
            ULONG used = 99;
            WDFWMIINSTANCE instance = instance_of(rows[i].block);
            answer = answers[k].status;
            answer_used = answers[k].used;
            EXPECT_STATUS(
                callbacks_of(rows[i].block)->EvtWmiInstanceQueryInstance(instance, 4, buffer, &used),
                answer);
            /* Without room a query returns an aligned size (mofgen_wmi_kmdf.c has the reason). */
            EXPECT_NUMBER(used, aligned_when_too_small(answer, answers[k].reported));
            expect_call("query", 0, rows[i].locks, 0, 4);
        }
    }
    end();
}

TEST(callback_query_without_a_buffer)
{
    ULONG used = 99;
    begin_initialized();
    answer = STATUS_BUFFER_TOO_SMALL;
    answer_used = 7;
    EXPECT_STATUS(
        callbacks_of(FULL)->EvtWmiInstanceQueryInstance(instance_of(FULL), 4, NULL, &used), answer);
    EXPECT_NUMBER(used, 16);
    expect_call("query", 0, 1, 0, 0);
    end();
}

TEST(callback_set)
{
    static const struct {
        ULONG block, locks;
    } rows[] = {{FULL, 1}, {UNLOCKED, 0}};
    begin_initialized();
    for (SIZE_T i = 0; i < ARRAYSIZE(rows); i++) {
        for (SIZE_T k = 0; k < ARRAYSIZE(answers); k++) {
            UCHAR buffer[4];
            WDFWMIINSTANCE instance = instance_of(rows[i].block);
            const WDF_WMI_INSTANCE_CONFIG *callbacks = callbacks_of(rows[i].block);
            answer = answers[k].status;
            EXPECT_STATUS(callbacks->EvtWmiInstanceSetInstance(instance, 4, buffer), answer);
            expect_call("set instance", 0, rows[i].locks, 4, 0);
            EXPECT_STATUS(callbacks->EvtWmiInstanceSetItem(instance, 8, 3, buffer), answer);
            expect_call("set item", 8, rows[i].locks, 3, 0);
        }
    }
    end();
}

TEST(callback_execute)
{
    static const struct {
        ULONG block, locks;
    } rows[] = {{FULL, 0}, {LOCKED_METHODS, 1}, {UNLOCKED, 0}, {METHODS, 0}};
    begin_initialized();
    for (SIZE_T i = 0; i < ARRAYSIZE(rows); i++) {
        for (SIZE_T k = 0; k < ARRAYSIZE(answers); k++) {
            UCHAR buffer[8];
            ULONG used = 99;
            WDFWMIINSTANCE instance = instance_of(rows[i].block);
            answer = answers[k].status;
            answer_used = answers[k].used;
            EXPECT_STATUS(
                callbacks_of(rows[i].block)->EvtWmiInstanceExecuteMethod(instance, 2, 3, 8, buffer, &used),
                answer);
            EXPECT_NUMBER(used, answers[k].reported);
            expect_call("execute", 2, rows[i].locks, 3, 8);
        }
    }
    end();
}

TEST(callback_query_mof_data)
{
    begin_initialized();
    for (ULONG size = 0; size <= sizeof(mof) + 1; size++) {
        BOOLEAN fits = size >= sizeof(mof);
        UCHAR *buffer = exact_copy("??????", size);
        ULONG used = 99;
        EXPECT_STATUS(
            callbacks_of(MOF)->EvtWmiInstanceQueryInstance(instance_of(MOF), size, size > 0 ? buffer : NULL, &used),
            fits ? STATUS_SUCCESS : STATUS_BUFFER_TOO_SMALL);
        EXPECT_NUMBER(used, fits ? (ULONG)sizeof(mof) : 16);
        if (fits) {
            EXPECT_BYTES(buffer, 'F', 'O', 'M', 'B', 1);
        }
        free(buffer);
    }
    end();
}

TEST(callback_query_of_methods)
{
    ULONG used = 99;
    begin_initialized();
    EXPECT_STATUS(
        callbacks_of(METHODS)->EvtWmiInstanceQueryInstance(instance_of(METHODS), 0, NULL, &used),
        STATUS_SUCCESS);
    EXPECT_NUMBER(used, 0);
    EXPECT_NULL(last.function);
    end();
}

TEST(callback_collect)
{
    begin_initialized();
    WDFWMIPROVIDER collecting = host_wdf_provider(device, LOCKED_METHODS);
    const PFN_WDF_WMI_PROVIDER_FUNCTION_CONTROL control =
        host_wdf_provider_config(collecting)->EvtWmiProviderFunctionControl;
    answer = STATUS_NOT_FOUND;
    EXPECT_STATUS(control(collecting, WdfWmiEventControl, TRUE), STATUS_SUCCESS);
    EXPECT_NULL(last.function);
    EXPECT_STATUS(control(collecting, WdfWmiInstanceControl, TRUE), STATUS_NOT_FOUND);
    EXPECT(last.enable && last.function != NULL);
    answer = STATUS_SUCCESS;
    EXPECT_STATUS(control(collecting, WdfWmiInstanceControl, FALSE), STATUS_SUCCESS);
    EXPECT(!last.enable);
    /* The framework completes the request with the status, which must be final. */
    answer = STATUS_PENDING;
    EXPECT_STATUS(control(collecting, WdfWmiInstanceControl, TRUE), STATUS_UNSUCCESSFUL);
    answer = STATUS_BUFFER_TOO_SMALL;
    EXPECT_STATUS(control(collecting, WdfWmiInstanceControl, TRUE), STATUS_UNSUCCESSFUL);
    end();
}

/* ---- Events ---- */

/* What write_event writes in each pass. */
typedef struct event_script {
    ULONG sizes[4];
    ULONG passes;
} event_script;

static VOID write_event(MOFGEN_WRITER *writer, const VOID *data)
{
    static const UCHAR byte = 0x5A;
    event_script *script = (event_script *)(ULONG_PTR)data;
    ULONG size = script->sizes[script->passes++];
    for (ULONG i = 0; i < size; i++) {
        MofgenWrite(writer, 1, &byte, 1);
    }
}

static VOID write_failure(MOFGEN_WRITER *writer, const VOID *data)
{
    (VOID)data;
    writer->Status = STATUS_NOT_FOUND;
}

TEST(event_data)
{
    static const struct {
        const char *name;
        event_script script;
        NTSTATUS status;
        ULONG size;
    } rows[] = {
        {"some", {.sizes = {3, 3, 3}}, STATUS_SUCCESS, 3},
        {"none", {.sizes = {0}}, STATUS_SUCCESS, 0},
        {"less than was measured", {.sizes = {3, 2, 2}}, STATUS_SUCCESS, 2},
        {"more than was measured", {.sizes = {3, 4, 4}}, STATUS_UNSUCCESSFUL, 0},
        {"less in the last pass", {.sizes = {3, 3, 2}}, STATUS_UNSUCCESSFUL, 0},
        {"none in the second pass", {.sizes = {3, 0, 0}}, STATUS_SUCCESS, 0},
        {"more than WMI takes", {.sizes = {2000, 2000, 2000}}, STATUS_BUFFER_OVERFLOW, 0},
        {"more than the core takes", {.sizes = {MOFGEN_MAX_REQUEST_BYTES}}, STATUS_INSUFFICIENT_RESOURCES, 0},
    };
    begin_initialized();
    for (SIZE_T i = 0; i < ARRAYSIZE(rows); i++) {
        event_script script = rows[i].script;
        NTSTATUS status = MofgenWmiFire(device, &provider, EVENT, write_event, &script);
        host_check(status == rows[i].status, "%s: %s", rows[i].name, host_status_name(status));
        EXPECT_NUMBER(host_event_count(), NT_SUCCESS(status) ? 1 : 0);
        if (NT_SUCCESS(status)) {
            EXPECT(IsEqualGUID(&host_event_at(0)->guid, &blocks[EVENT].Guid));
            EXPECT_NUMBER(host_event_at(0)->data_size, rows[i].size);
            for (ULONG at = 0; at < rows[i].size; at++) {
                EXPECT_NUMBER(host_event_at(0)->data[at], 0x5A);
            }
        }
        host_forget_events();
        EXPECT_NUMBER(host_live_blocks(), 0);
    }
    end();
}

TEST(event_without_data)
{
    begin_initialized();
    EXPECT_STATUS(MofgenWmiFire(device, &provider, EVENT, NULL, NULL), STATUS_SUCCESS);
    EXPECT_NUMBER(host_event_at(0)->data_size, 0);
    end();
}

TEST(event_that_cannot_be_written)
{
    begin_initialized();
    EXPECT_STATUS(MofgenWmiFire(device, &provider, EVENT, write_failure, NULL), STATUS_NOT_FOUND);
    EXPECT_NUMBER(host_event_count(), 0);
    end();
}

TEST(event_from_an_instance)
{
    WDFWMIINSTANCE second;
    begin_initialized();
    EXPECT_STATUS(MofgenWmiAddInstance(device, &provider, EVENT, &second), STATUS_SUCCESS);
    EXPECT_STATUS(MofgenWmiFireFrom(second, &provider, EVENT, NULL, NULL), STATUS_SUCCESS);
    EXPECT_NUMBER(host_event_at(0)->instance_index, 1);
    EXPECT_STATUS(
        MofgenWmiFireFrom(instance_of(FULL), &provider, EVENT, NULL, NULL), STATUS_INVALID_PARAMETER);
    EXPECT_STATUS(
        MofgenWmiFireFrom(NULL, &provider, EVENT, NULL, NULL), STATUS_INVALID_DEVICE_STATE);
    EXPECT_NUMBER(host_event_count(), 1);
    end();
}

TEST(event_without_an_instance)
{
    begin_initialized();
    EXPECT_STATUS(MofgenWmiRemoveInstance(instance_of(EVENT), &provider, EVENT), STATUS_SUCCESS);
    EXPECT_STATUS(MofgenWmiFire(device, &provider, EVENT, NULL, NULL), STATUS_INVALID_DEVICE_STATE);
    end();
}

TEST(event_without_pool)
{
    ULONG successes = 0;
    BOOLEAN failed;
    begin_initialized();
    do {
        event_script script = {.sizes = {3, 3, 3}};
        host_fail_allocation_after(successes);
        NTSTATUS status = MofgenWmiFire(device, &provider, EVENT, write_event, &script);
        failed = host_stop_failing_allocations();
        EXPECT_STATUS(status, failed ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS);
        EXPECT_NUMBER(host_live_blocks(), 0);
        successes++;
    } while (failed);
    EXPECT(successes > 1);
    end();
}
