// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { NodeRegistry } from "../../src/compute/NodeRegistry.sol";
import { Certificate, INodeRegistry, Profile, Session } from "../../src/interfaces/INodeRegistry.sol";
import { ComputeFixture } from "./ComputeFixture.sol";
import { Wallet } from "./Wallet.sol";

/// @title Profiles and session keys
contract NodeRegistryTest is ComputeFixture {
    NodeRegistry private registry;

    function setUp() public override {
        super.setUp();
        registry = new NodeRegistry();
    }

    function test_profiles() public {
        Profile memory p = Profile("https://node.example", keccak256("can"), "FI", "wind");
        vm.prank(payee);
        registry.setProfile(p);
        assertEq(abi.encode(registry.profileOf(payee)), abi.encode(p));
        assertEq(bytes(registry.profileOf(payer).endpoint).length, 0);
        assertEq(registry.idOf(payee), bytes32(uint256(uint160(payee))));
        vm.startPrank(payee);
        registry.certify("key", block.timestamp + 1);
        registry.retire();
        vm.stopPrank();
        assertEq(bytes(registry.profileOf(payee).endpoint).length, 0);
        assertFalse(registry.isSession(payee, "key"), CMP_12);
    }

    function testFuzz_endpoints(uint16 length) public {
        Profile memory p = Profile(string(new bytes(length)), 0, 0, 0);
        if (length == 0) {
            vm.expectRevert(INodeRegistry.EmptyEndpoint.selector);
        } else if (length > 256) {
            vm.expectRevert(abi.encodeWithSelector(INodeRegistry.EndpointTooLong.selector, 256, length));
        }
        registry.setProfile(p);
    }

    function testFuzz_sessions(bytes32 key, uint256 expiry, uint256 wait) public {
        vm.assume(key != 0);
        uint256 now_ = block.timestamp;
        vm.prank(payee);
        if (expiry < now_) {
            vm.expectRevert(abi.encodeWithSelector(INodeRegistry.CertificateExpired.selector, expiry, now_));
        } else if (expiry > now_ + 90 days) {
            vm.expectRevert(abi.encodeWithSelector(INodeRegistry.CertificateTooLong.selector, 90 days, expiry - now_));
        }
        registry.certify(key, expiry);
        if (expiry < now_ || expiry > now_ + 90 days) return;
        skip(wait % 180 days);
        assertEq(registry.isSession(payee, key), block.timestamp <= expiry, CMP_12);
        assertFalse(registry.isSession(payer, key), CMP_12);
        assertFalse(registry.isSession(payee, ~key), CMP_12);
        assertFalse(registry.isSession(payee, 0), CMP_12);
    }

    function test_theLastSecondOfASession() public {
        uint256 expiry = block.timestamp + 90 days;
        vm.prank(payee);
        registry.certify("key", expiry);
        vm.warp(expiry);
        assertTrue(registry.isSession(payee, "key"), CMP_12);
        vm.warp(expiry + 1);
        assertFalse(registry.isSession(payee, "key"), CMP_12);
    }

    function test_bySignature() public {
        Certificate memory c = Certificate(payee, "key", block.timestamp, block.timestamp + 1 days);
        bytes memory signature = _sign(payeeKey, _certificateDigest(c));
        registry.certifyBySig(c, signature);
        assertTrue(registry.isSession(payee, "key"), CMP_12);
        // Once: and never again after it was revoked.
        skip(10);
        vm.prank(payee);
        registry.revoke();
        assertFalse(registry.isSession(payee, "key"), CMP_12);
        uint256 revokedAt = block.timestamp;
        vm.expectRevert(abi.encodeWithSelector(INodeRegistry.CertificateOutdated.selector, revokedAt, c.issuedAt));
        registry.certifyBySig(c, signature);
        // Nor one that was issued before the revocation and kept back.
        c = Certificate(payee, "kept back", revokedAt - 5, revokedAt + 1 days);
        signature = _sign(payeeKey, _certificateDigest(c));
        vm.expectRevert(abi.encodeWithSelector(INodeRegistry.CertificateOutdated.selector, revokedAt, revokedAt - 5));
        registry.certifyBySig(c, signature);
    }

    function testFuzz_theLatestWins(uint256[6] memory times) public {
        uint256 latest;
        skip(100);
        for (uint256 k; k < times.length; ++k) {
            uint256 issuedAt = block.timestamp - 50 + times[k] % 60;
            Certificate memory c = Certificate(payee, bytes32(k + 1), issuedAt, issuedAt + 1 days);
            bytes memory signature = _sign(payeeKey, _certificateDigest(c));
            if (issuedAt <= latest) {
                vm.expectRevert(abi.encodeWithSelector(INodeRegistry.CertificateOutdated.selector, latest, issuedAt));
            } else if (issuedAt > block.timestamp) {
                vm.expectRevert(
                    abi.encodeWithSelector(INodeRegistry.CertificateFromFuture.selector, block.timestamp, issuedAt)
                );
            } else {
                latest = issuedAt;
            }
            registry.certifyBySig(c, signature);
            assertEq(registry.sessionOf(payee).issuedAt, latest, CMP_12);
        }
    }

    function test_signsEveryWord() public {
        Certificate memory c = Certificate(payee, "key", block.timestamp, block.timestamp + 1 days);
        bytes memory signature = _sign(payeeKey, _certificateDigest(c));
        c.key = "other";
        vm.expectRevert(abi.encodeWithSelector(INodeRegistry.BadSignature.selector, payee));
        registry.certifyBySig(c, signature);
        c.key = "key";
        c.expiry++;
        vm.expectRevert(abi.encodeWithSelector(INodeRegistry.BadSignature.selector, payee));
        registry.certifyBySig(c, signature);
        c.expiry--;
        c.issuedAt--;
        vm.expectRevert(abi.encodeWithSelector(INodeRegistry.BadSignature.selector, payee));
        registry.certifyBySig(c, signature);
        c.issuedAt++;
        c.node = payer;
        vm.expectRevert(abi.encodeWithSelector(INodeRegistry.BadSignature.selector, payer));
        registry.certifyBySig(c, signature);
        c.node = payee;
        vm.chainId(999);
        vm.expectRevert(abi.encodeWithSelector(INodeRegistry.BadSignature.selector, payee));
        registry.certifyBySig(c, signature);
    }

    function test_contractsAreNodesToo() public {
        Wallet wallet = new Wallet();
        Certificate memory c = Certificate(address(wallet), "key", block.timestamp, block.timestamp + 1 days);
        wallet.agree(_certificateDigest(c));
        registry.certifyBySig(c, "");
        Session memory s = registry.sessionOf(address(wallet));
        assertEq(s.key, "key");
        vm.expectRevert(INodeRegistry.EmptyKey.selector);
        registry.certify(0, block.timestamp);
    }

    function _certificateDigest(Certificate memory c) private view returns (bytes32) {
        bytes32 kind = keccak256("Certificate(address node,bytes32 key,uint256 issuedAt,uint256 expiry)");
        return _digest("Millrace Nodes", address(registry), keccak256(abi.encode(kind, c)));
    }
}
