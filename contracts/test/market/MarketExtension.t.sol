// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarketErrors } from "../../src/interfaces/IMarketErrors.sol";
import { IMarketEvents } from "../../src/interfaces/IMarketEvents.sol";
import { MarketConfig } from "../../src/interfaces/IMarketTypes.sol";
import { IPriceSource } from "../../src/interfaces/IPriceSource.sol";
import { PriceGuard } from "../../src/oracle/PriceGuard.sol";
import { SignedSource } from "../../src/oracle/SignedSource.sol";
import { Calls } from "./Calls.sol";
import { MarketFixture } from "./MarketFixture.sol";
import { SignMarket } from "./SignMarket.sol";

/// @title Pauses, batches, views
contract MarketExtensionTest is MarketFixture, SignMarket {
    function test_onlyTheGuardianPauses() public {
        bytes memory refusal = abi.encodeWithSelector(IMarketErrors.NotGuardian.selector, guardian, carol);
        vm.startPrank(carol);
        vm.expectRevert(refusal);
        market.pause(1);
        vm.expectRevert(refusal);
        market.unpause();
        vm.stopPrank();
    }

    function test_aMarketWithoutGuardianIsNeverPaused() public {
        MarketConfig memory c = _config();
        c.guardian = address(0);
        market = _deploy(c);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.NotGuardian.selector, address(0), address(this)));
        market.pause(1);
    }

    /// @notice A pause stops entering and borrowing, nothing else, and ends by itself.
    function test_aPauseStopsEntriesOnly() public {
        _lendAndBorrow(100 * ETH, 100_000 * USD);
        uint256 until = block.timestamp + 2 days;
        vm.expectEmit(address(market));
        emit IMarketEvents.PauseSet(until);
        vm.prank(guardian);
        market.pause(2 days);
        bytes memory refusal = abi.encodeWithSelector(IMarketErrors.Paused.selector, until);
        vm.startPrank(alice);
        vm.expectRevert(refusal);
        market.deposit(1 * USD, alice);
        vm.expectRevert(refusal);
        market.mint(1 * USD, alice);
        assertEq(market.maxDeposit(alice), 0);
        assertEq(market.maxMint(alice), 0);
        market.withdraw(1 * USD, alice, alice);
        market.redeem(1 * USD, alice, alice);
        market.transfer(carol, 1 * USD);
        vm.stopPrank();
        vm.startPrank(bob);
        vm.expectRevert(refusal);
        market.borrow(1 * USD, bob, bob, OWN);
        market.supplyCollateral(0, 1 * ETH, bob, OWN, "");
        market.withdrawCollateral(0, 1 * ETH, bob, bob, OWN);
        market.repay(1_000 * USD, bob, OWN, "");
        vm.stopPrank();
        skip(30 minutes);
        market.checkpoint();
        ethOracle.setPrice(1_200e24);
        vm.prank(carol);
        market.liquidate(bob, 0, 1_000 * USD, OWN, "");
        vm.warp(until);
        _deposit(alice, 1 * USD);
    }

    function test_aPauseIsShortAndRare() public {
        vm.startPrank(guardian);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.PauseTooLong.selector, 3 days, 3 days + 1));
        market.pause(3 days + 1);
        uint256 until = block.timestamp + 3 days;
        market.pause(3 days);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.PauseCoolingDown.selector, until + 3 days));
        market.pause(1);
        vm.warp(until + 3 days - 1);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.PauseCoolingDown.selector, until + 3 days));
        market.pause(1);
        skip(1);
        market.pause(3 days);
        vm.stopPrank();
    }

    function test_unpausingStartsTheCooldownAndNeverLengthens() public {
        vm.startPrank(guardian);
        market.unpause();
        assertEq(market.terms().pausedUntil, 0);
        market.pause(3 days);
        skip(1 hours);
        uint256 now_ = block.timestamp;
        market.unpause();
        assertEq(market.terms().pausedUntil, now_);
        skip(1 days);
        market.unpause();
        assertEq(market.terms().pausedUntil, now_);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.PauseCoolingDown.selector, now_ + 3 days));
        market.pause(1);
        vm.stopPrank();
        _deposit(alice, 1 * USD);
    }

    /// @notice Whatever a guardian does and when: never stopped for more than half of the time, never longer than three days.
    function testFuzz_pausesAreBounded(uint256 seed) public {
        uint256 start = block.timestamp;
        uint256 stopped;
        for (uint256 n; n < 12; ++n) {
            uint256 x = uint256(keccak256(abi.encode(seed, n)));
            vm.prank(guardian);
            (bool ok,) = address(market)
                .call(x & 7 == 0 ? abi.encodeCall(market.unpause, ()) : abi.encodeCall(market.pause, (x % 4 days)));
            ok;
            assertLe(market.terms().pausedUntil, block.timestamp + 3 days);
            uint256 wait = (x >> 64) % 4 days;
            uint256 left =
                market.terms().pausedUntil > block.timestamp ? market.terms().pausedUntil - block.timestamp : 0;
            stopped += left < wait ? left : wait;
            skip(wait);
        }
        assertLe(stopped, (block.timestamp - start) / 2 + 3 days);
    }

    /// @notice A batch does what its calls do one by one.
    function testFuzz_aBatchIsItsCalls(uint256 seed) public {
        bytes[] memory calls = new bytes[](4);
        for (uint256 k; k < calls.length; ++k) {
            uint256 x = uint256(keccak256(abi.encode(seed, k)));
            uint256 size = 1 + (x >> 8) % 1e12;
            if (x % 4 == 0) calls[k] = abi.encodeCall(market.deposit, (size, carol));
            if (x % 4 == 1) calls[k] = Calls.supplyCollateral(0, size);
            if (x % 4 == 2) calls[k] = abi.encodeCall(market.approve, (dave, size));
            if (x % 4 == 3) calls[k] = abi.encodeCall(market.mint, (size, carol));
        }
        uint256 id = vm.snapshotState();
        for (uint256 k; k < calls.length; ++k) {
            vm.prank(carol);
            (bool ok,) = address(market).call(calls[k]);
            assertTrue(ok);
        }
        bytes32 single = _stateOfCarol();
        vm.revertToStateAndDelete(id);
        vm.prank(carol);
        market.multicall(calls);
        assertEq(_stateOfCarol(), single);
    }

    function _stateOfCarol() private view returns (bytes32) {
        return keccak256(
            abi.encode(
                market.balanceOf(carol),
                market.allowance(carol, dave),
                market.collateralOf(carol, 0),
                loan.balanceOf(carol),
                eth.balanceOf(carol),
                market.totals()
            )
        );
    }

    /// @notice A pause survives a checkpoint, which rewrites its slot.
    function test_aCheckpointKeepsThePause() public {
        vm.prank(guardian);
        market.pause(2 days);
        skip(1 hours);
        market.checkpoint();
        assertEq(market.terms().pausedUntil, block.timestamp + 47 hours);
    }

    function test_batchesAreOneCallerAndAllOrNothing() public {
        bytes[] memory calls = new bytes[](3);
        calls[0] = abi.encodeCall(market.deposit, (10 * USD, carol));
        calls[1] = Calls.supplyCollateral(0, 1 * ETH, carol, OWN, "");
        calls[2] = abi.encodeCall(market.balanceOf, (carol));
        vm.prank(carol);
        bytes[] memory results = market.multicall(calls);
        assertEq(abi.decode(results[0], (uint256)), 10 * USD);
        assertEq(abi.decode(results[2], (uint256)), 10 * USD);
        assertEq(loan.balanceOf(carol), 99_999_990 * USD);
        calls[2] = abi.encodeCall(market.borrow, (ALL, carol, carol, OWN));
        vm.prank(carol);
        vm.expectPartialRevert(IMarketErrors.AmountTooLarge.selector);
        market.multicall(calls);
        assertEq(market.balanceOf(carol), 10 * USD);
    }

    /// @notice A batch in a batch is still the caller's; one cannot act for another with it.
    function test_batchesDoNotChangeTheCaller() public {
        _deposit(alice, 1_000 * USD);
        bytes[] memory inner = new bytes[](1);
        inner[0] = Calls.redeem(1, carol, alice);
        bytes[] memory outer = new bytes[](1);
        outer[0] = abi.encodeCall(market.multicall, (inner));
        vm.prank(carol);
        vm.expectPartialRevert(IMarketErrors.InsufficientAllowance.selector);
        market.multicall(outer);
    }

    /// @notice Permit and withdraw in one transaction of the one who was permitted.
    function test_permitInABatch() public {
        (address owner, uint256 key) = makeAddrAndKey("owner");
        vm.prank(alice);
        market.deposit(500, owner);
        (uint8 v, bytes32 r, bytes32 s) = _signPermit(market, key, owner, carol, 500, 0, ALL);
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(market.permit, (owner, carol, 500, ALL, v, r, s));
        calls[1] = Calls.redeem(500, carol, owner);
        vm.prank(carol);
        market.multicall(calls);
        assertEq(market.balanceOf(owner), 0);
    }

    function test_whatIsNowhereReverts() public {
        (bool ok,) = address(market).call(abi.encodeWithSignature("nothing()"));
        assertFalse(ok);
        (ok,) = address(market).call("");
        assertFalse(ok);
    }
}

