/* Rows about the harness's KMDF: how it treats what callbacks return. */
#include "scripted.h"

#include <wdf.h>

#include "../host/host.h"

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(script, script_of)

/* ---- A device with one block and scripted instances ---- */

static EVT_WDF_WMI_INSTANCE_QUERY_INSTANCE evt_query;
static EVT_WDF_WMI_INSTANCE_SET_INSTANCE evt_set_instance;
static EVT_WDF_WMI_INSTANCE_SET_ITEM evt_set_item;
static EVT_WDF_WMI_INSTANCE_EXECUTE_METHOD evt_execute;

_Use_decl_annotations_
static NTSTATUS NTAPI evt_query(WDFWMIINSTANCE WmiInstance, ULONG OutBufferSize, PVOID OutBuffer, PULONG BufferUsed)
{
    return answer_output(&script_of(WmiInstance)->query, 0, OutBufferSize, OutBuffer, BufferUsed);
}

_Use_decl_annotations_
static NTSTATUS NTAPI evt_set_instance(WDFWMIINSTANCE WmiInstance, ULONG InBufferSize, PVOID InBuffer)
{
    return answer_input(&script_of(WmiInstance)->set_instance, InBufferSize, InBuffer);
}

_Use_decl_annotations_
static NTSTATUS NTAPI evt_set_item(WDFWMIINSTANCE WmiInstance, ULONG DataItemId, ULONG InBufferSize, PVOID InBuffer)
{
    last_call.id = DataItemId;
    return answer_input(&script_of(WmiInstance)->set_item, InBufferSize, InBuffer);
}

_Use_decl_annotations_
static NTSTATUS NTAPI evt_execute(
    WDFWMIINSTANCE WmiInstance,
    ULONG MethodId,
    ULONG InBufferSize,
    ULONG OutBufferSize,
    PVOID Buffer,
    PULONG BufferUsed)
{
    last_call.id = MethodId;
    return answer_output(
        &script_of(WmiInstance)->execute, InBufferSize, OutBufferSize, Buffer, BufferUsed);
}

static WDFDEVICE device;
static WDFWMIPROVIDER provider;

static VOID begin(ULONG flags, ULONG minimum)
{
    WDF_WMI_PROVIDER_CONFIG config;
    device = host_wdf_device();
    WDF_WMI_PROVIDER_CONFIG_INIT(&config, &block_guid);
    config.Flags = flags;
    config.MinInstanceBufferSize = minimum;
    EXPECT_STATUS(
        WdfWmiProviderCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, &provider), STATUS_SUCCESS);
    memset(&last_call, 0, sizeof(last_call));
}

static WDFWMIINSTANCE add(script script)
{
    WDF_WMI_INSTANCE_CONFIG config;
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFWMIINSTANCE instance = NULL;
    WDF_WMI_INSTANCE_CONFIG_INIT_PROVIDER(&config, provider);
    config.Register = TRUE;
    config.EvtWmiInstanceQueryInstance = script.query.present ? evt_query : NULL;
    config.EvtWmiInstanceSetInstance = script.set_instance.present ? evt_set_instance : NULL;
    config.EvtWmiInstanceSetItem = script.set_item.present ? evt_set_item : NULL;
    config.EvtWmiInstanceExecuteMethod = script.execute.present ? evt_execute : NULL;
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, script);
    EXPECT_STATUS(WdfWmiInstanceCreate(device, &config, &attributes, &instance), STATUS_SUCCESS);
    *script_of(instance) = script;
    return instance;
}

static VOID end(VOID)
{
    WdfObjectDelete(device);
}

/* ---- Requests ---- */

typedef struct sent {
    NTSTATUS status;
    ULONG information;
    /* The buffer as it came back, at most so many bytes. */
    UCHAR buffer[512];
    ULONG size;
    BOOLEAN forwarded;
} sent;

static sent dispatch(host_request *request)
{
    sent sent;
    memset(&sent, 0, sizeof(sent));
    host_wdf_dispatch(device, request);
    sent.status = request->io.Status;
    sent.information = (ULONG)request->io.Information;
    sent.size = request->size;
    sent.forwarded = request->forwarded;
    host_check(request->size <= sizeof(sent.buffer), "a longer request than rows need");
    memcpy(sent.buffer, request->buffer, request->size);
    return sent;
}

/* Sends a request with `data` and so much room for it. Information is preset, to see who writes it. */
static sent send_data(UCHAR minor, ULONG id, const VOID *data, ULONG data_size, ULONG room)
{
    ULONG size;
    PVOID buffer = host_build_wnode(minor, &block_guid, 0, id, data, data_size, room, &size);
    host_request request = host_new_request(minor, &block_guid, buffer, size);
    request.io.Information = 99;
    sent sent = dispatch(&request);
    free(buffer);
    return sent;
}

static sent query(ULONG room)
{
    return send_data(IRP_MN_QUERY_SINGLE_INSTANCE, 0, NULL, 0, room);
}

static sent query_all(ULONG size)
{
    PUCHAR buffer = calloc(1, size);
    host_check(buffer != NULL, "no memory");
    set_field(buffer, offsetof(WNODE_HEADER, Flags), WNODE_FLAG_ALL_DATA | WNODE_FLAG_FIXED_INSTANCE_SIZE);
    host_request request = host_new_request(IRP_MN_QUERY_ALL_DATA, &block_guid, buffer, size);
    request.io.Information = 99;
    sent sent = dispatch(&request);
    free(buffer);
    return sent;
}

static VOID expect_done(const sent *sent, NTSTATUS status, ULONG information)
{
    EXPECT_STATUS(sent->status, status);
    EXPECT_NUMBER(sent->information, information);
}

static VOID expect_too_small(const sent *sent, ULONG needed)
{
    expect_done(sent, STATUS_SUCCESS, 56);
    EXPECT_NUMBER(host_size_needed(sent->buffer, sent->size), needed);
    EXPECT_NUMBER(field(sent->buffer, offsetof(WNODE_HEADER, BufferSize)), 56);
}

static ULONG size_data_block(const sent *sent)
{
    return field(sent->buffer, offsetof(WNODE_SINGLE_INSTANCE, SizeDataBlock));
}

/* ---- Dispatch ---- */

static VOID forwarding(VOID)
{
    begin(0, 0);
    add((script){.query = FILLED(4, 7)});
    UCHAR buffer[64] = {0};
    const UCHAR unknown[] = {0x0a, 0x0c, 0xff};
    for (size_t i = 0; i < ARRAYSIZE(unknown); i++) {
        host_request request = host_new_request(unknown[i], &block_guid, buffer, sizeof(buffer));
        sent sent = dispatch(&request);
        EXPECT_NUMBER(sent.forwarded, TRUE);
        expect_done(&sent, STATUS_NOT_SUPPORTED, 0);
    }
    host_request other = host_new_request(IRP_MN_QUERY_SINGLE_INSTANCE, &block_guid, buffer, 64);
    other.provider_id = 1;
    EXPECT_NUMBER(dispatch(&other).forwarded, TRUE);
    EXPECT_NUMBER(last_call.calls, 0);
    end();
}

static VOID lowest_device(VOID)
{
    UCHAR buffer[64] = {0};
    PWDFDEVICE_INIT init = host_wdf_device_init(NULL, TRUE);
    host_fail_allocation_after(0);
    EXPECT_STATUS(
        WdfDeviceCreate(&init, WDF_NO_OBJECT_ATTRIBUTES, &device), STATUS_INSUFFICIENT_RESOURCES);
    host_check(init != NULL, "a failure leaves the initialisation");
    EXPECT_STATUS(WdfDeviceCreate(&init, WDF_NO_OBJECT_ATTRIBUTES, &device), STATUS_SUCCESS);
    host_check(init == NULL, "the framework takes the initialisation");
    host_request request = host_new_request(IRP_MN_QUERY_SINGLE_INSTANCE, &block_guid, buffer, 64);
    request.provider_id = 1;
    request.io.Status = STATUS_ACCESS_DENIED;
    sent sent = dispatch(&request);
    EXPECT_NUMBER(sent.forwarded, FALSE);
    expect_done(&sent, STATUS_ACCESS_DENIED, 0);
    end();
}

static VOID unknown_guid(VOID)
{
    ULONG size;
    begin(0, 0);
    PVOID buffer = host_build_wnode(1, &other_guid, 77, 0, NULL, 0, 8, &size);
    host_request request = host_new_request(1, &other_guid, buffer, size);
    request.io.Information = 99;
    sent sent = dispatch(&request);
    expect_done(&sent, STATUS_WMI_GUID_NOT_FOUND, 99);
    free(buffer);
    end();
}

