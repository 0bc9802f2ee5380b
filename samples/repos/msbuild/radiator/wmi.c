// The driver's WMI code, with the header that wmimofck wrote before and mofgen writes now.
#include <ntddk.h>
#include <wdf.h>

#include <initguid.h>
#include "RadiatorMof.h"

ULONG
RadiatorHoldInputSize(VOID)
{
    return sizeof(Hold_IN);
}
