// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { MockToken } from "../../src/dev/MockToken.sol";
import { IPriceSource } from "../../src/interfaces/IPriceSource.sol";
import { VaultRateSource } from "../../src/oracle/VaultRateSource.sol";
import { Base } from "../Base.sol";
import { BrokenSource, StubSource } from "./StubSources.sol";
import { StubVault } from "./StubVault.sol";
import { IERC4626 } from "@openzeppelin/contracts/interfaces/IERC4626.sol";

contract VaultRateSourceTest is Base {
    uint256 private constant TEN_PERCENT = 0.1e18;
    uint256 private constant ASSET_PRICE = 2_000e24;
    uint256 private constant SAMPLE = 1e24;
    uint256 private constant TINY = 2; // virtual share and asset of the vault

    MockToken private asset;
    StubVault private vault;
    StubSource private inner;
    VaultRateSource private source;

    function setUp() public {
        vm.warp(1_700_000_000);
        asset = new MockToken("Asset", "AST", 18);
        vault = new StubVault(asset);
        asset.mint(address(this), 1_000e18);
        asset.approve(address(vault), type(uint256).max);
        vault.deposit(1_000e18, address(this));
        inner = new StubSource(ASSET_PRICE);
        source = new VaultRateSource(inner, vault, TEN_PERCENT);
    }

    function test_priceIsInnerTimesRate() public {
        _assertPrice(ASSET_PRICE);
        skip(365 days);
        asset.mint(address(vault), 50e18);
        _assertPrice(ASSET_PRICE * 105 / 100);
    }

    function test_growthIsCapped() public {
        skip(365 days / 2);
        asset.mint(address(vault), 500e18);
        _assertPrice(ASSET_PRICE * 105 / 100);
        skip(365 days / 2);
        _assertPrice(ASSET_PRICE * 110 / 100);
    }

    function test_fallIsFollowedAtOnce() public {
        vault.lose(400e18);
        _assertPrice(ASSET_PRICE * 60 / 100);
    }

    function test_fallAfterAPendingRise() public {
        skip(365 days);
        asset.mint(address(vault), 50e18);
        vault.lose(250e18);
        _assertPrice(ASSET_PRICE * 80 / 100);
    }

    function test_syncMovesTheSnapshotToTheCap() public {
        asset.mint(address(vault), 1_000e18);
        skip(365 days / 10);
        source.sync();
        (uint128 rate, uint64 time) = source.snapshot();
        assertEq(rate, SAMPLE * 101 / 100);
        assertEq(time, block.timestamp);
        _assertPrice(ASSET_PRICE * 101 / 100);
    }

    function test_syncMovesTheSnapshotDown() public {
        vault.lose(500e18);
        skip(1 days);
        source.sync();
        asset.mint(address(vault), 500e18);
        _assertPrice(ASSET_PRICE / 2);
    }

    function test_syncIsAtMostOnceADay() public {
        uint256 due = block.timestamp + 1 days;
        skip(1 days - 1);
        vm.expectRevert(abi.encodeWithSelector(VaultRateSource.SyncTooEarly.selector, due, due - 1));
        source.sync();
        skip(1);
        source.sync();
        vm.expectRevert(abi.encodeWithSelector(VaultRateSource.SyncTooEarly.selector, due + 1 days, due));
        source.sync();
    }

    /// However often it is called, sync lets the rate rise no faster than a year's cap, compounded daily.
    function testFuzz_syncingOftenGainsLittle(uint256 count, uint256 gap) public {
        count = bound(count, 1, 60);
        gap = bound(gap, 1 days, 6 days);
        asset.mint(address(vault), 1_000_000e18);
        uint256 start = block.timestamp;
        for (uint256 i; i < count; ++i) {
            skip(gap);
            source.sync();
        }
        uint256 simple = SAMPLE + SAMPLE * TEN_PERCENT * (block.timestamp - start) / (365 days * 1e18);
        // e^0.1 < 1.1052: compounding adds at most 0.52 points over a year.
        assertLe(source.capDown(), simple + SAMPLE * 52 / 10_000);
    }

    function testFuzz_neverAboveTheCapNorTheVault(uint256 donation, uint256 elapsed) public {
        elapsed = bound(elapsed, 0, 3_650 days);
        donation = bound(donation, 0, 1e30);
        skip(elapsed);
        asset.mint(address(vault), donation);
        (uint256 rate, bool live) = source.cappedRate();
        assertTrue(live);
        assertLe(rate, vault.convertToAssets(SAMPLE));
        assertLe(rate, source.capDown());
    }

    function test_deadInnerIsDead() public {
        inner.set(ASSET_PRICE, false);
        _assertDead();
        inner.set(0, true);
        _assertDead();
        inner.set(type(uint256).max, true);
        _assertDead();
        inner.set(type(uint256).max / SAMPLE + 1, true);
        _assertDead();
        inner.set(type(uint256).max / SAMPLE, true);
        _assertPrice(type(uint256).max / SAMPLE);
    }

    /// What a call that failed left behind is not an answer.
    function test_revertedAnswersAreDead() public {
        bytes memory read = abi.encodeCall(IPriceSource.read, ());
        vm.mockCallRevert(address(inner), read, abi.encode(ASSET_PRICE, true));
        _assertDead();
        vm.clearMockedCalls();
        _assertPrice(ASSET_PRICE);
        bytes memory convert = abi.encodeCall(IERC4626.convertToAssets, (SAMPLE));
        vm.mockCallRevert(address(vault), convert, abi.encode(SAMPLE));
        _assertDead();
    }

    function test_brokenVaultIsDead() public {
        vm.etch(address(vault), address(new BrokenSource(BrokenSource.Kind.Reverts)).code);
        _assertDead();
        skip(1 days);
        vm.expectRevert(VaultRateSource.VaultNotLive.selector);
        source.sync();
    }

    function test_emptiedVaultIsDead() public {
        vault.lose(1_000e18);
        // One virtual wei is left of each thousand shares: a price, but next to nothing.
        (uint256 price, bool live) = source.read();
        assertTrue(!live || price < 1e12);
    }

    /// Shares with 18 decimals of an asset with 6 keep twelve digits, not six.
    function test_coarseVaultKeepsItsDigits() public {
        vm.mockCall(address(vault), abi.encodeCall(IERC4626.convertToAssets, (SAMPLE)), abi.encode(1_000_000_123_456));
        source = new VaultRateSource(new StubSource(1e36), vault, 0);
        _assertPrice(1_000_000_123_456 * 1e12);
    }

    function test_submitReachesTheInnerSource() public {
        source.submit(hex"abcd");
        assertEq(inner.submitted(), hex"abcd");
    }

    function test_constructorRejects() public {
        vm.expectRevert(abi.encodeWithSelector(VaultRateSource.GrowthTooHigh.selector, 1e18, 1e18 + 1));
        new VaultRateSource(inner, vault, 1e18 + 1);
        vm.mockCall(address(vault), abi.encodeCall(IERC4626.convertToAssets, (SAMPLE)), abi.encode(999_999));
        vm.expectRevert(abi.encodeWithSelector(VaultRateSource.RateOutOfRange.selector, 1e6, 999_999));
        new VaultRateSource(inner, vault, 0);
        vm.mockCall(address(vault), abi.encodeCall(IERC4626.convertToAssets, (SAMPLE)), abi.encode(uint256(1) << 128));
        vm.expectRevert(abi.encodeWithSelector(VaultRateSource.RateOutOfRange.selector, 1e6, uint256(1) << 128));
        new VaultRateSource(inner, vault, 0);
    }

    function _assertPrice(uint256 expected) private view {
        (uint256 price, bool live) = source.read();
        assertTrue(live, "live");
        assertApproxEqAbs(price, expected, expected / 1e18 + TINY);
    }

    function _assertDead() private view {
        (, bool live) = source.read();
        assertFalse(live, "live");
    }
}
