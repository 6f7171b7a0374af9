import { dataZoneKind, type DataZone } from '../../api/index.ts';
import {
  keyOf,
  type ControllerDefinition,
  type Identity,
  type ObjectKey,
  type Step,
} from '../../runtime/index.ts';
import type { DesiredState } from '../facts/desired-state.ts';
import { findingsAbout, listFindings, tellErrors } from '../facts/findings-about.ts';
import { recordChange, type Recording } from '../facts/record-change.ts';
import { understand } from '../facts/understand.ts';
import { judgeCoverage } from './coverage.ts';
import { findDrift } from './drift.ts';
import { refreshUsage, usageOf } from './quota-used.ts';
import { observeTenants } from './tenants.ts';
import { tellCoverage, tellDrift, tellTenants } from './tell-zone.ts';
import type { ZoneObservation } from './zone-observation.ts';

/**
 * Tells of each DataZone what stands of it in this centre: its tenants, what they use of the quota, what was altered by hand,
 * and what no Dataset names. It reads, and mends nothing: what was deployed is mended by deploying it again.
 */
export function zoneController(
  state: DesiredState,
  observation: ZoneObservation,
  recording: Recording,
): ControllerDefinition<DataZone> {
  const all = (): Iterable<ObjectKey> => [...state.zones.reader.all()].map(keyOf);
  return {
    name: 'zone',
    kind: dataZoneKind,
    triggers: [state.zones.changes(all), state.topologies.changes(all), ...observation.triggers],
    steps: [recordChange(recording), judgeDocument(state), observe(observation, recording.identity)],
  };
}

function judgeDocument(state: DesiredState): Step<DataZone> {
  return (run) => {
    const zone = understand(dataZoneKind, run.object);
    if (zone === undefined) return;
    const findings = findingsAbout(zone, 'zones', state.facts(run.now), state.incomplete(['stores']));
    run.status.set({ findings: listFindings(findings) });
    const errors = tellErrors(findings);
    if (errors !== undefined) run.status.condition('Ready', 'False', 'RuleBroken', errors);
  };
}

/** A zone that stands elsewhere is judged as a document, and nothing here is counted as its own. */
function observe({ facts }: ZoneObservation, { centre }: Identity): Step<DataZone> {
  return (run) => {
    const zone = understand<DataZone>(dataZoneKind, run.object);
    if (zone === undefined) return;
    if (!zone.spec.centres.includes(centre)) {
      run.status.condition('TenantsStand', 'Unknown', 'NotHere', `The zone does not stand in ${centre}.`);
      return;
    }
    const tenants = observeTenants(zone, facts.namespaces);
    const drift = findDrift(zone, facts);
    const coverage = judgeCoverage(zone, facts);
    run.status.set({ tenants: tenants.standing.length, drift, coverage });
    const usage = usageOf(zone, facts);
    if (usage !== undefined) {
      const { quotaUsed, again } = refreshUsage(usage, run.object.status?.quotaUsed, run.now);
      run.status.set({ quotaUsed });
      if (again !== undefined) run.again(again);
    }
    const verdicts = {
      TenantsStand: tellTenants(tenants),
      Intact: tellDrift(drift),
      Covered: tellCoverage(coverage),
    };
    for (const [type, { status, reason, message }] of Object.entries(verdicts)) {
      run.status.condition(type, status, reason, message);
    }
    // What is not covered is told by its own condition: the zone itself is as it should be.
    const wrong = [verdicts.TenantsStand, verdicts.Intact].find(({ status }) => status !== 'True');
    if (run.status.stated('Ready') !== undefined || wrong === undefined) return;
    run.status.condition('Ready', 'False', wrong.reason, wrong.message);
  };
}
