// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { AllowList } from "../../src/access/AllowList.sol";
import { MarketConfig } from "../../src/interfaces/IMarketTypes.sol";
import { MarketFixture } from "./MarketFixture.sol";

/// @title What integrators expect of ERC-4626, in random states
/// @notice The set of a16z's property tests: previews and actions, maxima, round trips; here also paused, gated, dry, late and after bad debt.
contract VaultPropertiesTest is MarketFixture {
    AllowList private gate;

    function _config() internal override returns (MarketConfig memory c) {
        c = super._config();
        gate = new AllowList(address(this), 15);
        c.gate = address(gate);
    }

    // ─── previews are no better than what happens, and exact when nothing is late ───

    function testFuzz_previewDeposit(uint256 state, uint256 assets) public {
        _enter(state);
        assets = bound(assets, 0, 90_000_000 * USD);
        uint256 preview = market.previewDeposit(assets);
        bool late = _isLate();
        (bool ok, uint256 shares) = _call(carol, abi.encodeCall(market.deposit, (assets, carol)));
        if (!ok) return;
        assertGe(shares, preview);
        if (!late) assertEq(shares, preview);
    }

    function testFuzz_previewMint(uint256 state, uint256 shares) public {
        _enter(state);
        shares = bound(shares, 0, 80_000_000 * USD);
        uint256 preview = market.previewMint(shares);
        bool late = _isLate();
        (bool ok, uint256 assets) = _call(carol, abi.encodeCall(market.mint, (shares, carol)));
        if (!ok) return;
        assertLe(assets, preview);
        if (!late) assertEq(assets, preview);
    }

    function testFuzz_previewWithdraw(uint256 state, uint256 assets) public {
        _enter(state);
        assets = bound(assets, 0, market.maxWithdraw(alice));
        if (assets == 0) return;
        uint256 preview = market.previewWithdraw(assets);
        bool late = _isLate();
        uint256 shares = _withdraw(alice, assets);
        assertLe(shares, preview);
        if (!late) assertEq(shares, preview);
    }

    function testFuzz_previewRedeem(uint256 state, uint256 shares) public {
        _enter(state);
        shares = bound(shares, 0, market.maxRedeem(alice));
        if (shares == 0) return;
        uint256 preview = market.previewRedeem(shares);
        bool late = _isLate();
        uint256 assets = _redeem(alice, shares);
        assertGe(assets, preview);
        if (!late) assertEq(assets, preview);
    }

    // ─── maxima never revert and are true ───

    function testFuzz_maxDepositIsTrue(uint256 state, uint256 assets) public {
        _enter(state);
        uint256 most = market.maxDeposit(carol);
        if (most == 0) {
            (bool ok,) = _call(carol, abi.encodeCall(market.deposit, (1_000 * USD, carol)));
            assertTrue(!ok || market.accrual().price < RAY / 1000 || _isLate());
            return;
        }
        loan.mint(carol, most);
        assets = bound(assets, most / 2, most);
        (bool worked,) = _call(carol, abi.encodeCall(market.deposit, (assets, carol)));
        assertTrue(worked);
    }

    function testFuzz_maxMintIsTrue(uint256 state, uint256 shares) public {
        _enter(state);
        uint256 most = market.maxMint(carol);
        if (most == 0) return;
        loan.mint(carol, market.maxDeposit(carol));
        shares = bound(shares, most / 2, most);
        (bool ok,) = _call(carol, abi.encodeCall(market.mint, (shares, carol)));
        assertTrue(ok);
    }

    function testFuzz_maxWithdrawIsTrue(uint256 state, address who) public {
        _enter(state);
        market.maxWithdraw(who);
        uint256 most = market.maxWithdraw(alice);
        if (most == 0) return;
        uint256 id = vm.snapshotState();
        _withdraw(alice, most);
        vm.revertToStateAndDelete(id);
        if (_isLate()) return;
        (bool more,) =
            _call(alice, abi.encodeWithSignature("withdraw(uint256,address,address)", most + 1, alice, alice));
        assertFalse(more, "it was the most");
    }

    function testFuzz_maxRedeemIsTrue(uint256 state, address who) public {
        _enter(state);
        market.maxRedeem(who);
        uint256 most = market.maxRedeem(alice);
        if (most == 0) return;
        assertLe(most, market.balanceOf(alice));
        _redeem(alice, most);
    }

    /// @notice Views answer whatever the state and whoever is asked about.
    function testFuzz_viewsNeverRevert(uint256 state, address who, uint128 amount) public {
        _enter(state);
        market.totalAssets();
        market.convertToShares(amount);
        market.convertToAssets(amount);
        market.previewDeposit(amount);
        market.previewMint(amount);
        market.previewRedeem(amount);
        market.maxDeposit(who);
        market.maxMint(who);
        market.maxWithdraw(who);
        market.maxRedeem(who);
        assertLe(market.convertToAssets(market.totalSupply()), market.totalAssets());
    }

    // ─── round trips never gain ───

    function testFuzz_depositThenRedeem(uint256 state, uint256 assets) public {
        _enter(state);
        (bool ok, uint256 shares) =
            _call(carol, abi.encodeCall(market.deposit, (bound(assets, 1, 90_000_000 * USD), carol)));
        if (!ok) return;
        assertLe(_redeem(carol, shares), bound(assets, 1, 90_000_000 * USD));
    }

    function testFuzz_depositThenWithdraw(uint256 state, uint256 assets) public {
        _enter(state);
        assets = bound(assets, 1, 90_000_000 * USD);
        (bool ok, uint256 shares) = _call(carol, abi.encodeCall(market.deposit, (assets, carol)));
        if (!ok) return;
        (bool out, uint256 burnt) =
            _call(carol, abi.encodeWithSignature("withdraw(uint256,address,address)", assets, carol, carol));
        if (out) assertGe(burnt, shares);
    }

    function testFuzz_mintThenRedeem(uint256 state, uint256 shares) public {
        _enter(state);
        shares = bound(shares, 1, 80_000_000 * USD);
        (bool ok, uint256 assets) = _call(carol, abi.encodeCall(market.mint, (shares, carol)));
        if (ok) assertLe(_redeem(carol, shares), assets);
    }

    function testFuzz_redeemThenDeposit(uint256 state, uint256 shares) public {
        _enter(state);
        shares = bound(shares, 0, market.maxRedeem(alice));
        if (shares == 0) return;
        uint256 assets = _redeem(alice, shares);
        (bool ok, uint256 again) = _call(alice, abi.encodeCall(market.deposit, (assets, alice)));
        if (ok) assertLe(again, shares);
    }

    function testFuzz_withdrawThenMint(uint256 state, uint256 assets) public {
        _enter(state);
        assets = bound(assets, 0, market.maxWithdraw(alice));
        if (assets == 0) return;
        uint256 shares = _withdraw(alice, assets);
        (bool ok, uint256 paid) = _call(alice, abi.encodeCall(market.mint, (shares, alice)));
        if (ok) assertGe(paid, assets);
    }

    function testFuzz_convertsRoundTrip(uint256 state, uint256 amount) public {
        _enter(state);
        amount = bound(amount, 0, type(uint112).max);
        assertLe(market.convertToAssets(market.convertToShares(amount)), amount);
        if (market.accrual().price != 0) assertLe(market.convertToShares(market.convertToAssets(amount)), amount);
    }

    /// @dev Bits of the seed: how much is lent, interest, a loss, dryness, a pause, a gate that refuses, a donation, lateness.
    function _enter(uint256 seed) private {
        _deposit(alice, 1_000 * USD + uint256(keccak256(abi.encode(seed, "lent"))) % (10_000_000 * USD));
        _pledge(bob, 0, 10_000 * ETH);
        uint256 liquid = market.maxFlashLoan(address(loan));
        if (seed & 1 != 0) _borrow(bob, seed & 2 != 0 ? liquid : 10 * USD + liquid / 2);
        skip(uint256(keccak256(abi.encode(seed, "wait"))) % 60 days);
        market.checkpoint();
        if (seed & 4 != 0 && seed & 1 != 0) {
            // A loss, sometimes of everything.
            ethOracle.setPrice(seed & 8 != 0 ? 1 : market.debtOf(bob) * 1e14 * (70 + seed % 25));
            vm.prank(dave);
            (bool ok,) = address(market).call(abi.encodeCall(market.liquidate, (bob, 0, ALL, OWN, "")));
            ok;
        }
        if (seed & 16 != 0) loan.mint(market.tillOf(seed >> 8 & 3), 1_000 * USD);
        if (seed & 32 != 0) {
            vm.prank(guardian);
            market.pause(3 days);
        }
        if (seed & 64 != 0) vm.etch(address(gate), hex"5f5ffd");
        skip(seed & 128 != 0 ? seed % 1 hours : seed % 30 days);
    }

    function _isLate() private view returns (bool) {
        return block.timestamp - market.accrual().settledAt > 1 hours;
    }

    function _call(address who, bytes memory data) private returns (bool ok, uint256 result) {
        bytes memory out;
        vm.prank(who);
        (ok, out) = address(market).call(data);
        if (ok) result = abi.decode(out, (uint256));
    }
}
