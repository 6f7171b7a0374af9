/** `npm run generate`: writes every page that is made from code, and removes those that nothing makes any more. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { GENERATORS, type Generator } from './generators.ts';
import type { Page } from './page.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The pages whose committed text is another than the generated one; text null: the page should not be there. */
export async function findStalePages(generator: Generator): Promise<{ path: string; text: string | null }[]> {
  const pages = await generator.pages();
  const stale: Page[] = [];
  for (const page of pages) if ((await readPage(page.path)) !== page.text) stale.push(page);
  const { folder } = generator;
  const present = folder === undefined ? [] : await readdir(path.join(ROOT, folder)).catch(() => []);
  const left = present
    .map((name) => `${folder ?? ''}/${name}`)
    .filter((file) => pages.every((page) => page.path !== file));
  return [...stale, ...left.map((file) => ({ path: file, text: null }))];
}

function readPage(file: string): Promise<string | undefined> {
  return readFile(path.join(ROOT, file), 'utf8').catch(() => undefined);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const generator of GENERATORS) {
    const stale = await findStalePages(generator);
    for (const { path: file, text } of stale) {
      const target = path.join(ROOT, file);
      await mkdir(path.dirname(target), { recursive: true });
      await (text === null ? rm(target) : writeFile(target, text));
      process.stdout.write(`${text === null ? 'removed' : 'wrote'} ${file}\n`);
    }
    process.stdout.write(
      `${generator.name}: ${stale.length === 0 ? 'current' : `${stale.length} changed`}\n`,
    );
  }
}
