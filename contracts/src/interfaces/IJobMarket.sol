// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ILanes } from "./ILanes.sol";
import { INonces } from "./INonces.sol";

/// @notice What a requester wants, signed by the requester:
/// `Order(address requester,address node,address token,uint256 maxPrice,bytes32 spec,uint256 expiry,uint256 runSeconds,uint256 reviewSeconds,bytes32 bondClass,uint256 leastBond,uint256 nonce)`.
/// @param node who may bid; zero for anybody
/// @param spec hash of the job: module, inputs, fuel, requirements
/// @param expiry the last second in which the order can be matched
/// @param runSeconds from the match until the result is due, at most 7 days
/// @param reviewSeconds from the result until the node may claim its price, at most 7 days
/// @param leastBond what the node must have locked for `bondClass`; 0 asks for none
/// @param nonce of the requester, see `INonces`
struct Order {
    address requester;
    address node;
    address token;
    uint256 maxPrice;
    bytes32 spec;
    uint256 expiry;
    uint256 runSeconds;
    uint256 reviewSeconds;
    bytes32 bondClass;
    uint256 leastBond;
    uint256 nonce;
}

/// @notice What a node offers for one order, signed by the node:
/// `Bid(address node,bytes32 order,uint256 price,uint256 lane,uint256 expiry,uint256 nonce)`.
/// @param order EIP-712 struct hash of the order
/// @param lane the node's lane that the price waits in, below 2^16
struct Bid {
    address node;
    bytes32 order;
    uint256 price;
    uint256 lane;
    uint256 expiry;
    uint256 nonce;
}

/// @notice What was agreed. The id of a job is keccak256 of these words, so the contract keeps one slot for each job only.
/// @param submitBy the last second in which the result is accepted
struct Job {
    address requester;
    address node;
    address token;
    uint256 lane;
    uint256 price;
    bytes32 order;
    uint256 submitBy;
    uint256 reviewSeconds;
}

enum JobState {
    None,
    Open,
    Submitted
}

/// @notice What is kept of a job. A settled job is forgotten: its order cannot be matched again.
/// @param reviewBy the last second in which only the requester can settle
/// @param result the first 26 bytes of keccak256(result, receipt)
struct JobRecord {
    JobState state;
    uint40 reviewBy;
    bytes26 result;
}

/// @title One-off jobs, with the price held while the work is done
/// @notice Nothing is reserved before the match; the match takes the price from the requester, who has approved this contract.
/// Nodes can bid for the hash of an order that is not signed yet. Whoever has the signature of an order that names no node can
/// match it with a bid of its own, up to `maxPrice`: give it away only when that is meant, or name the node. Every state ends:
///
/// | state | exits |
/// |---|---|
/// | Open until `submitBy` | the node submits, or declines |
/// | Open after that | anyone reclaims for the requester |
/// | Submitted until `reviewBy` | the requester accepts |
/// | Submitted after that | anyone claims for the node |
///
/// The node's price becomes a credit in its lane (see `ILanes`), a refund is sent. Whether a result is right is not judged
/// here.
interface IJobMarket is ILanes, INonces {
    event JobOpened(bytes32 indexed id, address indexed requester, address indexed node, Job job, bytes32 spec);
    event JobSubmitted(bytes32 indexed id, bytes32 result, bytes32 receipt, uint256 reviewBy);
    /// @param accepted by the requester; otherwise by time
    event JobPaid(bytes32 indexed id, uint256 price, bool accepted);
    /// @param declined by the node; otherwise by time
    event JobRefunded(bytes32 indexed id, uint256 price, bool declined);

    error SignatureExpired(uint256 deadline);
    /// @notice The bid was made for another order.
    error WrongOrder(bytes32 expected, bytes32 order);
    error WrongNode(address expected, address node);
    error PriceTooHigh(uint256 most, uint256 price);
    error UnknownLane(uint256 count, uint256 lane);
    error DurationTooLong(uint256 most, uint256 duration);
    /// @notice The node has locked less for this class of jobs than the order asks for.
    error BondTooSmall(uint256 least, uint256 locked);
    /// @notice The job is in another state, or these are not its terms.
    error WrongState(JobState expected, JobState state);
    error NotNode(address node, address caller);
    error NotRequester(address requester, address caller);
    error TooEarly(uint256 from, uint256 time);
    error TooLate(uint256 until, uint256 time);

    /// @notice Matches a signed order with a signed bid, and takes the price into the node's lane. Open to anyone.
    /// @dev Reverts when a signature, nonce, expiry, price, node, bond or duration does not fit, or the price cannot be pulled.
    function open(Order calldata order, bytes calldata orderSignature, Bid calldata bid, bytes calldata bidSignature)
        external
        returns (bytes32 id, Job memory job);

    /// @notice The node hands in the hashes of result and receipt, once.
    /// @dev Reverts with `NotNode`, `WrongState`, and after `submitBy` with `TooLate`.
    function submit(Job calldata job, bytes32 result, bytes32 receipt) external;

    /// @notice The requester pays.
    /// @dev Reverts with `NotRequester`, `WrongState`. Works after `reviewBy` as well.
    function accept(Job calldata job) external;

    /// @notice Pays the node when the review has passed in silence. Open to anyone.
    function claim(Job calldata job) external;

    /// @notice Gives the price back when no result came in time. Open to anyone.
    function reclaim(Job calldata job) external;

    /// @notice The node gives the job back, and the requester its price.
    function decline(Job calldata job) external;

    function jobOf(bytes32 id) external view returns (JobRecord memory);
    function jobId(Job calldata job) external pure returns (bytes32);
    function orderHash(Order calldata order) external pure returns (bytes32);
    /// @notice Where bonds are looked up; zero when none can be asked for.
    function bond() external view returns (address);
}
