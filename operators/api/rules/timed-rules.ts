import { Duration } from '../values/duration.ts';
import { centresOf, cityOf } from './locality.ts';
import { effectiveClass, longestInterval, readSchedule } from './protection-plan.ts';
import { refuseUnknown } from './reference.ts';
import { defineRule, type Rule } from './rule.ts';

const schedules = defineRule({
  code: 'ZB-TIM-001',
  title: 'A schedule has five cron fields, a time zone that exists, and comes due',
  why: 'Six fields run every second where minutes were meant; 31 February never comes; a zone that is not there is guessed.',
  severity: 'error',
  policyLines: ['D-02'],
  judges: ['policies'],
  check: function* ({ policies }) {
    for (const policy of policies) {
      const read = readSchedule(policy);
      if (read === undefined || !('refusal' in read)) continue;
      const { found, allowed } = read.refusal;
      const part = found === policy.spec.timed?.schedule.cron ? 'cron' : 'timeZone';
      const message = `found "${found}"; use ${allowed}`;
      yield { document: policy, field: ['spec', 'timed', 'schedule', part], message };
    }
  },
});

const intervals = defineRule({
  code: 'ZB-TIM-002',
  title: 'The timed leg runs often enough for the recovery points that the policy promises',
  why: 'What was written since the last run is lost with the city; a target below the interval is a promise that cannot be kept.',
  severity: 'error',
  policyLines: ['D-02'],
  judges: ['policies'],
  consults: ['datasets'],
  check: function* ({ policies, datasets }) {
    for (const policy of policies) {
      const { timed, targets, realtime } = policy.spec;
      const between = longestInterval(policy);
      if (timed === undefined || between === undefined) continue;
      // Only engines with a log of changes seal it between two runs; one dataset without a log decides for the class.
      const logged = datasets
        .filter((dataset) => effectiveClass(dataset) === policy.spec.class)
        .every((dataset) => dataset.spec.postgres !== undefined);
      const log = timed.logInterval;
      const interval = logged && log !== undefined ? Math.min(between, milliseconds(log)) : between;
      const promised =
        realtime === undefined
          ? (['siteLossRpo', 'cityLossRpo', 'corruptionRpo'] as const)
          : (['cityLossRpo', 'corruptionRpo'] as const);
      for (const target of promised) {
        if (interval <= milliseconds(targets[target])) continue;
        const message = `found ${targets[target]}; recovery points are up to ${Duration.milliseconds(interval).toString()} apart by spec.timed`;
        const remedy = 'run more often, or promise what the schedule keeps';
        yield { document: policy, field: ['spec', 'targets', target], message, remedy };
      }
    }
  },
});

const expectedInterval = defineRule({
  code: 'ZB-TIM-003',
  title: 'The timed leg runs as often as the profile expects, and ends before it is due again',
  why: 'What is due while the last run is still under way is missed.',
  severity: 'warning',
  policyLines: ['D-02'],
  judges: ['policies', 'profile'],
  check: function* ({ policies, profile }) {
    const expected = profile.spec.timed.interval;
    for (const policy of policies) {
      const between = longestInterval(policy);
      if (between === undefined || policy.spec.timed === undefined) continue;
      const field = ['spec', 'timed', 'schedule', 'cron'];
      const found = Duration.milliseconds(between).toString();
      if (between > milliseconds(expected.value)) {
        const message = `runs are up to ${found} apart; the profile ${profile.metadata.name} (${expected.status}) expects at most ${expected.value}`;
        yield { document: policy, field, message };
      }
      const { deadline } = policy.spec.timed;
      if (milliseconds(deadline) <= between) continue;
      const message = `found ${deadline}; the next run is due after ${found}`;
      yield { document: policy, field: ['spec', 'timed', 'deadline'], message };
    }
  },
});

const stores = defineRule({
  code: 'ZB-TIM-004',
  title: 'The store of the timed leg stands in a remote DR centre',
  why: '异地: a store in the city of production is lost with it.',
  severity: 'error',
  policyLines: ['D-02'],
  judges: ['policies'],
  consults: ['stores', 'topology'],
  check: function* ({ policies, stores: known, topology }) {
    const names = known.map((store) => store.metadata.name);
    const remote = centresOf(topology, 'remote-dr').map(({ centre }) => centre.name);
    for (const policy of policies) {
      const { timed } = policy.spec;
      if (timed === undefined) continue;
      const field = ['spec', 'timed', 'store'];
      yield* refuseUnknown(policy, field, timed.store, { noun: 'BackupStore', names });
      const centre = known.find((store) => store.metadata.name === timed.store)?.spec.centre;
      if (centre === undefined || remote.length === 0 || remote.includes(centre)) continue;
      const message = `the store ${timed.store} stands in ${centre}; the timed leg goes to ${remote.join(' or ')}`;
      yield { document: policy, field, message };
    }
  },
});

const localStores = defineRule({
  code: 'ZB-TIM-005',
  title: 'Where a policy keeps a local copy, a store stands in the city of production',
  why: '本地备份: a mistake that was replicated is undone from a copy near by.',
  severity: 'error',
  policyLines: ['D-04'],
  judges: ['policies'],
  consults: ['stores', 'topology'],
  check: function* ({ policies, stores: known, topology }) {
    const homes = centresOf(topology, 'production').map(({ centre }) => cityOf(topology, centre.region));
    const near = known.some(({ spec }) => {
      const centre = topology.spec.centres.find(({ name }) => name === spec.centre);
      return centre !== undefined && homes.includes(cityOf(topology, centre.region));
    });
    for (const policy of policies) {
      if (policy.spec.timed?.localCopy !== true || near) continue;
      const message = 'keeps a local copy, and no BackupStore stands in the city of production';
      const remedy = 'write a BackupStore in the local DR centre, or set localCopy: false';
      yield { document: policy, field: ['spec', 'timed', 'localCopy'], message, remedy };
    }
  },
});

function milliseconds(duration: string): number {
  return Duration.parse(duration).milliseconds;
}

/** Rules about the timed leg of a policy (定时). */
export const timedRules: readonly Rule[] = [schedules, intervals, expectedInterval, stores, localStores];
