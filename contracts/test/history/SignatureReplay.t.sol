// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "../../src/interfaces/IMarket.sol";
import { IMarketErrors } from "../../src/interfaces/IMarketErrors.sol";
import { InvariantsSpec } from "../InvariantsSpec.sol";
import { MarketFixture } from "../market/MarketFixture.sol";
import { SignMarket } from "../market/SignMarket.sol";

/// @title Replayed signatures (Wintermute's multisig on Optimism 2022, permits across forks 2016–2022)
/// @notice A signature of one chain, contract or moment was good for another. Here each has its nonce, deadline, chain and market.
contract SignatureReplayTest is MarketFixture, SignMarket, InvariantsSpec {
    uint256 private key;
    address private signer;

    function setUp() public override {
        super.setUp();
        (signer, key) = makeAddrAndKey("signer");
    }

    function test_once() public {
        bytes memory signature = _signOperator(market, key, signer, carol, 15, ALL >> 200, 0, ALL);
        market.setOperatorBySig(signer, carol, 15, ALL >> 200, ALL, signature);
        vm.prank(signer);
        market.setOperator(carol, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.BadSignature.selector, signer));
        market.setOperatorBySig(signer, carol, 15, ALL >> 200, ALL, signature);
        (uint256 scope,) = market.operatorOf(signer, carol);
        assertEq(scope, 0, MKT_09_ONCE);
    }

    function test_onItsChainOnly() public {
        bytes memory signature = _signOperator(market, key, signer, carol, 15, ALL >> 200, 0, ALL);
        vm.chainId(999);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.BadSignature.selector, signer));
        market.setOperatorBySig(signer, carol, 15, ALL >> 200, ALL, signature);
    }

    function test_onItsMarketOnly() public {
        IMarket twin = _deploy(_config());
        bytes memory signature = _signOperator(market, key, signer, carol, 15, ALL >> 200, 0, ALL);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.BadSignature.selector, signer));
        twin.setOperatorBySig(signer, carol, 15, ALL >> 200, ALL, signature);
    }

    function test_untilItsDeadline() public {
        uint256 deadline = block.timestamp + 10;
        bytes memory signature = _signOperator(market, key, signer, carol, 15, ALL >> 200, 0, deadline);
        skip(11);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.SignatureExpired.selector, deadline));
        market.setOperatorBySig(signer, carol, 15, ALL >> 200, deadline, signature);
    }

    /// @notice A permit is no grant of an operator, and the other way round; both use up the same nonce.
    function test_oneKindIsNotTheOther() public {
        (uint8 v, bytes32 r, bytes32 s) = _signPermit(market, key, signer, carol, 15, 0, ALL);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.BadSignature.selector, signer));
        market.setOperatorBySig(signer, carol, 15, ALL >> 200, ALL, abi.encodePacked(r, s, v));
        market.permit(signer, carol, 15, ALL, v, r, s);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.BadSignature.selector, signer));
        market.permit(signer, carol, 15, ALL, v, r, s);
        bytes memory signature = _signOperator(market, key, signer, carol, 15, ALL >> 200, 0, ALL);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.BadSignature.selector, signer));
        market.setOperatorBySig(signer, carol, 15, ALL >> 200, ALL, signature);
    }
}
