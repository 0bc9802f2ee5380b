// The device extension.
#pragma once

#include "pump.h"

#include "filter-pump_wmi.h"

typedef struct _DEVICE
{
    FILTER_PUMP_WMI Wmi;
    PDEVICE_OBJECT Lower;
    PUMP Pump;
} DEVICE;
