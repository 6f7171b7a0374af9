import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ApiServer } from '../../lab/centre/api-server.ts';
import type { Component } from '../../lab/centre/component.ts';
import { etcd } from '../../lab/centre/etcd.ts';
import { adminAccess, issueCertificates } from '../../lab/centre/issue-certificates.ts';
import { kubeApiserver } from '../../lab/centre/kube-apiserver.ts';
import { kubeconfig } from '../../lab/centre/kubeconfig.ts';
import { centrePaths, type Machine } from '../../lab/centre/machine.ts';
import { describeInstance, requireCentre } from '../../lab/instance.ts';
import type { Toolchain } from '../../lab/toolchain/toolchain.ts';
import { freePort } from '../free-port.ts';
import { until } from '../until.ts';
import { ChildProgram } from './child-program.ts';

/** The one centre of the control plane, by the name that the lab's topology has for it. */
export const CENTRE = 'production';

/**
 * The etcd and the kube-apiserver of a lab centre, with the same options, on the loopback of this machine and without the
 * rest of a centre: what is measured beside it has the processor for itself. Its data goes when it is closed. One at a time on a
 * machine, because etcd has its usual port.
 */
export class ControlPlane implements AsyncDisposable {
  /** File with an administrator's access, and the text in it. */
  readonly kubeconfig: { readonly file: string; readonly text: string };
  readonly context: string;
  /** For whatever else is needed as long as it lives. */
  readonly folder: string;
  readonly #machine: Machine;
  readonly #api: ApiServer;
  readonly #programs: ChildProgram[] = [];

  private constructor(machine: Machine, folder: string, text: string) {
    this.#machine = machine;
    this.#api = new ApiServer(machine);
    this.folder = folder;
    this.context = machine.centre.context;
    this.kubeconfig = { file: path.join(folder, 'kubeconfig'), text };
  }

  /** Starts both programs with an empty etcd, and waits until the API server is ready. */
  static async start(toolchain: Toolchain): Promise<ControlPlane> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'zaibei-bench-'));
    const machine = await onLoopback(toolchain, folder);
    await issueCertificates(machine);
    const text = JSON.stringify(kubeconfig([await adminAccess(machine)]));
    const plane = new ControlPlane(machine, folder, text);
    try {
      await writeFile(plane.kubeconfig.file, text, { mode: 0o600 });
      await mkdir(machine.paths.logs, { recursive: true });
      await plane.#run(etcd(machine));
      await plane.#run(kubeApiserver(machine));
      await plane.#untilReady();
      return plane;
    } catch (error) {
      await plane[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Ends the API server as a crash does, and starts it again. @returns seconds until it was ready */
  async crashApiServer(): Promise<number> {
    const begun = performance.now();
    await this.#programs.pop()?.kill();
    await this.#run(kubeApiserver(this.#machine));
    await this.#untilReady();
    return (performance.now() - begun) / 1_000;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#api.close();
    for (const program of this.#programs.splice(0).toReversed()) await program.kill();
    await rm(this.folder, { recursive: true, force: true });
  }

  async #run({ name, command, files }: Component): Promise<void> {
    for (const { path: file, content } of files) {
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
    }
    this.#programs.push(new ChildProgram(command, path.join(this.#machine.paths.logs, `${name}.log`)));
  }

  #untilReady(): Promise<void> {
    return until('the API server is ready', async () => {
      for (const program of this.#programs) program.requireRunning();
      return (await this.#api.ready()) === true;
    });
  }
}

/** A centre's machine whose addresses are the loopback's. */
async function onLoopback(toolchain: Toolchain, folder: string): Promise<Machine> {
  const instance = describeInstance('bench', 0, folder, [CENTRE]);
  const address = '127.0.0.1';
  const apiServer = `https://${address}:${await freePort()}`;
  const centre = { ...requireCentre(instance, CENTRE), nodeAddress: address, apiServer };
  return { instance, centre, paths: centrePaths(centre), toolchain, volumes: { free: 0, size: '1Gi' } };
}
