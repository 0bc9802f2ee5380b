/**
 * The known defects of the real framework that the kmdf model repeats only when asked to. Each name says what goes
 * wrong; the model's sound behaviour is what happens with the quirk off.
 */

/** Every quirk, with its evidence in the runtime specification; all are off by default. */
export interface KmdfQuirks {
  /** A second provider with a device's own GUID is "created" with STATUS_SUCCESS but never found (9.1). */
  readonly duplicateProviderAccepted: boolean;
  /** A provider that could not be added, or was not linked, still lowers the device's GuidCount (9.1, 9.2). */
  readonly failedProviderLowersGuidCount: boolean;
  /** QUERY_ALL_DATA in a tight buffer reports fewer bytes than it wrote (3.2.8, 9.5). */
  readonly queryAllUnderReports: boolean;
  /** After a too-small instance QUERY_ALL_DATA hands out the old data pointer (9.4). */
  readonly queryAllStalePointer: boolean;
  /** With ContextSizeOverride, context queries report the sum of both sizes and read past the context (X15, 9.11). */
  readonly contextSizeSummed: boolean;
  /** EXECUTE_METHOD passes on a BufferUsed larger than the room that the callback had (3.6.5). */
  readonly methodOutputUnchecked: boolean;
  /** SizeNeeded wraps at 32 bits instead of failing with STATUS_INTEGER_OVERFLOW (9.7). */
  readonly sizeNeededWraps: boolean;
}

export const noKmdfQuirks: KmdfQuirks = {
  duplicateProviderAccepted: false,
  failedProviderLowersGuidCount: false,
  queryAllUnderReports: false,
  queryAllStalePointer: false,
  contextSizeSummed: false,
  methodOutputUnchecked: false,
  sizeNeededWraps: false,
};

export const allKmdfQuirks: KmdfQuirks = {
  duplicateProviderAccepted: true,
  failedProviderLowersGuidCount: true,
  queryAllUnderReports: true,
  queryAllStalePointer: true,
  contextSizeSummed: true,
  methodOutputUnchecked: true,
  sizeNeededWraps: true,
};
