/* What a test defines so that vectors reach blocks without a transport. */
#ifndef MOFGEN_VECTORS_BLOCKS_ADAPTER_H
#define MOFGEN_VECTORS_BLOCKS_ADAPTER_H

#include "mofgen_wmi_blocks.h"

/* The blocks of the MOF file. */
extern const MOFGEN_BLOCKS *const vectors_blocks;

/* Initializes the first instances. */
NTSTATUS vectors_initialize(PVOID device);

#endif
