import path from 'node:path';
import type { Dataset, DataZone, Placement, ProtectionPolicy } from '../../api/index.ts';
import {
  COUNTED,
  DEFAULT_DENY,
  DEFAULT_DENY_SPEC,
  POD_SECURITY,
  QUOTA,
  tenantLabels,
} from '../../api/layout/tenant-namespaces.ts';
import { STACKS_FIELD_MANAGER } from '../../api/layout/identities.ts';
import { LABELS } from '../../api/layout/labels.ts';
import { copiesNamespace } from '../../api/layout/namespaces.ts';
import { requireSite } from '../../api/site/load-site.ts';
import type { SiteModel } from '../../api/site/site-model.ts';
import type { ControllerDefinition, ControllerModule, NewObject } from '../../runtime/index.ts';

/** The documents of config/lab: a whole site of three centres that breaks no rule. */
export function labSite(): Promise<SiteModel> {
  return requireSite(path.resolve(import.meta.dirname, '../../../config/lab'));
}

/** The objects that stacks make of a zone's tenants, as far as the zone's controller looks at them. */
export function tenancyOf({ metadata, spec }: DataZone): (NewObject & Record<string, unknown>)[] {
  return (spec.tenants ?? []).flatMap((tenant) =>
    (['tenant', 'copies'] as const).flatMap((purpose) => {
      const name = purpose === 'tenant' ? tenant.name : copiesNamespace(tenant.name);
      const { cpu, memory, storage, pods } = tenant.quota;
      const hard = {
        [COUNTED.cpu]: cpu,
        [COUNTED.memory]: memory,
        [COUNTED.storage]: storage,
        [COUNTED.pods]: String(pods),
      };
      return [
        {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name, labels: { ...POD_SECURITY, ...tenantLabels(metadata.name, tenant, purpose) } },
        },
        {
          apiVersion: 'v1',
          kind: 'ResourceQuota',
          metadata: { name: QUOTA, namespace: name },
          spec: { hard },
        },
        {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'NetworkPolicy',
          metadata: {
            name: DEFAULT_DENY,
            namespace: name,
            labels: { [LABELS.managedBy]: STACKS_FIELD_MANAGER },
          },
          spec: DEFAULT_DENY_SPEC,
        },
      ];
    }),
  );
}

/** What the controllers of protection work on, by their names. */
export interface ProtectionDocuments {
  readonly policy: ProtectionPolicy;
  readonly dataset: Dataset;
  readonly placement: Placement;
  readonly zone: DataZone;
}

/** The controllers of a module, by name. */
export type ProtectionControllers = {
  readonly [Name in keyof ProtectionDocuments]: ControllerDefinition<ProtectionDocuments[Name]>;
};

/** Takes a module of protection apart. */
export function controllersOf({ controllers }: ControllerModule): ProtectionControllers {
  const named = Object.fromEntries(controllers.map((definition) => [definition.name, definition]));
  // Each is defined under its name with exactly this kind; a list of several kinds cannot say so.
  return named as unknown as ProtectionControllers;
}
