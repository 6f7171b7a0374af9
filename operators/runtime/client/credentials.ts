import { KubeConfig } from '@kubernetes/client-node';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { OutgoingHttpHeaders } from 'node:http';
import type { RequestOptions } from 'node:https';
import path from 'node:path';
import type { ConnectionOptions } from 'node:tls';
import { CredentialsError } from '../errors/credentials-error.ts';
import { inlineKubeconfigProblem } from './inline-kubeconfig.ts';

/** Where the operator learns how to reach a cluster and who it is there. */
export type CredentialSource =
  | {
      readonly kind: 'kubeconfig';
      readonly file: string;
      /** Default: the file's current context. */
      readonly context?: string | undefined;
    }
  | {
      readonly kind: 'text';
      /** What the text is from, for messages: `Secret zaibei-system/zaibei-peer-remote-dr`. */
      readonly from: string;
      /** The kubeconfig as it is now. Everything has to be in it: paths and plugins are refused. */
      readonly text: () => string;
    }
  | {
      /** What a pod is given. Its server is named by the environment, as `KubeConfig` reads it. */
      readonly kind: 'service-account';
      /** Folder that stands for `/`. Default: none. */
      readonly root?: string | undefined;
    };

/** How to reach a cluster, and who we are there. */
export interface Access {
  readonly server: URL;
  readonly tls: Pick<ConnectionOptions, 'ca' | 'cert' | 'key' | 'servername' | 'rejectUnauthorized'>;
  /** Headers that say who we are. */
  readonly headers: Readonly<Record<string, string>>;
  /** Tells connections apart: it changes with `server` and `tls`, not with a token. */
  readonly digest: string;
}

const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * Reads credentials from where they are kept, by their content each time, so that a renewed certificate, token or
 * kubeconfig is used without a restart. One instance for each cluster: the official client remembers tokens by the name
 * of the user, which several kubeconfigs may share.
 */
export class Credentials {
  readonly #source: CredentialSource;
  /** What the present config was made of. */
  #text: string | undefined;
  #config = new KubeConfig();

  constructor(source: CredentialSource) {
    this.#source = source;
  }

  /** @throws CredentialsError saying what is wrong with them, and nothing that is in them */
  async read(): Promise<Access> {
    try {
      const text = this.#readText();
      if (text !== this.#text) this.#config = this.#makeConfig(text);
      this.#text = text;
      const options: RequestOptions = {};
      // Reads the files that the config names, and runs its plugin where it has one.
      await this.#config.applyToHTTPSOptions(options);
      return this.#access(options);
    } catch (error) {
      this.forget();
      throw error instanceof CredentialsError ? error : this.#error(problemOf(error));
    }
  }

  /** Has the next reading begin from nothing: the server did not accept what was read. */
  forget(): void {
    this.#text = undefined;
  }

  /** The text that decides whether the config is made anew: the token also, which the client would keep for a minute. */
  #readText(): string {
    const source = this.#source;
    switch (source.kind) {
      case 'text':
        return source.text();
      case 'kubeconfig':
        return readFileSync(source.file, 'utf8');
      case 'service-account':
        return readFileSync(path.join(source.root ?? '/', SERVICE_ACCOUNT, 'token'), 'utf8');
    }
  }

  #makeConfig(text: string): KubeConfig {
    const source = this.#source;
    const config = new KubeConfig();
    if (source.kind === 'service-account') {
      if (!process.env['KUBERNETES_SERVICE_HOST'])
        throw this.#error('this is not a pod: no API server is named');
      config.loadFromCluster(source.root);
      return config;
    }
    const problem = source.kind === 'text' ? inlineKubeconfigProblem(text) : undefined;
    if (problem !== undefined) throw this.#error(problem);
    config.loadFromString(text);
    if (source.kind === 'kubeconfig') {
      config.makePathsAbsolute(path.dirname(source.file));
      if (source.context !== undefined) config.setCurrentContext(source.context);
    }
    return config;
  }

  #access({ ca, cert, key, servername, rejectUnauthorized, headers }: RequestOptions): Access {
    const cluster = this.#config.getCurrentCluster();
    if (cluster === null || this.#config.getCurrentUser() === null) {
      const known = this.#config.getContexts().map(({ name }) => name);
      throw this.#error(
        `there is no context "${this.#config.getCurrentContext()}" with a cluster and a user; there is: ${known.join(', ')}`,
      );
    }
    if (cluster.proxyUrl !== undefined) throw this.#error('a proxy-url is not supported');
    const tls = { ca, cert, key, servername, rejectUnauthorized };
    return {
      server: new URL(cluster.server),
      tls,
      digest: createHash('sha256')
        .update(JSON.stringify([cluster.server, tls]))
        .digest('hex'),
      headers: textHeaders(headers as OutgoingHttpHeaders | undefined), // the client sets an object only
    };
  }

  #error(problem: string): CredentialsError {
    const source = this.#source;
    switch (source.kind) {
      case 'text':
        return new CredentialsError(source.from, problem);
      case 'kubeconfig':
        return new CredentialsError(`kubeconfig ${source.file}`, problem);
      case 'service-account':
        return new CredentialsError('service account of the pod', problem);
    }
  }
}

/** A token that was read from a file may end in a line break, which no header may have. */
function textHeaders(headers: OutgoingHttpHeaders = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value).trim()]));
}

/** What is wrong, in words that are known to hold nothing of the credentials. */
function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return 'it is no kubeconfig';
  const { message } = error;
  if ('code' in error && 'path' in error)
    return `cannot be read (${String(error.code)} ${String(error.path)})`;
  if (error.name === 'YAMLException') return 'it is not YAML';
  if (/^(clusters|users|contexts)\[\d+\]\.[a-z.]+ is missing$/.test(message)) return message;
  if (message.startsWith('HTTP protocol is not allowed')) return 'its server is not reached by TLS';
  return 'it is no kubeconfig with clusters, users and contexts, or its plugin failed';
}
