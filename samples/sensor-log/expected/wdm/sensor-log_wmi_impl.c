// The driver's part of sensor-log.mof. This file is yours: mofgen wrote it once and never touches it again.

#include <ntddk.h>

#include "sensor-log_wmi.h"

// Where the structure of a device is: at the start of the device extension, until you say otherwise.
_Use_decl_annotations_
PSENSOR_LOG_WMI
SensorLogWmiFromDevice(
    PDEVICE_OBJECT DeviceObject)
{
    return (PSENSOR_LOG_WMI)DeviceObject->DeviceExtension;
}

// ==== SensorLog ====

// What one instance has. It starts as zeros.
typedef struct _SENSOR_LOG_CONTEXT
{
    SensorLog_VALUES *Data;
} SENSOR_LOG_CONTEXT;

static inline SENSOR_LOG_CONTEXT *
SensorLogGetContext(
    PSENSOR_LOG_WMI_INSTANCE Instance)
{
    return (SENSOR_LOG_CONTEXT *)Instance->Context;
}

// Gives a new instance of SensorLog its first values, before a consumer can see it.
_Use_decl_annotations_
NTSTATUS
SensorLogCreate(
    PSENSOR_LOG_WMI_INSTANCE Instance)
{
    SENSOR_LOG_CONTEXT *context = (SENSOR_LOG_CONTEXT *)SensorLogWmiAllocate(sizeof(*context));

    if (context == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Instance->Context = context;
    return SensorLogKeep(&context->Data, NULL, NULL);
}

// Frees what SensorLogCreate has made of an instance, also when that has failed half-way.
_Use_decl_annotations_
VOID
SensorLogDelete(
    PSENSOR_LOG_WMI_INSTANCE Instance)
{
    SENSOR_LOG_CONTEXT *context = SensorLogGetContext(Instance);

    if (context != NULL)
    {
        SensorLogRelease(&context->Data);
        SensorLogWmiFree(context);
    }
}

// The values of an instance of SensorLog now.
// What pointers in them point to has to stay until the request is over.
_Use_decl_annotations_
NTSTATUS
SensorLogQuery(
    PSENSOR_LOG_WMI_INSTANCE Instance,
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
    PSENSOR_LOG_WMI_INSTANCE Instance,
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
    PSENSOR_LOG_WMI_INSTANCE Instance,
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
    PSENSOR_LOG_WMI_INSTANCE Instance,
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
    PSENSOR_LOG_WMI_INSTANCE Instance,
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
    PDEVICE_OBJECT Device,
    BOOLEAN Enable)
{
    UNREFERENCED_PARAMETER(Device);
    UNREFERENCED_PARAMETER(Enable);

    return STATUS_SUCCESS;
}
