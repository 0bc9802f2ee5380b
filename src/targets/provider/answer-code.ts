/**
 * The statements that put values into the output of a request, in emitted C: of a query and of a method alike.
 */
import { type LocalStruct, when } from './c-function.js';
import { type CodeRecords } from './code-records.js';
import { type LocalNames } from './naming.js';
import { type CodeRecord, normalizeLines } from './record-code.js';

/** An output that has one size is refused when there is no room for it, before the driver is called. */
export function roomCheck(size: string | undefined, { request }: LocalNames): string[] {
  return size === undefined
    ? []
    : [
        `${request}->Used = ${size};`,
        ...when(`${request}->OutSize < ${size}`, ['return STATUS_BUFFER_TOO_SMALL;']),
      ];
}

/** The call that encodes values item by item. */
export function encodeCall(
  { functions }: CodeRecord,
  values: LocalStruct,
  { request }: LocalNames,
): string {
  return `MofgenEncode(${functions.write}, ${values.pointer}, ${request}->OutSize, ${request}->Output, &${request}->Used)`;
}

/** Copies values of one size as a whole; those with padding by way of `copy`, which has zeros in its place. */
export function fixedAnswer(
  { record, struct, functions }: CodeRecord,
  { data, copy }: { readonly data: LocalStruct; readonly copy: LocalStruct | undefined },
  size: string | undefined,
  { names, ofStructure }: CodeRecords,
): string[] {
  return [
    ...normalizeLines(record, struct, data.at, names, ofStructure),
    ...(copy === undefined ? [] : [`${functions.copy}(${copy.pointer}, ${data.pointer});`]),
    `RtlCopyMemory(${names.localNames.request}->Output, ${(copy ?? data).pointer}, ${size ?? ''});`,
    'return STATUS_SUCCESS;',
  ];
}
