// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { MockToken } from "../../src/dev/MockToken.sol";
import { IPriceSource } from "../../src/interfaces/IPriceSource.sol";
import { PriceGuard } from "../../src/oracle/PriceGuard.sol";
import { VaultRateSource } from "../../src/oracle/VaultRateSource.sol";
import { Base } from "../Base.sol";
import { StubSource } from "../oracle/StubSources.sol";
import { StubVault } from "../oracle/StubVault.sol";

/// @title Prices that a gift can move
contract DonatedVaultRateTest is Base {
    uint256 private constant GROWTH = 0.12e18;

    MockToken private asset;
    StubVault private vault;
    VaultRateSource private source;
    PriceGuard private guard;

    function setUp() public {
        vm.warp(1_740_000_000);
        asset = new MockToken("USDM", "USDM", 18);
        vault = new StubVault(asset);
        asset.mint(address(this), 1_000_000e18);
        asset.approve(address(vault), type(uint256).max);
        vault.deposit(1_000_000e18, address(this));
        source = new VaultRateSource(new StubSource(1e36), vault, GROWTH);
        guard = new PriceGuard(source, IPriceSource(address(0)), 0, 200_000);
    }

    // Venus on zkSync, February 2025: a donation lifted wUSDM from 1.06 to 1.7 in one transaction, and the price that
    // was read from the vault backed loans that were never repaid.
    function test_venusWusdm_donationDoesNotLiftThePrice() public {
        asset.mint(address(vault), 600_000e18);
        (uint256 bid, uint256 ask) = guard.quote();
        assertEq(bid, 1e36);
        assertEq(ask, 1e36);
    }

    // The donor waits: a year later the price has risen by the cap and not by the gift.
    function test_venusWusdm_patienceGainsTheCapOnly() public {
        asset.mint(address(vault), 600_000e18);
        skip(365 days);
        (uint256 bid,) = guard.quote();
        assertEq(bid, 1.12e36);
    }

    // sDOLA at LlamaLend, March 2026: the attacker redeemed most shares, gave the vault 191,000 DOLA and thereby lifted
    // its rate by 14 % in one transaction; 27 borrowers were liquidated at the jump. Here the jump does not
    // happen, and calling `sync` in the same transaction does not make it happen.
    function test_sdola_donationThenSyncDoesNotLiftTheSnapshot() public {
        skip(1 days);
        vault.redeem(900_000e18, address(this), address(this));
        asset.mint(address(vault), 14_000e18);
        assertApproxEqRel(vault.convertToAssets(1e18), 1.14e18, 1e6, "the vault itself was inflated");
        source.sync();
        (uint128 rate,) = source.snapshot();
        assertLe(rate, 1e24 + 1e24 * GROWTH / 1e18 / 365);
        (, uint256 ask) = guard.quote();
        assertLe(ask, 1e36 + 1e36 * GROWTH / 1e18 / 365);
    }

    // Resupply, June 2025: the vault was new and had almost no shares, so a small donation multiplied the rate. The
    // other half of that incident is in InvertedPrice.t.sol.
    function test_resupply_almostEmptyVaultCannotBeInflated() public {
        vault.redeem(1_000_000e18 - 1, address(this), address(this));
        asset.mint(address(vault), 2_000e18);
        assertGt(vault.convertToAssets(1e18), 1e36, "the vault itself was inflated");
        (uint256 bid, uint256 ask) = guard.quote();
        assertEq(bid, 1e36);
        assertEq(ask, 1e36);
    }

    // A real loss must not be smoothed: the cap works in one direction only.
    function test_lossCountsAtOnce() public {
        vault.lose(300_000e18);
        (uint256 bid, uint256 ask) = guard.quote();
        assertApproxEqRel(bid, 0.7e36, 1e6);
        assertEq(bid, ask);
    }
}
