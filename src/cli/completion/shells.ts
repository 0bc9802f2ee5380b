/** The shells with a completion script. Separate from the scripts, so that the command line can list them without loading any. */
export const SHELLS = ['bash', 'zsh', 'fish', 'pwsh'] as const;
export type Shell = (typeof SHELLS)[number];
