import { createHash } from 'node:crypto';
import { connect, createServer, type Server } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { InstanceBusyError } from './errors.ts';

/** A lock that is held; let go with `release`, or by the kernel when the process ends, however it ends. */
export interface Lock {
  release(): Promise<void>;
}

/** How to wait for a lock. */
export interface LockOptions {
  /** Who we are, for those who find the lock held: the command. */
  readonly holder: string;
  /** Seconds to wait for another holder; 120 unless given. */
  readonly seconds?: number;
  /** Told once, when there is a wait: who holds it. */
  readonly onWait?: (holder: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Takes a lock of this machine. It is a Unix socket in the abstract namespace: only one process can have it, nothing
 * of it is on disk, and a killed holder leaves nothing to clean up.
 * @param name what is locked
 * @throws InstanceBusyError when it is not free in time
 */
export async function takeLock(name: string, options: LockOptions): Promise<Lock> {
  const address = `\0zaibei-lab-${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;
  const seconds = options.seconds ?? 120;
  const deadline = performance.now() + seconds * 1000;
  let told = false;
  for (;;) {
    options.signal?.throwIfAborted();
    const server = await tryListen(address, `${options.holder} (process ${process.pid})`);
    if (server !== undefined) {
      // Holding a lock is no reason to stay alive.
      server.unref();
      return { release: () => closed(server) };
    }
    const holder = (await askHolder(address)) ?? 'another command';
    if (performance.now() > deadline) throw new InstanceBusyError(name, holder, seconds);
    if (!told) options.onWait?.(holder);
    told = true;
    await pause(100);
  }
}

function tryListen(address: string, holder: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end(holder);
    });
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(address, () => {
      resolve(server);
    });
  });
}

/** Who holds the lock; undefined when the holder has just gone. */
function askHolder(address: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(address);
    let text = '';
    socket.setTimeout(1_000, () => socket.destroy());
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      resolve(text === '' ? undefined : text);
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}
