/**
 * Opens one connection in the network namespace in which it was started, and hands it to its parent: a connection stays in
 * the namespace in which it was opened. `dial.ts <address> <port>`, started by node-door.ts.
 */
import { connect } from 'node:net';

const [address, port] = process.argv.slice(2);
if (address === undefined || port === undefined) throw new Error('usage: dial.ts <address> <port>');

const socket = connect({ host: address, port: Number(port), noDelay: true, keepAlive: true });
socket.once('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
socket.once('connect', () => {
  process.send?.('connected', socket, {}, () => {
    process.disconnect();
  });
});
