// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { MockToken } from "../../src/dev/MockToken.sol";
import { IMarket } from "../../src/interfaces/IMarket.sol";
import { IMarketErrors } from "../../src/interfaces/IMarketErrors.sol";
import { MarketConfig } from "../../src/interfaces/IMarketTypes.sol";
import { Solvency } from "../invariants/Solvency.sol";
import { Calls } from "../market/Calls.sol";
import { MarketFixture } from "../market/MarketFixture.sol";
import { HookToken, ITokenHook } from "../tokens/HookToken.sol";

/// @title LendfMe 2020, Cream 2021, dForce 2023: a token that calls back in the middle of a transfer
/// @notice LendfMe wrote a balance it had read before the hook; Cream let a hook borrow again before the first debt was written; dForce read
/// a pool's price in the middle of a withdrawal. Here books are written before tokens move, a move locks the market, `busy` tells
/// readers, and the price of a share does not move in any operation.
contract ReentrancyTest is MarketFixture, ITokenHook {
    using Solvency for IMarket;

    HookToken private hooked;
    bytes private attack;
    bool private isArmed;
    bool private sawOk;
    bool private sawBusy;
    bytes private sawError;
    uint256 private sawPrice;
    uint256 private hits;

    /// @dev Both the loan asset and the first collateral call back.
    function _config() internal override returns (MarketConfig memory c) {
        hooked = new HookToken();
        loan = MockToken(address(hooked));
        eth = MockToken(address(new HookToken()));
        c = super._config();
        c.collaterals[0].token = address(eth);
    }

    function setUp() public override {
        super.setUp();
        _equip(address(this));
        _deposit(alice, 1_000_000 * USD);
        market.deposit(10_000 * USD, address(this));
        market.supplyCollateral(0, 100 * ETH, address(this), OWN, "");
        market.borrow(1_000 * USD, address(this), address(this), OWN);
        hooked.setHook(this);
        HookToken(address(eth)).setHook(this);
        skip(10 minutes);
    }

    /// @notice LendfMe: supply, and withdraw from the hook of the supply's own transfer. Every operation inside every other.
    function test_lendfme_noOperationInsideAnother() public {
        bytes[] memory operations = _operations();
        for (uint256 outer; outer < operations.length; ++outer) {
            for (uint256 inner; inner < operations.length; ++inner) {
                uint256 id = vm.snapshotState();
                (attack, isArmed, hits) = (operations[inner], true, 0);
                (bool ok,) = address(market).call(operations[outer]);
                assertTrue(ok, string.concat("outer ", vm.toString(outer)));
                assertEq(hits, 1);
                assertFalse(sawOk, string.concat(vm.toString(inner), " inside ", vm.toString(outer)));
                assertEq(sawError, abi.encodeWithSelector(IMarketErrors.Reentered.selector));
                assertTrue(sawBusy);
                vm.revertToStateAndDelete(id);
            }
        }
    }

    /// @notice Cream: borrow again from the hook of the first borrow, before its debt was written.
    function test_cream_theDebtIsWrittenBeforeTheTokensMove() public {
        isArmed = true;
        attack = abi.encodeCall(market.debtOf, (address(this)));
        uint256 owed = market.debtOf(address(this));
        market.borrow(500 * USD, address(this), address(this), OWN);
        assertTrue(sawOk);
        assertGe(abi.decode(sawError, (uint256)), owed + 500 * USD);
    }

    /// @notice dForce: whoever reads the price of a share in the middle of anything reads the settled price.
    function test_dforce_thePriceIsTheSameInTheMiddle() public {
        bytes[] memory operations = _operations();
        for (uint256 outer; outer < operations.length; ++outer) {
            uint256 id = vm.snapshotState();
            uint256 price = market.convertToAssets(1e18);
            (attack, isArmed) = (abi.encodeCall(market.convertToAssets, (1e18)), true);
            (bool ok,) = address(market).call(operations[outer]);
            assertTrue(ok && sawOk && sawBusy);
            assertEq(abi.decode(sawError, (uint256)), price);
            assertEq(market.convertToAssets(1e18), price);
            assertFalse(market.busy());
            vm.revertToStateAndDelete(id);
        }
    }

    /// @notice The short form of supplying collateral does not lock: whatever its token does in the middle, books stay whole, the
    /// collateral that was promised is there afterwards, and nothing was gained.
    function testFuzz_theUnlockedTransferGainsNothing(uint256 inner, uint256 amount, uint256 size) public {
        amount = bound(amount, 1, 1_000 * ETH);
        size = bound(size, 1, 100 * ETH + amount);
        bytes[] memory all = _operations();
        bytes[4] memory more = [
            abi.encodeCall(market.withdrawCollateral, (0, size, address(this), address(this), OWN)),
            Calls.supplyCollateral(0, size),
            abi.encodeCall(market.rebalance, (address(eth), size % 4, _ownTill(address(this)))),
            abi.encodeCall(market.borrow, (size / 1e12, address(this), address(this), OWN))
        ];
        inner = inner % 12;
        (attack, isArmed) = (inner < 8 ? all[inner] : more[inner - 8], true);
        (uint256 owned, uint256 price) = (_wealth(), market.convertToAssets(1e18));
        (bool ok,) = address(market).call(Calls.supplyCollateral(0, amount));
        if (ok) assertEq(hits, 1);
        assertLe(_wealth(), owned);
        assertEq(market.convertToAssets(1e18), price);
        assertGe(market.surplusRay(), 0);
        assertEq(market.tillsHold(address(eth), 4), market.collateralOf(address(this), 0));
        assertGe(int256(market.tillsHold(address(loan), 4)), market.totals().cash);
        assertGe(lens.position(market, address(this)).capacity, market.debtOf(address(this)));
    }

    /// @dev Times 1e12: dollars and ether at 2,000, what is owed rounded up, what is held rounded down.
    function _wealth() private view returns (uint256) {
        address me = address(this);
        return (loan.balanceOf(me) + market.convertToAssets(market.balanceOf(me))) * 1e12
            + (eth.balanceOf(me) + market.collateralOf(me, 0)) * 2_000 - market.debtOf(me) * 1e12;
    }

    /// @notice A late market is settled by its operations, never by a hook after their books have moved.
    function test_aHookCannotSettleInTheMiddle() public {
        market.borrow(100_000 * USD, address(this), address(this), OWN);
        skip(2 hours);
        (attack, isArmed) = (abi.encodeCall(market.settle, ()), true);
        uint256 rate = market.terms().rate;
        market.repay(90_000 * USD, address(this), OWN, "");
        assertEq(hits, 1);
        assertFalse(sawOk);
        assertEq(market.terms().rate, rate, "the rate did not follow the repayment");
    }

    /// @dev Eight calls that move tokens from or to this contract.
    function _operations() private view returns (bytes[] memory all) {
        address me = address(this);
        all = new bytes[](8);
        all[0] = abi.encodeCall(market.deposit, (5 * USD, me));
        all[1] = abi.encodeCall(market.mint, (5 * USD, me));
        all[2] = Calls.withdraw(4 * USD, me, me);
        all[3] = Calls.redeem(3 * USD, me, me);
        all[4] = Calls.supplyCollateral(0, 1 * ETH, me, OWN, "");
        all[5] = abi.encodeCall(market.withdrawCollateral, (0, 0.5e18, me, me, OWN));
        all[6] = abi.encodeCall(market.borrow, (20 * USD, me, me, OWN));
        all[7] = abi.encodeCall(market.repay, (30 * USD, me, OWN, ""));
    }

    function tokensToSend(address, address, address, uint256) external {
        _strike();
    }

    function tokensReceived(address, address, address, uint256) external {
        _strike();
    }

    function _strike() private {
        if (!isArmed) return;
        isArmed = false;
        ++hits;
        sawBusy = market.busy();
        (sawOk, sawError) = address(market).call(attack);
    }
}
