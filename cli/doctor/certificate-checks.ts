import { KubeConfig } from '@kubernetes/client-node';
import { connect } from 'node:tls';
import { credentialsExpiry } from '../../operators/topology/index.ts';
import { checkOf, type Check } from './check.ts';
import { expiryFinding } from './expiry.ts';
import type { Patient } from './patient.ts';

/** When the API server's certificate expires, and the credentials of whoever asks. */
export async function certificateChecks({ centre, signal, say }: Patient): Promise<Check[]> {
  const config = new KubeConfig();
  config.loadFromFile(centre.kubeconfig);
  config.setCurrentContext(centre.context);
  const server = config.getCurrentCluster()?.server;
  const served = server === undefined ? undefined : await servedExpiry(new URL(server), signal);
  const own = credentialsExpiry(config.exportConfig());
  return [
    expiryFinding(say('serverCertificate'), served, say),
    expiryFinding(say('ownCredentials', { context: centre.context }), own, say),
  ].map((finding) => checkOf(say, centre.name, 'Certificates', finding));
}

/** When the certificate that a server shows expires, in wall-clock milliseconds. Nothing is sent to it, so any may show one. */
function servedExpiry({ hostname, port }: URL, signal: AbortSignal): Promise<number | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port || 443), rejectUnauthorized: false });
    const end = (expiry?: number): void => {
      socket.destroy();
      resolve(expiry);
    };
    socket.once('secureConnect', () => {
      end(Date.parse(socket.getPeerCertificate().valid_to));
    });
    socket.once('error', () => {
      end();
    });
    signal.addEventListener('abort', () => {
      end();
    });
  });
}
