// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { MockToken } from "../../src/dev/MockToken.sol";
import { IMarketErrors } from "../../src/interfaces/IMarketErrors.sol";
import { MarketConfig } from "../../src/interfaces/IMarketTypes.sol";
import { MarketFixture } from "../market/MarketFixture.sol";
import { FeeToken } from "../tokens/FeeToken.sol";

/// @title Balancer 2020 (STA): a token that delivers less than it was told to
/// @notice The books counted what was sent, not what arrived, until the pool was empty. Here a till that receives another amount refuses it.
contract FeeOnTransferTest is MarketFixture {
    /// @dev The loan asset takes a fee, and so does the first collateral.
    function _config() internal override returns (MarketConfig memory c) {
        loan = MockToken(address(new FeeToken(100)));
        eth = MockToken(address(new FeeToken(1)));
        c = super._config();
    }

    function test_balancer_depositIsRefused() public {
        bytes memory refusal =
            abi.encodeWithSelector(IMarketErrors.TokenMisbehaved.selector, address(loan), 1_000 * USD, 990 * USD);
        vm.prank(alice);
        vm.expectRevert(refusal);
        market.deposit(1_000 * USD, alice);
        vm.prank(alice);
        vm.expectPartialRevert(IMarketErrors.TokenMisbehaved.selector);
        market.supply(1_000 * USD, alice, _via(0, 1), "");
    }

    function test_balancer_collateralIsRefused() public {
        vm.prank(bob);
        vm.expectPartialRevert(IMarketErrors.TokenMisbehaved.selector);
        market.supplyCollateral(0, 1 * ETH, bob, OWN, "");
        // So small that the fee rounds to nothing: harmless, and allowed.
        _pledge(bob, 0, 9_999);
        assertEq(market.collateralOf(bob, 0), 9_999);
    }
}
