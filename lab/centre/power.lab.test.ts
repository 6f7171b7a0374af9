import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { switchOff, switchOn } from '../commands/power.ts';
import { status } from '../commands/status.ts';
import { AGNHOST_IMAGE } from '../images/image-recipes.ts';
import { QUIET } from '../progress.ts';
import { apply, kubectl, testLab, testMachine } from '../testing/test-lab.ts';
import { findProcesses } from './processes.ts';

const { instance, machines } = testLab();
const remoteDr = testMachine('remote-dr');
const NAMESPACE = 'lab-power';

const podSchema = z.object({
  items: z.array(
    z.object({ status: z.object({ containerStatuses: z.array(z.object({ containerID: z.string() })) }) }),
  ),
});

/** Id of the one container that runs in the namespace. */
async function containerId(): Promise<string | undefined> {
  const text = await kubectl(remoteDr, [`--namespace=${NAMESPACE}`, 'get', 'pods', '--output=json']);
  return podSchema.parse(JSON.parse(text)).items[0]?.status.containerStatuses[0]?.containerID;
}

const sleeper = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'sleeper', namespace: NAMESPACE },
  spec: {
    selector: { matchLabels: { app: 'sleeper' } },
    template: {
      metadata: { labels: { app: 'sleeper' } },
      spec: {
        terminationGracePeriodSeconds: 0,
        containers: [{ name: 'main', image: AGNHOST_IMAGE, imagePullPolicy: 'Never', args: ['pause'] }],
      },
    },
  },
};

describe('a power cut', () => {
  test('ends everything in the centre at once, and nothing in the others; power brings objects and pods back', async () => {
    await apply(remoteDr, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } }, sleeper);
    await kubectl(remoteDr, [
      `--namespace=${NAMESPACE}`,
      'rollout',
      'status',
      'deployment/sleeper',
      '--timeout=60s',
    ]);
    const before = await containerId();

    expect(await switchOff(remoteDr, QUIET)).toBe(true);
    expect(findProcesses(remoteDr.centre.namespace)).toEqual([]);
    expect((await status(instance, machines)).centres.map((centre) => centre.state)).toEqual([
      'ready',
      'ready',
      'off',
    ]);
    expect(await switchOff(remoteDr, QUIET)).toBe(false);

    expect(await switchOn(remoteDr, QUIET)).toBe(true);
    expect((await status(instance, machines)).centres.map((centre) => centre.state)).toEqual([
      'ready',
      'ready',
      'ready',
    ]);
    // The API goes on showing the container from before for some seconds: what counts is another one.
    await expect.poll(containerId, { timeout: 60_000 }).not.toBe(before);
    await kubectl(remoteDr, [
      `--namespace=${NAMESPACE}`,
      'wait',
      'pods',
      '--all',
      '--for=condition=Ready',
      '--timeout=60s',
    ]);
    await kubectl(remoteDr, ['delete', 'namespace', NAMESPACE]);
  });
});
