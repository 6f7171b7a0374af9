import { protectionPolicyKind, type ProtectionPolicy } from '../../api/index.ts';
import { tellCount } from '../../api/rules/tell-count.ts';
import {
  keyOf,
  StalledError,
  type ControllerDefinition,
  type ObjectKey,
  type Step,
} from '../../runtime/index.ts';
import type { DesiredState } from '../facts/desired-state.ts';
import { findingsAbout, listFindings, tellErrors } from '../facts/findings-about.ts';
import { recordChange, type Recording } from '../facts/record-change.ts';
import { understand } from '../facts/understand.ts';
import { datasetsOf, judgeFeasibility, tellFeasibility } from './feasibility.ts';
import { judgeAlone } from './judge-policy.ts';
import { instantIn, nextSlots } from './next-slots.ts';

/**
 * Judges each ProtectionPolicy against the profile that it names and the other documents, and tells what it protects, when
 * it is due next, and whether that fits the lines.
 */
export function policyController(
  state: DesiredState,
  recording: Recording,
): ControllerDefinition<ProtectionPolicy> {
  const all = (): Iterable<ObjectKey> => [...state.policies.reader.all()].map(keyOf);
  const others = [state.policies, state.datasets, state.topologies, state.zones, state.stores];
  return {
    name: 'policy',
    kind: protectionPolicyKind,
    triggers: others.map((documents) => documents.changes(all)),
    steps: [
      recordChange(recording),
      countDatasets(state),
      refuseMeaningless(state),
      tellNextSlots,
      judgeFit(state),
      judgeAmongOthers(state),
    ],
  };
}

function countDatasets(state: DesiredState): Step<ProtectionPolicy> {
  return ({ object, status }) => {
    const policy = understand(protectionPolicyKind, object);
    if (policy === undefined) return;
    const facts = { policies: state.policies.all(), datasets: state.datasets.inNoOrder() };
    status.set({ datasets: datasetsOf(policy, facts).length });
  };
}

/** Nothing is promised of a policy that makes no sense: its slots and its feasibility are taken back. */
function refuseMeaningless(state: DesiredState): Step<ProtectionPolicy> {
  return ({ object, status }) => {
    const policy = understand(protectionPolicyKind, object);
    const meaningless = policy && judgeAlone(policy, state.standards.profiles);
    if (meaningless === undefined) return;
    const { code, field, reason, message, findings } = meaningless;
    status.set({ findings: listFindings(findings), nextSlots: undefined, feasibility: undefined });
    throw new StalledError(code, field, reason, message);
  };
}

/** The next slots are told anew when the first of them has come. */
const tellNextSlots: Step<ProtectionPolicy> = (run) => {
  if (run.spec.timed === undefined) return;
  const { schedule } = run.spec.timed;
  const slots = nextSlots(schedule, run.now);
  run.status.set({ nextSlots: slots.map((slot) => instantIn(schedule.timeZone, slot)) });
  run.again(Math.min(...slots.map((slot) => slot.getTime())) - run.now);
};

function judgeFit(state: DesiredState): Step<ProtectionPolicy> {
  return ({ object, spec, now, status }) => {
    const policy = understand(protectionPolicyKind, object);
    const { topology, profile, policies = [], stores = [], zones = [] } = state.facts(now);
    if (spec.timed === undefined || policy === undefined) return;
    if (topology === undefined || profile === undefined) {
      const message = 'There is no Topology here, or its profile is not known: its lines cannot be judged.';
      status.condition('Feasible', 'Unknown', 'NoTopology', message);
      return;
    }
    const datasets = state.datasets.inNoOrder();
    const own = datasetsOf(policy, { policies, datasets });
    const feasibility = judgeFeasibility(own, { topology, profile, policies, stores, zones, datasets });
    const { status: fits, reason, message } = tellFeasibility(feasibility);
    status.set({ feasibility });
    status.condition('Feasible', fits, reason, message);
  };
}

/** What is wrong among the other documents may be mended by them: it is told, and judged anew when one of them changes. */
function judgeAmongOthers(state: DesiredState): Step<ProtectionPolicy> {
  return ({ object, now, status }) => {
    const policy = understand(protectionPolicyKind, object);
    if (policy === undefined) return;
    const facts = { ...state.facts(now), datasets: state.datasets.inNoOrder() };
    const incomplete = state.incomplete(['zones', 'policies', 'stores', 'datasets']);
    const findings = findingsAbout(policy, 'policies', facts, incomplete);
    status.set({ findings: listFindings(findings) });
    const errors = tellErrors(findings);
    if (errors !== undefined) status.condition('Ready', 'False', 'RuleBroken', errors);
    else status.condition('Ready', 'True', 'RulesKept', tellWarnings(findings.length));
  };
}

function tellWarnings(count: number): string {
  return count === 0 ? '' : `${tellCount(count, 'warning')}, see status.findings`;
}