static sent query_index(ULONG index, ULONG flags)
{
    ULONG size;
    PVOID buffer = host_build_wnode(1, &block_guid, index, 0, NULL, 0, 8, &size);
    set_field(buffer, offsetof(WNODE_HEADER, Flags), flags);
    host_request request = host_new_request(1, &block_guid, buffer, size);
    request.io.Information = 99;
    sent sent = dispatch(&request);
    free(buffer);
    return sent;
}

static VOID finding_instances(VOID)
{
    begin(0, 0);
    sent none = query_index(0, 0x82);
    expect_done(&none, STATUS_WMI_INSTANCE_NOT_FOUND, 99);
    sent all = query_all(128);
    expect_done(&all, STATUS_WMI_INSTANCE_NOT_FOUND, 0);
    add((script){.query = FILLED(4, 7)});
    WDFWMIINSTANCE second = add((script){.query = FILLED(4, 8)});
    sent dynamic = query_index(0, 0x02);
    expect_done(&dynamic, STATUS_WMI_INSTANCE_NOT_FOUND, 99);
    sent pdo_alone = query_index(0, 0x10002);
    expect_done(&pdo_alone, STATUS_WMI_INSTANCE_NOT_FOUND, 99);
    sent behind = query_index(2, 0x82);
    expect_done(&behind, STATUS_WMI_INSTANCE_NOT_FOUND, 99);
    sent last = query_index(1, 0x82);
    expect_done(&last, STATUS_SUCCESS, 68);
    EXPECT_NUMBER(last.buffer[64], 8);
    WdfWmiInstanceDeregister(second);
    sent gone = query_index(1, 0x82);
    expect_done(&gone, STATUS_WMI_INSTANCE_NOT_FOUND, 99);
    host_check(host_wdf_instance(device, &block_guid, 1) == NULL, "no second instance");
    end();
}

/* ---- Query single ---- */

static VOID no_query(VOID)
{
    begin(0, 0);
    add((script){.set_instance = ACCEPTED, .set_item = ACCEPTED});
    sent sent = query(32);
    expect_done(&sent, STATUS_INVALID_DEVICE_REQUEST, 0);
    end();
}

static VOID method_only(VOID)
{
    begin(0, 0);
    add((script){.execute = FILLED(0, 0)});
    sent sent = query(32);
    expect_done(&sent, STATUS_SUCCESS, 64);
    EXPECT_NUMBER(size_data_block(&sent), 0);
    EXPECT_NUMBER(last_call.calls, 0);
    end();
}

static VOID minimum(VOID)
{
    begin(0, 8);
    add((script){.query = FILLED(8, 5)});
    sent below = query(7);
    expect_too_small(&below, 72);
    EXPECT_NUMBER(last_call.calls, 0);
    sent exact = query(8);
    expect_done(&exact, STATUS_SUCCESS, 72);
    EXPECT_NUMBER(last_call.calls, 1);
    EXPECT_NUMBER(last_call.out_size, 8);
    EXPECT_NUMBER(field(exact.buffer, 0), 72);
    EXPECT_NUMBER(size_data_block(&exact), 8);
    EXPECT_NUMBER(exact.buffer[71], 5);
    EXPECT_NUMBER(field(exact.buffer, offsetof(WNODE_SINGLE_INSTANCE, DataBlockOffset)), 64);
    end();
}

static VOID no_room(VOID)
{
    begin(0, 0);
    WDFWMIINSTANCE instance = add((script){.query = FILLED(10, 1)});
    sent ten = query(0);
    expect_too_small(&ten, 74);
    EXPECT_NUMBER(last_call.out_size, 1);
    script_of(instance)->query = (answer)FILLED(1, 1);
    sent one = query(0);
    expect_too_small(&one, 65);
    script_of(instance)->query = (answer)FORCED(STATUS_SUCCESS, 2);
    sent two = query(0);
    expect_done(&two, STATUS_UNSUCCESSFUL, 0);
    EXPECT_NUMBER(size_data_block(&two), 0);
    end();
}

static VOID wrong_query_answers(VOID)
{
    begin(0, 0);
    WDFWMIINSTANCE instance = add((script){.query = FORCED(STATUS_PENDING, 4)});
    sent pending = query(8);
    expect_done(&pending, STATUS_UNSUCCESSFUL, 0);
    script_of(instance)->query = (answer)FORCED(STATUS_SUCCESS, 9);
    sent liar = query(8);
    expect_done(&liar, STATUS_UNSUCCESSFUL, 0);
    EXPECT_NUMBER(size_data_block(&liar), 0);
    script_of(instance)->query = (answer)FORCED(STATUS_ACCESS_DENIED, 3);
    sent denied = query(8);
    expect_done(&denied, STATUS_ACCESS_DENIED, 0);
    EXPECT_NUMBER(size_data_block(&denied), 3);
    script_of(instance)->query = (answer)FORCED(STATUS_OBJECT_NAME_EXISTS, 4);
    sent informational = query(8);
    expect_done(&informational, STATUS_OBJECT_NAME_EXISTS, 68);
    end();
}

static VOID time_stamps(VOID)
{
    begin(0, 0);
    WDFWMIINSTANCE instance = add((script){.query = FILLED(1, 1)});
    host_set_system_time(0x1122334455667788);
    sent good = query(8);
    EXPECT_NUMBER(field(good.buffer, 16), 0x55667788);
    EXPECT_NUMBER(field(good.buffer, 20), 0x11223344);
    script_of(instance)->query = (answer)FILLED(100, 1);
    sent small = query(8);
    expect_too_small(&small, 164);
    EXPECT_NUMBER(field(small.buffer, 16), 0);
    EXPECT_NUMBER(field(small.buffer, offsetof(WNODE_HEADER, Flags)), 0x20);
    sent again = query(100);
    expect_done(&again, STATUS_SUCCESS, 164);
    end();
}

static VOID context_query(VOID)
{
    typedef struct six {
        UCHAR bytes[6];
    } six;
    static const WDF_OBJECT_CONTEXT_TYPE_INFO type = {sizeof(type), "six", sizeof(six), &type, NULL};
    WDF_WMI_INSTANCE_CONFIG config;
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFWMIINSTANCE instance = NULL;
    begin(0, 0);
    WDF_WMI_INSTANCE_CONFIG_INIT_PROVIDER(&config, provider);
    config.Register = TRUE;
    config.UseContextForQuery = TRUE;
    config.EvtWmiInstanceQueryInstance = evt_query;
    EXPECT_STATUS(
        WdfWmiInstanceCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, &instance),
        STATUS_INVALID_PARAMETER);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ContextTypeInfo = &type;
    EXPECT_STATUS(WdfWmiInstanceCreate(device, &config, &attributes, &instance), STATUS_SUCCESS);
    memcpy(WdfObjectGetTypedContextWorker(instance, &type), "abcdef", 6);
    sent fits = query(6);
    expect_done(&fits, STATUS_SUCCESS, 70);
    host_check(memcmp(fits.buffer + 64, "abcdef", 6) == 0, "the context's bytes");
    sent small = query(5);
    expect_too_small(&small, 70);
    EXPECT_NUMBER(last_call.calls, 0);
    end();
}

static VOID hardened_queries(VOID)
{
    ULONG size;
    begin(0, 0);
    add((script){.query = FILLED(4, 1)});
    const ULONG offsets[] = {56, 60, 63, 1000, 0xFFFFFFF8};
    for (size_t i = 0; i < ARRAYSIZE(offsets); i++) {
        PVOID buffer = host_build_wnode(1, &block_guid, 0, 0, NULL, 0, 32, &size);
        set_field(buffer, offsetof(WNODE_SINGLE_INSTANCE, DataBlockOffset), offsets[i]);
        host_request request = host_new_request(1, &block_guid, buffer, size);
        sent sent = dispatch(&request);
        expect_done(&sent, STATUS_INVALID_PARAMETER, 0);
        request = host_new_request(1, &block_guid, buffer, 60);
        sent = dispatch(&request);
        expect_done(&sent, STATUS_BUFFER_TOO_SMALL, 0);
        request = host_new_request(1, &block_guid, buffer, 55);
        sent = dispatch(&request);
        expect_done(&sent, STATUS_BUFFER_TOO_SMALL, 0);
        free(buffer);
    }
    EXPECT_NUMBER(last_call.calls, 0);
    /* 56 bytes hold the fields that name the instance. */
    PVOID buffer = host_build_wnode(1, &block_guid, 9, 0, NULL, 0, 32, &size);
    host_request request = host_new_request(1, &block_guid, buffer, 56);
    sent sent = dispatch(&request);
    expect_done(&sent, STATUS_WMI_INSTANCE_NOT_FOUND, 0);
    free(buffer);
    end();
}

