// What a node stakes, and what of it is locked for a job.
export {
  type BuildFinishUnbondParameters,
  type BuildFinishUnbondReturnType,
  buildFinishUnbond,
} from './bond/build-finish-unbond.ts';
export {
  type BuildLockBondParameters,
  type BuildLockBondReturnType,
  buildLockBond,
} from './bond/build-lock-bond.ts';
export { type BuildStakeParameters, type BuildStakeReturnType, buildStake } from './bond/build-stake.ts';
export { type BuildUnbondParameters, type BuildUnbondReturnType, buildUnbond } from './bond/build-unbond.ts';
export {
  type BuildUnstakeParameters,
  type BuildUnstakeReturnType,
  buildUnstake,
} from './bond/build-unstake.ts';
export {
  type FinishUnbondErrorType,
  type FinishUnbondParameters,
  type FinishUnbondReturnType,
  finishUnbond,
} from './bond/finish-unbond.ts';
export {
  type GetBondErrorType,
  type GetBondParameters,
  type GetBondReturnType,
  getBond,
  type NodeBond,
} from './bond/get-bond.ts';
export {
  type GetBondTokenErrorType,
  type GetBondTokenParameters,
  type GetBondTokenReturnType,
  getBondToken,
} from './bond/get-bond-token.ts';
export {
  type LockBondErrorType,
  type LockBondParameters,
  type LockBondReturnType,
  lockBond,
} from './bond/lock-bond.ts';
export { type StakeErrorType, type StakeParameters, type StakeReturnType, stake } from './bond/stake.ts';
export { type UnbondErrorType, type UnbondParameters, type UnbondReturnType, unbond } from './bond/unbond.ts';
export {
  type UnstakeErrorType,
  type UnstakeParameters,
  type UnstakeReturnType,
  unstake,
} from './bond/unstake.ts';

// Vouchers that a payer has promised and a payee has seen.
export {
  type CreatePayeeVoucherBookParameters,
  createPayeeVoucherBook,
  type PayeeBookState,
  type PayeeVoucherBook,
  type SeenChannel,
} from './book/payee-voucher-book.ts';
export {
  createPayerVoucherBook,
  type PayerBookState,
  type PayerVoucherBook,
  type PromisedVoucher,
} from './book/payer-voucher-book.ts';

// What every action here shares.
export { isSignedOnChain } from './call/is-signed-on-chain.ts';
export type { ComputeEvents, ComputeSent } from './call/send-compute-call.ts';

// Deposits between two, and the vouchers that spend them.
export {
  type BuildCloseChannelParameters,
  type BuildCloseChannelReturnType,
  buildCloseChannel,
} from './channel/build-close-channel.ts';
export {
  type BuildFinaliseChannelParameters,
  type BuildFinaliseChannelReturnType,
  buildFinaliseChannel,
} from './channel/build-finalise-channel.ts';
export {
  type BuildOpenChannelParameters,
  type BuildOpenChannelReturnType,
  buildOpenChannel,
} from './channel/build-open-channel.ts';
export {
  type BuildRedeemStreamParameters,
  type BuildRedeemStreamReturnType,
  buildRedeemStream,
} from './channel/build-redeem-stream.ts';
export {
  type BuildRedeemVoucherParameters,
  type BuildRedeemVoucherReturnType,
  buildRedeemVoucher,
} from './channel/build-redeem-voucher.ts';
export {
  type BuildRedeemVouchersParameters,
  type BuildRedeemVouchersReturnType,
  buildRedeemVouchers,
} from './channel/build-redeem-vouchers.ts';
export {
  type BuildTopUpChannelParameters,
  type BuildTopUpChannelReturnType,
  buildTopUpChannel,
} from './channel/build-top-up-channel.ts';
export {
  type CloseChannelErrorType,
  type CloseChannelParameters,
  type CloseChannelResult,
  type CloseChannelReturnType,
  closeChannel,
} from './channel/close-channel.ts';
export {
  type FinaliseChannelErrorType,
  type FinaliseChannelParameters,
  type FinaliseChannelReturnType,
  finaliseChannel,
} from './channel/finalise-channel.ts';
export {
  type ChannelState,
  type ChannelStatus,
  type GetChannelErrorType,
  type GetChannelParameters,
  type GetChannelReturnType,
  getChannel,
} from './channel/get-channel.ts';
export {
  type OpenChannelErrorType,
  type OpenChannelParameters,
  type OpenChannelReturnType,
  openChannel,
} from './channel/open-channel.ts';
export {
  type RedeemStreamErrorType,
  type RedeemStreamParameters,
  type RedeemStreamReturnType,
  redeemStream,
} from './channel/redeem-stream.ts';
export {
  type RedeemVoucherErrorType,
  type RedeemVoucherParameters,
  type RedeemVoucherReturnType,
  redeemVoucher,
} from './channel/redeem-voucher.ts';
export {
  type RedeemVouchersErrorType,
  type RedeemVouchersParameters,
  type RedeemVouchersResult,
  type RedeemVouchersReturnType,
  redeemVouchers,
} from './channel/redeem-vouchers.ts';
export {
  type SignStreamErrorType,
  type SignStreamParameters,
  type SignStreamReturnType,
  signStream,
} from './channel/sign-stream.ts';
export {
  type SignVoucherErrorType,
  type SignVoucherParameters,
  type SignVoucherReturnType,
  signVoucher,
} from './channel/sign-voucher.ts';
export type { SignedStream, SignedVoucher } from './channel/signed-voucher.ts';
export {
  type TopUpChannelErrorType,
  type TopUpChannelParameters,
  type TopUpChannelReturnType,
  topUpChannel,
} from './channel/top-up-channel.ts';

