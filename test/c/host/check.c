/* How the harness stops a program, and the names of statuses. */
#include <stdarg.h>
#include <stdio.h>

#include "internal.h"

VOID host_stop(const char *file, int line, const char *condition, const char *format, ...)
{
    va_list arguments;
    fflush(stdout);
    fprintf(stderr, "host_check failed: ");
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fprintf(stderr, "\n  %s\n  at %s:%d\n", condition, file, line);
    fflush(stderr);
    abort();
}

VOID host_assertion_failed(const char *expression, const char *file, int line)
{
    host_stop(file, line, expression, "an assertion of the driver");
}

typedef struct status_name {
    NTSTATUS status;
    const char *name;
} status_name;

#define NAMED(status) {status, #status}

static const status_name names[] = {
    NAMED(STATUS_SUCCESS),
    NAMED(STATUS_TIMEOUT),
    NAMED(STATUS_PENDING),
    NAMED(STATUS_OBJECT_NAME_EXISTS),
    NAMED(STATUS_BUFFER_OVERFLOW),
    NAMED(STATUS_UNSUCCESSFUL),
    NAMED(STATUS_NOT_IMPLEMENTED),
    NAMED(STATUS_INFO_LENGTH_MISMATCH),
    NAMED(STATUS_INVALID_PARAMETER),
    NAMED(STATUS_INVALID_DEVICE_REQUEST),
    NAMED(STATUS_NO_MEMORY),
    NAMED(STATUS_ACCESS_DENIED),
    NAMED(STATUS_BUFFER_TOO_SMALL),
    NAMED(STATUS_OBJECT_TYPE_MISMATCH),
    NAMED(STATUS_INVALID_PARAMETER_MIX),
    NAMED(STATUS_OBJECT_NAME_COLLISION),
    NAMED(STATUS_INTEGER_OVERFLOW),
    NAMED(STATUS_INSUFFICIENT_RESOURCES),
    NAMED(STATUS_DEVICE_NOT_READY),
    NAMED(STATUS_NOT_SUPPORTED),
    NAMED(STATUS_INTERNAL_ERROR),
    NAMED(STATUS_INVALID_DEVICE_STATE),
    NAMED(STATUS_INVALID_BUFFER_SIZE),
    NAMED(STATUS_NOT_FOUND),
    NAMED(STATUS_WMI_GUID_NOT_FOUND),
    NAMED(STATUS_WMI_INSTANCE_NOT_FOUND),
    NAMED(STATUS_WMI_ITEMID_NOT_FOUND),
    NAMED(STATUS_WMI_TRY_AGAIN),
    NAMED(STATUS_RETRY),
    NAMED(STATUS_WMI_READ_ONLY),
    NAMED(STATUS_WMI_SET_FAILURE),
    NAMED(STATUS_WMI_NOT_SUPPORTED),
    NAMED(STATUS_WMI_GUID_DISCONNECTED),
    NAMED(STATUS_WMI_ALREADY_DISABLED),
    NAMED(STATUS_WMI_ALREADY_ENABLED),
    NAMED(STATUS_WDF_OBJECT_ATTRIBUTES_INVALID),
    NAMED(STATUS_WDF_PARENT_ASSIGNMENT_NOT_ALLOWED),
};

const char *host_status_name(NTSTATUS status)
{
    /* Several buffers, because a message may name two statuses. */
    static _Thread_local char numbers[4][16];
    static _Thread_local unsigned next;
    for (size_t i = 0; i < ARRAYSIZE(names); i++) {
        if (names[i].status == status) {
            return names[i].name;
        }
    }
    next = (next + 1) % 4;
    snprintf(numbers[next], sizeof(numbers[next]), "0x%08x", (ULONG)status);
    return numbers[next];
}
