/* The reader and comparer of run.h. */
#include "run.h"

#include <stdio.h>
#include <stdlib.h>

#include "../host/host.h"

/* What callbacks find in a buffer that has nothing in it, and in BufferUsed. */
#define FILL 0xCC
#define NOT_STORED 0xCDCDCDCD

typedef enum operation { RESTART, QUERY, SET_INSTANCE, SET_ITEM, EXECUTE } operation;

static const char *const operation_names[] = {
    "restart", "query", "setInstance", "setItem", "execute"};

/* A vector as it is read. */
typedef struct vector {
    ULONG number;
    ULONG block;
    ULONG operation;
    ULONG id;
    ULONG in_size;
    ULONG room;
    /* The provider has no such callback. Drivers report that in different ways. */
    ULONG absent;
    NTSTATUS status;
    ULONG used;
    ULONG out_size;
    const UCHAR *in;
    const UCHAR *out;
} vector;

/* ---- Reading ---- */

typedef struct input {
    UCHAR *bytes;
    size_t size;
    size_t at;
} input;

static input read_all(FILE *file)
{
    input input = {NULL, 0, 0};
    size_t capacity = 0;
    size_t got;
    do {
        if (input.size == capacity) {
            capacity = capacity == 0 ? 1u << 16 : capacity * 2;
            input.bytes = realloc(input.bytes, capacity);
            host_check(input.bytes != NULL, "no memory for the vectors");
        }
        got = fread(input.bytes + input.size, 1, capacity - input.size, file);
        input.size += got;
    } while (got > 0);
    return input;
}

static const UCHAR *take(input *input, size_t size)
{
    host_check(size <= input->size - input->at, "the vectors end in the middle");
    const UCHAR *bytes = input->bytes + input->at;
    input->at += size;
    return bytes;
}

static ULONG take_ulong(input *input)
{
    const UCHAR *bytes = take(input, 4);
    return bytes[0] | (ULONG)bytes[1] << 8 | (ULONG)bytes[2] << 16 | (ULONG)bytes[3] << 24;
}

static vector take_vector(input *input, ULONG number)
{
    vector vector;
    vector.number = number;
    vector.block = take_ulong(input);
    vector.operation = take_ulong(input);
    vector.id = take_ulong(input);
    vector.in_size = take_ulong(input);
    vector.room = take_ulong(input);
    vector.absent = take_ulong(input);
    vector.status = (NTSTATUS)take_ulong(input);
    vector.used = take_ulong(input);
    vector.out_size = take_ulong(input);
    vector.in = take(input, vector.in_size);
    vector.out = take(input, vector.out_size);
    host_check(vector.operation <= EXECUTE, "vector %u has operation %u", number, vector.operation);
    return vector;
}

/* ---- Calling ---- */

typedef struct answer {
    NTSTATUS status;
    ULONG used;
    /* The buffer that the callback had; the caller frees it. */
    UCHAR *buffer;
    ULONG size;
} answer;

static ULONG larger(ULONG left, ULONG right)
{
    return left > right ? left : right;
}

/* The framework's status for a missing callback. */
static NTSTATUS without_callback(const vector *vector, const vector_block *block, ULONG *used)
{
    switch (vector->operation) {
    case QUERY:
        *used = 0;
        return block->execute == NULL ? STATUS_INVALID_DEVICE_REQUEST : STATUS_SUCCESS;
    case EXECUTE:
        *used = 0;
        return STATUS_INVALID_DEVICE_REQUEST;
    default:
        return STATUS_WMI_READ_ONLY;
    }
}