/* SizeNeeded that no ULONG holds. */
static VOID overflowing_sizes(VOID)
{
    begin(0, 0);
    WDFWMIINSTANCE instance = add((script){
        .query = FORCED(STATUS_BUFFER_TOO_SMALL, 0xFFFFFFFF),
        .execute = FORCED(STATUS_BUFFER_TOO_SMALL, 0xFFFFFFFF),
    });
    sent sent = query(8);
    expect_done(&sent, STATUS_INTEGER_OVERFLOW, 0);
    sent = send_data(IRP_MN_EXECUTE_METHOD, 5, NULL, 0, 8);
    expect_done(&sent, STATUS_INTEGER_OVERFLOW, 0);
    sent = query_all(128);
    expect_done(&sent, STATUS_INTEGER_OVERFLOW, 0);
    script_of(instance)->query = (answer)FORCED(STATUS_BUFFER_TOO_SMALL, 0xFFFFFFF0 - 80);
    sent = query_all(128);
    expect_too_small(&sent, 0xFFFFFFF0);
    add((script){.query = FORCED(STATUS_BUFFER_TOO_SMALL, 0x100)});
    sent = query_all(128);
    expect_done(&sent, STATUS_INTEGER_OVERFLOW, 0);
    end();
}

/* ---- Query all ---- */

static ULONG entry_offset(const sent *sent, ULONG index)
{
    return field(sent->buffer, 60 + 8 * (size_t)index);
}

static ULONG entry_length(const sent *sent, ULONG index)
{
    return field(sent->buffer, 64 + 8 * (size_t)index);
}

static VOID all_sizes(VOID)
{
    begin(0, 4);
    add((script){.query = FILLED(4, 1)});
    sent tiny = query_all(71);
    expect_done(&tiny, STATUS_UNSUCCESSFUL, 0);
    sent least = query_all(72);
    expect_too_small(&least, 84);
    add((script){.query = FILLED(4, 2)});
    add((script){.query = FILLED(4, 3)});
    sent short_by_one = query_all(96 + 16 + 16 + 3);
    expect_too_small(&short_by_one, 132);
    EXPECT_NUMBER(last_call.calls, 0);
    sent exact = query_all(132);
    expect_done(&exact, STATUS_SUCCESS, 132);
    EXPECT_NUMBER(field(exact.buffer, offsetof(WNODE_ALL_DATA, DataBlockOffset)), 96);
    EXPECT_NUMBER(field(exact.buffer, offsetof(WNODE_ALL_DATA, InstanceCount)), 3);
    EXPECT_NUMBER(field(exact.buffer, offsetof(WNODE_HEADER, Flags)), WNODE_FLAG_ALL_DATA);
    for (ULONG i = 0; i < 3; i++) {
        EXPECT_NUMBER(entry_offset(&exact, i), 96 + 16 * (ULONGLONG)i);
        EXPECT_NUMBER(entry_length(&exact, i), 4);
        EXPECT_NUMBER(exact.buffer[96 + 16 * i + 3], i + 1);
    }
    end();
}

static VOID all_mixed(VOID)
{
    begin(0, 0);
    add((script){.query = FILLED(6, 1)});
    WDFWMIINSTANCE middle = add((script){.set_instance = ACCEPTED});
    WDFWMIINSTANCE last = add((script){.query = FILLED(5, 2)});
    sent sent = query_all(128);
    expect_done(&sent, STATUS_SUCCESS, 117);
    EXPECT_NUMBER(entry_length(&sent, 1), 0);
    EXPECT_NUMBER(entry_offset(&sent, 1), entry_offset(&sent, 2));
    /* The second one does not fit: all are queried, and the last padding does not count. */
    memset(&last_call, 0, sizeof(last_call));
    script_of(last)->query = (answer)FILLED(100, 2);
    sent = query_all(128);
    expect_too_small(&sent, 96 + 16 + 100);
    EXPECT_NUMBER(last_call.calls, 2);
    WdfWmiInstanceDeregister(middle);
    script_of(last)->query = (answer)FORCED(STATUS_ACCESS_DENIED, 0);
    add((script){.query = FILLED(1, 3)});
    memset(&last_call, 0, sizeof(last_call));
    sent = query_all(200);
    expect_done(&sent, STATUS_ACCESS_DENIED, 0);
    EXPECT_NUMBER(last_call.calls, 2);
    end();
}

static WDFWMIINSTANCE vanishing;

static NTSTATUS evt_query_and_vanish(
    WDFWMIINSTANCE WmiInstance,
    ULONG OutBufferSize,
    PVOID OutBuffer,
    PULONG BufferUsed)
{
    if (vanishing != NULL) {
        WdfWmiInstanceDeregister(vanishing);
        vanishing = NULL;
    }
    return evt_query(WmiInstance, OutBufferSize, OutBuffer, BufferUsed);
}

/* An instance is removed while another is queried: its entry keeps the sender's bytes. */
static VOID all_with_one_gone(VOID)
{
    WDF_WMI_INSTANCE_CONFIG config;
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFWMIINSTANCE first = NULL;
    begin(0, 0);
    WDF_WMI_INSTANCE_CONFIG_INIT_PROVIDER(&config, provider);
    config.Register = TRUE;
    config.EvtWmiInstanceQueryInstance = evt_query_and_vanish;
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, script);
    EXPECT_STATUS(WdfWmiInstanceCreate(device, &config, &attributes, &first), STATUS_SUCCESS);
    script_of(first)->query = (answer)FILLED(4, 1);
    vanishing = add((script){.query = FILLED(4, 2)});
    sent sent = query_all(128);
    expect_done(&sent, STATUS_SUCCESS, 84);
    EXPECT_NUMBER(field(sent.buffer, offsetof(WNODE_ALL_DATA, InstanceCount)), 2);
    EXPECT_NUMBER(entry_length(&sent, 0), 4);
    EXPECT_NUMBER(entry_offset(&sent, 1), 0);
    EXPECT_NUMBER(last_call.calls, 1);
    end();
}

static VOID all_tight(VOID)
{
    begin(0, 0);
    add((script){.query = FILLED(6, 1)});
    sent sent = query_all(86);
    expect_done(&sent, STATUS_SUCCESS, 86);
    EXPECT_NUMBER(field(sent.buffer, 0), 86);
    end();
    begin(WdfWmiProviderEventOnly, 0);
    add((script){.query = {FALSE, FALSE, 0, 0, 0}});
    add((script){.query = {FALSE, FALSE, 0, 0, 0}});
    sent = query_all(128);
    expect_done(&sent, STATUS_SUCCESS, 80);
    EXPECT_NUMBER(entry_length(&sent, 0) + entry_length(&sent, 1), 0);
    sent = query_all(80);
    expect_done(&sent, STATUS_SUCCESS, 80);
    EXPECT_NUMBER(entry_offset(&sent, 1), 80);
    sent = query_all(79);
    expect_too_small(&sent, 80);
    end();
    begin(0, 0xFFFFFFF8);
    add((script){.query = FILLED(6, 1)});
    add((script){.query = FILLED(6, 1)});
    sent = query_all(128);
    expect_done(&sent, STATUS_INTEGER_OVERFLOW, 0);
    end();
}

/* ---- Change single instance ---- */

static const UCHAR four[] = {1, 2, 3, 4};

static sent set_four(VOID)
{
    return send_data(IRP_MN_CHANGE_SINGLE_INSTANCE, 0, four, sizeof(four), 0);
}

static VOID set_without_callback(VOID)
{
    begin(0, 0);
    add((script){.query = FILLED(4, 1), .set_item = ACCEPTED});
    sent sent = set_four();
    expect_done(&sent, STATUS_WMI_READ_ONLY, 0);
    EXPECT_NUMBER(last_call.calls, 0);
    end();
}

static VOID set_sizes(VOID)
{
    begin(0, 5);
    add((script){.set_instance = ACCEPTED});
    sent sent = set_four();
    expect_done(&sent, STATUS_WMI_SET_FAILURE, 0);
    EXPECT_NUMBER(last_call.calls, 0);
    end();
    begin(0, 4);
    add((script){.set_instance = ACCEPTED});
    sent = set_four();
    expect_done(&sent, STATUS_SUCCESS, 0);
    EXPECT_NUMBER(last_call.in_size, 4);
    EXPECT_NUMBER(last_call.first, 1);
    EXPECT_NUMBER(last_call.last, 4);
    end();
    begin(0, 0);
    add((script){.set_instance = ACCEPTED});
    sent = send_data(IRP_MN_CHANGE_SINGLE_INSTANCE, 0, NULL, 0, 0);
    expect_done(&sent, STATUS_SUCCESS, 0);
    EXPECT_NUMBER(last_call.null, TRUE);
    end();
}

