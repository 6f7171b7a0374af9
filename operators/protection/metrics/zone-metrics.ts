import { dataZoneKind, parseQuantity, type DataZone } from '../../api/index.ts';
import {
  stateSamples,
  zoneCondition,
  zoneCpu,
  zoneDrift,
  zoneMemory,
  zonePods,
  zoneStorage,
  zoneTenants,
  zoneUncovered,
  type Metrics,
} from '../../metrics/index.ts';
import type { Live, Reader } from '../../runtime/index.ts';
import { understand } from '../facts/understand.ts';
import { usageOf } from '../zone/quota-used.ts';
import { observeTenants } from '../zone/tenants.ts';
import type { ZoneFacts } from '../zone/zone-facts.ts';
import { conditionStatus } from './condition-status.ts';

const QUOTA_METRICS = { cpu: zoneCpu, memory: zoneMemory, storage: zoneStorage, pods: zonePods } as const;

/**
 * Figures about the zones that stand in a centre. Tenants and quota are read where the API server keeps them, at each scrape;
 * what is judged is read from the persisted status.
 */
export function registerZoneMetrics(
  metrics: Metrics,
  zones: Reader<Live<DataZone>>,
  facts: ZoneFacts,
  centre: string,
): void {
  const here = (): { zone: string; object: Live<DataZone>; document: DataZone }[] =>
    [...zones.all()].flatMap((object) => {
      const document = understand<DataZone>(dataZoneKind, object);
      const stands = document?.spec.centres.includes(centre) === true;
      return stands ? [{ zone: object.metadata.name, object, document }] : [];
    });
  metrics.derived(zoneTenants, () =>
    here().flatMap(({ zone, document }) => {
      const { standing, missing, undeclared } = observeTenants(document, facts.namespaces);
      const states = {
        declared: standing.length + missing.length,
        standing: standing.length,
        undeclared: undeclared.length,
      };
      return Object.entries(states).map(([state, value]) => ({ labels: { zone, state }, value }));
    }),
  );
  for (const part of ['cpu', 'memory', 'storage', 'pods'] as const) {
    metrics.derived(QUOTA_METRICS[part], () =>
      here().flatMap(({ zone, document }) => {
        const granted = parseQuantity(String(document.spec.quota[part]));
        const used = usageOf(document, facts)?.[part];
        return [
          { labels: { zone, bound: 'granted' }, value: granted },
          ...(used === undefined ? [] : [{ labels: { zone, bound: 'used' }, value: used }]),
        ];
      }),
    );
  }
  metrics.derived(zoneDrift, () =>
    here().flatMap(({ zone, object }) => {
      const total = object.status?.drift?.total;
      return total === undefined ? [] : [{ labels: { zone }, value: total }];
    }),
  );
  metrics.derived(zoneUncovered, () =>
    here().flatMap(({ zone, object }) => {
      const coverage = object.status?.coverage;
      if (coverage === undefined) return [];
      return [
        { labels: { zone, kind: 'workload' }, value: coverage.uncoveredWorkloads },
        { labels: { zone, kind: 'claim' }, value: coverage.uncoveredClaims },
      ];
    }),
  );
  metrics.derived(zoneCondition, () =>
    here().flatMap(({ zone, object }) =>
      (zoneCondition.known?.condition ?? []).flatMap((condition) => [
        ...stateSamples(zoneCondition, 'status', { zone, condition }, conditionStatus(object, condition)),
      ]),
    ),
  );
}
