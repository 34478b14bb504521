// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Channels } from "../../src/compute/Channels.sol";
import { MockToken } from "../../src/dev/MockToken.sol";
import { Channel, ChannelKey } from "../../src/interfaces/IChannels.sol";
import { Lane } from "../../src/interfaces/ILanes.sol";
import { Base } from "../Base.sol";
import { ComputeSpec } from "../ComputeSpec.sol";
import { ChannelHandler } from "./ChannelHandler.sol";

/// @title Channels after any sequence of transactions: CMP-01 to CMP-08
/// @dev A call of the handler is one transaction already.
/// forge-config: default.isolate = false
/// forge-config: default.invariant.fail-on-revert = true
contract ChannelsInvariantsTest is Base, ComputeSpec {
    Channels private channels;
    MockToken private token;
    ChannelHandler private handler;

    function setUp() public {
        vm.warp(1_750_000_000);
        token = new MockToken("Dollar", "USD", 6);
        channels = new Channels(1 days);
        handler = new ChannelHandler(channels, token);
        for (uint256 n; n < 8; ++n) {
            handler.open(n, 800e6);
            handler.sign(n, 300e6);
        }
        targetContract(address(handler));
        bytes4[] memory none = new bytes4[](1);
        none[0] = handler.drain.selector;
        excludeSelector(FuzzSelector(address(handler), none));
    }

    function invariant_moneyIsWhereTheBooksSay() public view {
        uint256[4] memory owed;
        address[4] memory tills;
        for (uint256 n; n < handler.CHANNELS(); ++n) {
            ChannelKey memory key = handler.keyOf(n);
            bytes32 id = keccak256(abi.encode(key));
            Channel memory c = channels.channelOf(id);
            assertLe(c.paid, c.deposit, CMP_03);
            assertEq(c.deposit, handler.deposited(id), CMP_01);
            assertEq(c.paid, handler.allowed(id), CMP_02);
            uint256 lane = n / 3 & 3;
            tills[lane] = channels.tillOf(Lane(key.payee, key.token, uint16(key.salt)));
            if (c.closesAt != type(uint48).max) owed[lane] += c.deposit - c.paid;
        }
        uint256 everywhere;
        address[6] memory people = handler.everybody();
        for (uint256 lane; lane < 4; ++lane) {
            ChannelKey memory key = handler.keyOf(lane * 3);
            uint256 credits;
            for (uint256 p; p < people.length; ++p) {
                credits += channels.creditOf(people[p], Lane(key.payee, key.token, uint16(key.salt)));
            }
            uint256 held = token.balanceOf(tills[lane]);
            assertEq(held, owed[lane] + credits + handler.donated(tills[lane]), CMP_01);
            everywhere += held;
        }
        for (uint256 p; p < people.length; ++p) {
            everywhere += token.balanceOf(people[p]);
        }
        assertEq(everywhere, token.totalSupply(), CMP_07);
        assertEq(token.balanceOf(address(channels)), 0, CMP_10);
    }

    function afterInvariant() public {
        handler.drain();
    }

    /// @notice The campaign is not empty: a few hundred random calls make every operation succeed.
    function test_everyOperationSucceedsSometimes() public {
        bytes4[14] memory selectors = [
            handler.open.selector,
            handler.topUp.selector,
            handler.sign.selector,
            handler.signStream.selector,
            handler.redeem.selector,
            handler.redeemBatch.selector,
            handler.redeemStream.selector,
            handler.close.selector,
            handler.finalise.selector,
            handler.collect.selector,
            handler.donate.selector,
            handler.pass.selector,
            handler.forge.selector,
            handler.trespass.selector
        ];
        for (uint256 n; n < 600; ++n) {
            bytes32 seed = keccak256(abi.encode("channels", n));
            uint256[5] memory words;
            for (uint256 w; w < 5; ++w) {
                words[w] = uint256(keccak256(abi.encode(seed, w)));
            }
            (bool ok,) =
                address(handler).call(abi.encodePacked(selectors[uint256(seed) % selectors.length], abi.encode(words)));
            assertTrue(ok, "a handler failed");
        }
        invariant_moneyIsWhereTheBooksSay();
        bytes32[10] memory operations = [
            bytes32("open"),
            "topUp",
            "redeem",
            "redeemBatch",
            "redeemStream",
            "closeByPayee",
            "closeByPayer",
            "finalise",
            "collect",
            "forge"
        ];
        for (uint256 k; k < operations.length; ++k) {
            assertGt(handler.succeeded(operations[k]), 0, string(abi.encodePacked(operations[k])));
        }
        handler.drain();
    }
}
