export {
  type ChannelKey,
  channelId,
  channelSalt,
  type Lane,
  laneOf,
} from './channel/channel-key.ts';
export { ComputeError } from './compute-error.ts';
export type { ComputeErrorCode } from './compute-words.ts';
export { type Cid, cidDigest, isCid, requireCid } from './content/cid.ts';
export { computeExposure, type Exposure } from './price/exposure.ts';
export {
  addWork,
  computeDue,
  computeFuelFor,
  NO_WORK,
  perFuelWadOf,
  type Work,
  type WorkPrice,
} from './price/work-price.ts';
export { encodeReceipt, hashReceipt, parseReceipt } from './receipt/encode-receipt.ts';
export { hashPair, isBelowRoot, receiptLeaf } from './receipt/merkle.ts';
export type { Receipt } from './receipt/receipt.ts';
export {
  appendReceipt,
  EMPTY_HEAD,
  type ReceiptFacts,
  type ReceiptHead,
  verifyReceiptChain,
} from './receipt/receipt-chain.ts';
export {
  appendToFrontier,
  EMPTY_FRONTIER,
  frontierRoot,
  type ReceiptFrontier,
} from './receipt/receipt-frontier.ts';
export { createReceiptTree, type ReceiptTree } from './receipt/receipt-tree.ts';
export { isCertificateRevoked, type LastSession, requireNotRevoked } from './session/revocation.ts';
export {
  createSessionSecret,
  isSignedBySession,
  type SessionKey,
  sessionKeyOf,
} from './session/session-key.ts';
export {
  isReceiptSigned,
  type SignedReceipt,
  signReceipt,
  verifyReceipt,
} from './session/signed-receipt.ts';
export {
  type IsSigned,
  type SignedCertificate,
  type VerifyCertificateParameters,
  verifyCertificate,
} from './session/verify-certificate.ts';
export {
  type AnchorTerms,
  anchorDigest,
  anchorTypedData,
  EPOCH_SECONDS,
  epochOf,
} from './signing/anchor.ts';
export { type Bid, bidDigest, bidTypedData } from './signing/bid.ts';
export {
  type Certificate,
  certificateDigest,
  certificateTypedData,
  MOST_SESSION_SECONDS,
} from './signing/certificate.ts';
export { type SigningDomain, type SigningPurpose, signingDomain } from './signing/domain.ts';
export { hashOrder, type Order, orderDigest, orderTypedData } from './signing/order.ts';
export { isSignedByKey, recoverSigner } from './signing/recover-signer.ts';
export { hashStream, type StreamTerms, streamTotal, streamTypedData } from './signing/stream.ts';
export { hashVoucher, type VoucherTerms, voucherTypedData } from './signing/voucher.ts';
export { decodeJobSpec, encodeJobSpec, hashJobSpec } from './spec/encode-job-spec.ts';
export { formatJobSpec, type JobSpecJson } from './spec/format-job-spec.ts';
export {
  type JobNeeds,
  type JobSpec,
  PROFILES,
  type Profile,
  RUNTIMES,
  type Runtime,
  TIERS,
  type Tier,
} from './spec/job-spec.ts';
export { parseJobSpec } from './spec/parse-job-spec.ts';
export { fromTextWord, toTextWord } from './text-word.ts';
