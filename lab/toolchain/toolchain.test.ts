import { expect, it } from 'vitest';

import { type ToolchainMachine } from './machine.ts';
import { requireToolchain } from './toolchain.ts';

it('a toolchain that is not complete is refused with all that is missing and how to get it, and nothing is built', async () => {
  const empty: ToolchainMachine = {
    env: {},
    find: () => Promise.resolve(undefined),
    readVersion: () => Promise.resolve(undefined),
    run: () => Promise.reject(new Error('nothing may be run to look')),
  };
  const refusal = await requireToolchain('/nonexistent/zaibei', empty).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(refusal).toMatchObject({ code: 'ZB-TOOL-001' });
  const message = String(refusal);
  expect(message).toContain('Run "node lab/prepare.mjs lab"');
  for (const part of [
    'Debian packages',
    'kubelet 1.',
    'OpenTofu 1.',
    'image zaibei/debian:1',
    'store of images',
  ]) {
    expect(message).toContain(`\n  - ${part}`);
  }
});
