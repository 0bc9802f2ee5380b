// The driver's part of filter-pump.mof. mofgen wrote this file once as a skeleton; the code in the functions is ours.

#include "device.h"

// Below this, in litres per hour, the filter must be cleaned by hand.
#define LOWEST_FLOW 120u

static PUMP *
PumpOf(PFILTER_PUMP_WMI Wmi)
{
    return &CONTAINING_RECORD(Wmi, DEVICE, Wmi)->Pump;
}

_Use_decl_annotations_
PFILTER_PUMP_WMI
FilterPumpWmiFromDevice(
    PDEVICE_OBJECT DeviceObject)
{
    return &((DEVICE *)DeviceObject->DeviceExtension)->Wmi;
}

// ==== FilterPump ====

// The values are those of the pump: an instance needs no context of its own.
_Use_decl_annotations_
VOID
FilterPumpDelete(
    PFILTER_PUMP_WMI_INSTANCE Instance)
{
    UNREFERENCED_PARAMETER(Instance);
}

_Use_decl_annotations_
NTSTATUS
FilterPumpCreate(
    PFILTER_PUMP_WMI_INSTANCE Instance)
{
    UNREFERENCED_PARAMETER(Instance);
    return STATUS_SUCCESS;
}

// The values of an instance of FilterPump now.
_Use_decl_annotations_
NTSTATUS
FilterPumpQuery(
    PFILTER_PUMP_WMI_INSTANCE Instance,
    FilterPump *Data)
{
    PUMP *pump = PumpOf(Instance->Wmi);

    Data->Speed = PumpSpeed(pump);
    Data->WantedSpeed = PumpWantedSpeed(pump);
    Data->SpeedRange.Lowest = PUMP_LOWEST_SPEED;
    Data->SpeedRange.Highest = PUMP_HIGHEST_SPEED;
    return STATUS_SUCCESS;
}

// Makes all the changes and succeeds, or makes none and fails. Only members that are TRUE in Changed have a
// value in Data.
_Use_decl_annotations_
NTSTATUS
FilterPumpSet(
    PFILTER_PUMP_WMI_INSTANCE Instance,
    const FilterPump *Data,
    const FilterPump_CHANGED *Changed)
{
    if (Changed->WantedSpeed && !PumpSetSpeed(PumpOf(Instance->Wmi), Data->WantedSpeed))
    {
        return STATUS_WMI_SET_FAILURE;
    }
    return STATUS_SUCCESS;
}

// Runs the pump backwards to clean the filter.
// WmiMethodId 1
_Use_decl_annotations_
NTSTATUS
FilterPumpBackwash(
    PFILTER_PUMP_WMI_INSTANCE Instance,
    ULONG Seconds,
    ULONG *Litres)
{
    FilterPumpClogged clogged = {0};

    *Litres = PumpBackwash(PumpOf(Instance->Wmi), Seconds);
    if (Seconds > 0)
    {
        clogged.Flow = (ULONG)((ULONG64)*Litres * 3600 / Seconds);
        if (clogged.Flow < LOWEST_FLOW)
        {
            // An event without a consumer is no failure of the method.
            (VOID)FilterPumpCloggedFire(Instance->Wmi, &clogged);
        }
    }
    return STATUS_SUCCESS;
}
