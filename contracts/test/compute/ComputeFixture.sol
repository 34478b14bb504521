// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Bond } from "../../src/compute/Bond.sol";
import { Channels } from "../../src/compute/Channels.sol";
import { JobMarket } from "../../src/compute/JobMarket.sol";
import { MockToken } from "../../src/dev/MockToken.sol";
import { Channel, ChannelKey, Stream, Voucher } from "../../src/interfaces/IChannels.sol";
import { Bid, Job, Order } from "../../src/interfaces/IJobMarket.sol";
import { Lane } from "../../src/interfaces/ILanes.sol";
import { ComputeSpec } from "../ComputeSpec.sol";
import { SignCompute } from "./SignCompute.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title A token, the contracts, two payers and two payees, each with money
abstract contract ComputeFixture is SignCompute, ComputeSpec {
    uint256 internal constant USD = 1e6;
    uint256 internal constant WINDOW = 1 days;
    uint256 internal constant UNBONDING = 21 days;

    MockToken internal token;
    Channels internal channels;
    JobMarket internal jobs;
    Bond internal bond;
    address internal court;

    address internal payer;
    address internal otherPayer;
    address internal payee;
    address internal otherPayee;
    uint256 internal payerKey;
    uint256 internal otherPayerKey;
    uint256 internal payeeKey;
    uint256 internal otherPayeeKey;

    function setUp() public virtual {
        vm.warp(1_750_000_000);
        token = new MockToken("Dollar", "USD", 6);
        court = makeAddr("court");
        channels = new Channels(WINDOW);
        bond = new Bond(address(token), court, UNBONDING);
        jobs = new JobMarket(address(bond));
        (payer, payerKey) = makeAddrAndKey("payer");
        (otherPayer, otherPayerKey) = makeAddrAndKey("other payer");
        (payee, payeeKey) = makeAddrAndKey("payee");
        (otherPayee, otherPayeeKey) = makeAddrAndKey("other payee");
        address[4] memory people = [payer, otherPayer, payee, otherPayee];
        for (uint256 k; k < people.length; ++k) {
            token.mint(people[k], 1_000_000 * USD);
            _approve(token, people[k]);
        }
    }

    function _approve(IERC20 erc20, address owner) internal {
        vm.startPrank(owner);
        erc20.approve(address(channels), type(uint256).max);
        erc20.approve(address(jobs), type(uint256).max);
        erc20.approve(address(bond), type(uint256).max);
        vm.stopPrank();
    }

    // ------------------------------------------------------------------------------------------ channels

    function _key(uint256 salt) internal view returns (ChannelKey memory) {
        return ChannelKey(payer, payee, address(token), salt);
    }

    function _id(ChannelKey memory key) internal pure returns (bytes32) {
        return keccak256(abi.encode(key));
    }

    function _laneOf(ChannelKey memory key) internal pure returns (Lane memory) {
        return Lane(key.payee, key.token, uint16(key.salt));
    }

    function _open(ChannelKey memory key, uint256 deposit) internal returns (bytes32) {
        vm.prank(key.payer);
        return channels.open(key, deposit);
    }

    function _signed(ChannelKey memory key, uint256 total) internal view returns (Voucher memory) {
        return _voucher(address(channels), key.payer == payer ? payerKey : otherPayerKey, key, total);
    }

    function _streamOf(ChannelKey memory key, uint256 total, uint256 rate, uint256 since, uint256 until)
        internal
        view
        returns (Stream memory)
    {
        Stream memory s = Stream(key, total, keccak256("reserved"), rate, since, until, "");
        return _stream(address(channels), key.payer == payer ? payerKey : otherPayerKey, s);
    }

    function _close(ChannelKey memory key, address by) internal {
        vm.prank(by);
        channels.close(key);
    }

    function _channel(ChannelKey memory key) internal view returns (Channel memory) {
        return channels.channelOf(_id(key));
    }

    function _credit(address holder, ChannelKey memory key) internal view returns (uint256) {
        return channels.creditOf(holder, _laneOf(key));
    }

    // ------------------------------------------------------------------------------------------ jobs

    function _order(uint256 nonce) internal view returns (Order memory o) {
        o.requester = payer;
        o.token = address(token);
        o.maxPrice = 10 * USD;
        o.spec = keccak256("spec");
        o.expiry = block.timestamp + 1 minutes;
        o.runSeconds = 1 hours;
        o.reviewSeconds = 30 minutes;
        o.nonce = nonce;
    }

    function _bid(Order memory order, uint256 nonce) internal view returns (Bid memory) {
        return Bid(payee, _orderHash(order), 7 * USD, 3, block.timestamp + 5, nonce);
    }

    function _match(Order memory order, Bid memory bid) internal returns (Job memory job) {
        (, job) = jobs.open(order, _signOrder(order), bid, _signBid(bid));
    }

    function _signOrder(Order memory order) internal view returns (bytes memory) {
        return _sign(payerKey, _orderDigest(address(jobs), order));
    }

    function _signBid(Bid memory bid) internal view returns (bytes memory) {
        return _sign(bid.node == payee ? payeeKey : otherPayeeKey, _bidDigest(address(jobs), bid));
    }

    function _job(uint256 nonce) internal returns (Job memory) {
        Order memory order = _order(nonce);
        return _match(order, _bid(order, nonce));
    }

    function _laneOf(Job memory job) internal pure returns (Lane memory) {
        return Lane(job.node, job.token, job.lane);
    }
}
