import { describe, expect, it } from 'vitest';
import { hostSchema, httpsUrlSchema, serverOf, storeUrlSchema } from './network.ts';

describe('a host and a URL', () => {
  it.each(['db.population.svc', '10.0.0.1', 'a', '1a', '1-2', '163.com', 'DB.Example', '10.0.0.1.nip.io'])(
    '%s is a host',
    (text) => {
      expect(hostSchema().safeParse(text).success).toBe(true);
    },
  );

  it.each([
    ...['', '-a', 'a-', 'a b', 'a/b', 'a:5432', 'https://a', 'a..b', 'a-.b', 'a.'],
    ...['999.1.1.1', '10.0.0.256', '10.0.0', '10.0.0.0.1', '010.0.0.1', '1', '1.1.1.1.', 'a.1'],
  ])('%s is no host', (text) => {
    expect(hostSchema().safeParse(text).success).toBe(false);
  });

  it.each(['https://10.90.0.1:6443', 'https://api.example', 'https://a:1', 'https://a:65535'])(
    '%s is a URL of an API server',
    (text) => {
      expect(httpsUrlSchema().safeParse(text).success).toBe(true);
    },
  );

  it.each([
    ...['http://10.90.0.1:6443', 'https://', 'https://a/b', 'https://a:', 'https://u:p@a', 'https://a?x'],
    ...['https://999.1.1.1', 'https://10.0.0:6443', 'https://a:0', 'https://a:06443', 'https://a:65536'],
    ...['https://a:99999', 'https://a..b'],
  ])('%s is none', (text) => {
    expect(httpsUrlSchema().safeParse(text).success).toBe(false);
  });

  it('every port from 1 to 65535 and no other stands in a URL', () => {
    const url = httpsUrlSchema();
    const accepted = Array.from({ length: 100_000 }, (_, port) => port).filter(
      (port) => url.safeParse(`https://a:${port}`).success,
    );
    expect([accepted.length, accepted.at(0), accepted.at(-1)]).toEqual([65_535, 1, 65_535]);
  });

  it.each([
    ['https://api.example', 'api.example:443'],
    ['https://API.example:443', 'api.example:443'],
    ['https://10.90.0.1:6443', '10.90.0.1:6443'],
    ['https://10.90.0.1:06443', '10.90.0.1:6443'],
  ])('%s is the server %s', (url, server) => {
    expect(serverOf(url)).toBe(server);
  });

  it.each(['https://store:9000', 'http://10.0.0.1', 'https://s3.example/minio/'])('%s is a store', (text) => {
    expect(storeUrlSchema().safeParse(text).success).toBe(true);
  });

  it.each([
    ...['https://key:secret@store:9000', 'https://key@store', 'https://store?token=x', 'https://store#x'],
    ...['store:9000', 'ftp://store', 'https://${store}', 'https://store/%{x}', 'https://store:99999'],
  ])('%s is none, and may hold a secret', (text) => {
    expect(storeUrlSchema().safeParse(text).error?.issues.at(0)?.message).toBe(
      'use a URL such as https://store.example:9000, without user, password, query and fragment',
    );
  });
});
