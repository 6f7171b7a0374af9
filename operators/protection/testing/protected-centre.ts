import {
  backupStoreKind,
  datasetKind,
  dataZoneKind,
  placementKind,
  protectionPolicyKind,
  topologyKind,
  voteKind,
  type Resource,
} from '../../api/index.ts';
import {
  keyOf,
  resourceTypeOf,
  type Identity,
  type NewObject,
  type ObjectKey,
  type ResourceType,
} from '../../runtime/index.ts';
import { TestOperator, type TestRun } from '../../runtime/testing/test-operator.ts';
import { NO_LEGS, type Legs } from '../dataset/leg-evidence.ts';
import { NO_SOURCES, type SourceEvidence } from '../dataset/source-evidence.ts';
import { protectionWith } from '../protection-module.ts';
import { CLAIMS, NAMESPACES, NETWORK_POLICIES, QUOTAS } from '../zone/observed-kinds.ts';
import {
  controllersOf,
  labSite,
  tenancyOf,
  type ProtectionControllers,
  type ProtectionDocuments,
} from './lab-site.ts';

/** Types of everything that a test puts into a centre. */
export const TYPES = {
  topology: resourceTypeOf(topologyKind),
  zone: resourceTypeOf(dataZoneKind),
  policy: resourceTypeOf(protectionPolicyKind),
  dataset: resourceTypeOf(datasetKind),
  store: resourceTypeOf(backupStoreKind),
  placement: resourceTypeOf(placementKind),
  vote: resourceTypeOf(voteKind),
  namespace: NAMESPACES,
  quota: QUOTAS,
  networkPolicy: NETWORK_POLICIES,
  claim: CLAIMS,
} as const;

/** One centre of the lab's site in memory, with its documents and what its stacks deployed, and the controllers on it. */
export class ProtectedCentre {
  readonly operator: TestOperator;
  readonly controllers: ProtectionControllers;

  private constructor(operator: TestOperator, legs: Legs, sources: SourceEvidence) {
    this.operator = operator;
    this.controllers = controllersOf(protectionWith(legs, sources)(operator.dependencies));
  }

  static async open(
    identity: Partial<Identity> = {},
    legs: Legs = NO_LEGS,
    sources: SourceEvidence = NO_SOURCES,
  ): Promise<ProtectedCentre> {
    const operator = new TestOperator(identity);
    const site = await labSite();
    operator.have(TYPES.topology, site.topology);
    for (const zone of site.zones) {
      operator.have(TYPES.zone, zone);
      for (const object of tenancyOf(zone)) have(operator, object);
    }
    for (const policy of site.policies) operator.have(TYPES.policy, policy);
    for (const store of site.stores) operator.have(TYPES.store, store);
    for (const dataset of site.datasets) operator.have(TYPES.dataset, dataset);
    return new ProtectedCentre(operator, legs, sources);
  }

  /** Changes the spec of a document, as a deployment does. */
  change(
    kind: 'topology' | 'zone' | 'policy' | 'dataset',
    key: ObjectKey,
    spec: Readonly<Record<string, unknown>>,
  ): void {
    const found = this.operator.server.find(TYPES[kind], key);
    if (found === undefined) throw new Error(`there is no ${kind} ${key}`);
    const { apiVersion, kind: name, metadata } = found;
    const before = (found as unknown as Resource).spec as object; // a document of ours
    const { name: itself, namespace } = metadata;
    this.have(kind, {
      apiVersion,
      kind: name,
      metadata: { name: itself, namespace },
      spec: { ...before, ...spec },
    });
  }

  /** Writes an object of any kind that {@link TYPES} has, as people do. */
  have(kind: keyof typeof TYPES, object: NewObject & { readonly spec?: unknown }): void {
    const type: ResourceType = TYPES[kind];
    this.operator.have(type, object);
  }

  /** Takes an object away. */
  remove(kind: keyof typeof TYPES, key: ObjectKey): void {
    const found = this.operator.server.find(TYPES[kind], key);
    if (found === undefined) throw new Error(`there is no ${kind} ${key}`);
    this.operator.server.delete(TYPES[kind], found);
  }

  /** Runs one controller over one key. */
  run<Name extends keyof ProtectionDocuments>(
    name: Name,
    key: ObjectKey,
  ): Promise<TestRun<ProtectionDocuments[Name]>> {
    return this.operator.reconcile<ProtectionDocuments[Name]>(this.controllers[name], key);
  }

  /** The Placement of a group, as the server has it. */
  placement(key: ObjectKey) {
    const found = this.operator.server.find(TYPES.placement, key);
    return found && TYPES.placement.keep(found);
  }
}

function have(operator: TestOperator, object: NewObject): void {
  const type = [NAMESPACES, QUOTAS, NETWORK_POLICIES].find(({ kind }) => kind === object.kind);
  if (type === undefined) throw new Error(`${object.kind} ${keyOf(object)} is of no kind that is looked at`);
  operator.have(type, object);
}
