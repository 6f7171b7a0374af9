import path from 'node:path';
import type { DatasetName } from '../../operators/api/layout/source-access.ts';
import { accessIdentity } from '../../operators/api/layout/source-access.ts';
import { EXPORTER_MODULE } from '../../operators/api/layout/exporter.ts';
import { rsyncFiles } from './rsync-configuration.ts';

/** What the TLS server is told. */
export interface TlsSettings {
  readonly dataset: DatasetName;
  /** Where it listens, `0.0.0.0:8443`. */
  readonly listen: string;
  /** Folder with `tls.crt`, `tls.key` and `ca.crt`. */
  readonly certificates: string;
  readonly scratch: string;
}

/** Seconds that a peer has for its part of the handshake. */
const HANDSHAKE = 30;

/**
 * Configuration of a stunnel that lets in whoever has the pull certificate of this very dataset, and gives each connection an
 * rsync of its own on a socket that nobody else can reach: rsync listens nowhere.
 *
 * rsync is started as by inetd. Started by `--server --daemon`, as for a shell, it tells its errors to standard error, and a
 * reader whose files could not be read is told that all went well.
 */
export function tlsConfiguration({ dataset, listen, certificates, scratch }: TlsSettings): string {
  const file = (name: string): string => path.join(certificates, name);
  return `foreground = yes
pid =
syslog = no
debug = notice
socket = l:TCP_NODELAY=1

[${EXPORTER_MODULE}]
accept = ${listen}
cert = ${file('tls.crt')}
key = ${file('tls.key')}
CAfile = ${file('ca.crt')}
sslVersionMin = TLSv1.2
verifyChain = yes
requireCert = yes
checkHost = ${accessIdentity('pull', dataset)}
TIMEOUTbusy = ${HANDSHAKE}
exec = /usr/bin/rsync
execArgs = rsync --daemon --config=${rsyncFiles(scratch).configuration}
`;
}
