// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { MarketConfig } from "../interfaces/IMarketTypes.sol";
import { SSTORE2 } from "solady/utils/SSTORE2.sol";

/// @notice Creates markets from known code; anyone may. The factory keeps no power over them.
contract MarketFactory {
    error DeployFailed(bytes32 part);

    event MarketCreated(address indexed market, address indexed asset, address indexed creator, MarketConfig config);

    /// @notice The creation code of every market of this factory, hashed: compare it with the published build.
    bytes32 public immutable marketCodeHash;
    bytes32 public immutable extensionCodeHash;
    /// @notice Deploys the tills of all markets.
    address public immutable tills;

    address[] private marketCode;
    address[] private extensionCode;

    /// @notice Whether this factory made it; other contracts may rely on it.
    mapping(address market => bool) public isMarket;

    constructor(address tills_, address[] memory marketChunks, address[] memory extensionChunks) {
        tills = tills_;
        marketCode = marketChunks;
        extensionCode = extensionChunks;
        marketCodeHash = keccak256(_read(marketChunks));
        extensionCodeHash = keccak256(_read(extensionChunks));
    }

    /// @notice Deploys the extension and the market. Reverts with the market's `BadConfig` when a parameter is out of range.
    function createMarket(MarketConfig calldata config) external returns (address market) {
        address extension = _deploy("extension", bytes.concat(_read(extensionCode), abi.encode(config, tills)));
        market = _deploy("market", bytes.concat(_read(marketCode), abi.encode(config, extension)));
        isMarket[market] = true;
        emit MarketCreated(market, config.asset, msg.sender, config);
    }

    function _read(address[] memory chunks) private view returns (bytes memory code) {
        for (uint256 i; i < chunks.length; ++i) {
            code = bytes.concat(code, SSTORE2.read(chunks[i]));
        }
    }

    function _deploy(bytes32 part, bytes memory initCode) private returns (address made) {
        assembly ("memory-safe") {
            made := create(0, add(initCode, 32), mload(initCode))
            if and(iszero(made), gt(returndatasize(), 0)) {
                returndatacopy(0, 0, returndatasize())
                revert(0, returndatasize())
            }
        }
        if (made == address(0)) revert DeployFailed(part);
    }
}
