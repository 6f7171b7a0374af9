import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inject } from 'vitest';
import { openCrdLab, type CrdLab } from '../../api/crd/testing/crd-lab.ts';
import { ClusterConnection } from '../client/cluster-connection.ts';
import type { CredentialSource } from '../client/credentials.ts';
import { HttpApiClient } from '../client/http-api-client.ts';
import { systemClock } from '../clock.ts';

/** A program of a control plane, by its name on disk. */
export type LabComponent = 'etcd' | 'kube-apiserver';

/** The first centre of the lab instance of the tests, with the CRDs, a namespace, and a client that may do everything. */
export class LabCluster {
  readonly namespace: string;
  readonly client: HttpApiClient;
  /** How its administrator reaches it. */
  readonly source: CredentialSource;
  readonly #lab: CrdLab;
  readonly #connections: ClusterConnection[] = [];

  private constructor(lab: CrdLab, source: CredentialSource) {
    this.#lab = lab;
    this.namespace = lab.namespace;
    this.source = source;
    this.client = this.connect(source);
  }

  static async open(): Promise<LabCluster> {
    const { instance } = inject('lab');
    const context = instance.centres[0]?.context;
    return new LabCluster(await openCrdLab(), { kind: 'kubeconfig', file: instance.kubeconfig, context });
  }

  /** A client of its own connection, by whatever credentials. It hears of a dead server within five seconds. */
  connect(source: CredentialSource): HttpApiClient {
    const connection = new ClusterConnection('production', source, systemClock);
    this.#connections.push(connection);
    return new HttpApiClient({ connection, clock: systemClock, deadline: 5_000 });
  }

  /** Sends a request that no client of ours sends, as administrator. @returns the answer's body */
  async post(where: string, document: unknown): Promise<unknown> {
    const { accepted, message, body } = await this.#lab.api.send('POST', where, document);
    if (!accepted) throw new Error(`${where}: ${message}`);
    return body;
  }

  /** Sends a signal to a program of the control plane. The lab starts again what ends. */
  signal(component: LabComponent, signal: NodeJS.Signals): void {
    process.kill(pidOf(component), signal);
  }

  async close(): Promise<void> {
    await Promise.all(this.#connections.map((connection) => connection.close()));
    await this.#lab.close();
  }
}

/** The process of a component, found by its command line: it names files of the centre's folder. */
function pidOf(component: LabComponent): number {
  const folder = `${inject('lab').instance.centres[0]?.directory ?? ''}/`;
  const pids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));
  const found = pids.find((pid) => {
    const [program = '', ...args] = commandLine(pid);
    return path.basename(program) === component && args.some((arg) => arg.includes(folder));
  });
  if (found === undefined) throw new Error(`${component} does not run in ${folder}`);
  return Number(found);
}

function commandLine(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return []; // it has ended meanwhile
  }
}
