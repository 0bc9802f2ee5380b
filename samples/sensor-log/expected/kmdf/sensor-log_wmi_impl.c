// The driver's part of sensor-log.mof. This file is yours: mofgen wrote it once and never touches it again.

#include <ntddk.h>
#include <wdf.h>

#include "sensor-log_wmi.h"

// ==== SensorLog ====

// What one instance has. It starts as zeros.
typedef struct _SENSOR_LOG_CONTEXT
{
    SensorLog_VALUES *Data;
} SENSOR_LOG_CONTEXT;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(SENSOR_LOG_CONTEXT, SensorLogGetContext)

static EVT_WDF_OBJECT_CONTEXT_DESTROY SensorLogEvtDestroy;

static VOID NTAPI
SensorLogEvtDestroy(
    WDFOBJECT Object)
{
    SensorLogRelease(&SensorLogGetContext(Object)->Data);
}

_Use_decl_annotations_
VOID
SensorLogAttributes(
    PWDF_OBJECT_ATTRIBUTES Attributes)
{
    WDF_OBJECT_ATTRIBUTES_SET_CONTEXT_TYPE(Attributes, SENSOR_LOG_CONTEXT);
    Attributes->EvtDestroyCallback = SensorLogEvtDestroy;
}

// Gives a new instance of SensorLog its first values, before a consumer can see it.
_Use_decl_annotations_
NTSTATUS
SensorLogCreate(
    WDFWMIINSTANCE Instance)
{
    SENSOR_LOG_CONTEXT *context = SensorLogGetContext(Instance);

    return SensorLogKeep(&context->Data, NULL, NULL);
}

// The values of an instance of SensorLog now.
// What pointers in them point to has to stay until the request is over.
_Use_decl_annotations_
NTSTATUS
SensorLogQuery(
    WDFWMIINSTANCE Instance,
    SensorLog_VALUES *Data)
{
    SENSOR_LOG_CONTEXT *context = SensorLogGetContext(Instance);

    *Data = *context->Data;
    return STATUS_SUCCESS;
}

// Makes all the changes and succeeds, or makes none and fails. Only members that are TRUE in Changed have a
// value in Data; what pointers there point to is gone when the request is over.
_Use_decl_annotations_
NTSTATUS
SensorLogSet(
    WDFWMIINSTANCE Instance,
    const SensorLog_VALUES *Data,
    const SensorLog_CHANGED *Changed)
{
    SENSOR_LOG_CONTEXT *context = SensorLogGetContext(Instance);

    return SensorLogKeep(&context->Data, Data, Changed);
}

// Takes the oldest samples out of the log.
// WmiMethodId 10, sensor-log.mof.
// Prepares the output and changes nothing: what the output points to has to stay until the function
// SensorLogDrainCommit has run, which it does only if the output fits the caller's buffer.
_Use_decl_annotations_
NTSTATUS
SensorLogDrainPrepare(
    WDFWMIINSTANCE Instance,
    ULONG Limit,
    ULONG *Count,
    const LONG **Samples,
    UNICODE_STRING *Note)
{
    UNREFERENCED_PARAMETER(Instance);
    UNREFERENCED_PARAMETER(Limit);

    *Count = 0;
    *Samples = NULL;
    RtlZeroMemory(Note, sizeof(*Note));

    return STATUS_SUCCESS;
}

// Makes the effect of what SensorLogDrainPrepare has prepared: here, and only here, things change.
_Use_decl_annotations_
NTSTATUS
SensorLogDrainCommit(
    WDFWMIINSTANCE Instance,
    ULONG Limit,
    ULONG Count,
    const LONG *Samples,
    const UNICODE_STRING *Note)
{
    UNREFERENCED_PARAMETER(Instance);
    UNREFERENCED_PARAMETER(Limit);
    UNREFERENCED_PARAMETER(Count);
    UNREFERENCED_PARAMETER(Samples);
    UNREFERENCED_PARAMETER(Note);

    return STATUS_SUCCESS;
}

// Adds samples, as a test does.
// WmiMethodId 11, sensor-log.mof.
_Use_decl_annotations_
NTSTATUS
SensorLogInject(
    WDFWMIINSTANCE Instance,
    ULONG Count,
    const LONG *Samples)
{
    UNREFERENCED_PARAMETER(Instance);
    UNREFERENCED_PARAMETER(Count);
    UNREFERENCED_PARAMETER(Samples);

    return STATUS_SUCCESS;
}

// SensorLog is expensive to collect: told when its first consumer comes (Enable is TRUE) and when the
// last one has gone.
_Use_decl_annotations_
NTSTATUS
SensorLogCollect(
    WDFDEVICE Device,
    BOOLEAN Enable)
{
    UNREFERENCED_PARAMETER(Device);
    UNREFERENCED_PARAMETER(Enable);

    return STATUS_SUCCESS;
}
