import { z } from 'zod';
import { execute } from '../execute.ts';

/** A network link, as far as the lab looks at it. */
const linksSchema = z.array(
  z.object({
    ifname: z.string(),
    group: z.string().default('default'),
    operstate: z.string().default('UNKNOWN'),
    flags: z.array(z.string()).default([]),
  }),
);

export type Link = z.infer<typeof linksSchema>[number];

const routesSchema = z.array(z.object({ dst: z.string(), dev: z.string().optional() }));

/** A route of the machine: to which network, in CIDR form, and by which link. */
export type Route = z.infer<typeof routesSchema>[number];

const addressesSchema = z.array(
  z.object({
    ifname: z.string(),
    addr_info: z.array(z.object({ local: z.string(), prefixlen: z.number() })),
  }),
);

/** Runs lines of `ip` in one go, in a network namespace or on the machine itself; stops at the first that fails. */
export async function ipBatch(lines: readonly string[], namespace?: string): Promise<void> {
  if (lines.length === 0) return;
  await execute('ip', [...inside(namespace), '-batch', '-'], {
    input: lines.map((line) => `${line}\n`).join(''),
  });
}

/** The links of a network namespace, or of the machine. */
export async function listLinks(namespace?: string): Promise<readonly Link[]> {
  return linksSchema.parse(await ipJson(['link', 'show'], namespace));
}

/** The machine's IPv4 routes; default routes left out. */
export async function listRoutes(): Promise<readonly Route[]> {
  return readRoutes(await ipJson(['-4', 'route', 'show']));
}

/** The routes in the answer of `ip -json route`, which writes the route to a single address without `/32`. */
export function readRoutes(answer: unknown): readonly Route[] {
  return routesSchema
    .parse(answer)
    .filter(({ dst }) => dst !== 'default')
    .map(({ dst, dev }) => ({ dst: dst.includes('/') ? dst : `${dst}/32`, dev }));
}

/** The machine's IPv4 addresses by link. */
export async function listAddresses(): Promise<readonly { link: string; network: string }[]> {
  return addressesSchema
    .parse(await ipJson(['-4', 'address', 'show']))
    .flatMap(({ ifname, addr_info }) =>
      addr_info.map(({ local, prefixlen }) => ({ link: ifname, network: `${local}/${prefixlen}` })),
    );
}

async function ipJson(args: readonly string[], namespace?: string): Promise<unknown> {
  const text = await execute('ip', [...inside(namespace), '-json', ...args]);
  return text.trim() === '' ? [] : JSON.parse(text);
}

function inside(namespace: string | undefined): readonly string[] {
  return namespace === undefined ? [] : ['-netns', namespace];
}
