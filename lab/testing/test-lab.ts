import { inject } from 'vitest';
import type { Machine } from '../centre/machine.ts';
import { type LabInstance, requireCentre } from '../instance.ts';
import { kubectl as runKubectl } from '../kubectl.ts';
import type { Toolchain } from '../toolchain/toolchain.ts';

/** The lab instance that all lab tests share, as its global set-up hands it over. */
export interface TestLab {
  readonly instance: LabInstance;
  readonly machines: readonly Machine[];
  readonly toolchain: Toolchain;
}

declare module 'vitest' {
  // Declared by vitest as an interface, to be added to.
  interface ProvidedContext {
    lab: TestLab;
  }
}

/** The running instance; each of its centres is ready when a test file begins, and must be when it ends. */
export function testLab(): TestLab {
  return inject('lab');
}

/** The machine that a centre of the running instance is. */
export function testMachine(name: string): Machine {
  const { instance, machines } = testLab();
  const machine = machines[requireCentre(instance, name).ordinal - 1];
  if (machine === undefined) throw new RangeError(`no machine for ${name}`);
  return machine;
}

/** Runs kubectl as administrator of a centre; resolves with what it printed on stdout. @param input its standard input */
export function kubectl(machine: Machine, args: readonly string[], input?: string): Promise<string> {
  return runKubectl(machine, args, { timeout: 90_000, ...(input === undefined ? {} : { input }) });
}

/** Applies objects in a centre. */
export async function apply(machine: Machine, ...objects: readonly object[]): Promise<void> {
  const list = { apiVersion: 'v1', kind: 'List', items: objects };
  await kubectl(machine, ['apply', '--filename=-'], JSON.stringify(list));
}
