// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarketErrors } from "../../src/interfaces/IMarketErrors.sol";
import { MarketFixture } from "./MarketFixture.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title Shares: an ERC-20 without a slot for its supply
contract SharesTest is MarketFixture {
    function setUp() public override {
        super.setUp();
        _deposit(alice, 1_000);
    }

    function test_transfer() public {
        vm.expectEmit(address(market));
        emit IERC20.Transfer(alice, bob, 300);
        vm.prank(alice);
        assertTrue(market.transfer(bob, 300));
        assertEq(market.balanceOf(alice), 700);
        assertEq(market.balanceOf(bob), 300);
        assertEq(market.totalSupply(), 1_000);
    }

    function test_transferRefuses() public {
        vm.startPrank(alice);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.InsufficientShares.selector, 1_001, 1_000));
        market.transfer(bob, 1_001);
        vm.expectRevert(IMarketErrors.ZeroAddress.selector);
        market.transfer(address(0), 1);
        vm.stopPrank();
    }

    function testFuzz_selfTransferChangesNothing(uint256 value) public {
        value = bound(value, 0, 1_000);
        vm.prank(alice);
        market.transfer(alice, value);
        assertEq(market.balanceOf(alice), 1_000);
    }

    function testFuzz_transferFromUsesTheAllowanceUp(uint256 allowed, uint256 value) public {
        value = bound(value, 0, 1_000);
        vm.expectEmit(address(market));
        emit IERC20.Approval(alice, carol, allowed);
        vm.prank(alice);
        market.approve(carol, allowed);
        vm.prank(carol);
        if (allowed < value) {
            vm.expectRevert(abi.encodeWithSelector(IMarketErrors.InsufficientAllowance.selector, value, allowed));
            market.transferFrom(alice, bob, value);
            return;
        }
        assertTrue(market.transferFrom(alice, bob, value));
        assertEq(market.balanceOf(bob), value);
        assertEq(market.allowance(alice, carol), allowed == ALL ? ALL : allowed - value);
    }

    function test_ownersNeedNoAllowance() public {
        vm.prank(alice);
        market.transferFrom(alice, bob, 10);
        assertEq(market.balanceOf(bob), 10);
    }

    /// @notice Mints and burns are transfers from and to zero, as an indexer expects.
    function test_mintAndBurnEvents() public {
        vm.expectEmit(address(market));
        emit IERC20.Transfer(address(0), bob, 50);
        _deposit(bob, 50);
        vm.expectEmit(address(market));
        emit IERC20.Transfer(bob, address(0), 20);
        _redeem(bob, 20);
        assertEq(market.totalSupply(), 1_030);
    }

    /// @notice Shares may be held, moved and sold by others than those who deposited, from whatever stripe.
    function test_movedSharesAreSoldFromTheOwnersStripe() public {
        vm.prank(alice);
        market.transfer(bob, 1_000);
        _redeem(bob, 1_000);
        assertEq(market.totalSupply(), 0);
        assertEq(market.totals().cash, 0);
    }
}
