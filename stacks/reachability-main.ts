/**
 * `node stacks/reachability-main.ts [--json] [centre…]`: who may reach whom under the policies that the stacks of a site
 * would write, as a table per centre on stdout. Nothing is asked of any cluster.
 */
import process from 'node:process';
import { formatFindings } from '../operators/api/site/format-findings.ts';
import { loadSite } from '../operators/api/site/load-site.ts';
import { buildApp, objectsOf } from './app.ts';
import { readEnvironment } from './environment.ts';
import { sampleCentre } from './reachability/centre-samples.ts';
import { reachabilityRows, renderReachability } from './reachability/reachability-table.ts';
import { StackError } from './stack-error.ts';

try {
  const { site } = readEnvironment(process.env);
  const { model, findings } = await loadSite(site);
  if (model === undefined) {
    process.stderr.write(`${site}:\n${formatFindings(findings)}\n`);
    process.exitCode = 1;
  } else {
    const asData = process.argv.includes('--json');
    const wanted = process.argv.slice(2).filter((argument) => argument !== '--json');
    const app = buildApp(model, wanted.length > 0 ? { centres: wanted } : {});
    const { centres } = model.topology.spec;
    const tables = centres
      .filter(({ name }) => wanted.length === 0 || wanted.includes(name))
      .map((centre) => ({
        centre,
        rows: reachabilityRows(sampleCentre(centre, objectsOf(app, centre.name)), centres),
      }));
    process.stdout.write(
      asData
        ? `${JSON.stringify(tables.map(({ centre, rows }) => ({ centre: centre.name, rows })))}\n`
        : tables.map(({ centre, rows }) => `${renderReachability(centre, rows)}\n\n`).join(''),
    );
  }
} catch (error) {
  if (!(error instanceof StackError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
