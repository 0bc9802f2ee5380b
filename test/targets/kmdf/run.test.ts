// Generated KMDF providers at work on the host harness, under sanitizers: what the vectors of differential.test.ts do not
// reach. The C programs beside this file replace some of the skeleton's functions by their own.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyze, emit } from '../../../src/generate.js';
import { type HostBuild, startHostBuild } from '../../c/host.js';
import { compilerWith, run, sanitizerEnvironment } from '../../c/toolchain.js';

const compiler = compilerWith('sanitizers', 'generated KMDF drivers', ['gcc', 'clang']);
const here = import.meta.dirname;
const root = join(here, '../../..');

/** Emits a sample into a folder of the build, and gives the C files, without `replaced` functions in the user's file. */
function emitSample(build: HostBuild, name: string, replaced: readonly string[] = []): string[] {
  const path = join(root, 'samples', name, `${name}.mof`);
  const { value } = analyze(readFileSync(path), path, (included, from) => {
    const other = join(dirname(from), included);
    return { name: other, bytes: readFileSync(other) };
  });
  const folder = join(build.folder, name);
  mkdirSync(folder, { recursive: true });
  const files = emit(value, path, { targets: ['kmdf'] }).value;
  for (const file of files) {
    const text = file.owner === 'user' ? without(file.text, replaced) : file.text;
    writeFileSync(join(folder, file.name), text);
  }
  return files.filter((file) => file.name.endsWith('.c')).map((file) => join(folder, file.name));
}

/** A skeleton whose user has moved some functions elsewhere. */
function without(text: string, functions: readonly string[]): string {
  return functions.reduce((rest, name) => {
    const pattern = new RegExp(
      String.raw`_Use_decl_annotations_\nNTSTATUS\n${name}\([^{]*\{\n[\s\S]*?\n\}\n`,
    );
    expect(rest).toMatch(pattern);
    return rest.replace(pattern, '');
  }, text);
}

describe.runIf(compiler !== undefined)('on the host harness', () => {
  let build: HostBuild;
  beforeAll(async () => {
    if (compiler !== undefined) build = await startHostBuild(compiler);
  }, 120_000);
  afterAll(() => {
    build.remove();
  });

  test('sensor-log', { timeout: 120_000 }, async () => {
    const sources = emitSample(build, 'sensor-log', [
      'SensorLogDrainPrepare',
      'SensorLogDrainCommit',
      'SensorLogCollect',
    ]);
    const program = await build.build('sensor-log-program', {
      sources: [...sources, join(here, 'sensor-log.c')],
      includes: [join(build.folder, 'sensor-log')],
    });
    expect(program.output).toBe('');
    const { status, output } = await run(program.path, [], {
      env: sanitizerEnvironment(build.compiler),
    });
    expect(output).toBe('sensor-log: all fine\n');
    expect(status).toBe(0);
  });

  test('the binary MOF as a block', { timeout: 120_000 }, async () => {
    const sources = emitSample(build, 'door-light');
    const folder = join(build.folder, 'door-light');
    writeFileSync(join(folder, 'door-light_mof.x'), '0x46, 0x4f, 0x4d, 0x42, 0x07');
    writeFileSync(join(folder, 'program.c'), DYNAMIC_MOF);
    const program = await build.build('door-light-program', {
      sources: [...sources, join(folder, 'program.c')],
      includes: [folder, join(root, 'test/c/host')],
      defines: ['DOOR_LIGHT_WMI_DYNAMIC_MOF'],
    });
    expect(program.output).toBe('');
    const { status, output } = await run(program.path, [], {
      env: sanitizerEnvironment(build.compiler),
    });
    expect(output).toBe('');
    expect(status).toBe(0);
  });
});

/** Asks for MSWmi_MofData: two unused ULONGs, the size, the bytes. */
const DYNAMIC_MOF = `#include <ntddk.h>
#include <wdf.h>

#include "host.h"
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
    host_check(query(instance, 16, data, &used) == STATUS_BUFFER_TOO_SMALL && used == 17, "%u", used);
    host_check(query(instance, 17, data, &used) == STATUS_SUCCESS && used == 17, "%u", used);
    host_check(memcmp(data, "\\0\\0\\0\\0\\0\\0\\0\\0\\5\\0\\0\\0FOMB\\7", 17) == 0, "other bytes");
    host_wdf_remove(device);
    WdfObjectDelete(device);
    host_expect_nothing_left();
    return 0;
}
`;
