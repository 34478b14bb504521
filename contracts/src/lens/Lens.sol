// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "../interfaces/IMarket.sol";
import { Accrual, CollateralConfig, Parameters, Route, Terms, Totals } from "../interfaces/IMarketTypes.sol";
import { IOracle } from "../interfaces/IOracle.sol";
import { IndexMath } from "../market/IndexMath.sol";
import { LiquidationMath } from "../market/LiquidationMath.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { FixedPointMathLib } from "solady/utils/FixedPointMathLib.sol";

/// @notice Reads markets for people and programs off the chain. Never rely on it from a contract: it reads everything.
/// @dev Amounts in base units of the asset unless said otherwise; fractions wad.
contract Lens {
    /// @param liquid what the tills hold @param owed all debt now @param ceiling price at which shares are bought now (ray)
    struct MarketView {
        address asset;
        Parameters parameters;
        CollateralConfig[] collaterals;
        Accrual accrual;
        Terms terms;
        Totals totals;
        uint256 liquid;
        uint256 owed;
        uint256 utilisation;
        uint256 ceiling;
        bool due;
    }

    /// @param amount base units of the collateral @param value at the ask; `bid` and `ask` scaled by 1e36, 0 when unusable
    struct CollateralView {
        address token;
        uint256 amount;
        uint256 value;
        uint256 bid;
        uint256 ask;
    }

    /// @param supplied worth of the shares at the settled price @param capacity what may be borrowed at most
    /// @param limit debt at which liquidation starts @param health limit / debt; max when there is no debt
    struct PositionView {
        uint256 shares;
        uint256 supplied;
        uint256 debt;
        uint256 value;
        uint256 capacity;
        uint256 limit;
        uint256 health;
        CollateralView[] collaterals;
    }

    /// @param viable whether naming collateral i works @param repay the most that may be repaid (exactly this in a close-out)
    /// @param bonus of collateral i, wad
    struct LiquidationView {
        bool liquidatable;
        bool closeOut;
        bool viable;
        uint256 repay;
        uint256 seized;
        uint256 bonus;
    }

    function market(IMarket m) external view returns (MarketView memory v) {
        v.asset = m.asset();
        v.parameters = m.parameters();
        v.collaterals = new CollateralConfig[](m.collateralCount());
        for (uint256 i; i < v.collaterals.length; ++i) {
            v.collaterals[i] = m.collateral(i);
        }
        v.accrual = m.accrual();
        v.terms = m.terms();
        v.totals = m.totals();
        v.liquid = m.maxFlashLoan(v.asset);
        uint256 elapsed = block.timestamp - v.accrual.settledAt;
        v.owed = IndexMath.worthUp(v.totals.debt, IndexMath.grownUp(v.accrual.index, v.terms.rate, elapsed));
        v.utilisation = IndexMath.utilisation(v.owed, v.totals.cash);
        v.ceiling = IndexMath.grownUp(v.accrual.price, v.terms.rate, elapsed);
        uint256 wait = v.parameters.minEpoch == 0 ? 1 : v.parameters.minEpoch;
        v.due = elapsed >= wait || block.timestamp - v.terms.rateSetAt >= wait;
    }

    function positions(IMarket m, address[] calldata owners) external view returns (PositionView[] memory list) {
        list = new PositionView[](owners.length);
        for (uint256 k; k < owners.length; ++k) {
            list[k] = position(m, owners[k]);
        }
    }

    function position(IMarket m, address owner) public view returns (PositionView memory v) {
        v.shares = m.balanceOf(owner);
        v.supplied = m.convertToAssets(v.shares);
        v.debt = m.debtOf(owner);
        v.collaterals = new CollateralView[](m.collateralCount());
        for (uint256 i; i < v.collaterals.length; ++i) {
            CollateralConfig memory k = m.collateral(i);
            CollateralView memory c = v.collaterals[i];
            (c.token, c.amount) = (k.token, m.collateralOf(owner, i));
            (c.bid, c.ask) = _quote(k.oracle);
            c.value = FixedPointMathLib.fullMulDiv(c.amount, c.ask, IndexMath.PRICE_SCALE);
            v.value += c.value;
            v.limit += c.value * k.liquidationLtvBps / IndexMath.BPS;
            v.capacity += FixedPointMathLib.fullMulDiv(c.amount, c.bid, IndexMath.PRICE_SCALE) * k.borrowLtvBps
            / IndexMath.BPS;
        }
        if (_isBlind(v)) v.capacity = 0;
        v.health = v.debt == 0 ? type(uint256).max : v.limit * IndexMath.WAD / v.debt;
    }

    /// @notice What `liquidate(owner, i, …)` would do now.
    function previewLiquidation(IMarket m, address owner, uint256 i) external view returns (LiquidationView memory v) {
        PositionView memory p = position(m, owner);
        v.liquidatable = p.debt != 0 && p.limit < p.debt && !_isBlind(p);
        if (!v.liquidatable) return v;
        CollateralConfig memory k = m.collateral(i);
        CollateralView memory c = p.collaterals[i];
        uint256 most = uint256(k.maxBonusBps) * 1e14;
        v.closeOut = LiquidationMath.isCloseOut(p.debt, p.value);
        if (v.closeOut) {
            v.viable = c.amount != 0 || m.positionOf(owner).held == 0;
            v.bonus = LiquidationMath.closeOutBonus(p.debt, p.value, most);
            v.repay = LiquidationMath.priceOf(p.value, v.bonus);
            v.seized = c.amount;
            return v;
        }
        uint256 lltv = uint256(k.liquidationLtvBps) * 1e14;
        (v.viable, v.bonus) = LiquidationMath.bonus(p.debt, p.value, p.limit, lltv, most);
        v.viable = v.viable && c.amount != 0;
        if (!v.viable) return v;
        Parameters memory t = m.parameters();
        v.repay = LiquidationMath.min(
            LiquidationMath.repayToTarget(p.debt, p.limit, lltv, v.bonus, t.targetHealthBps * 1e14, t.minDebt),
            LiquidationMath.priceOf(c.value, v.bonus)
        );
        Accrual memory a = m.accrual();
        uint256 index = IndexMath.grownUp(a.index, m.terms().rate, block.timestamp - a.settledAt);
        uint256 scaled;
        (v.repay, scaled) = IndexMath.clamp(v.repay, m.positionOf(owner).debt, index);
        v.viable = scaled != 0;
        uint256 settled = LiquidationMath.min(v.repay, IndexMath.worthDown(scaled, index));
        uint256 bought = settled * (IndexMath.WAD + v.bonus) / IndexMath.WAD;
        v.seized = LiquidationMath.min(c.amount, FixedPointMathLib.fullMulDiv(bought, IndexMath.PRICE_SCALE, c.ask));
    }

    /// @dev Whether something held has no live price: then nothing is lent on the position, and it cannot be liquidated.
    function _isBlind(PositionView memory v) private pure returns (bool) {
        for (uint256 i; i < v.collaterals.length; ++i) {
            if (v.collaterals[i].amount != 0 && v.collaterals[i].ask == 0) return true;
        }
        return false;
    }

    function tillBalances(IMarket m, address token) public view returns (uint256[] memory balances) {
        balances = new uint256[](m.parameters().stripes);
        for (uint256 j; j < balances.length; ++j) {
            balances[j] = IERC20(token).balanceOf(m.tillOf(j));
        }
    }

    /// @notice The route with the fewest tills that holds `amount`: till `preferred` alone if it can, otherwise the fullest first.
    /// @return route at most 30 tills @return available what those tills hold; less than `amount` when cash is short
    function findLiquidity(IMarket m, address token, uint256 amount, uint256 preferred)
        external
        view
        returns (Route route, uint256 available)
    {
        uint256[] memory balances = tillBalances(m, token);
        if (preferred < balances.length && balances[preferred] >= amount) {
            return (Route.wrap(preferred << 16 | 1 << 8), balances[preferred]);
        }
        uint256 packed;
        uint256 n;
        while (n < 30 && available < amount) {
            uint256 fullest;
            for (uint256 j = 1; j < balances.length; ++j) {
                if (balances[j] > balances[fullest]) fullest = j;
            }
            if (balances[fullest] == 0) break;
            available += balances[fullest];
            balances[fullest] = 0;
            packed |= fullest << (16 + 8 * n++);
        }
        route = Route.wrap(packed | n << 8);
    }

    function _quote(address oracle) private view returns (uint256 bid, uint256 ask) {
        try IOracle(oracle).quote() returns (uint256 b, uint256 a) {
            (bid, ask) = (b < a ? b : a, a);
        } catch { }
    }
}
