/**
 * The names of the formats in which findings are told. Talk is for people and their tools' logs and goes to stderr; data is
 * one document for a program.
 */

export const TALK_FORMATS = ['pretty', 'text', 'msvs', 'github'] as const;
export const DATA_FORMATS = ['json', 'sarif'] as const;
export const REPORT_FORMATS = [...TALK_FORMATS, ...DATA_FORMATS] as const;

export type TalkFormat = (typeof TALK_FORMATS)[number];
export type DataFormat = (typeof DATA_FORMATS)[number];
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** Whether a format is a document for a program. */
export function isData(format: ReportFormat): format is DataFormat {
  return DATA_FORMATS.some((each) => each === format);
}
