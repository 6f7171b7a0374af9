import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatFindings } from './format-findings.ts';
import { loadSite, requireSite } from './load-site.ts';
import { SiteError } from './site-error.ts';
import { addDatasets } from './testing/added-datasets.ts';

const EXAMPLE = path.resolve(import.meta.dirname, '../rules/testing');

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'zaibei-site-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function write(name: string, content: string | Uint8Array): Promise<void> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
}

/** What a person reads about the folder. */
async function told(directory = folder): Promise<string> {
  return formatFindings((await loadSite(directory)).findings);
}

describe('loading the folder of a site', () => {
  it('gives the model of a sound site, with defaults filled in', async () => {
    const model = await requireSite(EXAMPLE, { now: new Date('2026-11-22') });
    expect(model.name).toBe('example');
    expect(model.directory).toBe(EXAMPLE);
    expect(model.datasets.map(({ metadata }) => metadata.name)).toEqual([
      'population',
      'contracts',
      'zone-state',
    ]);
    expect(model.zones[0]?.spec.exchangeGrants?.[0]?.to.ports[0]?.protocol).toBe('TCP');
  });

  it('says that a folder cannot be read', async () => {
    expect(await told(path.join(folder, 'none'))).toMatch(
      /^\.:1:1: error ZB-DOC-001: site: .*none cannot be read: ENOENT/,
    );
  });

  it('says that a folder holds no document', async () => {
    expect(await told()).toContain(`found no *.yaml file in ${folder}`);
  });

  it('does not pass over a *.yml file in silence', async () => {
    await write('topology.yml', 'kind: Topology');
    expect(await told()).toContain(
      'topology.yml:1:1: error ZB-DOC-002: topology.yml: found a *.yml file, which is not read',
    );
  });

  it('refuses bytes that are no text', async () => {
    await write('a.yaml', Uint8Array.of(0xff, 0xfe, 0x00));
    expect(await told()).toContain(
      'a.yaml:1:1: error ZB-DOC-002: a.yaml: cannot be read: it is not UTF-8 text',
    );
  });

  it('refuses a file that is larger than any site', async () => {
    await write('a.yaml', `# ${'x'.repeat(5 * 1024 * 1024)}`);
    expect(await told()).toContain('5242882 bytes; at most 4 MiB are read');
  });

  it('leaves hidden files and folders alone', async () => {
    await write('.state/broken.yaml', '\t');
    await write('.broken.yaml', '\t');
    expect(await told()).toContain('found no *.yaml file');
  });

  it('reads files of folders below, and names them by their path', async () => {
    await write('zones/city.yaml', 'kind: DataZone\nmetadata: { name: a }\n');
    expect(await told()).toContain('zones/city.yaml:1:1: error ZB-DOC-009: DataZone a, apiVersion');
  });

  it('says nothing about what is missing while a file cannot be read', async () => {
    await write('a.yaml', 'a: [');
    const text = await told();
    expect(text).toContain('a.yaml:');
    expect(text).not.toContain('found no Site');
  });

  it('throws a SiteError that lists all findings where a model is required', async () => {
    await write('a.yaml', 'kind: Site\n---\nkind: Nothing\n');
    const error: unknown = await requireSite(folder).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SiteError);
    expect(String(error)).toContain('ZB-DOC-007');
    expect(String(error)).toContain('ZB-DOC-009');
  });

  it('reports a broken profile at its place beside the site', async () => {
    await write('profiles/p.yaml', 'kind: PolicyProfile\nmetadata: { name: p }\n');
    await write('site/a.yaml', 'kind: Site\n');
    const { findings } = await loadSite(path.join(folder, 'site'), {
      profiles: path.join(folder, 'profiles'),
    });
    expect(formatFindings(findings)).toContain(
      '../profiles/p.yaml:1:1: error ZB-DOC-009: PolicyProfile p, spec',
    );
  });

  it('keeps every one of 200 documents, and every one of their mistakes', async () => {
    const example = await loadSite(EXAMPLE);
    await addDatasets(folder, 'population', 200, (index) => (index % 10 === 0 ? '1GB' : '1MiB'));
    const { findings, model } = await loadSite(folder);
    expect(example.findings).toEqual([]);
    expect(model).toBeUndefined();
    expect(findings.filter(({ field }) => field === 'spec.dailyChange')).toHaveLength(20);
    expect(findings.map(({ place }) => `${place.file}:${place.line}`)).toContain('datasets/added-7.yaml:12');
  });
});