/* Hands the callback a buffer of exactly its size; no bytes are NULL. */
static answer call(const vector *vector, const vector_block *block)
{
    answer answer = {STATUS_SUCCESS, NOT_STORED, NULL, 0};
    answer.size = vector->operation == QUERY     ? vector->room
                  : vector->operation == EXECUTE ? larger(vector->in_size, vector->room)
                                                 : vector->in_size;
    if (answer.size > 0) {
        answer.buffer = malloc(answer.size);
        host_check(answer.buffer != NULL, "no memory for a buffer of %u bytes", answer.size);
        memset(answer.buffer, FILL, answer.size);
    }
    if (vector->operation != QUERY && vector->in_size > 0) {
        memcpy(answer.buffer, vector->in, vector->in_size);
    }
    ULONG locks = host_held_locks();
    KIRQL irql = KeGetCurrentIrql();
    BOOLEAN missing = FALSE;
    switch (vector->operation) {
    case QUERY:
        missing = block->query == NULL;
        if (!missing) {
            answer.status = block->query(block->self, vector->room, answer.buffer, &answer.used);
        }
        break;
    case SET_INSTANCE:
        missing = block->set_instance == NULL;
        if (!missing) {
            answer.status = block->set_instance(block->self, vector->in_size, answer.buffer);
        }
        break;
    case SET_ITEM:
        missing = block->set_item == NULL;
        if (!missing) {
            answer.status = block->set_item(block->self, vector->id, vector->in_size, answer.buffer);
        }
        break;
    default:
        missing = block->execute == NULL;
        if (!missing) {
            answer.status = block->execute(
                block->self, vector->id, vector->in_size, vector->room, answer.buffer, &answer.used);
        }
        break;
    }
    if (missing) {
        answer.status = without_callback(vector, block, &answer.used);
    }
    host_check(
        host_held_locks() == locks && KeGetCurrentIrql() == irql,
        "vector %u (%s) left a lock held or another IRQL",
        vector->number,
        operation_names[vector->operation]);
    return answer;
}

/* ---- Comparing ---- */

static ULONG mismatches;

/* Prints which vector differs; the other arguments are printf's. */
#define MISMATCH(vector, ...)                      \
    do {                                           \
        print_vector(vector);                      \
        printf(__VA_ARGS__);                       \
        printf("\n");                              \
        mismatches++;                              \
    } while (0)

static VOID print_vector(const vector *vector)
{
    printf("vector %u: %s, block %u", vector->number, operation_names[vector->operation], vector->block);
    if (vector->operation == SET_ITEM || vector->operation == EXECUTE) {
        printf(", id %u", vector->id);
    }
    if (vector->operation != QUERY) {
        printf(", %u bytes in", vector->in_size);
    }
    if (vector->operation == QUERY || vector->operation == EXECUTE) {
        printf(", room for %u", vector->room);
    }
    printf(": ");
}

/* What the buffer held before the call. */
static UCHAR byte_before(const vector *vector, ULONG at)
{
    return vector->operation != QUERY && at < vector->in_size ? vector->in[at] : FILL;
}

static VOID expect_untouched(const vector *vector, const answer *answer, ULONG from, const char *what)
{
    for (ULONG at = from; at < answer->size; at++) {
        if (answer->buffer[at] != byte_before(vector, at)) {
            MISMATCH(vector, "byte %u of the buffer changed, %s", at, what);
            return;
        }
    }
}

static VOID compare_output(const vector *vector, const answer *answer)
{
    for (ULONG at = 0; at < vector->out_size; at++) {
        if (at >= answer->size || answer->buffer[at] != vector->out[at]) {
            MISMATCH(
                vector,
                "byte %u is 0x%02x, where 0x%02x is right",
                at,
                at < answer->size ? answer->buffer[at] : 0,
                vector->out[at]);
            return;
        }
    }
}

/* Drivers return different statuses when a block has no such operation. */
static BOOLEAN says_absent(const vector *vector, NTSTATUS status)
{
    switch (vector->operation) {
    case QUERY:
        return status == STATUS_INVALID_DEVICE_REQUEST;
    case EXECUTE:
        return status == STATUS_INVALID_DEVICE_REQUEST || status == STATUS_WMI_ITEMID_NOT_FOUND;
    default:
        return status == STATUS_WMI_READ_ONLY;
    }
}

