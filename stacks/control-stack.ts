import type { Construct } from 'constructs';
import type { Resource } from '../operators/api/kinds/kind.ts';
import { CentreStack } from './centre-stack.ts';
import type { CentreView } from './centre-view.ts';
import { operatorWorkload } from './operator/operator-workload.ts';
import type { KubernetesObject } from './render/kubernetes-object.ts';

/**
 * What a centre needs to act alone: the topology, its operator, and its zones, all policies, its stores and its catalogue, as
 * the same documents that stand in the site's folder. The operator comes after the topology, without which it does not know
 * where it is, and the other documents after the operator: so on destroy it sees them go. None of them waits for it with a
 * finalizer, so they go as well when it is dead.
 */
export class ControlStack extends CentreStack {
  constructor(scope: Construct, view: CentreView) {
    super(scope, 'control', view);
    const { topology, site } = view.model;
    const [known] = this.add([toObject(topology)]);
    const after = known === undefined ? [] : [known];
    const { operator } = site.spec;
    const served =
      operator === undefined ? after : this.add(operatorWorkload(operator, view.centre), { after });
    this.add(documentsOf(view).map(toObject), { after: served });
  }
}

/** Documents of the site besides its topology that concern a centre. Policies go everywhere: 省级下发, and a city acts on them alone. */
function documentsOf({ model, zones, tenants, systemDatasets, centre, peers }: CentreView): Resource[] {
  const known = new Set([centre, ...peers].map(({ name }) => name));
  return [
    ...model.policies,
    ...zones,
    ...model.stores.filter(({ spec }) => known.has(spec.centre)),
    ...tenants.flatMap(({ datasets }) => datasets),
    ...systemDatasets,
  ];
}

function toObject({ apiVersion, kind, metadata, spec }: Resource): KubernetesObject<{ spec: unknown }> {
  const { name, namespace, labels, annotations } = metadata;
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      ...(labels && { labels }),
      ...(annotations && { annotations }),
    },
    spec: withoutEmptyLists(spec),
  };
}

/** In our kinds an empty list means the same as none; only the latter comes back from every renderer unchanged. */
function withoutEmptyLists(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmptyLists);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined && !(Array.isArray(item) && item.length === 0))
      .map(([key, item]) => [key, withoutEmptyLists(item)]),
  );
}
