/**
 * Rows P: bytes and values, on generated providers of random blocks and of blocks made for one rule.
 */
import { expect } from 'vitest';
import { STATUS_BUFFER_TOO_SMALL, STATUS_SUCCESS } from '../../src/runtime/ntstatus.js';
import { acceptedInstance, decode, encode } from '../targets/ts/reference-codec.js';
import { everyBlock, generatedRig, queryBytes } from './generated.js';
import { everyModel } from './model.js';
import { type Row } from './row.js';

const utf16 = (text: string): number[] => [...text].flatMap((unit) => [unit.charCodeAt(0), 0]);
const refused = 'STATUS_WMI_SET_FAILURE';
const headSize = 64;

export const codecRows: readonly Row[] = [
  {
    id: 'P1',
    condition: 'values of random blocks: encoded, decoded',
    expected: 'the bytes of the reference codec, and the value again',
    source: 'D data-on-the-wire 1',
    models: everyModel,
    run: (model) =>
      everyBlock(model, ({ codec }, { block, value }) => {
        const bytes = encode(block.items, value);
        expect([...codec.encode(value)]).toEqual(bytes);
        expect(codec.decode(Uint8Array.from(bytes))).toEqual(value);
      }),
  },
  {
    id: 'P2',
    condition: 'random blocks: input and output cut at every byte',
    expected: 'STATUS_WMI_SET_FAILURE or STATUS_BUFFER_TOO_SMALL, never thrown, nothing changed',
    source: 'M generated-providers 1',
    models: everyModel,
    run: (model) =>
      everyBlock(model, (rig, { block, value, bytes, wantedBytes }) => {
        const writable = block.items.some(({ access }) => access !== 'read-only');
        for (let length = 0; length < wantedBytes.length; length += 1) {
          const sent = wantedBytes.slice(0, length);
          // An array without a length takes the rest, so a shorter input is another value.
          if (acceptedInstance(block.items, value, sent) !== undefined) continue;
          rig.own.state = value;
          expect(rig.setInstance(sent)).toBe(writable ? refused : 'STATUS_WMI_READ_ONLY');
          expect(rig.own.state).toBe(value);
        }
        rig.own.state = value;
        for (let length = 0; length < bytes.length; length += 1) {
          expect(rig.query(headSize + length).status).toBe(STATUS_BUFFER_TOO_SMALL);
        }
        expect(rig.query(headSize + bytes.length).status).toBe(STATUS_SUCCESS);
      }),
  },
  {
    id: 'P3',
    condition: 'a string with an odd count, or a count past the end',
    expected: 'STATUS_WMI_SET_FAILURE',
    source: 'M generated-providers 6',
    models: everyModel,
    async run(model) {
      const { own, setItem, setInstance } = await generatedRig(model, 'Text');
      own.state = { Label: 'old' };
      for (const bytes of [[3, 0, 0x61, 0, 0x62], [4, 0, 0x61, 0], [0xff, 0xff], [2]]) {
        expect([setItem(1, bytes), setInstance(bytes)]).toEqual([refused, refused]);
      }
      expect(own.changes).toEqual([]);
    },
  },
  {
    id: 'P4',
    condition: 'an array count whose bytes pass the input, or 32 bits',
    expected: 'STATUS_WMI_SET_FAILURE',
    source: 'M generated-providers 6',
    models: everyModel,
    async run(model) {
      const { own, setInstance } = await generatedRig(model, 'Counted');
      own.state = { Count: 0, Samples: [] };
      for (const count of [
        [3, 0, 0, 0],
        [1, 0, 0, 0x80],
        [0xff, 0xff, 0xff, 0xff],
      ]) {
        expect(setInstance([...count, 1, 0, 2, 0])).toBe(refused);
      }
      expect(own.changes).toEqual([]);
      expect(setInstance([2, 0, 0, 0, 1, 0, 2, 0])).toBe('STATUS_SUCCESS');
    },
  },
  {
    id: 'P5',
    condition: 'the size of a string, empty ones too',
    expected: 'required = length + 2; less room is too small; a count, then the units without NUL',
    source: 'K kmdf-fired-events 5',
    models: everyModel,
    async run(model) {
      const rig = await generatedRig(model, 'Text');
      for (const text of ['', 'a', 'abc']) {
        rig.own.state = { Label: text };
        const required = headSize + 2 + text.length * 2;
        const short = rig.query(required - 1);
        expect(short).toMatchObject({ status: STATUS_BUFFER_TOO_SMALL, bufferSize: required });
        expect(rig.query(required).status).toBe(STATUS_SUCCESS);
        expect(queryBytes(rig)).toEqual([text.length * 2, 0, ...utf16(text)]);
      }
    },
  },
  {
    id: 'P6',
    condition: 'a datetime',
    expected: '25 UTF-16 units without a count; fewer bytes are refused, other lengths not written',
    source: 'D data-on-the-wire 5, M generated-providers 18',
    models: everyModel,
    async run(model) {
      const { own, codec, setItem } = await generatedRig(model, 'Stamped');
      const When = '20261121021500.123456+060';
      own.state = { When: '0'.repeat(25) };
      const bytes = utf16(When);
      expect([...codec.encode({ When })]).toEqual(bytes);
      expect(bytes).toHaveLength(50);
      expect(setItem(1, bytes.slice(0, 49))).toBe(refused);
      expect(setItem(1, bytes)).toBe('STATUS_SUCCESS');
      expect(own.state).toEqual({ When });
      expect(() => codec.encode({ When: `${When}0` })).toThrow('25');
    },
  },
  {
    id: 'P7',
    condition: 'an empty string',
    expected: 'two zero bytes',
    source: 'D data-on-the-wire 4',
    models: everyModel,
    async run(model) {
      const { codec, own, setItem } = await generatedRig(model, 'Text');
      expect([...codec.encode({ Label: '' })]).toEqual([0, 0]);
      own.state = { Label: 'old' };
      expect(setItem(1, [0, 0])).toBe('STATUS_SUCCESS');
      expect(own.state).toEqual({ Label: '' });
    },
  },
  {
    id: 'P8',
    condition: 'an embedded class',
    expected: 'aligned to its largest member',
    source: 'D data-on-the-wire 2',
    models: everyModel,
    async run(model) {
      const { codec } = await generatedRig(model, 'Nested');
      const value = { Before: 1, Within: { Small: 2, Large: 3n } };
      const bytes = [1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0];
      expect([...codec.encode(value)]).toEqual(bytes);
      expect(codec.decode(Uint8Array.from(bytes))).toEqual(value);
      await everyBlock(model, (rig, { block, wanted, wantedBytes }) => {
        expect(decode(block.items, wantedBytes)).toEqual(wanted);
        expect(rig.codec.decode(Uint8Array.from(wantedBytes))).toEqual(wanted);
      });
    },
  },
];
