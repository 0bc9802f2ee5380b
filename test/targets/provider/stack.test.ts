// Which structures of a function are on the kernel stack, and which in the memory of the request, by their bytes together.
import { expect, test } from 'vitest';
import { type DriverModel } from '../../../src/targets/provider/driver-model.js';
import { localStructs } from '../../../src/targets/provider/c-function.js';

const struct = (name: string, bytes: number) => ({ name, type: name.toUpperCase(), bytes });

const ON_STACK = { declaration: 'A a = {0};', at: 'a.', pointer: '&a', value: 'a', allocation: [] };
const IN_MEMORY = {
  declaration: 'A *a;',
  at: 'a->',
  pointer: 'a',
  value: '*a',
  allocation: [
    'a = (A *)MofgenMemoryAllocate(&Request->Memory, sizeof(*a));',
    'if (a == NULL)',
    '{',
    '    return STATUS_INSUFFICIENT_RESOURCES;',
    '}',
  ],
};

test.each([
  ['a pageable driver', {}, [256], false],
  ['a pageable driver', {}, [257], true],
  ['a pageable driver', {}, [128, 128], false],
  ['a pageable driver', {}, [128, 129], true],
  ['a driver with memory of its own', { callerMemory: true }, [896], false],
  ['a driver with memory of its own', { callerMemory: true }, [448, 449], true],
])(
  '%s %j: %j bytes are in memory of the request: %j',
  (_who, model, [first = 0, second], isOff) => {
    const { a, b } = localStructs(
      { a: struct('a', first), b: second === undefined ? undefined : struct('b', second) },
      '&Request->Memory',
      model as DriverModel,
    );
    expect(a).toEqual(isOff ? IN_MEMORY : ON_STACK);
    expect(b.declaration === '').toBe(second === undefined);
  },
);
