import { accessIdentity } from '../../operators/api/layout/source-access.ts';
import type { DeployedSite } from './deployed-site.ts';
import { readAt } from './reader-pod.ts';
import { LICENCES, PULL, SOURCE_PORTS, type Reader } from './source-readers.ts';

/** Prints the serial number of the certificate that the exporter shows to who may fetch from it; nothing, where it shows none. */
const SHOWN = `
const [host, port, servername] = process.argv.slice(1);
const file = (name) => fs.readFileSync('/keys/${PULL.certificate}/' + name);
const keys = { ca: file('ca.crt'), cert: file('tls.crt'), key: file('tls.key') };
const socket = tls.connect({ host, port, servername, ...keys }, () => {
  console.log(socket.getPeerCertificate().serialNumber);
  socket.destroy();
});
socket.on('error', () => undefined);
`;

/**
 * Waits until the exporter of the licence library shows another certificate than it did: Kubernetes takes up to a minute to bring
 * an exchanged one into a pod.
 * @param old serial number of that which it did show
 * @returns serial number of that which it shows now
 */
export async function shownAfter(site: DeployedSite, { centre, host }: Reader, old: string): Promise<string> {
  const ask = `node -e "$ask" ${host} ${SOURCE_PORTS.exporter} ${accessIdentity('export', LICENCES)}`;
  const printed = await readAt(site, {
    centre,
    dataset: LICENCES.name,
    image: 'zaibei/mover:1',
    secrets: [PULL.certificate],
    script: `ask='${SHOWN.replaceAll("'", `'\\''`)}'
shown() { ${ask}; }
serial=$(shown)
while [ -z "$serial" ] || [ "$serial" = ${old} ]; do sleep 0.5; serial=$(shown); done
echo "$serial"
`,
  });
  return printed.trim();
}
