// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC3156FlashBorrower } from "../interfaces/IERC3156.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title A flash borrower that does nothing with the money
/// @notice For tests, devnets and the gas benchmark only: it gives one lender a standing approval, so fund it with no
/// more than the fees.
contract FlashBorrower is IERC3156FlashBorrower {
    /// @notice The only contract that may call back.
    address public immutable lender;

    /// @notice Somebody else than the lender called back.
    error UnknownLender(address expected, address actual);

    constructor(address lender_, IERC20 token) {
        lender = lender_;
        token.approve(lender_, type(uint256).max);
    }

    /// @inheritdoc IERC3156FlashBorrower
    function onFlashLoan(address, address, uint256, uint256, bytes calldata) external view returns (bytes32) {
        if (msg.sender != lender) revert UnknownLender(lender, msg.sender);
        return keccak256("ERC3156FlashBorrower.onFlashLoan");
    }
}
