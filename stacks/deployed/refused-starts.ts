import type { V1Pod } from '@kubernetes/client-node';
import { describe, expect, it, vi } from 'vitest';
import type { DeployedSite } from '../testing/deployed-site.ts';
import { CANARY_CENTRE, DOOMED } from '../testing/planted-canary.ts';

/** Pods of the operator that were started with something wrong, some while ago. */
export function refusedStarts(site: () => DeployedSite): void {
  describe('a pod of the operator', () => {
    it.each(DOOMED)('that has $wrong ends with $exitCode and one message', async (doomed) => {
      const { name, exitCode, code, says } = doomed;
      const centre = site().centre(CANARY_CENTRE);
      await vi.waitFor(async () => {
        const { status } = JSON.parse(await centre.kubectl(`get pod ${name} -o json`)) as V1Pod;
        expect(status?.containerStatuses?.[0]?.state?.terminated?.exitCode).toBe(exitCode);
      }, site().patience);
      const lines = (await centre.kubectl(`logs ${name}`)).trim().split('\n');
      const told = lines.map((line) => JSON.parse(line) as { level: string; message: string });
      const refusal = { level: 'error', code, message: expect.stringContaining(says) as string };
      expect(told.filter(({ level }) => level === 'error')).toEqual([expect.objectContaining(refusal)]);
      // That it starts, and once that it waits: whoever starts it again and again makes no noise in which that is lost.
      expect(told.length).toBeLessThanOrEqual(3);
    });
  });
}
