import { describe, expect, it } from 'vitest';
import { readEnvironment } from './environment.ts';

describe('readEnvironment', () => {
  it('deploys the lab unless told otherwise', () => {
    expect(readEnvironment({})).toEqual({ site: 'config/lab', outdir: 'cdktf.out' });
  });

  it('takes site, output folder, centres and kubeconfig from their variables', () => {
    expect(
      readEnvironment({
        ZAIBEI_SITE: 'config/fujian',
        CDKTF_OUTDIR: '/tmp/out',
        ZAIBEI_CENTRES: 'fuzhou, xiamen',
        KUBE_CONFIG_PATH: '/root/.kube/config',
      }),
    ).toEqual({
      site: 'config/fujian',
      outdir: '/tmp/out',
      centres: ['fuzhou', 'xiamen'],
      kubeconfig: '/root/.kube/config',
    });
  });

  it('uses the folder that people set for cdktf, where cdktf itself has not called', () => {
    expect(readEnvironment({ CDKTF_OUTPUT: '/tmp/out' }).outdir).toBe('/tmp/out');
  });

  it.each(['KUBE_HOST', 'KUBE_TOKEN', 'KUBE_CONFIG'])(
    'refuses %s, which would send the objects of every centre to one cluster',
    (name) => {
      expect(() => readEnvironment({ [name]: 'x' })).toThrow(
        `ZB-STK-002 ${name}: would outweigh the context of each stack`,
      );
    },
  );

  it('refuses two kubeconfigs, of which each provider would prefer another', () => {
    expect(() => readEnvironment({ KUBECONFIG: '/a', KUBE_CONFIG_PATH: '/b' })).toThrow(
      'ZB-STK-002 KUBECONFIG: names /a, and KUBE_CONFIG_PATH /b',
    );
    expect(readEnvironment({ KUBECONFIG: '/a', KUBE_CONFIG_PATH: '/a' }).kubeconfig).toBe('/a');
  });
});
