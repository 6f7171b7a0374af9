import { describe, expect, it } from 'vitest';
import { readPlan } from './stack-plan.ts';

/** Messages as `terraform plan -json` prints them, one a line. */
function messages(...list: readonly object[]): string {
  return list.map((message) => JSON.stringify(message)).join('\n');
}

const resource = (name: string) => ({ resource: { addr: `kubectl_manifest.${name}` } });

describe('readPlan', () => {
  it('lists what would be done by object, and what has drifted', () => {
    const output = messages(
      { type: 'version', terraform: '1.11.4' },
      { type: 'resource_drift', change: { ...resource('resourcequota_tax_quota'), action: 'update' } },
      { type: 'resource_drift', change: { ...resource('networkpolicy_tax_dns'), action: 'delete' } },
      { type: 'planned_change', change: { ...resource('resourcequota_tax_quota'), action: 'update' } },
      { type: 'planned_change', change: { ...resource('networkpolicy_tax_dns'), action: 'create' } },
      { type: 'planned_change', change: { ...resource('namespace_land'), action: 'delete' } },
      { type: 'planned_change', change: { ...resource('priorityclass_x'), action: 'replace' } },
      { type: 'change_summary', changes: { add: 2, change: 1, remove: 2 } },
    );
    expect(readPlan('production-zone', output, 2)).toEqual({
      stack: 'production-zone',
      result: 'planned',
      changes: [
        { object: 'namespace land', action: 'destroy', drifted: false },
        { object: 'networkpolicy tax/dns', action: 'add', drifted: true },
        { object: 'priorityclass x', action: 'replace', drifted: false },
        { object: 'resourcequota tax/quota', action: 'change', drifted: true },
      ],
    });
  });

  it('is sure of no changes only by the exit code', () => {
    expect(readPlan('s', '', 0)).toEqual({ stack: 's', result: 'planned', changes: [] });
  });

  it('tells why nobody knows: the first error, and else the exit code', () => {
    const diagnostic = { severity: 'error', summary: 'dial tcp 10.90.0.1:6443: i/o timeout', detail: '' };
    const warning = { severity: 'warning', summary: 'deprecated', detail: '' };
    const output = messages({ type: 'diagnostic', diagnostic: warning }, { type: 'diagnostic', diagnostic });
    expect(readPlan('s', output, 1)).toEqual({ stack: 's', result: 'unknown', reason: diagnostic.summary });
    expect(readPlan('s', 'Terraform crashed', 11)).toEqual({
      stack: 's',
      result: 'unknown',
      reason: 'terraform plan ended with 11',
    });
  });
});
