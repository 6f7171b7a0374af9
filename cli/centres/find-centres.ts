import { KubeConfig } from '@kubernetes/client-node';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import type { Centre } from '../../operators/api/index.ts';
import { contextOf } from '../../operators/api/site/centre-context.ts';
import { requireSite } from '../../operators/api/site/load-site.ts';
import { SiteError } from '../../operators/api/site/site-error.ts';
import type { SiteModel } from '../../operators/api/site/site-model.ts';
import { CliError } from '../cli-error.ts';
import type { Say } from '../messages/say.ts';

/** Where a command looks for centres. */
export interface Whereabouts {
  /** Folder of the site. Absent: every context of the kubeconfig is asked. */
  readonly site?: string | undefined;
  readonly kubeconfig?: string | undefined;
}

/** A centre, and how it is reached. */
export interface CentreAccess {
  /** Name in the Topology; without a site, of the context. */
  readonly name: string;
  /** The centre as the site describes it. */
  readonly described?: Centre | undefined;
  readonly context: string;
  readonly kubeconfig: string;
}

/** The centres to ask, and the site that they are of, where one was given. */
export interface FoundCentres {
  readonly centres: readonly CentreAccess[];
  readonly site?: SiteModel | undefined;
}

/** @throws CliError when there is no kubeconfig, no context in it, or the site cannot be used */
export async function findCentres(
  { site: folder, kubeconfig }: Whereabouts,
  environment: NodeJS.ProcessEnv,
  say: Say,
): Promise<FoundCentres> {
  const file = kubeconfigFile(kubeconfig, environment, say);
  const contexts = contextsIn(file, say);
  if (folder === undefined) {
    if (contexts.length === 0) throw new CliError('ZB-CLI-001', say('noContexts', { file }));
    return { centres: contexts.map((context) => ({ name: context, context, kubeconfig: file })) };
  }
  const site = await readSite(folder, say);
  const centres = site.topology.spec.centres.map((described) => ({
    name: described.name,
    described,
    context: contextOf(site.site, described.name),
    kubeconfig: file,
  }));
  return { centres, site };
}

/** The file that kubectl would take: of a list, there may be one only. */
function kubeconfigFile(given: string | undefined, environment: NodeJS.ProcessEnv, say: Say): string {
  const named = given ?? environment['KUBECONFIG'] ?? environment['KUBE_CONFIG_PATH'];
  const stated = named === undefined || named === '' ? path.join(homedir(), '.kube/config') : named;
  const files = stated.split(path.delimiter).filter((file) => file !== '');
  const [file] = files;
  if (file === undefined || files.length > 1) throw new CliError('ZB-CLI-001', say('severalKubeconfigs'));
  if (!existsSync(file)) throw new CliError('ZB-CLI-001', say('noKubeconfig', { file }));
  return file;
}

function contextsIn(file: string, say: Say): string[] {
  const config = new KubeConfig();
  try {
    config.loadFromFile(file);
  } catch {
    // What a parser says may quote a line, and lines of this file are secrets.
    throw new CliError('ZB-CLI-001', say('unreadableKubeconfig', { file }));
  }
  return config.getContexts().map(({ name }) => name);
}

async function readSite(folder: string, say: Say): Promise<SiteModel> {
  try {
    return await requireSite(folder);
  } catch (error) {
    if (!(error instanceof SiteError)) throw error;
    throw new CliError('ZB-CLI-002', say('badSite', { folder, findings: error.message }), { cause: error });
  }
}
