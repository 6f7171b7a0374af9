import { CONDITION_STATUSES, type Placement, type ProtectionPolicy } from '../../api/index.ts';
import {
  placementCount,
  placementEpoch,
  policyCondition,
  policyDatasets,
  policyDatasetsExceeding,
  policyNextSlot,
  stateSamples,
  type Metrics,
} from '../../metrics/index.ts';
import type { Live, Reader } from '../../runtime/index.ts';
import { conditionStatus } from './condition-status.ts';

/** Figures about policies, derived from their persisted statuses at each scrape; what is not known has no series. */
export function registerPolicyMetrics(metrics: Metrics, policies: Reader<Live<ProtectionPolicy>>): void {
  const figure = (read: (policy: Live<ProtectionPolicy>) => number | undefined) => () =>
    [...policies.all()].flatMap((policy) => {
      const value = read(policy);
      return value === undefined ? [] : [{ labels: { policy: policy.metadata.name }, value }];
    });
  metrics.derived(
    policyDatasets,
    figure(({ status }) => status?.datasets),
  );
  metrics.derived(
    policyDatasetsExceeding,
    figure(({ status }) => status?.feasibility?.exceeding),
  );
  metrics.derived(
    policyNextSlot,
    figure(({ status }) => {
      const [next] = status?.nextSlots ?? [];
      return next === undefined ? undefined : Date.parse(next) / 1000;
    }),
  );
  metrics.derived(policyCondition, () =>
    [...policies.all()].flatMap((policy) =>
      (policyCondition.known?.condition ?? []).flatMap((condition) => [
        ...stateSamples(
          policyCondition,
          'status',
          { policy: policy.metadata.name, condition },
          conditionStatus(policy, condition),
        ),
      ]),
    ),
  );
}

/** Figures about who plays which part. */
export function registerPlacementMetrics(metrics: Metrics, placements: Reader<Live<Placement>>): void {
  metrics.derived(placementEpoch, () =>
    [...placements.all()].map(({ metadata: { namespace = '' }, spec: { group, epoch } }) => ({
      labels: { namespace, group },
      value: epoch,
    })),
  );
  metrics.derived(placementCount, () => {
    const statuses = [...placements.all()].map((placement) => conditionStatus(placement, 'AsDesigned'));
    return CONDITION_STATUSES.map((status) => ({
      labels: { status },
      value: statuses.filter((one) => one === status).length,
    }));
  });
}
