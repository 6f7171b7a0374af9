import { rm } from 'node:fs/promises';

import { cacheDirectory } from './bootstrap/cache-directory.mjs';
import { thisMachine } from './machine.ts';
import { layOutToolchain, partialDirectory, toolchainParts } from './parts.ts';

const cache = cacheDirectory();
const layout = await layOutToolchain(cache);
const parts = toolchainParts(layout, thisMachine(cache));
const ready = await Promise.all(parts.map((p) => p.isReady()));
await rm(partialDirectory(cache), { recursive: true, force: true });
for (const [i, part] of parts.entries()) {
  if (ready[i]) continue;
  const t = Date.now();
  await part.make();
  process.stderr.write(`${i + 1}/${parts.length} ${part.what} ${(Date.now() - t) / 1000}\n`);
}
