// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { MockToken } from "../../src/dev/MockToken.sol";
import { IMarketErrors } from "../../src/interfaces/IMarketErrors.sol";
import { MarketConfig, Route } from "../../src/interfaces/IMarketTypes.sol";
import { Till } from "../../src/market/Till.sol";
import { BlocklistToken } from "../tokens/BlocklistToken.sol";
import { CountdownToken } from "../tokens/CountdownToken.sol";
import { NoReturnToken } from "../tokens/NoReturnToken.sol";
import { ReturnFalseToken } from "../tokens/ReturnFalseToken.sol";
import { MarketFixture } from "./MarketFixture.sol";

/// @title Where the money is, and how it gets in and out
contract TillsTest is MarketFixture {
    function test_tillsOpenWhenSomethingLeavesThem() public {
        uint256 own = _ownTill(alice);
        address till = market.tillOf(own);
        _deposit(alice, 100 * USD);
        assertEq(till.code.length, 0);
        _withdraw(alice, 40 * USD);
        assertGt(till.code.length, 0);
        assertEq(Till(till).market(), address(market));
        assertEq(loan.allowance(till, address(market)), ALL);
        assertEq(eth.allowance(till, address(market)), ALL);
    }

    function test_anybodyOpensATillBefore() public {
        vm.prank(carol);
        address made = tillFactory.open(address(market), 3);
        assertEq(made, market.tillOf(3));
        assertEq(tillFactory.open(address(market), 3), made, "again is nothing");
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.UnknownTill.selector, 4, 4));
        market.tillOf(4);
    }

    /// @notice A till's number cannot reach into the market's part of its salt: else a market with an address that is a part of
    /// another's could open, and own, the other's tills.
    function test_aTillBelongsToItsMarketAlone() public {
        uint256 all = uint256(uint160(address(market)));
        address part = address(uint160(all & ~(all & (~all + 1))));
        uint256 j = (all ^ uint256(uint160(part))) << 96 | 2;
        vm.etch(part, address(new FakeMarket(address(loan))).code);
        vm.expectPartialRevert(IMarketErrors.UnknownTill.selector);
        tillFactory.open(part, j);
        assertEq(market.tillOf(2).code.length, 0);
    }

    function test_moneyComesInWhereTheRouteSays() public {
        vm.prank(alice);
        market.supply(10 * USD, alice, _via(3, 1), "");
        assertEq(_held(address(loan), 3), 5 * USD);
        assertEq(_held(address(loan), 1), 5 * USD);
        assertEq(market.stripeAt(3).supply.cash, int128(int256(10 * USD)));
        assertEq(market.stripeAt(1).supply.cash, 0);
        vm.startPrank(alice);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.UnknownTill.selector, 4, 4));
        market.supply(10 * USD, alice, _via(4), "");
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.UnknownTill.selector, 4, 200));
        market.supply(10 * USD, alice, _via(0, 200), "");
        vm.stopPrank();
    }

    function testFuzz_aSplitDepositLosesNothing(uint256 assets) public {
        assets = bound(assets, 1, 1e14);
        vm.prank(alice);
        market.supply(assets, alice, _via(3, 1, 0), "");
        uint256 part = assets / 3;
        assertEq(_held(address(loan), 3), assets - 2 * part);
        assertEq(_held(address(loan), 1), part);
        assertEq(_held(address(loan), 0), part);
        assertEq(market.totals().cash, int256(assets));
    }

    /// @notice Own till, then those listed in their order, then whatever a scan finds.
    function test_moneyLeavesOwnListedScanned() public {
        for (uint256 j; j < 4; ++j) {
            loan.mint(market.tillOf(j), 100 * USD);
        }
        uint256 own = _ownTill(alice);
        _deposit(alice, 300 * USD);
        _withdraw(alice, 1 * USD);
        assertEq(_held(address(loan), own), 399 * USD, "own till first");
        vm.prank(alice);
        market.withdraw(150 * USD, alice, alice, _via((own + 2) & 3, (own + 1) & 3));
        assertEq(_held(address(loan), (own + 2) & 3), 0);
        assertEq(_held(address(loan), (own + 1) & 3), 50 * USD);
        assertEq(_held(address(loan), own), 399 * USD);
        // Listed till is dry: the scan starts at the stripe of the books.
        vm.prank(alice);
        market.withdraw(149 * USD, alice, alice, _via((own + 2) & 3));
        assertEq(_held(address(loan), (own + 3) & 3), 0);
        assertEq(_held(address(loan), own), 350 * USD);
    }

    function testFuzz_aDryTillCostsGasOnly(uint256 seed, uint256 amount) public {
        _deposit(alice, 1_000 * USD);
        amount = bound(amount, 1, 1_000 * USD);
        for (uint256 n; n < 6; ++n) {
            (uint256 from, uint256 to) = (seed >> (8 * n) & 3, seed >> (8 * n + 4) & 3);
            (bool ok,) = address(market).call(abi.encodeCall(market.rebalance, (address(loan), from, to)));
            ok;
        }
        vm.prank(alice);
        market.withdraw(amount, alice, alice, _via(seed & 3, seed >> 2 & 3, seed >> 4 & 3));
        assertEq(loan.balanceOf(alice), 99_999_000 * USD + amount);
    }

    function test_dryTillsSaySo() public {
        _lendAndBorrow(1_000 * ETH, 999_000 * USD);
        vm.prank(alice);
        vm.expectRevert(
            abi.encodeWithSelector(IMarketErrors.TillsDry.selector, address(loan), 2_000 * USD, 1_000 * USD)
        );
        market.withdraw(2_000 * USD, alice, alice);
    }

    function test_aBadTillInAListIsRefusedWhenItIsNeeded() public {
        _deposit(alice, 100 * USD);
        uint256 own = _ownTill(alice);
        Route bad = _via((own + 1) & 3, 9);
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.UnknownTill.selector, 4, 9));
        market.withdraw(10 * USD, alice, alice, bad);
    }

    function testFuzz_rebalanceEvensOut(uint256 a, uint256 b) public {
        a = bound(a, 0, 1e15);
        b = bound(b, 0, 1e15);
        loan.mint(market.tillOf(0), a);
        loan.mint(market.tillOf(1), b);
        if (a < b + 2) {
            vm.expectRevert(abi.encodeWithSelector(IMarketErrors.NothingToRebalance.selector, a, b));
            market.rebalance(address(loan), 0, 1);
            return;
        }
        bytes32 books = keccak256(abi.encode(market.totals(), market.stripeAt(0), market.stripeAt(1)));
        market.rebalance(address(loan), 0, 1);
        assertEq(_held(address(loan), 0) + _held(address(loan), 1), a + b);
        assertLe(_held(address(loan), 0) - _held(address(loan), 1), 1);
        assertEq(keccak256(abi.encode(market.totals(), market.stripeAt(0), market.stripeAt(1))), books);
    }

    function test_rebalanceRefuses() public {
        loan.mint(market.tillOf(0), 10);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.NothingToRebalance.selector, 10, 10));
        market.rebalance(address(loan), 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.UnknownTill.selector, 4, 4));
        market.rebalance(address(loan), 0, 4);
    }

    /// @notice A market's own shares, or any other token, in a till are out of reach: a till approves what it was made for.
    function test_otherTokensStayWhereTheyAre() public {
        _deposit(alice, 100 * USD);
        address till = market.tillOf(0);
        tillFactory.open(address(market), 0);
        vm.prank(alice);
        market.transfer(till, 50 * USD);
        vm.expectRevert();
        market.rebalance(address(market), 0, 1);
        assertEq(market.balanceOf(till), 50 * USD);
    }

    /// @notice A collateral that is in other tills than its owner's still comes out whole.
    function test_collateralComesOutOfAnyTill() public {
        vm.prank(bob);
        market.supplyCollateral(0, 9 * ETH, bob, _via(0, 1, 2), "");
        _unpledge(bob, 0, 9 * ETH);
        assertEq(eth.balanceOf(bob), 100_000 * ETH);
    }
}

