// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarketErrors } from "../../src/interfaces/IMarketErrors.sol";
import { MarketFixture } from "../market/MarketFixture.sol";

/// @title Insufficient gas griefing (SWC-126; relayers and try/catch everywhere)
/// @notice A caller gives just so much gas that the inner call fails and the outer one goes on. Here a checkpoint needs what its rate model
/// may use, and an oracle without gas is an oracle without a price, which never helps whoever starved it.
contract GasGriefingTest is MarketFixture {
    function setUp() public override {
        super.setUp();
        _lendAndBorrow(100 * ETH, 149_000 * USD);
        skip(5 minutes);
    }

    /// @notice With any gas at all: the rate moves as it should, or nothing happens.
    function testFuzz_theRateModelIsNotStarved(uint256 gas_) public {
        gas_ = bound(gas_, 30_000, 400_000);
        uint256 id = vm.snapshotState();
        market.checkpoint();
        uint256 honest = market.terms().rate;
        vm.revertToStateAndDelete(id);
        uint256 rate = market.terms().rate;
        assertNotEq(rate, honest);
        (bool ok,) = address(market).call{ gas: gas_ }(abi.encodeCall(market.checkpoint, ()));
        assertEq(market.terms().rate, ok ? honest : rate);
    }

    function test_theCheckpointSaysSo() public {
        vm.expectPartialRevert(IMarketErrors.InsufficientGas.selector);
        market.checkpoint{ gas: 200_000 }();
    }

    /// @notice A starved oracle liquidates nobody who is healthy, and lends nobody more.
    function testFuzz_aStarvedOracleHelpsNobody(uint256 gas_) public {
        gas_ = bound(gas_, 20_000, 300_000);
        vm.prank(carol);
        (bool ok,) = address(market).call{ gas: gas_ }(abi.encodeCall(market.liquidate, (bob, 0, ALL, OWN, "")));
        assertFalse(ok);
        vm.prank(bob);
        (ok,) = address(market).call{ gas: gas_ }(abi.encodeCall(market.borrow, (2_000 * USD, bob, bob, OWN)));
        assertFalse(ok);
    }
}
