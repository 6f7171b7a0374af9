import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { KubeConfig, KubernetesObjectApi } from '@kubernetes/client-node';
import { z } from 'zod';
import { requireSite } from '../../operators/api/site/load-site.ts';
import { buildApp, objectsOf } from '../app.ts';
import { describeObject, type KubernetesObject } from '../render/kubernetes-object.ts';
import { DeployedCentre } from './deployed-centre.ts';
import { CENTRES } from './site-fixture.ts';
import { type, typeWell, type Typed } from './typed-command.ts';

/** The lab instance by which tests deploy for real. */
const INSTANCE = 'test';

/** The lab of that instance, as a person types it. */
const LAB = `node lab/main.ts --instance ${INSTANCE}`;

const environmentSchema = z.looseObject({
  ZAIBEI_SITE: z.string(),
  KUBECONFIG: z.string(),
  ZAIBEI_AUTHORITY: z.string(),
  CDKTF_OUTPUT: z.string(),
});

/** What a shell knows that has evaluated `npm run lab -- env`. */
type LabEnvironment = z.infer<typeof environmentSchema> & NodeJS.ProcessEnv;

const listSchema = z.object({
  items: z.array(
    z.looseObject({
      apiVersion: z.string(),
      kind: z.string(),
      metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
    }),
  ),
});

/**
 * A copy of the site of the lab instance `test` that a test may edit, and the commands that a person types to deploy it:
 * from the root of the repository, in a shell that has evaluated `npm run lab -- env`.
 */
export class DeployedSite {
  /** Folder of the copy. */
  readonly directory: string;
  /** How long operators are waited for: three probes of a dead peer, or a lease that nobody renews, on a busy machine. */
  readonly patience = { timeout: 120_000, interval: 500 };
  /** What every command has printed that was typed here, by the command. */
  readonly printed = new Map<string, string>();
  readonly #environment: LabEnvironment;

  private constructor(directory: string, environment: LabEnvironment) {
    this.directory = directory;
    this.#environment = { ...environment, ZAIBEI_SITE: directory };
  }

  /** Deploys the site of the instance for the first time, and copies it. */
  static async open(): Promise<DeployedSite> {
    // Without tenants: those that are about them bring them, after those that count what is there.
    await typeWell(`${LAB} start --tenants none`);
    const shell = await typeWell(`eval "$(${LAB} env)" && env -0`);
    const variables = shell.split('\0').map((line) => [line.split('=', 1)[0], line.replace(/^[^=]*=/, '')]);
    // The schema has checked those that are asked for; the others are what any environment is.
    const environment = environmentSchema.parse(Object.fromEntries(variables)) as LabEnvironment;
    const directory = await mkdtemp(path.join(os.tmpdir(), 'zaibei-deploy-'));
    await cp(environment.ZAIBEI_SITE, directory, { recursive: true });
    return new DeployedSite(directory, environment);
  }

  async close(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }

  /** Its centres, in the order of the topology. */
  get centres(): readonly DeployedCentre[] {
    return CENTRES.map((name) => this.centre(name));
  }

  /** One of its centres. */
  centre(name: string): DeployedCentre {
    return new DeployedCentre(this, name);
  }

  /** Folder of the lab instance. */
  get instanceFolder(): string {
    return path.dirname(this.#environment.KUBECONFIG);
  }

  /** Where Terraform leaves what it knows: its working folders, and the folder of its state. */
  get terraformFolders(): readonly string[] {
    return [this.#environment.CDKTF_OUTPUT, path.join(this.instanceFolder, 'terraform')];
  }

  /** Folder with certificate and key of the authority that signs for its sources. */
  get authorityFolder(): string {
    return this.#environment.ZAIBEI_AUTHORITY;
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

  /** Runs the command line of this project. @param command what follows `zaibei` */
  zaibei(command: string): Promise<Typed> {
    return this.#type(`node cli/main.ts ${command}`);
  }

  /** Runs kubectl on a centre. @param args as a shell reads them @returns what it printed @throws Error when it failed */
  kubectl(centre: string, args: string, input = ''): Promise<string> {
    return typeWell(`kubectl --context=${INSTANCE}-${centre} ${args}`, this.#environment, input);
  }

  /** @param centre the only centre whose stacks are written; empty: all of them */
  async #type(command: string, centre = ''): Promise<Typed> {
    const typed = await type(command, { ...this.#environment, ZAIBEI_CENTRES: centre });
    this.printed.set(command, (this.printed.get(command) ?? '') + typed.output);
    return typed;
  }

  /** Types a command of the lab. @returns what it printed on stdout @throws Error when it failed */
  lab(command: string): Promise<string> {
    return typeWell(`${LAB} ${command}`);
  }

  /** Pulls or plugs in a centre's power. */
  async power(state: 'on' | 'off', centre: string): Promise<void> {
    await this.lab(`power ${state} ${centre}`);
  }

  /** Cuts or heals the link between two centres. */
  async link(change: 'cut' | 'heal', a: string, b: string): Promise<void> {
    await this.lab(`link ${change} ${a} ${b}`);
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
    const found = await this.kubectl(
      centre,
      'get --filename=- --ignore-not-found --output=json',
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
    );
    const list = listSchema.parse(found === '' ? { items: [] } : JSON.parse(found));
    // The schema has checked what a description is made of.
    return new Map(list.items.map((item) => [describeObject(item as KubernetesObject), item]));
  }

  /** The client of the API server of a centre. */
  api(centre: string): KubernetesObjectApi {
    const config = new KubeConfig();
    config.loadFromFile(this.#environment.KUBECONFIG);
    config.setCurrentContext(`${INSTANCE}-${centre}`);
    return KubernetesObjectApi.makeApiClient(config);
  }
}
