// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { StaticRead } from "../../src/oracle/StaticRead.sol";
import { Base } from "../Base.sol";

contract StaticReadTest is Base {
    function test_takesTheFirstWords() public view {
        (bool ok, uint256[] memory words) = _ask(2, 2);
        assertTrue(ok);
        assertEq(words[0], 1);
        assertEq(words[1], 2);
        (ok, words) = _ask(5, 1);
        assertTrue(ok);
        assertEq(words.length, 1);
        assertEq(words[0], 1);
    }

    function test_tooShortIsNotOk() public view {
        (bool ok,) = _ask(1, 2);
        assertFalse(ok);
        (ok,) = _ask(0, 1);
        assertFalse(ok);
    }

    function test_noCodeIsNotOk() public view {
        (bool ok,) = StaticRead.tryWords(address(0xdead), gasleft(), "", 1);
        assertFalse(ok);
    }

    function test_revertIsNotOk() public view {
        (bool ok,) = StaticRead.tryWords(address(this), gasleft(), abi.encodeCall(this.refuse, ()), 1);
        assertFalse(ok);
    }

    function test_writingIsNotOk() public view {
        (bool ok,) = StaticRead.tryWords(address(this), gasleft(), abi.encodeCall(this.write, ()), 1);
        assertFalse(ok);
        assertEq(written, 0);
    }

    uint256 private written;

    function write() external returns (uint256) {
        return ++written;
    }

    function refuse() external pure {
        assembly {
            mstore(0, 1)
            revert(0, 32)
        }
    }

    function count(uint256 size) external pure {
        assembly {
            mstore(0, 1)
            mstore(32, 2)
            return(0, mul(size, 32))
        }
    }

    function _ask(uint256 given, uint256 wanted) private view returns (bool, uint256[] memory) {
        return StaticRead.tryWords(address(this), gasleft(), abi.encodeCall(this.count, (given)), wanted);
    }
}