typedef struct translation {
    NTSTATUS returned;
    NTSTATUS expected;
} translation;

static const translation translations[] = {
    {STATUS_BUFFER_TOO_SMALL, STATUS_WMI_SET_FAILURE},
    {STATUS_PENDING, STATUS_UNSUCCESSFUL},
    {STATUS_WMI_READ_ONLY, STATUS_WMI_READ_ONLY},
    {STATUS_ACCESS_DENIED, STATUS_ACCESS_DENIED},
    {STATUS_OBJECT_NAME_EXISTS, STATUS_OBJECT_NAME_EXISTS},
};

static VOID set_statuses(VOID)
{
    begin(0, 0);
    WDFWMIINSTANCE instance = add((script){.set_instance = ACCEPTED, .set_item = ACCEPTED});
    for (size_t i = 0; i < ARRAYSIZE(translations); i++) {
        script_of(instance)->set_instance.status = translations[i].returned;
        script_of(instance)->set_item.status = translations[i].returned;
        sent sent = set_four();
        expect_done(&sent, translations[i].expected, 0);
        sent = send_data(IRP_MN_CHANGE_SINGLE_ITEM, 3, four, sizeof(four), 0);
        expect_done(&sent, translations[i].expected, 0);
        EXPECT_NUMBER(last_call.id, 3);
    }
    end();
}

/* Data outside the valid range: no callback gets it. */
static VOID hardened_sets(VOID)
{
    static const UCHAR minors[] = {
        IRP_MN_CHANGE_SINGLE_INSTANCE,
        IRP_MN_CHANGE_SINGLE_ITEM,
        IRP_MN_EXECUTE_METHOD,
    };
    begin(0, 0);
    add((script){.set_instance = ACCEPTED, .set_item = ACCEPTED, .execute = FILLED(0, 0)});
    for (size_t i = 0; i < ARRAYSIZE(minors); i++) {
        size_t offset_field = minors[i] == IRP_MN_CHANGE_SINGLE_INSTANCE ? 56 : 60;
        NTSTATUS refusal =
            minors[i] == IRP_MN_EXECUTE_METHOD ? STATUS_INVALID_PARAMETER : STATUS_WMI_SET_FAILURE;
        const ULONG changes[][2] = {
            {4096, 4}, {56, 4}, {76, 4}, {72, 0xFFFFFFFF}, {0xFFFFFFF8, 8}, {72, 1000}, {64, 8}, {72, 8}};
        for (size_t j = 0; j < ARRAYSIZE(changes); j++) {
            ULONG size;
            PVOID buffer = host_build_wnode(minors[i], &block_guid, 0, 1, four, 4, 0, &size);
            set_field(buffer, offset_field, changes[j][0]);
            set_field(buffer, offset_field + 4, changes[j][1]);
            host_request request = host_new_request(minors[i], &block_guid, buffer, size);
            sent sent = dispatch(&request);
            expect_done(&sent, refusal, 0);
            for (ULONG cut = 0; cut < 64; cut++) {
                request = host_new_request(minors[i], &block_guid, buffer, cut);
                sent = dispatch(&request);
                EXPECT_STATUS(sent.status, refusal);
            }
            free(buffer);
        }
    }
    EXPECT_NUMBER(last_call.calls, 0);
    end();
}

/* DataBlockOffset that is not a multiple of eight: the callback gets the data at the same misalignment. */
static VOID data_anywhere(VOID)
{
    static const UCHAR minors[] = {1, 2, 3, 9};
    begin(0, 0);
    add((script){
        .query = FILLED(4, 1), .set_instance = ACCEPTED, .set_item = ACCEPTED, .execute = FILLED(4, 1)});
    for (size_t i = 0; i < ARRAYSIZE(minors); i++) {
        size_t offset_field = minors[i] < 3 ? 56 : 60;
        for (ULONG offset = 72; offset < 80; offset++) {
            UCHAR buffer[96] = {0};
            set_field(buffer, offsetof(WNODE_HEADER, Flags), WNODE_FLAG_STATIC_INSTANCE_NAMES);
            set_field(buffer, offset_field, offset);
            set_field(buffer, offset_field + 4, sizeof(four));
            memcpy(buffer + offset, four, sizeof(four));
            host_request request = host_new_request(minors[i], &block_guid, buffer, offset + 4);
            sent sent = dispatch(&request);
            EXPECT_STATUS(sent.status, STATUS_SUCCESS);
            EXPECT_NUMBER(last_call.shift, offset % 8);
            EXPECT_NUMBER(last_call.last, minors[i] == 1 ? 0 : four[3]);
            EXPECT_NUMBER(buffer[offset], minors[i] == 1 || minors[i] == 9 ? 1 : four[0]);
        }
    }
    end();
}

/* ---- Change single item ---- */

static VOID item_sizes(VOID)
{
    begin(0, 100);
    WDFWMIINSTANCE instance = add((script){.set_item = ACCEPTED});
    sent sent = send_data(IRP_MN_CHANGE_SINGLE_ITEM, 7, four, 4, 0);
    expect_done(&sent, STATUS_SUCCESS, 0);
    EXPECT_NUMBER(last_call.id, 7);
    EXPECT_NUMBER(last_call.last, 4);
    sent = send_data(IRP_MN_CHANGE_SINGLE_ITEM, 0xFFFFFFFF, NULL, 0, 0);
    expect_done(&sent, STATUS_SUCCESS, 0);
    EXPECT_NUMBER(last_call.id, 0xFFFFFFFF);
    EXPECT_NUMBER(last_call.null, TRUE);
    WdfWmiInstanceDeregister(instance);
    add((script){.set_instance = ACCEPTED});
    sent = send_data(IRP_MN_CHANGE_SINGLE_ITEM, 7, four, 4, 0);
    expect_done(&sent, STATUS_WMI_READ_ONLY, 0);
    end();
}

/* ---- Execute method ---- */

static sent execute(const VOID *data, ULONG data_size, ULONG room)
{
    return send_data(IRP_MN_EXECUTE_METHOD, 5, data, data_size, room);
}

static VOID methods(VOID)
{
    begin(0, 0);
    WDFWMIINSTANCE instance = add((script){.query = FILLED(1, 1)});
    sent sent = execute(four, 4, 8);
    expect_done(&sent, STATUS_INVALID_DEVICE_REQUEST, 0);
    WdfWmiInstanceDeregister(instance);
    instance = add((script){.execute = FILLED(0, 0)});
    sent = execute(NULL, 0, 0);
    expect_done(&sent, STATUS_SUCCESS, 72);
    EXPECT_NUMBER(last_call.null, TRUE);
    EXPECT_NUMBER(last_call.id, 5);
    script_of(instance)->execute = (answer)FILLED(6, 9);
    sent = execute(four, 4, 5);
    expect_too_small(&sent, 78);
    EXPECT_NUMBER(last_call.in_size, 4);
    EXPECT_NUMBER(last_call.out_size, 5);
    sent = execute(four, 4, 6);
    expect_done(&sent, STATUS_SUCCESS, 78);
    EXPECT_NUMBER(field(sent.buffer, offsetof(WNODE_METHOD_ITEM, SizeDataBlock)), 6);
    EXPECT_NUMBER(field(sent.buffer, offsetof(WNODE_METHOD_ITEM, DataBlockOffset)), 72);
    EXPECT_NUMBER(sent.buffer[77], 9);
    script_of(instance)->execute = (answer)FORCED(STATUS_PENDING, 0);
    sent = execute(four, 4, 8);
    expect_done(&sent, STATUS_UNSUCCESSFUL, 0);
    script_of(instance)->execute = (answer)FORCED(STATUS_SUCCESS, 9);
    sent = execute(four, 4, 8);
    expect_done(&sent, STATUS_UNSUCCESSFUL, 0);
    script_of(instance)->execute = (answer)FORCED(STATUS_WMI_ITEMID_NOT_FOUND, 3);
    sent = execute(four, 4, 8);
    expect_done(&sent, STATUS_WMI_ITEMID_NOT_FOUND, 0);
    script_of(instance)->execute = (answer)FORCED(STATUS_BUFFER_TOO_SMALL, 0);
    sent = execute(four, 4, 8);
    expect_too_small(&sent, 72);
    end();
}

