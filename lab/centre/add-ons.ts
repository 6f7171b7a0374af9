import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execute } from '../execute.ts';
import { COREDNS } from './coredns.ts';
import type { Machine } from './machine.ts';
import { STORAGE_CLASS_OBJECT } from './volumes.ts';

/** What makes a bare control plane a cluster that workloads expect: names and storage. */
const ADD_ONS: readonly object[] = [...COREDNS, STORAGE_CLASS_OBJECT];

/** Applies the add-ons, server-side, so that doing it again changes nothing. The manifest stays in `config/` to be read. */
export async function applyAddOns({ paths, toolchain }: Machine): Promise<void> {
  const manifest = path.join(paths.config, 'add-ons.json');
  await mkdir(paths.config, { recursive: true, mode: 0o700 });
  await writeFile(manifest, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: ADD_ONS }, null, 2));
  await execute(toolchain.programs.kubectl, [
    `--kubeconfig=${path.join(paths.pki, 'lab.kubeconfig')}`,
    '--cache-dir=/run/kubectl-cache',
    'apply',
    '--server-side',
    '--force-conflicts',
    // The server checks them all the same; asking it for its schemas costs it a second just when it starts.
    '--validate=ignore',
    '--field-manager=zaibei-lab',
    `--filename=${manifest}`,
  ]);
}
