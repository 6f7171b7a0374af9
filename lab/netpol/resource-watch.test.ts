import { CoreV1Api } from '@kubernetes/client-node';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { watchResource } from './resource-watch.ts';
import { ScriptedApiServer } from './testing/scripted-api-server.ts';

let server: ScriptedApiServer;
let stop: AbortController;
let watching: Promise<void>;
/** Names of the pods, as last told. */
let seen: string[] | undefined;
const failures: unknown[] = [];

beforeEach(async () => {
  server = await ScriptedApiServer.start();
  stop = new AbortController();
  seen = undefined;
  failures.length = 0;
});
afterEach(async () => {
  stop.abort();
  await watching;
  await server.stop();
});

function follow(): void {
  const config = server.config;
  const core = config.makeApiClient(CoreV1Api);
  watching = watchResource(
    {
      config,
      path: '/api/v1/pods',
      list: () => core.listPodForAllNamespaces(),
      onChange: (pods) => {
        seen = pods.map(({ metadata }) => metadata?.name ?? '');
      },
      onFailure: (error) => failures.push(error),
    },
    stop.signal,
  );
}

/** Waits until these are the pods, longer than the longest back-off. */
async function expectSeen(...names: readonly string[]): Promise<void> {
  await vi.waitFor(
    () => {
      expect(seen).toEqual(names);
    },
    { timeout: 10_000 },
  );
}

async function expectWatching(): Promise<void> {
  await vi.waitFor(
    () => {
      expect(server.openWatches).toBe(1);
    },
    { timeout: 10_000 },
  );
}

test('what is there is listed, and what happens to it followed', async () => {
  server.pods = ['web'];
  follow();
  await expectSeen('web');
  await expectWatching();
  server.send('ADDED', 'db');
  await expectSeen('web', 'db');
  server.send('MODIFIED', 'web');
  server.send('DELETED', 'db');
  await expectSeen('web');
});

describe('what happened while nobody watched is seen', () => {
  test.each<[string, () => void]>([
    [
      'when the server ended the watch',
      () => {
        server.endWatches();
      },
    ],
    [
      'when the connection broke',
      () => {
        server.breakOff();
      },
    ],
    [
      'when the server declared the watch over',
      () => {
        server.declareOver();
      },
    ],
  ])('%s', async (_, end) => {
    server.pods = ['web'];
    follow();
    await expectSeen('web');
    await expectWatching();
    server.pods = ['db'];
    end();
    await expectSeen('db');
    await expectWatching();
  });

  test.each(['list', 'watch'] as const)('when the server failed to %s for a while', async (kind) => {
    server.status[kind] = 500;
    follow();
    await vi.waitFor(
      () => {
        expect(failures.length).toBeGreaterThan(1);
      },
      { timeout: 10_000 },
    );
    server.pods = ['web'];
    server.status[kind] = 200;
    await expectSeen('web');
    await expectWatching();
  });
});

test('a server that ends every watch at once is not stormed', async () => {
  follow();
  const started = performance.now();
  const ending = setInterval(() => {
    server.endWatches();
  }, 1);
  await vi.waitFor(
    () => {
      expect(server.asked.list).toBeGreaterThan(5);
    },
    { timeout: 10_000 },
  );
  clearInterval(ending);
  expect(performance.now() - started).toBeGreaterThan(400);
});

test('the signal ends it, and its connection', async () => {
  follow();
  await expectWatching();
  stop.abort();
  await watching;
  await vi.waitFor(
    () => {
      expect(server.openWatches).toBe(0);
    },
    { timeout: 10_000 },
  );
  expect(failures).toEqual([]);
});
