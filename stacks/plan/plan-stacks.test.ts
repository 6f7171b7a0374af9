import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planStacks } from './plan-stacks.ts';

/** A stand-in for Terraform that does what the name of its folder says. */
const SCRIPT = `#!/bin/sh
case "$(basename "$PWD") $1" in
  old*init) printf '\\nError: Unsupported Terraform Core version\\n\\n  on cdk.tf.json line 1, in terraform:\\n' >&2; exit 1 ;;
  broken*init) echo 'Error: Failed to query available provider packages' >&2; exit 1 ;;
  changed*plan) echo '{"type":"planned_change","change":{"action":"create","resource":{"addr":"kubectl_manifest.namespace_tax"}}}'; exit 2 ;;
esac
exit 0
`;

describe('planStacks', () => {
  let directory: string;
  let terraform: string;

  beforeEach(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'zaibei-plan-'));
    terraform = path.join(directory, 'terraform');
    await writeFile(terraform, SCRIPT);
    await chmod(terraform, 0o755);
  });

  afterEach(async () => {
    await rm(directory, { recursive: true });
  });

  const stack = async (name: string, silent?: string) => {
    const own = await mkdtemp(path.join(directory, `${name}-`));
    return { name, directory: own, ...(silent !== undefined && { silent }) };
  };

  it('answers for every stack in the given order, and tells each as it comes', async () => {
    const told: string[] = [];
    const stacks = await Promise.all([stack('changed'), stack('same'), stack('broken')]);
    const plans = await planStacks(stacks, { terraform, jobs: 2, onPlan: (plan) => told.push(plan.stack) });
    expect(plans).toEqual([
      {
        stack: 'changed',
        result: 'planned',
        changes: [{ object: 'namespace tax', action: 'add', drifted: false }],
      },
      { stack: 'same', result: 'planned', changes: [] },
      {
        stack: 'broken',
        result: 'unknown',
        reason: 'terraform init: Failed to query available provider packages',
      },
    ]);
    expect(told.sort()).toEqual(['broken', 'changed', 'same']);
  });

  it('says that Terraform is too old', async () => {
    const [plan] = await planStacks([await stack('old')], { terraform, jobs: 1 });
    expect(plan).toMatchObject({
      result: 'unknown',
      reason: 'terraform init: Unsupported Terraform Core version',
    });
  });

  it('does not ask a centre that is known to be silent', async () => {
    const stacks = [await stack('broken', '10.90.0.1:6443 does not answer')];
    const plans = await planStacks(stacks, { terraform, jobs: 1 });
    expect(plans).toEqual([{ stack: 'broken', result: 'unknown', reason: '10.90.0.1:6443 does not answer' }]);
  });

  it('says that there is no Terraform', async () => {
    const stacks = [await stack('same')];
    const [plan] = await planStacks(stacks, { terraform: path.join(directory, 'none'), jobs: 1 });
    expect(plan).toMatchObject({ result: 'unknown' });
    expect(JSON.stringify(plan)).toContain('ENOENT');
  });
});
