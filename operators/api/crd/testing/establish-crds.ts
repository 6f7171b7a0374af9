import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import type { Kind } from '../../kinds/kind.ts';
import { KINDS } from '../../kinds/registry.ts';
import { generateCrd } from '../custom-resource-definition.ts';
import type { StrictApi } from './strict-api.ts';

const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

const conditionSchema = z.object({ type: z.string(), status: z.string() });
const crdSchema = z.object({
  status: z.object({ conditions: z.array(conditionSchema).default([]) }).default({ conditions: [] }),
});

/** Conditions of the CRD of a kind as the API server judges it now: `Established=True` and so on. */
export async function crdConditions(api: StrictApi, kind: Kind): Promise<readonly string[]> {
  const { body } = await api.send('GET', `${CRDS}/${kind.crdName}`);
  return crdSchema.parse(body).status.conditions.map(({ type, status }) => `${type}=${status}`);
}

/**
 * Sees to it that the API server has the CRDs of all kinds and serves them.
 * @returns what takes away those that were not there before
 */
export async function establishCrds(api: StrictApi): Promise<() => Promise<void>> {
  const created: Kind[] = [];
  for (const kind of KINDS) {
    const { code, message } = await api.send('POST', `${CRDS}?fieldValidation=Strict`, generateCrd(kind));
    if (code === 201) created.push(kind);
    else if (code !== 409) throw new Error(`${kind.crdName}: ${message}`);
  }
  for (const kind of KINDS) await untilServed(api, kind);
  return async () => {
    for (const kind of created) await api.send('DELETE', `${CRDS}/${kind.crdName}`);
  };
}

async function untilServed(api: StrictApi, kind: Kind): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await api.send('GET', `/apis/zaibei.io/v1alpha1/${kind.plural}`)).accepted) {
    if (Date.now() > deadline) throw new Error(`${kind.crdName} is not served within 30 s`);
    await setTimeout(50);
  }
}
