// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { LaneTill } from "../../src/compute/LaneTill.sol";
import { ChannelKey, IChannels, Voucher } from "../../src/interfaces/IChannels.sol";
import { Bid, Order } from "../../src/interfaces/IJobMarket.sol";
import { ILanes, Lane } from "../../src/interfaces/ILanes.sol";
import { HookToken, ITokenHook } from "../tokens/HookToken.sol";
import { ComputeFixture } from "./ComputeFixture.sol";
import { PermitToken } from "./PermitToken.sol";
import { Wallet } from "./Wallet.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title What an attacker would try with money, time and tokens that call, by name
contract AttacksTest is ComputeFixture {
    /// @notice ERC-777-like: the payer's hook opens, redeems and collects in the middle of its own deposit. The till gains what
    /// is booked.
    function test_reentrancy_duringTheDeposit() public {
        (HookToken hooked, Intruder intruder) = _hooked();
        ChannelKey memory outer = ChannelKey(address(intruder), payee, address(hooked), 1);
        ChannelKey memory inner = ChannelKey(address(intruder), payee, address(hooked), 1 + (1 << 16));
        intruder.plan(address(channels), abi.encodeCall(channels.open, (inner, 40)));
        intruder.run(address(channels), abi.encodeCall(channels.open, (outer, 60)));
        assertEq(intruder.answer(), abi.encodeWithSelector(ILanes.Reentered.selector));
        assertEq(_channel(inner).deposit, 0);
        assertEq(hooked.balanceOf(channels.tillOf(_laneOf(outer))), 60, CMP_01);
    }

    /// @notice The payee's hook collects again while it is being paid.
    function test_reentrancy_duringThePayout() public {
        (HookToken hooked, Intruder intruder) = _hooked();
        hooked.mint(payer, 1000);
        vm.prank(payer);
        hooked.approve(address(channels), 1000);
        ChannelKey memory key = ChannelKey(payer, address(intruder), address(hooked), 1);
        _open(key, 1000);
        channels.redeem(_signed(key, 300));
        intruder.plan(address(channels), abi.encodeCall(channels.collect, (address(intruder), _laneOf(key))));
        channels.collect(address(intruder), _laneOf(key));
        assertEq(intruder.answer(), abi.encodeWithSelector(ILanes.Reentered.selector));
        assertEq(hooked.balanceOf(channels.tillOf(_laneOf(key))), 700, CMP_01);
        // Redeeming in the middle is allowed, and pays what is due, once.
        channels.redeem(_signed(key, 400));
        intruder.plan(address(channels), abi.encodeCall(channels.redeem, (_signed(key, 500))));
        channels.collect(address(intruder), _laneOf(key));
        assertEq(_credit(address(intruder), key), 100, CMP_02);
        assertEq(hooked.balanceOf(channels.tillOf(_laneOf(key))), 600, CMP_01);
    }

    /// @notice A payer whose hook reverts on its refund gets a credit, and stops nobody.
    function test_reentrancy_aHookThatRefusesItsRefund() public {
        (HookToken hooked, Intruder intruder) = _hooked();
        ChannelKey memory key = ChannelKey(address(intruder), payee, address(hooked), 1);
        intruder.run(address(channels), abi.encodeCall(channels.open, (key, 100)));
        intruder.refuse(true);
        _close(key, payee);
        assertEq(_credit(address(intruder), key), 100, CMP_04);
        intruder.refuse(false);
        channels.collect(address(intruder), _laneOf(key));
        assertEq(hooked.balanceOf(address(intruder)), 1000, CMP_04);
    }

    /// @notice The payer closes the moment the payee looks away. The window is the payee's, to its last second and beyond.
    function test_griefingClose() public {
        ChannelKey memory key = _key(1);
        _open(key, 100 * USD);
        Voucher memory voucher = _signed(key, 90 * USD);
        _close(key, payer);
        skip(WINDOW - 1);
        vm.expectPartialRevert(IChannels.TooEarly.selector);
        channels.finalise(key);
        assertEq(channels.redeem(voucher), 90 * USD, CMP_05);
        // Closing again restarts nothing, and a top-up cannot cancel what the payer began.
        vm.prank(payer);
        vm.expectPartialRevert(IChannels.ChannelIsClosing.selector);
        channels.close(key);
        vm.prank(otherPayer);
        vm.expectPartialRevert(IChannels.ChannelIsClosing.selector);
        channels.topUp(key, 1);
        skip(1);
        channels.finalise(key);
    }

    /// @notice Somebody takes the permit out of the pool and uses it first; the deposit goes through all the same.
    function test_permitFrontRun() public {
        PermitToken permit = new PermitToken();
        permit.mint(payer, 1000);
        ChannelKey memory key = ChannelKey(payer, payee, address(permit), 1);
        uint256 deadline = block.timestamp + 60;
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(payerKey, permit.digest(payer, address(channels), 1000, 0, deadline));
        vm.prank(otherPayee);
        permit.permit(payer, address(channels), 1000, deadline, v, r, s);
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(channels.usePermit, (address(permit), 1000, deadline, v, r, s));
        calls[1] = abi.encodeCall(channels.open, (key, 1000));
        vm.prank(payer);
        channels.multicall(calls);
        assertEq(permit.balanceOf(channels.tillOf(_laneOf(key))), 1000);
        // And undisturbed.
        permit.mint(payer, 500);
        (v, r, s) = vm.sign(payerKey, permit.digest(payer, address(channels), 500, 1, deadline));
        calls[0] = abi.encodeCall(channels.usePermit, (address(permit), 500, deadline, v, r, s));
        calls[1] = abi.encodeCall(channels.topUp, (key, 500));
        vm.prank(payer);
        channels.multicall(calls);
        assertEq(_channel(key).deposit, 1500);
    }

    /// @notice Nobody can occupy the id of somebody else's channel with dust.
    function test_dust_occupyingAnId() public {
        vm.prank(otherPayer);
        vm.expectPartialRevert(IChannels.NotParty.selector);
        channels.open(_key(1), 1);
        _open(_key(1), 100 * USD);
    }

    /// @notice Dust sent to a till by hand changes no book, and stops neither deposits nor payouts.
    function testFuzz_dust_donatedToATill(uint256 amount) public {
        amount = bound(amount, 1, 1000 * USD);
        ChannelKey memory key = _key(1);
        address till = channels.tillOf(_laneOf(key));
        vm.prank(otherPayer);
        token.transfer(till, amount);
        _open(key, 100 * USD);
        channels.redeem(_signed(key, 100 * USD));
        channels.collect(payee, _laneOf(key));
        vm.expectPartialRevert(IChannels.NothingDue.selector);
        channels.redeem(_signed(key, 200 * USD));
        assertEq(token.balanceOf(till), amount, CMP_03);
    }

    /// @notice A million vouchers of one unit: the payee batches only what is worth its gas, and the last voucher holds it all.
    function test_dust_manySmallVouchers() public {
        ChannelKey memory key = _key(1);
        _open(key, 1000);
        for (uint256 k = 1; k <= 20; ++k) {
            if (k % 5 == 0) channels.redeem(_signed(key, k));
        }
        assertEq(_credit(payee, key), 20, CMP_02);
    }

    /// @notice Redeeming one voucher of a batch first does not stop the rest.
    function test_batchFrontRun() public {
        Voucher[] memory v = new Voucher[](3);
        for (uint256 k; k < 3; ++k) {
            _open(_key(k), 10 * USD);
            v[k] = _signed(_key(k), 5 * USD);
        }
        vm.prank(otherPayer);
        channels.redeem(v[1]);
        assertEq(channels.redeemBatch(v), 10 * USD);
    }

    /// @notice A till obeys its contract alone: its allowance cannot be turned, and it signs nothing.
    function test_aTillObeysNobodyElse() public {
        ChannelKey memory key = _key(1);
        _open(key, 100 * USD);
        address till = channels.openTill(_laneOf(key));
        vm.prank(otherPayer);
        LaneTill(till).refresh(address(token));
        assertEq(token.allowance(till, address(channels)), type(uint256).max);
        assertEq(token.allowance(till, otherPayer), 0);
        // Named as payer, it neither calls nor signs.
        key.payer = till;
        vm.prank(otherPayer);
        vm.expectPartialRevert(IChannels.NotParty.selector);
        channels.open(key, 1);
        Order memory o = _order(1);
        o.requester = till;
        Bid memory b = _bid(o, 1);
        bytes memory bs = _signBid(b);
        vm.expectRevert(abi.encodeWithSelector(ILanes.BadSignature.selector, till));
        jobs.open(o, bs, b, bs);
    }

    /// @notice Too little gas for a refund makes it a credit, never a loss.
    function testFuzz_gasGriefedRefund(uint256 gas_) public {
        ChannelKey memory key = _key(1);
        _open(key, 100 * USD);
        Lane memory lane = _laneOf(key);
        channels.openTill(lane);
        vm.prank(payee);
        (bool ok,) = address(channels).call{ gas: bound(gas_, 20_000, 200_000) }(abi.encodeCall(channels.close, (key)));
        uint256 has = token.balanceOf(payer) + channels.creditOf(payer, lane) + (ok ? 0 : 100 * USD);
        assertEq(has, 1_000_000 * USD, CMP_04);
    }

    function _hooked() private returns (HookToken hooked, Intruder intruder) {
        hooked = new HookToken();
        intruder = new Intruder(hooked);
        hooked.mint(address(intruder), 1000);
        intruder.run(address(hooked), abi.encodeCall(IERC20.approve, (address(channels), 1000)));
    }
}

/// @dev Makes one planned call whenever it is told of a transfer, and remembers what came back.
contract Intruder is ITokenHook, Wallet {
    address private target;
    bytes private call_;
    bytes public answer;
    bool private refuses;

    constructor(HookToken token) {
        token.setHook(this);
    }

    function plan(address target_, bytes calldata data) external {
        (target, call_) = (target_, data);
    }

    function refuse(bool yes) external {
        refuses = yes;
    }

    function tokensToSend(address, address, address, uint256) external {
        _act();
    }

    function tokensReceived(address, address, address, uint256) external {
        if (refuses) revert();
        _act();
    }

    function _act() private {
        if (target != address(0)) (, answer) = target.call(call_);
    }
}
