// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ILanes, Lane } from "../interfaces/ILanes.sol";
import { LaneTill } from "./LaneTill.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { IERC20Permit } from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import { SafeTransferLib } from "solady/utils/SafeTransferLib.sol";

/// @notice Moves tokens between people and the tills of lanes, and keeps credits. Whoever inherits this keeps
/// `balance of the till >= what its own books owe there + credits there`.
abstract contract Lanes is ILanes {
    using SafeTransferLib for address;

    /// @dev One more than the credit once it was used, so that earning again does not pay for a fresh slot.
    mapping(bytes32 lane => mapping(address holder => uint256)) private _credits;

    address private immutable _tillCode = address(new LaneTill());
    bytes32 private immutable _tillCodeHash = keccak256(_proxyOf(_tillCode));

    bool private transient _entered;

    /// @dev Around every call that moves tokens: a token may call its sender or receiver.
    modifier locked() {
        if (_entered) revert Reentered();
        _entered = true;
        _;
        _entered = false;
    }

    /// @inheritdoc ILanes
    function collect(address holder, Lane calldata lane) external locked returns (uint256) {
        return _collect(holder, lane, holder);
    }

    /// @inheritdoc ILanes
    function collectTo(Lane calldata lane, address to) external locked returns (uint256) {
        return _collect(msg.sender, lane, to);
    }

    /// @inheritdoc ILanes
    function creditOf(address holder, Lane calldata lane) external view returns (uint256) {
        uint256 kept = _credits[_keyOf(lane)][holder];
        return kept == 0 ? 0 : kept - 1;
    }

    /// @inheritdoc ILanes
    function openTill(Lane calldata lane) external locked returns (address till) {
        bytes32 key = _keyOf(lane);
        till = _tillAt(key);
        if (till.code.length == 0) _deployTill(key, lane);
        mapping(address => uint256) storage kept = _credits[key];
        if (kept[lane.payee] == 0) kept[lane.payee] = 1;
    }

    /// @inheritdoc ILanes
    function tillOf(Lane calldata lane) external view returns (address) {
        return _tillAt(_keyOf(lane));
    }

    /// @inheritdoc ILanes
    function usePermit(address token, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external {
        bytes memory call_ = abi.encodeCall(IERC20Permit.permit, (msg.sender, address(this), value, deadline, v, r, s));
        (bool ok,) = token.call(call_);
        ok; // Used by somebody else before, or refused: the pull that follows decides.
    }

    /// @inheritdoc ILanes
    function multicall(bytes[] calldata calls) external returns (bytes[] memory results) {
        results = new bytes[](calls.length);
        for (uint256 k; k < calls.length; ++k) {
            (bool ok, bytes memory out) = address(this).delegatecall(calls[k]);
            if (!ok) {
                assembly ("memory-safe") {
                    revert(add(out, 32), mload(out))
                }
            }
            results[k] = out;
        }
    }

    function _keyOf(Lane memory lane) internal pure returns (bytes32) {
        return keccak256(abi.encode(lane));
    }

    /// @dev CREATE2 address of the till of a lane.
    function _tillAt(bytes32 key) internal view returns (address till) {
        bytes32 codeHash = _tillCodeHash;
        assembly ("memory-safe") {
            let word := mload(0x40)
            mstore(word, or(shl(248, 0xff), shl(88, address())))
            mstore(add(word, 21), key)
            mstore(add(word, 53), codeHash)
            till := and(keccak256(word, 85), 0xffffffffffffffffffffffffffffffffffffffff)
        }
    }

    /// @dev Pulls exactly `amount` from `from` into the till.
    function _pull(Lane memory lane, address from, uint256 amount) internal {
        (address token, address till) = (lane.token, _tillAt(_keyOf(lane)));
        uint256 due;
        unchecked {
            // Only a token that lies about balances can wrap around, and then the check below sees another number.
            due = token.balanceOf(till) + amount;
        }
        token.safeTransferFrom(from, till, amount);
        uint256 held = token.balanceOf(till);
        if (held != due) revert TokenMisbehaved(token, due, held);
    }

    function _credit(bytes32 key, address holder, uint256 amount) internal {
        mapping(address => uint256) storage kept = _credits[key];
        uint256 before = kept[holder];
        kept[holder] = (before == 0 ? 1 : before) + amount;
    }

    /// @dev Sends `amount` back; if that fails it becomes a credit, so that nobody's refusal stops another.
    function _refund(Lane memory lane, address to, uint256 amount) internal {
        if (amount == 0 || _trySend(lane, to, amount)) return;
        _credit(_keyOf(lane), to, amount);
        emit RefundKept(to, lane.payee, lane.token, lane.number, amount);
    }

    /// @dev Sends `amount`, or reverts as the token does.
    function _send(Lane memory lane, address to, uint256 amount) internal {
        bytes32 key = _keyOf(lane);
        address till = _tillAt(key);
        if (to == address(0) || to == till) revert BadReceiver(to);
        if (lane.token.trySafeTransferFrom(till, to, amount)) return;
        _makeReady(key, till, lane, amount);
        lane.token.safeTransferFrom(till, to, amount);
    }

    function _trySend(Lane memory lane, address to, uint256 amount) private returns (bool) {
        bytes32 key = _keyOf(lane);
        address till = _tillAt(key);
        if (lane.token.trySafeTransferFrom(till, to, amount)) return true;
        _makeReady(key, till, lane, amount);
        return lane.token.trySafeTransferFrom(till, to, amount);
    }

    /// @dev A till is deployed when something first leaves it, and renews an allowance that was counted down.
    function _makeReady(bytes32 key, address till, Lane memory lane, uint256 amount) private {
        if (till.code.length == 0) _deployTill(key, lane);
        else if (IERC20(lane.token).allowance(till, address(this)) < amount) LaneTill(till).refresh(lane.token);
    }

    function _deployTill(bytes32 key, Lane memory lane) private {
        bytes memory proxy = _proxyOf(_tillCode);
        address till;
        assembly ("memory-safe") {
            till := create2(0, add(proxy, 32), mload(proxy), key)
        }
        LaneTill(till).refresh(lane.token);
        emit TillOpened(lane.payee, lane.token, lane.number, till);
    }

    /// @dev Creation code of a minimal proxy (ERC-1167).
    function _proxyOf(address code) private pure returns (bytes memory) {
        return
            abi.encodePacked(hex"3d602d80600a3d3981f3363d3d373d3d3d363d73", code, hex"5af43d82803e903d91602b57fd5bf3");
    }

    function _collect(address holder, Lane memory lane, address to) private returns (uint256 amount) {
        mapping(address => uint256) storage kept = _credits[_keyOf(lane)];
        uint256 before = kept[holder];
        if (before < 2) revert NothingToCollect(holder);
        amount = before - 1;
        kept[holder] = 1;
        _send(lane, to, amount);
        emit Collected(holder, lane.payee, lane.token, lane.number, to, amount);
    }
}
