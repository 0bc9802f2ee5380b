/* Reads and writes the structures of records.h as generated code does. */
#include "records.h"

static VOID read_group(MOFGEN_READER *reader, VOID *data)
{
    group *group = data;
    MofgenRead(reader, 2, &group->count, sizeof(group->count));
    group->names = MofgenReadElements(reader, &MofgenStringElement, group->count);
    MofgenRead(reader, 1, &group->mark, sizeof(group->mark));
}

static VOID write_group(MOFGEN_WRITER *writer, const VOID *data)
{
    const group *group = data;
    MofgenWrite(writer, 2, &group->count, sizeof(group->count));
    MofgenWriteElements(writer, &MofgenStringElement, group->count, group->names);
    MofgenWrite(writer, 1, &group->mark, sizeof(group->mark));
}

static VOID read_list(MOFGEN_READER *reader, VOID *data)
{
    list *list = data;
    MofgenRead(reader, 1, &list->mark, sizeof(list->mark));
    list->groups = MofgenReadElementsToEnd(reader, &group_element, &list->count);
}

static VOID write_list(MOFGEN_WRITER *writer, const VOID *data)
{
    const list *list = data;
    MofgenWrite(writer, 1, &list->mark, sizeof(list->mark));
    MofgenWriteElements(writer, &group_element, list->count, list->groups);
}

const MOFGEN_ELEMENT group_element = {read_group, write_group, sizeof(group), 3, 4, 4};
const MOFGEN_ELEMENT list_element = {read_list, write_list, sizeof(list), 1, 4, 4};
const MOFGEN_ELEMENT short_name_element = MOFGEN_BOUNDED_STRING_ELEMENT(sizeof(short_name));
