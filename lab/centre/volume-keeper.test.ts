import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { describeInstance } from '../instance.ts';
import type { ApiAnswer, ApiRequest } from './api-server.ts';
import { exampleMachine } from './testing/example-machine.ts';
import { VolumeKeeper } from './volume-keeper.ts';

let state: string;
let stop: AbortController;

beforeEach(async () => {
  state = await mkdtemp(path.join(os.tmpdir(), 'lab-volumes-'));
  stop = new AbortController();
});
afterEach(async () => {
  stop.abort();
  vi.restoreAllMocks();
  await rm(state, { recursive: true });
});

/** An API server that has no volumes yet and keeps what it was asked. */
function emptyApiServer(): { readonly asked: ApiRequest[]; send(request: ApiRequest): Promise<ApiAnswer> } {
  const asked: ApiRequest[] = [];
  return {
    asked,
    send: (request) => {
      asked.push(request);
      return Promise.resolve({ status: 200, body: { items: [] } });
    },
  };
}

describe('what is written down about whose data is where', () => {
  test('stops nothing but the offering of volumes when it is damaged, and is taken up once it is mended', async () => {
    const machine = exampleMachine(describeInstance('lab', 0, state));
    const claims = path.join(machine.paths.volumes, 'claims.json');
    await mkdir(path.join(machine.paths.volumes, 'lab-001/data'), { recursive: true });
    await writeFile(claims, '{"lab-001": {"namesp');
    const told: string[] = [];
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => told.push(String(text)) > 0);
    const api = emptyApiServer();

    const running = new VolumeKeeper(machine, api).run({ everyMs: 5, signal: stop.signal });
    const ended = vi.fn();
    void running.catch(ended);

    // Told at every look: it goes on looking.
    await expect.poll(() => told.length).toBeGreaterThan(1);
    expect(told[0]).toContain(`${claims} cannot be understood; mend it, and volumes go on`);
    expect(api.asked).toEqual([]);
    expect(await readFile(claims, 'utf8')).toBe('{"lab-001": {"namesp');

    const claim = { namespace: 'population', name: 'data-db-0' };
    await writeFile(`${claims}.mended`, JSON.stringify({ 'lab-001': claim }));
    await rename(`${claims}.mended`, claims);
    const offered = (): unknown => api.asked.find(({ method }) => method === 'POST')?.body;
    await expect.poll(offered).toMatchObject({ metadata: { name: 'lab-001' }, spec: { claimRef: claim } });
    expect(ended).not.toHaveBeenCalled();
  });
});
