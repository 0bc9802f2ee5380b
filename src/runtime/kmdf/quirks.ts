/**
 * Known defects of the real framework that the kmdf model reproduces on request. Each name describes the defect; with
 * the quirk off the model behaves correctly.
 */

/** All quirks, with the evidence in the runtime specification. All are off by default. */
export interface KmdfQuirks {
  /**
   * A second provider with a device's own GUID is "created" with STATUS_SUCCESS but never found
   * (docs/spec/runtime.md#kmdf-creation, rule 6).
   */
  readonly duplicateProviderAccepted: boolean;
  /**
   * A provider that could not be added, or was not linked, still lowers the device's GuidCount
   * (docs/spec/runtime.md#kmdf-creation, rules 6 and 7).
   */
  readonly failedProviderLowersGuidCount: boolean;
  /** QUERY_ALL_DATA in a tight buffer reports fewer bytes than it wrote (docs/spec/runtime.md#kmdf-query-all-data, rule 8). */
  readonly queryAllUnderReports: boolean;
  /** After an instance that did not fit, QUERY_ALL_DATA passes a stale data pointer (docs/spec/runtime.md#kmdf-query-all-data, rule 10). */
  readonly queryAllStalePointer: boolean;
  /**
   * With ContextSizeOverride, context queries report the sum of both sizes and read past the context
   * (docs/spec/runtime.md#kmdf-creation, rule 12).
   */
  readonly contextSizeSummed: boolean;
  /** EXECUTE_METHOD accepts a BufferUsed larger than the callback's room (docs/spec/runtime.md#kmdf-execute-method, rule 5). */
  readonly methodOutputUnchecked: boolean;
  /** SizeNeeded wraps at 32 bits instead of failing with STATUS_INTEGER_OVERFLOW (docs/spec/runtime.md#kmdf-query-all-data, rule 13). */
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
