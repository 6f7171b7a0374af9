/**
 * Enforces the NetworkPolicies of one centre of the lab; a real centre has a network plugin that does this. Runs inside the
 * centre, because it loads rules into its network namespace and reads the container runtime's notes in its folders. Give
 * it a start before there can be pods: the first thing it does is to shut the pod network off.
 */
import { Command } from 'commander';

import { execute } from '../execute.ts';
import { ATTACHMENTS_DIRECTORY, watchAttachments } from './attachments.ts';
import type { CentreFacts } from './centre-facts.ts';
import { Enforcer } from './enforcer.ts';

const options = new Command('node lab/netpol/main.ts')
  .description(
    'Enforces the NetworkPolicies of a centre with nftables, in the network namespace it is started in.',
  )
  .requiredOption('--kubeconfig <file>', 'how to reach the centre’s API server')
  .option('--context <name>', 'context of the kubeconfig; its current one unless given')
  .requiredOption('--pod-network <cidr>', 'the centre’s own pod network')
  .option(
    '--attachments <folder>',
    'where the container runtime notes attached networks',
    ATTACHMENTS_DIRECTORY,
  )
  .parse()
  .opts<{ kubeconfig: string; context?: string; podNetwork: string; attachments: string }>();

const stopped = new AbortController();
for (const name of ['SIGTERM', 'SIGINT'] as const) {
  process.once(name, () => {
    stopped.abort();
  });
}

const enforcer = new Enforcer({ podNetwork: options.podNetwork, load: loadRuleset, log });
await enforcer.close();

// Loaded only now: the Kubernetes client takes a while, and the pod network is to be shut off before.
const { watchCentre } = await import('./centre-watch.ts');
await Promise.all([
  watchCentre(options, stopped.signal, learn, log),
  watchAttachments(options.attachments, stopped.signal, (attachments) => {
    learn({ attachments });
  }),
]);
await enforcer.stop();

async function loadRuleset(ruleset: string): Promise<void> {
  await execute('nft', ['-f', '-'], { input: ruleset, timeout: 10_000 });
}

function learn(facts: Partial<CentreFacts>): void {
  enforcer.learn(facts);
}

function log(line: string): void {
  process.stderr.write(`${new Date().toISOString()} ${line}\n`);
}
