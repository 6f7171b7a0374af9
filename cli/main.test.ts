import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');

/** Runs the command as a person does, from the root of the repository. */
function zaibei(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['cli/main.ts', ...args], { cwd: ROOT, encoding: 'utf8' });
}

describe('zaibei validate', () => {
  let broken = '';

  beforeAll(() => {
    broken = mkdtempSync(path.join(tmpdir(), 'zaibei-cli-'));
    writeFileSync(path.join(broken, 'site.yaml'), 'kind: Siet\n---\nkind: Topology\nspec: { centers: [] }\n');
  });

  afterAll(() => {
    rmSync(broken, { recursive: true });
  });

  it('ends with 0 for a site that has warnings only, each with its place as seen from here', () => {
    const { status, stdout } = zaibei('validate', 'config/lab');
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^config\/lab\/topology\.yaml:\d+:\d+: warning ZB-TOP-006: Topology lab, spec\.regions: /,
    );
    expect(stdout).toMatch(/\nno errors, 2 warnings\n$/);
  });

  it('ends with 1 and says everything that is wrong at once', () => {
    const { status, stdout } = zaibei('validate', broken);
    expect(status).toBe(1);
    expect(stdout).toContain(
      `${broken}/site.yaml:1:7: error ZB-DOC-007: Siet, kind: found "Siet"; use Site,`,
    );
    expect(stdout).toContain('    did you mean "centres"?');
  });

  it('prints data with -o json', () => {
    const { status, stdout } = zaibei('validate', broken, '-o', 'json');
    const report = JSON.parse(stdout) as { errors: number; findings: { code: string; place: object }[] };
    expect(status).toBe(1);
    expect(report.errors).toBe(report.findings.length);
    expect(report.findings[0]).toMatchObject({
      code: 'ZB-DOC-007',
      place: { file: 'site.yaml', line: 1, column: 7 },
    });
  });

  it('ends with 1 for a folder that is not there', () => {
    const { status, stdout } = zaibei('validate', 'config/nowhere');
    expect(status).toBe(1);
    expect(stdout).toContain('error ZB-DOC-001: site:');
  });

  it.each([
    [[], /^Usage: zaibei/],
    [['validate'], /missing required argument 'site-folder'/],
    [
      ['validate', 'config/lab', '-o', 'xml'],
      /argument 'xml' is invalid\. Allowed choices are table, json, yaml/,
    ],
    [['valdate', 'config/lab'], /unknown command 'valdate'/],
  ])('ends with 2 for %j, and says how it is used', (args, message) => {
    const { status, stderr } = zaibei(...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describe('zaibei in a pipe', () => {
  it('ends quietly when its reader has heard enough', () => {
    // The reader is gone before anything is written.
    const line = `{ ${process.execPath} cli/main.ts validate config/lab; echo "code $?" >&2; } | true`;
    const { stderr } = spawnSync('/bin/sh', ['-c', line], { cwd: ROOT, encoding: 'utf8' });
    expect(stderr).toBe('code 0\n');
  });
});

describe('zaibei status', () => {
  it('ends while a plugin of the kubeconfig still hangs', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'zaibei-cli-'));
    const pidFile = path.join(folder, 'pid');
    const kubeconfig = path.join(folder, 'kubeconfig');
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: process.execPath,
      args: ['-e', `fs.writeFileSync('${pidFile}', String(process.pid)); setTimeout(() => {}, 60_000)`],
      interactiveMode: 'Never',
    };
    const config = {
      clusters: [{ name: 'a', cluster: { server: 'https://127.0.0.1:1' } }],
      users: [{ name: 'a', user: { exec } }],
      contexts: [{ name: 'a', context: { cluster: 'a', user: 'a' } }],
      'current-context': 'a',
    };
    writeFileSync(kubeconfig, JSON.stringify(config));
    const { status, stdout } = zaibei('status', '--kubeconfig', kubeconfig);
    const plugin = Number(readFileSync(pidFile, 'utf8'));
    // It throws where there is no such process any more.
    process.kill(plugin);
    expect(status).toBe(3);
    expect(stdout).toContain('nothing within 3 s');
    rmSync(folder, { recursive: true });
  });
});
