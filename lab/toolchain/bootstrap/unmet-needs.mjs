/**
 * @typedef {import('./machine-facts.mjs').MachineFacts} MachineFacts
 * @typedef {import('./machine-facts.mjs').Disk} Disk
 *
 * @typedef {'packages' | 'lab' | 'test'} Mode What is to be prepared: the npm packages, or all that the lab needs as well.
 *
 * @typedef {object} Need Something a machine must have.
 * @property {string} lacks what is missing, with what was found instead
 * @property {string} remedy what to do
 */

/** Kernel parts that no package can bring, by their build option. */
const KERNEL_OPTIONS = {
  CONFIG_OVERLAY_FS: 'overlay (file systems of containers)',
  CONFIG_NF_TABLES: 'nf_tables (services and network policies)',
  CONFIG_BRIDGE: 'bridge (networks of centres and pods)',
  CONFIG_VETH: 'veth (links between centres)',
  CONFIG_NET_NS: 'network namespaces (one per centre)',
  CONFIG_PID_NS: 'process namespaces (one per centre)',
};

const OLDEST_NODE = [18, 0];
/** The first Go that fetches the newer one that a module asks for. */
const OLDEST_GO = [1, 21];
/** Linking the API server takes 1.8 GiB, three running centres 2.1 GiB. */
const LEAST_MEMORY_GIBIBYTES = 3.5;
/** Measured on a build of everything, rounded up: programs and images; Go's modules and compiled packages; node_modules. */
const FIRST_BUILD_GIBIBYTES = { cache: 2, go: 7, repository: 1 };
const LATER_GIBIBYTES = { cache: 1, go: 0, repository: 0.5 };

/**
 * Everything that a machine lacks for a mode, not just the first thing: whoever has to fix it wants to do it once.
 * @param {MachineFacts} facts
 * @param {Mode} mode
 * @returns {Need[]} in the order in which to fix them
 */
export function unmetNeeds(facts, mode) {
  const packages = [node(facts), npm(facts)];
  const lab = [system(facts), root(facts), go(facts), kernel(facts), memory(facts), ...diskSpace(facts)];
  return (mode === 'packages' ? packages : [...packages, ...lab]).filter((need) => need !== undefined);
}

/**
 * The one message for people.
 * @param {readonly Need[]} needs
 * @param {Mode} mode
 */
export function describeNeeds(needs, mode) {
  const purpose = mode === 'packages' ? 'zaibei' : "zaibei's lab and its tests";
  const items = needs.map(({ lacks, remedy }, index) => `  ${index + 1}. ${lacks}\n     → ${remedy}\n`);
  const count = needs.length === 1 ? 'one thing' : `${needs.length} things`;
  return `ZB-PREP-001: this machine lacks ${count} that ${purpose} need${mode === 'packages' ? 's' : ''}:\n${items.join('')}Nothing was changed.\n`;
}

/** @param {MachineFacts} facts */
function node({ nodeVersion }) {
  if (!isOlder(nodeVersion, OLDEST_NODE)) return undefined;
  return {
    lacks: `Node ${OLDEST_NODE[0]} or newer; this is ${nodeVersion}`,
    remedy: 'install a newer Node; it only has to start npm, the project brings the Node 22 it runs on',
  };
}

/** @param {MachineFacts} facts */
function npm({ hasNpm }) {
  return hasNpm
    ? undefined
    : { lacks: 'npm', remedy: 'install npm; it comes with Node, or as the Debian package npm' };
}

/** @param {MachineFacts} facts */
function system({ platform, architecture, distribution }) {
  if (platform !== 'linux' || architecture !== 'x64') {
    return {
      lacks: `Linux on x86-64; this is ${platform} on ${architecture}`,
      remedy: 'use a Debian 12 machine, real or virtual; "npm run check" and "cdktf synth" work here too',
    };
  }
  if (distribution?.split(' ').includes('debian') === true) return undefined;
  return {
    lacks: `Debian or a system derived from it; this is ${distribution ?? 'an unknown Linux'}`,
    remedy: 'use Debian 12: the lab takes containerd, runc and its network tools from Debian packages',
  };
}

