import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pointOf, readPrivateKey, scalarOf } from './signing-key.ts';
import { SM2_DEFAULT_ID, signSm2, verifySm2 } from './sm2.ts';

const MESSAGE = Buffer.from('灾备 evidence');

describe('SM2', () => {
  let folder = '';
  const at = (name: string) => path.join(folder, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { encoding: 'utf8', stdio: 'pipe' });

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'zaibei-sm2-'));
    openssl('genpkey', '-algorithm', 'SM2', '-out', at('key.pem'));
    openssl('pkey', '-in', at('key.pem'), '-pubout', '-out', at('public.pem'));
    writeFileSync(at('message'), MESSAGE);
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const read = () => readPrivateKey(readFileSync(at('key.pem'), 'utf8'));

  it.each([SM2_DEFAULT_ID, 'zaibei'])('verifies what OpenSSL signs with the id %s', (id) => {
    const option = ['-sigopt', `distid:${id}`];
    openssl('dgst', '-sm3', '-sign', at('key.pem'), ...option, '-out', at('theirs'), at('message'));
    const point = pointOf(read().key);
    expect(verifySm2(MESSAGE, readFileSync(at('theirs')), point, id)).toBe(true);
    expect(verifySm2(MESSAGE, readFileSync(at('theirs')), point, 'another')).toBe(false);
  });

  it('is verified by OpenSSL with the default id, also when r or s has its highest bit set', () => {
    // Half of all numbers have, and DER then puts a zero byte in front.
    for (let round = 0; round < 16; round += 1) {
      writeFileSync(at('ours'), signSm2(MESSAGE, scalarOf(read().secret)));
      const answer = openssl(
        ...['dgst', '-sm3', '-verify', at('public.pem'), '-signature', at('ours')],
        ...['-sigopt', `distid:${SM2_DEFAULT_ID}`, at('message')],
      );
      expect(answer).toBe('Verified OK\n');
    }
  });

  it('verifies the example of GB/T 32918.5', () => {
    const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');
    const point = bytes(
      '04 09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020' +
        'CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13',
    );
    const signature = bytes(
      '3046 022100 F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3' +
        '022100 B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA',
    );
    expect(verifySm2(Buffer.from('message digest'), signature, point)).toBe(true);
    expect(verifySm2(Buffer.from('message digesT'), signature, point)).toBe(false);
  });

  it.each([
    ['r = 0', '3006 020100 020101'],
    ['s = 0', '3006 020101 020100'],
    ['r + s = n', '3026 020101 022100 FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54122'],
    ['s = n', '3026 020101 022100 FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123'],
    ['bytes behind', '3006 020101 020101 00'],
    ['nothing', ''],
  ])('refuses a signature with %s', (_, hex) => {
    const signature = Buffer.from(hex.replaceAll(' ', ''), 'hex');
    expect(verifySm2(MESSAGE, signature, pointOf(read().key))).toBe(false);
  });
});
