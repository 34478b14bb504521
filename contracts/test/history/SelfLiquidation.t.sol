// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarketErrors } from "../../src/interfaces/IMarketErrors.sol";
import { Calls } from "../market/Calls.sol";
import { MarketFixture } from "../market/MarketFixture.sol";
import { Player, Step } from "../market/Player.sol";

/// @title Euler 2023 and others: liquidate yourself for the bonus
/// @notice A position was made unhealthy by its own owner in one transaction and liquidated at a full discount by a second account. Here a
/// position is liquidated at the ask and a higher loan-to-value than it was opened with at the bid, the bonus starts at zero, and is
/// paid by the owner of the position, never by lenders while there is value.
contract SelfLiquidationTest is MarketFixture {
    /// @notice The best one can do at one price: nothing at all.
    function testFuzz_nobodyMakesItselfLiquidatable(uint256 collateral, uint256 part) public {
        _deposit(alice, 10_000_000 * USD);
        collateral = bound(collateral, 0.1e18, 4_000 * ETH);
        _pledge(bob, 0, collateral);
        uint256 most = lens.position(market, bob).capacity;
        _borrow(bob, bound(part, 10 * USD, most));
        assertGe(lens.position(market, bob).health, WAD);
        vm.prank(bob);
        vm.expectPartialRevert(IMarketErrors.Healthy.selector);
        market.liquidate(bob, 0, ALL, OWN, "");
    }

    /// @notice In a flash loan of its own market, with everything in one transaction.
    function test_aFlashLoanDoesNotHelp() public {
        _deposit(alice, 1_000_000 * USD);
        Player player = new Player();
        _equip(address(player));
        Step[] memory steps = new Step[](3);
        address me = address(player);
        steps[0] = Step(address(market), Calls.supplyCollateral(0, 100 * ETH, me, OWN, ""));
        steps[1] = Step(address(market), abi.encodeCall(market.borrow, (150_000 * USD, me, me, OWN)));
        steps[2] = Step(address(market), abi.encodeCall(market.liquidate, (me, 0, ALL, OWN, "")));
        player.plan(steps, true);
        vm.expectPartialRevert(IMarketErrors.Healthy.selector);
        player.act(address(market), Calls.flashLoan(me, address(loan), 500_000 * USD, OWN));
    }

    /// @notice After a fall, liquidating oneself costs what it brings: both sides are one pocket, and lenders lose nothing.
    function testFuzz_afterAFallItIsNoGain(uint256 fall, uint256 slices) public {
        _lendAndBorrow(100 * ETH, 150_000 * USD);
        uint256 price = ETH_PRICE * bound(fall, 80, 93) / 100;
        ethOracle.setPrice(price);
        uint256 before = _wealth(price);
        uint256 n = bound(slices, 1, 6);
        for (uint256 k; k < n; ++k) {
            vm.prank(bob);
            (bool ok,) = address(market)
                .call(abi.encodeCall(market.liquidate, (bob, 0, market.debtOf(bob) / (n - k) + 1, OWN, "")));
            ok;
        }
        assertLe(_wealth(price), before);
        assertEq(market.convertToAssets(1e18), 1e18, "lenders are whole");
    }

    function _wealth(uint256 price) private view returns (uint256) {
        return
            loan.balanceOf(bob) + (eth.balanceOf(bob) + market.collateralOf(bob, 0)) * price / 1e36 - market.debtOf(bob);
    }
}
