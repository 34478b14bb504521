// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Certificate, INodeRegistry, Profile, Session } from "../interfaces/INodeRegistry.sol";
import { Signatures } from "./Signatures.sol";

/// @title Who the nodes are: see `INodeRegistry`
contract NodeRegistry is INodeRegistry, Signatures {
    bytes32 private constant CERTIFICATE_TYPEHASH =
        keccak256("Certificate(address node,bytes32 key,uint256 issuedAt,uint256 expiry)");
    uint256 private constant MOST_ENDPOINT = 256;

    /// @notice The longest a session key may live.
    uint256 public constant MOST_LIFE = 90 days;

    mapping(address node => Profile) private _profiles;
    mapping(address node => Session) private _sessions;

    /// @inheritdoc INodeRegistry
    function setProfile(Profile calldata profile) external {
        uint256 length = bytes(profile.endpoint).length;
        if (length == 0) revert EmptyEndpoint();
        if (length > MOST_ENDPOINT) revert EndpointTooLong(MOST_ENDPOINT, length);
        _profiles[msg.sender] = profile;
        emit ProfileSet(msg.sender, profile);
    }

    /// @inheritdoc INodeRegistry
    function retire() external {
        delete _profiles[msg.sender];
        _revoke();
        emit Retired(msg.sender);
    }

    /// @inheritdoc INodeRegistry
    function certify(bytes32 key, uint256 expiry) external {
        _certify(Certificate(msg.sender, key, block.timestamp, expiry));
    }

    /// @inheritdoc INodeRegistry
    function certifyBySig(Certificate calldata c, bytes calldata signature) external {
        uint256 latest = _sessions[c.node].issuedAt;
        if (c.issuedAt <= latest) revert CertificateOutdated(latest, c.issuedAt);
        if (c.issuedAt > block.timestamp) revert CertificateFromFuture(block.timestamp, c.issuedAt);
        if (!_isSigned(c.node, keccak256(abi.encode(CERTIFICATE_TYPEHASH, c)), signature)) revert BadSignature(c.node);
        _certify(c);
    }

    /// @inheritdoc INodeRegistry
    function revoke() external {
        _revoke();
    }

    /// @inheritdoc INodeRegistry
    function profileOf(address node) external view returns (Profile memory) {
        return _profiles[node];
    }

    /// @inheritdoc INodeRegistry
    function sessionOf(address node) external view returns (Session memory) {
        return _sessions[node];
    }

    /// @inheritdoc INodeRegistry
    function isSession(address node, bytes32 key) external view returns (bool) {
        Session memory s = _sessions[node];
        return key != 0 && s.key == key && block.timestamp <= s.expiry;
    }

    /// @inheritdoc INodeRegistry
    function idOf(address node) external pure returns (bytes32) {
        return bytes32(uint256(uint160(node)));
    }

    function _certify(Certificate memory c) private {
        if (c.key == 0) revert EmptyKey();
        if (c.expiry < block.timestamp) revert CertificateExpired(c.expiry, block.timestamp);
        if (c.expiry - c.issuedAt > MOST_LIFE) revert CertificateTooLong(MOST_LIFE, c.expiry - c.issuedAt);
        _sessions[c.node] = Session(c.key, uint48(c.issuedAt), uint48(c.expiry));
        emit SessionCertified(c.node, c.key, c.issuedAt, c.expiry);
    }

    function _revoke() private {
        bytes32 key = _sessions[msg.sender].key;
        _sessions[msg.sender] = Session(0, uint48(block.timestamp), 0);
        emit SessionRevoked(msg.sender, key);
    }

    function _domainNameAndVersion() internal pure override returns (string memory, string memory) {
        return ("Millrace Nodes", "1");
    }
}