/** @param {MachineFacts} facts */
function root({ isRoot, mayAdminister }) {
  if (!isRoot) {
    return {
      lacks: 'the rights of root: centres are network and process namespaces with mounts of their own',
      remedy: 'run the same command as root, with node and go on its PATH',
    };
  }
  if (mayAdminister !== false) return undefined;
  return {
    lacks: 'the rights to mount and to make networks (CAP_SYS_ADMIN, CAP_NET_ADMIN), though this is root',
    remedy: 'run on a machine of its own, or give this container those rights (--privileged)',
  };
}

/** @param {MachineFacts} facts */
function go({ goVersion }) {
  if (goVersion !== undefined && !isOlder(goVersion, OLDEST_GO)) return undefined;
  return {
    lacks: `Go ${OLDEST_GO.join('.')} or newer on PATH; found ${goVersion ?? 'none'}`,
    remedy:
      "unpack the archive of go.dev/dl into /usr/local and put /usr/local/go/bin on PATH (Debian 12's own is 1.19)",
  };
}

/**
 * Complains only about what is known to be missing: a kernel that does not tell its options gets the benefit of doubt.
 * @param {MachineFacts} facts
 */
function kernel({ kernelConfig }) {
  if (kernelConfig === undefined) return undefined;
  const missing = Object.entries(KERNEL_OPTIONS).filter(
    ([option]) => !new RegExp(`^${option}=[ym]$`, 'm').test(kernelConfig),
  );
  if (missing.length === 0) return undefined;
  return {
    lacks: `kernel features: ${missing.map(([, name]) => name).join(', ')}`,
    remedy: `boot a kernel with ${missing.map(([option]) => option).join(', ')}; Debian's has them all`,
  };
}

/** @param {MachineFacts} facts */
function memory({ memoryGibibytes }) {
  if (memoryGibibytes >= LEAST_MEMORY_GIBIBYTES) return undefined;
  return {
    lacks: `${LEAST_MEMORY_GIBIBYTES} GiB of memory; there are ${memoryGibibytes.toFixed(1)}`,
    remedy: 'give the machine 4 GiB or more',
  };
}

/**
 * Folders on one disk share its space, so their needs are added up.
 * @param {MachineFacts} facts
 * @returns {Need[]}
 */
function diskSpace({ disks, isCacheEmpty }) {
  if (disks === undefined) return [];
  const needed = isCacheEmpty ? FIRST_BUILD_GIBIBYTES : LATER_GIBIBYTES;
  const uses = [
    { disk: disks.cache, gibibytes: needed.cache },
    { disk: disks.go, gibibytes: needed.go },
    { disk: disks.repository, gibibytes: needed.repository },
  ];
  return [...new Set(uses.map(({ disk }) => disk.device))].flatMap((device) => {
    const here = uses.filter((use) => use.disk.device === device && use.gibibytes > 0);
    const total = here.reduce((sum, { gibibytes }) => sum + gibibytes, 0);
    const free = here[0]?.disk.freeGibibytes ?? Infinity;
    if (free >= total) return [];
    const directories = here.map(({ disk }) => disk.directory).join(', ');
    return [
      {
        lacks: `${total} GiB of free disk under ${directories}; there are ${free.toFixed(1)}`,
        remedy: 'make room, or set ZAIBEI_CACHE (and GOCACHE, GOMODCACHE) to folders on a larger disk',
      },
    ];
  });
}

/**
 * @param {string} version
 * @param {readonly number[]} than
 */
function isOlder(version, than) {
  const numbers = version.split('.').map(Number);
  for (const [index, least] of than.entries()) {
    const number = numbers[index] ?? 0;
    if (number !== least) return number < least;
  }
  return false;
}
