import type { V1Pod, V1Secret } from '@kubernetes/client-node';
import { OPERATOR } from '../../operators/api/layout/identities.ts';
import { LABELS } from '../../operators/api/layout/labels.ts';
import { SYSTEM_NAMESPACE } from '../../operators/api/layout/namespaces.ts';
import { PEER_KUBECONFIG_KEY, peerSecretName } from '../../operators/api/layout/peer-secret.ts';
import type { DeployedCentre } from './deployed-centre.ts';

/** A word that looks like no secret, so that nothing hides it for its looks, and that is one wherever it is planted. */
export const CANARY = 'yellow-canary-sings';

/** Centre in which the canary is planted. */
export const CANARY_CENTRE = 'remote-dr';

/** Kubeconfigs that do not work, and have the canary in them: no YAML, and a token that no API server gave. */
type BadKubeconfig = 'unreadable' | 'refused';

/** The peers of the centre of the canary, and the kubeconfig by which it cannot read each. */
const SPOILT: Readonly<Record<string, BadKubeconfig>> = { production: 'refused', 'local-dr': 'unreadable' };

/** Namespace of a tenant, and the Secrets in it and in the operator's that hold the canary. */
const [TENANT, PLANTED] = ['population', 'planted'];

/** The pods that are started with something wrong, and with which exit code and error each must end. */
export const DOOMED = [
  {
    name: 'unknown-centre',
    wrong: 'a centre that the topology does not have',
    env: { ZAIBEI_CENTRE: 'atlantis' },
    exitCode: 78,
    code: 'ZB-RUN-005',
    says: 'it has: production, local-dr, remote-dr',
  },
  {
    name: 'unreadable',
    wrong: 'a kubeconfig that is none',
    env: { ZAIBEI_CENTRE: CANARY_CENTRE, KUBECONFIG: '/credentials/unreadable' },
    exitCode: 78,
    code: 'ZB-RUN-007',
    says: '/credentials/unreadable',
  },
  {
    name: 'refused',
    wrong: 'a token that is refused',
    env: { ZAIBEI_CENTRE: CANARY_CENTRE, KUBECONFIG: '/credentials/refused' },
    exitCode: 77,
    code: 'ZB-RUN-006',
    says: '401 Unauthorized',
  },
] as const;

/**
 * Puts the canary where secrets are: into a Secret of a tenant, into the environment of pods, and into kubeconfigs by which
 * two of them are to reach an API server. The pods are of the operator's image, and none of them can start.
 */
export async function plantCanary(centre: DeployedCentre): Promise<void> {
  const good = await peerKubeconfig(centre, 'production');
  const bad = {
    unreadable: `clusters: [ { token: ${CANARY}\n${good}`,
    refused: good.replace(/"token":"[^"]+"/, `"token":"${CANARY}"`),
  } satisfies Record<BadKubeconfig, string>;
  const image = (await centre.operators())[0]?.spec?.containers[0]?.image ?? '';
  await create(centre, secret(TENANT, PLANTED, { password: CANARY }));
  await create(centre, secret(SYSTEM_NAMESPACE, PLANTED, bad));
  for (const doomed of DOOMED) await create(centre, pod(doomed, image));
}

/** Takes away what was planted, but for the kubeconfigs of peers. */
export async function uprootCanary(centre: DeployedCentre): Promise<void> {
  const pods = DOOMED.map(({ name }) => `pod/${name}`).join(' ');
  await centre.kubectl(`delete --ignore-not-found secret/${PLANTED} ${pods}`);
  await centre.kubectl(`delete --ignore-not-found --namespace=${TENANT} secret/${PLANTED}`);
}

/** The kubeconfig by which a centre reads a peer. */
export async function peerKubeconfig(centre: DeployedCentre, peer: string): Promise<string> {
  const path = `-o jsonpath={.data.${PEER_KUBECONFIG_KEY}}`;
  return Buffer.from(await centre.kubectl(`get secret ${peerSecretName(peer)} ${path}`), 'base64').toString();
}

/** Gives the centre of the canary the planted kubeconfigs in place of those by which it reads its peers. */
export async function spoilPeerKubeconfigs(centre: DeployedCentre): Promise<void> {
  const { data } = JSON.parse(await centre.kubectl(`get secret ${PLANTED} -o json`)) as V1Secret;
  for (const [peer, bad] of Object.entries(SPOILT)) {
    const patch = JSON.stringify({ data: { [PEER_KUBECONFIG_KEY]: data?.[bad] } });
    await centre.kubectl(`patch secret ${peerSecretName(peer)} --type=merge --patch='${patch}'`);
  }
}

function create(centre: DeployedCentre, object: V1Secret | V1Pod): Promise<string> {
  const namespace = object.metadata?.namespace ?? '';
  return centre.kubectl(`create --namespace=${namespace} --filename=-`, JSON.stringify(object));
}

function secret(namespace: string, name: string, stringData: Record<string, string>): V1Secret {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { namespace, name }, stringData };
}

/** A pod as the Deployment makes them, as far as it matters, that is not started again when it ends. */
function pod({ name, env }: (typeof DOOMED)[number], image: string): V1Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: SYSTEM_NAMESPACE, name, labels: { [LABELS.name]: OPERATOR } },
    spec: {
      restartPolicy: 'Never',
      serviceAccountName: OPERATOR,
      automountServiceAccountToken: true,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 65_532,
        fsGroup: 65_532,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [
        {
          name: 'operator',
          image,
          imagePullPolicy: 'IfNotPresent',
          env: Object.entries({ ...env, DATABASE_PASSWORD: CANARY }).map(([variable, value]) => {
            return { name: variable, value };
          }),
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          volumeMounts: [{ name: 'credentials', mountPath: '/credentials', readOnly: true }],
        },
      ],
      volumes: [{ name: 'credentials', secret: { secretName: PLANTED } }],
    },
  };
}
