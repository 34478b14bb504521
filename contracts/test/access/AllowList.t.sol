// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { AllowList } from "../../src/access/AllowList.sol";
import { Action } from "../../src/interfaces/IGate.sol";
import { Base } from "../Base.sol";
import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";

contract AllowListTest is Base {
    uint8 private constant SUPPLY = 1;
    uint8 private constant HOLD = 2;
    uint8 private constant BORROW = 4;
    uint8 private constant LIQUIDATE = 8;

    address private owner = makeAddr("owner");
    address private alice = makeAddr("alice");
    AllowList private list;

    function setUp() public {
        list = new AllowList(owner, LIQUIDATE);
    }

    function test_strangersMayOnlyDoWhatIsOpen() public view {
        _assertRights(alice, LIQUIDATE);
    }

    function test_rightsAreAddedToTheOpenOnes() public {
        _set(alice, SUPPLY | HOLD);
        _assertRights(alice, SUPPLY | HOLD | LIQUIDATE);
        _set(alice, BORROW);
        _assertRights(alice, BORROW | LIQUIDATE);
        _set(alice, 0);
        _assertRights(alice, LIQUIDATE);
    }

    function testFuzz_everyCombination(uint8 open, uint8 own) public {
        (open, own) = (open & 15, own & 15);
        list = new AllowList(owner, open);
        _set(alice, own);
        _assertRights(alice, open | own);
    }

    function test_onlyTheOwnerSets() public {
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, address(this)));
        list.setActions(new address[](0), new uint8[](0));
    }

    function test_ownershipMovesInTwoSteps() public {
        vm.prank(owner);
        list.transferOwnership(alice);
        assertEq(list.owner(), owner);
        vm.prank(alice);
        list.acceptOwnership();
        assertEq(list.owner(), alice);
    }

    function test_rejectsUnknownBits() public {
        vm.expectRevert(abi.encodeWithSelector(AllowList.UnknownActions.selector, 15, 16));
        new AllowList(owner, 16);
        uint8[] memory actions = new uint8[](1);
        actions[0] = 16;
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(AllowList.UnknownActions.selector, 15, 16));
        list.setActions(new address[](1), actions);
    }

    function test_rejectsUnequalLengths() public {
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(AllowList.LengthMismatch.selector, 2, 1));
        list.setActions(new address[](2), new uint8[](1));
    }

    function _set(address account, uint8 actions) private {
        address[] memory accounts = new address[](1);
        uint8[] memory bits = new uint8[](1);
        (accounts[0], bits[0]) = (account, actions);
        vm.expectEmit(address(list));
        emit AllowList.ActionsSet(account, actions);
        vm.prank(owner);
        list.setActions(accounts, bits);
    }

    function _assertRights(address account, uint8 actions) private view {
        assertEq(list.allows(account, Action.Supply), actions & SUPPLY != 0, "supply");
        assertEq(list.allows(account, Action.Hold), actions & HOLD != 0, "hold");
        assertEq(list.allows(account, Action.Borrow), actions & BORROW != 0, "borrow");
        assertEq(list.allows(account, Action.Liquidate), actions & LIQUIDATE != 0, "liquidate");
    }
}
