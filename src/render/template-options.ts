/**
 * The one set of options that every template is compiled with, here and in the build.
 *
 * Views hold text that is already encoded for where it lands, so nothing is escaped; a name that a view lacks throws.
 */
export const TEMPLATE_OPTIONS = {
  noEscape: true,
  strict: true,
  knownHelpersOnly: true,
  preventIndent: true,
} as const;
