// Every Windows name in emitted C is reserved: no macro of a header and no name of ours can be equal to it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { reservedName } from '../../../src/targets/c/reserved.js';

const root = join(import.meta.dirname, '../../..');

/** Functions, types, macros and statuses of the kernel, of KMDF and of WMILIB, as they are spelled. */
const OF_WINDOWS =
  /\b(?:STATUS_[A-Z_]+|(?:Rtl|Ex|Ke|Io|Ob|Wdf|Iof)[A-Z]\w+|Wmi(?:System|Complete|Fire)[A-Z]\w+|WMI(?:REG|LIB|GUID)[A-Z_]*|WDF[A-Z_]*|EVT_\w+|PFN_\w+|NT_[A-Z]+|POOL_\w+|MOFGEN_\w+|Mofgen\w+|P?UNICODE_STRING|PWCH|MAXULONG|PagedPool|NonPagedPool\w*|[A-Z]+_LEVEL|Irp[A-Z]\w+|IRP_\w+|P?(?:IRP|DEVICE_OBJECT)|_(?:In|Out|Inout|Outptr|Use|Must|IRQL)_\w*)\b/g;

function texts(...folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => readFileSync(join(root, folder, name), 'utf8')),
  );
}

test('every identifier of Windows that templates and views spell is reserved', () => {
  const code = texts(
    'templates/header',
    'templates/provider',
    'templates/kmdf',
    'templates/device',
    'templates/wdm',
    'templates/irp',
    'src/targets/provider',
    'src/targets/kmdf',
    'src/targets/device',
    'src/targets/wdm',
    'src/targets/irp',
  ).map((text) => text.replace(/\{\{[^}]*\}\}|\/\/.*|\/\*[\s\S]*?\*\/|\$\{[^}]*\}/g, ' '));
  const names = new Set(code.flatMap((text) => text.match(OF_WINDOWS) ?? []));
  // The suffixes of macros that belong to the file, such as FAN_WMI_MOF_RESOURCE.
  expect(names.size).toBeGreaterThan(80);
  expect([...names].filter((name) => reservedName(name) === undefined)).toEqual([]);
});
