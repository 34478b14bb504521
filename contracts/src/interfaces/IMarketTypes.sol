// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice How money enters and leaves the tills in one operation, and which stripe keeps its books.
/// @dev Zero means "the owner's own stripe, then a scan". Layout, from the low end: byte 0 flags (bit 0: the owner pays, which
/// needs an operator with PAY scope when the caller is somebody else), byte 1 the number of tills listed (0–30), then one byte a till.
/// The first till listed is also the stripe of the books. Incoming money is split evenly over the tills listed; outgoing money
/// leaves them in order, then whatever a scan from the owner's stripe finds.
type Route is uint256;

/// @notice One collateral of a market. Fractions are basis points (1e4 = 100 %).
/// @param token ERC-20, distinct from the loan asset and from the other collaterals.
/// @param oracle an `IOracle` that prices one base unit of `token` in base units of the loan asset, scaled by 1e36.
/// @param borrowLtvBps what may be borrowed against the bid value. Below `liquidationLtvBps`.
/// @param liquidationLtvBps where liquidation starts, against the ask value.
/// @param maxBonusBps the most a liquidator earns. `(1 + maxBonus) · liquidationLtv < 1`.
/// @param cap the most of `token` that the tills accept together; each of L tills accepts `cap / L`.
struct CollateralConfig {
    address token;
    address oracle;
    uint16 borrowLtvBps;
    uint16 liquidationLtvBps;
    uint16 maxBonusBps;
    uint128 cap;
}

/// @notice Everything that is decided, for ever, when a market is created.
/// @param asset the loan token: no fee on transfer, no rebasing, total supply below 2^112.
/// @param stripes L, a power of two from 1 to 64.
/// @param rateModel an `IRateModel`; called at checkpoints only.
/// @param gate an `IGate`, or zero for a market open to all.
/// @param guardian who may stop new supply and borrowing for a limited time, or zero.
/// @param cover who pays bad debt after the reserve, by an allowance to the market, or zero.
/// @param minEpoch seconds before which a checkpoint does nothing.
/// @param maxEpoch seconds after which an operation checkpoints first; at least 10 · minEpoch (0 checkpoints at every new timestamp).
/// @param feeBps share of what was earned that goes to the reserve.
/// @param rewardBps share of that fee paid to whoever checkpoints, when due.
/// @param flashFeeBps fee of a flash loan, rounded up.
/// @param targetHealthBps health that a partial liquidation restores; above 1e4.
/// @param initialRate interest per second, wad, until the first checkpoint.
/// @param minDebt the least debt that `borrow` leaves, base units of the asset.
struct MarketConfig {
    address asset;
    string name;
    string symbol;
    uint8 stripes;
    address rateModel;
    address gate;
    address guardian;
    address cover;
    uint32 minEpoch;
    uint32 maxEpoch;
    uint16 feeBps;
    uint16 rewardBps;
    uint16 flashFeeBps;
    uint16 targetHealthBps;
    uint64 initialRate;
    uint128 minDebt;
    CollateralConfig[] collaterals;
}

/// @notice What a checkpoint settled. `price` and `index` are ray (1e27 = 1).
struct Accrual {
    uint112 price;
    uint112 index;
    uint32 settledAt;
}

/// @notice The rest of a checkpoint. `rate` is interest per second in wad, `reserve` base units of the asset.
struct Terms {
    uint64 rate;
    uint128 reserve;
    uint32 rateSetAt;
    uint32 pausedUntil;
}

/// @notice What the stripes add up to. `debt` is scaled by the borrow index; `cash` may be negative when donated tokens were lent.
struct Totals {
    uint256 shares;
    uint256 debt;
    int256 cash;
}

/// @notice What was fixed at creation, besides the collaterals (see `MarketConfig`).
struct Parameters {
    uint256 stripes;
    address rateModel;
    address gate;
    address guardian;
    address cover;
    uint256 minEpoch;
    uint256 maxEpoch;
    uint256 feeBps;
    uint256 rewardBps;
    uint256 flashFeeBps;
    uint256 targetHealthBps;
    uint256 minDebt;
}
