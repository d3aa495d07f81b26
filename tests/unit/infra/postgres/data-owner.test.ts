import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SettingError } from '../../../../src/core/errors.ts';
import { takeDataFolder } from '../../../../src/infra/postgres/data-owner.ts';
import { beginningOf } from '../../../../src/infra/postgres/processes.ts';

let folder: string;
const file = () => join(folder, 'owner.json');
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dataset-reports-owner-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a folder is taken once, and again when it was given back', () => {
  const giveBack = takeDataFolder(folder, 'x');
  expect(() => takeDataFolder(folder, 'x')).toThrow(SettingError);
  giveBack();
  expect(readdirSync(folder)).toEqual([]);
  takeDataFolder(folder, 'x')();
});

test('the sentence names the setting and the process', () => {
  writeFileSync(file(), JSON.stringify({ pid: process.ppid, began: beginningOf(process.ppid) }));
  expect(() => takeDataFolder(folder, '/data')).toThrow(
    new RegExp(`^DATA_DIR=/data is in use by another process \\(pid ${process.ppid}\\)`),
  );
});

test.each([
  ['a process that has its id again', () => JSON.stringify({ pid: process.ppid, began: 'an earlier time' })],
  ['a process that has ended', () => JSON.stringify({ pid: 2 ** 22 + 1, began: 'any' })],
  ['an owner that cannot be read', () => '{"pid":'],
  ['an empty file', () => ''],
])('%s does not keep the folder', (_, text) => {
  writeFileSync(file(), text());
  const giveBack = takeDataFolder(folder, 'x');
  expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual({ pid: process.pid, began: beginningOf(process.pid) });
  expect(readdirSync(folder)).toEqual(['owner.json']);
  giveBack();
});

test("an owner gives back its own folder only, not the next owner's", () => {
  const giveBack = takeDataFolder(folder, 'x');
  writeFileSync(file(), '{"pid":1,"began":"another"}');
  giveBack();
  expect(readFileSync(file(), 'utf8')).toBe('{"pid":1,"began":"another"}');
});
