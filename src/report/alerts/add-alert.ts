import type { Severity } from '../document.ts';
import type { AlertCode } from './table.ts';

/** Adds an alert about the column in hand. The first letter of the sentence is capitalised. */
export type AddAlert = (code: AlertCode, severity: Severity, message: string, numbers?: Record<string, number>) => void;
