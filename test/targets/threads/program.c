/*
 * Runs a driver in several threads at once: requests for instances that are shared, instances that are added, read and
 * removed, and events. Afterwards each kind of request must have succeeded, so that a run that reaches nothing fails.
 * ThreadSanitizer reports accesses that no lock orders.
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"

#define THREADS 4
#define ROUNDS 1000
/* One in so many rounds adds an instance and removes it again. */
#define CHURN 4

#define KINDS (IRP_MN_EXECUTE_METHOD + 1)

static ULONG sent;
static ULONG succeeded[KINDS];
static ULONG fired;

static VOID count(ULONG *counter)
{
    __atomic_fetch_add(counter, 1, __ATOMIC_RELAXED);
}

/* xorshift32; each thread has its own state. */
static ULONG next(ULONG *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

/* A buffer of zeros except BufferSize, for a request that names no instance. */
static PVOID plain_buffer(ULONG size)
{
    PVOID buffer = calloc(1, size);
    host_check(buffer != NULL && size >= sizeof(size), "a buffer of %u bytes", size);
    memcpy(buffer, &size, sizeof(size));
    return buffer;
}

static BOOLEAN names_instance(UCHAR minor)
{
    return (minor >= IRP_MN_QUERY_SINGLE_INSTANCE && minor <= IRP_MN_CHANGE_SINGLE_ITEM) ||
           minor == IRP_MN_EXECUTE_METHOD;
}

static VOID send(const threads_request *each, ULONG instance)
{
    const GUID *guid = &threads_blocks[each->block].guid;
    ULONG size = each->room;
    PVOID buffer = names_instance(each->minor)
                       ? host_build_wnode(
                             each->minor, guid, instance, each->id, each->data, each->data_size, each->room, &size)
                       : plain_buffer(size);
    host_request request = host_new_request(each->minor, guid, buffer, size);
    threads_dispatch(&request);
    count(&sent);
    if (NT_SUCCESS(request.io.Status) && host_size_needed(buffer, size) == 0) {
        count(&succeeded[each->minor]);
    }
    free(buffer);
}

/* Adds an instance, and uses it and the oldest one as a driver does. */
static VOID churn(const threads_block *block)
{
    PVOID own = NULL;
    NTSTATUS status = block->add(&own);
    host_check(NT_SUCCESS(status) && own != NULL, "adding: %s", host_status_name(status));
    if (block->read != NULL) {
        status = block->read(own);
        host_check(NT_SUCCESS(status), "reading: %s", host_status_name(status));
        status = block->read(block->first());
        host_check(NT_SUCCESS(status), "reading the first: %s", host_status_name(status));
    }
    if (block->fire != NULL) {
        status = block->fire(own);
        host_check(NT_SUCCESS(status), "firing: %s", host_status_name(status));
        /* Only the driver knows which thread added it, and whether it still exists. */
        status = block->fire(NULL);
        host_check(NT_SUCCESS(status), "firing from the oldest: %s", host_status_name(status));
        count(&fired);
    }
    status = block->remove(own);
    host_check(NT_SUCCESS(status), "removing: %s", host_status_name(status));
}

/* Events start without an instance, so that the oldest one changes. */
static VOID remove_first_of_events(VOID)
{
    for (ULONG i = 0; i < threads_block_count; i++) {
        if (threads_blocks[i].fire != NULL) {
            NTSTATUS status = threads_blocks[i].remove(threads_blocks[i].first());
            host_check(NT_SUCCESS(status), "removing the first: %s", host_status_name(status));
        }
    }
}

static PVOID use_driver(PVOID seed)
{
    ULONG state = *(const ULONG *)seed;
    for (ULONG i = 0; i < ROUNDS; i++) {
        /* The first instance of a block with data always exists, others sometimes. */
        ULONG instance = next(&state) % 4 == 0 ? next(&state) % 4 : 0;
        send(&threads_requests[next(&state) % threads_request_count], instance);
        if (i % CHURN == 0) {
            churn(&threads_blocks[next(&state) % threads_block_count]);
        }
    }
    return NULL;
}

/* Checks that each kind of request has succeeded. */
static VOID check_successes(VOID)
{
    for (ULONG i = 0; i < threads_request_count; i++) {
        UCHAR minor = threads_requests[i].minor;
        host_check(succeeded[minor] > 0, "no request 0x%02x succeeded", minor);
    }
    for (ULONG i = 0; i < threads_block_count; i++) {
        host_check(threads_blocks[i].fire == NULL || fired > 0, "no event was sent");
    }
}

int main(void)
{
    static ULONG seeds[THREADS] = {0x6D2B79F5, 0x1B56C4E9, 0x2545F491, 0x9E3779B9};
    pthread_t threads[THREADS];
    threads_start();
    remove_first_of_events();
    for (size_t i = 0; i < THREADS; i++) {
        host_check(pthread_create(&threads[i], NULL, use_driver, &seeds[i]) == 0, "no thread");
    }
    for (size_t i = 0; i < THREADS; i++) {
        host_check(pthread_join(threads[i], NULL) == 0, "no end");
    }
    host_check(sent == THREADS * ROUNDS, "%u requests", sent);
    check_successes();
    threads_stop();
    host_forget_events();
    host_expect_nothing_left();
    printf("%u requests\n", sent);
    return 0;
}
