import type { Component } from './component.ts';
import { containerd } from './containerd.ts';
import { etcd } from './etcd.ts';
import { kubeApiserver } from './kube-apiserver.ts';
import { kubeControllerManager } from './kube-controller-manager.ts';
import { kubeProxy } from './kube-proxy.ts';
import { kubeScheduler } from './kube-scheduler.ts';
import { kubelet } from './kubelet.ts';
import type { Machine } from './machine.ts';
import { networkPolicies } from './network-policies.ts';

/** Everything that runs in a centre: the control plane, then the node. This is what a Kubernetes cluster is made of. */
export function components(machine: Machine): readonly Component[] {
  return [
    // First, so that it is there before any pod is.
    networkPolicies(machine),
    etcd(machine),
    kubeApiserver(machine),
    kubeControllerManager(machine),
    kubeScheduler(machine),
    containerd(machine),
    kubelet(machine),
    kubeProxy(machine),
  ];
}
