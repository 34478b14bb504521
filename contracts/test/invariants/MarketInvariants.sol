// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { MockOracle } from "../../src/dev/MockOracle.sol";
import { MockToken } from "../../src/dev/MockToken.sol";
import { IMarket } from "../../src/interfaces/IMarket.sol";
import { Totals } from "../../src/interfaces/IMarketTypes.sol";
import { Position } from "../../src/market/MarketState.sol";
import { InvariantsSpec } from "../InvariantsSpec.sol";
import { MarketFixture } from "../market/MarketFixture.sol";
import { MarketHandler } from "./MarketHandler.sol";
import { Solvency } from "./Solvency.sol";

/// @title Everything that must hold after any sequence of transactions
/// @notice `MarketHandler` compares each step; this looks at the whole after each.
abstract contract MarketInvariants is MarketFixture, InvariantsSpec {
    using Solvency for IMarket;

    MarketHandler internal handler;

    function setUp() public override {
        super.setUp();
        address[] memory people = new address[](4);
        (people[0], people[1], people[2], people[3]) = (alice, bob, carol, dave);
        handler = new MarketHandler(market, lens, [eth, btc], [ethOracle, btcOracle], guardian, cover, people);
        // A market in use: one who lends, two who owe.
        _lendAndBorrow(300 * ETH, 300_000 * USD);
        _pledge(carol, 1, 10 * BTC);
        _borrow(carol, 200_000 * USD);
        targetContract(address(handler));
    }

    function invariant_booksAreWhole() public view {
        Totals memory sum = market.totals();
        uint256 shares;
        uint256 debt;
        uint256[2] memory pledged;
        address[] memory people = handler.everybody();
        for (uint256 k; k < people.length; ++k) {
            Position memory p = market.positionOf(people[k]);
            shares += market.balanceOf(people[k]);
            debt += p.debt;
            pledged[0] += p.first;
            pledged[1] += p.others[0];
            assertEq(p.held, (p.first == 0 ? 0 : 1) | (p.others[0] == 0 ? 0 : 2), MKT_02);
        }
        assertEq(sum.shares, shares, MKT_02);
        assertEq(sum.debt, debt, MKT_02);
        assertGe(market.surplusRay(), 0, MKT_01);
        uint256 stripes = market.parameters().stripes;
        int256 tills = int256(market.tillsHold(address(loan), stripes));
        assertGe(tills, sum.cash, MKT_03);
        assertLe(tills, sum.cash + int256(handler.donatedLoan()), MKT_03);
        assertEq(market.tillsHold(address(eth), stripes), pledged[0] + handler.donated(0), MKT_03);
        assertEq(market.tillsHold(address(btc), stripes), pledged[1] + handler.donated(1), MKT_03);
        assertFalse(market.busy(), "no transaction ends inside a call");
    }

    /// @notice The campaign is not empty: a few hundred random calls make every operation succeed, and cause bad debt.
    /// forge-config: default.isolate = true
    function test_everyOperationSucceedsSometimes() public {
        bytes4[26] memory selectors = [
            handler.deposit.selector,
            handler.mint.selector,
            handler.withdraw.selector,
            handler.redeem.selector,
            handler.transferShares.selector,
            handler.supplyCollateral.selector,
            handler.supplyOwnCollateral.selector,
            handler.withdrawCollateral.selector,
            handler.borrow.selector,
            handler.repay.selector,
            handler.liquidate.selector,
            handler.crash.selector,
            handler.flashLoan.selector,
            handler.supplyWithCallback.selector,
            handler.pledgeWithCallback.selector,
            handler.repayWithCallback.selector,
            handler.checkpoint.selector,
            handler.settle.selector,
            handler.rebalance.selector,
            handler.donate.selector,
            handler.pause.selector,
            handler.unpause.selector,
            handler.fundCover.selector,
            handler.pass.selector,
            handler.movePrice.selector,
            handler.trespass.selector
        ];
        for (uint256 n; n < 500; ++n) {
            bytes32 seed = keccak256(abi.encode("everything", n));
            uint256[8] memory words;
            for (uint256 w; w < 8; ++w) {
                words[w] = uint256(keccak256(abi.encode(seed, w)));
            }
            (bool ok,) =
                address(handler).call(abi.encodePacked(selectors[uint256(seed) % selectors.length], abi.encode(words)));
            assertTrue(ok, "a handler failed");
        }
        bytes32[17] memory operations = [
            bytes32("supply"),
            "mint",
            "withdraw",
            "redeem",
            "transfer",
            "supplyCollateral",
            "supplyOwnCollateral",
            "withdrawCollateral",
            "borrow",
            "repay",
            "liquidate",
            "flashLoan",
            "supply+callback",
            "supplyCollateral+callback",
            "repay+callback",
            "checkpoint",
            "lendersPay"
        ];
        for (uint256 k; k < operations.length; ++k) {
            emit log_named_uint(string(abi.encodePacked(operations[k])), handler.succeeded(operations[k]));
        }
        for (uint256 k; k < operations.length; ++k) {
            assertGt(handler.succeeded(operations[k]), 0, string(abi.encodePacked(operations[k])));
        }
        invariant_booksAreWhole();
    }

    /// @dev At the end of a run everything else breaks, and everybody leaves with what there is.
    function afterInvariant() public {
        ethOracle.setQuote(0, 0);
        btcOracle.setQuote(0, 0);
        vm.etch(address(rates), hex"5b5f56");
        vm.prank(guardian);
        (bool ok,) = address(market).call(abi.encodeCall(market.pause, (1 days)));
        if (!ok) assertTrue(market.terms().pausedUntil != 0, MKT_08);
        address[] memory people = handler.everybody();
        for (uint256 k; k < people.length; ++k) {
            loan.mint(people[k], 1e18);
            if (market.debtOf(people[k]) != 0) {
                vm.prank(people[k]);
                market.repay(ALL, people[k], OWN, "");
                assertEq(market.debtOf(people[k]), 0, MKT_08);
            }
            for (uint256 i; i < 2; ++i) {
                uint256 held = market.collateralOf(people[k], i);
                if (held != 0) _unpledge(people[k], i, held);
                assertEq(market.collateralOf(people[k], i), 0, MKT_08);
            }
        }
        for (uint256 k; k < people.length; ++k) {
            uint256 shares = market.maxRedeem(people[k]);
            if (shares != 0) _redeem(people[k], shares);
            // Everybody repaid, so all that lenders are owed is there.
            assertEq(market.balanceOf(people[k]), market.accrual().price == 0 ? market.balanceOf(people[k]) : 0, MKT_08);
        }
        assertGe(market.surplusRay(), 0, MKT_01);
    }
}