/* ---- Control ---- */

static NTSTATUS control_status;
static BOOLEAN enabled_during_control;
static ULONG controls;

static EVT_WDF_WMI_PROVIDER_FUNCTION_CONTROL evt_control;

_Use_decl_annotations_
static NTSTATUS NTAPI evt_control(WDFWMIPROVIDER WmiProvider, WDF_WMI_PROVIDER_CONTROL Control, BOOLEAN Enable)
{
    (void)Enable;
    controls++;
    enabled_during_control = WdfWmiProviderIsEnabled(WmiProvider, Control);
    return control_status;
}

static sent control(UCHAR minor, ULONG size)
{
    UCHAR buffer[48] = {0};
    set_field(buffer, offsetof(WNODE_HEADER, HistoricalContext), 0x1234);
    host_request request = host_new_request(minor, &block_guid, buffer, size);
    request.io.Information = 99;
    return dispatch(&request);
}

static VOID begin_control(ULONG flags)
{
    WDF_WMI_PROVIDER_CONFIG config;
    device = host_wdf_device();
    WDF_WMI_PROVIDER_CONFIG_INIT(&config, &block_guid);
    config.Flags = flags;
    config.EvtWmiProviderFunctionControl = evt_control;
    EXPECT_STATUS(
        WdfWmiProviderCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, &provider), STATUS_SUCCESS);
    control_status = STATUS_SUCCESS;
    controls = 0;
}

static VOID switches(VOID)
{
    begin(0, 0);
    sent sent = control(IRP_MN_ENABLE_EVENTS, 47);
    expect_done(&sent, STATUS_INVALID_PARAMETER, 0);
    EXPECT_NUMBER(WdfWmiProviderIsEnabled(provider, WdfWmiEventControl), FALSE);
    sent = control(IRP_MN_ENABLE_EVENTS, 48);
    expect_done(&sent, STATUS_SUCCESS, 0);
    EXPECT_NUMBER(WdfWmiProviderIsEnabled(provider, WdfWmiEventControl), TRUE);
    EXPECT_NUMBER(WdfWmiProviderIsEnabled(provider, WdfWmiInstanceControl), FALSE);
    sent = control(IRP_MN_ENABLE_COLLECTION, 48);
    EXPECT_NUMBER(WdfWmiProviderIsEnabled(provider, WdfWmiInstanceControl), TRUE);
    sent = control(IRP_MN_DISABLE_EVENTS, 48);
    EXPECT_NUMBER(WdfWmiProviderIsEnabled(provider, WdfWmiEventControl), FALSE);
    EXPECT_NUMBER(WdfWmiProviderIsEnabled(provider, WdfWmiInstanceControl), TRUE);
    EXPECT_NUMBER(WdfWmiProviderIsEnabled(provider, WdfWmiControlInvalid), FALSE);
    sent = control(IRP_MN_DISABLE_COLLECTION, 48);
    EXPECT_NUMBER(WdfWmiProviderIsEnabled(provider, WdfWmiInstanceControl), FALSE);
    end();
}

static VOID control_callbacks(VOID)
{
    begin_control(WdfWmiProviderExpensive);
    sent sent = control(IRP_MN_ENABLE_COLLECTION, 48);
    expect_done(&sent, STATUS_SUCCESS, 0);
    EXPECT_NUMBER(enabled_during_control, TRUE);
    control_status = STATUS_ACCESS_DENIED;
    sent = control(IRP_MN_DISABLE_COLLECTION, 48);
    expect_done(&sent, STATUS_ACCESS_DENIED, 0);
    EXPECT_NUMBER(WdfWmiProviderIsEnabled(provider, WdfWmiInstanceControl), FALSE);
    sent = control(IRP_MN_ENABLE_COLLECTION, 48);
    EXPECT_NUMBER(WdfWmiProviderIsEnabled(provider, WdfWmiInstanceControl), FALSE);
    control_status = STATUS_PENDING;
    sent = control(IRP_MN_ENABLE_EVENTS, 48);
    expect_done(&sent, STATUS_UNSUCCESSFUL, 0);
    EXPECT_NUMBER(controls, 4);
    end();
    begin_control(WdfWmiProviderTracing);
    sent = control(IRP_MN_ENABLE_COLLECTION, 48);
    EXPECT_NUMBER(WdfWmiProviderGetTracingHandle(provider), 0);
    sent = control(IRP_MN_ENABLE_EVENTS, 48);
    EXPECT_NUMBER(WdfWmiProviderGetTracingHandle(provider), 0x1234);
    control_status = STATUS_ACCESS_DENIED;
    sent = control(IRP_MN_ENABLE_EVENTS, 48);
    EXPECT_NUMBER(WdfWmiProviderGetTracingHandle(provider), 0);
    end();
}

/* ---- Registration ---- */

static sent reg_info(UCHAR minor, ULONG size)
{
    PUCHAR buffer = calloc(1, size == 0 ? 1 : size);
    host_check(buffer != NULL, "no memory");
    host_request request = host_new_request(minor, WMIREGISTER, buffer, size);
    sent sent = dispatch(&request);
    free(buffer);
    return sent;
}

static VOID registration(VOID)
{
    DECLARE_CONST_UNICODE_STRING(mof, L"Mof");
    begin(WdfWmiProviderExpensive, 0);
    add((script){.query = FILLED(1, 1)});
    add((script){.query = FILLED(1, 1)});
    sent any = reg_info(IRP_MN_REGINFO, 512);
    ULONG without = any.information;
    EXPECT_NUMBER(field(any.buffer, field(any.buffer, offsetof(WMIREGINFO, MofResourceName))) & 0xFFFF, 0);
    EXPECT_STATUS(WdfDeviceAssignMofResourceName(device, &mof), STATUS_SUCCESS);
    EXPECT_STATUS(WdfDeviceAssignMofResourceName(device, &mof), STATUS_INVALID_DEVICE_REQUEST);
    sent exact = reg_info(IRP_MN_REGINFO, without + 6);
    expect_done(&exact, STATUS_SUCCESS, without + 6);
    EXPECT_NUMBER(field(exact.buffer, 0), without + 6);
    EXPECT_NUMBER(field(exact.buffer, offsetof(WMIREGINFO, GuidCount)), 1);
    EXPECT_NUMBER(field(exact.buffer, offsetof(WMIREGINFO, MofResourceName)), 56);
    EXPECT_NUMBER(field(exact.buffer, offsetof(WMIREGINFO, RegistryPath)), 64);
    host_check(memcmp(exact.buffer + 24, &block_guid, 16) == 0, "the GUID");
    EXPECT_NUMBER(field(exact.buffer, 24 + 16), 0x21);
    EXPECT_NUMBER(field(exact.buffer, 24 + 20), 2);
    EXPECT_NUMBER(host_wdf_pdo(device)->ReferenceCount, 1);
    reg_info(IRP_MN_REGINFO_EX, 512);
    EXPECT_NUMBER(host_wdf_pdo(device)->ReferenceCount, 2);
    sent small = reg_info(IRP_MN_REGINFO, without + 5);
    expect_done(&small, STATUS_SUCCESS, 4);
    EXPECT_NUMBER(field(small.buffer, 0), without + 6);
    small = reg_info(IRP_MN_REGINFO, 3);
    expect_done(&small, STATUS_BUFFER_TOO_SMALL, 0);
    end();
}

static VOID inherited_mof_name(VOID)
{
    DECLARE_CONST_UNICODE_STRING(mof, L"Parent");
    WDFDEVICE parent = host_wdf_device();
    PWDFDEVICE_INIT init = host_wdf_device_init(parent, FALSE);
    EXPECT_STATUS(WdfDeviceCreate(&init, WDF_NO_OBJECT_ATTRIBUTES, &device), STATUS_SUCCESS);
    EXPECT_STATUS(WdfDeviceAssignMofResourceName(parent, &mof), STATUS_SUCCESS);
    sent sent = reg_info(IRP_MN_REGINFO, 512);
    EXPECT_NUMBER(field(sent.buffer, 24) & 0xFFFF, 12);
    end();
    WdfObjectDelete(parent);
}

static ULONG registered_flags(VOID)
{
    sent sent = reg_info(IRP_MN_REGINFO, 512);
    return field(sent.buffer, 24 + 16);
}

