import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

test('every error of the lab has a code of its own', async () => {
  const files = ['./errors.ts', './state-errors.ts'].map((file) => new URL(file, import.meta.url));
  const source = (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('');
  const classes = source.match(/^export class \w+ extends LabError/gm) ?? [];
  const codes = [...source.matchAll(/code = '(ZB-LAB-\d{3})'/g)].map((match) => match[1]);
  expect(codes).toHaveLength(classes.length);
  expect(new Set(codes).size).toBe(codes.length);
});
