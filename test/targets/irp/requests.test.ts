// Whole requests, byte by byte: a generated driver that answers its IRPs itself does the same as the runtime's model of such a
// driver with the generated TypeScript of the same MOF, for any WNODE.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ntStatusName } from '../../../src/runtime/ntstatus.js';
import { type HostBuild, startHostBuild } from '../../c/host.js';
import { type Reply, type Request } from '../../c/requests/requests.js';
import { compilerWith } from '../../c/toolchain.js';
import { type GeneratedModule, importGenerated } from '../ts/generated-module.js';
import { buildReplay, modelDevice, replay, sendToModel } from './guest-model.js';
import { guestRequests, registrations } from './guest-requests.js';
import { guestMof } from './programs.js';
import { runs } from '../../effort.js';

const compiler = compilerWith('sanitizers', 'requests of drivers that answer IRPs themselves', [
  'gcc',
  'clang',
]);

/**
 * The part of an answer that the sender reads: its Information bytes, and all of a buffer that is not written to. After a
 * WNODE_TOO_SMALL, and after a failure, there may be data of instances that did fit.
 */
function read({ minor }: Request, { status, information, forwarded, buffer }: Reply) {
  const isWritten = [0, 1, 8, 9, 0x0b].includes(minor) && !forwarded;
  const bytes = isWritten ? buffer.slice(0, information) : buffer;
  return { status: ntStatusName(status), information, forwarded, bytes };
}

/** A WNODE of Information bytes, with zeros in place of the pointer to the PDO. */
function withoutPdo(reply: Reply): Reply {
  const bytes = Uint8Array.from(reply.buffer);
  const view = new DataView(bytes.buffer);
  const count = reply.information >= 24 ? view.getUint32(16, true) : 0;
  for (let index = 0; index < count; index += 1) {
    const at = 24 + index * 32;
    if ((view.getUint32(at + 16, true) & 0x20) !== 0) view.setBigUint64(at + 24, 0n, true);
  }
  return { ...reply, buffer: [...bytes] };
}

const seed = Number(process.env['MOFGEN_SEED'] ?? 20261129);

describe.skipIf(compiler === undefined)('whole requests', () => {
  let build: HostBuild;
  let program: string;
  let generated: GeneratedModule;

  beforeAll(async () => {
    build = await startHostBuild(compiler ?? 'gcc');
    generated = await importGenerated(guestMof, 'irp-guest', 'guest.mof');
    program = await buildReplay(build);
  }, 120_000);

  afterAll(() => {
    build.remove();
  });

  test('random WNODEs', { timeout: 300_000 }, async () => {
    const requests = guestRequests(generated.model, runs(60_000), seed);
    const device = modelDevice(generated);
    const seen = new Map<string, number>();
    for (const [index, reply] of (await replay(build, program, requests)).entries()) {
      const request = requests[index];
      if (request === undefined) continue;
      const want = sendToModel(device, request);
      const got = read(request, reply);
      expect({ index, request, ...got }).toEqual({ index, request, ...read(request, want) });
      const key = `${request.minor} ${got.status}${got.information === 56 ? ' too small' : ''}`;
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    // The random requests reach the answers that matter.
    for (const key of [
      '0 STATUS_SUCCESS',
      '0 STATUS_SUCCESS too small',
      '0 STATUS_BUFFER_TOO_SMALL',
      '0 STATUS_WMI_INSTANCE_NOT_FOUND',
      '1 STATUS_SUCCESS',
      '1 STATUS_SUCCESS too small',
      '1 STATUS_BUFFER_TOO_SMALL',
      '1 STATUS_INVALID_PARAMETER',
      '1 STATUS_INTEGER_OVERFLOW',
      '1 STATUS_INVALID_DEVICE_REQUEST',
      '1 STATUS_WMI_GUID_NOT_FOUND',
      '1 STATUS_WMI_INSTANCE_NOT_FOUND',
      '2 STATUS_SUCCESS',
      '2 STATUS_WMI_READ_ONLY',
      '2 STATUS_WMI_SET_FAILURE',
      '2 STATUS_WMI_GUID_NOT_FOUND',
      '2 STATUS_WMI_INSTANCE_NOT_FOUND',
      '2 STATUS_NOT_SUPPORTED',
      '3 STATUS_SUCCESS',
      '3 STATUS_WMI_READ_ONLY',
      '3 STATUS_WMI_SET_FAILURE',
      '3 STATUS_WMI_ITEMID_NOT_FOUND',
      '4 STATUS_SUCCESS',
      '4 STATUS_INVALID_PARAMETER',
      '6 STATUS_SUCCESS',
      '9 STATUS_SUCCESS',
      '9 STATUS_SUCCESS too small',
      '9 STATUS_INVALID_PARAMETER',
      '9 STATUS_INVALID_PARAMETER_MIX',
      '9 STATUS_WMI_ITEMID_NOT_FOUND',
      '10 STATUS_NOT_SUPPORTED',
    ]) {
      expect(seen.get(key) ?? 0, key).toBeGreaterThan(runs(60_000) / 6000);
    }
  });

  test('registration in every size', { timeout: 120_000 }, async () => {
    const requests = registrations(640);
    const device = modelDevice(generated);
    const sizes = new Set<number>();
    for (const [index, reply] of (await replay(build, program, requests)).entries()) {
      const request = requests[index];
      if (request === undefined) continue;
      const want = withoutPdo(sendToModel(device, request));
      const got = withoutPdo(reply);
      expect({ request, ...read(request, got) }).toEqual({ request, ...read(request, want) });
      sizes.add(got.information);
    }
    // None, the size that is needed, and all of it.
    expect(sizes.size).toBe(3);
  });
});
