// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { MarketFixture } from "../market/MarketFixture.sol";

/// @title Hundred Finance 2023, Sonne 2024, Euler 2023: a donation makes the price of a share
/// @notice An empty market priced shares as balance / supply: one who held all shares donated, the price leapt, the next depositor's shares
/// rounded to zero, or a wei of collateral backed a fortune. Here the price is written by checkpoints only, and never above the ceiling.
contract FirstDepositorTest is MarketFixture {
    function test_hundred_aDonationToAnEmptyMarketTakesNothingFromTheNext() public {
        _deposit(carol, 1);
        for (uint256 j; j < 4; ++j) {
            loan.mint(market.tillOf(j), 10_000_000 * USD);
        }
        vm.prank(carol);
        loan.transfer(address(market), 10_000_000 * USD);
        skip(2 hours);
        market.checkpoint();
        uint256 shares = _deposit(alice, 1_000 * USD);
        assertEq(market.convertToAssets(shares), 1_000 * USD);
        assertEq(_redeem(alice, shares), 1_000 * USD);
        assertEq(_redeem(carol, 1), 1);
    }

    function testFuzz_hundred_nobodyLosesToDonations(uint256 first, uint256 gift, uint256 second, uint256 wait) public {
        first = bound(first, 1, 1e12);
        second = bound(second, 1, 1e12);
        gift = bound(gift, 0, 5e13);
        _deposit(carol, first);
        loan.mint(market.tillOf(gift % 4), gift);
        skip(1 minutes + wait % 30 days);
        market.checkpoint();
        uint256 shares = _deposit(alice, second);
        // Nothing was lent, so nothing was earned: a unit is a unit.
        assertEq(shares, second);
        assertEq(_redeem(alice, shares), second);
    }

    /// @notice Sonne: the same through a market that was emptied down to one share while a debt remains.
    function test_sonne_aMarketOfOneShareCannotBeInflated() public {
        _lendAndBorrow(100 * ETH, 100_000 * USD);
        _withdraw(alice, market.maxWithdraw(alice));
        skip(1 hours);
        market.checkpoint();
        loan.mint(market.tillOf(0), 50_000_000 * USD);
        skip(50 minutes);
        uint256 ceiling = market.previewMint(1e18);
        market.checkpoint();
        // It grew by the interest of the hour at most, as if nothing had been given.
        assertLe(market.convertToAssets(1e18), ceiling);
        assertLe(market.convertToAssets(1e18), 1e18 + 1e18 / 1_000);
    }

    /// @notice Euler: `donateToReserves` pushed one's own position under water, and the self-liquidation's discount paid more than
    /// the donation. A donation lowers nobody's health here, and no call lowers one's own below the borrowing limit.
    function test_euler_donationsDoNotMakeAPositionLiquidatable() public {
        _lendAndBorrow(100 * ETH, 149_000 * USD);
        vm.startPrank(bob);
        eth.transfer(market.tillOf(0), 50 * ETH);
        loan.transfer(market.tillOf(0), 100_000 * USD);
        market.transfer(carol, market.balanceOf(bob));
        vm.expectPartialRevert(bytes4(keccak256("Unhealthy(uint256,uint256)")));
        market.withdrawCollateral(0, 10 * ETH, bob, bob, OWN);
        vm.expectPartialRevert(bytes4(keccak256("Healthy(uint256,uint256)")));
        market.liquidate(bob, 0, ALL, OWN, "");
        vm.stopPrank();
    }
}
