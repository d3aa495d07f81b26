import { describe, expect, test } from 'vitest';
import { recordContent } from '../../../../../src/processing/formats/json/rows.ts';

const read = (text: string) => JSON.stringify(recordContent(Buffer.from(text)).fields);

describe('the members of a record', () => {
  test('have their own names, whatever names were read before', () => {
    // a parser that remembers names must not take one with an escape for one with a backslash
    for (const [before, text, fields] of [
      ['{"\\\\": 1}', '{"\\u0061": 2}', '[["a",2]]'],
      ['{"x": 0, "\\\\": 1}', '{"x": 0, "\\n": 2}', '[["x",0],["\\n",2]]'],
      ['{"y": 0, "a\\\\": 1}', '{"y": 0, "a\\t": 2}', '[["y",0],["a\\t",2]]'],
      ['{"z": {"\\\\": 1}}', '{"z": {"\\"": 2}}', '[["z",{"\\"":2}]]'],
    ] as const) {
      for (let i = 0; i < 3; i++) JSON.parse(before);
      expect(read(text)).toBe(fields);
      expect(read(before)).toBe(JSON.stringify(Object.entries(JSON.parse(before))));
    }
  });
  test('have numbers as they are written, beside names with escapes too', () => {
    expect(read('{"a\\u0062": 1.50, "c": [{"\\u0064": 1e2}]}')).toBe('[["ab",1.50],["c",[{"d":1e2}]]]');
  });
  test.each([
    ['twice in two spellings, the last holds', '{"\\u0061": 1, "b": 0, "a": 2, "\\u0061": 3}', '[["a",3],["b",0]]'],
    ['a name that looks like a stand-in', '{"\uffff0": 1, "\\u0061": 2}', '[["\uffff0",1],["a",2]]'],
    ['colons and escapes in values', '{"a": "x\\":", "b": ["\\u0061", "c:"]}', '[["a","x\\":"],["b",["a","c:"]]]'],
    ['of no prototype', '{"__proto__": {"\\u0061": 1}}', '[["__proto__",{"a":1}]]'],
  ])('%s', (_name, text, fields) => expect(read(text)).toBe(fields));
});
