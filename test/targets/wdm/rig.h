/* Shared by the programs in this folder: a device, and requests for it, as IRPs or as calls of its DpWmi routines. */
#ifndef MOFGEN_WDM_RIG_H
#define MOFGEN_WDM_RIG_H

#include <ntddk.h>
#include <wmistr.h>

#include <wmilib.h>

#include "../device/rig.h"

/* ---- Routines, called as WMILIB calls them ---- */

typedef struct outcome {
    NTSTATUS status;
    ULONG used;
} outcome;

static UNUSED outcome query(
    ULONG guid_index,
    ULONG first,
    ULONG count,
    ULONG *lengths,
    ULONG room,
    UCHAR *buffer)
{
    outcome outcome;
    WMILIB_CONTEXT library;
    PIRP irp = host_wmilib_open(device, &library);
    NTSTATUS returned = library.QueryWmiDataBlock(
        device, irp, guid_index, first, count, lengths, room, buffer);
    host_wmilib_close(irp, returned, &outcome.status, &outcome.used);
    return outcome;
}

static UNUSED outcome set_block(
    ULONG guid_index,
    ULONG instance,
    ULONG size,
    UCHAR *buffer)
{
    outcome outcome;
    WMILIB_CONTEXT library;
    PIRP irp = host_wmilib_open(device, &library);
    NTSTATUS returned = library.SetWmiDataBlock(device, irp, guid_index, instance, size, buffer);
    host_wmilib_close(irp, returned, &outcome.status, &outcome.used);
    return outcome;
}

static UNUSED outcome set_item(
    ULONG guid_index,
    ULONG instance,
    ULONG id,
    ULONG size,
    UCHAR *buffer)
{
    outcome outcome;
    WMILIB_CONTEXT library;
    PIRP irp = host_wmilib_open(device, &library);
    NTSTATUS returned = library.SetWmiDataItem(device, irp, guid_index, instance, id, size, buffer);
    host_wmilib_close(irp, returned, &outcome.status, &outcome.used);
    return outcome;
}

static UNUSED outcome execute(
    ULONG guid_index,
    ULONG instance,
    ULONG id,
    ULONG size,
    ULONG room,
    UCHAR *buffer)
{
    outcome outcome;
    WMILIB_CONTEXT library;
    PIRP irp = host_wmilib_open(device, &library);
    NTSTATUS returned = library.ExecuteWmiMethod(
        device, irp, guid_index, instance, id, size, room, buffer);
    host_wmilib_close(irp, returned, &outcome.status, &outcome.used);
    return outcome;
}

static UNUSED outcome control(
    ULONG guid_index,
    WMIENABLEDISABLECONTROL function,
    BOOLEAN enable)
{
    outcome outcome;
    WMILIB_CONTEXT library;
    PIRP irp = host_wmilib_open(device, &library);
    NTSTATUS returned = library.WmiFunctionControl(device, irp, guid_index, function, enable);
    host_wmilib_close(irp, returned, &outcome.status, &outcome.used);
    return outcome;
}

/* The result of a routine. */
static UNUSED VOID rig_expect_outcome(outcome outcome, NTSTATUS status, ULONG used, int line)
{
    rig_expect(outcome.status, status, line);
    host_check(outcome.used == used, "line %d: BufferUsed %u where %u is right", line, outcome.used, used);
}

#define EXPECT_OUTCOME(outcome, status, used) rig_expect_outcome((outcome), (status), (used), __LINE__)

#endif
