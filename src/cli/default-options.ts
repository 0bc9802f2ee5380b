/** The default targets and output folder. */
export const DEFAULT_TARGETS: readonly string[] = ['ts'];
export const DEFAULT_OUTPUT = 'gen';
