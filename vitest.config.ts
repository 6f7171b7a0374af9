import { defineConfig } from 'vitest/config';

/**
 * Two kinds of tests. `unit` needs nothing but Node. `lab` runs against the real control planes of the
 * lab instance `test`, which its global set-up starts once and leaves clean; its files run one at a time,
 * because they share that instance.
 */
export default defineConfig({
  test: {
    reporters: ['default', './lab/testing/closing-line-reporter.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: ['**/*.lab.test.ts', 'node_modules/**', 'cdktf.out/**'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'lab',
          include: ['**/*.lab.test.ts'],
          exclude: ['node_modules/**', 'cdktf.out/**'],
          globalSetup: ['./lab/testing/instance.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
