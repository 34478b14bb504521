// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Channel, ChannelKey, IChannels, Stream, Voucher } from "../interfaces/IChannels.sol";
import { Lane } from "../interfaces/ILanes.sol";
import { Lanes } from "./Lanes.sol";
import { Signatures } from "./Signatures.sol";

/// @title Payment channels: see `IChannels`
contract Channels is IChannels, Lanes, Signatures {
    bytes32 private constant VOUCHER_TYPEHASH =
        keccak256("Voucher(bytes32 channel,uint256 total,bytes32 receiptsRoot)");
    bytes32 private constant STREAM_TYPEHASH = keccak256(
        "Stream(bytes32 channel,uint256 total,bytes32 receiptsRoot,uint256 rate,uint256 since,uint256 until)"
    );

    uint256 private constant MOST = type(uint104).max;
    uint48 private constant CLOSED = type(uint48).max;
    uint256 private constant LEAST_WINDOW = 1 hours;
    uint256 private constant MOST_WINDOW = 7 days;

    /// @notice How far ahead the end of a stream may be when it holds a closing channel open.
    uint256 public constant MOST_AHEAD = 30 days;

    /// @inheritdoc IChannels
    uint256 public immutable challengeWindow;

    mapping(bytes32 id => Channel) private _channels;

    constructor(uint256 window) {
        if (window < LEAST_WINDOW || window > MOST_WINDOW) revert BadWindow(LEAST_WINDOW, MOST_WINDOW, window);
        challengeWindow = window;
    }

    /// @inheritdoc IChannels
    function open(ChannelKey calldata key, uint256 deposit) external locked returns (bytes32 id) {
        if (msg.sender != key.payer) revert NotParty(key.payer, key.payee, msg.sender);
        if (key.payee == address(0)) revert ZeroAddress();
        if (deposit == 0) revert ZeroAmount();
        if (deposit > MOST) revert AmountTooLarge(MOST, deposit);
        id = _idOf(key);
        if (_channels[id].deposit != 0) revert ChannelExists(id);
        _channels[id].deposit = uint104(deposit);
        _pull(_laneOf(key), msg.sender, deposit);
        emit ChannelOpened(id, key.payer, key.payee, key.token, key.salt, deposit);
    }

    /// @inheritdoc IChannels
    function topUp(ChannelKey calldata key, uint256 amount) external locked {
        bytes32 id = _idOf(key);
        Channel memory c = _live(id);
        if (c.closesAt != 0) revert ChannelIsClosing(c.closesAt);
        if (amount == 0) revert ZeroAmount();
        if (amount > MOST - c.deposit) revert AmountTooLarge(MOST - c.deposit, amount);
        uint256 deposit = c.deposit + amount;
        _channels[id].deposit = uint104(deposit);
        _pull(_laneOf(key), msg.sender, amount);
        emit ChannelToppedUp(id, msg.sender, deposit);
    }

    /// @inheritdoc IChannels
    function redeem(Voucher calldata voucher) external returns (uint256 amount) {
        bytes32 id = _idOf(voucher.key);
        if (!_isVoucher(id, voucher)) revert BadSignature(voucher.key.payer);
        Channel memory c = _live(id);
        amount = _pay(voucher.key, id, c, voucher.total, voucher.receiptsRoot);
        if (amount == 0) revert NothingDue(c.paid, voucher.total);
    }

    /// @inheritdoc IChannels
    function redeemBatch(Voucher[] calldata vouchers) external returns (uint256 sum) {
        for (uint256 k; k < vouchers.length; ++k) {
            Voucher calldata voucher = vouchers[k];
            bytes32 id = _idOf(voucher.key);
            bytes4 reason;
            Channel memory c = _channels[id];
            if (c.deposit == 0) {
                reason = UnknownChannel.selector;
            } else if (c.closesAt == CLOSED) {
                reason = ChannelIsClosed.selector;
            } else if (!_isVoucher(id, voucher)) {
                reason = BadSignature.selector;
            } else {
                uint256 amount = _pay(voucher.key, id, c, voucher.total, voucher.receiptsRoot);
                if (amount == 0) reason = NothingDue.selector;
                sum += amount;
            }
            if (reason != 0) emit VoucherSkipped(id, reason);
        }
        if (sum == 0) revert NothingDueInBatch(vouchers.length);
    }

    /// @inheritdoc IChannels
    function redeemStream(Stream calldata stream) external returns (uint256 amount) {
        bytes32 id = _idOf(stream.key);
        if (!_isStream(id, stream)) revert BadSignature(stream.key.payer);
        Channel memory c = _live(id);
        bool held = _holdOpen(id, c, stream.until);
        uint256 total = _accrued(stream);
        amount = _pay(stream.key, id, c, total, stream.receiptsRoot);
        if (amount == 0 && !held) revert NothingDue(c.paid, total);
    }

    /// @inheritdoc IChannels
    function close(ChannelKey calldata key) external locked {
        bytes32 id = _idOf(key);
        Channel memory c = _live(id);
        if (msg.sender == key.payee) return _close(key, id, c);
        if (msg.sender != key.payer) revert NotParty(key.payer, key.payee, msg.sender);
        if (c.closesAt != 0) revert ChannelIsClosing(c.closesAt);
        uint256 closesAt = block.timestamp + challengeWindow;
        _channels[id].closesAt = uint48(closesAt);
        emit ChannelClosing(id, closesAt);
    }

    /// @inheritdoc IChannels
    function finalise(ChannelKey calldata key) external locked {
        bytes32 id = _idOf(key);
        Channel memory c = _live(id);
        // An open channel can be finalised no earlier than its window, counted from now.
        uint256 from = c.closesAt == 0 ? block.timestamp + challengeWindow : c.closesAt;
        if (block.timestamp < from) revert TooEarly(from, block.timestamp);
        _close(key, id, c);
    }

    /// @inheritdoc IChannels
    function channelId(ChannelKey calldata key) external pure returns (bytes32) {
        return _idOf(key);
    }

    /// @inheritdoc IChannels
    function channelOf(bytes32 id) external view returns (Channel memory) {
        return _channels[id];
    }

    function _live(bytes32 id) private view returns (Channel memory c) {
        c = _channels[id];
        if (c.deposit == 0) revert UnknownChannel(id);
        if (c.closesAt == CLOSED) revert ChannelIsClosed(id);
    }

    /// @dev Pays up to `total` or the deposit. The money stays in its till and changes owner: from the channel to the payee's
    /// credit.
    function _pay(ChannelKey calldata key, bytes32 id, Channel memory c, uint256 total, bytes32 receiptsRoot)
        private
        returns (uint256 amount)
    {
        uint256 paid = total < c.deposit ? total : c.deposit;
        if (paid <= c.paid) return 0;
        amount = paid - c.paid;
        _channels[id].paid = uint104(paid);
        _credit(_keyOf(_laneOf(key)), key.payee, amount);
        emit VoucherRedeemed(id, paid, receiptsRoot);
    }

    /// @dev The seconds of [since, until) that have passed, at the rate, on top of the total. Stops at `MOST`, which no deposit
    /// exceeds.
    function _accrued(Stream calldata stream) private view returns (uint256 total) {
        uint256 end = stream.until < block.timestamp ? stream.until : block.timestamp;
        total = stream.total < MOST ? stream.total : MOST;
        if (end > stream.since) {
            uint256 rate = stream.rate < MOST ? stream.rate : MOST;
            total += rate * (end - stream.since);
        }
    }

    /// @dev What was signed for later cannot be taken back by closing now.
    function _holdOpen(bytes32 id, Channel memory c, uint256 until) private returns (bool) {
        if (c.closesAt == 0 || until <= block.timestamp) return false;
        if (until > block.timestamp + MOST_AHEAD) revert StreamTooFar(block.timestamp + MOST_AHEAD, until);
        uint256 closesAt = until + challengeWindow;
        if (closesAt <= c.closesAt) return false;
        _channels[id].closesAt = uint48(closesAt);
        emit ChannelClosing(id, closesAt);
        return true;
    }

    function _close(ChannelKey calldata key, bytes32 id, Channel memory c) private {
        _channels[id].closesAt = CLOSED;
        uint256 rest = c.deposit - c.paid;
        _refund(_laneOf(key), key.payer, rest);
        emit ChannelClosed(id, c.paid, rest);
    }

    function _isVoucher(bytes32 id, Voucher calldata v) private view returns (bool) {
        return _isSigned(v.key.payer, keccak256(abi.encode(VOUCHER_TYPEHASH, id, v.total, v.receiptsRoot)), v.signature);
    }

    function _isStream(bytes32 id, Stream calldata s) private view returns (bool) {
        bytes32 terms = keccak256(abi.encode(STREAM_TYPEHASH, id, s.total, s.receiptsRoot, s.rate, s.since, s.until));
        return _isSigned(s.key.payer, terms, s.signature);
    }

    function _idOf(ChannelKey calldata key) private pure returns (bytes32) {
        return keccak256(abi.encode(key));
    }

    function _laneOf(ChannelKey calldata key) private pure returns (Lane memory) {
        return Lane(key.payee, key.token, uint16(key.salt));
    }

    function _domainNameAndVersion() internal pure override returns (string memory, string memory) {
        return ("Millrace Channels", "1");
    }
}
