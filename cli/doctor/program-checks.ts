import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import packageJson from '../../package.json' with { type: 'json' };
import { OLDEST_TERRAFORM } from '../../operators/api/layout/terraform-version.ts';
import type { Frame } from '../frame/command-frame.ts';
import { checkOf, type Check } from './check.ts';
import { isAtLeast } from './version-order.ts';

/** The oldest Node that runs this; of a later major version none does. */
const [OLDEST_NODE = ''] = /\d+\.\d+/.exec(packageJson.engines.node) ?? [];

/** How long a program may think about its version, in milliseconds. */
const PATIENCE = 10_000;

const versionSchema = z.object({ terraform_version: z.string() });

/** Looks at the programs of this machine. */
export async function programChecks({ say, environment }: Frame): Promise<Check[]> {
  const node = process.versions.node;
  const right = isAtLeast(node, OLDEST_NODE) && node.startsWith(`${OLDEST_NODE.split('.')[0] ?? ''}.`);
  const found = say(right ? 'versionFits' : 'versionOld', {
    name: 'node',
    version: node,
    least: OLDEST_NODE,
  });
  return [
    checkOf(say, 'here', 'Programs', { state: right ? 'ok' : 'wrong', what: found }),
    await terraformCheck({ say, environment }),
  ];
}

async function terraformCheck({ say, environment }: Pick<Frame, 'say' | 'environment'>): Promise<Check> {
  const stated = environment['TERRAFORM_BINARY_NAME'];
  const name = stated === undefined || stated === '' ? 'terraform' : stated;
  try {
    const { stdout } = await promisify(execFile)(name, ['version', '-json'], { timeout: PATIENCE });
    const { terraform_version: version } = versionSchema.parse(JSON.parse(stdout));
    const right = isAtLeast(version, OLDEST_TERRAFORM);
    const what = say(right ? 'versionFits' : 'versionOld', { name, version, least: OLDEST_TERRAFORM });
    return checkOf(say, 'here', 'Programs', { state: right ? 'ok' : 'wrong', what });
  } catch {
    return checkOf(say, 'here', 'Programs', { state: 'wrong', what: say('programMissing', { name }) });
  }
}
