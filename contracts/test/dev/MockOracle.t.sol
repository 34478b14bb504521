// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { MockOracle } from "../../src/dev/MockOracle.sol";
import { Base } from "../Base.sol";

contract MockOracleTest is Base {
    MockOracle private oracle;

    function setUp() public {
        oracle = new MockOracle(1e36, 2e36);
    }

    function test_saysWhatItIsTold() public {
        _assertQuote(1e36, 2e36);
        oracle.setPrice(6e50);
        _assertQuote(6e50, 6e50);
        oracle.setQuote(0, 3e24);
        _assertQuote(0, 3e24);
        oracle.setQuote(0, 0);
        _assertQuote(0, 0);
    }

    function testFuzz_exactBelowTwoToThe120(uint256 bid, uint256 ask) public {
        ask = bound(ask, 0, type(uint120).max);
        bid = bound(bid, 0, ask);
        oracle.setQuote(bid, ask);
        _assertQuote(bid, ask);
    }

    function testFuzz_keepsThirtyFiveDigits(uint256 bid, uint256 ask) public {
        bid = bound(bid, 0, ask);
        oracle.setQuote(bid, ask);
        (uint256 keptBid, uint256 keptAsk) = oracle.quote();
        assertLe(keptBid, bid);
        assertLe(keptAsk, ask);
        assertLe(ask - keptAsk, ask / 1e35);
        assertLe(bid - keptBid, ask / 1e35);
    }

    function test_oneSlot() public {
        vm.record();
        oracle.quote();
        (bytes32[] memory reads,) = vm.accesses(address(oracle));
        for (uint256 i; i < reads.length; ++i) {
            assertEq(reads[i], bytes32(0));
        }
        assertGt(reads.length, 0);
    }

    function test_bidMayNotBeAboveAsk() public {
        vm.expectRevert(abi.encodeWithSelector(MockOracle.BidAboveAsk.selector, 1, 2));
        oracle.setQuote(2, 1);
    }

    function _assertQuote(uint256 expectedBid, uint256 expectedAsk) private view {
        (uint256 bid, uint256 ask) = oracle.quote();
        assertEq(bid, expectedBid, "bid");
        assertEq(ask, expectedAsk, "ask");
    }
}
