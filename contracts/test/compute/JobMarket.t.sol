// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Bid, IJobMarket, Job, JobRecord, JobState, Order } from "../../src/interfaces/IJobMarket.sol";
import { ILanes } from "../../src/interfaces/ILanes.sol";
import { INonces } from "../../src/interfaces/INonces.sol";
import { ComputeFixture } from "./ComputeFixture.sol";

/// @title A job from match to money, by every exit
contract JobMarketTest is ComputeFixture {
    function testFuzz_openTakesThePrice(uint256 price, uint256 lane, uint256 nonce, uint256 bidNonce) public {
        Order memory order = _order(nonce);
        order.maxPrice = bound(price, 1, 1_000_000 * USD);
        Bid memory bid = _bid(order, bidNonce);
        (bid.price, bid.lane) = (order.maxPrice, lane % 65_536);
        Job memory job = _match(order, bid);
        bytes32 id = jobs.jobId(job);
        assertEq(id, keccak256(abi.encode(job)));
        assertEq(job.order, jobs.orderHash(order));
        assertEq(job.submitBy, block.timestamp + 1 hours);
        assertTrue(jobs.jobOf(id).state == JobState.Open);
        assertEq(token.balanceOf(jobs.tillOf(_laneOf(job))), bid.price, CMP_01);
        assertEq(token.balanceOf(payer), 1_000_000 * USD - bid.price, CMP_07);
        assertEq(jobs.noncesOf(payer, nonce >> 8), 1 << (nonce & 255), CMP_08);
        assertEq(jobs.noncesOf(payee, bidNonce >> 8), 1 << (bidNonce & 255), CMP_08);
    }

    /// @notice Whatever each side signed for, one word that does not fit refuses the match, by name.
    function test_openRefuses() public {
        Order memory o = _order(1);
        Bid memory b = _bid(o, 1);
        skip(6);
        _refuses(o, b, abi.encodeWithSelector(IJobMarket.SignatureExpired.selector, b.expiry));
        skip(60);
        _refuses(o, b, abi.encodeWithSelector(IJobMarket.SignatureExpired.selector, o.expiry));
        o = _order(1);
        b = _bid(_order(2), 1);
        _refuses(o, b, abi.encodeWithSelector(IJobMarket.WrongOrder.selector, _orderHash(o), b.order));
        o.node = otherPayee;
        _refuses(o, _bid(o, 1), abi.encodeWithSelector(IJobMarket.WrongNode.selector, otherPayee, payee));
        o = _order(1);
        b = _bid(o, 1);
        b.price = 0;
        _refuses(o, b, abi.encodeWithSelector(ILanes.ZeroAmount.selector));
        b.price = o.maxPrice + 1;
        _refuses(o, b, abi.encodeWithSelector(IJobMarket.PriceTooHigh.selector, o.maxPrice, b.price));
        b = _bid(o, 1);
        b.lane = 65_536;
        _refuses(o, b, abi.encodeWithSelector(IJobMarket.UnknownLane.selector, 65_536, 65_536));
        o.runSeconds = 7 days + 1;
        _refuses(o, _bid(o, 1), abi.encodeWithSelector(IJobMarket.DurationTooLong.selector, 7 days, 7 days + 1));
        o = _order(1);
        o.reviewSeconds = type(uint256).max;
        _refuses(o, _bid(o, 1), abi.encodeWithSelector(IJobMarket.DurationTooLong.selector, 7 days, type(uint256).max));
        o = _order(1);
        o.maxPrice = type(uint256).max;
        b = _bid(o, 1);
        b.price = uint256(type(uint128).max) + 1;
        _refuses(o, b, abi.encodeWithSelector(ILanes.AmountTooLarge.selector, type(uint128).max, b.price));
        o = _order(1);
        o.requester = address(0);
        _refuses(o, _bid(o, 1), abi.encodeWithSelector(ILanes.BadSignature.selector, address(0)));
    }

    function test_openWantsBothSignatures() public {
        Order memory o = _order(1);
        Bid memory b = _bid(o, 1);
        (bytes memory os, bytes memory bs) = (_signOrder(o), _signBid(b));
        vm.expectRevert(abi.encodeWithSelector(ILanes.BadSignature.selector, payer));
        jobs.open(o, bs, b, bs);
        vm.expectRevert(abi.encodeWithSelector(ILanes.BadSignature.selector, payee));
        jobs.open(o, os, b, os);
        vm.expectRevert(abi.encodeWithSelector(ILanes.BadSignature.selector, payee));
        jobs.open(o, os, b, "");
        jobs.open(o, os, b, bs);
    }

    /// @notice At the second named it works, one later not.
    function test_deadlineEdges() public {
        Order memory o = _order(1);
        Bid memory b = _bid(o, 1);
        b.expiry = o.expiry;
        vm.warp(o.expiry);
        Job memory job = _match(o, b);
        vm.warp(job.submitBy);
        vm.expectRevert(abi.encodeWithSelector(IJobMarket.TooEarly.selector, job.submitBy + 1, job.submitBy));
        jobs.reclaim(job);
        vm.prank(payee);
        jobs.submit(job, "result", "receipt");
        uint256 reviewBy = jobs.jobOf(jobs.jobId(job)).reviewBy;
        assertEq(reviewBy, job.submitBy + 30 minutes);
        vm.warp(reviewBy);
        vm.expectRevert(abi.encodeWithSelector(IJobMarket.TooEarly.selector, reviewBy + 1, reviewBy));
        jobs.claim(job);
        vm.warp(reviewBy + 1);
        jobs.claim(job);
        job = _job(2);
        vm.warp(job.submitBy + 1);
        vm.expectRevert(abi.encodeWithSelector(IJobMarket.TooLate.selector, job.submitBy, job.submitBy + 1));
        vm.prank(payee);
        jobs.submit(job, "result", "receipt");
        jobs.reclaim(job);
        _wrongState(payer, abi.encodeCall(jobs.reclaim, (job)), JobState.Open, JobState.None);
    }

    function test_acceptPaysTheNode() public {
        Job memory job = _job(1);
        bytes32 id = jobs.jobId(job);
        vm.expectEmit(address(jobs));
        emit IJobMarket.JobSubmitted(id, "result", "receipt", block.timestamp + 30 minutes);
        vm.prank(payee);
        jobs.submit(job, "result", "receipt");
        JobRecord memory r = jobs.jobOf(id);
        assertTrue(r.state == JobState.Submitted);
        assertEq(bytes32(r.result), bytes32(bytes26(keccak256(abi.encode(bytes32("result"), bytes32("receipt"))))));
        vm.expectEmit(address(jobs));
        emit IJobMarket.JobPaid(id, 7 * USD, true);
        vm.prank(payer);
        jobs.accept(job);
        assertEq(jobs.creditOf(payee, _laneOf(job)), 7 * USD, CMP_01);
        assertEq(jobs.collect(payee, _laneOf(job)), 7 * USD);
        assertEq(token.balanceOf(payee), 1_000_007 * USD, CMP_07);
        assertTrue(jobs.jobOf(id).state == JobState.None);
    }

    function test_declineGivesThePriceBack() public {
        Job memory job = _job(1);
        vm.expectEmit(address(jobs));
        emit IJobMarket.JobRefunded(jobs.jobId(job), 7 * USD, true);
        vm.prank(payee);
        jobs.decline(job);
        assertEq(token.balanceOf(payer), 1_000_000 * USD, CMP_07);
    }

    /// @notice From each state each call either is the one that belongs there or is refused by name; nobody else may act for a
    /// party.
    function test_onlyTheExitsOfTheState() public {
        Job memory job = _job(1);
        vm.startPrank(otherPayee);
        vm.expectRevert(abi.encodeWithSelector(IJobMarket.NotNode.selector, payee, otherPayee));
        jobs.submit(job, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IJobMarket.NotNode.selector, payee, otherPayee));
        jobs.decline(job);
        vm.expectRevert(abi.encodeWithSelector(IJobMarket.NotRequester.selector, payer, otherPayee));
        jobs.accept(job);
        vm.stopPrank();
        _wrongState(payer, abi.encodeCall(jobs.accept, (job)), JobState.Submitted, JobState.Open);
        _wrongState(payer, abi.encodeCall(jobs.claim, (job)), JobState.Submitted, JobState.Open);
        vm.prank(payee);
        jobs.submit(job, "result", "receipt");
        _wrongState(payee, abi.encodeCall(jobs.submit, (job, "other", "receipt")), JobState.Open, JobState.Submitted);
        _wrongState(payee, abi.encodeCall(jobs.decline, (job)), JobState.Open, JobState.Submitted);
        _wrongState(payer, abi.encodeCall(jobs.reclaim, (job)), JobState.Open, JobState.Submitted);
        vm.prank(payer);
        jobs.accept(job);
        _wrongState(payer, abi.encodeCall(jobs.accept, (job)), JobState.Submitted, JobState.None);
        _wrongState(payer, abi.encodeCall(jobs.claim, (job)), JobState.Submitted, JobState.None);
        _wrongState(payer, abi.encodeCall(jobs.reclaim, (job)), JobState.Open, JobState.None);
        _wrongState(payee, abi.encodeCall(jobs.submit, (job, 0, 0)), JobState.Open, JobState.None);
    }

    /// @notice A job told with one word changed is another job, and does not exist.
    function testFuzz_termsCannotBeChanged(uint256 word, uint256 change) public {
        Job memory job = _job(1);
        word = word % 8;
        bytes memory terms = abi.encode(job);
        uint256 before = abi.decode(_word(terms, word), (uint256));
        // Addresses must stay addresses.
        change = word < 3 ? uint256(uint160(change)) : change;
        vm.assume(change != before);
        assembly ("memory-safe") {
            mstore(add(add(terms, 32), mul(word, 32)), change)
        }
        Job memory forged = abi.decode(terms, (Job));
        skip(2 hours);
        _wrongState(payer, abi.encodeCall(jobs.reclaim, (forged)), JobState.Open, JobState.None);
    }

    function testFuzz_everyStateEnds(uint256 seed) public {
        Job memory job = _job(seed);
        bool submits = seed & 1 == 0;
        if (submits) {
            skip(seed % 1 hours);
            vm.prank(payee);
            jobs.submit(job, bytes32(seed), 0);
        }
        skip(14 days + 1);
        vm.prank(otherPayer);
        if (submits) jobs.claim(job);
        else jobs.reclaim(job);
        if (submits) jobs.collect(payee, _laneOf(job));
        assertEq(token.balanceOf(submits ? payee : payer), submits ? 1_000_007 * USD : 1_000_000 * USD, CMP_04);
        assertEq(token.balanceOf(jobs.tillOf(_laneOf(job))), 0, CMP_04);
    }

    function testFuzz_noncesNeedNoOrder(uint256[5] memory nonces) public {
        for (uint256 k; k < nonces.length; ++k) {
            bool used = jobs.noncesOf(payer, nonces[k] >> 8) >> (nonces[k] & 255) & 1 == 1;
            Order memory o = _order(nonces[k]);
            o.spec = bytes32(k);
            Bid memory b = _bid(o, nonces[k]);
            if (used) _refuses(o, b, abi.encodeWithSelector(INonces.NonceUsed.selector, payer, nonces[k]));
            else _match(o, b);
        }
    }

    function test_cancelledNoncesMatchNothing() public {
        vm.prank(payer);
        vm.expectEmit(address(jobs));
        emit INonces.NoncesCancelled(payer, 0, 6);
        jobs.cancelNonces(0, 6);
        Order memory o = _order(1);
        _refuses(o, _bid(o, 1), abi.encodeWithSelector(INonces.NonceUsed.selector, payer, 1));
        o = _order(3);
        vm.prank(payee);
        jobs.cancelNonces(0, 1 << 3);
        _refuses(o, _bid(o, 3), abi.encodeWithSelector(INonces.NonceUsed.selector, payee, 3));
        _match(o, _bid(o, 4));
    }

    /// @notice Cancelling sets the bits that are named and no other, of the caller and of nobody else.
    function testFuzz_cancelNonces(uint256 word, uint256 mask, uint256 more, uint256 other) public {
        vm.startPrank(payer);
        jobs.cancelNonces(word, mask);
        jobs.cancelNonces(word, more);
        vm.stopPrank();
        assertEq(jobs.noncesOf(payer, word), mask | more, CMP_08);
        if (other != word) assertEq(jobs.noncesOf(payer, other), 0, CMP_08);
        assertEq(jobs.noncesOf(payee, word), 0, CMP_13);
    }

    function test_bondsAreLookedUp() public {
        Order memory o = _order(1);
        (o.leastBond, o.bondClass) = (500 * USD, "integer");
        _refuses(o, _bid(o, 1), abi.encodeWithSelector(IJobMarket.BondTooSmall.selector, 500 * USD, 0));
        vm.startPrank(payee);
        bond.stake(payee, 600 * USD);
        bond.lock("integer", 499 * USD);
        vm.stopPrank();
        _refuses(o, _bid(o, 1), abi.encodeWithSelector(IJobMarket.BondTooSmall.selector, 500 * USD, 499 * USD));
        vm.prank(payee);
        bond.lock("integer", 1 * USD);
        _match(o, _bid(o, 1));
        // What is leaving does not count for new jobs.
        vm.prank(payee);
        bond.startUnlock("integer", 1);
        o.nonce = 2;
        _refuses(o, _bid(o, 2), abi.encodeWithSelector(IJobMarket.BondTooSmall.selector, 500 * USD, 500 * USD - 1));
    }

    function test_bondsOutlastJobs() public view {
        assertGt(bond.unbonding(), jobs.MOST_RUN() + jobs.MOST_REVIEW(), CMP_09);
    }

    function _word(bytes memory data, uint256 word) private pure returns (bytes memory out) {
        out = new bytes(32);
        assembly ("memory-safe") {
            mstore(add(out, 32), mload(add(add(data, 32), mul(word, 32))))
        }
    }

    function _refuses(Order memory order, Bid memory bid, bytes memory reason) private {
        (bytes memory os, bytes memory bs) = (_signOrder(order), _signBid(bid));
        vm.expectRevert(reason);
        jobs.open(order, os, bid, bs);
    }

    function _wrongState(address caller, bytes memory data, JobState expected, JobState state) private {
        vm.prank(caller);
        (bool ok, bytes memory reason) = address(jobs).call(data);
        assertFalse(ok);
        assertEq(reason, abi.encodeWithSelector(IJobMarket.WrongState.selector, expected, state));
    }
}
