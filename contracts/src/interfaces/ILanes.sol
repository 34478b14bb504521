// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice Where money sits: what is on its way to `payee`, in one token. A payee may have many lanes, so that strangers who pay it
/// need not meet; which ones it watches is its own choice, told off chain.
struct Lane {
    address payee;
    address token;
    uint256 number;
}

/// @title Money in lanes
/// @notice Each lane has a till: an address of its own (CREATE2, known before it has code) that holds the lane's tokens and
/// lets this contract move them. No slot of a token is common to two lanes, so strangers never meet. What somebody has earned
/// in a lane, or could not be sent, is a credit there until it is collected. There are no fees. Amounts are base units of the
/// token; nothing is rounded.
///
/// Assumptions on tokens: no fee on transfer, no rebasing, `balanceOf` tells the truth. A till that receives another amount
/// than it was sent reverts the call (`TokenMisbehaved`). Tokens sent to a till by hand belong to nobody and change no book.
interface ILanes {
    /// @notice A till got its code. Addresses are known before.
    event TillOpened(address indexed payee, address indexed token, uint256 lane, address till);
    /// @notice A credit left for `to`.
    event Collected(
        address indexed holder, address indexed payee, address indexed token, uint256 lane, address to, uint256 amount
    );
    /// @notice A refund could not be sent, by fault of the token or of the holder, and is a credit now.
    event RefundKept(
        address indexed holder, address indexed payee, address indexed token, uint256 lane, uint256 amount
    );

    error ZeroAmount();
    error ZeroAddress();
    /// @notice The amount does not fit the books.
    error AmountTooLarge(uint256 most, uint256 amount);
    /// @notice The token moved another amount than it was told to.
    error TokenMisbehaved(address token, uint256 expected, uint256 received);
    /// @notice `holder` has no credit in this lane.
    error NothingToCollect(address holder);
    /// @notice Money cannot be sent to nobody, nor to the till it comes from.
    error BadReceiver(address receiver);
    error Reentered();
    /// @notice Neither an ECDSA signature of `owner` over these terms, nor one that the contract at `owner` agrees to (ERC-1271).
    error BadSignature(address owner);

    /// @notice Sends the whole credit of `holder` to `holder`. Open to anyone.
    /// @dev Reverts with `NothingToCollect`, or when the token refuses.
    /// @return amount what was sent
    function collect(address holder, Lane calldata lane) external returns (uint256 amount);

    /// @notice Sends the caller's whole credit to `to`.
    /// @return amount what was sent
    function collectTo(Lane calldata lane, address to) external returns (uint256 amount);

    /// @notice What `holder` may collect from a lane.
    function creditOf(address holder, Lane calldata lane) external view returns (uint256 amount);

    /// @notice Gives a till its code, and makes its payee's first credit as cheap as any other. Open to anyone; nothing if it
    /// is there. Whoever collects first does it otherwise.
    function openTill(Lane calldata lane) external returns (address till);

    /// @notice The till of a lane, whether or not it has code.
    function tillOf(Lane calldata lane) external view returns (address till);

    /// @notice Uses an ERC-2612 permit of the caller for this contract, for the calls that follow in the same `multicall`. A
    /// permit that somebody else has used before is no obstacle: whether the allowance suffices shows when the money is pulled.
    function usePermit(address token, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external;

    /// @notice Runs several calls as the caller, all or none.
    function multicall(bytes[] calldata calls) external returns (bytes[] memory results);
}
