/**
 * The functions that execute the methods of a block, in emitted C: one for each method, and the one that chooses by id.
 *
 * They check the input, then the room for an output of one size, and only then call the driver.
 */
import { type DataBlock, type Method } from '../../model/model.js';
import { commentText } from '../c/text.js';
import {
  type CFunction,
  localStructs,
  staticFunction,
  structBytes,
  unlessSuccess,
  when,
} from './c-function.js';
import { encodeCall, fixedAnswer, roomCheck } from './answer-code.js';
import { type DataContext } from './data-code.js';
import { mapsFinalStatus, mapsStatus } from './driver-model.js';
import { macroUse } from './macro-use.js';
import { callParts, commitParts, type DriverCall } from './methods-view.js';
import { hasPadding, normalizeLines, readRecordLines } from './record-code.js';
import { hasCommit, isWalked } from './requirements.js';
import { unreferenced } from './function-view.js';
import { minimumSize, wholeSize } from './sizes.js';

/** The function that chooses the method by its id. */
export function chooseFunction(
  block: DataBlock,
  { api, records, driverModel }: DataContext,
): CFunction {
  const { localNames, header } = records.names;
  const { id, request } = localNames;
  return staticFunction(api.executeMethod, {
    parameters: [
      `_In_ ${driverModel.instance} ${localNames.instance}`,
      `_In_ ULONG ${id}`,
      `_Inout_ MOFGEN_REQUEST *${request}`,
    ],
    body: [
      `switch (${id})`,
      '{',
      ...block.methods.flatMap((method) => [
        `case ${macroUse(header.block(block).method(method).id, String(method.id))}:`,
        `    return ${api.method(method).execute}(${localNames.instance}, ${request});`,
      ]),
      'default:',
      '    return STATUS_WMI_ITEMID_NOT_FOUND;',
      '}',
    ],
  });
}

/** The function that answers a request for one method. */
export function executeFunction(method: Method, context: DataContext): CFunction {
  const { block, api: blockApi, records, driverModel } = context;
  const { names } = records;
  const { localNames } = names;
  const { request, status } = localNames;
  const api = blockApi.method(method);
  const header = names.header.block(block).method(method);
  const hasInput = method.input.items.length > 0;
  const hasOutput = method.output.items.length > 0;
  const walksInput = hasInput && isWalked(method.input);
  const walksOutput = hasOutput && isWalked(method.output);
  const commits = hasCommit(method);
  const copies = hasOutput && !walksOutput && hasPadding(method.output);
  const wanted = (record: Method['input'], struct: typeof api.input, name: string) => ({
    name,
    type: struct.type,
    bytes: structBytes(record, struct, names.structOf),
  });
  const locals = localStructs(
    {
      input: hasInput ? wanted(method.input, api.input, localNames.input) : undefined,
      output: hasOutput ? wanted(method.output, api.output, localNames.output) : undefined,
      copy: copies ? wanted(method.output, api.output, localNames.copy) : undefined,
    },
    `&${request}->Memory`,
    driverModel,
  );
  const { input, output, copy } = locals;
  const least = hasInput ? minimumSize(method.input, api.input, header.input, names) : undefined;
  const size = hasOutput ? wholeSize(method.output, api.output, header.output, names) : undefined;
  const call = callParts(method, api, names, { input: input.at, output: output.at });
  const commit = commitParts(method, api, names, { input: input.at, output: output.at });
  return staticFunction(api.execute, {
    comment: [`${commentText(method.name)}, WmiMethodId ${method.id}`],
    parameters: [
      `_In_ ${driverModel.instance} ${localNames.instance}`,
      `_Inout_ MOFGEN_REQUEST *${request}`,
    ],
    locals: [
      ...[input, output, copy].map(({ declaration }) => declaration).filter((each) => each !== ''),
      ...(walksInput ? [`MOFGEN_READER ${localNames.readerLocal};`] : []),
      ...(hasOutput || (walksInput && commits) ? [`NTSTATUS ${status};`] : []),
    ],
    body: [
      ...(hasInput || hasOutput ? [] : [...unreferenced([request]), '']),
      ...(least === undefined
        ? []
        : when(`${request}->InSize < ${least}`, ['return STATUS_INVALID_PARAMETER_MIX;'])),
      ...input.allocation,
      ...output.allocation,
      ...copy.allocation,
      ...(hasInput && !walksInput
        ? [
            `RtlCopyMemory(${input.pointer}, ${request}->Input, ${least ?? ''});`,
            ...normalizeLines(method.input, api.input, input.at, names, records.ofStructure),
          ]
        : []),
      ...(walksInput && commits
        ? [
            '// Copy the input: the output overwrites its buffer.',
            `${status} = MofgenRequestCopyInput(${request});`,
            ...unlessSuccess(status),
          ]
        : []),
      ...(walksInput
        ? [
            `MofgenReaderInitialize(&${localNames.readerLocal}, ${request}, STATUS_INVALID_PARAMETER_MIX);`,
            ...readRecordLines(
              records.of(method.input),
              input.at,
              `&${localNames.readerLocal}`,
              names,
            ),
            ...unlessSuccess(`${localNames.readerLocal}.Status`),
          ]
        : []),
      ...roomCheck(size, localNames),
      ...call.lines,
      ...answer(),
    ],
  });

  function answer(): string[] {
    if (!hasOutput) return [`return ${driverCall(api.call, call)};`];
    const code = records.of(method.output);
    const encode = encodeCall(code, output, localNames);
    const called = [`${status} = ${driverCall(api.call, call)};`, ...unlessSuccess(status)];
    if (commits) {
      return [
        ...called,
        `${status} = ${encode};`,
        ...unlessSuccess(status),
        // Not pending: the output is in the buffer, and the input with it is gone.
        `return ${driverCall(api.commit, commit, mapsFinalStatus(driverModel))};`,
      ];
    }
    if (walksOutput) return [...called, `return ${encode};`];
    const answered = { data: output, copy: copies ? copy : undefined };
    return [...called, ...fixedAnswer(code, answered, size, records)];
  }

  /** The driver's function, called with the instance and its parameters. */
  function driverCall(
    name: string,
    { parameters }: DriverCall,
    maps: string = mapsStatus(driverModel),
  ): string {
    const all = [localNames.instance, ...parameters.map(({ argument }) => argument)];
    return `${maps}(${name}(${all.join(', ')}), STATUS_UNSUCCESSFUL)`;
  }
}
