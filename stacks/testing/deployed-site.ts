import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { KubeConfig, KubernetesObjectApi } from '@kubernetes/client-node';
import { z } from 'zod';
import { requireSite } from '../../operators/api/site/load-site.ts';
import { buildApp, objectsOf } from '../app.ts';
import { describeObject, type KubernetesObject } from '../render/kubernetes-object.ts';

/** How a command that was typed ended. */
export interface Typed {
  readonly exitCode: number;
  /** Both streams, in the order in which they were written. */
  readonly output: string;
}

/** The lab instance by which tests deploy for real. */
const INSTANCE = 'test';

const listSchema = z.object({
  items: z.array(
    z.looseObject({
      apiVersion: z.string(),
      kind: z.string(),
      metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
    }),
  ),
});

/** After this long a command is killed, in milliseconds. */
const DEADLINE = 600_000;

/**
 * A copy of the site of the lab instance `test` that a test may edit, and the commands that a person types to deploy it:
 * from the root of the repository, in a shell that has evaluated `npm run lab -- env`.
 */
export class DeployedSite {
  /** Folder of the copy. */
  readonly directory: string;
  readonly #kubeconfig: string;

  private constructor(directory: string, kubeconfig: string) {
    this.directory = directory;
    this.#kubeconfig = kubeconfig;
  }

  /** Deploys the site of the instance for the first time, and copies it. */
  static async open(): Promise<DeployedSite> {
    const started = await type(`node lab/main.ts --instance ${INSTANCE} start`);
    if (started.exitCode !== 0) throw new Error(started.output);
    const { output } = await inLab('printf "%s\\n" "$ZAIBEI_SITE" "$KUBECONFIG"');
    const [site = '', kubeconfig = ''] = output.trim().split('\n');
    const directory = await mkdtemp(path.join(os.tmpdir(), 'zaibei-deploy-'));
    await cp(site, directory, { recursive: true });
    return new DeployedSite(directory, kubeconfig);
  }

  async close(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }

  /** Deploys everywhere, or into one centre. */
  deploy(centre = ''): Promise<Typed> {
    return this.#type("cdktf deploy '*' --auto-approve", centre);
  }

  /** Takes everything away that a deployment brought, everywhere or in one centre. */
  destroy(centre = ''): Promise<Typed> {
    return this.#type("cdktf destroy '*' --auto-approve", centre);
  }

  diff(): Promise<Typed> {
    return this.#type('npm run --silent diff');
  }

  /** @param centre the only centre whose stacks are written; empty: all of them */
  #type(command: string, centre = ''): Promise<Typed> {
    return inLab(`ZAIBEI_SITE=${this.directory} ZAIBEI_CENTRES=${centre} ${command}`);
  }

  /** Pulls or plugs in a centre's power. */
  async power(state: 'on' | 'off', centre: string): Promise<void> {
    const { exitCode, output } = await type(
      `node lab/main.ts --instance ${INSTANCE} power ${state} ${centre}`,
    );
    if (exitCode !== 0) throw new Error(output);
  }

  /** Changes a document of the copy. @throws when `find` does not stand in it, because the test would then test nothing */
  async edit(file: string, find: string | RegExp, replacement: string): Promise<void> {
    const target = path.join(this.directory, file);
    const text = await readFile(target, 'utf8');
    const edited = text.replace(find, () => replacement);
    if (edited === text) throw new Error(`${file} has no ${String(find)}`);
    await writeFile(target, edited);
  }

  /** Everything that the copy, as it now is, would have in a centre. */
  async expected(centre: string): Promise<KubernetesObject[]> {
    return objectsOf(buildApp(await requireSite(this.directory)), centre);
  }

  /**
   * The objects of that kind and name as the API server of a centre has them, by their description; those that are not
   * there are left out. Read as they go over the wire: the models of the client leave fields out and rename some.
   */
  async live(centre: string, objects: readonly KubernetesObject[]): Promise<ReadonlyMap<string, unknown>> {
    const items = objects.map(({ apiVersion, kind, metadata: { name, namespace } }) => ({
      apiVersion,
      kind,
      metadata: { name, namespace },
    }));
    const { exitCode, output } = await inLab(
      `kubectl --context=${INSTANCE}-${centre} get --filename=- --ignore-not-found --output=json`,
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
    );
    if (exitCode !== 0) throw new Error(output);
    const list = listSchema.parse(output === '' ? { items: [] } : JSON.parse(output));
    // The schema has checked what a description is made of.
    return new Map(list.items.map((item) => [describeObject(item as KubernetesObject), item]));
  }

  /** The client of the API server of a centre. */
  api(centre: string): KubernetesObjectApi {
    const config = new KubeConfig();
    config.loadFromFile(this.#kubeconfig);
    config.setCurrentContext(`${INSTANCE}-${centre}`);
    return KubernetesObjectApi.makeApiClient(config);
  }
}

/** Types a command in a shell that knows the lab instance. @param input its standard input */
function inLab(command: string, input = ''): Promise<Typed> {
  return type(`eval "$(node lab/main.ts --instance ${INSTANCE} env)" && ${command}`, input);
}

function type(command: string, input = ''): Promise<Typed> {
  return new Promise((resolve, reject) => {
    const shell = spawn('/bin/sh', ['-c', command], {
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: DEADLINE,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
    });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    shell.stdout.on('data', collect);
    shell.stderr.on('data', collect);
    shell.once('error', reject);
    shell.once('close', (code) => {
      resolve({ exitCode: code ?? 1, output });
    });
    shell.stdin.end(input);
  });
}
