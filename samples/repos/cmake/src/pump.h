// The pump itself: reads and writes its registers, without WMI.
#pragma once

#include <ntddk.h>

#define PUMP_LOWEST_SPEED 600u
#define PUMP_HIGHEST_SPEED 3000u

// Simulates the registers of the device, which this sample does not have.
typedef struct _PUMP
{
    KSPIN_LOCK Lock;
    ULONG WantedSpeed; // turns per minute; 0 is off
} PUMP;

VOID PumpInitialize(PUMP *Pump);
ULONG PumpSpeed(PUMP *Pump);
ULONG PumpWantedSpeed(PUMP *Pump);

// FALSE for a speed that the pump does not have; nothing changes then.
BOOLEAN PumpSetSpeed(PUMP *Pump, ULONG Speed);

// The litres that go through the filter in so many seconds of running backwards.
ULONG PumpBackwash(PUMP *Pump, ULONG Seconds);
