import type { V1Secret, V1SecretList } from '@kubernetes/client-node';
import { copiesNamespace } from '../../operators/api/layout/namespaces.ts';
import type { DeployedSite } from './deployed-site.ts';
import { PULL, VERIFY, type Try } from './source-readers.ts';

/** Which keys somebody has kept: those of before they were exchanged, or of before they were revoked. */
type Kept = 'first' | 'last';

/** Keys by tenant, which is the dataset too. */
const KEYS = { population: VERIFY, licences: PULL } as const;

/** Copies the keys by which the sources are read in a centre, as somebody does who keeps what will be taken away. */
export async function keepKeys(site: DeployedSite, centre: string, which: Kept): Promise<void> {
  for (const [tenant, keys] of Object.entries(KEYS)) {
    const kubectl = `--namespace=${copiesNamespace(tenant)}`;
    const names = Object.values(keys).join(' ');
    const found = await site.kubectl(centre, `${kubectl} get --output=json secrets ${names}`);
    const secrets = JSON.parse(found) as V1Secret | V1SecretList; // one, where one was asked for
    const copies = ('items' in secrets ? secrets.items : [secrets]).map(({ metadata, type, data }) => {
      return {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: `${which}-${metadata?.name ?? ''}` },
        type,
        data,
      };
    });
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: copies });
    await site.kubectl(centre, `${kubectl} apply --filename=-`, list);
  }
}

/** By what somebody tries to get in who has kept keys of a tenant. */
export function keptKeys(tenant: keyof typeof KEYS, which: Kept): Try {
  const kept = Object.entries(KEYS[tenant]).map(([what, name]) => [what, `${which}-${name}`]);
  return Object.fromEntries(kept) as Try; // the same fields
}
