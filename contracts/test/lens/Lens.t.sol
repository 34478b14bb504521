// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Route } from "../../src/interfaces/IMarketTypes.sol";
import { Lens } from "../../src/lens/Lens.sol";
import { MarketFixture } from "../market/MarketFixture.sol";

/// @title The lens says what the market does
contract LensTest is MarketFixture {
    function test_marketView() public {
        _lendAndBorrow(500 * ETH, 700_000 * USD);
        skip(10 minutes);
        Lens.MarketView memory v = lens.market(market);
        assertEq(v.asset, address(loan));
        assertEq(v.parameters.stripes, 4);
        assertEq(v.collaterals.length, 2);
        assertEq(v.collaterals[1].token, address(btc));
        assertEq(v.liquid, 300_000 * USD);
        assertEq(v.owed, market.debtOf(bob));
        assertEq(v.utilisation, v.owed * WAD / (v.owed + 300_000 * USD));
        assertEq(v.totals.shares, market.totalSupply());
        uint256 shares = _deposit(carol, 1_000 * USD);
        assertEq(shares, 1_000 * USD * RAY / v.ceiling);
    }

    function test_dueMeansThatACheckpointSettles() public {
        for (uint256 n; n < 8; ++n) {
            bool due = lens.market(market).due;
            assertEq(market.checkpoint(), due);
            skip(17);
        }
    }

    /// @notice Capacity is what can be borrowed, but for rounding; health is below 1 exactly when a liquidation works.
    function testFuzz_positionView(uint256 ethAmount, uint256 btcAmount, uint256 debt, uint256 fall, uint256 wait)
        public
    {
        _deposit(alice, 90_000_000 * USD);
        _pledge(bob, 0, bound(ethAmount, 1e17, 10_000 * ETH));
        _pledge(bob, 1, bound(btcAmount, 1e5, 100 * BTC));
        Lens.PositionView memory v = lens.position(market, bob);
        _borrow(bob, bound(debt, 10 * USD, v.capacity));
        skip(wait % 2 hours);
        ethOracle.setPrice(ETH_PRICE * bound(fall, 30, 110) / 100);
        address[] memory people = new address[](2);
        (people[0], people[1]) = (alice, bob);
        v = lens.positions(market, people)[1];
        assertEq(v.debt, market.debtOf(bob));
        assertEq(v.collaterals[0].amount, market.collateralOf(bob, 0));
        assertEq(v.value, v.collaterals[0].value + v.collaterals[1].value);
        if (v.capacity > v.debt + 2) {
            // Scaling the debt up may cost a unit or two.
            _borrow(bob, v.capacity - v.debt - 2);
            vm.prank(bob);
            (bool more,) = address(market).call(abi.encodeCall(market.borrow, (4, bob, bob, OWN)));
            assertFalse(more);
        } else if (v.capacity <= v.debt) {
            Lens.LiquidationView memory l = lens.previewLiquidation(market, bob, 1);
            vm.prank(carol);
            (bool ok,) = address(market).call(abi.encodeCall(market.liquidate, (bob, 1, ALL, OWN, "")));
            assertEq(ok, l.liquidatable && l.viable);
            assertEq(l.liquidatable, v.limit < v.debt);
            assertEq(v.limit < v.debt, v.health < WAD);
        }
    }

    function test_suppliedIsWhatLeavingPays() public {
        _lendAndBorrow(500 * ETH, 700_000 * USD);
        skip(30 days);
        market.checkpoint();
        Lens.PositionView memory v = lens.position(market, alice);
        assertGt(v.supplied, 1_000_000 * USD);
        assertEq(v.health, ALL);
        _repay(bob, ALL);
        assertEq(_redeem(alice, v.shares), v.supplied);
    }

    /// @notice A dead price: nothing may be borrowed, nobody liquidated, and the lens says so.
    function test_aDeadPrice() public {
        _lendAndBorrow(100 * ETH, 150_000 * USD);
        _pledge(bob, 1, 1);
        btcOracle.setQuote(0, 0);
        ethOracle.setPrice(1_000e24);
        assertEq(lens.position(market, bob).capacity, 0);
        assertFalse(lens.previewLiquidation(market, bob, 0).liquidatable);
        vm.prank(carol);
        vm.expectRevert();
        market.liquidate(bob, 0, ALL, OWN, "");
        vm.etch(address(btcOracle), hex"5f5ffd");
        assertEq(lens.position(market, bob).collaterals[1].ask, 0);
    }

    function test_findLiquidityPrefersOneTill() public {
        _fill([uint256(10), 40, 30, 20]);
        (Route route, uint256 available) = lens.findLiquidity(market, address(loan), 15, 3);
        assertEq(Route.unwrap(route), Route.unwrap(_via(3)));
        assertEq(available, 20);
        (route, available) = lens.findLiquidity(market, address(loan), 35, 3);
        assertEq(Route.unwrap(route), Route.unwrap(_via(1)), "the fullest");
        (route, available) = lens.findLiquidity(market, address(loan), 75, 9);
        assertEq(Route.unwrap(route), Route.unwrap(_via(1, 2, 3)));
        assertEq(available, 90);
        (route, available) = lens.findLiquidity(market, address(loan), 101, 0);
        assertEq(available, 100, "short");
    }

    /// @notice A route that it finds pays, and leaves other tills alone.
    function testFuzz_whatItFindsPays(uint256 seed, uint256 amount) public {
        uint256[4] memory fill;
        for (uint256 j; j < 4; ++j) {
            fill[j] = uint256(keccak256(abi.encode(seed, j))) % 1e12;
        }
        _fill(fill);
        amount = bound(amount, 1, fill[0] + fill[1] + fill[2] + fill[3]);
        (Route route, uint256 available) = lens.findLiquidity(market, address(loan), amount, seed % 4);
        assertGe(available, amount);
        uint256 before = loan.balanceOf(dave);
        vm.prank(alice);
        market.withdraw(amount, dave, alice, route);
        assertEq(loan.balanceOf(dave) - before, amount);
        uint256[] memory left = lens.tillBalances(market, address(loan));
        uint256 n = uint8(Route.unwrap(route) >> 8);
        for (uint256 j; j < 4; ++j) {
            bool named;
            for (uint256 k; k < n; ++k) {
                if (uint8(Route.unwrap(route) >> (16 + 8 * k)) == j) named = true;
            }
            if (!named) assertEq(left[j], fill[j]);
        }
    }

    function _fill(uint256[4] memory amounts) private {
        for (uint256 j; j < 4; ++j) {
            if (amounts[j] == 0) continue;
            vm.prank(alice);
            market.supply(amounts[j], alice, _via(j), "");
        }
    }
}

/// @title More tills than a route has room for
contract LensOfManyTillsTest is MarketFixture {
    function _stripes() internal pure override returns (uint8) {
        return 64;
    }

    function test_thirtyTillsAreListedAndAScanFindsTheRest() public {
        for (uint256 j; j < 40; ++j) {
            vm.prank(alice);
            market.supply(10 + j, alice, _via(j), "");
        }
        uint256 all = 40 * 10 + 39 * 40 / 2;
        (Route route, uint256 available) = lens.findLiquidity(market, address(loan), all, 63);
        assertEq(uint8(Route.unwrap(route) >> 8), 30);
        // The thirty fullest: 49 down to 20.
        assertEq(available, (49 + 20) * 30 / 2);
        vm.prank(alice);
        market.withdraw(all, dave, alice, route);
        assertEq(loan.balanceOf(dave), 100_000_000 * USD + all);
        assertEq(market.maxFlashLoan(address(loan)), 0);
    }
}
