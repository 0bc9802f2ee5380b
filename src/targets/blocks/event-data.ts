/**
 * How the function that sends an event gets and encodes its data, for transports over blocks: small data of one size on the stack, any
 * other into a buffer of the driver.
 */
import { type DataBlock } from '../../model/model.js';
import { type ProviderNames } from '../provider/naming.js';

/** More bytes of an event than this come from a buffer of the driver. */
const MAX_EVENT_STACK_BYTES = 512;

export interface EventData {
  readonly hasData: boolean;
  /** The parameters for the data, and for the buffer where the driver gives it, as the header declares them and as the source defines them. */
  readonly declared: readonly string[];
  readonly parameters: readonly string[];
  /** The comment on the buffer in the declaration. */
  readonly doc: readonly string[];
  /** The buffer on the stack, under the name of a local variable. */
  readonly locals: (encoded: string) => readonly string[];
  /** The last arguments of the core's function: what writes the data, the data, the size of a buffer, and the buffer. */
  readonly sent: (encoded: string) => string;
}

export function eventData(event: DataBlock, names: ProviderNames): EventData {
  const { data, buffer, bufferSize } = names.localNames;
  const { values, functions } = names.block(event);
  const { size } = event.data.layout;
  const hasData = event.data.items.length > 0;
  const stackBytes =
    hasData && size !== undefined && size <= MAX_EVENT_STACK_BYTES ? size : undefined;
  const needsBuffer = hasData && stackBytes === undefined;
  return {
    hasData,
    declared: [
      ...(hasData ? [`_In_ const ${values.type} *${data}`] : []),
      ...(needsBuffer
        ? [`_In_ ULONG ${bufferSize}`, `_Out_writes_bytes_(${bufferSize}) PVOID ${buffer}`]
        : []),
    ],
    parameters: [
      ...(hasData ? [`const ${values.type} *${data}`] : []),
      ...(needsBuffer ? [`ULONG ${bufferSize}`, `PVOID ${buffer}`] : []),
    ],
    doc: needsBuffer
      ? ['Encodes the data into the buffer. Returns STATUS_BUFFER_TOO_SMALL when it does not fit.']
      : [],
    locals: (encoded) =>
      stackBytes === undefined
        ? []
        : [`ULONGLONG ${encoded}[${Math.ceil(stackBytes / 8)}]; // ${stackBytes} bytes`],
    sent: (encoded) => {
      if (!hasData) return 'NULL, NULL, 0, NULL';
      const room = needsBuffer ? `${bufferSize}, ${buffer}` : `sizeof(${encoded}), ${encoded}`;
      return `${functions.write}, ${data}, ${room}`;
    },
  };
}
