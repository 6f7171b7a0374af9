import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exampleMachine } from '../centre/testing/example-machine.ts';
import { describeInstance } from '../instance.ts';
import { QUIET } from '../progress.ts';
import { destroySite } from './deploy.ts';
import { siteDirectory } from './lab-site.ts';

describe('a site that cannot be synthesized', () => {
  let state: string;

  beforeEach(async () => {
    state = await mkdtemp(path.join(os.tmpdir(), 'zaibei-deploy-'));
  });

  afterEach(async () => {
    await rm(state, { recursive: true });
  });

  it(
    'is refused with the mistakes that cdktf was told, and where all of it stands',
    { timeout: 60_000 },
    async () => {
      const instance = describeInstance('broken', 29, state);
      await mkdir(siteDirectory(instance), { recursive: true });
      await writeFile(path.join(siteDirectory(instance), 'site.yaml'), 'kind: Sight\n');
      const { toolchain } = exampleMachine();
      const refusal = destroySite({ instance, toolchain, progress: QUIET });
      await expect(refusal).rejects.toThrow(/ZB-DOC-\d+[\s\S]*destroy\.log/);
      expect(await readFile(path.join(instance.directory, 'destroy.log'), 'utf8')).toContain('Sight');
    },
  );
});
