import path from 'node:path';
import { expect, it } from 'vitest';

import { machineFacts } from './machine-facts.mjs';

it('facts of a machine are found before anything of ours is there', () => {
  const root = path.resolve(import.meta.dirname, '../../..');
  const facts = machineFacts(root, '/nonexistent/cache/zaibei');
  expect(facts).toMatchObject({ nodeVersion: process.versions.node, isCacheEmpty: true, hasNpm: true });
  expect(facts.disks?.cache.directory).toBe('/nonexistent/cache/zaibei');
  expect(facts.disks?.cache.freeGibibytes).toBeGreaterThan(0);
});
