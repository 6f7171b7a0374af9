import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findSilentCentres } from './silent-centres.ts';
import { StackError } from './stack-error.ts';
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

  it('knows nobody by an empty kubeconfig, and asks nobody without one', async () => {
    const model = siteFixture();
    const file = path.join(directory, 'kubeconfig');
    for (const empty of ['', '{}', 'clusters: null\ncontexts: null']) {
      await writeFile(file, empty);
      expect((await findSilentCentres(model, file)).size).toBe(3);
    }
    expect((await findSilentCentres(model)).size).toBe(0);
  });

  it.each([
    ['is not there', undefined, 'ENOENT'],
    ['is no YAML', 'clusters: [{ name: "secret', 'YAMLParseError'],
    ['is no kubeconfig', 'clusters: [{ name: a }]', 'clusters[0].cluster'],
    ['names an address that is none', 'clusters: [{ name: a, cluster: { server: nowhere } }]', 'Invalid URL'],
  ])('refuses a kubeconfig that %s, by its name and in terms of what is wrong', async (_, text, reason) => {
    const file = path.join(directory, 'kubeconfig');
    if (text !== undefined) await writeFile(file, text);
    const refusal: unknown = await findSilentCentres(siteFixture(), file).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(StackError);
    expect(String(refusal)).toContain(`ZB-STK-004 ${file}: cannot be read as a kubeconfig: `);
    expect(String(refusal)).toContain(reason);
    expect(String(refusal)).not.toContain('secret');
  });

  it('refuses a kubeconfig that leads two centres to one cluster, and names both', async () => {
    const kubeconfig = await writeKubeconfig({
      production: `https://127.0.0.1:${port}/`,
      'local-dr': 'https://127.0.0.1:1',
      'remote-dr': `https://127.0.0.1:${port}`,
    });
    await expect(findSilentCentres(siteFixture(), kubeconfig)).rejects.toThrow(
      `ZB-STK-002 ${kubeconfig}: leads both production and remote-dr to https://127.0.0.1:${port}`,
    );
  });

  it('knows clusters apart that one gateway serves under several paths', async () => {
    const kubeconfig = await writeKubeconfig({
      production: `https://127.0.0.1:${port}/clusters/a`,
      'local-dr': `https://127.0.0.1:${port}/clusters/b`,
    });
    expect([...(await findSilentCentres(siteFixture(), kubeconfig)).keys()]).toEqual(['remote-dr']);
  });
});
