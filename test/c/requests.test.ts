// Whole requests, byte by byte: the harness and the runtime core answer them alike, with the same driver on both.
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BoundBlock } from '../../src/runtime/bound-block.js';
import { createSystemControlIrp, type DriverModel } from '../../src/runtime/irp.js';
import { createKernel } from '../../src/runtime/kernel.js';
import { createKmdfDevice } from '../../src/runtime/kmdf/device.js';
import { WdfWmiProviderFlags } from '../../src/runtime/kmdf/types.js';
import { ntStatus, ntStatusName, STATUS_SUCCESS } from '../../src/runtime/ntstatus.js';
import { registerWmilibBlocks } from '../../src/runtime/wmilib/bind.js';
import { type HostBuild, startHostBuild } from './host.js';
import {
  arbitraryRequest,
  decodeReplies,
  encodeRequests,
  type Reply,
  type Request,
} from './requests/requests.js';
import { createGauge, gaugeGuids, gaugeSize } from './selftest/gauge.js';
import { compilerWith, runForBytes, sanitizerEnvironment } from './toolchain.js';
import { runs } from '../effort.js';

const compiler = compilerWith('sanitizers', 'whole requests', ['gcc', 'clang']);

/** The initial host_system_time. */
const now = 0x1dafedcba987654n;

/** The gauge's devices, as selftest/gauge-kmdf.c and gauge-wmilib.c make them. */
const devices: Readonly<Record<string, () => DriverModel>> = {
  kmdf: () => {
    const device = createKmdfDevice(createKernel({ clock: () => now }));
    const { gauge, note } = createGauge();
    const [gaugeGuid, noteGuid, alarmGuid] = gaugeGuids;
    for (const config of [
      { providerConfig: { guid: gaugeGuid, minInstanceBufferSize: gaugeSize }, ...gauge },
      { providerConfig: { guid: noteGuid }, ...note },
      { providerConfig: { guid: alarmGuid, flags: WdfWmiProviderFlags.eventOnly } },
    ]) {
      const { status } = device.wdfWmiInstanceCreate({ ...config, register: true });
      expect(status).toBe(STATUS_SUCCESS);
    }
    return device;
  },
  wmilib: () => {
    const { gauge, note, setReading } = createGauge();
    const named = [[gauge, gauge], [note], [{}]];
    const blocks = named.map((instances, block): BoundBlock => ({
      guid: gaugeGuids[block] ?? '',
      expensive: block === 1,
      eventOnly: block === 2,
      instances: instances.map((callbacks, index) => ({ name: String(index), callbacks })),
      control: (control, enable) => {
        setReading(block * 100 + (control === 'events' ? 10 : 0) + (enable ? 1 : 0));
        return STATUS_SUCCESS;
      },
    }));
    return registerWmilibBlocks(createKernel({ clock: () => now }), blocks);
  },
};

function send(device: DriverModel, request: Request): Reply {
  const { minor, guid, forAnotherDevice, status, information, buffer } = request;
  const providerId = forAnotherDevice ? 1n : device.deviceObject;
  const memory = buffer.slice();
  const irp = createSystemControlIrp(minor, providerId, guid, memory);
  irp.ioStatus.status = ntStatus(status);
  irp.ioStatus.information = information;
  const forwarded = device.dispatch(irp) === 'forwarded';
  return { ...irp.ioStatus, forwarded, buffer: [...memory] };
}

/** Readable where two differ. */
const shown = ({ status, ...rest }: Reply) => ({ status: ntStatusName(status), ...rest });

describe.skipIf(compiler === undefined)('whole requests', () => {
  let built: HostBuild;

  beforeAll(async () => {
    built = await startHostBuild(compiler ?? 'gcc');
  });

  afterAll(() => {
    built.remove();
  });

  test.each(Object.keys(devices))('%s answers as the runtime core does', async (model) => {
    const here = (...parts: string[]) => join(import.meta.dirname, ...parts);
    const { path, ...outcome } = await built.build(model, {
      sources: [
        here('requests/replay.c'),
        here(`requests/gauge-${model}.c`),
        here('selftest/gauge.c'),
        here(`selftest/gauge-${model}.c`),
      ],
    });
    expect(outcome).toEqual({ status: 0, output: '' });
    const requests = fc.sample(arbitraryRequest(gaugeGuids), runs(80_000));
    const { status, output, errors } = await runForBytes(path, [], {
      input: encodeRequests(requests),
      env: sanitizerEnvironment(compiler ?? 'gcc'),
    });
    expect({ status, errors }).toEqual({ status: 0, errors: '' });
    const device = devices[model]?.();
    const seen = new Map<string, number>();
    for (const [index, reply] of decodeReplies(output, requests).entries()) {
      const request = requests[index];
      if (request === undefined || device === undefined) continue;
      const want = send(device, request);
      expect({ index, request, ...shown(reply) }).toEqual({ index, request, ...shown(want) });
      const key = `${request.minor} ${ntStatusName(reply.status)}`;
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    // The random requests reach the answers that matter.
    for (const key of [
      '0 STATUS_SUCCESS',
      '1 STATUS_SUCCESS',
      '1 STATUS_INVALID_PARAMETER',
      '1 STATUS_WMI_GUID_NOT_FOUND',
      '1 STATUS_WMI_INSTANCE_NOT_FOUND',
      '2 STATUS_SUCCESS',
      '2 STATUS_WMI_READ_ONLY',
      '2 STATUS_WMI_SET_FAILURE',
      '3 STATUS_WMI_ITEMID_NOT_FOUND',
      '9 STATUS_SUCCESS',
      '9 STATUS_INVALID_PARAMETER',
      '9 STATUS_INVALID_PARAMETER_MIX',
      '10 STATUS_NOT_SUPPORTED',
    ]) {
      expect(seen.get(key) ?? 0, key).toBeGreaterThan(runs(80_000) / 8000);
    }
  });
});
