// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Whom the invariant fuzzer calls, with what, and as whom
/// @notice forge reads the public getters; tests fill the lists in `setUp`.
abstract contract InvariantTargets {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    struct FuzzArtifactSelector {
        string artifact;
        bytes4[] selectors;
    }

    struct FuzzInterface {
        address addr;
        string[] artifacts;
    }

    address[] private _targetContracts;
    address[] private _excludeContracts;
    address[] private _targetSenders;
    address[] private _excludeSenders;
    FuzzSelector[] private _targetSelectors;
    FuzzSelector[] private _excludeSelectors;
    string[] private _targetArtifacts;
    string[] private _excludeArtifacts;
    FuzzArtifactSelector[] private _targetArtifactSelectors;
    FuzzInterface[] private _targetInterfaces;

    function targetContract(address account) internal {
        _targetContracts.push(account);
    }

    function excludeContract(address account) internal {
        _excludeContracts.push(account);
    }

    function targetSender(address account) internal {
        _targetSenders.push(account);
    }

    function excludeSender(address account) internal {
        _excludeSenders.push(account);
    }

    function targetSelector(FuzzSelector memory selector) internal {
        _targetSelectors.push(selector);
    }

    function excludeSelector(FuzzSelector memory selector) internal {
        _excludeSelectors.push(selector);
    }

    function targetArtifact(string memory artifact) internal {
        _targetArtifacts.push(artifact);
    }

    function excludeArtifact(string memory artifact) internal {
        _excludeArtifacts.push(artifact);
    }

    function targetArtifactSelector(FuzzArtifactSelector memory selector) internal {
        _targetArtifactSelectors.push(selector);
    }

    function targetInterface(FuzzInterface memory target) internal {
        _targetInterfaces.push(target);
    }

    function targetContracts() public view returns (address[] memory) {
        return _targetContracts;
    }

    function excludeContracts() public view returns (address[] memory) {
        return _excludeContracts;
    }

    function targetSenders() public view returns (address[] memory) {
        return _targetSenders;
    }

    function excludeSenders() public view returns (address[] memory) {
        return _excludeSenders;
    }

    function targetSelectors() public view returns (FuzzSelector[] memory) {
        return _targetSelectors;
    }

    function excludeSelectors() public view returns (FuzzSelector[] memory) {
        return _excludeSelectors;
    }

    function targetArtifacts() public view returns (string[] memory) {
        return _targetArtifacts;
    }

    function excludeArtifacts() public view returns (string[] memory) {
        return _excludeArtifacts;
    }

    function targetArtifactSelectors() public view returns (FuzzArtifactSelector[] memory) {
        return _targetArtifactSelectors;
    }

    function targetInterfaces() public view returns (FuzzInterface[] memory) {
        return _targetInterfaces;
    }
}
