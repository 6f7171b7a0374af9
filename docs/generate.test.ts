import { describe, expect, it } from 'vitest';
import { findStalePages } from './generate.ts';
import { GENERATORS } from './generators.ts';

describe('npm run generate', () => {
  it.each(GENERATORS)('has been run since the $name changed', async (generator) => {
    const stale = await findStalePages(generator);
    expect(stale.map((page) => page.path)).toEqual([]);
  });

  it('writes again a page that is missing or differs, and takes away one that nothing makes', async () => {
    const [overview, ...others] = (await GENERATORS[0]?.pages()) ?? [];
    const changed = { path: overview?.path ?? '', text: 'other text' };
    const missing = { path: 'docs/reference/api/no-such-page.md', text: 'text' };
    const generator = {
      name: 'test',
      folder: 'docs/reference/api',
      pages: () => [changed, missing, ...others.slice(1)],
    };
    expect(await findStalePages(generator)).toEqual([
      changed,
      missing,
      { path: others[0]?.path, text: null },
    ]);
  });
});
