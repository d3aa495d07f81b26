/**
 * Where a report comes from: at the foot of its page and in exports. Not part of report.json, which follows from the
 * bytes of the file alone.
 */
export interface Provenance {
  /** Name of the dataset, as its owner called it. */
  name: string;
  /** Name of the file; missing where it was read from a pipe. */
  filename?: string;
  /** Size of the file. */
  bytes: number;
  /** Digest of the file in hexadecimal digits. */
  sha256?: string;
  /** When the file was uploaded, in ISO 8601. */
  uploadedAt?: string;
  /** When the report was made, in ISO 8601. */
  processedAt?: string;
  /** Version of the product that made the page or export. */
  version: string;
}

/** `2026-05-31T09:15:00.123Z` as `2026-05-31 09:15:00 UTC`; other texts as they are. */
export const timeInWords = (time: string): string => time.replace(/^([\d-]{10})T([\d:]{8})(?:\.\d+)?Z$/, '$1 $2 UTC');
