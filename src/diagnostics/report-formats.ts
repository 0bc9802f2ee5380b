/** The names of the formats of diagnostics. Text is for people and logs and goes to stderr; data is one document for a program. */

export const TEXT_FORMATS = ['pretty', 'text', 'msvs', 'github'] as const;
export const DATA_FORMATS = ['json', 'sarif'] as const;
export const REPORT_FORMATS = [...TEXT_FORMATS, ...DATA_FORMATS] as const;

export type TextFormat = (typeof TEXT_FORMATS)[number];
export type DataFormat = (typeof DATA_FORMATS)[number];
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** Whether a format is a document for a program. */
export function isData(format: ReportFormat): format is DataFormat {
  return DATA_FORMATS.some((each) => each === format);
}
