import { API_VERSION, placementKind } from '../../../operators/api/index.ts';
import { resourceTypeOf } from '../../../operators/runtime/index.ts';
import { directWire } from '../../../operators/runtime/testing/memory-api/direct-wire.ts';
import { MemoryApiServer } from '../../../operators/runtime/testing/memory-api/memory-api-server.ts';
import { MemoryClient } from '../../../operators/runtime/testing/memory-api/memory-client.ts';
import type { CentreSession, OpenSession } from '../../centres/centre-session.ts';
import type { Roles } from '../placement/choose-placement.ts';
import { SecretsInMemory } from './secrets-in-memory.ts';

/** Centres in memory: each tells the Placement of a tenant and keeps Secrets, or does not answer at all. */
export class PlacedCentres {
  readonly secrets = new SecretsInMemory();
  /** Names of those that do not answer. */
  readonly silent = new Set<string>();
  readonly #tenant: string;
  readonly #differs = new Map<string, Partial<Roles> | 'nothing'>();
  #roles: Roles;

  /** @param tenant whose protection group has its name; designed as the lab's site has it */
  constructor(tenant: string) {
    this.#tenant = tenant;
    this.#roles = {
      group: tenant,
      home: 'production',
      replica: 'local-dr',
      backup: 'remote-dr',
      backupSource: 'home',
      epoch: 1,
    };
  }

  /** From now on every centre tells these roles, but for those that tell otherwise. */
  place(differs: Partial<Roles>): void {
    this.#roles = { ...this.#roles, ...differs };
  }

  /** One centre tells other roles than all, or knows nothing of the group. */
  tellOtherwise(centre: string, differs: Partial<Roles> | 'nothing'): void {
    this.#differs.set(centre, differs);
  }

  readonly open: OpenSession = ({ name }): CentreSession => {
    const unheard = () => Promise.reject(new Error('the link is cut'));
    const isSilent = this.silent.has(name);
    const wire = isSilent ? { ...directWire, exchange: unheard } : directWire;
    return {
      client: new MemoryClient(this.#server(name), wire),
      send: (request) => (isSilent ? unheard() : Promise.resolve(this.secrets.answer(name, request))),
      close: () => Promise.resolve(),
    };
  };

  #server(name: string): MemoryApiServer {
    const server = new MemoryApiServer(name, () => Date.now());
    const differs = this.#differs.get(name);
    if (differs === 'nothing') return server;
    server.create(resourceTypeOf(placementKind), {
      apiVersion: API_VERSION,
      kind: 'Placement',
      metadata: { namespace: this.#tenant, name: this.#tenant },
      spec: { ...this.#roles, ...differs },
    });
    return server;
  }
}
