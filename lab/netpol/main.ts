import { CoreV1Api, KubeConfig, NetworkingV1Api } from '@kubernetes/client-node';
import { Command } from 'commander';

import { execute } from '../execute.ts';
import { ATTACHMENTS_DIRECTORY, watchAttachments } from './attachments.ts';
import { Enforcer } from './enforcer.ts';
import { watchResource } from './resource-watch.ts';

/*
 * Enforces the NetworkPolicies of one centre of the lab; a real centre has a network plugin that does this. Runs inside the
 * centre, because it loads rules into its network namespace and reads the container runtime's notes in its folders.
 */
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

function log(line: string): void {
  process.stderr.write(`${new Date().toISOString()} ${line}\n`);
}

async function loadRuleset(ruleset: string): Promise<void> {
  await execute('nft', ['-f', '-'], { input: ruleset, timeout: 10_000 });
}

const stopped = new AbortController();
for (const name of ['SIGTERM', 'SIGINT'] as const) {
  process.once(name, () => {
    stopped.abort();
  });
}
const { signal } = stopped;

const enforcer = new Enforcer({ podNetwork: options.podNetwork, load: loadRuleset, log });
await enforcer.close();

const config = new KubeConfig();
config.loadFromFile(options.kubeconfig);
if (options.context !== undefined) config.setCurrentContext(options.context);
const core = config.makeApiClient(CoreV1Api);
const networking = config.makeApiClient(NetworkingV1Api);
const onFailure = (error: unknown): void => {
  log(`will list again: ${error instanceof Error ? error.message : String(error)}`);
};

await Promise.all([
  watchAttachments(options.attachments, signal, (attachments) => {
    enforcer.learn({ attachments });
  }),
  watchResource(
    {
      config,
      path: '/api/v1/pods',
      list: () => core.listPodForAllNamespaces(),
      onChange: (pods) => {
        enforcer.learn({ pods });
      },
      onFailure,
    },
    signal,
  ),
  watchResource(
    {
      config,
      path: '/api/v1/namespaces',
      list: () => core.listNamespace(),
      onChange: (namespaces) => {
        enforcer.learn({ namespaces });
      },
      onFailure,
    },
    signal,
  ),
  watchResource(
    {
      config,
      path: '/apis/networking.k8s.io/v1/networkpolicies',
      list: () => networking.listNetworkPolicyForAllNamespaces(),
      onChange: (policies) => {
        enforcer.learn({ policies });
      },
      onFailure,
    },
    signal,
  ),
]);
await enforcer.stop();
