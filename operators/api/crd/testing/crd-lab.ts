import { inject } from 'vitest';
import { establishCrds } from './establish-crds.ts';
import { StrictApi } from './strict-api.ts';

/** An API server of the lab that has the CRDs, and a namespace for documents. */
export interface CrdLab {
  readonly api: StrictApi;
  readonly namespace: string;
  /** Takes away what was made for it. */
  readonly close: () => Promise<void>;
}

/** Prepares the first centre of the lab instance of the tests. */
export async function openCrdLab(): Promise<CrdLab> {
  const { instance } = inject('lab');
  const api = await StrictApi.connect(instance.kubeconfig, instance.centres[0]?.context ?? '');
  const removeCrds = await establishCrds(api);
  // A namespace takes a while to go, so that the next run has one of its own.
  const namespace = `crds-${Date.now().toString(36)}`;
  const { accepted, message } = await api.send('POST', '/api/v1/namespaces', {
    metadata: { name: namespace },
  });
  if (!accepted) throw new Error(`namespace ${namespace}: ${message}`);
  const close = async (): Promise<void> => {
    await api.send('DELETE', `/api/v1/namespaces/${namespace}`);
    await removeCrds();
    api.close();
  };
  return { api, namespace, close };
}
