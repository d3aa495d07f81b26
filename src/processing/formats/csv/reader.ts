export { profileCsv as profile } from './profile.ts';
export { csvRows as rows } from './rows.ts';
