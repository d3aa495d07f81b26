import { expect, test } from 'vitest';
import { givenOptions, givenOptionsIn } from '../../../src/services/reading-options.ts';

test('nothing is said by null, and no options by {}', () => {
  expect(givenOptions(undefined)).toBeUndefined();
  expect(givenOptionsIn(' null ')).toBeUndefined();
  expect(givenOptionsIn(' {} ')).toBe('none');
  expect(givenOptionsIn('{"delimiter": ";"}\n')).toEqual({ delimiter: ';' });
});

test('a field that curl has cut at a semicolon says how to send it', () => {
  expect(() => givenOptionsIn('{"delimiter": "')).toThrow(
    '"options" is not JSON: it ends without a }. Send it by --form-string where curl sends it: ' +
      '-F ends a value at its first semicolon.',
  );
  expect(() => givenOptionsIn('delimiter')).toThrow('"options" is not JSON: write an object such as');
  expect(() => givenOptionsIn('{x}')).toThrow('"options" is not JSON: write an object such as');
});

test('a refusal calls options what the client does', () => {
  expect(() => givenOptions({ skip_rows: -1 })).toThrow('"skip_rows" must be a whole number');
  expect(() => givenOptions({ skip_rows: -1 }, () => 'skipRows')).toThrow(/^skipRows must be a whole number/);
});
