// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC3156FlashBorrower } from "../interfaces/IERC3156.sol";
import { IMarket } from "../interfaces/IMarket.sol";
import { Route } from "../interfaces/IMarketTypes.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title A flash borrower that does nothing with the money
/// @notice For tests, devnets and the gas benchmark only: it gives one lender a standing approval, so fund it with no
/// more than the fees.
contract FlashBorrower is IERC3156FlashBorrower {
    /// @notice The market it borrows from, and the only contract that may call back.
    IMarket public immutable lender;
    /// @notice What it borrows.
    IERC20 public immutable token;

    /// @notice Somebody else than the lender called back.
    error UnknownLender(address expected, address actual);

    constructor(IMarket lender_, IERC20 token_) {
        lender = lender_;
        token = token_;
        token_.approve(address(lender_), type(uint256).max);
    }

    /// @notice Borrows and gives back. Open to anyone: it can only cost the fee.
    function borrow(uint256 amount, Route route) external {
        lender.flashLoan(this, address(token), amount, "", route);
    }

    /// @inheritdoc IERC3156FlashBorrower
    function onFlashLoan(address, address, uint256, uint256, bytes calldata) external view returns (bytes32) {
        if (msg.sender != address(lender)) revert UnknownLender(address(lender), msg.sender);
        return keccak256("ERC3156FlashBorrower.onFlashLoan");
    }
}
