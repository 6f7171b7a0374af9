import { z } from 'zod';
import { KINDS } from '../../operators/api/index.ts';
import { GROUP } from '../../operators/api/kinds/kind.ts';
import { checkOf, type Check, type Finding } from './check.ts';
import type { Patient } from './patient.ts';

/** A resource that a deployment writes, in whatever namespace. */
export interface DeployedResource {
  readonly group: string;
  readonly resource: string;
  readonly kind: string;
}

const builtIn = (group: string, resources: Readonly<Record<string, string>>): DeployedResource[] =>
  Object.entries(resources).map(([kind, resource]) => ({ group, resource, kind }));

/** Everything that the stacks write; a test holds it against what they do write. */
export const DEPLOYED: readonly DeployedResource[] = [
  ...builtIn('', {
    Namespace: 'namespaces',
    ServiceAccount: 'serviceaccounts',
    ResourceQuota: 'resourcequotas',
    LimitRange: 'limitranges',
    PersistentVolumeClaim: 'persistentvolumeclaims',
  }),
  ...builtIn('apps', { Deployment: 'deployments' }),
  ...builtIn('policy', { PodDisruptionBudget: 'poddisruptionbudgets' }),
  ...builtIn('networking.k8s.io', { NetworkPolicy: 'networkpolicies' }),
  ...builtIn('scheduling.k8s.io', { PriorityClass: 'priorityclasses' }),
  ...builtIn('rbac.authorization.k8s.io', {
    Role: 'roles',
    RoleBinding: 'rolebindings',
    ClusterRole: 'clusterroles',
    ClusterRoleBinding: 'clusterrolebindings',
  }),
  ...builtIn('admissionregistration.k8s.io', {
    ValidatingAdmissionPolicy: 'validatingadmissionpolicies',
    ValidatingAdmissionPolicyBinding: 'validatingadmissionpolicybindings',
  }),
  ...builtIn('apiextensions.k8s.io', { CustomResourceDefinition: 'customresourcedefinitions' }),
  ...KINDS.filter(({ writtenBy }) => writtenBy === 'config').map(({ plural, kind }) => ({
    group: GROUP,
    resource: plural,
    kind,
  })),
];

/** What a deployment does with each of them. */
const VERBS = ['get', 'create', 'patch', 'delete'] as const;

const REVIEWS = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';

const reviewSchema = z.object({ status: z.object({ allowed: z.boolean() }) });

/** Whether whoever asks may deploy: asked of the API server itself, one right after the other all at once. */
export async function rightChecks({ centre, session, signal, say }: Patient): Promise<Check> {
  const line = (finding: Finding): Check => checkOf(say, centre.name, 'Rights', finding);
  try {
    const answers = await Promise.all(
      DEPLOYED.flatMap(({ group, resource }) =>
        VERBS.map(async (verb) => {
          const spec = { resourceAttributes: { group, resource, verb } };
          const body = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec };
          const answer = await session.send({ method: 'POST', path: REVIEWS, body }, signal);
          return { right: `${verb} ${resource}`, allowed: reviewSchema.parse(answer.body).status.allowed };
        }),
      ),
    );
    const denied = answers.filter(({ allowed }) => !allowed).map(({ right }) => right);
    if (denied.length === 0)
      return line({ state: 'ok', what: say('rightsThere', { count: answers.length }) });
    return line({ state: 'wrong', what: say('rightsMissing', { rights: denied.join(', ') }) });
  } catch {
    return line({ state: 'unknown', what: say('rightsUnknown') });
  }
}
