import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeInstance } from '../instance.ts';
import { stateDirectory } from '../instance-record.ts';
import { exchangeValues, LAB_SITE, siteDirectory, writeSite } from './lab-site.ts';

const topology = `# where the centres stand
spec:
  centres:
    - name: production # 生产中心
      apiServer: https://10.90.0.1:6443
      nodeCidrs: [10.90.0.1/32]
      podCidrs:
        - 10.91.1.0/24
`;

describe('site of a lab instance', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'zaibei-site-'));
    await mkdir(path.join(directory, 'config/zones'), { recursive: true });
    await writeFile(path.join(directory, 'config/zones/topology.yaml'), topology);
  });

  afterEach(async () => {
    await rm(directory, { recursive: true });
  });

  it('is config/lab itself for the instance that config/lab describes', () => {
    expect(siteDirectory(describeInstance('lab', 0, stateDirectory({})))).toBe(LAB_SITE);
  });

  it("is a copy with the instance's own addresses for any other instance, comments kept", async () => {
    const instance = describeInstance('test', 1, directory);
    await writeSite(instance, path.join(directory, 'config'));
    const site = siteDirectory(instance);
    expect(site).toBe(path.join(directory, 'test/site'));
    const text = await readFile(path.join(site, 'zones/topology.yaml'), 'utf8');
    expect(text).toContain('- name: production # 生产中心');
    expect(text).toContain('apiServer: https://10.92.0.1:6443');
    expect(text).toContain('10.92.0.1/32');
    expect(text).toContain('- 10.93.1.0/24');
    expect(text).not.toContain('10.90.');
  });

  it('exchanges whole values only, and never a key', () => {
    const values = new Map([['10.90.0.1', '10.92.0.1']]);
    expect(exchangeValues('10.90.0.1: 10.90.0.1\ntext: at 10.90.0.1\n', values)).toBe(
      '10.90.0.1: 10.92.0.1\ntext: at 10.90.0.1\n',
    );
  });
});