/// @title A price that is signed off the chain, brought in the same transaction
contract PullPriceTest is MarketFixture {
    uint256[3] private keys;
    SignedSource private source;
    PriceGuard private guard;

    function _config() internal override returns (MarketConfig memory c) {
        address[] memory signers = new address[](3);
        keys = [uint256(11), 22, 33];
        _sortKeys();
        for (uint256 k; k < 3; ++k) {
            signers[k] = vm.addr(keys[k]);
        }
        SignedSource.Config memory s = SignedSource.Config("ETH/USD", 8, 60, 5, eth, loan);
        source = new SignedSource(s, signers, 2);
        guard = new PriceGuard(source, IPriceSource(address(0)), 0, 100_000);
        c = super._config();
        c.collaterals[0].oracle = address(guard);
    }

    function setUp() public override {
        super.setUp();
        _deposit(alice, 1_000_000 * USD);
        _pledge(bob, 0, 100 * ETH);
    }

    function test_borrowWithAPriceBroughtAlong() public {
        vm.prank(bob);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.PriceUnavailable.selector, 0, address(guard)));
        market.borrow(100_000 * USD, bob, bob, OWN);
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(market.submitPrice, (0, _signed(2_000e8)));
        calls[1] = abi.encodeCall(market.borrow, (150_000 * USD, bob, bob, OWN));
        vm.prank(bob);
        market.multicall(calls);
        assertEq(market.debtOf(bob), 150_000 * USD);
        // It lasted for that transaction only.
        vm.prank(bob);
        vm.expectPartialRevert(IMarketErrors.PriceUnavailable.selector);
        market.withdrawCollateral(0, 1, bob, bob, OWN);
    }

    function test_liquidateWithAPriceBroughtAlong() public {
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(market.submitPrice, (0, _signed(2_000e8)));
        calls[1] = abi.encodeCall(market.borrow, (150_000 * USD, bob, bob, OWN));
        vm.prank(bob);
        market.multicall(calls);
        calls[0] = abi.encodeCall(market.submitPrice, (0, _signed(1_800e8)));
        calls[1] = abi.encodeCall(market.liquidate, (bob, 0, ALL, OWN, ""));
        vm.prank(carol);
        bytes[] memory results = market.multicall(calls);
        (uint256 repaid, uint256 seized) = abi.decode(results[1], (uint256, uint256));
        assertEq(repaid, uint256(13_500 * USD * 1000 + 185) / 186);
        assertEq(seized, repaid * 108 / 100 * 1e12 / 1_800);
    }

    function test_aBadPriceUndoesTheBatch() public {
        bytes memory signed = _signed(2_000e8);
        skip(61);
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(market.submitPrice, (0, signed));
        calls[1] = abi.encodeCall(market.borrow, (1_000 * USD, bob, bob, OWN));
        vm.prank(bob);
        vm.expectPartialRevert(SignedSource.ReportStale.selector);
        market.multicall(calls);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.UnknownCollateral.selector, 2, 2));
        market.submitPrice(2, signed);
    }

    function _signed(uint256 price) private view returns (bytes memory) {
        SignedSource.Report[] memory reports = new SignedSource.Report[](2);
        for (uint256 k; k < 2; ++k) {
            (bytes32 r, bytes32 vs) = vm.signCompact(keys[k], source.digest(price, block.timestamp));
            reports[k] = SignedSource.Report(price, block.timestamp, r, vs);
        }
        return bytes.concat(hex"00", abi.encode(reports));
    }

    function _sortKeys() private {
        for (uint256 a; a < 2; ++a) {
            for (uint256 b; b < 2 - a; ++b) {
                if (vm.addr(keys[b]) > vm.addr(keys[b + 1])) (keys[b], keys[b + 1]) = (keys[b + 1], keys[b]);
            }
        }
    }
}
