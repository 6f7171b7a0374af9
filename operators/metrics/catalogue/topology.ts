/** Metrics of the Topology controller: peers, agreement, votes. Every export is one. */
import { AGREEMENTS, CLAIM_OUTCOMES, REACHABILITIES } from '../../api/index.ts';
import { defineMetric } from '../metric.ts';

/** Whether a peer can be read now. */
export const peerReachable = defineMetric({
  name: 'zaibei_peer_reachability',
  type: 'gauge',
  unit: 'none',
  labels: ['peer', 'state'],
  help: {
    zh: '对端中心当前是否可读：所处状态为 1，其余为 0。未知不等于正常。',
    en: 'Whether another centre can be read now: 1 at the state it is in, 0 at the others. Unknown is not fine.',
  },
  from: 'live probes, one every 10 s',
  known: { state: REACHABILITIES },
});

/** Since when the peer was last heard of. */
export const peerAnswered = defineMetric({
  name: 'zaibei_peer_answered_timestamp_seconds',
  type: 'gauge',
  unit: 'timestamp_seconds',
  labels: ['peer'],
  help: {
    zh: '对端中心最近一次应答探测的时间；从未应答则没有该序列。',
    en: 'When another centre last answered a probe; without a series it never has.',
  },
  from: 'live probes',
});

/** How far away a peer is. */
export const peerRoundTrip = defineMetric({
  name: 'zaibei_peer_round_trip_seconds',
  type: 'gauge',
  unit: 'seconds',
  labels: ['peer'],
  help: {
    zh: '到对端中心 API 服务器的往返时间，取最近若干次探测的中位数。',
    en: 'Round trip to the API server of another centre, median of the last probes.',
  },
  from: 'live probes',
});

/** How far a peer's clock is from ours. */
export const peerClockOffset = defineMetric({
  name: 'zaibei_peer_clock_offset_seconds',
  type: 'gauge',
  unit: 'seconds',
  labels: ['peer', 'bound'],
  help: {
    zh: '对端中心时钟相对本中心的偏差范围：真实偏差在 least 与 most 之间，负值表示对端落后。',
    en: 'How far the clock of another centre is ahead of ours: somewhere between least and most; negative is behind.',
  },
  from: 'the `Date` headers of the last probes, intersected',
  known: { bound: ['least', 'most'] },
});

/** Probes by what they came to. */
export const peerProbes = defineMetric({
  name: 'zaibei_peer_probes_total',
  type: 'counter',
  unit: 'total',
  labels: ['peer', 'outcome'],
  help: {
    zh: '对各对端中心的探测次数，按结果分：应答、无应答、对端报错、凭据缺失、凭据被拒。',
    en: 'Probes of other centres by what they came to: answered, unanswered, answered with an error, no credentials, credentials refused.',
  },
  from: 'each probe',
  known: { outcome: ['Answered', 'NoAnswer', 'Failing', 'CredentialsMissing', 'CredentialsRefused'] },
});

/** When the credentials for a peer end. */
export const peerCredentialsExpire = defineMetric({
  name: 'zaibei_peer_credentials_expire_timestamp_seconds',
  type: 'gauge',
  unit: 'timestamp_seconds',
  labels: ['peer'],
  help: {
    zh: '读取对端中心所用凭据的到期时间。',
    en: 'When the credentials expire by which another centre is read.',
  },
  from: 'the kubeconfig in the Secret `zaibei-peer-<centre>`',
});

/** Whether a peer wants what this centre wants. */
export const peerAgreement = defineMetric({
  name: 'zaibei_peer_desired_state_agreement',
  type: 'gauge',
  unit: 'none',
  labels: ['peer', 'state'],
  help: {
    zh: '对端中心的期望状态是否与本中心一致：所处状态为 1，其余为 0。',
    en: 'Whether the desired state of another centre is the same as here: 1 at the state it is in, 0 at the others.',
  },
  from: '`status.peers[].agreement` of Topology',
  known: { state: AGREEMENTS },
});

/** What the centre was told to want. */
export const desiredDocuments = defineMetric({
  name: 'zaibei_desired_state_documents',
  type: 'gauge',
  unit: 'none',
  labels: ['kind'],
  help: {
    zh: '本中心期望状态中的文档数，按类型分。',
    en: 'Documents of the desired state of this centre, by kind.',
  },
  from: 'the documents that config writes',
});

/** Claims of this centre by how they ended. */
export const claimCount = defineMetric({
  name: 'zaibei_claims',
  type: 'gauge',
  unit: 'none',
  labels: ['outcome'],
  help: {
    zh: '本中心提出的主张数，按结果分：尚在收集投票、已达成一致、被拒绝、已过期。',
    en: 'Claims of this centre by outcome: gathering votes, agreed, refused, expired.',
  },
  from: '`status.outcome` of Claim',
  known: { outcome: ['Gathering', ...CLAIM_OUTCOMES] },
});

/** Votes that this centre has cast. */
export const voteCount = defineMetric({
  name: 'zaibei_votes',
  type: 'gauge',
  unit: 'none',
  labels: ['claimant'],
  help: {
    zh: '本中心投出的票数，按提出主张的中心分。',
    en: 'Votes that this centre has cast, by the centre that claimed.',
  },
  from: 'the Vote objects of this centre',
});
