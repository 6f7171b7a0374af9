import type { Plugin } from 'esbuild';

/** Marks a resolution of ours, so that esbuild's own answer is asked for once. */
const ASKED = Symbol('asked');

const CLIENT = /[\\/]@kubernetes[\\/]client-node[\\/]/;

/**
 * What is used of undici, put together as its index does. That takes in mocks, caches and a browser's fetch too: 5 MiB of
 * memory before the first request.
 */
const UNDICI = `
import api from './lib/api/index.js';
import Dispatcher from './lib/dispatcher/dispatcher.js';
Object.assign(Dispatcher.prototype, api);
export { Dispatcher };
export { default as Agent } from './lib/dispatcher/agent.js';
export { default as Pool } from './lib/dispatcher/pool.js';
export { default as ProxyAgent } from './lib/dispatcher/proxy-agent.js';
// Named by parts of the official client that the operator does not use.
export const fetch = undefined;
`;

/**
 * Leaves out of the bundle what large dependencies bring along and the operator never calls. Nothing is replaced that is
 * used: what is missing fails when the bundle is made, or in its test.
 */
export const leanDependencies: Plugin = {
  name: 'lean-dependencies',
  setup(build) {
    // The official client does not say that its files have no side effects. Of them only KubeConfig is used, and not the
    // models of every Kubernetes object.
    build.onResolve({ filter: /^(?:\.|@kubernetes)/ }, async ({ path, pluginData, ...from }) => {
      const concerned = path === '@kubernetes/client-node' || CLIENT.test(from.importer);
      if (pluginData === ASKED || !concerned) return undefined;
      const found = await build.resolve(path, { ...from, pluginData: ASKED });
      return found.external ? found : { ...found, sideEffects: false };
    });
    // The driver of PostgreSQL does not say so either. It is loaded with the first connection, and not because a file that
    // the operator takes something else from quotes names with it.
    build.onResolve({ filter: /^pg$/ }, async ({ path, pluginData, ...from }) => {
      if (pluginData === ASKED) return undefined;
      return { ...(await build.resolve(path, { ...from, pluginData: ASKED })), sideEffects: false };
    });
    // zod speaks forty languages; ours come from our own catalogue.
    build.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: `export { default as en } from './en.js';`,
    }));
    build.onLoad({ filter: /[\\/]undici[\\/]index\.js$/ }, () => ({ contents: UNDICI }));
  },
};
