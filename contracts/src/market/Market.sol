// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Accrual, MarketConfig, Terms } from "../interfaces/IMarketTypes.sol";
import { Collaterals } from "./Collaterals.sol";
import { FlashLender } from "./FlashLender.sol";
import { IndexMath } from "./IndexMath.sol";
import { Loans } from "./Loans.sol";
import { MarketExtension } from "./MarketExtension.sol";
import { MarketState } from "./MarketState.sol";
import { Settling } from "./Settling.sol";
import { Tills } from "./Tills.sol";
import { Vault } from "./Vault.sol";

/// @title A Millrace market: one loan asset, up to eight collaterals, no shared slot in anybody's way.
/// @dev This is the front: what people do every day. Checkpoints, liquidations, permissions and views are in `MarketExtension`, reached
/// by delegatecall. All prose is on `IMarket`.
contract Market is Vault, Loans, FlashLender {
    constructor(MarketConfig memory c, MarketExtension to)
        MarketState(c)
        Settling(address(to))
        Tills(to.tills())
        Collaterals(c)
        FlashLender(c)
    {
        if (to.configHash() != keccak256(abi.encode(c))) {
            revert BadConfig("extension", uint160(address(to)));
        }
        if (c.initialRate > IndexMath.MAX_RATE) revert BadConfig("initialRate", c.initialRate);
        (title, ticker) = (c.name, c.symbol);
        uint112 ray = uint112(IndexMath.RAY);
        uint32 time = uint32(block.timestamp);
        accrued = Accrual({ price: ray, index: ray, settledAt: time });
        agreed = Terms({ rate: c.initialRate, reserve: 0, rateSetAt: time, pausedUntil: 0 });
    }
}
