import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Machine } from '../centre/machine.ts';
import { changeLink } from '../commands/link.ts';
import { switchOff, switchOn } from '../commands/power.ts';
import { execute } from '../execute.ts';
import { QUIET } from '../progress.ts';
import { call, PROBE_PORT, removeProbes, startProbes } from '../testing/probes.ts';
import { testLab, testMachine } from '../testing/test-lab.ts';
import { linkTo } from './link-names.ts';
import { namespaceFile } from './namespaces.ts';

const { instance, machines } = testLab();
const [production, localDr, remoteDr] = ['production', 'local-dr', 'remote-dr'].map(testMachine) as [
  Machine,
  Machine,
  Machine, // three names give three machines
];

const whole = { cut: false, bitsPerSecond: undefined, delay: undefined };

beforeAll(() => startProbes(machines));
afterAll(() => removeProbes(machines));
afterEach(async () => {
  await changeLink(instance, ['production', 'local-dr'], whole, QUIET);
  await changeLink(instance, ['production', 'remote-dr'], whole, QUIET);
});

/** Which pairs of centres reach each other, by the pods in them, in both directions. */
async function reachable(): Promise<string[]> {
  const pairs = machines.flatMap((from) =>
    machines.filter((to) => to !== from).map((to) => [from, to] as const),
  );
  const answers = await Promise.all(pairs.map(([from, to]) => call(from, to)));
  return pairs
    .filter((_, index) => answers[index] !== undefined)
    .map(([from, to]) => `${from.centre.name} → ${to.centre.name}`);
}

const ALL = [
  'production → local-dr',
  'production → remote-dr',
  'local-dr → production',
  'local-dr → remote-dr',
  'remote-dr → production',
  'remote-dr → local-dr',
];

describe('a link between two centres', () => {
  test('carries pods under their own addresses', async () => {
    const seen = await call(production, remoteDr);
    expect(seen?.split('.').slice(0, 3)).toEqual(production.centre.podCidr.split('.').slice(0, 3));
  });

  test('when cut, is cut for exactly its two centres, and carries again when healed', async () => {
    expect(await reachable()).toEqual(ALL);
    await changeLink(instance, ['local-dr', 'production'], { cut: true }, QUIET);
    expect(await reachable()).toEqual(ALL.filter((pair) => !/production → local|local-dr → prod/.test(pair)));
    await changeLink(instance, ['production', 'local-dr'], { cut: false }, QUIET);
    expect(await reachable()).toEqual(ALL);
  });

  test('when throttled, is so at both ends and no other link is', async () => {
    await changeLink(instance, ['production', 'remote-dr'], { bitsPerSecond: 20_000_000 }, QUIET);
    expect(await shape(production, remoteDr)).toMatch(/tbf .* rate 20Mbit/);
    expect(await shape(remoteDr, production)).toMatch(/tbf .* rate 20Mbit/);
    expect(await shape(production, localDr)).not.toContain('tbf');
    expect(await call(production, remoteDr)).toBeDefined();
    await changeLink(instance, ['production', 'remote-dr'], { bitsPerSecond: undefined }, QUIET);
    expect(await shape(production, remoteDr)).not.toContain('tbf');
  });

  test('when delayed, answers at least that much later, under the address of who really called', async () => {
    const delay = { roundTripMs: 150, ports: [PROBE_PORT] as [number] };
    await changeLink(instance, ['production', 'local-dr'], { delay }, QUIET);
    expect(await redirections(production)).toEqual(['lab-delay-2']);
    for (const [from, to] of [
      [production, localDr],
      [localDr, production],
    ] as const) {
      const started = performance.now();
      const seen = await call(from, to);
      // One round trip for the handshake, one for the question.
      expect(performance.now() - started).toBeGreaterThanOrEqual(2 * delay.roundTripMs);
      expect(seen?.split('.').slice(0, 3)).toEqual(from.centre.podCidr.split('.').slice(0, 3));
    }
    await changeLink(instance, ['production', 'local-dr'], { delay: undefined }, QUIET);
    expect(await redirections(production)).toEqual([]);
    expect(await redirections(localDr)).toEqual([]);
    expect(await call(production, localDr)).toBeDefined();
  });

  test('keeps its state over a power cut of one end', async () => {
    await changeLink(instance, ['production', 'local-dr'], { cut: true }, QUIET);
    await changeLink(instance, ['production', 'remote-dr'], { bitsPerSecond: 50_000_000 }, QUIET);
    await switchOff(production, QUIET);
    await switchOn(production, QUIET);
    expect(await shape(production, remoteDr)).toContain('rate 50Mbit');
    await startProbes([production]);
    expect(await call(production, localDr)).toBeUndefined();
    expect(await call(production, remoteDr)).toBeDefined();
  });

  test('is named by two different centres of the instance', async () => {
    await expect(changeLink(instance, ['production', 'moon'], { cut: true }, QUIET)).rejects.toThrow(
      'has no centre "moon"; it has production, local-dr, remote-dr',
    );
    await expect(changeLink(instance, ['production', 'production'], { cut: true }, QUIET)).rejects.toThrow(
      'production has no link to itself',
    );
  });
});

function shape(from: Machine, to: Machine): Promise<string> {
  const { namespace } = from.centre;
  return execute('tc', ['-netns', namespace, 'qdisc', 'show', 'dev', linkTo(to.centre)]);
}

/** The tables of the packet filter in a centre that lead connections to a delay proxy. */
async function redirections({ centre }: Machine): Promise<string[]> {
  const tables = await execute('nsenter', [
    `--net=${namespaceFile(centre.namespace)}`,
    'nft',
    'list',
    'tables',
  ]);
  return tables.match(/lab-delay-\d+/g) ?? [];
}
