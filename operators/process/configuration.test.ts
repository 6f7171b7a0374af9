import { describe, expect, it } from 'vitest';
import { readConfiguration } from './configuration.ts';
import { EnvironmentError } from './start-error.ts';

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfiguration(environment);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
  return [];
}

describe('the configuration of the process', () => {
  it('needs nothing in a pod but the name of the centre', () => {
    const { identity, ...rest } = readConfiguration({ ZAIBEI_CENTRE: 'fuzhou-a', ZAIBEI_POD: 'operator-0' });
    expect(identity).toEqual({ centre: 'fuzhou-a', namespace: 'zaibei-system', pod: 'operator-0' });
    expect(rest).toEqual({
      credentials: { kind: 'service-account' },
      logLevel: 'info',
      journal: '/var/lib/zaibei/journal',
      listen: { host: '0.0.0.0', port: 8080 },
    });
  });

  it('takes a kubeconfig outside of a pod, and other addresses', () => {
    const environment = {
      ZAIBEI_CENTRE: 'fuzhou-a',
      KUBECONFIG: '/etc/kubeconfig',
      ZAIBEI_CONTEXT: 'fuzhou-a',
      ZAIBEI_LISTEN: '[::1]:0',
    };
    const { credentials, listen } = readConfiguration(environment);
    expect(credentials).toEqual({ kind: 'kubeconfig', file: '/etc/kubeconfig', context: 'fuzhou-a' });
    expect(listen).toEqual({ host: '::1', port: 0 });
  });

  it('names every variable that is wrong, what was found and what is allowed', () => {
    const problems = problemsOf({
      ZAIBEI_CENTRE: 'Fuzhou A',
      ZAIBEI_LOG_LEVEL: 'loud',
      ZAIBEI_LISTEN: '8080',
    });
    expect(problems).toHaveLength(3);
    expect(problems[0]).toMatch(/^ZAIBEI_CENTRE is "Fuzhou A"; allowed: name of the centre/);
    expect(problems[1]).toMatch(/^ZAIBEI_LOG_LEVEL is "loud"; .*one of debug, info, warn, error\.$/);
    expect(problems[2]).toMatch(/^ZAIBEI_LISTEN is "8080"; .*`0\.0\.0\.0:8080`/);
  });

  it('takes an empty variable for one that is not set', () => {
    expect(problemsOf({ ZAIBEI_CENTRE: '', ZAIBEI_LOG_LEVEL: '' })).toEqual([
      expect.stringMatching(/^ZAIBEI_CENTRE is not set; allowed: /),
    ]);
  });

  it.each([
    ['ZAIBEI_JOURNAL', 'journal'],
    ['ZAIBEI_LISTEN', '0.0.0.0:99999'],
    ['ZAIBEI_NAMESPACE', 'zaibei_system'],
    ['ZAIBEI_POD', 'a b'],
    ['KUBECONFIG', '/a:/b'],
  ])('refuses %s=%s', (variable, value) => {
    expect(problemsOf({ ZAIBEI_CENTRE: 'fuzhou-a', [variable]: value })).toEqual([
      expect.stringMatching(new RegExp(`^${variable} is ${JSON.stringify(value)}; allowed: `)),
    ]);
  });
});
