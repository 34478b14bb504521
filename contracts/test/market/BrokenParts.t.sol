// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { AllowList } from "../../src/access/AllowList.sol";
import { MarketConfig } from "../../src/interfaces/IMarketTypes.sol";
import { InvariantsSpec } from "../InvariantsSpec.sol";
import { MarketFixture } from "./MarketFixture.sol";

/// @title MKT-08: everything around the market fails, in every combination
contract BrokenPartsTest is MarketFixture, InvariantsSpec {
    AllowList private gate;

    function _config() internal override returns (MarketConfig memory c) {
        c = super._config();
        gate = new AllowList(address(this), 15);
        c.gate = address(gate);
        c.cover = address(gate);
    }

    /// @notice Bits: oracle, rate model, cover and gate, a pause, and a market that is late.
    function test_peopleLeave() public {
        _lendAndBorrow(100 * ETH, 100_000 * USD);
        _pledge(bob, 1, 1 * BTC);
        _pledge(carol, 1, 2 * BTC);
        for (uint256 broken; broken < 32; ++broken) {
            for (uint256 how; how < 3; ++how) {
                uint256 id = vm.snapshotState();
                _break(broken, how);
                _withdraw(alice, 100_000 * USD);
                _redeem(alice, 100_000 * USD);
                _unpledge(carol, 1, 2 * BTC);
                _repay(bob, 50_000 * USD);
                assertGt(market.debtOf(bob), 49_000 * USD, MKT_08);
                _repay(bob, ALL);
                assertEq(market.debtOf(bob), 0, MKT_08);
                _unpledge(bob, 0, 100 * ETH);
                _unpledge(bob, 1, 1 * BTC);
                _redeem(alice, market.maxRedeem(alice));
                assertEq(market.positionOf(bob).held, 0, MKT_08);
                vm.revertToState(id);
            }
        }
    }

    /// @notice A rate model that fails leaves the rate where it is.
    function test_aBrokenModelLeavesTheRate() public {
        _lendAndBorrow(100 * ETH, 100_000 * USD);
        uint256 rate = market.terms().rate;
        for (uint256 how; how < 4; ++how) {
            uint256 id = vm.snapshotState();
            _etch(address(rates), how);
            skip(30 minutes);
            assertTrue(market.checkpoint());
            assertEq(market.terms().rate, rate, MKT_08);
            vm.revertToState(id);
        }
    }

    /// @notice One that says too much is limited by the slew and by the highest rate.
    function test_aMadModelIsLimited() public {
        _lendAndBorrow(100 * ETH, 100_000 * USD);
        vm.etch(address(rates), hex"5f195f5260205ff3");
        for (uint256 n; n < 60; ++n) {
            uint256 rate = market.terms().rate;
            skip(1 hours);
            market.checkpoint();
            assertLe(market.terms().rate, 2 * rate + uint256(0.05e18) / YEAR);
            assertLe(market.terms().rate, uint256(4e18) / YEAR);
        }
        assertEq(market.terms().rate, uint256(4e18) / YEAR);
    }

    /// @notice A model with a hook into the market changes nothing by it.
    function test_aModelThatCallsBack() public {
        _lendAndBorrow(100 * ETH, 100_000 * USD);
        Meddler meddler = new Meddler(address(market));
        MarketConfig memory c = _config();
        c.rateModel = address(meddler);
        market = _deploy(c);
        meddler.aim(address(market));
        _equip(alice);
        _equip(bob);
        _lendAndBorrow(100 * ETH, 100_000 * USD);
        for (uint256 n; n < 3; ++n) {
            skip(2 hours);
            if (n == 0) market.settle();
            if (n == 1) market.checkpoint();
            if (n == 2) _withdraw(alice, 1 * USD);
            assertEq(market.accrual().settledAt, block.timestamp);
        }
        assertEq(meddler.succeeded(), 0);
        assertGt(meddler.called(), 2);
    }

    function _break(uint256 parts, uint256 how) private {
        if (parts & 1 != 0) {
            _etch(address(ethOracle), how);
            _etch(address(btcOracle), how);
        }
        if (parts & 2 != 0) _etch(address(rates), how);
        if (parts & 4 != 0) _etch(address(gate), how);
        if (parts & 8 != 0) {
            vm.prank(guardian);
            market.pause(3 days);
        }
        if (parts & 16 != 0) skip(40 days);
    }

    /// @dev Reverts, loops until its gas is gone, or is not there.
    function _etch(address part, uint256 how) private {
        vm.etch(part, how == 0 ? bytes(hex"5f5ffd") : how == 1 ? bytes(hex"5b5f56") : bytes(hex"fe"));
    }
}

/// @dev A rate model that tries to use the market from inside a checkpoint.
contract Meddler {
    address private market;
    uint256 public called;
    uint256 public succeeded;

    constructor(address market_) {
        market = market_;
    }

    function aim(address market_) external {
        market = market_;
    }

    function nextRate(uint256, uint256 rate, uint256) external returns (uint256) {
        ++called;
        (bool ok,) = market.call{ gas: 50_000 }(abi.encodeWithSignature("settle()"));
        (bool checkpointed,) = market.call{ gas: 50_000 }(abi.encodeWithSignature("checkpoint()"));
        if (ok || checkpointed) ++succeeded;
        return rate;
    }
}
