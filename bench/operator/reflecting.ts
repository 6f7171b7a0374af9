/**
 * Lists and watches the datasets of a cluster by the operator's reflector, and writes a line for each that it hears of: what
 * `kubectl get --watch -o name` does. `node bench/operator/reflecting.ts <kubeconfig> <context>`; the first line says that the
 * program is loaded.
 */
import { datasetKind } from '../../operators/api/index.ts';
import {
  ClusterConnection,
  HttpApiClient,
  Reflector,
  resourceTypeOf,
  silentLogger,
  systemClock as clock,
} from '../../operators/runtime/index.ts';

const [file = '', context] = process.argv.slice(2);
const connection = new ClusterConnection('reflected', { kind: 'kubeconfig', file, context }, clock);
const client = new HttpApiClient({ connection, clock });
const reflector = new Reflector({ client, type: resourceTypeOf(datasetKind), clock, log: silentLogger });
reflector.store.listen(({ key }) => {
  process.stdout.write(`${key}\n`);
});
process.stdout.write('loaded\n');
await reflector.run(new AbortController().signal);
