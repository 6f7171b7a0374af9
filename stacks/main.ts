import process from 'node:process';
import { loadSite } from '../operators/api/site/load-site.ts';
import { buildApp } from './app.ts';

const directory = process.env['ZAIBEI_SITE'] ?? 'config/lab';
const { model, findings } = await loadSite(directory);
if (model === undefined) {
  process.stderr.write(JSON.stringify(findings));
  process.exit(1);
}
buildApp(model, { today: '2026-11-22', outdir: process.env['CDKTF_OUTDIR'] ?? 'cdktf.out' }).synth();