static VOID flags_and_removal(VOID)
{
    begin(WdfWmiProviderEventOnly, 0);
    EXPECT_NUMBER(registered_flags(), 0x60);
    end();
    begin(WdfWmiProviderTracing, 0);
    EXPECT_NUMBER(registered_flags(), 0x81000);
    end();
    begin(0, 0);
    host_wdf_start(device);
    WDFWMIINSTANCE instance = add((script){.query = FILLED(1, 1)});
    EXPECT_NUMBER(host_wdf_update_count(device), 1);
    WdfWmiInstanceDeregister(instance);
    EXPECT_NUMBER(host_wdf_update_count(device), 2);
    reg_info(IRP_MN_REGINFO, 4);
    EXPECT_NUMBER(registered_flags(), 0x10020);
    EXPECT_NUMBER(registered_flags(), 0x20);
    end();
    begin(WdfWmiProviderExpensive, 0);
    host_wdf_start(device);
    WdfWmiInstanceDeregister(add((script){.query = FILLED(1, 1)}));
    EXPECT_NUMBER(registered_flags(), 0x21);
    end();
}

static NTSTATUS create_provider(ULONG size, ULONG flags, const GUID *guid, BOOLEAN with_control)
{
    WDF_WMI_PROVIDER_CONFIG config;
    WDFWMIPROVIDER made = NULL;
    WDF_WMI_PROVIDER_CONFIG_INIT(&config, guid);
    config.Size = size;
    config.Flags = flags;
    config.EvtWmiProviderFunctionControl = with_control ? evt_control : NULL;
    NTSTATUS status = WdfWmiProviderCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, &made);
    host_check((status == STATUS_SUCCESS) == (made != NULL), "a provider only on success");
    return status;
}

static VOID provider_rules(VOID)
{
    const ULONG size = sizeof(WDF_WMI_PROVIDER_CONFIG);
    static const GUID no_guid = {0};
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_WMI_PROVIDER_CONFIG config;
    WDFWMIPROVIDER made = NULL;
    begin(0, 0);
    EXPECT_STATUS(create_provider(size, 0, &block_guid, FALSE), STATUS_OBJECT_NAME_EXISTS);
    EXPECT_STATUS(create_provider(size - 1, 0, &other_guid, FALSE), STATUS_INFO_LENGTH_MISMATCH);
    EXPECT_STATUS(create_provider(size, 8, &other_guid, FALSE), STATUS_INVALID_PARAMETER);
    EXPECT_STATUS(create_provider(size, 5, &other_guid, FALSE), STATUS_INVALID_PARAMETER);
    EXPECT_STATUS(create_provider(size, 0, &other_guid, TRUE), STATUS_INVALID_PARAMETER);
    EXPECT_STATUS(create_provider(size, 1, &other_guid, TRUE), STATUS_INVALID_PARAMETER);
    EXPECT_STATUS(create_provider(size, 0, &no_guid, FALSE), STATUS_INVALID_PARAMETER);
    WDF_WMI_PROVIDER_CONFIG_INIT(&config, &other_guid);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = device;
    EXPECT_STATUS(
        WdfWmiProviderCreate(device, &config, &attributes, &made),
        STATUS_WDF_PARENT_ASSIGNMENT_NOT_ALLOWED);
    attributes.ParentObject = NULL;
    attributes.Size = 1;
    EXPECT_STATUS(
        WdfWmiProviderCreate(device, &config, &attributes, &made), STATUS_INFO_LENGTH_MISMATCH);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ExecutionLevel = WdfExecutionLevelInvalid;
    EXPECT_STATUS(
        WdfWmiProviderCreate(device, &config, &attributes, &made),
        STATUS_WDF_OBJECT_ATTRIBUTES_INVALID);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ContextSizeOverride = 1;
    EXPECT_STATUS(
        WdfWmiProviderCreate(device, &config, &attributes, &made),
        STATUS_WDF_OBJECT_ATTRIBUTES_INVALID);
    WDF_OBJECT_ATTRIBUTES_SET_CONTEXT_TYPE(&attributes, script);
    attributes.ContextSizeOverride = sizeof(script) - 1;
    EXPECT_STATUS(
        WdfWmiProviderCreate(device, &config, &attributes, &made),
        STATUS_WDF_OBJECT_ATTRIBUTES_INVALID);
    host_check(host_wdf_provider(device, 0) == provider, "the first provider");
    host_check(host_wdf_provider(device, 1) == NULL, "the only one");
    host_fail_allocation_after(0);
    EXPECT_STATUS(create_provider(size, 0, &other_guid, FALSE), STATUS_INSUFFICIENT_RESOURCES);
    host_wdf_start(device);
    host_wdf_remove(device);
    EXPECT_STATUS(create_provider(size, 0, &other_guid, FALSE), STATUS_INVALID_DEVICE_STATE);
    end();
}

static VOID instance_rules(VOID)
{
    WDF_WMI_INSTANCE_CONFIG config;
    WDF_WMI_PROVIDER_CONFIG other;
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFWMIINSTANCE instance = NULL;
    begin(WdfWmiProviderEventOnly, 0);
    WDF_WMI_INSTANCE_CONFIG_INIT_PROVIDER(&config, provider);
    config.Size = 1;
    EXPECT_STATUS(WdfWmiInstanceCreate(device, &config, NULL, &instance), STATUS_INFO_LENGTH_MISMATCH);
    WDF_WMI_INSTANCE_CONFIG_INIT_PROVIDER(&config, NULL);
    EXPECT_STATUS(WdfWmiInstanceCreate(device, &config, NULL, &instance), STATUS_INVALID_PARAMETER);
    WDF_WMI_PROVIDER_CONFIG_INIT(&other, &other_guid);
    other.MinInstanceBufferSize = sizeof(script) + 1;
    config.Provider = provider;
    config.ProviderConfig = &other;
    EXPECT_STATUS(WdfWmiInstanceCreate(device, &config, NULL, &instance), STATUS_INVALID_PARAMETER);
    config.ProviderConfig = NULL;
    config.EvtWmiInstanceQueryInstance = evt_query;
    EXPECT_STATUS(WdfWmiInstanceCreate(device, &config, NULL, &instance), STATUS_INVALID_PARAMETER);
    WDF_WMI_INSTANCE_CONFIG_INIT_PROVIDER_CONFIG(&config, &other);
    config.UseContextForQuery = TRUE;
    config.EvtWmiInstanceSetItem = evt_set_item;
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, script);
    EXPECT_STATUS(
        WdfWmiInstanceCreate(device, &config, &attributes, &instance), STATUS_INVALID_PARAMETER);
    config.EvtWmiInstanceSetItem = NULL;
    EXPECT_STATUS(
        WdfWmiInstanceCreate(device, &config, &attributes, &instance), STATUS_BUFFER_TOO_SMALL);
    host_check(host_wdf_provider_of(device, &other_guid) == NULL, "a failed instance's own provider");
    other.MinInstanceBufferSize = sizeof(script);
    config.Register = TRUE;
    EXPECT_STATUS(WdfWmiInstanceCreate(device, &config, &attributes, &instance), STATUS_SUCCESS);
    EXPECT_STATUS(WdfWmiInstanceRegister(instance), STATUS_INVALID_DEVICE_REQUEST);
    host_check(WdfWmiInstanceGetDevice(instance) == device, "its device");
    host_check(
        WdfWmiInstanceGetProvider(instance) == host_wdf_provider_of(device, &other_guid),
        "its provider");
    host_check(WdfWmiProviderGetDevice(provider) == device, "the provider's device");
    host_check(host_wdf_instance_config(instance)->Register, "its configuration");
    host_check(host_wdf_provider_config(provider)->Flags == WdfWmiProviderEventOnly, "the flags");
    WDFDEVICE stranger = host_wdf_device();
    WDF_WMI_INSTANCE_CONFIG_INIT_PROVIDER(&config, provider);
    EXPECT_STATUS(WdfWmiInstanceCreate(stranger, &config, NULL, &instance), STATUS_INVALID_PARAMETER);
    WdfObjectDelete(stranger);
    end();
    begin(WdfWmiProviderTracing, 0);
    WDF_WMI_INSTANCE_CONFIG_INIT_PROVIDER(&config, provider);
    EXPECT_STATUS(WdfWmiInstanceCreate(device, &config, NULL, &instance), STATUS_SUCCESS);
    EXPECT_STATUS(WdfWmiInstanceRegister(instance), STATUS_INVALID_DEVICE_REQUEST);
    end();
}

static VOID shifting_indices(VOID)
{
    begin(0, 0);
    WDFWMIINSTANCE first = add((script){.query = FILLED(1, 1)});
    WDFWMIINSTANCE second = add((script){.query = FILLED(1, 2)});
    WdfWmiInstanceDeregister(first);
    host_check(host_wdf_instance(device, &block_guid, 0) == second, "the next one moves down");
    EXPECT_STATUS(WdfWmiInstanceRegister(first), STATUS_SUCCESS);
    host_check(host_wdf_instance(device, &block_guid, 1) == first, "back at the end");
    end();
}

