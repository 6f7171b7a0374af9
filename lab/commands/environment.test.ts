import { describe, expect, test } from 'vitest';
import { exampleMachine } from '../centre/testing/example-machine.ts';
import { labEnvironment, shellExports } from './environment.ts';

const { instance, toolchain } = exampleMachine();

describe('the environment of an instance', () => {
  const environment = labEnvironment(instance, toolchain, '/usr/bin:/bin');

  test('leads kubectl, Terraform and cdktf to the instance and to what was built here', () => {
    expect(environment).toMatchObject({
      KUBECONFIG: '/state/lab/kubeconfig',
      KUBE_CONFIG_PATH: '/state/lab/kubeconfig',
      ZAIBEI_AUTHORITY: '/state/lab/authority',
      TF_CLI_CONFIG_FILE: '/cache/terraform.tfrc',
      TERRAFORM_BINARY_NAME: '/programs/terraform',
      CDKTF_SKIP_PROVIDER_LOCK: 'true',
      CHECKPOINT_DISABLE: '1',
    });
  });

  test("finds the repository's programs before the machine's, and does not grow when it is taken twice", () => {
    const { PATH = '' } = environment;
    expect(PATH.split(':')[0]).toMatch(/node_modules\/\.bin$/);
    expect(PATH.endsWith(':/usr/bin:/bin')).toBe(true);
    expect(labEnvironment(instance, toolchain, PATH)['PATH']).toBe(PATH);
  });

  test('is quoted for the shell', () => {
    expect(shellExports({ A: `it's $HOME` })).toBe(`export A='it'\\''s $HOME'\n`);
  });
});
