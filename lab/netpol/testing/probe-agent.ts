import { createSocket } from 'node:dgram';
import { createServer, Socket } from 'node:net';

/*
 * One network namespace of a test: this process is started in a new one, and the namespace is gone when it ends. It echoes
 * on the ports it is given, and opens the connections it is told to. Ends with its parent.
 */

/** What the agent listens on: its only argument, as JSON. */
export interface AgentPorts {
  readonly tcp: readonly number[];
  readonly udp: readonly number[];
}

/** The other end of a connection to open. */
export interface AgentTarget {
  readonly protocol: 'TCP' | 'UDP';
  readonly address: string;
  readonly port: number;
}

/** What the parent asks: to get an answer from a target, or (`talk`, TCP) one after another; or to stop all of that. */
export type AgentRequest =
  | { readonly ask: 'reach' | 'talk'; readonly id: number; readonly target: AgentTarget }
  | { readonly ask: 'stop' };

/** What the agent says: that it listens, or that the target of the request of that number answered. */
export type AgentReport = { readonly say: 'listening' } | { readonly say: 'answered'; readonly id: number };

/** Milliseconds after which an unanswered datagram is sent again, and after which a talk goes on. */
const INTERVAL = { resend: 200, talk: 20 };

/** A refusal, or a router that knows no way, is an answer too: packets have passed, in both directions. */
const ANSWERING_ERRORS: readonly unknown[] = ['ECONNREFUSED', 'EHOSTUNREACH'];

/** What ends each request that is under way. */
const underWay = new Set<() => void>();

function report(message: AgentReport): void {
  process.send?.(message);
}

function reachTcp(id: number, { address, port }: AgentTarget): void {
  const socket = new Socket();
  // Reset rather than closed, so that no round of a test leaves thousands of waiting connections to the next.
  underWay.add(() => void socket.resetAndDestroy());
  socket.on('connect', () => {
    report({ say: 'answered', id });
  });
  socket.on('error', (error) => {
    if ('code' in error && ANSWERING_ERRORS.includes(error.code)) report({ say: 'answered', id });
  });
  socket.connect(port, address);
}

function reachUdp(id: number, { address, port }: AgentTarget): void {
  const socket = createSocket('udp4');
  const send = (): void => {
    socket.send('ping', port, address);
  };
  const resend = setInterval(send, INTERVAL.resend);
  underWay.add(() => {
    clearInterval(resend);
    socket.close();
  });
  socket.on('error', () => undefined);
  socket.on('message', () => {
    clearInterval(resend);
    report({ say: 'answered', id });
  });
  send();
}

function talk(id: number, { address, port }: AgentTarget): void {
  const socket = new Socket();
  underWay.add(() => void socket.resetAndDestroy());
  const say = (): void => void socket.write('.');
  socket.on('connect', say);
  socket.on('data', () => {
    report({ say: 'answered', id });
    setTimeout(say, INTERVAL.talk);
  });
  socket.on('error', () => undefined);
  socket.connect(port, address);
}

function handle(request: AgentRequest): void {
  if (request.ask === 'stop') {
    for (const end of underWay) end();
    underWay.clear();
  } else if (request.ask === 'talk') {
    talk(request.id, request.target);
  } else if (request.target.protocol === 'TCP') {
    reachTcp(request.id, request.target);
  } else {
    reachUdp(request.id, request.target);
  }
}

async function listen({ tcp, udp }: AgentPorts): Promise<void> {
  const servers = tcp.map((port) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.pipe(socket);
    });
    return new Promise<void>((resolve) => server.listen({ port, host: '0.0.0.0', backlog: 1024 }, resolve));
  });
  const sockets = udp.map((port) => {
    const socket = createSocket('udp4');
    socket.on('message', (message, sender) => {
      socket.send(message, sender.port, sender.address);
    });
    return new Promise<void>((resolve) => socket.bind(port, '0.0.0.0', resolve));
  });
  await Promise.all([...servers, ...sockets]);
}

process.on('disconnect', () => process.exit());
process.on('message', handle);
await listen(JSON.parse(process.argv[2] ?? '') as AgentPorts); // written by NetworkSpace
report({ say: 'listening' });