/* ---- Objects ---- */

static char order[64];

static VOID note(char letter)
{
    size_t length = strlen(order);
    host_check(length + 1 < sizeof(order), "a longer order than rows need");
    order[length] = letter;
    order[length + 1] = '\0';
}

static VOID NTAPI clean_device(WDFOBJECT Object)
{
    (void)Object;
    note('D');
}

static VOID NTAPI clean_instance(WDFOBJECT Object)
{
    host_check(script_of(Object) != NULL, "the context is still there");
    note('I');
}

static VOID NTAPI clean_more(WDFOBJECT Object)
{
    (void)Object;
    note('M');
}

static VOID NTAPI destroy_instance(WDFOBJECT Object)
{
    host_check(script_of(Object) != NULL, "the context is still there");
    note('i');
}

static VOID NTAPI destroy_device(WDFOBJECT Object)
{
    (void)Object;
    note('d');
}

typedef struct more {
    ULONG value;
} more;

WDF_DECLARE_CONTEXT_TYPE(more)

static VOID deletion(VOID)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_WMI_INSTANCE_CONFIG config;
    WDF_WMI_PROVIDER_CONFIG block;
    WDFWMIINSTANCE instance = NULL;
    PVOID context = NULL;
    PWDFDEVICE_INIT init = host_wdf_device_init(NULL, FALSE);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.EvtCleanupCallback = clean_device;
    attributes.EvtDestroyCallback = destroy_device;
    EXPECT_STATUS(WdfDeviceCreate(&init, &attributes, &device), STATUS_SUCCESS);
    WDF_WMI_PROVIDER_CONFIG_INIT(&block, &block_guid);
    WDF_WMI_INSTANCE_CONFIG_INIT_PROVIDER_CONFIG(&config, &block);
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, script);
    attributes.EvtCleanupCallback = clean_instance;
    attributes.EvtDestroyCallback = destroy_instance;
    EXPECT_STATUS(WdfWmiInstanceCreate(device, &config, &attributes, &instance), STATUS_SUCCESS);
    host_check(WdfObjectGet_more(instance) == NULL, "no such context yet");
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, more);
    attributes.EvtCleanupCallback = clean_more;
    host_fail_allocation_after(0);
    EXPECT_STATUS(
        WdfObjectAllocateContext(instance, &attributes, &context), STATUS_INSUFFICIENT_RESOURCES);
    EXPECT_STATUS(WdfObjectAllocateContext(instance, &attributes, &context), STATUS_SUCCESS);
    EXPECT_NUMBER(WdfObjectGet_more(instance)->value, 0);
    host_check(context == WdfObjectGetTypedContext(instance, more), "the same context");
    EXPECT_STATUS(
        WdfObjectAllocateContext(instance, &attributes, &context), STATUS_OBJECT_NAME_EXISTS);
    EXPECT_NUMBER(host_wdf_live_objects(), 3);
    WdfObjectReference(instance);
    order[0] = '\0';
    WdfObjectDelete(device);
    EXPECT_NUMBER(strcmp(order, "IMDd"), 0);
    WdfObjectDereference(instance);
    EXPECT_NUMBER(strcmp(order, "IMDdi"), 0);
}

/* ---- An instance that is deleted while a request holds it ---- */

typedef struct held_context {
    WDFWAITLOCK lock;
    ULONG value;
} held_context;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(held_context, held_of)

static EVT_WDF_OBJECT_CONTEXT_CLEANUP clean_lock;
static EVT_WDF_OBJECT_CONTEXT_DESTROY destroy_lock;
static EVT_WDF_OBJECT_CONTEXT_CLEANUP clean_held;
static EVT_WDF_OBJECT_CONTEXT_DESTROY destroy_held;
static EVT_WDF_WMI_INSTANCE_QUERY_INSTANCE delete_and_answer;

static VOID NTAPI clean_lock(WDFOBJECT Object)
{
    (void)Object;
    note('L');
}

static VOID NTAPI destroy_lock(WDFOBJECT Object)
{
    (void)Object;
    note('l');
}

static VOID NTAPI clean_held(WDFOBJECT Object)
{
    EXPECT_NUMBER(held_of(Object)->value, 7);
    note('I');
}

static VOID NTAPI destroy_held(WDFOBJECT Object)
{
    EXPECT_NUMBER(held_of(Object)->value, 8);
    note('i');
}

/* The request's reference keeps the instance and its context, but not its registration and lock. */
static NTSTATUS NTAPI delete_and_answer(WDFWMIINSTANCE WmiInstance, ULONG OutBufferSize, PVOID OutBuffer, PULONG BufferUsed)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    held_context *held = held_of(WmiInstance);
    (void)OutBufferSize;
    note('Q');
    WdfObjectDelete(WmiInstance);
    note('q');
    host_check(held_of(WmiInstance) == held, "the context is still there");
    host_check(host_wdf_instance(device, &block_guid, 0) == NULL, "no consumer reaches it any more");
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, more);
    EXPECT_STATUS(
        WdfObjectAllocateContext(WmiInstance, &attributes, NULL), STATUS_INVALID_DEVICE_REQUEST);
    memcpy(OutBuffer, &held->value, sizeof(held->value));
    *BufferUsed = sizeof(held->value);
    held->value = 8;
    return STATUS_SUCCESS;
}

/*
 * Documentation, "Framework Object Life Cycle": on deletion the cleanup callbacks run, those of children first, and the
 * framework's references go; destroy callbacks and contexts go with the last reference of each object.
 */
static VOID deletion_during_a_request(VOID)
{
    static const UCHAR minors[] = {IRP_MN_QUERY_SINGLE_INSTANCE, IRP_MN_QUERY_ALL_DATA};
    for (size_t i = 0; i < ARRAYSIZE(minors); i++) {
        WDF_OBJECT_ATTRIBUTES attributes;
        WDF_WMI_INSTANCE_CONFIG config;
        WDFWMIINSTANCE instance = NULL;
        UCHAR buffer[128];
        ULONG_PTR information = 0;
        begin(0, 0);
        WDF_WMI_INSTANCE_CONFIG_INIT_PROVIDER(&config, provider);
        config.Register = TRUE;
        config.EvtWmiInstanceQueryInstance = delete_and_answer;
        WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, held_context);
        attributes.EvtCleanupCallback = clean_held;
        attributes.EvtDestroyCallback = destroy_held;
        EXPECT_STATUS(WdfWmiInstanceCreate(device, &config, &attributes, &instance), STATUS_SUCCESS);
        held_of(instance)->value = 7;
        WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
        attributes.ParentObject = instance;
        attributes.EvtCleanupCallback = clean_lock;
        attributes.EvtDestroyCallback = destroy_lock;
        EXPECT_STATUS(WdfWaitLockCreate(&attributes, &held_of(instance)->lock), STATUS_SUCCESS);
        order[0] = '\0';
        memset(buffer, 0, sizeof(buffer));
        set_field(buffer, offsetof(WNODE_HEADER, Flags), WNODE_FLAG_STATIC_INSTANCE_NAMES);
        set_field(buffer, offsetof(WNODE_SINGLE_INSTANCE, DataBlockOffset), 64);
        EXPECT_STATUS(
            host_wdf_send(device, minors[i], &block_guid, buffer, sizeof(buffer), &information),
            STATUS_SUCCESS);
        host_check(strcmp(order, "QLIlqi") == 0, "the order is %s", order);
        /* A WNODE_SINGLE_INSTANCE has its data at 64, a WNODE_ALL_DATA with one instance at 80. */
        EXPECT_NUMBER(field(buffer, minors[i] == IRP_MN_QUERY_ALL_DATA ? 80 : 64), 7);
        EXPECT_STATUS(
            host_wdf_send(device, minors[i], &block_guid, buffer, sizeof(buffer), &information),
            STATUS_WMI_INSTANCE_NOT_FOUND);
        end();
    }
}

static VOID wait_locks(VOID)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFWAITLOCK lock = NULL;
    LONGLONG now = 0;
    begin(0, 0);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = device;
    host_fail_allocation_after(0);
    EXPECT_STATUS(WdfWaitLockCreate(&attributes, &lock), STATUS_INSUFFICIENT_RESOURCES);
    EXPECT_STATUS(WdfWaitLockCreate(&attributes, &lock), STATUS_SUCCESS);
    EXPECT_STATUS(WdfWaitLockAcquire(lock, NULL), STATUS_SUCCESS);
    EXPECT_NUMBER(host_held_locks(), 1);
    EXPECT_STATUS(WdfWaitLockAcquire(lock, &now), STATUS_TIMEOUT);
    WdfWaitLockRelease(lock);
    end();
}

