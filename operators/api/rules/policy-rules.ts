import type { ProtectionPolicy } from '../kinds/protection-policy.ts';
import { MEASURE_NAMES, type Measure } from '../profiles/measure.ts';
import { answerToMeasure } from './answer-to-measure.ts';
import { effectiveClass, policyOf } from './protection-plan.ts';
import { defineRule, type Breach, type Rule } from './rule.ts';

const profiles = defineRule({
  code: 'ZB-POL-001',
  title: 'A policy is written under the profile of the topology',
  why: 'Otherwise its numbers answer another text.',
  severity: 'error',
  policyLines: ['D-07'],
  judges: ['policies', 'profile'],
  check: function* ({ policies, profile }) {
    for (const policy of policies) {
      if (policy.spec.profile === profile.metadata.name) continue;
      const message = `found ${policy.spec.profile}; the topology is judged by ${profile.metadata.name}`;
      yield { document: policy, field: ['spec', 'profile'], message };
    }
  },
});

const missing = defineRule({
  code: 'ZB-POL-002',
  title: 'Every class of data in use has a policy',
  why: '分级保护: the class decides the protection, and a class without a policy has none.',
  severity: 'error',
  policyLines: ['D-07', 'D-02'],
  judges: ['datasets'],
  consults: ['policies'],
  check: function* ({ datasets, policies }) {
    for (const dataset of datasets) {
      const dataClass = effectiveClass(dataset);
      if (policyOf(policies, dataClass) !== undefined) continue;
      const written =
        dataset.spec.class === undefined
          ? 'without a class, treated as important'
          : `of the class ${dataClass}`;
      const message = `is ${written}, for which there is no ProtectionPolicy`;
      yield {
        document: dataset,
        field: ['spec', 'class'],
        message,
        remedy: `write a policy for the class ${dataClass}`,
      };
    }
  },
});

const unique = defineRule({
  code: 'ZB-POL-003',
  title: 'A class of data has one policy',
  why: 'Two policies would protect the same data in two ways, and nobody knows which.',
  severity: 'error',
  policyLines: ['D-07'],
  judges: ['policies'],
  check: function* ({ policies }) {
    for (const [index, policy] of policies.entries()) {
      const first = policyOf(policies.slice(0, index), policy.spec.class);
      if (first === undefined) continue;
      const message = `${policy.spec.class} is the class of the policy ${first.metadata.name} already`;
      yield { document: policy, field: ['spec', 'class'], message };
    }
  },
});

const measures = defineRule({
  code: 'ZB-POL-004',
  title: 'A policy has every leg that the profile asks for its class',
  why: '重要数据本地实时灾备,全量数据异地定时灾备: important data has both legs, all data has the timed one.',
  severity: 'error',
  policyLines: ['D-01', 'D-02', 'D-03', 'D-04'],
  judges: ['policies', 'profile'],
  check: function* ({ policies, profile }) {
    for (const policy of policies) {
      for (const { measure, classes, source, status } of profile.spec.measures) {
        if (!classes.includes(policy.spec.class)) continue;
        const field = missingLeg(policy, measure);
        if (field === undefined) continue;
        const message = `the class ${policy.spec.class} is given ${MEASURE_NAMES[measure]}, and this policy has none: ${source} (${status})`;
        yield { document: policy, field: ['spec', ...field], message };
      }
    }
  },
});

/** Field that would give the measure, where it does not; undefined where the policy gives it or cannot. */
function missingLeg(policy: ProtectionPolicy, measure: Measure): string[] | undefined {
  return answerToMeasure(policy, measure, false) === undefined ? LEG_FIELDS[measure] : undefined;
}

/** Fields of a policy that give a measure. What none of them gives is no matter of the policy alone. */
const LEG_FIELDS: Readonly<Partial<Record<Measure, string[]>>> = {
  'local-realtime': ['realtime'],
  'remote-timed': ['timed'],
  'local-copy': ['timed', 'localCopy'],
};

const sources = defineRule({
  code: 'ZB-POL-005',
  title: 'Every number of a policy says where it comes from',
  why: 'The policy texts name no number; one without a source would pass for theirs.',
  severity: 'error',
  policyLines: ['D-07'],
  judges: ['policies'],
  check: function* ({ policies }) {
    for (const policy of policies) {
      const numbers = numbersOf(policy);
      const told = (policy.spec.sources ?? []).map(({ field }) => field);
      const untold = numbers.filter((number) => !told.some((field) => covers(field, number)));
      if (untold.length > 0) {
        const message = `found no source for ${untold.join(', ')}`;
        const remedy = 'add { field: …, source: …, status: … }; a group such as retention covers all of it';
        yield { document: policy, field: ['spec', 'sources'], message, remedy };
      }
      for (const [index, field] of told.entries()) {
        if (numbers.some((number) => covers(field, number))) continue;
        const breach: Breach = {
          document: policy,
          field: ['spec', 'sources', index, 'field'],
          message: `explains ${field}, which is no number of this policy`,
        };
        yield breach;
      }
    }
  },
});

/** Fields of a policy that are no numbers: choices and names. */
const CHOICES = ['realtime.durability', 'timed.store', 'timed.localCopy', 'verification.level'];

/** Paths of the numbers of a policy below `spec`: `timed.schedule`, `retention.keepLast`. */
function numbersOf({ spec }: ProtectionPolicy): string[] {
  return (['realtime', 'timed', 'targets', 'retention', 'verification'] as const).flatMap((group) =>
    Object.entries(spec[group] ?? {})
      // No jitter is the default and no number that anybody chose.
      .filter(([name, value]) => value !== undefined && !(name === 'jitter' && value === '0s'))
      .map(([name]) => `${group}.${name}`)
      .filter((path) => !CHOICES.includes(path)),
  );
}

function covers(field: string, number: string): boolean {
  return number === field || number.startsWith(`${field}.`) || field.startsWith(`${number}.`);
}

/** Rules about protection policies as such; those about their legs are in realtime-rules.ts and timed-rules.ts. */
export const policyRules: readonly Rule[] = [profiles, missing, unique, measures, sources];
