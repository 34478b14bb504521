// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { MockToken } from "../../src/dev/MockToken.sol";
import { IERC3156FlashBorrower } from "../../src/interfaces/IERC3156.sol";
import { Lens } from "../../src/lens/Lens.sol";
import { MarketFixture } from "./MarketFixture.sol";

contract SmokeTest is MarketFixture, IERC3156FlashBorrower {
    function test_everyEntryPointOnce() public {
        _deposit(alice, 1_000_000 * USD);
        vm.prank(alice);
        market.mint(1e6, alice);
        vm.prank(alice);
        market.supply(1e6, alice, _via(0, 1), "");
        _pledge(bob, 0, 100 * ETH);
        _pledge(bob, 1, 1 * BTC);
        _borrow(bob, 150_000 * USD);
        skip(30 minutes);
        assertTrue(market.checkpoint());
        skip(2 hours);
        _repay(bob, 1_000 * USD);
        _unpledge(bob, 0, 1 * ETH);
        vm.prank(alice);
        market.withdraw(10 * USD, alice, alice, OWN);
        vm.prank(alice);
        market.redeem(10 * USD, alice, alice, OWN);
        _withdraw(alice, 1e6);
        _redeem(alice, 1e6);
        loan.mint(address(this), 1e12);
        loan.approve(address(market), ALL);
        market.flashLoan(this, address(loan), 500_000 * USD, "", OWN);
        market.flashLoan(this, address(loan), 500_000 * USD, "");
        market.rebalance(address(loan), _ownTill(alice), (_ownTill(alice) + 1) & 3);
        vm.prank(alice);
        market.transfer(carol, 5e6);
        vm.prank(alice);
        market.setOperator(carol, 15, block.timestamp + 1);
        vm.prank(guardian);
        market.pause(1 days);
        vm.prank(guardian);
        market.unpause();
        ethOracle.setPrice(1_100e24);
        Lens.LiquidationView memory v = lens.previewLiquidation(market, bob, 0);
        assertTrue(v.liquidatable);
        vm.prank(carol);
        (uint256 repaid, uint256 seized) = market.liquidate(bob, 0, ALL, OWN, "");
        assertEq(repaid, v.repay);
        assertEq(seized, v.seized);
        ethOracle.setPrice(1e24);
        btcOracle.setPrice(1e34);
        vm.prank(carol);
        market.liquidate(bob, 0, ALL, OWN, "");
        _redeem(alice, market.maxRedeem(alice));
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(market.deposit, (1e6, carol));
        calls[1] = abi.encodeCall(market.checkpoint, ());
        vm.prank(carol);
        market.multicall(calls);
    }

    function onFlashLoan(address, address, uint256, uint256, bytes calldata) external pure returns (bytes32) {
        return keccak256("ERC3156FlashBorrower.onFlashLoan");
    }
}
