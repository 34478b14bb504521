// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ECDSA } from "solady/utils/ECDSA.sol";
import { EIP712 } from "solady/utils/EIP712.sol";
import { SignatureCheckerLib } from "solady/utils/SignatureCheckerLib.sol";

/// @notice EIP-712 signatures of accounts with a key, and of contracts (ERC-1271).
abstract contract Signatures is EIP712 {
    /// @dev The key is tried first: looking whether the signer has code costs 2,600 gas, and an account that has both (EIP-7702)
    /// may sign either way. Both kinds of root and the short form (EIP-2098) pass, so no signature may serve as an id.
    function _isSigned(address signer, bytes32 structHash, bytes calldata signature) internal view returns (bool) {
        bytes32 digest = _hashTypedData(structHash);
        if (signer == address(0)) return false;
        if (ECDSA.tryRecoverCalldata(digest, signature) == signer) return true;
        return
            signer.code.length != 0 && SignatureCheckerLib.isValidERC1271SignatureNowCalldata(signer, digest, signature);
    }
}
