// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "../../src/interfaces/IMarket.sol";
import { IMarketEvents } from "../../src/interfaces/IMarketEvents.sol";
import { MarketConfig } from "../../src/interfaces/IMarketTypes.sol";
import { InvariantsSpec } from "../InvariantsSpec.sol";
import { Vm } from "../Vm.sol";
import { Calls } from "../market/Calls.sol";
import { MarketFixture } from "../market/MarketFixture.sol";
import { Player, Step } from "../market/Player.sol";
import { Moves } from "./Moves.sol";
import { Solvency } from "./Solvency.sol";

/// @title MKT-07: one actor with two accounts, flash loans and callbacks, against honest people
/// @notice Wealth is exact: tokens, shares at the settled price, collateral at a price that does not move, less debt at the index now.
abstract contract NoProfit is MarketFixture, InvariantsSpec, Moves {
    using Solvency for IMarket;

    uint256 private constant TRANSACTIONS = 8;
    Player[2] private players;

    function setUp() public override {
        super.setUp();
        for (uint256 k; k < 2; ++k) {
            players[k] = new Player();
            address who = address(players[k]);
            _equip(who);
        }
    }

    /// @notice Interest of others is pending, donations lie in tills, and no time passes: checkpoints are sandwiched at will.
    /// forge-config: default.fuzz.runs = 48
    function testFuzz_nothingInOneMoment(uint256 seed) public {
        _lendAndBorrow(500 * ETH, 600_000 * USD);
        _pledge(carol, 1, 10 * BTC);
        _borrow(carol, 100_000 * USD);
        loan.mint(market.tillOf(0), seed % 1e9);
        skip(seed % 3 hours);
        _playAndCompare(seed, 0);
    }

    /// @notice Only this actor owes, so all interest is its own: not even time, nor the reward of a checkpoint, makes a profit.
    /// forge-config: default.fuzz.runs = 48
    function testFuzz_nothingAgainstAPassiveLender(uint256 seed) public {
        _deposit(alice, 1_000_000 * USD);
        skip(seed % 3 hours);
        _playAndCompare(seed, 3 hours);
    }

    function _playAndCompare(uint256 seed, uint256 longest) private {
        int256 before = _wealth();
        vm.recordLogs();
        for (uint256 n; n < TRANSACTIONS; ++n) {
            seed = uint256(keccak256(abi.encode(seed, n)));
            _transaction(seed);
            if (longest != 0) skip(uint256(keccak256(abi.encode(seed))) % longest);
            if (longest == 0) before += _rewards();
            assertLe(_wealth(), before, MKT_07);
        }
        _leave();
        assertLe(_wealth(), before, MKT_07);
        assertGe(market.surplusRay(), 0, MKT_01);
    }

    /// @dev What others' interest paid for checkpoints: wages, not profit, and capped.
    function _rewards() private returns (int256 sum) {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 k; k < logs.length; ++k) {
            if (logs[k].topics[0] != IMarketEvents.Checkpointed.selector) continue;
            (uint256 price,,,, address payee, uint256 shares) =
                abi.decode(logs[k].data, (uint256, uint256, uint256, uint256, address, uint256));
            if (payee == address(players[0]) || payee == address(players[1])) sum += int256(shares * price);
        }
    }

    /// @dev One account does up to six things; whatever calls back does up to four more.
    function _transaction(uint256 seed) private {
        Player me = players[seed & 1];
        address other = address(players[1 - (seed & 1)]);
        if (seed >> 1 & 3 == 0) other = address(me);
        Step[] memory inner = new Step[](4);
        for (uint256 k; k < inner.length; ++k) {
            uint256 x = uint256(keccak256(abi.encode(seed, "inner", k)));
            inner[k] = _move(market, x >> 200, x, address(me), other);
        }
        me.plan(inner, seed >> 3 & 1 == 0);
        Step[] memory outer = new Step[](6);
        for (uint256 k; k < outer.length; ++k) {
            uint256 x = uint256(keccak256(abi.encode(seed, "outer", k)));
            outer[k] = x % 3 == 0 ? _withCallback(x, me) : _move(market, x >> 200, x, address(me), other);
        }
        me.tryAll(outer);
    }

    function _withCallback(uint256 x, Player me) private view returns (Step memory) {
        uint256 kind = x / 3 % 3;
        if (kind == 0) {
            return Step(
                address(market), abi.encodeCall(market.supply, (_size(x, 5e12), address(me), _route(market, x), "x"))
            );
        }
        if (kind == 1) {
            return Step(address(market), Calls.supplyCollateral(0, _size(x, 1e22), address(me), _route(market, x), "x"));
        }
        return
            Step(address(market), abi.encodeCall(market.repay, (_size(x, 1e12), address(me), _route(market, x), "x")));
    }

    function _leave() private {
        for (uint256 k; k < 2; ++k) {
            address who = address(players[k]);
            if (market.debtOf(who) != 0) _repay(who, ALL);
            for (uint256 i; i < 2; ++i) {
                uint256 held = market.collateralOf(who, i);
                if (held != 0) _unpledge(who, i, held);
            }
            uint256 shares = market.maxRedeem(who);
            if (shares != 0) _redeem(who, shares);
        }
    }

    /// @dev Times 1e27. One base unit of ether is 2e18, one of bitcoin 5e29.
    function _wealth() private view returns (int256 sum) {
        for (uint256 k; k < 2; ++k) {
            address who = address(players[k]);
            uint256 owns = loan.balanceOf(who) * RAY + market.balanceOf(who) * market.accrual().price
                + (eth.balanceOf(who) + market.collateralOf(who, 0)) * (ETH_PRICE / 1e9)
                + (btc.balanceOf(who) + market.collateralOf(who, 1)) * (BTC_PRICE / 1e9);
            sum += int256(owns) - int256(market.positionOf(who).debt * market.indexNow());
        }
    }
}

contract NoProfitOneStripeTest is NoProfit {
    function _stripes() internal pure override returns (uint8) {
        return 1;
    }

    /// @dev A checkpoint at every new timestamp: the same code on a sequential chain.
    function _config() internal override returns (MarketConfig memory c) {
        c = super._config();
        (c.minEpoch, c.maxEpoch) = (0, 0);
    }
}

contract NoProfitFourStripesTest is NoProfit { }

contract NoProfitSixtyFourStripesTest is NoProfit {
    function _stripes() internal pure override returns (uint8) {
        return 64;
    }
}