// Jobs whose price the contract holds: orders, bids, results.
export {
  type AcceptJobErrorType,
  type AcceptJobParameters,
  type AcceptJobReturnType,
  acceptJob,
} from './job/accept-job.ts';
export {
  type BuildAcceptJobParameters,
  type BuildAcceptJobReturnType,
  buildAcceptJob,
} from './job/build-accept-job.ts';
export {
  type BuildCancelNoncesParameters,
  type BuildCancelNoncesReturnType,
  buildCancelNonces,
} from './job/build-cancel-nonces.ts';
export {
  type BuildClaimJobParameters,
  type BuildClaimJobReturnType,
  buildClaimJob,
} from './job/build-claim-job.ts';
export {
  type BuildDeclineJobParameters,
  type BuildDeclineJobReturnType,
  buildDeclineJob,
} from './job/build-decline-job.ts';
export {
  type BuildOpenJobParameters,
  type BuildOpenJobReturnType,
  buildOpenJob,
} from './job/build-open-job.ts';
export {
  type BuildReclaimJobParameters,
  type BuildReclaimJobReturnType,
  buildReclaimJob,
} from './job/build-reclaim-job.ts';
export {
  type BuildSubmitJobParameters,
  type BuildSubmitJobReturnType,
  buildSubmitJob,
} from './job/build-submit-job.ts';
export {
  type CancelNoncesErrorType,
  type CancelNoncesParameters,
  type CancelNoncesReturnType,
  cancelNonces,
} from './job/cancel-nonces.ts';
export {
  type ClaimJobErrorType,
  type ClaimJobParameters,
  type ClaimJobReturnType,
  claimJob,
} from './job/claim-job.ts';
export {
  type DeclineJobErrorType,
  type DeclineJobParameters,
  type DeclineJobReturnType,
  declineJob,
} from './job/decline-job.ts';
export {
  type GetFreeNonceErrorType,
  type GetFreeNonceParameters,
  type GetFreeNonceReturnType,
  getFreeNonce,
} from './job/get-free-nonce.ts';
export {
  type GetJobErrorType,
  type GetJobParameters,
  type GetJobReturnType,
  getJob,
  type JobState,
  type JobStatus,
} from './job/get-job.ts';
export type { JobTerms, SignedBid, SignedOrder } from './job/job-terms.ts';
export {
  type OpenJobErrorType,
  type OpenJobParameters,
  type OpenJobReturnType,
  openJob,
} from './job/open-job.ts';
export {
  type ReclaimJobErrorType,
  type ReclaimJobParameters,
  type ReclaimJobReturnType,
  reclaimJob,
} from './job/reclaim-job.ts';
export {
  type SignBidErrorType,
  type SignBidParameters,
  type SignBidReturnType,
  signBid,
} from './job/sign-bid.ts';
export {
  type SignOrderErrorType,
  type SignOrderParameters,
  type SignOrderReturnType,
  signOrder,
} from './job/sign-order.ts';
export {
  type SubmitJobErrorType,
  type SubmitJobParameters,
  type SubmitJobReturnType,
  submitJob,
} from './job/submit-job.ts';

// What payees have earned, by lane, and how it leaves.
export {
  type BuildCollectParameters,
  type BuildCollectReturnType,
  buildCollect,
} from './lane/build-collect.ts';
export {
  type BuildCollectToParameters,
  type BuildCollectToReturnType,
  buildCollectTo,
} from './lane/build-collect-to.ts';
export {
  type BuildOpenTillParameters,
  type BuildOpenTillReturnType,
  buildOpenTill,
} from './lane/build-open-till.ts';
export {
  type CollectErrorType,
  type CollectParameters,
  type CollectReturnType,
  collect,
} from './lane/collect.ts';
export {
  type CollectToErrorType,
  type CollectToParameters,
  type CollectToReturnType,
  collectTo,
} from './lane/collect-to.ts';
export {
  type GetCreditErrorType,
  type GetCreditParameters,
  type GetCreditReturnType,
  getCredit,
} from './lane/get-credit.ts';
export {
  type OpenTillErrorType,
  type OpenTillParameters,
  type OpenTillReturnType,
  openTill,
} from './lane/open-till.ts';

