// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "../../src/interfaces/IMarket.sol";
import { InvariantsSpec } from "../InvariantsSpec.sol";
import { Calls } from "../market/Calls.sol";
import { MarketFixture } from "../market/MarketFixture.sol";
import { Player, Step } from "../market/Player.sol";

/// @title Rates moved by a flash loan around an update (a class: Compound forks, Aave v2 reports, Morpho's adaptive curve)
/// @notice Whoever updates the rate while utilisation is made up sets everybody's interest. Here a checkpoint in a transaction that has
/// used the market books interest but leaves the rate, and the rate moves slowly whatever happens.
contract RateManipulationTest is MarketFixture, InvariantsSpec {
    Player private player;

    function setUp() public override {
        super.setUp();
        player = new Player();
        _equip(address(player));
        _lendAndBorrow(500 * ETH, 500_000 * USD);
        _pledge(address(player), 0, 50_000 * ETH);
        skip(5 minutes);
        market.checkpoint();
        skip(5 minutes);
    }

    function test_borrowCheckpointRepay() public {
        uint256 rate = market.terms().rate;
        address me = address(player);
        Step[] memory steps = new Step[](3);
        steps[0] = Step(address(market), abi.encodeCall(market.borrow, (499_999 * USD, me, me, OWN)));
        steps[1] = Step(address(market), abi.encodeCall(market.checkpoint, ()));
        steps[2] = Step(address(market), abi.encodeCall(market.repay, (ALL, me, OWN, "")));
        player.actAll(steps);
        assertEq(market.terms().rate, rate, MKT_14);
        assertEq(market.accrual().settledAt, block.timestamp, "interest was booked");
    }

    function test_supplyCheckpointWithdraw() public {
        uint256 rate = market.terms().rate;
        address me = address(player);
        Step[] memory steps = new Step[](3);
        steps[0] = Step(address(market), abi.encodeCall(market.deposit, (50_000_000 * USD, me)));
        steps[1] = Step(address(market), abi.encodeCall(market.checkpoint, ()));
        steps[2] = Step(address(market), Calls.withdraw(49_999_000 * USD, me, me));
        player.actAll(steps);
        assertEq(market.terms().rate, rate, MKT_14);
    }

    /// @notice Inside a flash loan, inside every callback, and when the market is so late that operations settle it themselves.
    function test_insideEveryCallbackAndLate() public {
        address me = address(player);
        Step[] memory steps = new Step[](3);
        steps[0] = Step(address(market), abi.encodeCall(market.borrow, (400_000 * USD, me, me, OWN)));
        steps[1] = Step(address(market), abi.encodeCall(market.checkpoint, ()));
        steps[2] = Step(address(market), abi.encodeCall(market.settle, ()));
        bytes[3] memory outer = [
            Calls.flashLoan(me, address(loan), 50_000 * USD, OWN),
            abi.encodeCall(market.supply, (1_000_000 * USD, me, OWN, "x")),
            Calls.supplyCollateral(0, 1 * ETH, me, OWN, "x")
        ];
        for (uint256 late; late < 2; ++late) {
            if (late == 1) skip(3 hours);
            for (uint256 k; k < outer.length; ++k) {
                uint256 id = vm.snapshotState();
                // What the rate is when somebody checkpoints before.
                market.checkpoint();
                uint256 honest = market.terms().rate;
                vm.revertToState(id);
                uint256 rate = market.terms().rate;
                player.plan(steps, true);
                player.act(address(market), outer[k]);
                uint256 moved = market.terms().rate;
                assertTrue(moved == rate || moved == honest, MKT_14);
                vm.revertToStateAndDelete(id);
            }
        }
    }

    /// @notice A checkpoint that was wasted on a used transaction does not keep an honest one from moving the rate.
    function test_theTurnIsNotStolen() public {
        Step[] memory steps = new Step[](2);
        steps[0] = Step(address(market), abi.encodeCall(market.deposit, (1 * USD, address(player))));
        steps[1] = Step(address(market), abi.encodeCall(market.checkpoint, ()));
        player.actAll(steps);
        uint256 rate = market.terms().rate;
        assertTrue(market.checkpoint(), "due for the rate");
        assertNotEq(market.terms().rate, rate);
        assertFalse(market.checkpoint());
    }

    /// @notice Own capital, held over a checkpoint, moves it by the slew and no more.
    function testFuzz_theRateIsSlow(uint256 wait, uint256 size) public {
        wait = bound(wait, 1 minutes, 2 days);
        uint256 rate = market.terms().rate;
        vm.startPrank(address(player));
        market.borrow(bound(size, 10 * USD, 499_000 * USD), address(player), address(player), OWN);
        vm.stopPrank();
        uint256 setAt = market.terms().rateSetAt;
        skip(wait);
        market.checkpoint();
        uint256 slew = rate > uint256(0.05e18) / YEAR ? rate : uint256(0.05e18) / YEAR;
        uint256 moved = market.terms().rate > rate ? market.terms().rate - rate : rate - market.terms().rate;
        assertLe(moved, slew * (block.timestamp - setAt) / 1 hours);
    }
}
