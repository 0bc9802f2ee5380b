/*
 * Threads that run driver code at once: the owner of a lock, waiting for a lock, and the lock of the harness's own tables.
 * A driver's lock orders only the threads that use it, so that ThreadSanitizer reports a race that this lock does not
 * prevent.
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <time.h>

#include "internal.h"

/* No test holds a lock for so long: a longer wait is a deadlock. */
#define DEADLOCK_SECONDS 60

#define UNITS_IN_A_SECOND 10000000ll

static pthread_rwlock_t tables = PTHREAD_RWLOCK_INITIALIZER;

PVOID host_this_thread(VOID)
{
    static _Thread_local UCHAR place;
    return &place;
}

/* In units of 100 ns, like the time-outs of the kernel. */
static LONGLONG now(VOID)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * UNITS_IN_A_SECOND + time.tv_nsec / 100;
}

BOOLEAN host_acquire(PVOID *owner, const LONGLONG *timeout, const char *routine)
{
    const struct timespec pause = {0, 20000};
    LONGLONG start = 0;
    host_check(timeout == NULL || *timeout <= 0, "%s: a time-out that is a point in time", routine);
    for (;;) {
        PVOID nobody = NULL;
        if (__atomic_compare_exchange_n(
                owner, &nobody, host_this_thread(), FALSE, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) {
            host_lock_taken();
            return TRUE;
        }
        LONGLONG waited = start == 0 ? 0 : now() - start;
        if (timeout != NULL && waited >= -*timeout) {
            return FALSE;
        }
        host_check(
            nobody != host_this_thread() || timeout != NULL,
            "%s: a deadlock, for the lock is held by this thread",
            routine);
        host_check(
            waited < DEADLOCK_SECONDS * UNITS_IN_A_SECOND, "%s: a deadlock of threads", routine);
        if (start == 0) {
            start = now();
        }
        nanosleep(&pause, NULL);
    }
}

BOOLEAN host_owns(PVOID *owner)
{
    return __atomic_load_n(owner, __ATOMIC_RELAXED) == host_this_thread();
}

VOID host_release(PVOID *owner)
{
    host_lock_released();
    __atomic_store_n(owner, NULL, __ATOMIC_RELEASE);
}

VOID host_read_tables(VOID)
{
    pthread_rwlock_rdlock(&tables);
}

VOID host_write_tables(VOID)
{
    pthread_rwlock_wrlock(&tables);
}

VOID host_leave_tables(VOID)
{
    pthread_rwlock_unlock(&tables);
}
