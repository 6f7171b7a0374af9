import { Option, type Command } from 'commander';

/** Adds the options by which a command finds the centres. */
export function whereaboutsOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--site <folder>', 'folder of the site; absent: every context of the kubeconfig').env(
        'ZAIBEI_SITE',
      ),
    )
    .option('--kubeconfig <file>', 'contexts of the centres (default: KUBECONFIG, else ~/.kube/config)');
}
