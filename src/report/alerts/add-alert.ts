import type { Severity } from '../document.ts';
import type { AlertCode } from './table.ts';

/** Adds an alert about the column that is looked at. The sentence may begin with a small letter. */
export type AddAlert = (code: AlertCode, severity: Severity, message: string, numbers?: Record<string, number>) => void;
