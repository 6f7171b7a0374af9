import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readProfileLibrary, type ProfileLibrary } from '../profiles/profile-library.ts';
import { judgeSite, type JudgedSite } from './judge-site.ts';
import { readFolder } from './read-folder.ts';
import { SiteError } from './site-error.ts';
import type { SiteModel } from './site-model.ts';

/** The profiles that come with zaibei. */
const PROFILES = fileURLToPath(new URL('../../../config/profiles/', import.meta.url));

/** What may be set apart from the folder. */
export interface LoadOptions {
  /** Folder of the profiles by which the site is judged. Default: those that come with zaibei. */
  readonly profiles?: string;
  /** The present, for what expires. Default: the clock of this machine. */
  readonly now?: Date;
}

/**
 * Reads every `*.yaml` below a site's folder and judges all documents together. Whatever is wrong, with the folder,
 * a file or a document, comes back as a finding; nothing is thrown.
 */
export async function loadSite(directory: string, options: LoadOptions = {}): Promise<JudgedSite> {
  const library = await loadProfiles(directory, options.profiles ?? PROFILES);
  return judgeSite(await readFolder(directory), { library, now: options.now ?? new Date() });
}

/** The model of a site that has no errors. @throws SiteError with all findings */
export async function requireSite(directory: string, options: LoadOptions = {}): Promise<SiteModel> {
  const { model, findings } = await loadSite(directory, options);
  if (model === undefined) throw new SiteError(directory, findings);
  return model;
}

/** Findings about a profile name its file as seen from the site, as editors need it. */
async function loadProfiles(site: string, directory: string): Promise<ProfileLibrary> {
  const { files, findings } = await readFolder(directory);
  const way = path.relative(site, directory);
  const library = readProfileLibrary(files.map((file) => ({ ...file, path: path.join(way, file.path) })));
  return { ...library, findings: [...findings, ...library.findings] };
}
