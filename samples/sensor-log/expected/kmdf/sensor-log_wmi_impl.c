// The driver's part of sensor-log.mof. This file is yours: mofgen wrote it once and never touches it again.

#include <ntddk.h>
#include <wdf.h>

#include "sensor-log_wmi.h"

// ==== SensorLog ====

// The context of one instance, initially zeroed.
typedef struct _SENSOR_LOG_CONTEXT
{
    SensorLog_VALUES *Data;
} SENSOR_LOG_CONTEXT;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(SENSOR_LOG_CONTEXT, SensorLogGetContext)

static EVT_WDF_OBJECT_CONTEXT_DESTROY SensorLogEvtDestroy;

// Called when the last reference to an instance is released. WMI requests, and the functions that delete instances, release it at
// PASSIVE_LEVEL, where paged memory may be freed.
static VOID NTAPI
SensorLogEvtDestroy(
    WDFOBJECT Object)
{
    SensorLogFreeStored(&SensorLogGetContext(Object)->Data);
}

_Use_decl_annotations_
VOID
SensorLogAttributes(
    PWDF_OBJECT_ATTRIBUTES Attributes)
{
    WDF_OBJECT_ATTRIBUTES_SET_CONTEXT_TYPE(Attributes, SENSOR_LOG_CONTEXT);
    Attributes->EvtDestroyCallback = SensorLogEvtDestroy;
}

// Initializes a new SensorLog instance, before it is registered with WMI.
_Use_decl_annotations_
NTSTATUS
SensorLogCreate(
    WDFWMIINSTANCE Instance)
{
    SENSOR_LOG_CONTEXT *context = SensorLogGetContext(Instance);

    return SensorLogUpdateStored(&context->Data, NULL, NULL);
}

// Returns the current values of a SensorLog instance.
// Memory that its pointers refer to must stay valid until the request is complete.
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

// Makes all changes, or fails and makes none. Only members that are TRUE in Changed are valid in Data.
// Memory that its pointers refer to is freed when the request is complete.
_Use_decl_annotations_
NTSTATUS
SensorLogSet(
    WDFWMIINSTANCE Instance,
    const SensorLog_VALUES *Data,
    const SensorLog_CHANGED *Changed)
{
    SENSOR_LOG_CONTEXT *context = SensorLogGetContext(Instance);

    return SensorLogUpdateStored(&context->Data, Data, Changed);
}

// Takes the oldest samples out of the log.
// WmiMethodId 10, sensor-log.mof.
// Prepares the output and changes nothing. SensorLogDrainCommit is called after it, only if the output fits in
// the caller's buffer. Data that the output points to must stay valid until the request is complete.
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

// Makes the changes that SensorLogDrainPrepare prepared.
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

// Starts (Enable is TRUE) or stops the collection of SensorLog data. Called for the first consumer and after the last.
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