/* ---- Events ---- */

static VOID events(VOID)
{
    UCHAR data[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    static UCHAR large[2000];
    begin(WdfWmiProviderEventOnly, 0);
    host_set_system_time(0x1122334455667788);
    add((script){.query = {FALSE, FALSE, 0, 0, 0}});
    WDFWMIINSTANCE second = add((script){.query = {FALSE, FALSE, 0, 0, 0}});
    EXPECT_STATUS(WdfWmiInstanceFireEvent(second, sizeof(data), data), STATUS_SUCCESS);
    EXPECT_NUMBER(host_event_count(), 1);
    const host_event *event = host_event_at(0);
    EXPECT_NUMBER(event->wnode_size, 72);
    EXPECT_NUMBER(field(event->wnode, offsetof(WNODE_HEADER, TimeStamp)), 0x55667788);
    EXPECT_NUMBER(field(event->wnode, offsetof(WNODE_HEADER, Flags)), 0x8A);
    EXPECT_NUMBER(field(event->wnode, offsetof(WNODE_SINGLE_INSTANCE, DataBlockOffset)), 64);
    EXPECT_NUMBER(
        field(event->wnode, offsetof(WNODE_HEADER, ProviderId)),
        IoWMIDeviceObjectToProviderId(WdfDeviceWdmGetDeviceObject(device)));
    EXPECT_NUMBER(event->instance_index, 1);
    EXPECT_NUMBER(event->data_size, 8);
    EXPECT_NUMBER(event->data[7], 8);
    host_check(IsEqualGUID(&event->guid, &block_guid), "the block");
    EXPECT_STATUS(WdfWmiInstanceFireEvent(second, 8, NULL), STATUS_SUCCESS);
    EXPECT_NUMBER(host_event_at(1)->data_size, 0);
    EXPECT_STATUS(WdfWmiInstanceFireEvent(second, sizeof(large), large), STATUS_BUFFER_OVERFLOW);
    EXPECT_NUMBER(host_live_blocks(), 0);
    host_set_event_limit(4096);
    EXPECT_STATUS(WdfWmiInstanceFireEvent(second, sizeof(large), large), STATUS_SUCCESS);
    host_set_event_limit(1024);
    EXPECT_STATUS(WdfWmiInstanceFireEvent(second, 1024 - 64, large), STATUS_SUCCESS);
    EXPECT_STATUS(WdfWmiInstanceFireEvent(second, 1024 - 63, large), STATUS_BUFFER_OVERFLOW);
    EXPECT_STATUS(WdfWmiInstanceFireEvent(second, 0xFFFFFFFF, data), STATUS_INTEGER_OVERFLOW);
    host_fail_events(STATUS_UNSUCCESSFUL);
    EXPECT_STATUS(WdfWmiInstanceFireEvent(second, 8, data), STATUS_UNSUCCESSFUL);
    host_fail_events(STATUS_SUCCESS);
    host_fail_allocation_after(0);
    EXPECT_STATUS(WdfWmiInstanceFireEvent(second, 8, data), STATUS_INSUFFICIENT_RESOURCES);
    WdfWmiInstanceDeregister(second);
    EXPECT_STATUS(WdfWmiInstanceFireEvent(second, 8, data), STATUS_SUCCESS);
    EXPECT_NUMBER(host_event_at(4)->instance_index, 1);
    host_forget_events();
    EXPECT_NUMBER(host_event_count(), 0);
    end();
}

/* Blocks that are not valid events: the sender still owns them. */
static VOID refused_events(VOID)
{
    PUCHAR block = ExAllocatePoolWithTag(NonPagedPoolNx, 47, 0x74736554);
    EXPECT_STATUS(IoWMIWriteEvent(block), STATUS_INVALID_PARAMETER);
    ExFreePoolWithTag(block, 0x74736554);
    block = ExAllocatePoolWithTag(NonPagedPoolNx, 64, 0x74736554);
    memset(block, 0, 64);
    const ULONG sizes[] = {0, 47, 65};
    for (size_t i = 0; i < ARRAYSIZE(sizes); i++) {
        set_field(block, offsetof(WNODE_HEADER, BufferSize), sizes[i]);
        EXPECT_STATUS(IoWMIWriteEvent(block), STATUS_INVALID_PARAMETER);
    }
    ExFreePoolWithTag(block, 0x74736554);
}

/* Buffers that tests build have the right flags. */
static VOID built_requests(VOID)
{
    static const ULONG flags[][2] = {{1, 0x82}, {2, 0x82}, {3, 0x84}, {9, 0x8080}};
    for (size_t i = 0; i < ARRAYSIZE(flags); i++) {
        ULONG size;
        PVOID buffer = host_build_wnode((UCHAR)flags[i][0], &block_guid, 3, 5, "ab", 2, 9, &size);
        EXPECT_NUMBER(field(buffer, offsetof(WNODE_HEADER, Flags)), flags[i][1]);
        EXPECT_NUMBER(field(buffer, offsetof(WNODE_HEADER, BufferSize)), size);
        EXPECT_NUMBER(size, (i < 2 ? 64 : 72) + 9);
        EXPECT_NUMBER(field(buffer, i < 2 ? 60 : 64), 2);
        EXPECT_NUMBER(host_size_needed(buffer, size), 0);
        free(buffer);
    }
}

static VOID append_string(VOID)
{
    DECLARE_CONST_UNICODE_STRING(text, L"Ab");
    static const UNICODE_STRING empty = {0, 0, NULL};
    UCHAR buffer[6];
    ULONG required = 0;
    EXPECT_STATUS(WDF_WMI_BUFFER_APPEND_STRING(buffer, 5, &text, &required), STATUS_BUFFER_TOO_SMALL);
    EXPECT_NUMBER(required, 6);
    EXPECT_STATUS(WDF_WMI_BUFFER_APPEND_STRING(buffer, 6, &text, &required), STATUS_SUCCESS);
    host_check(memcmp(buffer, "\4\0A\0b", 6) == 0, "the bytes");
    EXPECT_STATUS(WDF_WMI_BUFFER_APPEND_STRING(buffer, 2, &empty, &required), STATUS_SUCCESS);
    EXPECT_NUMBER(required, 2);
}

const row kmdf_rows[] = {
    {"kmdf D1 D3", forwarding},
    {"kmdf D4", lowest_device},
    {"kmdf D5 D6", unknown_guid},
    {"kmdf D7-D13", finding_instances},
    {"kmdf QS1 QS2", no_query},
    {"kmdf QS3", method_only},
    {"kmdf QS4 QS5 QS15", minimum},
    {"kmdf QS6 QS7", no_room},
    {"kmdf QS8-QS10", wrong_query_answers},
    {"kmdf QS13 QS14 QS16", time_stamps},
    {"kmdf QS11 QS12", context_query},
    {"kmdf hardened queries", hardened_queries},
    {"kmdf overflow", overflowing_sizes},
    {"kmdf QA1-QA5 QA9", all_sizes},
    {"kmdf QA6-QA8", all_mixed},
    {"kmdf QA10 QA11 QA13", all_tight},
    {"kmdf QA14", all_with_one_gone},
    {"kmdf CI1 CI2", set_without_callback},
    {"kmdf CI3-CI5", set_sizes},
    {"kmdf CI6-CI9 IT8 IT9", set_statuses},
    {"kmdf CI14 CI15 EM15", hardened_sets},
    {"kmdf CI22 EM16", data_anywhere},
    {"kmdf IT1 IT6 IT7", item_sizes},
    {"kmdf EM1-EM12", methods},
    {"kmdf FC1 FC2 FC6", switches},
    {"kmdf FC3-FC5 FC7 FC8", control_callbacks},
    {"kmdf RG1-RG3 RG5 RG24", registration},
    {"kmdf RG4", inherited_mof_name},
    {"kmdf RG6-RG8", flags_and_removal},
    {"kmdf RG9-RG16 RG19", provider_rules},
    {"kmdf RG17 RG18 RG20", instance_rules},
    {"kmdf RG21", shifting_indices},
    {"kmdf objects", deletion},
    {"kmdf deletion during a request", deletion_during_a_request},
    {"kmdf wait locks", wait_locks},
    {"kmdf E1-E4 E8 E10", events},
    {"kmdf refused events", refused_events},
    {"kmdf built requests", built_requests},
    {"kmdf P5", append_string},
    {NULL, NULL},
};
