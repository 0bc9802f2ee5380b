/* The part of classpnp.h that the adapter needs, for the host: the declarations are those of mingw-w64's header. */
#ifndef MOFGEN_TEST_CLASSPNP_H
#define MOFGEN_TEST_CLASSPNP_H

#include <ntddk.h>

typedef enum _CLASSENABLEDISABLEFUNCTION { EventGeneration, DataBlockCollection } CLASSENABLEDISABLEFUNCTION;

typedef NTSTATUS(NTAPI *PCLASS_QUERY_WMI_REGINFO)(PDEVICE_OBJECT DeviceObject, ULONG *RegFlags, PUNICODE_STRING Name);

typedef NTSTATUS(NTAPI *PCLASS_QUERY_WMI_DATABLOCK)(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    ULONG GuidIndex,
    ULONG BufferAvail,
    PUCHAR Buffer);

typedef NTSTATUS(NTAPI *PCLASS_SET_WMI_DATABLOCK)(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    ULONG GuidIndex,
    ULONG BufferSize,
    PUCHAR Buffer);

typedef NTSTATUS(NTAPI *PCLASS_SET_WMI_DATAITEM)(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    ULONG GuidIndex,
    ULONG DataItemId,
    ULONG BufferSize,
    PUCHAR Buffer);

typedef NTSTATUS(NTAPI *PCLASS_EXECUTE_WMI_METHOD)(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    ULONG GuidIndex,
    ULONG MethodId,
    ULONG InBufferSize,
    ULONG OutBufferSize,
    PUCHAR Buffer);

typedef NTSTATUS(NTAPI *PCLASS_WMI_FUNCTION_CONTROL)(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    ULONG GuidIndex,
    CLASSENABLEDISABLEFUNCTION Function,
    BOOLEAN Enable);

typedef struct {
    GUID Guid;
    ULONG InstanceCount;
    ULONG Flags;
} GUIDREGINFO, *PGUIDREGINFO;

typedef struct _CLASS_WMI_INFO {
    ULONG GuidCount;
    PGUIDREGINFO GuidRegInfo;
    PCLASS_QUERY_WMI_REGINFO ClassQueryWmiRegInfo;
    PCLASS_QUERY_WMI_DATABLOCK ClassQueryWmiDataBlock;
    PCLASS_SET_WMI_DATABLOCK ClassSetWmiDataBlock;
    PCLASS_SET_WMI_DATAITEM ClassSetWmiDataItem;
    PCLASS_EXECUTE_WMI_METHOD ClassExecuteWmiMethod;
    PCLASS_WMI_FUNCTION_CONTROL ClassWmiFunctionControl;
} CLASS_WMI_INFO, *PCLASS_WMI_INFO;

NTSTATUS NTAPI ClassWmiCompleteRequest(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    NTSTATUS Status,
    ULONG BufferUsed,
    CCHAR PriorityBoost);

#endif
