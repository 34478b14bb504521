// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { MockToken } from "../../src/dev/MockToken.sol";
import { IMarket } from "../../src/interfaces/IMarket.sol";
import { IMarketEvents } from "../../src/interfaces/IMarketEvents.sol";
import { MarketConfig } from "../../src/interfaces/IMarketTypes.sol";
import { Lens } from "../../src/lens/Lens.sol";
import { Vm } from "../Vm.sol";
import { Solvency } from "../invariants/Solvency.sol";
import { HookToken, ITokenHook } from "../tokens/HookToken.sol";
import { MarketFixture } from "./MarketFixture.sol";

/// @title Who bears a loss: reserve, cover, lenders, donations, in this order
contract BadDebtTest is MarketFixture {
    using Solvency for IMarket;

    struct Burden {
        uint256 loss;
        uint256 fromReserve;
        uint256 fromCover;
        uint256 fromLenders;
        uint256 fromDonations;
    }

    function test_lendersBearWhatNobodyElseDoes() public {
        _lendAndBorrow(100 * ETH, 150_000 * USD);
        Burden memory b = _closeOut(1_400e24);
        // Value 140,000 at 1 % + (151,500 − 140,000) / 150,000 = 8.67 % bonus.
        assertEq(b.loss, 150_000 * USD - uint256(140_000 * USD * 1e18) / 1.0866666666666666e18 - 1);
        assertEq(b.fromLenders, b.loss);
        uint256 worth = market.convertToAssets(market.balanceOf(alice));
        assertLe(worth, 1_000_000 * USD - b.loss);
        assertGe(worth, 1_000_000 * USD - b.loss - 2);
        assertEq(_redeem(alice, market.maxRedeem(alice)), worth);
        assertEq(market.totalSupply(), 0);
    }

    function test_theReservePaysFirst() public {
        _lendAndBorrow(1_000 * ETH, 900_000 * USD);
        skip(365 days);
        market.checkpoint();
        uint256 reserve = market.terms().reserve;
        assertGt(reserve, 5_000 * USD);
        _repay(bob, ALL);
        _unpledge(bob, 0, 999 * ETH);
        _borrow(bob, 1_499 * USD);
        uint256 price = market.accrual().price;
        Burden memory b = _closeOut(1_000e24);
        assertEq(b.fromReserve, b.loss);
        assertEq(b.fromLenders, 0);
        assertEq(market.accrual().price, price);
        assertEq(market.terms().reserve, reserve - b.loss);
    }

    function test_coverPaysNextAndAsMuchAsItHas() public {
        _lendAndBorrow(100 * ETH, 150_000 * USD);
        loan.mint(cover, 5_000 * USD);
        vm.prank(cover);
        loan.approve(address(market), ALL);
        Burden memory b = _closeOut(1_400e24);
        assertEq(b.fromCover, 5_000 * USD);
        assertEq(loan.balanceOf(cover), 0);
        assertEq(b.fromLenders, b.loss - 5_000 * USD);
        assertGe(market.surplusRay(), 0);
    }

    function test_coverPaysNoMoreThanItAllowedNorThanTheLoss() public {
        _lendAndBorrow(100 * ETH, 150_000 * USD);
        loan.mint(cover, 1_000_000 * USD);
        vm.prank(cover);
        loan.approve(address(market), 700 * USD);
        uint256 id = vm.snapshotState();
        Burden memory b = _closeOut(1_400e24);
        assertEq(b.fromCover, 700 * USD);
        vm.revertToStateAndDelete(id);
        vm.prank(cover);
        loan.approve(address(market), ALL);
        b = _closeOut(1_400e24);
        assertEq(b.fromCover, b.loss);
        assertEq(loan.balanceOf(cover), 1_000_000 * USD - b.loss);
        assertEq(market.accrual().price, RAY);
    }

    /// @notice Interest that is due is booked before the loss, so lenders of yesterday are paid until today.
    function test_theLossComesAfterTheInterest() public {
        _lendAndBorrow(100 * ETH, 150_000 * USD);
        skip(30 days);
        ethOracle.setPrice(1_400e24);
        vm.recordLogs();
        vm.prank(carol);
        market.liquidate(bob, 0, ALL, OWN, "");
        Vm.Log[] memory logs = vm.getRecordedLogs();
        (uint256 settled, uint256 realised) = (ALL, ALL);
        for (uint256 k; k < logs.length; ++k) {
            if (logs[k].topics[0] == IMarketEvents.Checkpointed.selector) settled = k;
            if (logs[k].topics[0] == IMarketEvents.BadDebtRealised.selector) realised = k;
        }
        assertTrue(settled < realised && realised != ALL);
        assertEq(market.accrual().settledAt, block.timestamp);
    }

    /// @notice When lenders have nothing left the rest had been lent out of donations: the price stops at zero, books stay whole.
    function test_donationsBearTheLast() public {
        _deposit(alice, 10_000 * USD);
        loan.mint(market.tillOf(0), 90_000 * USD);
        _pledge(bob, 0, 100 * ETH);
        _borrow(bob, 100_000 * USD);
        assertLt(market.totals().cash, 0);
        Burden memory b = _closeOut(1e24);
        assertEq(b.fromLenders, 10_000 * USD);
        assertGt(b.fromDonations, 0);
        assertEq(b.loss, b.fromReserve + b.fromCover + b.fromLenders + b.fromDonations);
        assertEq(market.accrual().price, 0);
        assertGe(market.surplusRay(), 0);
        assertGe(int256(market.tillsHold(address(loan), 4)), market.totals().cash);
        // Nothing is stuck and nothing reverts.
        assertEq(market.maxWithdraw(alice), 0);
        assertEq(market.maxRedeem(alice), 0);
        assertEq(market.maxDeposit(alice), 0);
        assertEq(market.previewRedeem(1e18), 0);
        assertEq(_redeem(alice, market.balanceOf(alice)), 0);
        skip(1 days);
        market.checkpoint();
    }

    /// @notice A debt without any collateral is struck out for nothing.
    function test_aDebtWithoutCollateral() public {
        _lendAndBorrow(100 * ETH, 150_000 * USD);
        ethOracle.setPrice(1);
        vm.prank(carol);
        (uint256 repaid, uint256 seized) = market.liquidate(bob, 0, ALL, OWN, "");
        assertEq(repaid, 0);
        assertEq(seized, 100 * ETH);
        assertEq(market.debtOf(bob), 0);
    }

    /// @notice After a loss others borrow, repay, enter and leave as before.
    function testFuzz_lifeGoesOn(uint256 price, uint256 deposit, uint256 wait) public {
        _lendAndBorrow(400 * ETH, 600_000 * USD);
        skip(wait % 30 days);
        Burden memory b = _closeOut(bound(price, 1e21, 1_500e24));
        assertEq(b.loss, b.fromReserve + b.fromCover + b.fromLenders + b.fromDonations);
        assertGe(market.surplusRay(), 0);
        ethOracle.setPrice(ETH_PRICE);
        deposit = bound(deposit, 1_000, 1_000_000 * USD);
        uint256 shares = _deposit(dave, deposit);
        assertLe(market.convertToAssets(shares), deposit);
        _pledge(dave, 0, 100 * ETH);
        _borrow(dave, 100_000 * USD);
        skip(30 minutes);
        _repay(dave, ALL);
        _redeem(dave, market.balanceOf(dave));
        _redeem(alice, market.balanceOf(alice));
        assertEq(market.totalSupply(), 0);
        assertGe(market.surplusRay(), 0);
    }

    /// @notice The price falls by the loss per share, rounded up: never so little that the books do not add up.
    function testFuzz_theFallCoversTheLoss(uint256 lent, uint256 price) public {
        lent = bound(lent, 151_000 * USD, 50_000_000 * USD);
        _deposit(alice, lent);
        _pledge(bob, 0, 100 * ETH);
        _borrow(bob, 150_000 * USD);
        int256 surplus = market.surplusRay();
        Burden memory b = _closeOut(bound(price, 1, 1_500e24));
        assertGe(market.surplusRay(), surplus, "rounded against lenders, not against the books");
        uint256 worth = market.totalAssets();
        assertLe(worth, lent - b.loss);
        assertGe(worth + lent / 1e15 + 2, lent - b.loss);
    }

    function _closeOut(uint256 price) private returns (Burden memory b) {
        ethOracle.setPrice(price);
        Lens.LiquidationView memory v = lens.previewLiquidation(market, bob, 0);
        assertTrue(v.closeOut);
        vm.recordLogs();
        vm.prank(carol);
        market.liquidate(bob, 0, ALL, OWN, "");
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 k; k < logs.length; ++k) {
            if (logs[k].topics[0] == IMarketEvents.BadDebtRealised.selector) b = abi.decode(logs[k].data, (Burden));
        }
        assertGt(b.loss, 0);
    }
}

