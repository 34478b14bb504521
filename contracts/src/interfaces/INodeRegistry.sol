// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice What a node says of itself.
/// @param endpoint where it answers, a URL of at most 256 bytes
/// @param capabilities Merkle root of what it can do and was measured at
/// @param region short text, such as "FI"
/// @param energy where its electricity comes from, short text, such as "wind"
struct Profile {
    string endpoint;
    bytes32 capabilities;
    bytes32 region;
    bytes32 energy;
}

/// @notice "This ed25519 key speaks for me until then", signed by the node's EVM key:
/// `Certificate(address node,bytes32 key,uint256 issuedAt,uint256 expiry)`.
struct Certificate {
    address node;
    bytes32 key;
    uint256 issuedAt;
    uint256 expiry;
}

/// @notice The ed25519 key of a node. @param key zero when there is none, or it was revoked
struct Session {
    bytes32 key;
    uint48 issuedAt;
    uint48 expiry;
}

/// @title Who the nodes are
/// @notice A node is an account: its id is its address, so nobody numbers nodes and nobody can take another one's place. What
/// is said here is claimed, not checked. Session keys sign asks, receipts and heartbeats; no contract accepts one in place of
/// the node's own key.
interface INodeRegistry {
    event ProfileSet(address indexed node, Profile profile);
    event Retired(address indexed node);
    event SessionCertified(address indexed node, bytes32 indexed key, uint256 issuedAt, uint256 expiry);
    event SessionRevoked(address indexed node, bytes32 indexed key);

    error EndpointTooLong(uint256 most, uint256 length);
    error EmptyEndpoint();
    error EmptyKey();
    /// @notice A later certificate is known, or the key was revoked after this one was issued.
    error CertificateOutdated(uint256 latest, uint256 issuedAt);
    error CertificateFromFuture(uint256 time, uint256 issuedAt);
    error CertificateExpired(uint256 expiry, uint256 time);
    error CertificateTooLong(uint256 most, uint256 duration);
    error BadSignature(address owner);

    /// @notice Sets the caller's profile.
    function setProfile(Profile calldata profile) external;

    /// @notice Removes the caller's profile and session key.
    function retire() external;

    /// @notice Makes `key` the caller's session key until `expiry`, at most 90 days ahead.
    function certify(bytes32 key, uint256 expiry) external;

    /// @notice The same by signature, sent by anyone. Only a certificate issued after the one that is known is accepted: none
    /// is used twice.
    function certifyBySig(Certificate calldata certificate, bytes calldata signature) external;

    /// @notice Ends the caller's session key and makes every certificate issued until now void.
    function revoke() external;

    function profileOf(address node) external view returns (Profile memory);
    function sessionOf(address node) external view returns (Session memory);
    /// @notice Whether `key` speaks for `node` now.
    function isSession(address node, bytes32 key) external view returns (bool);
    /// @notice The id of a node: its address as a word.
    function idOf(address node) external pure returns (bytes32);
}
