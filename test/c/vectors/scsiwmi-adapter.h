/* What a test defines so that vectors reach a miniport. */
#ifndef MOFGEN_VECTORS_SCSIWMI_ADAPTER_H
#define MOFGEN_VECTORS_SCSIWMI_ADAPTER_H

#include "mofgen_wmi_scsi.h"

/* Prepares the adapter with this working memory. */
NTSTATUS vectors_initialize(PVOID extension, ULONG size, PVOID memory);

/* The structure of the prepared adapter. */
MOFGEN_SCSI_WMI *vectors_wmi(VOID);

#endif
