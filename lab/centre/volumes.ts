import path from 'node:path';
import type { Machine } from './machine.ts';

/** The storage class of every centre: claims that name no other get it. */
export const STORAGE_CLASS = 'lab';

/** The class, as an object: volumes are made ahead by the volume keeper, and chosen once the pod has a node. */
export const STORAGE_CLASS_OBJECT: object = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: STORAGE_CLASS, annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
  provisioner: 'kubernetes.io/no-provisioner',
  volumeBindingMode: 'WaitForFirstConsumer',
  reclaimPolicy: 'Retain',
};

/** A claim by name: the same name in the same namespace is the same claim, also when it was deleted and made again. */
export interface ClaimName {
  readonly namespace: string;
  readonly name: string;
}

/** A persistent volume as the API server has it. */
export interface VolumeObject {
  readonly name: string;
  readonly phase: 'Pending' | 'Available' | 'Bound' | 'Released' | 'Failed';
  readonly claim?: ClaimName;
}

/** A volume's folder on disk, which has the volume's name. */
export interface VolumeFolder {
  readonly name: string;
  readonly empty: boolean;
  /** The claim that last had it, as far as is known. */
  readonly claim?: ClaimName;
}

/** One thing to do, so that there are free volumes and data finds back to its claim. */
export type VolumeAction =
  /** Make the object (and the folder); with a claim it is for that claim only. */
  | { readonly do: 'create'; readonly name: string; readonly claim?: ClaimName }
  /** Its claim was deleted and left data: keep it for a claim of the same name. */
  | { readonly do: 'reserve'; readonly name: string; readonly claim: ClaimName }
  /** Its claim was deleted and left nothing: anybody may have it. */
  | { readonly do: 'free'; readonly name: string };

/**
 * What the volume keeper does about the volumes it sees. Data is never deleted and never given to another claim: a
 * released volume waits for a claim of the same namespace and name, so what is destroyed and deployed again finds its
 * data again. A folder whose object is gone (deleted by hand, or with etcd) gets its object back the same way.
 * @param wanted number of volumes that shall be free
 */
export function planVolumes(
  objects: readonly VolumeObject[],
  folders: readonly VolumeFolder[],
  wanted: number,
): readonly VolumeAction[] {
  const folderOf = new Map(folders.map((folder) => [folder.name, folder]));
  const objectNames = new Set(objects.map((object) => object.name));
  const actions: VolumeAction[] = [];
  for (const object of objects) {
    if (object.phase !== 'Released') continue;
    const empty = folderOf.get(object.name)?.empty ?? true;
    if (empty) actions.push({ do: 'free', name: object.name });
    else if (object.claim) actions.push({ do: 'reserve', name: object.name, claim: object.claim });
  }
  for (const { name, empty, claim } of folders) {
    if (objectNames.has(name)) continue;
    if (empty) actions.push({ do: 'create', name });
    // Data of an unknown claim is kept, but offered to nobody.
    else if (claim) actions.push({ do: 'create', name, claim });
  }
  const free =
    objects.filter((object) => object.claim === undefined && object.phase !== 'Failed').length +
    actions.filter((action) => action.do === 'free' || (action.do === 'create' && action.claim === undefined))
      .length;
  let number = Math.max(0, ...[...objectNames, ...folderOf.keys()].map(numberOf));
  for (let missing = wanted - free; missing > 0; missing -= 1) {
    number += 1;
    actions.push({ do: 'create', name: `${STORAGE_CLASS}-${String(number).padStart(3, '0')}` });
  }
  return actions;
}

/** The persistent volume of a folder; only the centre's own node has it. */
export function volumeManifest({ centre, paths, volumes }: Machine, name: string, claim?: ClaimName): object {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: {
      capacity: { storage: volumes.size },
      accessModes: ['ReadWriteOnce'],
      persistentVolumeReclaimPolicy: 'Retain',
      storageClassName: STORAGE_CLASS,
      volumeMode: 'Filesystem',
      // `local`, unlike hostPath, applies the pod's fsGroup.
      local: { path: path.join(paths.volumes, name) },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [
            {
              matchExpressions: [
                { key: 'kubernetes.io/hostname', operator: 'In', values: [centre.nodeName] },
              ],
            },
          ],
        },
      },
      ...(claim === undefined
        ? {}
        : { claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', ...claim } }),
    },
  };
}

function numberOf(name: string): number {
  return Number(/-(\d+)$/.exec(name)?.[1] ?? 0);
}
