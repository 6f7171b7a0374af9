import { admissionPolicy, inNamespacesFor, type AdmissionPolicy } from './admission-policy.ts';

/**
 * No token of a service account lies in a Secret where zaibei itself works. Whoever may create Secrets there, to put keys
 * in place, could otherwise ask for the token of the operator or the keeper, which never expires, and wait for it to be
 * mounted or backed up. Programs get tokens that expire, from the kubelet or by TokenRequest.
 */
export function unforgedTokens(): AdmissionPolicy {
  return admissionPolicy('zaibei-tokens-expire', {
    constraints: inNamespacesFor(['copies', 'store', 'system'], 'secrets', ['CREATE', 'UPDATE']),
    validations: [
      {
        expression: "!has(object.type) || object.type != 'kubernetes.io/service-account-token'",
        message:
          'no token of a service account lies in a Secret here: ask for one that expires (kubectl create token)',
      },
    ],
  });
}
