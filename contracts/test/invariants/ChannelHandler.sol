// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Channels } from "../../src/compute/Channels.sol";
import { MockToken } from "../../src/dev/MockToken.sol";
import { Channel, ChannelKey, IChannels, Stream, Voucher } from "../../src/interfaces/IChannels.sol";
import { ILanes, Lane } from "../../src/interfaces/ILanes.sol";
import { ComputeSpec } from "../ComputeSpec.sol";
import { SignCompute } from "../compute/SignCompute.sol";
import { Wallet } from "../compute/Wallet.sol";

/// @title What happens to channels under test: payers with keys and without, payees, time, replays, strangers
/// @notice Each call is one transaction. What the contract pays is compared with what was signed; it may refuse only when the
/// signatures say so. Three payers (the last one a contract), two payees, two lanes each, two channels in each lane.
contract ChannelHandler is SignCompute, ComputeSpec {
    uint256 public constant CHANNELS = 24;
    uint256 private constant USD = 1e6;
    uint256 private constant NEVER = type(uint48).max;

    Channels private immutable channels;
    Channels private immutable twin;
    MockToken private immutable token;
    uint256[2] private keys;
    address[3] private payers;
    address[2] private payees;
    address private immutable stranger;

    Voucher[] private vouchers;
    Stream[] private streams;
    mapping(bytes32 id => uint256) public deposited;
    /// @notice The largest sum that some redeemed signature allowed, up to the deposit of its moment.
    mapping(bytes32 id => uint256) public allowed;
    mapping(address till => uint256) public donated;
    mapping(bytes32 operation => uint256) public succeeded;

    constructor(Channels channels_, MockToken token_) {
        (channels, token) = (channels_, token_);
        twin = new Channels(1 hours);
        (payers[0], keys[0]) = makeAddrAndKey("first payer");
        (payers[1], keys[1]) = makeAddrAndKey("second payer");
        payers[2] = address(new Wallet());
        (payees[0], payees[1]) = (makeAddr("first payee"), makeAddr("second payee"));
        stranger = makeAddr("stranger");
        for (uint256 k; k < 3; ++k) {
            token_.mint(payers[k], 1e6 * USD);
            vm.prank(payers[k]);
            token_.approve(address(channels_), type(uint256).max);
        }
        token_.mint(stranger, 1e6 * USD);
    }

    function keyOf(uint256 n) public view returns (ChannelKey memory) {
        uint256 salt = (n / 12) << 16 | (n / 6 & 1);
        return ChannelKey(payers[n % 3], payees[n / 3 & 1], address(token), salt);
    }

    function everybody() public view returns (address[6] memory) {
        return [payers[0], payers[1], payers[2], payees[0], payees[1], stranger];
    }

    // ------------------------------------------------------------------------------------------ parties

    function open(uint256 n, uint256 amount) external {
        ChannelKey memory key = _key(n);
        bytes32 id = keccak256(abi.encode(key));
        amount = bound(amount, 1, 1000 * USD);
        if (amount > token.balanceOf(key.payer)) return;
        bool isNew = deposited[id] == 0;
        vm.prank(key.payer);
        try channels.open(key, amount) {
            assertTrue(isNew, "an id is used once");
            deposited[id] = amount;
            succeeded["open"]++;
        } catch {
            assertFalse(isNew, "an opening failed");
        }
    }

    function topUp(uint256 n, uint256 amount, uint256 by) external {
        ChannelKey memory key = _key(n);
        bytes32 id = keccak256(abi.encode(key));
        amount = bound(amount, 1, 1000 * USD);
        address from = by & 1 == 1 ? stranger : key.payer;
        if (amount > token.balanceOf(from)) return;
        vm.prank(from);
        token.approve(address(channels), type(uint256).max);
        bool isOpen = deposited[id] != 0 && channels.channelOf(id).closesAt == 0;
        vm.prank(from);
        try channels.topUp(key, amount) {
            assertTrue(isOpen, "only an open channel is topped up");
            deposited[id] += amount;
            succeeded["topUp"]++;
        } catch {
            assertFalse(isOpen, "a top-up failed");
        }
    }

    function sign(uint256 n, uint256 total) external {
        ChannelKey memory key = _key(n);
        total = total % 7 == 0 ? total : bound(total, 0, 1500 * USD);
        bytes32 root = keccak256(abi.encode(vouchers.length));
        bytes32 digest = _voucherDigest(address(channels), key, total, root);
        vouchers.push(Voucher(key, total, root, _signAs(key.payer, digest)));
    }

    function signStream(uint256 n, uint256 total, uint256 rate, uint256 since, uint256 length) external {
        Stream memory s;
        s.key = _key(n);
        s.total = bound(total, 0, 500 * USD);
        s.rate = rate % 11 == 0 ? rate : bound(rate, 0, USD / 100);
        s.since = block.timestamp - 1 hours + since % 3 hours;
        s.until = s.since + length % 3 days;
        bytes32 kind = keccak256(
            "Stream(bytes32 channel,uint256 total,bytes32 receiptsRoot,uint256 rate,uint256 since,uint256 until)"
        );
        bytes32 id = keccak256(abi.encode(s.key));
        bytes32 terms = keccak256(abi.encode(kind, id, s.total, s.receiptsRoot, s.rate, s.since, s.until));
        s.signature = _signAs(s.key.payer, _digest("Millrace Channels", address(channels), terms));
        streams.push(s);
    }

    /// @notice Any voucher ever signed, in any order, any number of times, by anyone.
    function redeem(uint256 which) external {
        if (vouchers.length == 0) return;
        Voucher memory v = vouchers[which % vouchers.length];
        uint256 due = _due(v.key, v.total);
        vm.prank(stranger);
        try channels.redeem(v) returns (uint256 amount) {
            assertEq(amount, due, CMP_02);
            assertGt(amount, 0, CMP_02);
            _allow(v.key, v.total);
            succeeded["redeem"]++;
        } catch {
            assertEq(due, 0, CMP_05);
        }
    }

    function redeemBatch(uint256 a, uint256 b, uint256 c) external {
        if (vouchers.length == 0) return;
        Voucher[] memory batch = new Voucher[](4);
        uint256 n = vouchers.length;
        (batch[0], batch[1], batch[2]) = (vouchers[a % n], vouchers[b % n], vouchers[c % n]);
        // And one that is not signed.
        batch[3] = Voucher(batch[0].key, batch[0].total + 1, 0, batch[0].signature);
        uint256 before = _credits();
        try channels.redeemBatch(batch) returns (uint256 sum) {
            assertEq(_credits() - before, sum, CMP_01);
            for (uint256 k; k < 3; ++k) {
                if (_isLive(batch[k].key)) _allow(batch[k].key, batch[k].total);
            }
            succeeded["redeemBatch"]++;
        } catch {
            for (uint256 k; k < 3; ++k) {
                assertEq(_due(batch[k].key, batch[k].total), 0, CMP_05);
            }
        }
    }

    function redeemStream(uint256 which) external {
        if (streams.length == 0) return;
        Stream memory s = streams[which % streams.length];
        uint256 total = _accrued(s);
        uint256 due = _due(s.key, total);
        uint256 closesAt = channels.channelOf(keccak256(abi.encode(s.key))).closesAt;
        try channels.redeemStream(s) returns (uint256 amount) {
            assertEq(amount, due, CMP_06);
            _allow(s.key, total);
            succeeded["redeemStream"]++;
            uint256 after_ = channels.channelOf(keccak256(abi.encode(s.key))).closesAt;
            assertGe(after_, closesAt, "a stream never hurries a closing");
            if (closesAt != 0 && s.until > block.timestamp) {
                assertGe(after_, s.until + channels.challengeWindow(), CMP_05);
            }
        } catch {
            assertEq(due, 0, CMP_05);
        }
    }

    function close(uint256 n, uint256 by) external {
        bool byPayee = by & 1 == 1;
        ChannelKey memory key = _key(n);
        bytes32 id = keccak256(abi.encode(key));
        Channel memory c = channels.channelOf(id);
        uint256 had = _wealth(key.payer, key);
        vm.prank(byPayee ? key.payee : key.payer);
        try channels.close(key) {
            if (byPayee) {
                assertEq(_wealth(key.payer, key), had + c.deposit - c.paid, CMP_07);
                succeeded["closeByPayee"]++;
            } else {
                assertEq(channels.channelOf(id).closesAt, block.timestamp + channels.challengeWindow(), CMP_05);
                succeeded["closeByPayer"]++;
            }
        } catch {
            assertTrue(c.deposit == 0 || (byPayee ? c.closesAt == NEVER : c.closesAt != 0), CMP_04);
        }
    }

    function finalise(uint256 n) external {
        ChannelKey memory key = _key(n);
        Channel memory c = channels.channelOf(keccak256(abi.encode(key)));
        bool due = c.deposit != 0 && c.closesAt != 0 && c.closesAt <= block.timestamp;
        uint256 had = _wealth(key.payer, key);
        vm.prank(stranger);
        try channels.finalise(key) {
            assertTrue(due, CMP_05);
            assertEq(_wealth(key.payer, key), had + c.deposit - c.paid, CMP_07);
            succeeded["finalise"]++;
        } catch {
            assertFalse(due, CMP_04);
        }
    }

    function collect(uint256 n, uint256 where) external {
        bool elsewhere = where & 1 == 1;
        ChannelKey memory key = _key(n);
        Lane memory lane = _lane(key);
        uint256 credit = channels.creditOf(key.payee, lane);
        address to = elsewhere ? stranger : key.payee;
        uint256 had = token.balanceOf(to);
        if (elsewhere) {
            vm.prank(key.payee);
            try channels.collectTo(lane, to) returns (uint256 amount) {
                assertEq(amount, credit, CMP_01);
            } catch {
                assertEq(credit, 0, CMP_04);
            }
        } else {
            vm.prank(stranger);
            try channels.collect(key.payee, lane) returns (uint256 amount) {
                assertEq(amount, credit, CMP_01);
                succeeded["collect"]++;
            } catch {
                assertEq(credit, 0, CMP_04);
            }
        }
        assertEq(token.balanceOf(to), had + credit, CMP_07);
    }

    // ------------------------------------------------------------------------------------------ everybody else

    function openTill(uint256 n) external {
        channels.openTill(_lane(_key(n)));
    }

    function donate(uint256 n, uint256 amount) external {
        address till = channels.tillOf(_lane(_key(n)));
        amount = bound(amount, 1, 10 * USD);
        if (amount > token.balanceOf(stranger)) return;
        vm.prank(stranger);
        token.transfer(till, amount);
        donated[till] += amount;
    }

    function pass(uint256 time) external {
        skip(bound(time, 1, 12 hours));
    }

    /// @notice Whatever was signed is worth nothing with a word changed, by another key, on another chain, at another contract.
    function forge(uint256 which, uint256 how) external {
        if (vouchers.length == 0) return;
        Voucher memory v = vouchers[which % vouchers.length];
        uint256 chain = block.chainid;
        how = how % 5;
        if (how == 0) v.total++;
        if (how == 1) v.receiptsRoot = ~v.receiptsRoot;
        if (how == 2) v.key.salt ^= 1 << 40;
        if (how == 3) vm.chainId(4242);
        if (how == 4) v.key.payee = stranger;
        vm.expectRevert(abi.encodeWithSelector(ILanes.BadSignature.selector, v.key.payer));
        channels.redeem(v);
        vm.chainId(chain);
        vm.expectRevert(abi.encodeWithSelector(ILanes.BadSignature.selector, v.key.payer));
        twin.redeem(v);
        succeeded["forge"]++;
    }

    /// @notice Who is not a party opens, closes and collects nothing.
    function trespass(uint256 n) external {
        ChannelKey memory key = _key(n);
        vm.startPrank(stranger);
        vm.expectRevert();
        channels.open(key, 1);
        vm.expectRevert();
        channels.close(key);
        vm.expectRevert(abi.encodeWithSelector(ILanes.NothingToCollect.selector, stranger));
        channels.collectTo(_lane(key), stranger);
        vm.stopPrank();
    }

    // ------------------------------------------------------------------------------------------ the end

    /// @notice Everybody goes home: with calls and time alone, all money comes out.
    function drain() external {
        for (uint256 n; n < CHANNELS; ++n) {
            ChannelKey memory key = keyOf(n);
            Channel memory c = channels.channelOf(keccak256(abi.encode(key)));
            if (c.deposit == 0 || c.closesAt != 0) continue;
            vm.prank(key.payer);
            channels.close(key);
        }
        skip(100 days);
        for (uint256 n; n < CHANNELS; ++n) {
            ChannelKey memory key = keyOf(n);
            Channel memory c = channels.channelOf(keccak256(abi.encode(key)));
            if (c.deposit != 0 && c.closesAt != NEVER) channels.finalise(key);
        }
        for (uint256 n; n < CHANNELS; ++n) {
            ChannelKey memory key = keyOf(n);
            Lane memory lane = _lane(key);
            if (channels.creditOf(key.payee, lane) != 0) channels.collect(key.payee, lane);
            if (channels.creditOf(key.payer, lane) != 0) channels.collect(key.payer, lane);
            address till = channels.tillOf(lane);
            if (n >= CHANNELS - 12) assertEq(token.balanceOf(till), donated[till], CMP_04);
        }
    }

    function _key(uint256 n) private view returns (ChannelKey memory) {
        return keyOf(n % CHANNELS);
    }

    function _lane(ChannelKey memory key) private pure returns (Lane memory) {
        return Lane(key.payee, key.token, uint16(key.salt));
    }

    function _signAs(address payer, bytes32 digest) private returns (bytes memory) {
        if (payer == payers[2]) {
            Wallet(payer).agree(digest);
            return "agreed";
        }
        return _sign(payer == payers[0] ? keys[0] : keys[1], digest);
    }

    function _isLive(ChannelKey memory key) private view returns (bool) {
        Channel memory c = channels.channelOf(keccak256(abi.encode(key)));
        return c.deposit != 0 && c.closesAt != NEVER;
    }

    /// @dev What a signature over `total` must pay now, by the handler's own books.
    function _due(ChannelKey memory key, uint256 total) private view returns (uint256) {
        bytes32 id = keccak256(abi.encode(key));
        if (!_isLive(key)) return 0;
        uint256 most = total < deposited[id] ? total : deposited[id];
        return most > allowed[id] ? most - allowed[id] : 0;
    }

    function _allow(ChannelKey memory key, uint256 total) private {
        bytes32 id = keccak256(abi.encode(key));
        uint256 most = total < deposited[id] ? total : deposited[id];
        if (most > allowed[id]) allowed[id] = most;
    }

    /// @dev Second by second, as a person would count.
    function _accrued(Stream memory s) private view returns (uint256) {
        if (block.timestamp <= s.since || s.until <= s.since || s.rate == 0) return s.total;
        uint256 passed = (block.timestamp < s.until ? block.timestamp : s.until) - s.since;
        if (s.rate > 1e40) return type(uint256).max;
        return s.total + s.rate * passed;
    }

    function _wealth(address who, ChannelKey memory key) private view returns (uint256) {
        return token.balanceOf(who) + channels.creditOf(who, _lane(key));
    }

    function _credits() private view returns (uint256 sum) {
        for (uint256 p; p < 2; ++p) {
            for (uint256 l; l < 2; ++l) {
                sum += channels.creditOf(payees[p], Lane(payees[p], address(token), l));
            }
        }
    }
}
