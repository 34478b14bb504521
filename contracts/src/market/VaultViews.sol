// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Action } from "../interfaces/IGate.sol";
import { MarketConfig, Terms } from "../interfaces/IMarketTypes.sol";
import { IndexMath } from "./IndexMath.sol";
import { Tills } from "./Tills.sol";

/// @notice What ERC-20, ERC-4626 and ERC-3156 let others ask. In the back: each function of the front makes the calls after it dearer.
abstract contract VaultViews is Tills {
    uint8 public immutable decimals;
    uint256 internal immutable flashFeeBps;

    constructor(MarketConfig memory c) {
        (bool ok, bytes32 answer) = _ask(c.asset, abi.encodeWithSignature("decimals()"));
        decimals = ok ? uint8(uint256(answer)) : 18;
        flashFeeBps = c.flashFeeBps;
    }

    function name() external view returns (string memory) {
        return title;
    }

    function symbol() external view returns (string memory) {
        return ticker;
    }

    function nonces(address owner) external view returns (uint256) {
        return nonceOf[owner];
    }

    function totalSupply() public view returns (uint256) {
        return _totals().shares;
    }

    function totalAssets() external view returns (uint256) {
        return IndexMath.worthDown(totalSupply(), accrued.price);
    }

    function convertToShares(uint256 assets) external view returns (uint256) {
        return IndexMath.unitsDown(assets, accrued.price);
    }

    function convertToAssets(uint256 shares) external view returns (uint256) {
        return IndexMath.worthDown(shares, accrued.price);
    }

    function previewDeposit(uint256 assets) external view returns (uint256) {
        return IndexMath.unitsDown(assets, _ceilingNow(accrued, agreed));
    }

    function previewMint(uint256 shares) external view returns (uint256) {
        return IndexMath.worthUp(shares, _ceilingNow(accrued, agreed));
    }

    function previewWithdraw(uint256 assets) external view returns (uint256) {
        uint256 price = accrued.price;
        if (assets == 0) return 0;
        if (price == 0) revert AmountTooLarge(0, assets);
        return IndexMath.unitsUp(assets, price);
    }

    function previewRedeem(uint256 shares) external view returns (uint256) {
        return IndexMath.worthDown(shares, accrued.price);
    }

    function maxDeposit(address receiver) public view returns (uint256) {
        Terms memory t = agreed;
        if (block.timestamp < t.pausedUntil || accrued.price < IndexMath.MIN_PRICE) return 0;
        return _gateAllows(receiver, Action.Supply) ? IndexMath.MOST_ASSETS : 0;
    }

    function maxMint(address receiver) external view returns (uint256) {
        return IndexMath.unitsDown(maxDeposit(receiver), _ceilingNow(accrued, agreed));
    }

    function maxWithdraw(address owner) external view returns (uint256) {
        uint256 worth = IndexMath.worthDown(balanceOf[owner], accrued.price);
        uint256 liquid = _liquid();
        return worth < liquid ? worth : liquid;
    }

    /// @dev Liquidity is counted at the ceiling: a checkpoint that runs first may lift the price that far.
    function maxRedeem(address owner) external view returns (uint256) {
        uint256 shares = balanceOf[owner];
        uint256 payable_ = IndexMath.unitsDown(_liquid(), _ceilingNow(accrued, agreed));
        return shares < payable_ ? shares : payable_;
    }

    function maxFlashLoan(address token) external view returns (uint256) {
        return token == asset ? _liquid() : 0;
    }

    function flashFee(address token, uint256 amount) external view returns (uint256) {
        if (token != asset) revert UnsupportedToken(asset, token);
        return IndexMath.bpsUp(amount, flashFeeBps);
    }
}
