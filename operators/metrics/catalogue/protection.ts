/** Metrics of protection: policies, datasets, placements. Every export is one. */
import { CONDITION_STATUSES, DATA_CLASSES } from '../../api/index.ts';
import { defineMetric } from '../metric.ts';

/** How the datasets stand, class by class. */
export const datasetCount = defineMetric({
  name: 'zaibei_datasets',
  type: 'gauge',
  unit: 'none',
  labels: ['class', 'condition', 'status'],
  known: {
    class: DATA_CLASSES,
    condition: ['Resolved', 'Realtime', 'Timed', 'Protected'],
    status: CONDITION_STATUSES,
  },
  help: {
    zh: '按数据级别统计的数据集数，分条件（是否已解析、实时、定时、已保护）与条件取值；未定级的按重要计。',
    en: 'Datasets by class, condition and what the condition says; those without a class count as important.',
  },
  from: '`status.conditions` of Dataset',
});

/** What would be missing after a disaster. */
export const datasetsUncovered = defineMetric({
  name: 'zaibei_datasets_uncovered',
  type: 'gauge',
  unit: 'none',
  labels: ['class'],
  known: { class: DATA_CLASSES },
  help: {
    zh: '未受保护的数据集数：条件 Protected 不为真，包括未知与已暂停。',
    en: 'Datasets that are not covered: Protected is not true, which includes unknown and suspended.',
  },
  from: 'the condition `Protected` of Dataset',
});

/** 分类分级 still to be done. */
export const datasetsUnclassified = defineMetric({
  name: 'zaibei_datasets_unclassified',
  type: 'gauge',
  unit: 'none',
  labels: [],
  help: {
    zh: '未定级的数据集数，按重要数据对待。',
    en: 'Datasets without a class, which are treated as important.',
  },
  from: '`spec.class` of Dataset',
});

/** How the policies stand. */
export const policyCondition = defineMetric({
  name: 'zaibei_protection_policy_condition',
  type: 'gauge',
  unit: 'none',
  labels: ['policy', 'condition', 'status'],
  known: { condition: ['Ready', 'Feasible', 'Stalled'], status: CONDITION_STATUSES },
  help: {
    zh: '保护策略各条件的取值，当前取值为 1，其余为 0。',
    en: 'What the conditions of each policy say: 1 for what holds now, 0 for the rest.',
  },
  from: '`status.conditions` of ProtectionPolicy',
});

/** What depends on each policy. */
export const policyDatasets = defineMetric({
  name: 'zaibei_protection_policy_datasets',
  type: 'gauge',
  unit: 'none',
  labels: ['policy'],
  help: {
    zh: '各保护策略所适用的数据集数。',
    en: 'Datasets that each policy applies to.',
  },
  from: '`status.datasets` of ProtectionPolicy',
});

/** What falls behind for ever. */
export const policyDatasetsExceeding = defineMetric({
  name: 'zaibei_protection_policy_datasets_exceeding',
  type: 'gauge',
  unit: 'none',
  labels: ['policy'],
  help: {
    zh: '一个间隔内的变更无法在该间隔内经链路传完的数据集数（按申报的变更量）。',
    en: 'Datasets whose declared changes of one interval take the link longer than the interval.',
  },
  from: '`status.feasibility.exceeding` of ProtectionPolicy',
});

/** When the timed leg of each policy is due. */
export const policyNextSlot = defineMetric({
  name: 'zaibei_protection_policy_next_slot_timestamp_seconds',
  type: 'gauge',
  unit: 'timestamp_seconds',
  labels: ['policy'],
  help: {
    zh: '各保护策略下一次定时灾备的时间。',
    en: 'When the timed leg of each policy is due next.',
  },
  from: '`status.nextSlots` of ProtectionPolicy',
});

/** Who agreed on what, and how often. */
export const placementEpoch = defineMetric({
  name: 'zaibei_placement_epoch',
  type: 'gauge',
  unit: 'none',
  labels: ['namespace', 'group'],
  help: {
    zh: '各保护组当前角色分工的纪元，每次接管加一。',
    en: 'Epoch of the roles of each protection group; each takeover adds to it.',
  },
  from: '`spec.epoch` of Placement',
});

/** Groups as they were designed, and others. */
export const placementCount = defineMetric({
  name: 'zaibei_placements',
  type: 'gauge',
  unit: 'none',
  labels: ['status'],
  known: { status: CONDITION_STATUSES },
  help: {
    zh: '按条件 AsDesigned 统计的保护组数：True 为角色与设计一致。',
    en: 'Protection groups by their condition AsDesigned: True where the roles are the designed ones.',
  },
  from: 'the condition `AsDesigned` of Placement',
});
