// What TypeScript callbacks answer to the operations of vectors: the expectation that C has to meet.
import {
  type BufferResult,
  type WmiInstance,
  type WmiInstanceCallbacks,
} from '../../../src/runtime/callbacks.js';
import { ntSuccess } from '../../../src/runtime/ntstatus.js';
import { type Answer, type Operation } from './format.js';

/** What run.c fills buffers with. */
const FILL = 0xcc;

const none = new Uint8Array(0);

/** Runs an operation, with the effect it has; `absent` when there is no such callback. */
export function answerOf(
  callbacks: WmiInstanceCallbacks,
  instance: WmiInstance,
  operation: Operation,
): Answer | 'absent' {
  const {
    evtWmiInstanceQueryInstance: query,
    evtWmiInstanceSetInstance: set,
    evtWmiInstanceSetItem: setItem,
    evtWmiInstanceExecuteMethod: execute,
  } = callbacks;
  switch (operation.kind) {
    case 'query': {
      if (query === undefined) return 'absent';
      const memory = new Uint8Array(operation.room).fill(FILL);
      const result = query(instance, operation.room, memory, operation.room === 0 ? null : 0);
      return withOutput(result, memory);
    }
    case 'setInstance': {
      if (set === undefined) return 'absent';
      const memory = operation.bytes.slice();
      const { length } = memory;
      return { status: set(instance, length, memory, startOf(length)), ...noOutput };
    }
    case 'setItem': {
      if (setItem === undefined) return 'absent';
      const memory = operation.bytes.slice();
      const { length } = memory;
      const status = setItem(instance, operation.id, length, memory, startOf(length));
      return { status, ...noOutput };
    }
    case 'execute': {
      if (execute === undefined) return 'absent';
      const { id, bytes, room } = operation;
      const memory = new Uint8Array(Math.max(bytes.length, room)).fill(FILL);
      memory.set(bytes);
      const at = startOf(memory.length);
      return withOutput(execute(instance, id, bytes.length, room, memory, at), memory);
    }
    default:
      return operation satisfies never;
  }
}

const noOutput = { bufferUsed: 0, output: none };

const startOf = (size: number): number | null => (size === 0 ? null : 0);

function withOutput({ status, bufferUsed = 0 }: BufferResult, memory: Uint8Array): Answer {
  return { status, bufferUsed, output: ntSuccess(status) ? memory.slice(0, bufferUsed) : none };
}
