/*
 * A small provider written by hand, the way generated code does it: a block of fixed size, one with a string, an event.
 * Two drivers, kmdf and wmilib, use it.
 *
 *   Gauge  1 Limit    uint32, read and write     Note  1 Text  string, read and write
 *          2 Reading  uint32, read
 *          method 1  Scale([in] uint32 Factor, [out] uint32 Old, [out] uint32 New): Reading = Reading * Factor
 *          method 2  Describe([out] string Text): the text of the note, made in pool memory
 */
#ifndef MOFGEN_SELFTEST_GAUGE_H
#define MOFGEN_SELFTEST_GAUGE_H

#include "selftest.h"

#define GAUGE_TAG 0x67756147
#define GAUGE_SIZE 8
/* Characters. */
#define NOTE_MAXIMUM 16

static const GUID gauge_guid = {0x11111111, 0x2222, 0x3333, {0x44, 0x44, 0x55, 0x55, 0x66, 0x66, 0x77, 0x77}};
static const GUID note_guid = {0x88888888, 0x9999, 0xaaaa, {0xbb, 0xbb, 0xcc, 0xcc, 0xdd, 0xdd, 0xee, 0xee}};
static const GUID alarm_guid = {0x99999999, 0x9999, 0xaaaa, {0xbb, 0xbb, 0xcc, 0xcc, 0xdd, 0xdd, 0xee, 0xee}};

typedef struct gauge {
    ULONG limit;
    ULONG reading;
    /* Pool memory; NULL for an empty text. */
    PVOID text;
    USHORT text_size;
} gauge;

VOID gauge_start(gauge *gauge);
VOID gauge_stop(gauge *gauge);

NTSTATUS gauge_query(const gauge *gauge, ULONG room, PVOID buffer, PULONG used);
NTSTATUS gauge_set_instance(gauge *gauge, ULONG size, const VOID *buffer);
NTSTATUS gauge_set_item(gauge *gauge, ULONG id, ULONG size, const VOID *buffer);
NTSTATUS gauge_execute(gauge *gauge, ULONG id, ULONG in_size, ULONG room, PVOID buffer, PULONG used);

NTSTATUS note_query(const gauge *gauge, ULONG room, PVOID buffer, PULONG used);
NTSTATUS note_set_instance(gauge *gauge, ULONG size, const VOID *buffer);
NTSTATUS note_set_item(gauge *gauge, ULONG id, ULONG size, const VOID *buffer);

#endif
