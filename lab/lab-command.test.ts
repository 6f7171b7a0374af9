import { expect, test } from 'vitest';
import { labCommand } from './lab-command.ts';

test.each([
  ['lab', '', 'npm run lab'],
  ['lab', 'down', 'npm run lab -- down'],
  ['blue', '', 'npm run lab -- --instance blue'],
  ['blue', 'down', 'npm run lab -- --instance blue down'],
])('for instance "%s" the words "%s" are written `%s`', (instance, words, line) => {
  expect(labCommand(instance, words)).toBe(line);
});
