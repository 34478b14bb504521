// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice What Aave asks for a price in dollars, 8 decimals: one slot, no rounds.
contract AaveFeed {
    int256 public latestAnswer;

    constructor(int256 answer) {
        latestAnswer = answer;
    }

    function set(int256 answer) external {
        latestAnswer = answer;
    }
}

/// @notice What Morpho Blue asks for the price of one unit of collateral in units of the loan, scaled by 1e36: one slot.
contract MorphoOracle {
    uint256 public price;

    constructor(uint256 price_) {
        price = price_;
    }

    function set(uint256 price_) external {
        price = price_;
    }
}

interface IToken {
    function approve(address spender, uint256 amount) external returns (bool);
}

interface IMorpho {
    function flashLoan(address token, uint256 assets, bytes calldata data) external;
}

/// @notice Does nothing with the money of a flash loan. It has a standing approval and holds the premium.
contract FlashReceiver {
    address private immutable LENDER;
    address private immutable TOKEN;

    constructor(address lender, address token) {
        LENDER = lender;
        TOKEN = token;
        IToken(token).approve(lender, type(uint256).max);
    }

    /// @notice Called by Aave, after the user has called Aave.
    function executeOperation(address, uint256, uint256, address, bytes calldata) external view returns (bool) {
        require(msg.sender == LENDER);
        return true;
    }

    /// @notice Called by the user, as Morpho Blue lends to whoever calls.
    function borrow(uint256 amount) external {
        IMorpho(LENDER).flashLoan(TOKEN, amount, "");
    }

    /// @notice Called by Morpho Blue.
    function onMorphoFlashLoan(uint256, bytes calldata) external view {
        require(msg.sender == LENDER);
    }
}
