// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Bond } from "../../src/compute/Bond.sol";
import { JobMarket } from "../../src/compute/JobMarket.sol";
import { MockToken } from "../../src/dev/MockToken.sol";
import { ClassLock, Stake } from "../../src/interfaces/IBond.sol";
import { Bid, Job, JobRecord, JobState, Order } from "../../src/interfaces/IJobMarket.sol";
import { Lane } from "../../src/interfaces/ILanes.sol";
import { ComputeSpec } from "../ComputeSpec.sol";
import { SignCompute } from "../compute/SignCompute.sol";
import { Wallet } from "../compute/Wallet.sol";

/// @title What happens to jobs and bonds under test: requesters, nodes, time, the court, strangers, replays
/// @notice Each call is one transaction. The handler keeps its own books of who must be able to do what, and compares. Two
/// requesters (one a contract), two nodes, two lanes, two classes.
contract JobHandler is SignCompute, ComputeSpec {
    uint256 private constant USD = 1e6;

    JobMarket private immutable jobs;
    Bond private immutable bond;
    MockToken private immutable token;
    address private immutable court;
    address private immutable stranger;
    address[2] private requesters;
    address[2] private nodes;
    uint256 private requesterKey;
    uint256[2] private nodeKeys;

    struct Match {
        Order order;
        bytes orderSignature;
        Bid bid;
        bytes bidSignature;
    }

    Match[] private matched;
    Job[] private opened;
    mapping(bytes32 id => JobState) public states;
    mapping(address till => uint256) public donated;
    /// @dev What was locked may leave this late at the earliest: `unbonding` after it was asked for.
    mapping(address node => mapping(bytes32 class => uint256)) private askedAt;
    mapping(bytes32 operation => uint256) public succeeded;
    uint256 private nonce;

    constructor(JobMarket jobs_, Bond bond_, MockToken token_, address court_) {
        (jobs, bond, token, court) = (jobs_, bond_, token_, court_);
        stranger = makeAddr("stranger");
        (requesters[0], requesterKey) = makeAddrAndKey("requester");
        requesters[1] = address(new Wallet());
        (nodes[0], nodeKeys[0]) = makeAddrAndKey("first node");
        (nodes[1], nodeKeys[1]) = makeAddrAndKey("second node");
        address[5] memory people = everybody();
        for (uint256 k; k < 5; ++k) {
            token_.mint(people[k], 1e6 * USD);
            vm.startPrank(people[k]);
            token_.approve(address(jobs_), type(uint256).max);
            token_.approve(address(bond_), type(uint256).max);
            vm.stopPrank();
        }
    }

    function everybody() public view returns (address[5] memory) {
        return [requesters[0], requesters[1], nodes[0], nodes[1], stranger];
    }

    function jobCount() external view returns (uint256) {
        return opened.length;
    }

    function jobAt(uint256 k) external view returns (Job memory) {
        return opened[k];
    }

    function laneAt(uint256 k) public view returns (Lane memory) {
        return Lane(nodes[k & 1], address(token), k >> 1 & 1);
    }

    function bondLane(uint256 k) public view returns (Lane memory) {
        return Lane(nodes[k & 1], address(token), 0);
    }

    // ------------------------------------------------------------------------------------------ jobs

    function open(uint256 who, uint256 price, uint256 run, uint256 review, uint256 leastBond) external {
        Match memory m;
        m.order.requester = requesters[who & 1];
        m.order.node = who & 8 == 0 ? address(0) : nodes[who >> 1 & 1];
        m.order.token = address(token);
        m.order.maxPrice = bound(price, 1, 500 * USD);
        m.order.expiry = block.timestamp + 60;
        m.order.runSeconds = run % 7 days;
        m.order.reviewSeconds = review % 7 days;
        m.order.bondClass = _class(who >> 4);
        m.order.leastBond = leastBond % 3 == 0 ? bound(leastBond, 1, 50 * USD) : 0;
        m.order.nonce = nonce++;
        address node = nodes[who >> 1 & 1];
        m.bid = Bid(node, _orderHash(m.order), m.order.maxPrice, who >> 2 & 1, block.timestamp + 60, m.order.nonce);
        m.orderSignature = _signAs(m.order.requester, _orderDigest(address(jobs), m.order));
        m.bidSignature = _signAs(node, _bidDigest(address(jobs), m.bid));
        uint256 had = token.balanceOf(m.order.requester);
        bool fits = m.bid.price <= had && m.order.leastBond <= bond.lockedOf(node, m.order.bondClass);
        vm.prank(stranger);
        try jobs.open(m.order, m.orderSignature, m.bid, m.bidSignature) returns (bytes32 id, Job memory job) {
            assertTrue(fits, "the bond or the money was missing");
            assertEq(token.balanceOf(m.order.requester), had - m.bid.price, CMP_07);
            matched.push(m);
            opened.push(job);
            states[id] = JobState.Open;
            succeeded["open"]++;
        } catch {
            assertFalse(fits, "a match failed");
        }
    }

    /// @notice No order and no bid is matched again, whatever became of the job.
    function matchAgain(uint256 which) external {
        if (matched.length == 0) return;
        Match memory m = matched[which % matched.length];
        vm.warp(m.order.expiry);
        vm.expectRevert();
        jobs.open(m.order, m.orderSignature, m.bid, m.bidSignature);
    }

    function submit(uint256 which, bytes32 result) external {
        (Job memory job, bytes32 id) = _pick(which);
        if (id == 0) return;
        bool may = states[id] == JobState.Open && block.timestamp <= job.submitBy;
        vm.prank(job.node);
        try jobs.submit(job, result, ~result) {
            assertTrue(may, CMP_04);
            states[id] = JobState.Submitted;
            succeeded["submit"]++;
        } catch {
            assertFalse(may, CMP_04);
        }
    }

    function accept(uint256 which) external {
        (Job memory job, bytes32 id) = _pick(which);
        if (id == 0) return;
        _settle(
            job.requester, job, id, abi.encodeCall(jobs.accept, (job)), states[id] == JobState.Submitted, true, "accept"
        );
    }

    function claim(uint256 which) external {
        (Job memory job, bytes32 id) = _pick(which);
        if (id == 0) return;
        bool may = states[id] == JobState.Submitted && block.timestamp > jobs.jobOf(id).reviewBy;
        _settle(stranger, job, id, abi.encodeCall(jobs.claim, (job)), may, true, "claim");
    }

    function reclaim(uint256 which) external {
        (Job memory job, bytes32 id) = _pick(which);
        if (id == 0) return;
        bool may = states[id] == JobState.Open && block.timestamp > job.submitBy;
        _settle(stranger, job, id, abi.encodeCall(jobs.reclaim, (job)), may, false, "reclaim");
    }

    function decline(uint256 which) external {
        (Job memory job, bytes32 id) = _pick(which);
        if (id == 0) return;
        _settle(job.node, job, id, abi.encodeCall(jobs.decline, (job)), states[id] == JobState.Open, false, "decline");
    }

    function collect(uint256 k) external {
        Lane memory lane = laneAt(k);
        uint256 credit = jobs.creditOf(lane.payee, lane);
        if (credit == 0) return;
        uint256 had = token.balanceOf(lane.payee);
        assertEq(jobs.collect(lane.payee, lane), credit, CMP_01);
        assertEq(token.balanceOf(lane.payee), had + credit, CMP_07);
        succeeded["collect"]++;
    }

    // ------------------------------------------------------------------------------------------ bonds

    function stake(uint256 k, uint256 amount) external {
        amount = bound(amount, 1, 300 * USD);
        if (amount > token.balanceOf(stranger)) return;
        vm.prank(stranger);
        bond.stake(nodes[k & 1], amount);
        succeeded["stake"]++;
    }

    function lock(uint256 k, uint256 amount) external {
        address node = nodes[k & 1];
        Stake memory s = bond.stakeOf(node);
        amount = bound(amount, 0, 200 * USD);
        bool may = amount != 0 && amount <= s.staked - s.locked;
        vm.prank(node);
        try bond.lock(_class(k >> 1), amount) {
            assertTrue(may, CMP_13);
            succeeded["lock"]++;
        } catch {
            assertFalse(may, CMP_13);
        }
    }

    function startUnlock(uint256 k, uint256 amount) external {
        (address node, bytes32 class) = (nodes[k & 1], _class(k >> 1));
        uint256 locked = bond.lockedOf(node, class);
        if (locked == 0) return;
        vm.prank(node);
        bond.startUnlock(class, bound(amount, 1, locked));
        askedAt[node][class] = block.timestamp;
        succeeded["startUnlock"]++;
    }

    function finishUnlock(uint256 k) external {
        (address node, bytes32 class) = (nodes[k & 1], _class(k >> 1));
        bool may = bond.lockOf(node, class).leaving != 0 && block.timestamp >= askedAt[node][class] + bond.unbonding();
        try bond.finishUnlock(node, class) {
            assertTrue(may, CMP_09);
            succeeded["finishUnlock"]++;
        } catch {
            assertFalse(may, CMP_04);
        }
    }

    function unstake(uint256 k, uint256 amount) external {
        address node = nodes[k & 1];
        Stake memory s = bond.stakeOf(node);
        amount = bound(amount, 1, 100 * USD);
        bool may = amount <= s.staked - s.locked;
        uint256 had = token.balanceOf(node);
        vm.prank(node);
        try bond.unstake(amount, node) {
            assertTrue(may, CMP_09);
            assertEq(token.balanceOf(node), had + amount, CMP_07);
            succeeded["unstake"]++;
        } catch {
            assertFalse(may, CMP_04);
        }
    }

    function slash(uint256 k, uint256 amount, uint256 by) external {
        (address node, bytes32 class) = (nodes[k & 1], _class(k >> 1));
        ClassLock memory l = bond.lockOf(node, class);
        Stake memory s = bond.stakeOf(node);
        amount = bound(amount, 0, 40 * USD);
        address caller = by % 3 == 0 ? stranger : court;
        vm.prank(caller);
        try bond.slash(node, class, amount, stranger, "test") returns (uint256 taken) {
            assertEq(uint160(caller), uint160(court), CMP_09);
            uint256 reach = uint256(l.amount) + l.leaving;
            assertEq(taken, amount < reach ? amount : reach, CMP_09);
            assertEq(bond.stakeOf(node).staked, s.staked - taken, CMP_09);
            if (taken != 0) succeeded["slash"]++;
        } catch {
            assertEq(uint160(caller), uint160(stranger), CMP_09);
        }
    }

    // ------------------------------------------------------------------------------------------ everybody else

    function donate(uint256 k, uint256 amount) external {
        amount = bound(amount, 1, USD);
        address till = k & 4 == 0 ? jobs.tillOf(laneAt(k)) : bond.tillOf(bondLane(k));
        if (amount > token.balanceOf(stranger)) return;
        vm.prank(stranger);
        token.transfer(till, amount);
        donated[till] += amount;
    }

    function pass(uint256 time) external {
        skip(bound(time, 1, 4 days));
    }

    // ------------------------------------------------------------------------------------------ the end

    /// @notice Everybody goes home: with calls and time alone, all money comes out.
    function drain() external {
        skip(100 days);
        for (uint256 k; k < opened.length; ++k) {
            bytes32 id = keccak256(abi.encode(opened[k]));
            if (states[id] == JobState.Open) jobs.reclaim(opened[k]);
            if (states[id] == JobState.Submitted) jobs.claim(opened[k]);
        }
        for (uint256 k; k < 4; ++k) {
            Lane memory lane = laneAt(k);
            if (jobs.creditOf(lane.payee, lane) != 0) jobs.collect(lane.payee, lane);
            address till = jobs.tillOf(lane);
            assertEq(token.balanceOf(till), donated[till], CMP_04);
            (address node, bytes32 class) = (nodes[k & 1], _class(k >> 1));
            uint256 locked = bond.lockedOf(node, class);
            vm.prank(node);
            if (locked != 0) bond.startUnlock(class, locked);
        }
        skip(bond.unbonding());
        for (uint256 k; k < 4; ++k) {
            (address node, bytes32 class) = (nodes[k & 1], _class(k >> 1));
            if (bond.lockOf(node, class).leaving != 0) bond.finishUnlock(node, class);
        }
        for (uint256 k; k < 2; ++k) {
            Stake memory s = bond.stakeOf(nodes[k]);
            assertEq(s.locked, 0, CMP_04);
            vm.prank(nodes[k]);
            if (s.staked != 0) bond.unstake(s.staked, nodes[k]);
            address till = bond.tillOf(bondLane(k));
            assertEq(token.balanceOf(till), donated[till], CMP_04);
        }
    }

    function _settle(
        address caller,
        Job memory job,
        bytes32 id,
        bytes memory data,
        bool may,
        bool paysNode,
        bytes32 name
    ) private {
        Lane memory lane = Lane(job.node, job.token, job.lane);
        address winner = paysNode ? job.node : job.requester;
        uint256 had = token.balanceOf(winner) + jobs.creditOf(winner, lane);
        vm.prank(caller);
        (bool ok,) = address(jobs).call(data);
        assertEq(ok, may, CMP_04);
        if (!ok) return;
        states[id] = JobState.None;
        assertEq(token.balanceOf(winner) + jobs.creditOf(winner, lane), had + job.price, CMP_07);
        succeeded[name]++;
    }

    function _pick(uint256 which) private view returns (Job memory job, bytes32 id) {
        if (opened.length == 0) return (job, 0);
        // Mostly the newest ones: the older are settled.
        uint256 n = opened.length < 6 ? opened.length : 6;
        job = opened[which % 8 == 0 ? which % opened.length : opened.length - 1 - which % n];
        id = keccak256(abi.encode(job));
        assertTrue(jobs.jobOf(id).state == states[id], "the state of a job");
    }

    function _class(uint256 k) private pure returns (bytes32) {
        return k & 1 == 0 ? bytes32("integer") : bytes32("float");
    }

    function _signAs(address who, bytes32 digest) private returns (bytes memory) {
        if (who == requesters[1]) {
            Wallet(who).agree(digest);
            return "agreed";
        }
        return _sign(who == requesters[0] ? requesterKey : who == nodes[0] ? nodeKeys[0] : nodeKeys[1], digest);
    }
}