static VOID compare(const vector *vector, const answer *answer)
{
    BOOLEAN has_output = vector->operation == QUERY || vector->operation == EXECUTE;
    if (has_output && answer->used == NOT_STORED) {
        MISMATCH(vector, "BufferUsed was not stored");
        return;
    }
    if (vector->absent) {
        if (!says_absent(vector, answer->status)) {
            MISMATCH(
                vector, "%s, where the block has no such operation", host_status_name(answer->status));
        }
        expect_untouched(vector, answer, 0, "although there is no such operation");
        return;
    }
    if (answer->status != vector->status) {
        MISMATCH(
            vector,
            "%s, where %s is right",
            host_status_name(answer->status),
            host_status_name(vector->status));
        return;
    }
    BOOLEAN success = NT_SUCCESS(answer->status);
    if (has_output && (success || answer->status == STATUS_BUFFER_TOO_SMALL) &&
        answer->used != vector->used) {
        MISMATCH(vector, "BufferUsed is %u, where %u is right", answer->used, vector->used);
        return;
    }
    if (!has_output) {
        expect_untouched(vector, answer, 0, "which is input alone");
    } else if (!success) {
        expect_untouched(vector, answer, 0, "although the request failed");
    } else {
        compare_output(vector, answer);
        if (vector->operation == QUERY) {
            expect_untouched(vector, answer, answer->used, "which lies behind BufferUsed");
        }
    }
}

/* What an operation may leave allocated: only a set or a method that succeeds stores data. */
static VOID compare_memory(const vector *vector, NTSTATUS status, ULONG before)
{
    BOOLEAN stores = vector->operation != QUERY && NT_SUCCESS(status);
    ULONG now = host_live_blocks();
    if (!stores && now != before) {
        MISMATCH(vector, "%u pool blocks are live, where there were %u", now, before);
    }
}

/* ---- Failing allocations ---- */

/* A larger size is a mistake of the driver. */
#define LARGEST_SNAPSHOT 0x100000

/* A block's data, from two queries. */
static answer take_snapshot(const vector *vector, const vector_block *block)
{
    struct vector query = *vector;
    query.operation = QUERY;
    query.room = 0;
    query.in_size = 0;
    answer size = call(&query, block);
    if (size.status != STATUS_BUFFER_TOO_SMALL || size.used > LARGEST_SNAPSHOT) {
        return size;
    }
    query.room = size.used;
    return call(&query, block);
}

static VOID compare_snapshots(const vector *vector, const answer *before, const answer *after)
{
    if (before->status != after->status || before->size != after->size ||
        (before->size > 0 && memcmp(before->buffer, after->buffer, before->size) != 0)) {
        MISMATCH(vector, "the block's data changed, although an allocation failed");
    }
}

/* The working memory of a call, while it is limited. */
static ULONG memory_limit = MAXULONG;
static BOOLEAN is_limited;
static NTSTATUS limited_status;

/* All tries that failed. */
static ULONG failures;

ULONG vectors_memory(ULONG all, NTSTATUS failure)
{
    if (all <= memory_limit) {
        return all;
    }
    is_limited = TRUE;
    limited_status = failure;
    return memory_limit;
}

/* 0, 8, 32, 128, ... bytes. */
static VOID limit_memory(ULONG failure)
{
    memory_limit = failure == 0 ? 0 : failure > 14 ? MAXULONG : 2u << 2 * failure;
    is_limited = FALSE;
}

/* Whether the call had too little memory, as far as its status shows. */
static BOOLEAN stop_limiting_memory(NTSTATUS status)
{
    memory_limit = MAXULONG;
    return is_limited && status == limited_status;
}

static VOID compare_failed(const vector *vector, const answer *answer, ULONG failure)
{
    failures++;
    if (answer->status != (is_limited ? limited_status : STATUS_INSUFFICIENT_RESOURCES)) {
        MISMATCH(
            vector,
            "%s with allocation %u failing, where STATUS_INSUFFICIENT_RESOURCES is right",
            host_status_name(answer->status),
            failure + 1);
    }
    expect_untouched(vector, answer, 0, "although an allocation failed");
}

