import { describe, expect, it } from 'vitest';
import { DeploymentLog } from './deployment-log.ts';

/** As cdktf prints when nobody looks: it redraws its progress lines and colours all the same. */
const DEPLOYMENT = [
  '2 Stacks deploying     7 Stacks done     0 Stacks waiting',
  '\u001B[2K\u001B[1A\u001B[Glocal-dr-control  \u001B[0m\u001B[1mkubectl_manifest.topology_lab: Creation complete after 0s\u001B[0m',
  '                  \u001B[0m\u001B[1m\u001B[32m',
  '                  Apply complete! Resources: 11 added, 0 changed, 0 destroyed.',
  'remote-dr-zone  ',
  '                Destroy complete! Resources: 40 destroyed.',
];

const FAILURE = [
  'production-zone  \u001B[33m╷\u001B[0m',
  '                 │ Warning: Incomplete lock file information for providers',
  '                 │ ',
  '                 │ Checksums are for this platform only.',
  '                 ╵',
  'production-zone  ╷',
  '                 │ Error: Get "https://10.90.0.1:6443/version": dial tcp 10.90.0.1:6443: connect: no route to host',
  '                 │   with data.kubectl_server_version.api_server,',
  '                 ╵',
];

function readAll(lines: readonly string[]): DeploymentLog {
  const log = new DeploymentLog();
  for (const line of lines) log.read(line);
  return log;
}

describe('what cdktf prints', () => {
  it('tells which stack has finished, and what it did', () => {
    expect(readAll(DEPLOYMENT).results).toEqual([
      { stack: 'local-dr-control', added: 11, changed: 0, destroyed: 0 },
      { stack: 'remote-dr-zone', added: 0, changed: 0, destroyed: 40 },
    ]);
  });

  it('tells what went wrong in which stack, and leaves warnings out', () => {
    expect(readAll(FAILURE).errors).toEqual([
      'production-zone: Get "https://10.90.0.1:6443/version": dial tcp 10.90.0.1:6443: connect: no route to host',
      'production-zone: with data.kubectl_server_version.api_server,',
    ]);
  });

  it('holds nothing against a deployment without errors', () => {
    expect(readAll(DEPLOYMENT).errors).toEqual([]);
  });
});
