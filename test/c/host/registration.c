/* Builds the WMIREGINFO that answers a registration request. */
#include "internal.h"

static ULONG counted_size(const UNICODE_STRING *string, BOOLEAN when_empty)
{
    return string->Length > 0 || when_empty ? (ULONG)sizeof(USHORT) + string->Length : 0;
}

ULONGLONG host_registration_size(const host_registration *registration)
{
    ULONGLONG names = counted_size(&registration->base_name, FALSE);
    return sizeof(WMIREGINFO) + registration->guid_count * (sizeof(WMIREGGUID) + names) +
           counted_size(&registration->mof_resource_name, registration->empty_strings) +
           counted_size(&registration->registry_path, registration->empty_strings);
}

/* Writes a string at `end` and advances `end`; returns the string's offset, 0 without a string. */
static ULONG write_counted(PUCHAR buffer, ULONG *end, const UNICODE_STRING *string, BOOLEAN when_empty)
{
    ULONG size = counted_size(string, when_empty);
    ULONG at = *end;
    if (size == 0) {
        return 0;
    }
    memcpy(buffer + at, &string->Length, sizeof(USHORT));
    if (string->Length > 0) {
        memcpy(buffer + at + sizeof(USHORT), string->Buffer, string->Length);
    }
    *end = at + size;
    return at;
}

static VOID write_registration(VOID *buffer, const host_registration *registration)
{
    ULONG end = (ULONG)(sizeof(WMIREGINFO) + registration->guid_count * sizeof(WMIREGGUID));
    WMIREGINFO info;
    memset(&info, 0, sizeof(info));
    info.BufferSize = (ULONG)host_registration_size(registration);
    info.GuidCount = registration->guid_count;
    info.MofResourceName = write_counted(
        buffer, &end, &registration->mof_resource_name, registration->empty_strings);
    info.RegistryPath =
        write_counted(buffer, &end, &registration->registry_path, registration->empty_strings);
    memcpy(buffer, &info, sizeof(info));
    for (ULONG i = 0; i < registration->guid_count; i++) {
        WMIREGGUID each;
        memset(&each, 0, sizeof(each));
        each.Guid = registration->guids[i].guid;
        each.Flags = registration->guids[i].flags;
        each.InstanceCount = registration->guids[i].instance_count;
        if (registration->base_name.Length > 0) {
            each.BaseNameOffset = write_counted(buffer, &end, &registration->base_name, FALSE);
        } else {
            each.Pdo = registration->pdo;
        }
        memcpy((PUCHAR)buffer + sizeof(WMIREGINFO) + i * sizeof(WMIREGGUID), &each, sizeof(each));
    }
}

VOID host_answer_registration(
    PIO_STATUS_BLOCK io,
    VOID *buffer,
    ULONG buffer_size,
    const host_registration *registration,
    PDEVICE_OBJECT referenced_pdo)
{
    ULONGLONG size = host_registration_size(registration);
    if (size > HOST_MAX_ULONG) {
        host_complete(io, STATUS_INVALID_PARAMETER, 0);
    } else if (buffer_size >= size) {
        write_registration(buffer, registration);
        for (ULONG i = 0; referenced_pdo != NULL && i < registration->guid_count; i++) {
            ObReferenceObject(referenced_pdo);
        }
        host_complete(io, STATUS_SUCCESS, (ULONG)size);
    } else if (buffer_size >= sizeof(ULONG)) {
        host_write_ulong(buffer, 0, (ULONG)size);
        host_complete(io, STATUS_SUCCESS, sizeof(ULONG));
    } else {
        host_complete(io, STATUS_BUFFER_TOO_SMALL, 0);
    }
}
