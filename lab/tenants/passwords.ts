import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { LabInstance } from '../instance.ts';

const passwordsSchema = z.object({ admin: z.string(), application: z.string() });

/** Of the administrator of a database, `postgres`, and of its application. */
export type DatabasePasswords = z.infer<typeof passwordsSchema>;

/** The passwords of a tenant's database: made once, kept in the instance's folder for root alone. */
export async function keptPasswords(
  { directory }: Pick<LabInstance, 'directory'>,
  tenant: string,
): Promise<DatabasePasswords> {
  const file = path.join(directory, 'tenants', `${tenant}.json`);
  if (existsSync(file)) return passwordsSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  const made = { admin: newPassword(), application: newPassword() };
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(`${file}.new`, JSON.stringify(made), { mode: 0o600 });
  await rename(`${file}.new`, file);
  return made;
}

function newPassword(): string {
  return randomBytes(18).toString('base64url');
}
