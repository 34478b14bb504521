import type { Hex } from 'viem';

/** Where a node answers, below its endpoint. Content is at `/ipfs/<cid>?format=raw|car` (GET) and `/ipfs` (POST, a CAR). */
export const ROUTES = {
  /** GET: the node’s own signed ask. */
  ask: '/v1/ask',
  /** GET: `{ asks }`, those of others that it knows. POST a signed ask: it checks it and tells the others. */
  asks: '/v1/asks',
  /** GET: how it is doing. */
  status: '/v1/status',
  /** POST a quote request: a signed quote. */
  quotes: '/v1/quotes',
  /** POST a bid request: a signed bid. */
  bids: '/v1/bids',
  /** POST an announcement: how the channel stands. */
  channels: '/v1/channels',
  /** POST a signed submit: an answer for each job. */
  jobs: '/v1/jobs',
  /** POST an order that is paid by `JobMarket`. */
  escrow: '/v1/escrow',
  /** POST a signed read request: how the channel stands. */
  channel: (id: Hex) => `/v1/channels/${id}`,
  /** POST a voucher: how the channel stands then. */
  vouchers: (id: Hex) => `/v1/channels/${id}/vouchers`,
  /** POST a signed read request: a stream of channel events, a line each. */
  channelEvents: (id: Hex) => `/v1/channels/${id}/events`,
  /** POST a signed read request: a page of signed receipts of the channel. */
  receipts: (id: Hex) => `/v1/channels/${id}/receipts`,
  /** GET: a job’s status. */
  job: (id: Hex) => `/v1/jobs/${id}`,
  /** GET with `?from=`: a stream of job events, a line each. */
  jobEvents: (id: Hex) => `/v1/jobs/${id}/events`,
  /** POST a signed stop: the job’s status. */
  stop: (id: Hex) => `/v1/jobs/${id}/stop`,
  /** For the operator, with the node’s token: `Authorization: Bearer`. */
  drain: '/v1/operator/drain',
  earnings: '/v1/operator/earnings',
  /** POST: redeems every voucher that pays. */
  redeem: '/v1/operator/redeem',
  /** POST: makes the session key void on chain, and takes another: how it is doing then. */
  rotate: '/v1/operator/rotate',
} as const;
