// The driver's part of sensor-log.mof. This file is yours: mofgen wrote it once and never touches it again.

#include <ntddk.h>
#include <scsiwmi.h>

#include "sensor-log_wmi.h"

// ==== SensorLog ====

// What the driver has of one instance.
typedef struct _SENSOR_LOG_CONTEXT
{
    SensorLog_VALUES *Data;
    ULONGLONG Store[SENSOR_LOG_WMI_STORE_BYTES / sizeof(ULONGLONG)]; // where Data points into
} SENSOR_LOG_CONTEXT;

// Finds it. Yours looks into the device that DeviceContext is, for the instance with that InstanceIndex; until then all instances
// of all devices have these values.
static SENSOR_LOG_CONTEXT *
SensorLogGetContext(
    PSENSOR_LOG_WMI_INSTANCE Instance)
{
    static SENSOR_LOG_CONTEXT context;

    UNREFERENCED_PARAMETER(Instance);
    return &context;
}

// Initializes a new SensorLog instance, before it is registered with WMI.
_Use_decl_annotations_
NTSTATUS
SensorLogCreate(
    PSENSOR_LOG_WMI_INSTANCE Instance)
{
    SENSOR_LOG_CONTEXT *context = SensorLogGetContext(Instance);

    RtlZeroMemory(context, sizeof(*context));
    return SensorLogKeep(context->Store, sizeof(context->Store), &context->Data, NULL, NULL);
}

// Returns the current values of a SensorLog instance.
// What their pointers point to must stay valid until the call that asked for them returns, which no lock of the core sees
// to: nobody else may change it meanwhile.
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
// value in Data; what pointers there point to is gone when the call returns.
_Use_decl_annotations_
NTSTATUS
SensorLogSet(
    PSENSOR_LOG_WMI_INSTANCE Instance,
    const SensorLog_VALUES *Data,
    const SensorLog_CHANGED *Changed)
{
    SENSOR_LOG_CONTEXT *context = SensorLogGetContext(Instance);

    return SensorLogKeep(context->Store, sizeof(context->Store), &context->Data, Data, Changed);
}

// Takes the oldest samples out of the log.
// WmiMethodId 10, sensor-log.mof.
// Prepares the output and changes nothing. SensorLogDrainCommit runs after it, only if the output fits
// the caller's buffer. What the output points to must stay valid until the call that asked for it returns.
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

// Applies what SensorLogDrainPrepare has prepared. Changes are made here alone.
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

// Starts (Enable is TRUE) and stops the collection of SensorLog data: called for its first consumer, and after
// its last one.
_Use_decl_annotations_
NTSTATUS
SensorLogCollect(
    PVOID Device,
    BOOLEAN Enable)
{
    UNREFERENCED_PARAMETER(Device);
    UNREFERENCED_PARAMETER(Enable);

    return STATUS_SUCCESS;
}
