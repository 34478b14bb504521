// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "../../src/interfaces/IMarket.sol";
import { IMarketErrors } from "../../src/interfaces/IMarketErrors.sol";
import { CollateralConfig, MarketConfig, Parameters } from "../../src/interfaces/IMarketTypes.sol";
import { Lens } from "../../src/lens/Lens.sol";
import { Calls } from "./Calls.sol";
import { MarketFixture } from "./MarketFixture.sol";
import { Player } from "./Player.sol";

/// @title A market as a whole, and what it refuses to be
contract MarketTest is MarketFixture {
    function test_everyEntryPointOnce() public {
        _deposit(alice, 1_000_000 * USD);
        vm.startPrank(alice);
        market.mint(1e6, alice);
        market.supply(1e6, alice, _via(0, 1), "");
        vm.stopPrank();
        _pledge(bob, 0, 100 * ETH);
        _pledge(bob, 1, 1 * BTC);
        _borrow(bob, 150_000 * USD);
        skip(30 minutes);
        assertTrue(market.checkpoint());
        skip(2 hours);
        market.settle();
        _repay(bob, 1_000 * USD);
        _unpledge(bob, 0, 1 * ETH);
        vm.startPrank(alice);
        market.withdraw(10 * USD, alice, alice, OWN);
        market.redeem(10 * USD, alice, alice, OWN);
        market.withdraw(1e6, alice, alice);
        market.redeem(1e6, alice, alice);
        market.transfer(carol, 5e6);
        market.setOperator(carol, 15, block.timestamp + 1);
        vm.stopPrank();
        market.rebalance(address(loan), _ownTill(alice), (_ownTill(alice) + 1) & 3);
        vm.startPrank(guardian);
        market.pause(1 days);
        market.unpause();
        vm.stopPrank();
        Player player = new Player();
        _equip(address(player));
        player.act(address(market), Calls.flashLoan(address(player), address(loan), 500_000 * USD, OWN));
        ethOracle.setPrice(1_100e24);
        Lens.LiquidationView memory v = lens.previewLiquidation(market, bob, 0);
        assertTrue(v.liquidatable);
        vm.prank(carol);
        market.liquidate(bob, 0, ALL, OWN, "");
        ethOracle.setPrice(1e24);
        btcOracle.setPrice(1e34);
        vm.prank(carol);
        market.liquidate(bob, 0, ALL, OWN, "");
        _redeem(alice, market.maxRedeem(alice));
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(market.deposit, (1e6, carol));
        calls[1] = abi.encodeCall(market.checkpoint, ());
        vm.prank(carol);
        market.multicall(calls);
    }

    function test_saysWhatItIs() public view {
        Parameters memory p = market.parameters();
        assertEq(p.stripes, 4);
        assertEq(p.rateModel, address(rates));
        assertEq(p.gate, address(0));
        assertEq(p.guardian, guardian);
        assertEq(p.cover, cover);
        assertEq(p.minEpoch, 1 minutes);
        assertEq(p.maxEpoch, 1 hours);
        assertEq(p.feeBps, 1000);
        assertEq(p.rewardBps, 500);
        assertEq(p.flashFeeBps, 5);
        assertEq(p.targetHealthBps, 10_500);
        assertEq(p.minDebt, 10 * USD);
        assertEq(market.asset(), address(loan));
        assertEq(market.name(), "Millrace Dollar");
        assertEq(market.symbol(), "mlUSD");
        assertEq(market.decimals(), 6);
        assertEq(market.collateralCount(), 2);
        CollateralConfig memory k = market.collateral(1);
        assertEq(k.token, address(btc));
        assertEq(k.oracle, address(btcOracle));
        assertEq(k.borrowLtvBps, 7000);
        assertEq(k.liquidationLtvBps, 7700);
        assertEq(k.maxBonusBps, 800);
        assertEq(k.cap, 100_000 * BTC);
        assertEq(market.accrual().price, RAY);
        assertEq(market.accrual().index, RAY);
        assertEq(market.accrual().settledAt, block.timestamp);
        assertEq(market.terms().rate, 0.1e18 / YEAR);
        assertEq(market.tills(), address(tillFactory));
        address[] memory tokens = market.tillTokens();
        assertEq(tokens[0], address(loan));
        assertEq(tokens[1], address(eth));
        assertEq(tokens[2], address(btc));
    }

    /// @notice Eight collaterals, each read from its own immutable.
    function test_eightCollaterals() public {
        MarketConfig memory c = _config();
        c.collaterals = new CollateralConfig[](8);
        for (uint256 i; i < 8; ++i) {
            address token = vm.deployCode("MockToken.sol:MockToken", abi.encode("T", "T", 18));
            address oracle = vm.deployCode("MockOracle.sol:MockOracle", abi.encode(i + 1, i + 2));
            c.collaterals[i] = CollateralConfig(
                token, oracle, uint16(100 + i), uint16(5_000 + i), uint16(200 + i), uint128(1e20 + 4 * i)
            );
        }
        IMarket m = _deploy(c);
        for (uint256 i; i < 8; ++i) {
            assertEq(keccak256(abi.encode(m.collateral(i))), keccak256(abi.encode(c.collaterals[i])));
        }
        assertEq(m.configHash(), keccak256(abi.encode(c)));
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.UnknownCollateral.selector, 8, 8));
        m.collateral(8);
    }

    function test_refusesBadConfigs() public {
        _refuses("asset", address(0), _with(0, 0));
        _refuses("asset", alice, _with(0, 1));
        _refusesNumber("stripes", 0, _with(1, 0));
        _refusesNumber("stripes", 3, _with(1, 3));
        _refusesNumber("stripes", 65, _with(1, 65));
        _refusesNumber("stripes", 128, _with(1, 128));
        _refusesNumber("maxEpoch", 599, _with(2, 599));
        _refuses("rateModel", address(0), _with(3, 0));
        _refusesNumber("feeBps", 5001, _with(4, 5001));
        _refusesNumber("rewardBps", 1001, _with(5, 1001));
        _refusesNumber("targetHealthBps", 10_000, _with(7, 10_000));
        _refusesNumber("targetHealthBps", 20_001, _with(7, 20_001));
        _refusesNumber("collaterals", 0, _with(8, 0));
        _refusesNumber("collaterals", 9, _with(8, 9));
    }

    function test_refusesBadConfigsOfTheFront() public {
        _refusesNumber("flashFeeBps", 101, _with(6, 101));
        _refusesNumber("initialRate", 4e18 / YEAR + 1, _with(9, 4e18 / YEAR + 1));
    }

    function test_refusesBadCollaterals() public {
        CollateralConfig memory k = _config().collaterals[1];
        k.token = address(loan);
        _refusesCollateral("collateral.token", k);
        k.token = alice;
        _refusesCollateral("collateral.token", k);
        k.token = address(eth);
        _refusesCollateral("collateral.token", k);
        k = _config().collaterals[1];
        k.oracle = alice;
        _refusesCollateral("collateral.oracle", k);
        k = _config().collaterals[1];
        k.borrowLtvBps = 0;
        _refusesCollateral("collateral.borrowLtvBps", k);
        k.borrowLtvBps = k.liquidationLtvBps;
        _refusesCollateral("collateral.borrowLtvBps", k);
        k = _config().collaterals[1];
        k.maxBonusBps = 99;
        _refusesCollateral("collateral.maxBonusBps", k);
        k = _config().collaterals[1];
        // 1.25 · 0.8 = 1: liquidating could lower health.
        (k.maxBonusBps, k.liquidationLtvBps) = (2500, 8000);
        _refusesCollateral("collateral.liquidationLtvBps", k);
        k = _config().collaterals[1];
        k.cap = 3;
        _refusesCollateral("collateral.cap", k);
    }

    /// @notice The two halves must have been made for each other.
    function test_refusesTheExtensionOfAnother() public {
        MarketConfig memory c = _config();
        address back = vm.deployCode("MarketExtension.sol:MarketExtension", abi.encode(c, tillFactory));
        c.feeBps = 999;
        bytes memory code = bytes.concat(vm.getCode("Market.sol:Market"), abi.encode(c, back));
        assertEq(_create(code), abi.encodeWithSelector(IMarketErrors.BadConfig.selector, bytes32("extension"), back));
    }

    /// @notice The extension alone is an empty market without approvals: nothing to take.
    function test_theExtensionAloneHoldsNothing() public {
        IMarket back = IMarket(market.extension());
        vm.expectRevert();
        back.liquidate(bob, 0, ALL, OWN, "");
        assertEq(back.debtOf(bob), 0);
        vm.expectRevert();
        back.deposit(1, alice);
    }

    function test_takesNoEther() public {
        vm.deal(alice, 1 ether);
        vm.prank(alice);
        (bool ok,) = address(market).call{ value: 1 }("");
        assertFalse(ok);
        vm.prank(alice);
        (ok,) = address(market).call{ value: 1 }(abi.encodeCall(market.checkpoint, ()));
        assertFalse(ok);
    }

    function _with(uint256 field, uint256 value) private returns (MarketConfig memory c) {
        c = _config();
        if (field == 0) c.asset = value == 0 ? address(0) : alice;
        if (field == 1) c.stripes = uint8(value);
        if (field == 2) c.maxEpoch = uint32(value);
        if (field == 3) c.rateModel = address(0);
        if (field == 4) c.feeBps = uint16(value);
        if (field == 5) c.rewardBps = uint16(value);
        if (field == 6) c.flashFeeBps = uint16(value);
        if (field == 7) c.targetHealthBps = uint16(value);
        if (field == 8) c.collaterals = new CollateralConfig[](value);
        if (field == 9) c.initialRate = uint64(value);
    }

    function _refusesCollateral(bytes32 field, CollateralConfig memory k) private {
        MarketConfig memory c = _config();
        c.collaterals[1] = k;
        _refusesNumber(field, 1, c);
    }

    function _refuses(bytes32 field, address value, MarketConfig memory c) private {
        _refusesNumber(field, uint160(value), c);
    }

    /// @dev Whichever half is made first refuses; the front is tried with an extension that claims to fit.
    function _refusesNumber(bytes32 field, uint256 value, MarketConfig memory c) private {
        bytes memory expected = abi.encodeWithSelector(IMarketErrors.BadConfig.selector, field, value);
        bytes memory back = bytes.concat(vm.getCode("MarketExtension.sol:MarketExtension"), abi.encode(c, tillFactory));
        bytes memory refusal = _create(back);
        if (refusal.length == 0) {
            address made = vm.deployCode("MarketExtension.sol:MarketExtension", abi.encode(c, tillFactory));
            refusal = _create(bytes.concat(vm.getCode("Market.sol:Market"), abi.encode(c, made)));
        }
        assertEq(refusal, expected, string(abi.encodePacked(field)));
    }

    /// @dev What a creation reverts with; empty when it succeeds.
    function _create(bytes memory code) private returns (bytes memory refusal) {
        assembly ("memory-safe") {
            let made := create(0, add(code, 32), mload(code))
            refusal := mload(64)
            let size := mul(iszero(made), returndatasize())
            mstore(refusal, size)
            returndatacopy(add(refusal, 32), 0, size)
            mstore(64, add(refusal, and(add(size, 63), not(31))))
        }
    }
}
