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

  it.each(['KUBE_PROXY_URL', 'KUBE_INSECURE', 'KUBE_TLS_SERVER_NAME'])(
    'refuses %s, by which somebody else could answer for every cluster',
    (name) => {
      expect(() => readEnvironment({ [name]: 'true' })).toThrow(
        `ZB-STK-002 ${name}: would change how every cluster is reached`,
      );
    },
  );

  it.each([
    'TF_WORKSPACE',
    'TF_DATA_DIR',
    'TF_CLI_ARGS',
    'TF_CLI_ARGS_init',
    'TF_CLI_ARGS_plan',
    'TF_CLI_ARGS_apply',
    'TF_CLI_ARGS_destroy',
  ])('refuses %s, which would change what Terraform does in every stack', (name) => {
    expect(() => readEnvironment({ [name]: 'x' })).toThrow(
      `ZB-STK-002 ${name}: would change what Terraform does in every stack`,
    );
  });

  it('leaves alone what says where Terraform finds its providers, and what is empty', () => {
    const harmless = { TF_CLI_CONFIG_FILE: '/etc/terraformrc', TF_WORKSPACE: '', TF_IN_AUTOMATION: '1' };
    expect(readEnvironment(harmless)).toEqual(readEnvironment({}));
  });

  it('refuses two kubeconfigs, of which each provider would prefer another', () => {
    expect(() => readEnvironment({ KUBECONFIG: '/a', KUBE_CONFIG_PATH: '/b' })).toThrow(
      'ZB-STK-002 KUBECONFIG: names /a, and KUBE_CONFIG_PATH /b',
    );
    expect(readEnvironment({ KUBECONFIG: '/a', KUBE_CONFIG_PATH: '/a' }).kubeconfig).toBe('/a');
  });
});
