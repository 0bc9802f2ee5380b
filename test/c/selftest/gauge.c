/* The blocks of gauge.h. */
#include "gauge.h"

VOID gauge_start(gauge *gauge)
{
    gauge->limit = 100;
    gauge->reading = 7;
    gauge->text = NULL;
    gauge->text_size = 0;
}

VOID gauge_stop(gauge *gauge)
{
    if (gauge->text != NULL) {
        ExFreePoolWithTag(gauge->text, GAUGE_TAG);
        gauge->text = NULL;
    }
}

NTSTATUS gauge_query(const gauge *gauge, ULONG room, PVOID buffer, PULONG used)
{
    *used = GAUGE_SIZE;
    if (room < GAUGE_SIZE) {
        return STATUS_BUFFER_TOO_SMALL;
    }
    RtlCopyMemory(buffer, &gauge->limit, 4);
    RtlCopyMemory((PUCHAR)buffer + 4, &gauge->reading, 4);
    return STATUS_SUCCESS;
}

NTSTATUS gauge_set_instance(gauge *gauge, ULONG size, const VOID *buffer)
{
    if (size < GAUGE_SIZE) {
        return STATUS_WMI_SET_FAILURE;
    }
    RtlCopyMemory(&gauge->limit, buffer, 4);
    return STATUS_SUCCESS;
}

NTSTATUS gauge_set_item(gauge *gauge, ULONG id, ULONG size, const VOID *buffer)
{
    switch (id) {
    case 1:
        if (size < 4) {
            return STATUS_WMI_SET_FAILURE;
        }
        RtlCopyMemory(&gauge->limit, buffer, 4);
        return STATUS_SUCCESS;
    case 2:
        return STATUS_WMI_READ_ONLY;
    default:
        return STATUS_WMI_ITEMID_NOT_FOUND;
    }
}

static NTSTATUS scale(gauge *gauge, ULONG in_size, ULONG room, PVOID buffer, PULONG used)
{
    ULONG factor;
    ULONG output[2];
    if (in_size < 4) {
        return STATUS_INVALID_PARAMETER_MIX;
    }
    if (room < sizeof(output)) {
        *used = sizeof(output);
        return STATUS_BUFFER_TOO_SMALL;
    }
    RtlCopyMemory(&factor, buffer, 4);
    output[0] = gauge->reading;
    output[1] = gauge->reading * factor;
    gauge->reading = output[1];
    RtlCopyMemory(buffer, output, sizeof(output));
    *used = sizeof(output);
    return STATUS_SUCCESS;
}

/* The text goes through pool memory, as large outputs of generated code do. */
static NTSTATUS describe(const gauge *gauge, ULONG room, PVOID buffer, PULONG used)
{
    ULONG size = 2u + gauge->text_size;
    PUCHAR copy = ExAllocatePoolWithTag(PagedPool, size, GAUGE_TAG);
    if (copy == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    RtlCopyMemory(copy, &gauge->text_size, 2);
    if (gauge->text_size > 0) {
        RtlCopyMemory(copy + 2, gauge->text, gauge->text_size);
    }
    *used = size;
    if (room >= size) {
        RtlCopyMemory(buffer, copy, size);
    }
    ExFreePoolWithTag(copy, GAUGE_TAG);
    return room >= size ? STATUS_SUCCESS : STATUS_BUFFER_TOO_SMALL;
}

NTSTATUS gauge_execute(gauge *gauge, ULONG id, ULONG in_size, ULONG room, PVOID buffer, PULONG used)
{
    *used = 0;
    switch (id) {
    case 1:
        return scale(gauge, in_size, room, buffer, used);
    case 2:
        return describe(gauge, room, buffer, used);
    default:
        return STATUS_WMI_ITEMID_NOT_FOUND;
    }
}

NTSTATUS note_query(const gauge *gauge, ULONG room, PVOID buffer, PULONG used)
{
    return describe(gauge, room, buffer, used);
}

NTSTATUS note_set_instance(gauge *gauge, ULONG size, const VOID *buffer)
{
    USHORT length;
    PVOID text = NULL;
    if (size < 2) {
        return STATUS_WMI_SET_FAILURE;
    }
    RtlCopyMemory(&length, buffer, 2);
    if (length % 2 != 0 || length > size - 2 || length > 2 * NOTE_MAXIMUM) {
        return STATUS_WMI_SET_FAILURE;
    }
    if (length > 0) {
        text = ExAllocatePoolWithTag(PagedPool, length, GAUGE_TAG);
        if (text == NULL) {
            return STATUS_INSUFFICIENT_RESOURCES;
        }
        RtlCopyMemory(text, (const UCHAR *)buffer + 2, length);
    }
    gauge_stop(gauge);
    gauge->text = text;
    gauge->text_size = length;
    return STATUS_SUCCESS;
}

NTSTATUS note_set_item(gauge *gauge, ULONG id, ULONG size, const VOID *buffer)
{
    return id == 1 ? note_set_instance(gauge, size, buffer) : STATUS_WMI_ITEMID_NOT_FOUND;
}
