import { describeInstance, type LabInstance, requireCentre } from '../../instance.ts';
import { centrePaths, type Machine } from '../machine.ts';

/** A machine that exists nowhere, for tests of what follows from one. */
export function exampleMachine(
  instance: LabInstance = describeInstance('lab', 0, '/state'),
  name = 'production',
): Machine {
  const centre = requireCentre(instance, name);
  const program = (file: string): string => `/programs/${file}`;
  return {
    instance,
    centre,
    paths: centrePaths(centre),
    volumes: { free: 3, size: '10Gi' },
    toolchain: {
      programs: {
        etcd: program('etcd'),
        etcdctl: program('etcdctl'),
        etcdutl: program('etcdutl'),
        'kube-apiserver': program('kube-apiserver'),
        'kube-controller-manager': program('kube-controller-manager'),
        'kube-scheduler': program('kube-scheduler'),
        'kube-proxy': program('kube-proxy'),
        kubelet: program('kubelet'),
        kubectl: program('kubectl'),
        containerd: program('containerd'),
        ctr: program('ctr'),
        tini: program('tini'),
        promtool: program('promtool'),
        terraform: program('terraform'),
      },
      imageRoot: '/cache/images',
      terraformConfig: '/cache/terraform.tfrc',
    },
  };
}
