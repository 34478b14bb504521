// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { MockToken } from "../src/dev/MockToken.sol";
import { Base } from "./Base.sol";
import { Vm } from "./Vm.sol";
import { IERC20Errors } from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

contract BaseTest is Base {
    MockToken private token;

    function setUp() public {
        token = new MockToken("Test", "TST", 6);
    }

    function test_prankAndExpectEmit() public {
        address alice = makeAddr("alice");
        address bob = makeAddr("bob");
        token.mint(alice, 5);
        vm.expectEmit(address(token));
        emit IERC20.Transfer(alice, bob, 2);
        vm.prank(alice);
        token.transfer(bob, 2);
        assertEq(token.balanceOf(bob), 2);
        assertEq(vm.getLabel(alice), "alice");
    }

    function test_expectRevertSeesTheArguments() public {
        vm.expectRevert(
            abi.encodeWithSelector(
                IERC20Errors.ERC20InsufficientBalance.selector, address(this), uint256(0), uint256(1)
            )
        );
        token.transfer(address(1), 1);
        vm.expectPartialRevert(IERC20Errors.ERC20InsufficientBalance.selector);
        token.transfer(address(1), 1);
    }

    function test_assertionFailureReverts() public {
        vm.expectRevert();
        this.failing();
    }

    function failing() external pure {
        assertEq(uint256(1), 2);
    }

    function test_stateDiffShowsWrites() public {
        vm.startStateDiffRecording();
        token.mint(address(1), 7);
        Vm.AccountAccess[] memory touched = vm.stopAndReturnStateDiff();
        uint256 writes;
        for (uint256 i; i < touched.length; ++i) {
            for (uint256 j; j < touched[i].storageAccesses.length; ++j) {
                if (touched[i].storageAccesses[j].isWrite) ++writes;
            }
        }
        assertEq(writes, 2, "balance and supply");
    }

    function test_snapshotAndTime() public {
        uint256 before = vm.getBlockTimestamp();
        uint256 id = vm.snapshotState();
        skip(1 days);
        assertEq(vm.getBlockTimestamp(), before + 1 days);
        assertTrue(vm.revertToState(id));
        assertEq(vm.getBlockTimestamp(), before);
    }

    function testFuzz_boundStaysInside(uint256 x, uint256 a, uint256 b) public pure {
        (uint256 min, uint256 max) = a < b ? (a, b) : (b, a);
        uint256 y = bound(x, min, max);
        assertGe(y, min);
        assertLe(y, max);
        if (x >= min && x <= max) assertEq(y, x);
    }

    function testFuzz_signedBoundStaysInside(int256 x, int256 a, int256 b) public pure {
        (int256 min, int256 max) = a < b ? (a, b) : (b, a);
        int256 y = bound(x, min, max);
        assertGe(y, min);
        assertLe(y, max);
        if (x >= min && x <= max) assertEq(y, x);
    }
}

contract Minter {
    MockToken public immutable token = new MockToken("Test", "TST", 18);
    uint256 public minted;
    bool public wasCalledAsStranger;

    function mint(address to, uint96 amount) external {
        if (to == address(0)) to = address(1);
        token.mint(to, amount);
        minted += amount;
    }

    function neverTargeted() external {
        wasCalledAsStranger = true;
    }
}

contract BaseInvariantTest is Base {
    Minter private minter;

    function setUp() public {
        minter = new Minter();
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = Minter.mint.selector;
        targetContract(address(minter));
        targetSelector(FuzzSelector({ addr: address(minter), selectors: selectors }));
    }

    function invariant_supplyIsWhatWasMinted() public view {
        assertEq(minter.token().totalSupply(), minter.minted());
    }

    function invariant_onlyTargetedSelectorsAreCalled() public view {
        assertFalse(minter.wasCalledAsStranger());
    }
}
