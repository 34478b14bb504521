// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IPriceSource, IPullSource } from "../interfaces/IPriceSource.sol";
import { StaticRead } from "./StaticRead.sol";
import { IERC4626 } from "@openzeppelin/contracts/interfaces/IERC4626.sol";

/// @title Shares of an ERC-4626 vault as collateral, with a cap on growth
/// @notice `price = price of the vault's asset * assets per share`, rounded down. A donation can lift a vault's rate in
/// one transaction (wUSDM at Venus, sDOLA at Resupply and LlamaLend); real yield cannot. So the rate counts up to
/// `snapshot * (1 + maxGrowth * elapsed / year)` and not above it. A fall counts at once.
/// @dev A vault whose rate can be *lowered* inside one transaction (re-entrancy, a rate read from a pool) is not fit for
/// this source: the fall would count, and `sync` would hold the snapshot down.
contract VaultRateSource is IPullSource {
    uint256 private constant YEAR = 365 days;
    uint256 private constant SYNC_INTERVAL = 1 days;
    uint256 private constant MAX_GROWTH = 1e18;
    uint256 private constant MIN_RATE = 1e6;

    /// @param rate assets per `SAMPLE` shares
    /// @param time when it was taken
    struct Snapshot {
        uint128 rate;
        uint64 time;
    }

    /// @notice Price of the vault's asset in the loan asset.
    IPriceSource public immutable inner;

    IERC4626 public immutable vault;

    /// @notice How fast the rate may rise, wad per year, simple from the last snapshot.
    uint256 public immutable maxGrowth;

    /// @notice Shares whose worth is asked for: a million whole shares, so that a rate with few decimals (18-decimal
    /// shares of a 6-decimal asset) keeps twelve digits.
    uint256 public immutable SAMPLE;

    /// @notice Written at most once a day and by `sync` only, never in a user's operation.
    Snapshot public snapshot;

    /// @notice The snapshot moved to `rate` assets per `SAMPLE` shares.
    event Synced(uint256 rate);

    /// @notice A vault may be allowed at most 100 % growth a year.
    error GrowthTooHigh(uint256 expectedAtMost, uint256 actual);
    /// @notice The vault does not say what its shares are worth.
    error VaultNotLive();
    /// @notice The rate must keep at least six digits and fit.
    error RateOutOfRange(uint256 expectedAtLeast, uint256 actual);
    /// @notice The last snapshot is less than a day old.
    error SyncTooEarly(uint256 expectedAtLeast, uint256 actual);

    /// @dev The rate at deployment is the first snapshot: deploy when it is right, or check `snapshot` afterwards.
    constructor(IPriceSource inner_, IERC4626 vault_, uint256 maxGrowthPerYear) {
        if (maxGrowthPerYear > MAX_GROWTH) revert GrowthTooHigh(MAX_GROWTH, maxGrowthPerYear);
        inner = inner_;
        vault = vault_;
        maxGrowth = maxGrowthPerYear;
        SAMPLE = 10 ** (uint256(vault_.decimals()) + 6);
        uint256 rate = vault_.convertToAssets(SAMPLE);
        if (rate < MIN_RATE || rate > type(uint128).max) revert RateOutOfRange(MIN_RATE, rate);
        _take(rate);
    }

    /// @inheritdoc IPriceSource
    function read() external view returns (uint256 price, bool live) {
        uint256 rate;
        (rate, live) = cappedRate();
        if (!live) return (0, false);
        (bool ok, uint256[] memory words) =
            StaticRead.tryWords(address(inner), gasleft(), abi.encodeCall(IPriceSource.read, ()), 2);
        if (!ok || words[1] != 1 || words[0] > type(uint256).max / rate) return (0, false);
        price = words[0] * rate / SAMPLE;
        return (price, price != 0);
    }

    /// @notice The lower of the vault's rate and the cap, in assets per `SAMPLE` shares, rounded down.
    /// @return rate what a price is built from
    /// @return live false when the vault reverts, or the rate is zero
    function cappedRate() public view returns (uint256 rate, bool live) {
        (bool ok, uint256[] memory words) =
            StaticRead.tryWords(address(vault), gasleft(), abi.encodeCall(IERC4626.convertToAssets, (SAMPLE)), 1);
        if (!ok) return (0, false);
        uint256 cap = capDown();
        rate = words[0] < cap ? words[0] : cap;
        return (rate, rate != 0);
    }

    /// @notice The highest rate that counts now, in assets per `SAMPLE` shares, rounded down.
    function capDown() public view returns (uint256 cap) {
        Snapshot memory last = snapshot;
        cap = last.rate + last.rate * (maxGrowth * (block.timestamp - last.time)) / (YEAR * 1e18);
        if (cap > type(uint128).max) cap = type(uint128).max;
    }

    /// @notice Moves the snapshot to the lower of the vault's rate and the cap.
    /// @dev Anyone, at most once a day. The one write to a slot that users' operations read; it is apart from them.
    function sync() external {
        uint256 due = snapshot.time + SYNC_INTERVAL;
        if (block.timestamp < due) revert SyncTooEarly(due, block.timestamp);
        (uint256 rate, bool live) = cappedRate();
        if (!live) revert VaultNotLive();
        _take(rate);
    }

    /// @inheritdoc IPullSource
    /// @dev Passed on to the inner source, which decides about the encoding.
    function submit(bytes calldata data) external {
        IPullSource(address(inner)).submit(data);
    }

    function _take(uint256 rate) private {
        // Both fit: every caller has bounded the rate.
        // forge-lint: disable-next-line(unsafe-typecast)
        snapshot = Snapshot(uint128(rate), uint64(block.timestamp));
        emit Synced(rate);
    }
}
