/*
 * The WMI interface of a device-specific module of MPIO: the structure DSM_WMILIB_CONTEXT and the functions that it names, as its
 * documentation has them. mingw-w64 has no such header, so nothing here was compared with one. It comes after <wmilib.h>.
 */
#ifndef MOFGEN_TEST_DSM_H
#define MOFGEN_TEST_DSM_H

typedef struct _DSM_IDS {
    ULONG Count;
    PVOID IdList[1];
} DSM_IDS, *PDSM_IDS;

typedef NTSTATUS (*DSM_QUERY_DATABLOCK)(
    PVOID DsmContext,
    PDSM_IDS DsmIds,
    PIRP Irp,
    ULONG GuidIndex,
    ULONG InstanceIndex,
    ULONG InstanceCount,
    PULONG InstanceLengthArray,
    ULONG BufferAvail,
    PUCHAR Buffer,
    PULONG DataLength,
    ...);

typedef NTSTATUS (*DSM_SET_DATABLOCK)(
    PVOID DsmContext,
    PDSM_IDS DsmIds,
    PIRP Irp,
    ULONG GuidIndex,
    ULONG InstanceIndex,
    ULONG BufferAvail,
    PUCHAR Buffer,
    ...);

typedef NTSTATUS (*DSM_EXECUTE_METHOD)(
    PVOID DsmContext,
    PDSM_IDS DsmIds,
    PIRP Irp,
    ULONG GuidIndex,
    ULONG InstanceIndex,
    ULONG MethodId,
    ULONG InBufferSize,
    PULONG OutBufferSize,
    PUCHAR Buffer,
    ...);

typedef struct _DSM_WMILIB_CONTEXT {
    ULONG GuidCount;
    PWMIGUIDREGINFO GuidList;
    DSM_QUERY_DATABLOCK QueryWmiDataBlock;
    DSM_SET_DATABLOCK SetWmiDataBlock;
    DSM_EXECUTE_METHOD ExecuteWmiMethod;
} DSM_WMILIB_CONTEXT, *PDSM_WMILIB_CONTEXT;

#endif
