// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Accrual, CollateralConfig, MarketConfig, Parameters, Terms, Totals } from "../interfaces/IMarketTypes.sol";
import { IPullOracle } from "../interfaces/IOracle.sol";
import { BadDebt } from "./BadDebt.sol";
import { Checkpoints } from "./Checkpoints.sol";
import { Collaterals } from "./Collaterals.sol";
import { IndexMath } from "./IndexMath.sol";
import { Liquidations } from "./Liquidations.sol";
import { MarketState, Position } from "./MarketState.sol";
import { Permissions } from "./Permissions.sol";
import { Stripe } from "./Stripes.sol";
import { ITillOwner } from "./Till.sol";
import { Tills } from "./Tills.sol";
import { VaultViews } from "./VaultViews.sol";
import { SafeTransferLib } from "solady/utils/SafeTransferLib.sol";

/// @notice The back of a market: runs on the market's storage by delegatecall and holds nothing itself.
contract MarketExtension is Liquidations, Permissions, VaultViews, ITillOwner {
    uint256 private constant MAX_PAUSE = 3 days;

    bytes32 public immutable configHash;
    address private immutable guardian;

    constructor(MarketConfig memory c, address tillFactory_)
        MarketState(c)
        Tills(tillFactory_)
        Collaterals(c)
        Checkpoints(c)
        BadDebt(c)
        Liquidations(c)
        VaultViews(c)
    {
        configHash = keccak256(abi.encode(c));
        guardian = c.guardian;
    }

    function pause(uint256 duration) external {
        _requireGuardian();
        if (duration > MAX_PAUSE) revert PauseTooLong(MAX_PAUSE, duration);
        uint256 until = agreed.pausedUntil;
        if (until != 0 && block.timestamp < until + MAX_PAUSE) revert PauseCoolingDown(until + MAX_PAUSE);
        _setPause(block.timestamp + duration);
    }

    function unpause() external {
        _requireGuardian();
        if (block.timestamp < agreed.pausedUntil) _setPause(block.timestamp);
    }

    /// @notice Runs several calls to this market as the caller, all or none.
    function multicall(bytes[] calldata calls) external returns (bytes[] memory results) {
        results = new bytes[](calls.length);
        for (uint256 k; k < calls.length; ++k) {
            (bool ok, bytes memory out) = address(this).delegatecall(calls[k]);
            if (!ok) {
                assembly ("memory-safe") {
                    revert(add(out, 32), mload(out))
                }
            }
            results[k] = out;
        }
    }

    function submitPrice(uint256 i, bytes calldata data) external {
        (, address oracle,) = _collateral(i);
        IPullOracle(oracle).submit(data);
    }

    function rebalance(address token, uint256 from, uint256 to) external {
        uint256 before = _enter();
        (address source, address target) = (_tillOf(from), _tillOf(to));
        (uint256 more, uint256 less) = (_balance(token, source), _balance(token, target));
        if (more < less + 2) revert NothingToRebalance(more, less);
        uint256 amount = (more - less) / 2;
        _makeReady(token, from, amount);
        SafeTransferLib.safeTransferFrom(token, source, target, amount);
        emit Rebalanced(token, from, to, amount);
        phase = before;
    }

    function tills() external view returns (address) {
        return tillFactory;
    }

    function tillOf(uint256 j) external view returns (address) {
        return _tillOf(j);
    }

    /// @inheritdoc ITillOwner
    function tillTokens() external view returns (address[] memory tokens) {
        tokens = new address[](kindCount + 1);
        tokens[0] = asset;
        for (uint256 i; i < kindCount; ++i) {
            (tokens[i + 1],,) = _collateral(i);
        }
    }

    function collateralCount() external view returns (uint256) {
        return kindCount;
    }

    function collateral(uint256 i) external view returns (CollateralConfig memory config) {
        uint256 packed;
        (config.token, config.oracle, packed) = _collateral(i);
        config.cap = uint128(_capOf(packed) * stripeCount);
        config.maxBonusBps = uint16(_maxBonusBps(packed));
        config.liquidationLtvBps = uint16(_liquidationLtvBps(packed));
        config.borrowLtvBps = uint16(_borrowLtvBps(packed));
    }

    function busy() external view returns (bool) {
        return phase & (ENTERED | IN_CALLBACK) != 0;
    }

    function parameters() external view returns (Parameters memory) {
        return Parameters({
            stripes: stripeCount,
            rateModel: rateModel,
            gate: gate,
            guardian: guardian,
            cover: cover,
            minEpoch: minEpoch,
            maxEpoch: maxEpoch,
            feeBps: feeBps,
            rewardBps: rewardBps,
            flashFeeBps: flashFeeBps,
            targetHealthBps: targetHealthBps,
            minDebt: minDebt
        });
    }

    function accrual() external view returns (Accrual memory) {
        return accrued;
    }

    function terms() external view returns (Terms memory) {
        return agreed;
    }

    function totals() external view returns (Totals memory) {
        return _totals();
    }

    function stripeAt(uint256 j) external view returns (Stripe memory) {
        return stripes[j];
    }

    function positionOf(address owner) external view returns (Position memory) {
        return positions[owner];
    }

    function collateralOf(address owner, uint256 i) external view returns (uint256) {
        return _held(positions[owner], i);
    }

    function debtOf(address owner) external view returns (uint256) {
        return IndexMath.worthUp(positions[owner].debt, _indexNow(accrued, agreed));
    }

    function _requireGuardian() private view {
        if (msg.sender != guardian) revert NotGuardian(guardian, msg.sender);
    }

    function _setPause(uint256 until) private {
        agreed.pausedUntil = uint32(until);
        emit PauseSet(until);
    }
}
