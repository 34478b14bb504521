// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { AllowList } from "../../src/access/AllowList.sol";
import { Action, IGate } from "../../src/interfaces/IGate.sol";
import { IMarketErrors } from "../../src/interfaces/IMarketErrors.sol";
import { MarketConfig } from "../../src/interfaces/IMarketTypes.sol";
import { InvariantsSpec } from "../InvariantsSpec.sol";
import { MarketFixture } from "./MarketFixture.sol";

/// @title A gate decides who enters; it never decides who leaves
contract GatesTest is MarketFixture, InvariantsSpec {
    AllowList private list;

    function _config() internal override returns (MarketConfig memory c) {
        c = super._config();
        list = new AllowList(address(this), 0);
        c.gate = address(list);
    }

    function setUp() public override {
        super.setUp();
        _allow(alice, 15);
        _allow(bob, 15);
        _lendAndBorrow(100 * ETH, 100_000 * USD);
    }

    function test_eachActionIsAskedFor() public {
        vm.startPrank(carol);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.GateRefused.selector, carol, uint256(Action.Supply)));
        market.deposit(1 * USD, carol);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.GateRefused.selector, carol, uint256(Action.Supply)));
        market.mint(1 * USD, carol);
        market.supplyCollateral(0, 1 * ETH, carol, OWN, "");
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.GateRefused.selector, carol, uint256(Action.Borrow)));
        market.borrow(10 * USD, carol, carol, OWN);
        ethOracle.setPrice(1_000e24);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.GateRefused.selector, carol, uint256(Action.Liquidate)));
        market.liquidate(bob, 0, ALL, OWN, "");
        vm.stopPrank();
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.GateRefused.selector, carol, uint256(Action.Hold)));
        market.transfer(carol, 1);
        assertEq(market.maxDeposit(carol), 0);
        assertEq(market.maxMint(carol), 0);
        assertGt(market.maxDeposit(alice), 0);
    }

    /// @notice The position counts, not the payer: alice may not open one for carol, carol may pay into alice's.
    function test_theOwnerIsAskedAbout() public {
        vm.prank(alice);
        vm.expectPartialRevert(IMarketErrors.GateRefused.selector);
        market.deposit(1 * USD, carol);
        vm.prank(carol);
        market.deposit(1 * USD, alice);
    }

    function test_aWageIsNotPaidToWhoMayNotHold() public {
        skip(30 minutes);
        vm.prank(carol);
        assertTrue(market.checkpoint());
        assertEq(market.balanceOf(carol), 0);
        skip(30 minutes);
        vm.prank(bob);
        market.checkpoint();
        assertGt(market.balanceOf(bob), 0);
    }

    /// @notice Refusing, reverting, silent, lying, burning all gas, answering a megabyte: who is in gets out.
    function test_whateverTheGateDoesPeopleLeave() public {
        for (uint256 mood; mood < 7; ++mood) {
            uint256 id = vm.snapshotState();
            _setMood(mood);
            vm.prank(carol);
            (bool ok,) = address(market).call(abi.encodeCall(market.deposit, (1 * USD, carol)));
            assertFalse(ok, "no way in");
            assertEq(market.maxDeposit(alice), 0);
            _repay(bob, ALL);
            _unpledge(bob, 0, 100 * ETH);
            _redeem(alice, market.maxRedeem(alice));
            skip(2 hours);
            assertTrue(market.checkpoint(), MKT_08);
            assertEq(market.debtOf(bob) + market.collateralOf(bob, 0), 0, MKT_08);
            vm.revertToState(id);
        }
    }

    function _setMood(uint256 mood) private {
        address gate = address(list);
        if (mood == 0) {
            _allow(alice, 0);
            _allow(bob, 0);
        }
        if (mood == 1) vm.etch(gate, hex"5f5ffd"); // reverts
        if (mood == 2) vm.etch(gate, ""); // nobody there
        if (mood == 3) vm.etch(gate, hex"5b5f56"); // loops
        if (mood == 4) vm.etch(gate, hex"60025f5260205ff3"); // says 2
        if (mood == 5) vm.etch(gate, hex"60015f52601f5ff3"); // too short
        if (mood == 6) vm.mockCallRevert(gate, abi.encodeWithSelector(IGate.allows.selector), "no");
    }

    function _allow(address who, uint8 actions) private {
        address[] memory accounts = new address[](1);
        uint8[] memory bits = new uint8[](1);
        (accounts[0], bits[0]) = (who, actions);
        list.setActions(accounts, bits);
    }
}
