// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { NodeRegistry } from "../../src/compute/NodeRegistry.sol";
import { Receipts } from "../../src/compute/Receipts.sol";
import { ChannelKey, Stream } from "../../src/interfaces/IChannels.sol";
import { Bid, Job, Order } from "../../src/interfaces/IJobMarket.sol";
import { Lane } from "../../src/interfaces/ILanes.sol";
import { Profile } from "../../src/interfaces/INodeRegistry.sol";
import { ComputeFixture } from "../compute/ComputeFixture.sol";
import { Footprint } from "./Footprint.sol";

/// @title CMP-10, for every pair of operations of two pairs of strangers
contract DisjointComputeTest is ComputeFixture, Footprint {
    uint256 private constant KINDS = 24;

    struct Operation {
        address caller;
        address target;
        bytes data;
    }

    NodeRegistry private registry;
    Receipts private receipts;

    function setUp() public override {
        super.setUp();
        (registry, receipts) = (new NodeRegistry(), new Receipts());
    }

    /// @notice Every operation of one side beside every operation of the other, by recorded reads and writes.
    function test_everyPairOfStrangersIsDisjoint() public {
        Prints[KINDS] memory first;
        Prints[KINDS] memory second;
        for (uint256 kind; kind < KINDS; ++kind) {
            first[kind] = _prints(kind, 0, 0);
            second[kind] = _prints(kind, 1, 0);
        }
        for (uint256 a; a < KINDS; ++a) {
            assertTrue(first[a].ok && second[a].ok, string.concat("operation ", vm.toString(a), " failed"));
            assertTrue(first[a].writes.length != 0, "nothing was recorded");
            for (uint256 b; b < KINDS; ++b) {
                assertFalse(
                    _conflict(first[a], second[b]), string.concat(CMP_10, ": ", vm.toString(a), " and ", vm.toString(b))
                );
            }
        }
    }

    /// @notice Two payers of one node meet nowhere when they use two of its lanes; the node meets itself when it collects twice.
    function test_twoLanesOfOneNodeAreDisjoint() public {
        for (uint256 a; a < 7; ++a) {
            for (uint256 b; b < 7; ++b) {
                assertFalse(
                    _conflict(_prints(a, 0, 0), _prints(b, 2, 1)),
                    string.concat(CMP_10, ": ", vm.toString(a), " and ", vm.toString(b))
                );
            }
        }
    }

    /// @notice The recorder is not blind: in one lane of one node they do meet.
    function test_oneLaneOfOneNodeConflicts() public {
        assertTrue(_conflict(_prints(0, 0, 0), _prints(0, 2, 0)), "two deposits into one till");
        assertTrue(_conflict(_prints(2, 0, 0), _prints(2, 2, 0)), "two credits of one payee");
        // A deposit and a redemption do not, even there: one moves tokens, the other books.
        assertFalse(_conflict(_prints(0, 0, 0), _prints(2, 2, 0)), CMP_10);
    }

    /// @notice The one exception, once for each lane: deploying a till counts up the nonce of its contract. Nodes open theirs
    /// before.
    function test_deployingTillsConflicts() public {
        Operation memory o = Operation(payee, address(channels), "");
        o.data = abi.encodeCall(channels.openTill, (Lane(payee, address(token), 9)));
        Prints memory a = _recordAndRevert(o);
        o.data = abi.encodeCall(channels.openTill, (Lane(otherPayee, address(token), 9)));
        assertTrue(a.created && _conflict(a, _recordAndRevert(o)));
    }

    /// @param side 0 and 1 have nobody in common; 2 is the payer of 1 with the payee of 0
    function _prints(uint256 kind, uint256 side, uint256 lane) private returns (Prints memory p) {
        uint256 id = vm.snapshotState();
        p = _recordAndRevert(_operation(kind, side == 1 || side == 2, side == 1, lane));
        vm.revertToStateAndDelete(id);
    }

    /// @dev Makes ready what the operation needs.
    function _operation(uint256 kind, bool second, bool secondPayee, uint256 lane)
        private
        returns (Operation memory o)
    {
        (address from, address to) = (second ? otherPayer : payer, secondPayee ? otherPayee : payee);
        ChannelKey memory key = ChannelKey(from, to, address(token), lane);
        o = Operation(from, address(channels), "");
        if (kind == 0) {
            o.data = abi.encodeCall(channels.open, (key, 5 * USD));
            return o;
        }
        if (kind >= 9) return kind < 15 ? _jobOperation(kind, second, to, lane) : _nodeOperation(kind, to);
        _open(key, 100 * USD);
        channels.openTill(_laneOf(key));
        if (kind == 1) o.data = abi.encodeCall(channels.topUp, (key, USD));
        if (kind == 2) o.data = abi.encodeCall(channels.redeem, (_signed(key, USD)));
        if (kind == 3) {
            Stream memory s = _streamOf(key, USD, 1, block.timestamp, block.timestamp + 1);
            o.data = abi.encodeCall(channels.redeemStream, (s));
        }
        if (kind == 4) o.data = abi.encodeCall(channels.close, (key));
        if (kind == 5) (o.caller, o.data) = (to, abi.encodeCall(channels.close, (key)));
        if (kind == 6) {
            _close(key, from);
            skip(WINDOW);
            o.data = abi.encodeCall(channels.finalise, (key));
        }
        if (kind >= 7) channels.redeem(_signed(key, 2 * USD));
        if (kind == 7) o.data = abi.encodeCall(channels.collect, (to, _laneOf(key)));
        if (kind == 8) (o.caller, o.data) = (to, abi.encodeCall(channels.collectTo, (_laneOf(key), to)));
    }

    function _jobOperation(uint256 kind, bool second, address node, uint256 lane) private returns (Operation memory o) {
        Order memory order = _order(1);
        order.requester = second ? otherPayer : payer;
        Bid memory bid = _bid(order, 1);
        (bid.node, bid.lane) = (node, lane);
        bytes memory orderSignature = _sign(second ? otherPayerKey : payerKey, _orderDigest(address(jobs), order));
        bytes memory bidSignature = _signBid(bid);
        o = Operation(order.requester, address(jobs), "");
        if (kind == 9) {
            o.data = abi.encodeCall(jobs.open, (order, orderSignature, bid, bidSignature));
            return o;
        }
        (, Job memory job) = jobs.open(order, orderSignature, bid, bidSignature);
        jobs.openTill(_laneOf(job));
        if (kind == 10) return Operation(node, address(jobs), abi.encodeCall(jobs.submit, (job, "result", "receipt")));
        if (kind == 11) return Operation(node, address(jobs), abi.encodeCall(jobs.decline, (job)));
        if (kind == 12) {
            skip(2 hours);
            o.data = abi.encodeCall(jobs.reclaim, (job));
            return o;
        }
        vm.prank(node);
        jobs.submit(job, "result", "receipt");
        if (kind == 13) o.data = abi.encodeCall(jobs.accept, (job));
        if (kind == 14) {
            skip(1 hours);
            o.data = abi.encodeCall(jobs.claim, (job));
        }
    }

    function _nodeOperation(uint256 kind, address node) private returns (Operation memory o) {
        o = Operation(node, address(bond), "");
        if (kind == 15) o.data = abi.encodeCall(bond.stake, (node, USD));
        if (kind == 16) (o.target, o.data) = (address(jobs), abi.encodeCall(jobs.cancelNonces, (0, 7)));
        if (kind == 17) {
            o.target = address(registry);
            o.data = abi.encodeCall(registry.setProfile, (Profile("https://node.example", "can", "FI", "wind")));
        }
        if (kind == 18) {
            o.target = address(registry);
            o.data = abi.encodeCall(registry.certify, ("key", block.timestamp + 1 days));
        }
        if (kind == 19) {
            o.target = address(receipts);
            o.data = abi.encodeCall(receipts.anchor, (receipts.currentEpoch() - 1, "root", 1));
        }
        if (kind < 20) return o;
        vm.startPrank(node);
        bond.stake(node, 10 * USD);
        bond.openTill(Lane(node, address(token), 0));
        if (kind == 20) o.data = abi.encodeCall(bond.lock, ("integer", USD));
        if (kind == 21) o.data = abi.encodeCall(bond.unstake, (USD, node));
        if (kind >= 22) bond.lock("integer", 5 * USD);
        if (kind == 22) o.data = abi.encodeCall(bond.startUnlock, ("integer", USD));
        if (kind == 23) {
            bond.startUnlock("integer", USD);
            skip(UNBONDING);
            o.data = abi.encodeCall(bond.finishUnlock, (node, "integer"));
        }
        vm.stopPrank();
    }

    function _recordAndRevert(Operation memory o) private returns (Prints memory p) {
        uint256 id = vm.snapshotState();
        p = _record(o.caller, o.target, o.data);
        vm.revertToStateAndDelete(id);
    }
}
