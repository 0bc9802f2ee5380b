// The pump itself: reads and writes its registers, without WMI.
#include "pump.h"

VOID
PumpInitialize(PUMP *Pump)
{
    KeInitializeSpinLock(&Pump->Lock);
    Pump->WantedSpeed = 0;
}

ULONG
PumpWantedSpeed(PUMP *Pump)
{
    KIRQL irql;
    ULONG speed;

    KeAcquireSpinLock(&Pump->Lock, &irql);
    speed = Pump->WantedSpeed;
    KeReleaseSpinLock(&Pump->Lock, irql);
    return speed;
}

ULONG
PumpSpeed(PUMP *Pump)
{
    // The pump is as fast as it is meant to be.
    return PumpWantedSpeed(Pump);
}

BOOLEAN
PumpSetSpeed(PUMP *Pump, ULONG Speed)
{
    KIRQL irql;

    if (Speed != 0 && (Speed < PUMP_LOWEST_SPEED || Speed > PUMP_HIGHEST_SPEED))
    {
        return FALSE;
    }
    KeAcquireSpinLock(&Pump->Lock, &irql);
    Pump->WantedSpeed = Speed;
    KeReleaseSpinLock(&Pump->Lock, irql);
    return TRUE;
}

ULONG
PumpBackwash(PUMP *Pump, ULONG Seconds)
{
    // Half the speed, a litre in a hundred turns.
    ULONG litresPerMinute = PumpWantedSpeed(Pump) / 2 / 100;

    return (ULONG)((ULONG64)litresPerMinute * Seconds / 60);
}
