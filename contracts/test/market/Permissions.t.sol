// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarketErrors } from "../../src/interfaces/IMarketErrors.sol";
import { IMarketEvents } from "../../src/interfaces/IMarketEvents.sol";
import { InvariantsSpec } from "../InvariantsSpec.sol";
import { Calls } from "./Calls.sol";
import { MarketFixture } from "./MarketFixture.sol";
import { SignMarket } from "./SignMarket.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title Operators, within scope and time, and signatures
contract PermissionsTest is MarketFixture, SignMarket, InvariantsSpec {
    uint256 private constant WITHDRAW = 1;
    uint256 private constant BORROW = 2;
    uint256 private constant COLLATERAL = 4;
    uint256 private constant PAY = 8;

    function setUp() public override {
        super.setUp();
        _deposit(alice, 1_000_000 * USD);
        _deposit(bob, 1_000 * USD);
        _pledge(bob, 0, 100 * ETH);
        _borrow(bob, 50_000 * USD);
    }

    function test_settingAndReading() public {
        vm.expectEmit(address(market));
        emit IMarketEvents.OperatorSet(bob, carol, 5, 123);
        vm.prank(bob);
        market.setOperator(carol, 5, 123);
        (uint256 scope, uint256 expiry) = market.operatorOf(bob, carol);
        assertEq(scope, 5);
        assertEq(expiry, 123);
        vm.prank(bob);
        market.setOperator(carol, 0, 999);
        (scope, expiry) = market.operatorOf(bob, carol);
        assertEq(scope + expiry, 0);
    }

    function test_settingRefuses() public {
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.BadConfig.selector, bytes32("scope"), 16));
        market.setOperator(carol, 16, 1);
        uint256 late = uint256(type(uint64).max) + 1;
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.BadConfig.selector, bytes32("expiry"), late));
        market.setOperator(carol, 1, late);
    }

    /// @notice For every set of scopes: what is in it works, what is not is refused.
    function test_eachScopeAllowsWhatItSays() public {
        for (uint256 scope; scope < 16; ++scope) {
            uint256 id = vm.snapshotState();
            vm.prank(bob);
            market.setOperator(carol, scope, block.timestamp);
            assertEq(_try(Calls.withdraw(1 * USD, carol, bob)), scope & WITHDRAW != 0, MKT_09);
            assertEq(_try(Calls.redeem(1 * USD, carol, bob)), scope & WITHDRAW != 0, MKT_09);
            assertEq(_try(abi.encodeCall(market.borrow, (1 * USD, carol, bob, OWN))), scope & BORROW != 0, MKT_09);
            assertEq(
                _try(abi.encodeCall(market.withdrawCollateral, (0, 1, carol, bob, OWN))),
                scope & COLLATERAL != 0,
                MKT_09
            );
            assertEq(_try(Calls.supplyCollateral(1, 1, bob, OWN, "")), scope & COLLATERAL != 0, MKT_09);
            assertEq(_try(abi.encodeCall(market.supply, (1 * USD, bob, OWNER_PAYS, ""))), scope & PAY != 0, MKT_09);
            assertEq(_try(abi.encodeCall(market.repay, (1 * USD, bob, OWNER_PAYS, ""))), scope & PAY != 0, MKT_09);
            assertEq(_try(Calls.supplyCollateral(0, 1, bob, OWNER_PAYS, "")), scope & PAY != 0, MKT_09);
            vm.revertToStateAndDelete(id);
        }
    }

    function test_theOwnerPaysForItsOwnPosition() public {
        vm.prank(bob);
        market.setOperator(carol, PAY, block.timestamp);
        (uint256 bobHad, uint256 carolHad) = (loan.balanceOf(bob), loan.balanceOf(carol));
        vm.prank(carol);
        market.supply(7 * USD, bob, OWNER_PAYS, "");
        assertEq(loan.balanceOf(bob), bobHad - 7 * USD);
        assertEq(loan.balanceOf(carol), carolHad);
        assertEq(market.balanceOf(bob), 1_007 * USD);
        // PAY for bob does not make bob pay for another.
        vm.prank(carol);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.NotAuthorised.selector, dave, carol, PAY));
        market.supply(7 * USD, dave, OWNER_PAYS, "");
    }

    function test_expiry() public {
        vm.prank(bob);
        market.setOperator(carol, 15, block.timestamp + 100);
        skip(100);
        vm.prank(carol);
        market.borrow(1 * USD, carol, bob, OWN);
        skip(1);
        vm.prank(carol);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.NotAuthorised.selector, bob, carol, BORROW));
        market.borrow(1 * USD, carol, bob, OWN);
        vm.prank(carol);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.InsufficientAllowance.selector, 1, 0));
        market.redeem(1, carol, bob);
    }

    /// @notice An operator cannot leave the position unhealthy, nor make further operators.
    function test_anOperatorIsNoOwner() public {
        vm.prank(bob);
        market.setOperator(carol, 15, block.timestamp);
        vm.startPrank(carol);
        vm.expectPartialRevert(IMarketErrors.Unhealthy.selector);
        market.borrow(100_001 * USD, carol, bob, OWN);
        vm.expectPartialRevert(IMarketErrors.InsufficientAllowance.selector);
        market.transferFrom(bob, carol, 1);
        market.setOperator(dave, 15, ALL >> 200);
        vm.stopPrank();
        vm.prank(dave);
        vm.expectPartialRevert(IMarketErrors.NotAuthorised.selector);
        market.borrow(1 * USD, dave, bob, OWN);
    }

    function testFuzz_operatorBySignature(uint256 key, uint256 scope, uint64 expiry, uint256 deadline) public {
        key = bound(key, 1, 1e60);
        scope = bound(scope, 1, 15);
        deadline = bound(deadline, block.timestamp, ALL);
        address owner = vm.addr(key);
        bytes memory signature = _signOperator(market, key, owner, carol, scope, expiry, 0, deadline);
        market.setOperatorBySig(owner, carol, scope, expiry, deadline, signature);
        (uint256 gotScope, uint256 gotExpiry) = market.operatorOf(owner, carol);
        assertEq(gotScope, scope);
        assertEq(gotExpiry, expiry);
        assertEq(market.nonces(owner), 1);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.BadSignature.selector, owner));
        market.setOperatorBySig(owner, carol, scope, expiry, deadline, signature);
    }

    /// @notice Every word that was signed counts.
    function test_aSignatureSignsEveryWord() public {
        (address owner, uint256 key) = makeAddrAndKey("owner");
        bytes memory signature = _signOperator(market, key, owner, carol, 3, 999, 0, 2e9);
        bytes memory refusal = abi.encodeWithSelector(IMarketErrors.BadSignature.selector, owner);
        vm.expectRevert(refusal);
        market.setOperatorBySig(owner, dave, 3, 999, 2e9, signature);
        vm.expectRevert(refusal);
        market.setOperatorBySig(owner, carol, 7, 999, 2e9, signature);
        vm.expectRevert(refusal);
        market.setOperatorBySig(owner, carol, 3, 1000, 2e9, signature);
        vm.expectRevert(refusal);
        market.setOperatorBySig(owner, carol, 3, 999, 2e9 + 1, signature);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.BadSignature.selector, dave));
        market.setOperatorBySig(dave, carol, 3, 999, 2e9, signature);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.BadSignature.selector, address(0)));
        market.setOperatorBySig(address(0), carol, 3, 999, 2e9, new bytes(65));
        market.setOperatorBySig(owner, carol, 3, 999, 2e9, signature);
    }

    function test_permit() public {
        (address owner, uint256 key) = makeAddrAndKey("owner");
        (uint8 v, bytes32 r, bytes32 s) = _signPermit(market, key, owner, carol, 77, 0, block.timestamp);
        vm.expectEmit(address(market));
        emit IERC20.Approval(owner, carol, 77);
        market.permit(owner, carol, 77, block.timestamp, v, r, s);
        assertEq(market.allowance(owner, carol), 77);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.BadSignature.selector, owner));
        market.permit(owner, carol, 77, block.timestamp, v, r, s);
        (v, r, s) = _signPermit(market, key, owner, carol, 77, 1, block.timestamp);
        skip(1);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.SignatureExpired.selector, block.timestamp - 1));
        market.permit(owner, carol, 77, block.timestamp - 1, v, r, s);
    }

    function testFuzz_permit(uint256 key, uint256 value, uint256 deadline, address spender) public {
        key = bound(key, 1, 1e60);
        deadline = bound(deadline, block.timestamp, ALL);
        address owner = vm.addr(key);
        (uint8 v, bytes32 r, bytes32 s) = _signPermit(market, key, owner, spender, value, 0, deadline);
        market.permit(owner, spender, value, deadline, v, r, s);
        assertEq(market.allowance(owner, spender), value);
        assertEq(market.nonces(owner), 1);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.BadSignature.selector, owner));
        market.permit(owner, spender, value, deadline, v, r, s);
    }

    function testFuzz_setOperator(address operator, uint256 scope, uint64 expiry, uint256 wait) public {
        scope = bound(scope, 0, 15);
        vm.assume(operator != bob);
        vm.prank(bob);
        market.setOperator(operator, scope, expiry);
        skip(wait % 3650 days);
        vm.prank(operator);
        (bool ok,) = address(market).call(abi.encodeCall(market.withdrawCollateral, (0, 1, operator, bob, OWN)));
        if (ok) assertTrue(scope & COLLATERAL != 0 && expiry >= block.timestamp, MKT_09);
        (uint256 gotScope, uint256 gotExpiry) = market.operatorOf(bob, operator);
        assertEq(gotScope, scope);
        assertEq(gotExpiry, scope == 0 ? 0 : expiry);
    }

    /// @notice The other root of the curve's equation is no second signature.
    function test_noMalleability() public {
        (address owner, uint256 key) = makeAddrAndKey("owner");
        (uint8 v, bytes32 r, bytes32 s) = _signPermit(market, key, owner, carol, 77, 0, ALL);
        uint256 order = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
        vm.prank(owner);
        (bool ok,) = address(market)
            .call(
                abi.encodeCall(
                    market.permit, (owner, carol, 77, ALL, v == 27 ? 28 : 27, r, bytes32(order - uint256(s)))
                )
            );
        // Whichever is taken, the nonce is used: the pair is worth one permit.
        if (!ok) market.permit(owner, carol, 77, ALL, v, r, s);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.BadSignature.selector, owner));
        market.permit(owner, carol, 77, ALL, v, r, s);
        assertEq(market.nonces(owner), 1);
    }

    /// @notice Contracts sign by EIP-1271.
    function test_contractsSign() public {
        Signatory wallet = new Signatory();
        bytes32 digest = _operatorDigest(market, address(wallet), carol, 15, 2e9, 0, ALL);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.BadSignature.selector, address(wallet)));
        market.setOperatorBySig(address(wallet), carol, 15, 2e9, ALL, "anything");
        wallet.agree(digest);
        market.setOperatorBySig(address(wallet), carol, 15, 2e9, ALL, "anything");
        (uint256 scope,) = market.operatorOf(address(wallet), carol);
        assertEq(scope, 15);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.BadSignature.selector, address(wallet)));
        market.setOperatorBySig(address(wallet), carol, 15, 2e9, ALL, "anything");
    }

    function _try(bytes memory call) private returns (bool ok) {
        uint256 id = vm.snapshotState();
        vm.prank(carol);
        (ok,) = address(market).call(call);
        vm.revertToStateAndDelete(id);
    }
}

/// @dev A wallet that agrees to one hash.
contract Signatory {
    bytes32 private agreed;

    function agree(bytes32 digest) external {
        agreed = digest;
    }

    function isValidSignature(bytes32 digest, bytes calldata) external view returns (bytes4) {
        return digest == agreed ? Signatory.isValidSignature.selector : bytes4(0);
    }
}
