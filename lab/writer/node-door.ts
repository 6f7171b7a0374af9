import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import path from 'node:path';
import type { LabCentre } from '../instance.ts';
import { namespaceExists, namespaceFile } from '../network/namespaces.ts';

const DIAL = path.resolve(import.meta.dirname, 'dial.ts');

/** Milliseconds after which a connection that nobody accepted is given up. */
const PATIENCE = 5_000;

/**
 * Connects to a NodePort of a centre from the centre's own node. A node may always reach its pods, whatever the network
 * policies say, so nothing has to be opened for it; it stands for a department's application on a machine of the centre.
 *
 * The program that asks stays outside of the centre and outlives its power: only the connection is inside, made by a child
 * in the network namespace of the node, which hands it over and ends.
 * @throws Error when the centre has no power, or nobody accepts
 */
export async function dialOnNode(
  { name, namespace, nodeAddress }: LabCentre,
  port: number,
  signal?: AbortSignal,
): Promise<Socket> {
  if (!namespaceExists(namespace)) throw new Error(`${name} has no power`);
  const child = spawn(
    'nsenter',
    [`--net=${namespaceFile(namespace)}`, process.execPath, DIAL, nodeAddress, String(port)],
    {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      timeout: PATIENCE,
      killSignal: 'SIGKILL',
      ...(signal === undefined ? {} : { signal }),
    },
  );
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('message', (_, handle) => {
      if (handle instanceof Socket) resolve(handle);
      else reject(new Error(`no connection came back from ${name}`));
    });
    child.once('error', reject);
    // After `message`, this rejects what has been resolved: nothing happens.
    child.once('close', () => {
      reject(new Error(`${nodeAddress}:${port} of ${name} cannot be reached: ${said.trim()}`));
    });
  });
}
