import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SiteModel } from '../operators/api/site/site-model.ts';
import {
  projectSite,
  reviewable,
  synthesizeSite,
  type SynthesizedStack,
} from './testing/synthesized-site.ts';

/** What a reviewer of a change sees first. `npx vitest run --project unit stacks/golden -u` writes the files anew. */
describe('golden files of the lab', () => {
  let model: SiteModel;
  let stacks: Map<string, SynthesizedStack>;

  beforeAll(async () => {
    model = await projectSite('lab');
    stacks = synthesizeSite(model);
  });

  it.each(['foundation', 'zone', 'control'])('show all of production-%s', async (stackClass) => {
    const name = `production-${stackClass}`;
    const stack = stacks.get(name);
    if (stack === undefined) throw new RangeError(name);
    const json = `${JSON.stringify(reviewable(stack, model.directory), undefined, 2)}\n`;
    await expect(json).toMatchFileSnapshot(`__golden__/lab/${name}.json`);
  });
});

describe('golden file of Fujian', () => {
  it('shows of every stack how much is in it, and by a digest whether it changed [T-09]', async () => {
    const model = await projectSite('fujian');
    const lines = [...synthesizeSite(model)].map(([name, stack]) => {
      const text = JSON.stringify(reviewable(stack, model.directory));
      const objects = Object.values(stack.resource).flatMap((resources) => Object.keys(resources));
      const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
      return `${name.padEnd(24)} ${String(objects.length).padStart(5)} objects  ${digest}`;
    });
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('__golden__/fujian/stacks.txt');
  });
});