/// @dev Says what it wants its tills to approve.
contract FakeMarket {
    address private immutable token;

    constructor(address token_) {
        token = token_;
    }

    function tillTokens() external view returns (address[] memory tokens) {
        tokens = new address[](1);
        tokens[0] = token;
    }
}

/// @title Tokens that are not as ERC-20 says
contract OddTokensTest is MarketFixture {
    uint256 private kind;

    function _config() internal override returns (MarketConfig memory c) {
        if (kind == 1) loan = MockToken(address(new CountdownToken()));
        if (kind == 2) loan = MockToken(address(new NoReturnToken()));
        if (kind == 3) loan = MockToken(address(new ReturnFalseToken()));
        if (kind == 4) loan = MockToken(address(new BlocklistToken()));
        c = super._config();
    }

    function _market(uint256 kind_) private {
        kind = kind_;
        market = _deploy(_config());
        _approve(alice);
        _approve(bob);
    }

    function _approve(address who) private {
        loan.mint(who, 100_000_000 * USD);
        vm.startPrank(who);
        (bool ok,) = address(loan).call(abi.encodeCall(loan.approve, (address(market), ALL)));
        assertTrue(ok);
        eth.approve(address(market), ALL);
        vm.stopPrank();
    }

    /// @notice Through a whole life, with tokens that count allowances down, return nothing, or return false.
    function test_awholeLife() public {
        for (uint256 k = 1; k < 5; ++k) {
            _market(k);
            _lendAndBorrow(100 * ETH, 100_000 * USD);
            skip(2 hours);
            _withdraw(alice, 1_000 * USD);
            _repay(bob, ALL);
            market.rebalance(address(loan), _ownTill(alice), (_ownTill(alice) + 1) & 3);
            _redeem(alice, market.maxRedeem(alice));
            assertEq(market.totalSupply(), 0);
            assertLt(loan.balanceOf(bob), 100_000_000 * USD);
        }
    }

    /// @notice An allowance that was counted down to nothing is renewed when it is needed, and by anybody before.
    function test_anAllowanceThatRanOutIsRenewed() public {
        _market(1);
        _deposit(alice, 1_000 * USD);
        _withdraw(alice, 400 * USD);
        address till = market.tillOf(_ownTill(alice));
        assertEq(loan.allowance(till, address(market)), ALL - 400 * USD);
        vm.prank(till);
        loan.approve(address(market), 10);
        _withdraw(alice, 100 * USD);
        assertEq(loan.allowance(till, address(market)), ALL - 100 * USD);
        Till(till).refresh();
        assertEq(loan.allowance(till, address(market)), ALL);
    }

    /// @notice A transfer that returns false counts as failed, in and out.
    function test_falseIsFailure() public {
        _market(3);
        vm.prank(alice);
        loan.approve(address(market), 10);
        vm.prank(alice);
        vm.expectRevert();
        market.deposit(11, alice);
        assertEq(market.totalSupply(), 0);
    }

    /// @notice A blocked person can neither enter nor be paid, and keeps nobody else from it.
    function test_blockedPeopleBlockNobodyElse() public {
        _market(4);
        _lendAndBorrow(100 * ETH, 100_000 * USD);
        BlocklistToken(address(loan)).setBlocked(alice, true);
        vm.prank(alice);
        vm.expectRevert();
        market.withdraw(10 * USD, alice, alice);
        vm.prank(alice);
        market.withdraw(10 * USD, carol, alice);
        _repay(bob, ALL);
    }
}