/* Fails the first allocation, then the second, and so on, with more working memory each time. The try without a failure is the result. */
static answer call_with_failures(const vector *vector, const vector_block *block)
{
    answer before = take_snapshot(vector, block);
    for (ULONG failure = 0;; failure++) {
        ULONG live = host_live_blocks();
        host_fail_allocation_after(failure);
        limit_memory(failure);
        answer tried = call(vector, block);
        BOOLEAN was_short = stop_limiting_memory(tried.status);
        if (!host_stop_failing_allocations() && !was_short) {
            free(before.buffer);
            return tried;
        }
        compare_failed(vector, &tried, failure);
        compare_memory(vector, STATUS_INSUFFICIENT_RESOURCES, live);
        free(tried.buffer);
        answer after = take_snapshot(vector, block);
        compare_snapshots(vector, &before, &after);
        free(after.buffer);
    }
}

/* ---- The driver ---- */

static BOOLEAN fail_allocations;

static VOID stop(const vector_driver *driver)
{
    driver->close();
    if (host_live_blocks() > 0) {
        printf("%u pool blocks outlive their device\n", host_live_blocks());
        host_print_live_blocks();
        mismatches++;
        /* The other vectors would repeat the same failure. */
        printf("stopped\n");
        exit(1);
    }
    host_expect_nothing_left();
}

static VOID start(const vector_driver *driver)
{
    NTSTATUS status;
    for (ULONG failure = 0; fail_allocations; failure++) {
        driver->open();
        host_fail_allocation_after(failure);
        status = driver->start();
        if (!host_stop_failing_allocations()) {
            host_check(status == STATUS_SUCCESS, "the driver starts with %s", host_status_name(status));
            return;
        }
        if (status != STATUS_INSUFFICIENT_RESOURCES) {
            printf(
                "start with allocation %u failing: %s, where STATUS_INSUFFICIENT_RESOURCES is right\n",
                failure + 1,
                host_status_name(status));
            mismatches++;
        }
        stop(driver);
    }
    driver->open();
    status = driver->start();
    host_check(status == STATUS_SUCCESS, "the driver starts with %s", host_status_name(status));
}

static VOID find_blocks(const vector_driver *driver, const UCHAR *guids, vector_block *blocks, ULONG count)
{
    for (ULONG i = 0; i < count; i++) {
        GUID guid;
        memcpy(&guid, guids + i * sizeof(GUID), sizeof(GUID));
        host_check(driver->find(&guid, &blocks[i]), "the driver has no block %u", i);
    }
}

static VOID run_one(const vector *vector, const vector_block *block)
{
    ULONG live = host_live_blocks();
    answer answer = fail_allocations ? call_with_failures(vector, block) : call(vector, block);
    compare(vector, &answer);
    compare_memory(vector, answer.status, live);
    free(answer.buffer);
}

int run_vectors(const vector_driver *driver, int count, char **words)
{
    fail_allocations = count > 1 && strcmp(words[1], "--fail-allocations") == 0;
    host_check(count == (fail_allocations ? 2 : 1), "the only argument is --fail-allocations");
    input input = read_all(stdin);
    host_check(memcmp(take(&input, 4), "MOFV", 4) == 0, "these are no vectors");
    host_check(take_ulong(&input) == 1, "these vectors have another version");
    ULONG block_count = take_ulong(&input);
    ULONG vector_count = take_ulong(&input);
    const UCHAR *guids = take(&input, block_count * sizeof(GUID));
    vector_block *blocks = calloc(block_count + 1, sizeof(vector_block));
    host_check(blocks != NULL, "no memory for %u blocks", block_count);

    start(driver);
    find_blocks(driver, guids, blocks, block_count);
    for (ULONG number = 0; number < vector_count; number++) {
        vector vector = take_vector(&input, number);
        if (vector.operation == RESTART) {
            stop(driver);
            start(driver);
            find_blocks(driver, guids, blocks, block_count);
            continue;
        }
        host_check(vector.block < block_count, "vector %u is for block %u", number, vector.block);
        run_one(&vector, &blocks[vector.block]);
    }
    stop(driver);
    host_check(input.at == input.size, "there are bytes behind the last vector");
    free(blocks);
    free(input.bytes);
    printf("%u vectors, %u mismatches", vector_count, mismatches);
    if (fail_allocations) {
        printf(", %u failures", failures);
    }
    printf("\n");
    return mismatches == 0 ? 0 : 1;
}

int main(int count, char **words)
{
    return run_vectors(&vectors_driver, count, words);
}
