export { profileJson as profile } from './profile.ts';
export { jsonRows as rows } from './rows.ts';
