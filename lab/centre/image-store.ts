import { existsSync } from 'node:fs';
import { copyFile, glob, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execute } from '../execute.ts';
import type { Machine } from './machine.ts';

/**
 * Gives the centre's containerd the lab's images, by hard links to a containerd root that was filled once: no time,
 * no disk. Files of images never change, so sharing them is safe; containerd's databases do, so they are copied.
 * A root made from other images is replaced: nothing in it is worth keeping, as data lives in volumes.
 */
export async function provideImages({ paths, toolchain }: Machine): Promise<void> {
  const madeFrom = path.join(paths.containerd, 'made-from');
  if (existsSync(madeFrom)) {
    // Newer images may not be made yet, of a source that is being edited: power alone brings back what was there.
    if ((await readFile(madeFrom, 'utf8')) === toolchain.imageRoot || !existsSync(toolchain.imageRoot))
      return;
  }
  const unfinished = `${paths.containerd}.new`;
  const root = path.join(unfinished, 'root');
  await rm(unfinished, { recursive: true, force: true });
  await rm(paths.containerd, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  await copyTree(toolchain.imageRoot, root);
  for await (const database of glob('**/*.db', { cwd: toolchain.imageRoot })) {
    await rm(path.join(root, database));
    await copyFile(path.join(toolchain.imageRoot, database), path.join(root, database));
  }
  await writeFile(path.join(unfinished, 'made-from'), toolchain.imageRoot);
  await rename(unfinished, paths.containerd);
}

async function copyTree(from: string, to: string): Promise<void> {
  try {
    await execute('cp', ['--archive', '--link', from, to]);
  } catch {
    // Another file system: hard links cannot reach it.
    await rm(to, { recursive: true, force: true });
    await execute('cp', ['--archive', from, to], { timeout: 300_000 });
  }
}
