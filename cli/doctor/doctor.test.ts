import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { generateCrd, KINDS } from '../../operators/api/index.ts';
import type { NewObject } from '../../operators/runtime/index.ts';
import type { CentreSession } from '../centres/centre-session.ts';
import { sayIn } from '../messages/say.ts';
import { CentreInMemory } from '../testing/centre-in-memory.ts';
import { doctorText } from './diagnose.ts';
import { examineCentres } from './examine.ts';
import { expiryFinding } from './expiry.ts';
import { crdType, kindChecks } from './kind-checks.ts';
import type { Patient } from './patient.ts';
import { DEPLOYED, rightChecks } from './right-checks.ts';
import { storageCheck, storageClassType } from './storage-checks.ts';
import { isAtLeast } from './version-order.ts';

const say = sayIn('en');

function patient(centre: CentreInMemory, changes: Partial<Patient> = {}): Patient {
  const signal = new AbortController().signal;
  return {
    centre: centre.access,
    session: centre.session,
    signal,
    site: undefined,
    before: false,
    say,
    ...changes,
  };
}

/** A session whose API server allows everything but some rights. */
function allowing(centre: CentreInMemory, denied: readonly string[]): CentreSession {
  return {
    ...centre.session,
    send: ({ body }) => {
      const { spec } = body as { spec: { resourceAttributes: { verb: string; resource: string } } };
      const { verb, resource } = spec.resourceAttributes;
      const allowed = !denied.includes(`${verb} ${resource}`);
      return Promise.resolve({ status: 201, body: { status: { allowed } } });
    },
  };
}

function withKinds(
  centre: CentreInMemory,
  edit: (crd: NewObject, kind: string) => NewObject | undefined,
): void {
  for (const kind of KINDS) {
    const crd = edit(structuredClone<NewObject>(generateCrd(kind)), kind.kind);
    if (crd !== undefined) centre.server.create(crdType, crd);
  }
}

describe('rights', () => {
  it('are asked for everything that the stacks write', () => {
    const root = path.resolve(import.meta.dirname, '../../stacks/__golden__');
    const written = new Set(
      globSync(`${root}/**/*.json`).flatMap((file) => {
        const { resource } = JSON.parse(readFileSync(file, 'utf8')) as {
          resource: Record<
            string,
            Record<string, { yaml_body?: { kind: string }; manifest?: { kind: string } }>
          >;
        };
        const bodies = Object.values(resource).flatMap((byName) => Object.values(byName));
        return bodies.flatMap(({ yaml_body: body, manifest }) => body?.kind ?? manifest?.kind ?? []);
      }),
    );
    expect(written.size).toBeGreaterThan(15);
    expect([...written].filter((kind) => !DEPLOYED.some((one) => one.kind === kind))).toEqual([]);
  });

  it('that are missing are named', async () => {
    const centre = new CentreInMemory('production');
    const session = allowing(centre, ['create roles', 'delete datasets']);
    expect(await rightChecks(patient(centre, { session }))).toMatchObject({
      state: 'wrong',
      what: expect.stringContaining('create roles, delete datasets') as string,
    });
    expect(await rightChecks(patient(centre, { session: allowing(centre, []) }))).toMatchObject({
      state: 'ok',
    });
  });

  it('that cannot be asked for are unknown', async () => {
    expect(await rightChecks(patient(new CentreInMemory('production')))).toMatchObject({ state: 'unknown' });
  });
});

describe('kinds', () => {
  it('of this version are fine', async () => {
    const centre = new CentreInMemory('production');
    withKinds(centre, (crd) => crd);
    expect(await kindChecks(patient(centre))).toMatchObject({ state: 'ok', fix: '' });
  });

  it('that are missing or of another version are named', async () => {
    const centre = new CentreInMemory('production');
    withKinds(centre, (crd, kind) => {
      if (kind === 'Vote') return undefined;
      if (kind !== 'Dataset') return crd;
      const text = JSON.stringify(crd).replace('One thing to protect', 'Something');
      return JSON.parse(text) as NewObject;
    });
    const { state, what } = await kindChecks(patient(centre));
    expect([state, what]).toEqual(['wrong', 'kinds that are missing: Vote; of another version: Dataset']);
  });

  it('need not be there before the first deployment', async () => {
    const centre = new CentreInMemory('production');
    expect(await kindChecks(patient(centre, { before: true }))).toMatchObject({ state: 'ok' });
    expect(await kindChecks(patient(centre))).toMatchObject({ state: 'wrong' });
  });
});

describe('storage', () => {
  it('without a default class is doubtful where the site names none', async () => {
    const centre = new CentreInMemory('production');
    const { apiVersion, kind } = storageClassType;
    centre.server.create(storageClassType, { apiVersion, kind, metadata: { name: 'fast' } });
    expect(await storageCheck(patient(centre))).toMatchObject({ state: 'warning' });
  });
});

describe('an expiry', () => {
  const now = Date.parse('2026-11-23T00:00:00Z');
  it.each([
    ['2026-11-22T00:00:00Z', 'wrong'],
    ['2026-12-01T00:00:00Z', 'warning'],
    ['2027-11-23T00:00:00Z', 'ok'],
    ['never', 'unknown'],
  ])('on %s is %s', (day, state) => {
    expect(expiryFinding('it', Date.parse(day), say, now)).toMatchObject({ state });
  });
});

describe('versions', () => {
  it.each([
    ['v1.34.1', '1.30', true],
    ['v1.9.0', '1.30', false],
    ['2.0.0', '1.30', true],
    ['?', '1.30', false],
  ])('%s is at least %s: %s', (version, least, fits) => {
    expect(isAtLeast(version, least)).toBe(fits);
  });
});

describe('the report', () => {
  it('says of a centre that is silent only that, why it matters and what to do', async () => {
    const { access } = new CentreInMemory('remote-dr');
    const open = () => ({
      ...new CentreInMemory('remote-dr').session,
      client: {
        ...new CentreInMemory('remote-dr').session.client,
        read: () => Promise.reject(new Error('ECONNREFUSED')),
      },
    });
    const checks = await examineCentres({ centres: [access] }, false, say, open);
    const paint = (_tone: unknown, text: string): string => text;
    expect(doctorText(checks, { say, paint })).toEqual([
      'wrong  remote-dr  the API server does not answer (context lab-remote-dr): ECONNREFUSED',
      expect.stringMatching(/^ {4}why it matters: /),
      expect.stringMatching(/^ {4}what to do: check power, link/),
    ]);
  });
});
