import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  authorityConfig,
  certificateConfig,
  type CertificateFiles,
  opensslArguments,
} from '../authority/openssl.ts';
import { execute } from '../execute.ts';
import { AUTHORITIES, certificateRequests } from './certificates.ts';
import { type ClusterAccess, kubeconfig } from './kubeconfig.ts';
import type { Machine } from './machine.ts';

/** Users that get a kubeconfig beside their certificate. */
const KUBECONFIG_USERS = [
  'admin',
  'kube-controller-manager',
  'kube-scheduler',
  'kube-proxy',
  'kubelet',
  'lab',
];

/**
 * Makes the centre's keys and certificates unless it has them. The folder appears complete or not at all: it is
 * filled under another name and then renamed, so a start that was interrupted here leaves nothing half-made.
 */
export async function issueCertificates(machine: Machine): Promise<void> {
  const { centre, paths } = machine;
  if (existsSync(paths.pki)) return;
  await mkdir(centre.directory, { recursive: true, mode: 0o700 });
  // Keys that an interrupted run made, and nobody uses.
  const leftovers = (await readdir(centre.directory)).filter((name) => name.startsWith('pki-'));
  await Promise.all(leftovers.map((name) => rm(path.join(centre.directory, name), { recursive: true })));
  const directory = await mkdtemp(path.join(centre.directory, 'pki-'));
  const file = (name: string): string => path.join(directory, name);
  const write = (name: string, content: string): Promise<void> =>
    writeFile(file(name), content, { mode: 0o600 });

  for (const authority of AUTHORITIES) {
    await write(`${authority}.cnf`, authorityConfig(`${centre.name} ${authority}`));
    await execute('openssl', opensslArguments(filesOf(file, authority)));
  }
  const requests = certificateRequests(machine);
  await Promise.all(
    requests.map(async (request) => {
      await write(`${request.name}.cnf`, certificateConfig(request));
      await execute(
        'openssl',
        opensslArguments(filesOf(file, request.name), filesOf(file, request.authority)),
      );
    }),
  );
  await Promise.all(
    [...AUTHORITIES, ...requests.map(({ name }) => name)].map((name) => rm(file(`${name}.cnf`))),
  );
  await Promise.all(
    KUBECONFIG_USERS.map((user) =>
      write(`${user}.kubeconfig`, JSON.stringify(kubeconfig([accessByFile(machine, user)]), null, 2)),
    ),
  );
  await Promise.all([...serviceAccountKeys(), encryptionConfig()].map(([name, text]) => write(name, text)));
  await rename(directory, paths.pki);
}

/** The admin's access to the centre, carried in the kubeconfig itself, so that one file serves all centres. */
export async function adminAccess({ centre, paths }: Machine): Promise<ClusterAccess> {
  const read = (name: string): Promise<string> => readFile(path.join(paths.pki, name), 'base64');
  return {
    context: centre.context,
    server: centre.apiServer,
    credentials: {
      kind: 'inline',
      ca: await read('ca.crt'),
      certificate: await read('admin.crt'),
      key: await read('admin.key'),
    },
  };
}

function filesOf(file: (name: string) => string, name: string): CertificateFiles {
  return { config: file(`${name}.cnf`), certificate: file(`${name}.crt`), key: file(`${name}.key`) };
}

function accessByFile({ centre, paths }: Machine, user: string): ClusterAccess {
  const file = (name: string): string => path.join(paths.pki, name);
  return {
    context: centre.context,
    server: centre.apiServer,
    credentials: {
      kind: 'files',
      ca: file('ca.crt'),
      certificate: file(`${user}.crt`),
      key: file(`${user}.key`),
    },
  };
}

/** The pair that signs and checks service account tokens. */
function serviceAccountKeys(): [string, string][] {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return [
    ['service-account.key', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
    ['service-account.pub', publicKey.export({ type: 'spki', format: 'pem' }).toString()],
  ];
}

/** With which key the API server encrypts Secrets in etcd; what was stored before is still read (`identity`). */
function encryptionConfig(): [string, string] {
  const key = { name: 'key-1', secret: randomBytes(32).toString('base64') };
  const configuration = {
    apiVersion: 'apiserver.config.k8s.io/v1',
    kind: 'EncryptionConfiguration',
    resources: [{ resources: ['secrets'], providers: [{ secretbox: { keys: [key] } }, { identity: {} }] }],
  };
  return ['encryption.json', JSON.stringify(configuration, null, 2)];
}
