// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Action } from "../interfaces/IGate.sol";
import { Accrual, MarketConfig, Terms, Totals } from "../interfaces/IMarketTypes.sol";
import { IRateModel } from "../interfaces/IRateModel.sol";
import { IndexMath } from "./IndexMath.sol";
import { MarketState } from "./MarketState.sol";
import { Stripes, SupplyStripe } from "./Stripes.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice The only place where price, index, rate and reserve are written (besides bad debt).
/// @dev With R = Σcash + Σdebt·I(t) − S·P − F, everything here and in the operations keeps R ≥ 0 and never lowers it:
/// people enter at the ceiling, leave at the settled price, and a checkpoint hands out at most what R holds.
abstract contract Checkpoints is MarketState {
    using Stripes for SupplyStripe;

    uint256 private constant RATE_MODEL_GAS = 200_000;

    address internal immutable rateModel;
    uint256 internal immutable minEpoch;
    uint256 internal immutable feeBps;
    uint256 internal immutable rewardBps;

    constructor(MarketConfig memory c) {
        if (c.rateModel.code.length == 0) revert BadConfig("rateModel", uint160(c.rateModel));
        if (c.feeBps > 5000) revert BadConfig("feeBps", c.feeBps);
        if (c.rewardBps > 1000) revert BadConfig("rewardBps", c.rewardBps);
        rateModel = c.rateModel;
        minEpoch = c.minEpoch;
        feeBps = c.feeBps;
        rewardBps = c.rewardBps;
    }

    function checkpoint() external returns (bool settled) {
        uint256 before = _enter();
        if (_isDue(accrued, agreed, before)) {
            _checkpoint(before, msg.sender);
            settled = true;
        }
        phase = before;
    }

    /// @dev A transaction that already used the market cannot move the rate, so it cannot take the next turn to do so either.
    function _isDue(Accrual memory a, Terms memory t, uint256 before) private view returns (bool) {
        uint256 wait = minEpoch == 0 ? 1 : minEpoch;
        if (block.timestamp - a.settledAt >= wait) return true;
        return before & USED == 0 && block.timestamp - t.rateSetAt >= wait;
    }

    /// @dev Operations that find the last checkpoint too old run this first (see `Settling`). Nobody depends on a keeper.
    /// In the middle of an operation nobody else may: the books have moved, and the rate would follow them.
    function settle() external {
        uint256 before = phase;
        if (before & ENTERED != 0 && before & SETTLING == 0) revert Reentered();
        before &= ~SETTLING;
        phase = before | ENTERED;
        if (block.timestamp - accrued.settledAt > maxEpoch) _checkpoint(before, address(0));
        phase = before;
    }

    function _checkpoint(uint256 before, address payee) internal {
        (Accrual memory a, Terms memory t, Totals memory sum) = (accrued, agreed, _totals());
        uint256 elapsed = block.timestamp - a.settledAt;
        uint256 index = IndexMath.grownUp(a.index, t.rate, elapsed);
        if (index > IndexMath.MAX_INDEX) index = IndexMath.MAX_INDEX;
        uint256 owed = IndexMath.worthDown(sum.debt, index);
        (uint256 price, uint256 kept, uint256 fee) = _allot(a, t, sum, owed, elapsed);
        uint256 reward = _reward(payee, fee, price);
        if (reward != 0) {
            kept -= IndexMath.worthUp(reward, price);
            stripes[_ownStripe(payee)].supply.add(int256(reward), 0);
            balanceOf[payee] += reward;
            emit IERC20.Transfer(address(0), payee, reward);
        }
        t.reserve = uint128(t.reserve + kept);
        if (before & USED == 0) {
            t.rate = uint64(_nextRate(t, IndexMath.utilisation(owed, sum.cash)));
            t.rateSetAt = uint32(block.timestamp);
        }
        if (index > IndexMath.MAX_INDEX / 2) t.rate = 0;
        accrued = Accrual({ price: uint112(price), index: uint112(index), settledAt: uint32(block.timestamp) });
        agreed = t;
        emit Checkpointed(price, index, t.rate, t.reserve, payee, reward);
    }

    /// @dev Splits what was earned since the last checkpoint: the fee and whatever would lift the price above the ceiling are kept.
    function _allot(Accrual memory a, Terms memory t, Totals memory sum, uint256 owed, uint256 elapsed)
        private
        view
        returns (uint256 price, uint256 kept, uint256 fee)
    {
        price = a.price;
        int256 earned =
            sum.cash + int256(owed) - int256(IndexMath.worthUp(sum.shares, price)) - int256(uint256(t.reserve));
        if (earned <= 0) return (price, 0, 0);
        kept = uint256(earned);
        fee = kept * feeBps / IndexMath.BPS;
        if (sum.shares == 0) return (price, kept, fee);
        uint256 lifted = price + IndexMath.unitsDown(kept - fee, sum.shares);
        uint256 ceiling = IndexMath.grownDown(price, t.rate, elapsed);
        if (lifted > ceiling) lifted = ceiling;
        if (lifted > IndexMath.MAX_INDEX) lifted = IndexMath.MAX_INDEX;
        kept -= IndexMath.worthUp(sum.shares, lifted - price);
        price = lifted;
    }

    /// @dev Shares for whoever checkpoints: a part of this epoch's fee.
    function _reward(address payee, uint256 fee, uint256 price) private view returns (uint256) {
        if (payee == address(0) || fee == 0) return 0;
        if (!_gateAllows(payee, Action.Hold)) return 0;
        return IndexMath.unitsDown(fee * rewardBps / IndexMath.BPS, price);
    }

    /// @dev A model that fails, burns its gas or returns nonsense leaves the rate where it is.
    function _nextRate(Terms memory t, uint256 utilisation) private returns (uint256) {
        uint256 elapsed = block.timestamp - t.rateSetAt;
        uint256 needed = RATE_MODEL_GAS + RATE_MODEL_GAS / 8;
        if (gasleft() < needed) revert InsufficientGas(needed, gasleft());
        bytes memory input = abi.encodeCall(IRateModel.nextRate, (utilisation, t.rate, elapsed));
        address model = rateModel;
        bool ok;
        uint256 target;
        assembly ("memory-safe") {
            ok := call(RATE_MODEL_GAS, model, 0, add(input, 32), mload(input), 0, 32)
            ok := and(ok, gt(returndatasize(), 31))
            target := mload(0)
        }
        return ok ? IndexMath.slewed(t.rate, target, elapsed) : t.rate;
    }
}
