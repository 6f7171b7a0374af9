import { vi } from 'vitest';
import type { IssuedCertificate } from '../../../api/certificates/certificate-authority.ts';
import type { ApiClient, ApiObject, NewObject, ResourceType } from '../../../runtime/index.ts';
import { PODS } from '../exporter-kinds.ts';
import { wholeType } from './whole-type.ts';

const NAMESPACES = wholeType({
  apiVersion: 'v1',
  kind: 'Namespace',
  plural: 'namespaces',
  scope: 'Cluster',
});

const SECRETS = wholeType({ apiVersion: 'v1', kind: 'Secret', plural: 'secrets', scope: 'Namespaced' });

/** User and group of what the tenant runs. */
export const TENANT = 1000;

/** Longest that a pod may take, in milliseconds. */
const RUN = 60_000;

/** What a pod runs to its end. */
export interface Run {
  readonly image: string;
  readonly script: string;
  readonly volumes: readonly object[];
  readonly mounts: readonly object[];
}

/** The namespace of a tenant in one real centre, in which pods must be restricted, and who works in it: neither stacks nor operator. */
export class TenantNamespace {
  readonly client: ApiClient;
  readonly name: string;

  constructor(client: ApiClient, name: string) {
    this.client = client;
    this.name = name;
  }

  /** Makes the namespace, or takes the one that there is. */
  async open(): Promise<void> {
    const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
    await this.write(NAMESPACES, { metadata: { name: this.name, labels } });
  }

  /** Removes it with everything in it. */
  async remove(): Promise<void> {
    const found = await this.client.find(NAMESPACES, this.name);
    if (found !== undefined) await this.client.delete(NAMESPACES, found);
  }

  /** Writes an object of a type. */
  write<T extends ApiObject>(
    type: ResourceType<T>,
    object: Omit<NewObject, 'apiVersion' | 'kind'> & Readonly<Record<string, unknown>>,
  ): Promise<T> {
    const { apiVersion, kind } = type;
    return this.client.apply(type, { apiVersion, kind, ...object }, { fieldManager: 'test', force: true });
  }

  /** Writes a certificate as a Secret, as its issuer would. */
  async haveSecret(name: string, issued: IssuedCertificate): Promise<void> {
    const values = { 'tls.crt': issued.certificate, 'tls.key': issued.key, 'ca.crt': issued.authority };
    const data = Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
    );
    const metadata = { namespace: this.name, name };
    await this.write(SECRETS, { metadata, type: 'kubernetes.io/tls', data });
  }

  /** Runs a script in a restricted pod to its end. @returns what it printed */
  async runToEnd(name: string, { image, script, volumes, mounts }: Run): Promise<string> {
    const pods = wholeType(PODS);
    const container = {
      name: 'main',
      image,
      command: ['/bin/bash', '-c', script],
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      volumeMounts: mounts,
    };
    await this.write(pods, {
      metadata: { namespace: this.name, name },
      spec: {
        restartPolicy: 'Never',
        automountServiceAccountToken: false,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: TENANT,
          runAsGroup: TENANT,
          fsGroup: TENANT,
          seccompProfile: { type: 'RuntimeDefault' },
        },
        containers: [container],
        volumes,
      },
    });
    await vi.waitFor(
      async () => {
        const pod = await this.client.find(pods, `${this.name}/${name}`);
        const { status } = pod as ApiObject & { status?: { phase?: string } }; // a field of its schema
        if (!/Succeeded|Failed/.test(status?.phase ?? ''))
          throw new Error(`${name} runs: ${JSON.stringify(status)}`);
      },
      { timeout: RUN, interval: 300 },
    );
    return (await this.client.read(`/api/v1/namespaces/${this.name}/pods/${name}/log`)).text;
  }
}
