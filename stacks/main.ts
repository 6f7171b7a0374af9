/**
 * The CDKTF program of zaibei: reads a site, and writes the stacks of all its centres as Terraform JSON. `cdktf synth`,
 * `diff`, `deploy` and `destroy` run it (cdktf.json). It ends with 1 and says why on stderr when there is nothing to
 * deploy: all that is wrong with the site at once, never a stack trace.
 */
import process from 'node:process';
import { formatFindings } from '../operators/api/site/format-findings.ts';
import { loadSite } from '../operators/api/site/load-site.ts';
import { buildApp } from './app.ts';
import { readEnvironment } from './environment.ts';
import { findSilentCentres } from './silent-centres.ts';
import { StackError } from './stack-error.ts';

const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

try {
  const { site, outdir, centres, kubeconfig } = readEnvironment(process.env);
  const { model, findings } = await loadSite(site);
  if (findings.length > 0) say(`${site}:\n${formatFindings(findings)}`);
  if (model === undefined) {
    process.exitCode = 1;
  } else {
    const silent = await findSilentCentres(model, kubeconfig);
    for (const [centre, reason] of silent) say(`${centre}: ${reason}; its stacks come last, and will fail`);
    buildApp(model, { outdir, ...(centres && { centres }), silent: new Set(silent.keys()) }).synth();
  }
} catch (error) {
  if (!(error instanceof StackError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