// Nodes that the chain knows, and the session keys that speak for them.
export {
  type BuildCertifySessionParameters,
  type BuildCertifySessionReturnType,
  buildCertifySession,
} from './node/build-certify-session.ts';
export {
  type BuildCertifySessionBySigParameters,
  type BuildCertifySessionBySigReturnType,
  buildCertifySessionBySig,
} from './node/build-certify-session-by-sig.ts';
export {
  type BuildRegisterNodeParameters,
  type BuildRegisterNodeReturnType,
  buildRegisterNode,
} from './node/build-register-node.ts';
export {
  type BuildRetireNodeParameters,
  type BuildRetireNodeReturnType,
  buildRetireNode,
} from './node/build-retire-node.ts';
export {
  type BuildRevokeSessionParameters,
  type BuildRevokeSessionReturnType,
  buildRevokeSession,
} from './node/build-revoke-session.ts';
export {
  type CertifySessionErrorType,
  type CertifySessionParameters,
  type CertifySessionReturnType,
  certifySession,
} from './node/certify-session.ts';
export {
  type CertifySessionBySigErrorType,
  type CertifySessionBySigParameters,
  type CertifySessionBySigReturnType,
  certifySessionBySig,
} from './node/certify-session-by-sig.ts';
export {
  type GetLastSessionErrorType,
  type GetLastSessionParameters,
  type GetLastSessionReturnType,
  getLastSession,
} from './node/get-last-session.ts';
export {
  type GetNodeErrorType,
  type GetNodeParameters,
  type GetNodeReturnType,
  getNode,
  type RegisteredNode,
} from './node/get-node.ts';
export { type IsRevoked, isRevokedOnChain } from './node/is-revoked-on-chain.ts';
export {
  type RegisterNodeErrorType,
  type RegisterNodeParameters,
  type RegisterNodeReturnType,
  registerNode,
} from './node/register-node.ts';
export {
  type RetireNodeErrorType,
  type RetireNodeParameters,
  type RetireNodeReturnType,
  retireNode,
} from './node/retire-node.ts';
export { RevocationChecks } from './node/revocation-checks.ts';
export {
  type RevokeSessionErrorType,
  type RevokeSessionParameters,
  type RevokeSessionReturnType,
  revokeSession,
} from './node/revoke-session.ts';
export {
  type SignCertificateErrorType,
  type SignCertificateParameters,
  type SignCertificateReturnType,
  signCertificate,
} from './node/sign-certificate.ts';

// Tokens that move by a signature.
export type { TokenPermit } from './permit/permit.ts';
export {
  type SignTokenPermitErrorType,
  type SignTokenPermitParameters,
  type SignTokenPermitReturnType,
  signTokenPermit,
} from './permit/sign-token-permit.ts';

// Roots of receipts on chain.
export {
  type AnchorReceiptsErrorType,
  type AnchorReceiptsParameters,
  type AnchorReceiptsReturnType,
  anchorReceipts,
} from './receipt/anchor-receipts.ts';
export {
  type AnchorReceiptsBySigErrorType,
  type AnchorReceiptsBySigParameters,
  type AnchorReceiptsBySigReturnType,
  anchorReceiptsBySig,
} from './receipt/anchor-receipts-by-sig.ts';
export {
  type BuildAnchorReceiptsParameters,
  type BuildAnchorReceiptsReturnType,
  buildAnchorReceipts,
} from './receipt/build-anchor-receipts.ts';
export {
  type BuildAnchorReceiptsBySigParameters,
  type BuildAnchorReceiptsBySigReturnType,
  buildAnchorReceiptsBySig,
} from './receipt/build-anchor-receipts-by-sig.ts';
export {
  type Anchor,
  type GetAnchorErrorType,
  type GetAnchorParameters,
  type GetAnchorReturnType,
  getAnchor,
} from './receipt/get-anchor.ts';
export {
  type SignAnchorErrorType,
  type SignAnchorParameters,
  type SignAnchorReturnType,
  signAnchor,
} from './receipt/sign-anchor.ts';
export {
  type VerifyAnchoredReceiptErrorType,
  type VerifyAnchoredReceiptParameters,
  type VerifyAnchoredReceiptReturnType,
  verifyAnchoredReceipt,
} from './receipt/verify-anchored-receipt.ts';
