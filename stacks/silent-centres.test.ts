import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findSilentCentres } from './silent-centres.ts';
import { siteFixture } from './testing/site-fixture.ts';

describe('findSilentCentres', () => {
  let directory: string;
  let server: Server;
  let port: number;

  beforeEach(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'zaibei-silent-'));
    server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port; // a TCP server's address has this form
  });

  afterEach(async () => {
    await new Promise((resolve) => server.close(resolve));
    await rm(directory, { recursive: true });
  });

  const writeKubeconfig = async (servers: Readonly<Record<string, string>>): Promise<string> => {
    const file = path.join(directory, 'kubeconfig');
    const clusters = Object.entries(servers).map(([name, url]) => ({ name, cluster: { server: url } }));
    const contexts = clusters.map(({ name }) => ({
      name: `test-${name}`,
      context: { cluster: name, user: 'u' },
    }));
    // Every JSON text is a YAML text.
    await writeFile(file, JSON.stringify({ clusters, contexts, users: [] }));
    return file;
  };

  it('tells who answers, who does not, and whom the kubeconfig does not know', async () => {
    const kubeconfig = await writeKubeconfig({
      production: `https://127.0.0.1:${port}`,
      // Nothing listens on port 1 of the loopback device.
      'local-dr': 'https://127.0.0.1:1',
    });
    const silent = await findSilentCentres(siteFixture(), kubeconfig);
    expect([...silent.keys()]).toEqual(['local-dr', 'remote-dr']);
    expect(silent.get('local-dr')).toContain('127.0.0.1:1 does not answer');
    expect(silent.get('remote-dr')).toBe(`no context test-remote-dr in ${kubeconfig}`);
  });

  it('knows nobody by a kubeconfig that cannot be read, and asks nobody without one', async () => {
    const model = siteFixture();
    expect((await findSilentCentres(model, path.join(directory, 'none'))).size).toBe(3);
    expect((await findSilentCentres(model)).size).toBe(0);
  });
});
