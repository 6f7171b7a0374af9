/** Metrics of data zones. Every export is one. */
import { CONDITION_STATUSES } from '../../api/index.ts';
import { defineMetric } from '../metric.ts';

/** How the zones stand. */
export const zoneCondition = defineMetric({
  name: 'zaibei_zone_condition',
  type: 'gauge',
  unit: 'none',
  labels: ['zone', 'condition', 'status'],
  known: { condition: ['Ready', 'TenantsStand', 'Intact', 'Covered'], status: CONDITION_STATUSES },
  help: {
    zh: '政务云数据区各条件的取值，当前取值为 1，其余为 0。',
    en: 'What the conditions of each zone say: 1 for what holds now, 0 for the rest.',
  },
  from: '`status.conditions` of DataZone',
});

/** Tenants on paper and in the cluster. */
export const zoneTenants = defineMetric({
  name: 'zaibei_zone_tenants',
  type: 'gauge',
  unit: 'none',
  labels: ['zone', 'state'],
  known: { state: ['declared', 'standing', 'undeclared'] },
  help: {
    zh: '数据区的租户数：declared 已声明，standing 已声明且命名空间存在，undeclared 有命名空间但未声明。',
    en: 'Tenants of each zone: declared, declared and standing here, standing here and not declared.',
  },
  from: '`spec.tenants` of DataZone and the labels of namespaces',
});

/** Cores of a zone. */
export const zoneCpu = defineMetric({
  name: 'zaibei_zone_cpu_cores',
  type: 'gauge',
  unit: 'none',
  labels: ['zone', 'bound'],
  help: {
    zh: '数据区在本中心的 CPU 配额（核）：granted 批准，used 租户已申请。',
    en: 'Cores of each zone in this centre: granted, and requested by its tenants.',
  },
  from: '`spec.quota` of DataZone and `status.used` of the ResourceQuotas of the tenants',
});

/** Memory of a zone. */
export const zoneMemory = defineMetric({
  name: 'zaibei_zone_memory_bytes',
  type: 'gauge',
  unit: 'bytes',
  labels: ['zone', 'bound'],
  help: {
    zh: '数据区在本中心的内存配额：granted 批准，used 租户已申请。',
    en: 'Memory of each zone in this centre: granted, and requested by its tenants.',
  },
  from: '`spec.quota` of DataZone and `status.used` of the ResourceQuotas of the tenants',
});

/** Volumes of a zone. */
export const zoneStorage = defineMetric({
  name: 'zaibei_zone_storage_bytes',
  type: 'gauge',
  unit: 'bytes',
  labels: ['zone', 'bound'],
  help: {
    zh: '数据区在本中心的存储配额：granted 批准，used 租户已申请。',
    en: 'Volume capacity of each zone in this centre: granted, and requested by its tenants.',
  },
  from: '`spec.quota` of DataZone and `status.used` of the ResourceQuotas of the tenants',
});

/** Pods of a zone. */
export const zonePods = defineMetric({
  name: 'zaibei_zone_pods',
  type: 'gauge',
  unit: 'none',
  labels: ['zone', 'bound'],
  help: {
    zh: '数据区在本中心的 Pod 数配额：granted 批准，used 已有。',
    en: 'Pods of each zone in this centre: granted, and there.',
  },
  from: '`spec.quota` of DataZone and `status.used` of the ResourceQuotas of the tenants',
});

/** What was altered by hand. */
export const zoneDrift = defineMetric({
  name: 'zaibei_zone_drift',
  type: 'gauge',
  unit: 'none',
  labels: ['zone'],
  help: {
    zh: '数据区中缺失、被改动或未声明的对象数（命名空间、配额、隔离策略）。',
    en: 'Objects of each zone that are missing, altered or not declared: namespaces, quotas, isolation.',
  },
  from: '`status.drift.total` of DataZone',
});

/** What nobody thought of. */
export const zoneUncovered = defineMetric({
  name: 'zaibei_zone_uncovered',
  type: 'gauge',
  unit: 'none',
  labels: ['zone', 'kind'],
  known: { kind: ['workload', 'claim'] },
  help: {
    zh: '数据区中没有任何数据集指名的对象数：workload 为工作负载，claim 为存储卷声明。',
    en: 'Workloads that keep data and volume claims of each zone that no Dataset names.',
  },
  from: '`status.coverage` of DataZone',
});
