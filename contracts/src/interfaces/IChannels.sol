// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ILanes } from "./ILanes.sol";

/// @notice What a channel is: its id is keccak256 of these four words. The low 16 bits of `salt` are the number of the payee's lane
/// that the deposit sits in; the rest lets the same parties have several channels.
struct ChannelKey {
    address payer;
    address payee;
    address token;
    uint256 salt;
}

/// @notice What a channel stands at. `closesAt` is 0 while it is open, then a time, then `type(uint48).max` for ever.
struct Channel {
    uint104 deposit;
    uint104 paid;
    uint48 closesAt;
}

/// @notice "Of this channel, `total` is yours", counted from its beginning. Signed by the payer:
/// `Voucher(bytes32 channel,uint256 total,bytes32 receiptsRoot)`.
struct Voucher {
    ChannelKey key;
    uint256 total;
    bytes32 receiptsRoot;
    bytes signature;
}

/// @notice "And `rate` for each second from `since` to `until`": reserved capacity. Signed by the payer:
/// `Stream(bytes32 channel,uint256 total,bytes32 receiptsRoot,uint256 rate,uint256 since,uint256 until)`.
struct Stream {
    ChannelKey key;
    uint256 total;
    bytes32 receiptsRoot;
    uint256 rate;
    uint256 since;
    uint256 until;
    bytes signature;
}

/// @title Payment channels
/// @notice A payer deposits for one payee, and signs vouchers while the work is done. Vouchers are cumulative: the largest
/// total counts, in whatever order they come, so a voucher pays once. A voucher pays at most the deposit; what it says beyond
/// becomes payable when the channel is topped up. Redeeming moves the money, for good, to the payee's credit in its lane (see
/// `ILanes`), without a transfer of tokens: that is what makes it cheap. Whatever is signed can be redeemed until the channel
/// is closed, and closing by the payer takes `challengeWindow` seconds. An id is used once: a closed channel never opens again.
///
/// A payer that is a contract can stop agreeing to its signatures (ERC-1271): a payee that accepts its vouchers redeems them
/// soon.
interface IChannels is ILanes {
    event ChannelOpened(
        bytes32 indexed channel,
        address indexed payer,
        address indexed payee,
        address token,
        uint256 salt,
        uint256 deposit
    );
    /// @param deposit all that was ever deposited
    event ChannelToppedUp(bytes32 indexed channel, address from, uint256 deposit);
    /// @param paid all that was ever paid
    event VoucherRedeemed(bytes32 indexed channel, uint256 paid, bytes32 receiptsRoot);
    /// @notice One of a batch paid nothing. @param reason the selector of the error that `redeem` would have given
    event VoucherSkipped(bytes32 indexed channel, bytes4 reason);
    event ChannelClosing(bytes32 indexed channel, uint256 closesAt);
    event ChannelClosed(bytes32 indexed channel, uint256 paid, uint256 refunded);

    error UnknownChannel(bytes32 channel);
    /// @notice The id was used; take another salt.
    error ChannelExists(bytes32 channel);
    error ChannelIsClosing(uint256 closesAt);
    error ChannelIsClosed(bytes32 channel);
    /// @notice Only payer or payee may do this.
    error NotParty(address payer, address payee, address caller);
    /// @notice The voucher (or stream, up to now) pays nothing beyond what was paid, or the deposit is used up.
    error NothingDue(uint256 paid, uint256 total);
    /// @notice A batch in which no voucher pays.
    error NothingDueInBatch(uint256 vouchers);
    /// @notice The stream would hold a closing channel open for too long; redeem it nearer to its end.
    error StreamTooFar(uint256 most, uint256 until);
    error TooEarly(uint256 from, uint256 time);
    error BadWindow(uint256 least, uint256 most, uint256 window);

    /// @notice Opens a channel of the caller with a deposit. With an ERC-2612 permit: `multicall` of `usePermit` and this.
    /// @dev Reverts when the id was ever used, the caller is not the payer, the deposit is zero or above 2^104 - 1.
    function open(ChannelKey calldata key, uint256 deposit) external returns (bytes32 channel);

    /// @notice Adds to the deposit from the caller's tokens. Open to anyone; what is left goes back to the payer.
    /// @dev Reverts when the channel is closing or closed.
    function topUp(ChannelKey calldata key, uint256 amount) external;

    /// @notice Pays what a voucher says, less what was paid before, to the payee's credit. Open to anyone.
    /// @dev Reverts with `BadSignature`, `UnknownChannel`, `ChannelIsClosed`, `NothingDue`.
    /// @return amount what was paid now
    function redeem(Voucher calldata voucher) external returns (uint256 amount);

    /// @notice The same for many. A voucher that pays nothing or is not signed is skipped, so that nobody can stop a batch by
    /// redeeming one of them first.
    /// @dev Reverts with `NothingDueInBatch` when all are skipped. A contract that signs may burn the gas of the batch: leave
    /// it out.
    /// @return amount what was paid now, all together; of different tokens, if the vouchers are
    function redeemBatch(Voucher[] calldata vouchers) external returns (uint256 amount);

    /// @notice Pays `total + rate · seconds`, the seconds of [since, until) that have passed, less what was paid before. A
    /// second that has not passed or was not signed is never paid. While the channel is closing, a stream that is signed beyond
    /// that holds it open until
    /// `until + challengeWindow`; that works up to 30 days ahead (`MOST_AHEAD`).
    /// @dev Reverts as `redeem` does (unless it holds the channel open), and with `StreamTooFar`.
    /// @return amount what was paid now
    function redeemStream(Stream calldata stream) external returns (uint256 amount);

    /// @notice By the payee: closes at once, gives the rest back to the payer. By the payer: starts the challenge window.
    /// @dev Reverts with `NotParty`, and with `ChannelIsClosing` when the payer calls twice.
    function close(ChannelKey calldata key) external;

    /// @notice Closes a channel whose window has passed, and gives the rest back to the payer. Open to anyone.
    function finalise(ChannelKey calldata key) external;

    function channelId(ChannelKey calldata key) external pure returns (bytes32 channel);
    function channelOf(bytes32 channel) external view returns (Channel memory);
    /// @notice Seconds between a payer's `close` and the earliest `finalise`. From one hour to 7 days, fixed at deployment.
    function challengeWindow() external view returns (uint256);
}
