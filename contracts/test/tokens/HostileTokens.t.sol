// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Base } from "../Base.sol";
import { BlocklistToken } from "./BlocklistToken.sol";
import { CountdownToken } from "./CountdownToken.sol";
import { FeeToken } from "./FeeToken.sol";
import { HookToken, ITokenHook } from "./HookToken.sol";
import { NoReturnToken } from "./NoReturnToken.sol";
import { ReturnFalseToken } from "./ReturnFalseToken.sol";
import { IERC20Errors } from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

/// @title Each hostile token is hostile in the way it says, or the tests that use it prove nothing
contract HostileTokensTest is Base, ITokenHook {
    address private constant BOB = address(0xB0B);
    bytes private heard;

    function test_feeTokenDeliversLess() public {
        FeeToken token = new FeeToken(100);
        token.mint(address(this), 1_000);
        token.transfer(BOB, 1_000);
        assertEq(token.balanceOf(BOB), 990);
        assertEq(token.totalSupply(), 990);
    }

    function test_hookTokenCallsBothSides() public {
        HookToken token = new HookToken();
        token.mint(address(this), 2);
        token.setHook(this);
        token.transfer(BOB, 1);
        assertEq(heard, "sent;");
        token.transfer(address(this), 1);
        assertEq(heard, "sent;sent;received;");
    }

    function test_returnFalseTokenDoesNotRevert() public {
        ReturnFalseToken token = new ReturnFalseToken();
        assertFalse(token.transfer(BOB, 1));
        assertFalse(token.transferFrom(BOB, address(this), 1));
        token.mint(address(this), 1);
        assertTrue(token.transfer(BOB, 1));
        assertEq(token.balanceOf(BOB), 1);
    }

    function test_noReturnTokenReturnsNothing() public {
        NoReturnToken token = new NoReturnToken();
        token.mint(address(this), 2);
        (bool ok, bytes memory data) = address(token).call(abi.encodeCall(token.transfer, (BOB, 1)));
        assertTrue(ok);
        assertEq(data.length, 0);
        token.approve(BOB, 1);
        vm.expectRevert(abi.encodeWithSelector(NoReturnToken.AllowanceNotZero.selector, 0, 1));
        token.approve(BOB, 2);
    }

    function test_countdownTokenUsesUpUnlimitedAllowances() public {
        CountdownToken token = new CountdownToken();
        token.mint(address(this), 5);
        token.approve(BOB, type(uint256).max);
        vm.prank(BOB);
        token.transferFrom(address(this), BOB, 5);
        assertEq(token.allowance(address(this), BOB), type(uint256).max - 5);
        vm.expectPartialRevert(IERC20Errors.ERC20InsufficientAllowance.selector);
        token.transferFrom(BOB, address(this), 1);
    }

    function test_blocklistTokenRefusesBothDirections() public {
        BlocklistToken token = new BlocklistToken();
        token.mint(address(this), 1);
        token.setBlocked(BOB, true);
        bytes memory refusal = abi.encodeWithSelector(BlocklistToken.Blocked.selector, BOB);
        vm.expectRevert(refusal);
        token.transfer(BOB, 1);
        vm.prank(BOB);
        vm.expectRevert(refusal);
        token.transfer(address(this), 0);
        token.setBlocked(BOB, false);
        token.transfer(BOB, 1);
    }

    function tokensToSend(address, address, address, uint256) external {
        heard = bytes.concat(heard, "sent;");
    }

    function tokensReceived(address, address, address, uint256) external {
        heard = bytes.concat(heard, "received;");
    }
}
