// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IBond } from "../interfaces/IBond.sol";
import { Bid, IJobMarket, Job, JobRecord, JobState, Order } from "../interfaces/IJobMarket.sol";
import { Lane } from "../interfaces/ILanes.sol";
import { JobTerms } from "./JobTerms.sol";
import { Lanes } from "./Lanes.sol";
import { Nonces } from "./Nonces.sol";
import { Signatures } from "./Signatures.sol";

/// @title One-off jobs: see `IJobMarket`
contract JobMarket is IJobMarket, Lanes, Nonces, Signatures {
    using JobTerms for *;

    /// @notice Bonds take longer than both together to leave (`IBond`).
    uint256 public constant MOST_RUN = 7 days;
    uint256 public constant MOST_REVIEW = 7 days;
    uint256 private constant LANES = 1 << 16;

    /// @inheritdoc IJobMarket
    address public immutable bond;

    mapping(bytes32 id => JobRecord) private _jobs;

    constructor(address bond_) {
        bond = bond_;
    }

    /// @inheritdoc IJobMarket
    function open(Order calldata order, bytes calldata orderSignature, Bid calldata bid, bytes calldata bidSignature)
        external
        locked
        returns (bytes32 id, Job memory job)
    {
        bytes32 hash = order.hash();
        _requireFit(order, bid, hash);
        if (!_isSigned(order.requester, hash, orderSignature)) revert BadSignature(order.requester);
        if (!_isSigned(bid.node, bid.hash(), bidSignature)) revert BadSignature(bid.node);
        _useNonce(order.requester, order.nonce);
        _useNonce(bid.node, bid.nonce);
        job = Job({
            requester: order.requester,
            node: bid.node,
            token: order.token,
            lane: bid.lane,
            price: bid.price,
            order: hash,
            submitBy: block.timestamp + order.runSeconds,
            reviewSeconds: order.reviewSeconds
        });
        id = keccak256(abi.encode(job));
        _jobs[id].state = JobState.Open;
        _pull(Lane(bid.node, order.token, bid.lane), order.requester, bid.price);
        emit JobOpened(id, order.requester, bid.node, job, order.spec);
    }

    /// @inheritdoc IJobMarket
    function submit(Job calldata job, bytes32 result, bytes32 receipt) external {
        bytes32 id = _require(job, JobState.Open);
        if (msg.sender != job.node) revert NotNode(job.node, msg.sender);
        if (block.timestamp > job.submitBy) revert TooLate(job.submitBy, block.timestamp);
        uint256 reviewBy = block.timestamp + job.reviewSeconds;
        bytes26 digest = bytes26(keccak256(abi.encode(result, receipt)));
        _jobs[id] = JobRecord({ state: JobState.Submitted, reviewBy: uint40(reviewBy), result: digest });
        emit JobSubmitted(id, result, receipt, reviewBy);
    }

    /// @inheritdoc IJobMarket
    function accept(Job calldata job) external {
        if (msg.sender != job.requester) revert NotRequester(job.requester, msg.sender);
        _payNode(_require(job, JobState.Submitted), job, true);
    }

    /// @inheritdoc IJobMarket
    function claim(Job calldata job) external {
        bytes32 id = _require(job, JobState.Submitted);
        uint256 reviewBy = _jobs[id].reviewBy;
        if (block.timestamp <= reviewBy) revert TooEarly(reviewBy + 1, block.timestamp);
        _payNode(id, job, false);
    }

    /// @inheritdoc IJobMarket
    function reclaim(Job calldata job) external locked {
        bytes32 id = _require(job, JobState.Open);
        if (block.timestamp <= job.submitBy) revert TooEarly(job.submitBy + 1, block.timestamp);
        _giveBack(id, job, false);
    }

    /// @inheritdoc IJobMarket
    function decline(Job calldata job) external locked {
        if (msg.sender != job.node) revert NotNode(job.node, msg.sender);
        _giveBack(_require(job, JobState.Open), job, true);
    }

    /// @inheritdoc IJobMarket
    function jobOf(bytes32 id) external view returns (JobRecord memory) {
        return _jobs[id];
    }

    /// @inheritdoc IJobMarket
    function jobId(Job calldata job) external pure returns (bytes32) {
        return keccak256(abi.encode(job));
    }

    /// @inheritdoc IJobMarket
    function orderHash(Order calldata order) external pure returns (bytes32) {
        return order.hash();
    }

    function _requireFit(Order calldata order, Bid calldata bid, bytes32 hash) private view {
        if (block.timestamp > order.expiry) revert SignatureExpired(order.expiry);
        if (block.timestamp > bid.expiry) revert SignatureExpired(bid.expiry);
        if (bid.order != hash) revert WrongOrder(hash, bid.order);
        if (order.node != address(0) && order.node != bid.node) revert WrongNode(order.node, bid.node);
        if (bid.price == 0) revert ZeroAmount();
        if (bid.price > order.maxPrice) revert PriceTooHigh(order.maxPrice, bid.price);
        if (bid.price > type(uint128).max) revert AmountTooLarge(type(uint128).max, bid.price);
        if (bid.lane >= LANES) revert UnknownLane(LANES, bid.lane);
        if (order.runSeconds > MOST_RUN) revert DurationTooLong(MOST_RUN, order.runSeconds);
        if (order.reviewSeconds > MOST_REVIEW) revert DurationTooLong(MOST_REVIEW, order.reviewSeconds);
        if (order.leastBond != 0) {
            uint256 held = bond == address(0) ? 0 : IBond(bond).lockedOf(bid.node, order.bondClass);
            if (held < order.leastBond) revert BondTooSmall(order.leastBond, held);
        }
    }

    function _require(Job calldata job, JobState expected) private view returns (bytes32 id) {
        id = keccak256(abi.encode(job));
        JobState state = _jobs[id].state;
        if (state != expected) revert WrongState(expected, state);
    }

    /// @dev The money stays in its till and changes owner: from the job to the node's credit.
    function _payNode(bytes32 id, Job calldata job, bool accepted) private {
        delete _jobs[id];
        _credit(_keyOf(Lane(job.node, job.token, job.lane)), job.node, job.price);
        emit JobPaid(id, job.price, accepted);
    }

    function _giveBack(bytes32 id, Job calldata job, bool declined) private {
        delete _jobs[id];
        _refund(Lane(job.node, job.token, job.lane), job.requester, job.price);
        emit JobRefunded(id, job.price, declined);
    }

    function _domainNameAndVersion() internal pure override returns (string memory, string memory) {
        return ("Millrace Jobs", "1");
    }
}
