// Our own wdf.h compiles after the driver headers of mingw-w64 and of the host, and has Microsoft's layouts.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hostFlags, hostIncludes } from './host.js';
import { availableCompilers, COMPILERS, compile } from './toolchain.js';

const compilers = availableCompilers('wdf.h', [
  'gcc',
  'clang',
  'mingw64-gcc',
  'mingw32-gcc',
  'mingw64-clang',
  'mingw32-clang',
]);

/** Sizes and offsets as documented for 64 and 32 bits: docs/spec/runtime.md#structures, and the record of the real structures' sizes. */
const text = `
#include <ntddk.h>
#include <wmistr.h>
#include <wmilib.h>
#include <wdf.h>

#define ON_64_OR_32(sixtyfour, thirtytwo) (sizeof(void *) == 8 ? (sixtyfour) : (thirtytwo))

C_ASSERT(sizeof(WDF_WMI_PROVIDER_CONFIG) == ON_64_OR_32(40, 32));
C_ASSERT(FIELD_OFFSET(WDF_WMI_PROVIDER_CONFIG, MinInstanceBufferSize) == 24);
C_ASSERT(sizeof(WDF_WMI_INSTANCE_CONFIG) == ON_64_OR_32(64, 32));
C_ASSERT(FIELD_OFFSET(WDF_WMI_INSTANCE_CONFIG, Register) == ON_64_OR_32(25, 13));
C_ASSERT(FIELD_OFFSET(WDF_WMI_INSTANCE_CONFIG, EvtWmiInstanceExecuteMethod) == ON_64_OR_32(56, 28));
C_ASSERT(sizeof(WDF_OBJECT_ATTRIBUTES) == ON_64_OR_32(56, 32));
C_ASSERT(sizeof(WMIREGGUIDW) == ON_64_OR_32(32, 28));
C_ASSERT(sizeof(ULONG) == 4 && sizeof(WCHAR) == 2 && sizeof(ULONGLONG) == 8 && sizeof(BOOLEAN) == 1);

typedef struct _FAN_CONTEXT {
    ULONG Speed;
} FAN_CONTEXT;

WDF_DECLARE_CONTEXT_TYPE(FAN_CONTEXT)
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(ULONG, GetUlong)

EVT_WDF_WMI_INSTANCE_QUERY_INSTANCE FanQuery;
EVT_WDF_WMI_INSTANCE_SET_INSTANCE FanSet;
EVT_WDF_OBJECT_CONTEXT_CLEANUP FanCleanup;
EVT_WDF_DRIVER_DEVICE_ADD FanDeviceAdd;

_Use_decl_annotations_
NTSTATUS NTAPI FanQuery(WDFWMIINSTANCE WmiInstance, ULONG OutBufferSize, PVOID OutBuffer, PULONG BufferUsed)
{
    PAGED_CODE();
    *BufferUsed = sizeof(ULONG);
    if (OutBufferSize < sizeof(ULONG)) {
        return STATUS_BUFFER_TOO_SMALL;
    }
    RtlCopyMemory(OutBuffer, &WdfObjectGet_FAN_CONTEXT(WmiInstance)->Speed, sizeof(ULONG));
    return STATUS_SUCCESS;
}

_Use_decl_annotations_
NTSTATUS NTAPI FanSet(WDFWMIINSTANCE WmiInstance, ULONG InBufferSize, PVOID InBuffer)
{
    UNREFERENCED_PARAMETER(WmiInstance);
    UNREFERENCED_PARAMETER(InBufferSize);
    UNREFERENCED_PARAMETER(InBuffer);
    return STATUS_WMI_SET_FAILURE;
}

_Use_decl_annotations_
VOID NTAPI FanCleanup(WDFOBJECT Object)
{
    WdfObjectGetTypedContext(Object, FAN_CONTEXT)->Speed = *GetUlong(Object);
}

_Use_decl_annotations_
NTSTATUS NTAPI FanDeviceAdd(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    static const GUID guid = {1, 2, 3, {4, 5, 6, 7, 8, 9, 10, 11}};
    DECLARE_CONST_UNICODE_STRING(mof, L"FanMof");
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_WMI_PROVIDER_CONFIG provider;
    WDF_WMI_INSTANCE_CONFIG config;
    WDFDEVICE device;
    WDFWMIINSTANCE instance;
    NTSTATUS status;
    UNREFERENCED_PARAMETER(Driver);
    status = WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &device);
    if (NT_SUCCESS(status)) {
        status = WdfDeviceAssignMofResourceName(device, &mof);
    }
    if (!NT_SUCCESS(status)) {
        return status;
    }
    WDF_WMI_PROVIDER_CONFIG_INIT(&provider, &guid);
    provider.Flags = WdfWmiProviderExpensive;
    provider.MinInstanceBufferSize = sizeof(ULONG);
    WDF_WMI_INSTANCE_CONFIG_INIT_PROVIDER_CONFIG(&config, &provider);
    config.EvtWmiInstanceQueryInstance = FanQuery;
    config.EvtWmiInstanceSetInstance = FanSet;
    config.Register = TRUE;
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, FAN_CONTEXT);
    attributes.EvtCleanupCallback = FanCleanup;
    return WdfWmiInstanceCreate(device, &config, &attributes, &instance);
}
`;

test.skipIf(compilers.length === 0)('there is a compiler', () => {
  expect(compilers).not.toEqual([]);
});

test.each(compilers)('a driver compiles with %s', async (compiler) => {
  const isHost = COMPILERS[compiler].system === 'host';
  const includes = isHost ? hostIncludes : [join(import.meta.dirname, 'include')];
  const flags = isHost ? hostFlags : [];
  for (const optimization of ['-O0', '-O2']) {
    const outcome = await compile({ compiler, text, includes, flags: [...flags, optimization] });
    expect(outcome).toEqual({ status: 0, output: '' });
  }
});

test.each(compilers)('the drivers of the self-test compile with %s', async (compiler) => {
  const isHost = COMPILERS[compiler].system === 'host';
  const outcome = await compile({
    compiler,
    files: ['gauge.c', 'gauge-kmdf.c', 'gauge-wmilib.c'].map((name) =>
      join(import.meta.dirname, 'selftest', name),
    ),
    includes: isHost ? hostIncludes : [join(import.meta.dirname, 'include')],
    flags: isHost ? hostFlags : [],
  });
  expect(outcome).toEqual({ status: 0, output: '' });
});

const x86 = availableCompilers('calling conventions of wdf.h', ['mingw32-gcc']);

test
  .runIf(x86.length > 0)
  .each(['NTSTATUS FanQuery', 'NTSTATUS FanSet', 'VOID FanCleanup', 'NTSTATUS FanDeviceAdd'])(
  '%s without its calling convention does not compile for x86',
  async (definition) => {
    const name = definition.replace(/.* /, '');
    const wrong = text.replace(definition.replace(' ', ' NTAPI '), definition);
    expect(wrong).not.toBe(text);
    const includes = [join(import.meta.dirname, 'include')];
    const { status, output } = await compile({ compiler: 'mingw32-gcc', text: wrong, includes });
    expect(status).toBe(1);
    expect(output).toMatch(new RegExp(`conflicting types for .${name}\\b`));
  },
);
