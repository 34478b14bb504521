// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarketErrors } from "../../src/interfaces/IMarketErrors.sol";
import { Calls } from "../market/Calls.sol";
import { MarketFixture } from "../market/MarketFixture.sol";
import { Player, Step } from "../market/Player.sol";

/// @title Abracadabra 2025: a flag said "check health at the end", and a later action of the same batch reset it
/// @notice Here every call that can lower health checks it itself, at its own end, also in a batch and in a callback.
contract FlagResetTest is MarketFixture {
    Player private player;

    function setUp() public override {
        super.setUp();
        player = new Player();
        _equip(address(player));
        _deposit(alice, 1_000_000 * USD);
        _pledge(address(player), 0, 10 * ETH);
    }

    function test_abracadabra_aBatchChecksEachStep() public {
        bytes[] memory calls = new bytes[](3);
        calls[0] = abi.encodeCall(market.borrow, (16_000 * USD, address(player), address(player), OWN));
        calls[1] = abi.encodeCall(market.repay, (1, address(player), OWN, ""));
        calls[2] = Calls.supplyCollateral(0, 1, address(player), OWN, "");
        bytes memory batch = abi.encodeCall(market.multicall, (calls));
        vm.expectPartialRevert(IMarketErrors.Unhealthy.selector);
        player.act(address(market), batch);
        // Not even when a later step would make it healthy again: order is the caller's business.
        calls[1] = Calls.supplyCollateral(0, 10 * ETH, address(player), OWN, "");
        batch = abi.encodeCall(market.multicall, (calls));
        vm.expectPartialRevert(IMarketErrors.Unhealthy.selector);
        player.act(address(market), batch);
    }

    function testFuzz_abracadabra_noBatchLeavesItsOwnerUnhealthy(uint256 seed) public {
        bytes[] memory calls = new bytes[](6);
        for (uint256 k; k < calls.length; ++k) {
            uint256 x = uint256(keccak256(abi.encode(seed, k)));
            calls[k] = _call(x % 4, x >> 8);
            (bool ok,) = address(player).call(abi.encodeCall(player.act, (address(market), calls[k])));
            ok;
        }
        (bool done,) = address(player)
            .call(abi.encodeCall(player.act, (address(market), abi.encodeCall(market.multicall, (calls)))));
        done;
        assertGe(lens.position(market, address(player)).capacity, market.debtOf(address(player)));
    }

    /// @notice In the callback of a flash loan, of a supply, of collateral and of a repayment.
    function test_abracadabra_aCallbackChecksEachStep() public {
        Step[] memory steps = new Step[](1);
        steps[0] = Step(
            address(market), abi.encodeCall(market.borrow, (16_000 * USD, address(player), address(player), OWN))
        );
        bytes[4] memory outer = [
            Calls.flashLoan(address(player), address(loan), 100_000 * USD, OWN),
            abi.encodeCall(market.supply, (100_000 * USD, address(player), OWN, "x")),
            Calls.supplyCollateral(0, 0.1e18, address(player), OWN, "x"),
            abi.encodeCall(market.repay, (1_000 * USD, address(player), OWN, "x"))
        ];
        player.act(address(market), abi.encodeCall(market.borrow, (2_000 * USD, address(player), address(player), OWN)));
        for (uint256 k; k < outer.length; ++k) {
            player.plan(steps, true);
            vm.expectPartialRevert(IMarketErrors.Unhealthy.selector);
            player.act(address(market), outer[k]);
        }
    }

    /// @notice Collateral that is only promised counts inside the callback, and must be there after it.
    function test_abracadabra_promisedCollateralIsPaidOrNothingHappened() public {
        Step[] memory steps = new Step[](2);
        steps[0] = Step(
            address(market), abi.encodeCall(market.borrow, (150_000 * USD, address(player), address(player), OWN))
        );
        steps[1] = Step(address(eth), abi.encodeCall(eth.approve, (address(market), 0)));
        player.plan(steps, true);
        vm.expectRevert();
        player.act(address(market), Calls.supplyCollateral(0, 100 * ETH, address(player), OWN, "x"));
        assertEq(market.debtOf(address(player)), 0);
        assertEq(market.collateralOf(address(player), 0), 10 * ETH);
    }

    function _call(uint256 kind, uint256 x) private view returns (bytes memory) {
        address me = address(player);
        if (kind == 0) return abi.encodeCall(market.borrow, (bound(x, 1, 20_000 * USD), me, me, OWN));
        if (kind == 1) return abi.encodeCall(market.withdrawCollateral, (0, bound(x, 1, 10 * ETH), me, me, OWN));
        if (kind == 2) return abi.encodeCall(market.repay, (bound(x, 1, 20_000 * USD), me, OWN, ""));
        return Calls.supplyCollateral(0, bound(x, 1, 10 * ETH), me, OWN, "");
    }
}