/// @title Cover is passive and cannot block
contract HostileCoverTest is MarketFixture, ITokenHook {
    HookToken private hooked;
    uint256 private mood;

    function _config() internal override returns (MarketConfig memory c) {
        hooked = new HookToken();
        loan = MockToken(address(hooked));
        c = super._config();
        c.cover = address(this);
    }

    function test_whateverCoverDoesTheLossIsRealised() public {
        _lendAndBorrow(100 * ETH, 150_000 * USD);
        hooked.mint(address(this), 100_000 * USD);
        hooked.approve(address(market), ALL);
        hooked.setHook(this);
        ethOracle.setPrice(1_400e24);
        for (mood = 1; mood < 5; ++mood) {
            uint256 id = vm.snapshotState();
            vm.prank(carol);
            market.liquidate(bob, 0, ALL, OWN, "");
            assertEq(market.debtOf(bob), 0);
            if (mood == 1) assertLt(market.accrual().price, RAY, "cover refused");
            else assertEq(market.accrual().price, RAY, "cover paid");
            vm.revertToState(id);
        }
    }

    function tokensToSend(address, address, address, uint256) external {
        if (mood == 0) return;
        uint256 was = mood;
        mood = 0;
        if (was == 1) revert("no");
        // More than was asked, into the same till.
        if (was == 2) hooked.mint(market.tillOf(_ownTill(bob)), 77 * USD);
        if (was == 3) {
            (bool ok,) = address(market).call(abi.encodeCall(market.settle, ()));
            require(!ok, "locked");
        }
        mood = was;
    }

    function tokensReceived(address, address, address, uint256) external { }
}
