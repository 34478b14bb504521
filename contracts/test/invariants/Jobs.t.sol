// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Bond } from "../../src/compute/Bond.sol";
import { JobMarket } from "../../src/compute/JobMarket.sol";
import { MockToken } from "../../src/dev/MockToken.sol";
import { ClassLock, Stake } from "../../src/interfaces/IBond.sol";
import { Job, JobState } from "../../src/interfaces/IJobMarket.sol";
import { Lane } from "../../src/interfaces/ILanes.sol";
import { Base } from "../Base.sol";
import { ComputeSpec } from "../ComputeSpec.sol";
import { JobHandler } from "./JobHandler.sol";

/// @title Jobs and bonds after any sequence of transactions: CMP-01, 04, 07 to 09, 13
/// @dev A call of the handler is one transaction already.
/// forge-config: default.isolate = false
/// forge-config: default.invariant.fail-on-revert = true
contract JobsInvariantsTest is Base, ComputeSpec {
    JobMarket private jobs;
    Bond private bond;
    MockToken private token;
    JobHandler private handler;
    address private court;

    function setUp() public {
        vm.warp(1_750_000_000);
        token = new MockToken("Dollar", "USD", 6);
        court = makeAddr("court");
        bond = new Bond(address(token), court, 21 days);
        jobs = new JobMarket(address(bond));
        handler = new JobHandler(jobs, bond, token, court);
        for (uint256 k; k < 4; ++k) {
            handler.stake(k, 200e6);
            handler.lock(k, 90e6);
            handler.open(k, 100e6, 2 days, 1 days, 1);
        }
        targetContract(address(handler));
        bytes4[] memory none = new bytes4[](1);
        none[0] = handler.drain.selector;
        excludeSelector(FuzzSelector(address(handler), none));
    }

    function invariant_moneyIsWhereTheBooksSay() public view {
        uint256[4] memory owed;
        for (uint256 k; k < handler.jobCount(); ++k) {
            Job memory job = handler.jobAt(k);
            if (handler.states(keccak256(abi.encode(job))) == JobState.None) continue;
            for (uint256 l; l < 4; ++l) {
                Lane memory lane = handler.laneAt(l);
                if (lane.payee == job.node && lane.number == job.lane) owed[l] += job.price;
            }
        }
        uint256 everywhere;
        address[5] memory people = handler.everybody();
        for (uint256 l; l < 4; ++l) {
            Lane memory lane = handler.laneAt(l);
            uint256 credits;
            for (uint256 p; p < people.length; ++p) {
                credits += jobs.creditOf(people[p], lane);
            }
            address till = jobs.tillOf(lane);
            assertEq(token.balanceOf(till), owed[l] + credits + handler.donated(till), CMP_01);
            everywhere += token.balanceOf(till);
        }
        for (uint256 k; k < 2; ++k) {
            Lane memory lane = handler.bondLane(k);
            Stake memory s = bond.stakeOf(lane.payee);
            ClassLock memory a = bond.lockOf(lane.payee, "integer");
            ClassLock memory b = bond.lockOf(lane.payee, "float");
            assertEq(uint256(a.amount) + a.leaving + b.amount + b.leaving, s.locked, CMP_09);
            assertLe(s.locked, s.staked, CMP_09);
            address till = bond.tillOf(lane);
            assertEq(token.balanceOf(till), s.staked + handler.donated(till), CMP_01);
            everywhere += token.balanceOf(till);
        }
        for (uint256 p; p < people.length; ++p) {
            everywhere += token.balanceOf(people[p]);
        }
        assertEq(everywhere, token.totalSupply(), CMP_07);
    }

    function afterInvariant() public {
        handler.drain();
    }

    /// @notice The campaign is not empty: a few hundred random calls make every operation succeed.
    function test_everyOperationSucceedsSometimes() public {
        bytes4[16] memory selectors = [
            handler.open.selector,
            handler.submit.selector,
            handler.accept.selector,
            handler.claim.selector,
            handler.reclaim.selector,
            handler.decline.selector,
            handler.collect.selector,
            handler.stake.selector,
            handler.lock.selector,
            handler.startUnlock.selector,
            handler.finishUnlock.selector,
            handler.unstake.selector,
            handler.slash.selector,
            handler.donate.selector,
            handler.pass.selector,
            handler.matchAgain.selector
        ];
        for (uint256 n; n < 800; ++n) {
            bytes32 seed = keccak256(abi.encode("jobs", n));
            uint256[5] memory words;
            for (uint256 w; w < 5; ++w) {
                words[w] = uint256(keccak256(abi.encode(seed, w)));
            }
            (bool ok,) =
                address(handler).call(abi.encodePacked(selectors[uint256(seed) % selectors.length], abi.encode(words)));
            assertTrue(ok, "a handler failed");
        }
        invariant_moneyIsWhereTheBooksSay();
        bytes32[13] memory operations = [
            bytes32("open"),
            "submit",
            "accept",
            "claim",
            "reclaim",
            "decline",
            "collect",
            "stake",
            "lock",
            "startUnlock",
            "finishUnlock",
            "unstake",
            "slash"
        ];
        for (uint256 k; k < operations.length; ++k) {
            assertGt(handler.succeeded(operations[k]), 0, string(abi.encodePacked(operations[k])));
        }
        handler.drain();
    }
}
