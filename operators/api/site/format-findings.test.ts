import { describe, expect, it } from 'vitest';
import type { Finding } from './finding.ts';
import { formatFindings } from './format-findings.ts';
import { SiteError } from './site-error.ts';

const ROLE: Finding = {
  code: 'ZB-DOC-010',
  severity: 'error',
  subject: 'Topology lab',
  field: 'spec.centres[0].role',
  message: 'found "prodction"; use production or local-dr',
  remedy: 'did you mean "production"?',
  place: { file: 'topology.yaml', line: 14, column: 13 },
};

const SURE: Finding = {
  code: 'ZB-TOP-006',
  severity: 'warning',
  subject: 'Topology lab',
  field: '',
  message: 'all of it is invented',
  place: { file: 'topology.yaml', line: 20, column: 1 },
};

describe('findings for a terminal', () => {
  it('stand one to a line as compilers write them, with the remedy below and a summary at the end', () => {
    expect(formatFindings([ROLE, SURE])).toBe(
      [
        'topology.yaml:14:13: error ZB-DOC-010: Topology lab, spec.centres[0].role: found "prodction"; use production or local-dr',
        '    did you mean "production"?',
        'topology.yaml:20:1: warning ZB-TOP-006: Topology lab: all of it is invented',
        '1 error, 1 warning',
      ].join('\n'),
    );
  });

  it('say so when there is nothing', () => {
    expect(formatFindings([])).toBe('no errors');
  });

  it('are the message of a SiteError, so that a stack trace shows them all', () => {
    const error = new SiteError('/sites/lab', [ROLE]);
    expect(error.code).toBe('ZB-SITE-001');
    expect(error.message).toContain('the site in /sites/lab cannot be used:\ntopology.yaml:14:13: error');
    expect(error.findings).toEqual([ROLE]);
  });
});
