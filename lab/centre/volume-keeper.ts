import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { ApiRequest, ApiServer } from './api-server.ts';
import type { Machine } from './machine.ts';
import {
  type ClaimName,
  planVolumes,
  STORAGE_CLASS,
  type VolumeAction,
  type VolumeFolder,
  volumeManifest,
  type VolumeObject,
} from './volumes.ts';

const VOLUMES = '/api/v1/persistentvolumes';

const claimSchema = z.object({ namespace: z.string(), name: z.string() });

const volumeListSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      spec: z.object({ storageClassName: z.string().optional(), claimRef: claimSchema.optional() }),
      status: z.object({
        phase: z.enum(['Pending', 'Available', 'Bound', 'Released', 'Failed']).default('Pending'),
      }),
    }),
  ),
});

/** How often the volume keeper looks, and until when. */
interface LookOptions {
  readonly everyMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Keeps volumes of the class `lab` available in its centre; see {@link planVolumes} for the rules. */
export class VolumeKeeper {
  readonly #machine: Machine;
  readonly #api: Pick<ApiServer, 'send'>;
  /** Remembers whose data is in which folder, so that it is known even when etcd is lost. */
  readonly #claimsFile: string;
  #claims: Record<string, ClaimName> = {};

  constructor(machine: Machine, api: Pick<ApiServer, 'send'>) {
    this.#machine = machine;
    this.#api = api;
    this.#claimsFile = path.join(machine.paths.volumes, 'claims.json');
  }

  /** Looks every two seconds, for as long as the centre has power; what goes wrong is told and tried again. */
  async run({ everyMs = 2_000, signal }: LookOptions = {}): Promise<never> {
    let recalled = false;
    for (;;) {
      try {
        // Until it is known whose data is where, no volume is offered: one could be somebody's.
        if (!recalled) await this.#recall();
        recalled = true;
        await this.#look();
      } catch (error) {
        process.stderr.write(`volume keeper: ${String(error)}\n`);
      }
      await pause(everyMs, undefined, { signal });
    }
  }

  async #recall(): Promise<void> {
    await mkdir(this.#machine.paths.volumes, { recursive: true, mode: 0o755 });
    if (!existsSync(this.#claimsFile)) return;
    const text = await readFile(this.#claimsFile, 'utf8');
    try {
      this.#claims = z.record(z.string(), claimSchema).parse(JSON.parse(text));
    } catch (cause) {
      throw new Error(`${this.#claimsFile} cannot be understood; mend it, and volumes go on`, { cause });
    }
  }

  async #look(): Promise<void> {
    const objects = await this.#volumes();
    await this.#remember(objects);
    const actions = planVolumes(objects, await this.#folders(), this.#machine.volumes.free);
    for (const action of actions) await this.#carryOut(action);
  }

  async #volumes(): Promise<readonly VolumeObject[]> {
    const answer = await this.#send({ path: VOLUMES });
    return volumeListSchema
      .parse(answer)
      .items.filter((item) => item.spec.storageClassName === STORAGE_CLASS)
      .map(({ metadata, spec, status }) => ({
        name: metadata.name,
        phase: status.phase,
        ...(spec.claimRef === undefined ? {} : { claim: spec.claimRef }),
      }));
  }

  async #folders(): Promise<readonly VolumeFolder[]> {
    const { volumes } = this.#machine.paths;
    const entries = await readdir(volumes, { withFileTypes: true });
    return Promise.all(
      entries
        .filter((entry) => entry.isDirectory())
        .map(async ({ name }) => {
          const empty = (await readdir(path.join(volumes, name))).length === 0;
          const claim = this.#claims[name];
          return { name, empty, ...(claim === undefined ? {} : { claim }) };
        }),
    );
  }

  async #remember(objects: readonly VolumeObject[]): Promise<void> {
    const seen = new Map(Object.entries(this.#claims));
    for (const { name, claim } of objects) {
      if (claim === undefined) seen.delete(name);
      else seen.set(name, claim);
    }
    const claims = Object.fromEntries(seen);
    if (JSON.stringify(claims) === JSON.stringify(this.#claims)) return;
    await writeFile(`${this.#claimsFile}.new`, JSON.stringify(claims, null, 2));
    await rename(`${this.#claimsFile}.new`, this.#claimsFile);
    this.#claims = claims;
  }

  async #carryOut(action: VolumeAction): Promise<void> {
    switch (action.do) {
      case 'create': {
        await mkdir(path.join(this.#machine.paths.volumes, action.name), { recursive: true, mode: 0o770 });
        const body = volumeManifest(this.#machine, action.name, action.claim);
        await this.#send({ method: 'POST', path: VOLUMES, body });
        return;
      }
      case 'reserve':
        // Without its uid the reference means "the claim of this name", whichever time it is made.
        await this.#patchClaim(action.name, { ...action.claim, uid: null, resourceVersion: null });
        return;
      case 'free':
        await this.#patchClaim(action.name, null);
    }
  }

  async #patchClaim(name: string, claimRef: object | null): Promise<void> {
    await this.#send({
      method: 'PATCH',
      path: `${VOLUMES}/${name}`,
      body: { spec: { claimRef } },
      contentType: 'application/merge-patch+json',
    });
  }

  async #send(request: ApiRequest): Promise<unknown> {
    const { status, body } = await this.#api.send(request);
    if (status >= 300)
      throw new Error(`${request.method ?? 'GET'} ${request.path}: ${status} ${JSON.stringify(body)}`);
    return body;
  }
}
