// The driver's part of sensor-log.mof. This file is yours: mofgen wrote it once and never touches it again.

#include <ntddk.h>

#include "sensor-log_wmi.h"

// Returns the WMI state of a device. As written, it is at the start of the device extension: change it if yours is elsewhere.
_Use_decl_annotations_
PSENSOR_LOG_WMI
SensorLogWmiFromDevice(
    PDEVICE_OBJECT DeviceObject)
{
    return (PSENSOR_LOG_WMI)DeviceObject->DeviceExtension;
}

// ==== SensorLog ====

// The context of one instance, initially zeroed.
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

// Initializes a new SensorLog instance, before it is registered with WMI.
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
    return SensorLogUpdateStored(&context->Data, NULL, NULL);
}

// Frees the context of an instance. Also called after SensorLogCreate fails.
_Use_decl_annotations_
VOID
SensorLogDelete(
    PSENSOR_LOG_WMI_INSTANCE Instance)
{
    SENSOR_LOG_CONTEXT *context = SensorLogGetContext(Instance);

    if (context != NULL)
    {
        SensorLogFreeStored(&context->Data);
        SensorLogWmiFree(context);
    }
}

// Returns the current values of a SensorLog instance.
// Memory that its pointers refer to must stay valid until the request is complete.
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

// Makes all changes, or fails and makes none. Only members that are TRUE in Changed are valid in Data.
// Memory that its pointers refer to is freed when the request is complete.
_Use_decl_annotations_
NTSTATUS
SensorLogSet(
    PSENSOR_LOG_WMI_INSTANCE Instance,
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

// Makes the changes that SensorLogDrainPrepare prepared.
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

// Starts (Enable is TRUE) or stops the collection of SensorLog data. Called for the first consumer and after the last.
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
