// Generated KMDF providers, run on the host harness under sanitizers: what the vectors of differential.test.ts do not
// reach. The C programs in this folder replace some of the skeleton's functions.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { emit } from '../../../src/generate.js';
import { type HostBuild, startHostBuild } from '../../c/host.js';
import { compilerWith } from '../../c/toolchain.js';
import { modelOf } from '../ts/generated-module.js';
import { emitSample, runProgram } from '../provider/sample-program.js';

const compiler = compilerWith('sanitizers', 'generated KMDF drivers', ['gcc', 'clang']);
const here = import.meta.dirname;
const root = join(here, '../../..');

describe.runIf(compiler !== undefined)('on the host harness', () => {
  let build: HostBuild;
  beforeAll(async () => {
    if (compiler !== undefined) build = await startHostBuild(compiler);
  }, 120_000);
  afterAll(() => {
    build.remove();
  });

  test('sensor-log', { timeout: 120_000 }, async () => {
    const emitted = emitSample(build, 'kmdf', 'sensor-log', {
      replaced: ['SensorLogDrainPrepare', 'SensorLogDrainCommit', 'SensorLogCollect'],
    });
    await runProgram(build, emitted, join(here, 'sensor-log.c'), 'sensor-log: all fine\n');
  });

  test('the binary MOF as a block', { timeout: 120_000 }, async () => {
    const emitted = emitSample(build, 'kmdf', 'door-light');
    const { folder } = emitted;
    writeFileSync(join(folder, 'door-light_mof.x'), '0x46, 0x4f, 0x4d, 0x42, 0x07');
    writeFileSync(join(folder, 'mof-data.c'), DYNAMIC_MOF);
    await runProgram(build, emitted, join(folder, 'mof-data.c'), '', [
      'DOOR_LIGHT_WMI_DYNAMIC_MOF',
    ]);
  });

  test('many long texts', { timeout: 120_000 }, async () => {
    const folder = join(build.folder, 'texts');
    mkdirSync(folder);
    const files = emit(modelOf(TEXTS, 'texts.mof'), 'texts.mof', { targets: ['kmdf'] }).value;
    for (const { name, text } of files) writeFileSync(join(folder, name), text);
    const sources = files
      .filter(({ name }) => name.endsWith('.c'))
      .map(({ name }) => join(folder, name));
    writeFileSync(join(folder, 'program.c'), MANY_TEXTS);
    await runProgram(build, { folder, sources }, join(folder, 'program.c'), '');
  });
});

/** A block whose elements take much more in memory than a short one does in a buffer. */
const TEXTS = `[WMI, Dynamic, Provider("WMIProv"), guid("{0b7c3a52-1c0c-4f52-8d0a-9a40c9e3d1aa}")]
class Texts { [key, read] string InstanceName; [read] boolean Active;
  [WmiDataId(1), read, write, MaxLen(1000)] string Text[]; };`;

/** 64 KB and more of full slots, which is 70 of them; and as much memory as they take, not as short ones could. */
const MANY_TEXTS = `#include <ntddk.h>
#include <wdf.h>

#include "${join(root, 'test/c/host/host.h')}"
#include "texts_wmi.h"
#include <stdlib.h>

int main(void)
{
    static const GUID guid = TextsGuid;
    const ULONG count = 70;
    WDFDEVICE device = host_wdf_device();
    WDFWMIINSTANCE instance;
    const WDF_WMI_INSTANCE_CONFIG *config;
    UCHAR *bytes = calloc(count, 2002);
    UCHAR nothing;
    ULONG used = 0;
    NTSTATUS status = TextsWmiInitialize(device);
    host_check(NT_SUCCESS(status), "%s", host_status_name(status));
    host_wdf_start(device);
    instance = host_wdf_instance(device, &guid, 0);
    config = host_wdf_instance_config(instance);
    for (ULONG i = 0; i < count; i++) {
        bytes[i * 2002] = 0xd0;
        bytes[i * 2002 + 1] = 0x07;
        bytes[i * 2002 + 2] = (UCHAR)('a' + i % 20);
    }
    status = config->EvtWmiInstanceSetInstance(instance, count * 2002, bytes);
    host_check(status == STATUS_SUCCESS, "%s", host_status_name(status));
    status = config->EvtWmiInstanceSetItem(instance, 1, count * 2002, bytes);
    host_check(status == STATUS_SUCCESS, "%s", host_status_name(status));
    host_check(host_live_bytes() < 500000, "%zu bytes of pool", (size_t)host_live_bytes());
    status = config->EvtWmiInstanceQueryInstance(instance, 0, &nothing, &used);
    host_check(status == STATUS_BUFFER_TOO_SMALL && used == (count * 2002 + 15) / 16 * 16, "%u", used);
    free(bytes);
    host_wdf_remove(device);
    WdfObjectDelete(device);
    host_expect_nothing_left();
    return 0;
}
`;

/** Queries MSWmi_MofData: the unchanged bytes, and an aligned size when there is no room. */
const DYNAMIC_MOF = `#include <ntddk.h>
#include <wdf.h>

#include "${join(root, 'test/c/host/host.h')}"
#include "door-light_wmi.h"
#include <string.h>

int main(void)
{
    static const GUID guid = {0x05901221, 0xd566, 0x11d1, {0xb2, 0xf0, 0x00, 0xa0, 0xc9, 0x06, 0x29, 0x10}};
    WDFDEVICE device = host_wdf_device();
    WDFWMIINSTANCE instance;
    EVT_WDF_WMI_INSTANCE_QUERY_INSTANCE *query;
    UCHAR data[17];
    ULONG used = 0;
    NTSTATUS status = DoorLightWmiInitialize(device);
    host_check(NT_SUCCESS(status), "%s", host_status_name(status));
    host_wdf_start(device);
    instance = host_wdf_instance(device, &guid, 0);
    host_check(instance != NULL, "no such block");
    query = host_wdf_instance_config(instance)->EvtWmiInstanceQueryInstance;
    host_check(query(instance, 4, data, &used) == STATUS_BUFFER_TOO_SMALL && used == 16, "%u", used);
    host_check(query(instance, 5, data, &used) == STATUS_SUCCESS && used == 5, "%u", used);
    host_check(memcmp(data, "FOMB\\7", 5) == 0, "other bytes");
    host_wdf_remove(device);
    WdfObjectDelete(device);
    host_expect_nothing_left();
    return 0;
}
`;
