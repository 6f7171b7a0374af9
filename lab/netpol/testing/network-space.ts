import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import { execute } from '../../execute.ts';
import type { AgentPorts, AgentReport, AgentRequest, AgentTarget } from './probe-agent.ts';

/**
 * A network namespace for a test, with a process in it that answers and asks. It has no name: the process holds it,
 * so it is gone with the process, and the process is gone with the test, however that ends. Needs root.
 */
export class NetworkSpace {
  /** The process that holds the namespace; other programs name the namespace by it. */
  readonly pid: number;
  readonly #agent: ChildProcess;
  readonly #onAnswer = new Map<number, () => void>();
  #lastRequest = 0;

  private constructor(agent: ChildProcess, pid: number) {
    this.pid = pid;
    this.#agent = agent;
    agent.on('message', (report: AgentReport) => {
      if (report.say === 'answered') this.#onAnswer.get(report.id)?.();
    });
  }

  /** Makes a namespace; resolves when its process listens on the ports. Its links are still to be made. */
  static async create(ports: AgentPorts): Promise<NetworkSpace> {
    const script = path.join(import.meta.dirname, 'probe-agent.ts');
    const agent = spawn('unshare', ['--net', process.execPath, script, JSON.stringify(ports)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const listening = new AbortController();
    await Promise.race([
      once(agent, 'message', { signal: listening.signal }),
      once(agent, 'exit', { signal: listening.signal }).then(([code]) => {
        throw new Error(`unshare ended with ${String(code)}: making a network namespace needs root`);
      }),
    ]).finally(() => {
      listening.abort();
    });
    if (agent.pid === undefined) throw new Error('unshare could not be started');
    return new NetworkSpace(agent, agent.pid);
  }

  /** Runs a program in the namespace; resolves with what it printed. */
  run(program: string, args: readonly string[], input = ''): Promise<string> {
    return execute('nsenter', [`--net=/proc/${this.pid}/ns/net`, program, ...args], { input });
  }

  /** Makes links, addresses and routes: lines of `ip -batch`. */
  async ip(...lines: readonly string[]): Promise<void> {
    await this.run('ip', ['-batch', '-'], lines.join('\n'));
  }

  /** Resolves when the target has answered; never, if it does not before {@link stop}. */
  reach(target: AgentTarget): Promise<void> {
    return new Promise((resolve) => {
      this.#request('reach', target, resolve);
    });
  }

  /** Opens one TCP connection and keeps talking over it; calls back at every answer until {@link stop}. */
  talk(target: AgentTarget, onAnswer: () => void): void {
    this.#request('talk', target, onAnswer);
  }

  /** Gives up all attempts and resets all connections that were opened from here. */
  stop(): void {
    this.#onAnswer.clear();
    this.#tell({ ask: 'stop' });
  }

  /** Ends the process, and with it the namespace and all links in it. */
  async close(): Promise<void> {
    const ended = once(this.#agent, 'exit');
    this.#agent.kill('SIGKILL');
    await ended;
  }

  #request(ask: 'reach' | 'talk', target: AgentTarget, onAnswer: () => void): void {
    const id = (this.#lastRequest += 1);
    this.#onAnswer.set(id, onAnswer);
    this.#tell({ ask, id, target });
  }

  #tell(request: AgentRequest): void {
    this.#agent.send(request);
  }
}
