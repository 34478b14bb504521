// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "../../src/interfaces/IMarket.sol";
import { IMarketErrors } from "../../src/interfaces/IMarketErrors.sol";
import { MarketConfig } from "../../src/interfaces/IMarketTypes.sol";
import { CodeStore } from "../../src/market/CodeStore.sol";
import { MarketFactory } from "../../src/market/MarketFactory.sol";
import { MarketFixture } from "./MarketFixture.sol";

/// @title Markets from known code, by anyone
contract MarketFactoryTest is MarketFixture {
    MarketFactory private factory;
    bytes private frontCode;
    bytes private backCode;

    function setUp() public override {
        super.setUp();
        CodeStore store = new CodeStore();
        frontCode = vm.getCode("Market.sol:Market");
        backCode = vm.getCode("MarketExtension.sol:MarketExtension");
        factory = new MarketFactory(address(tillFactory), _store(store, frontCode), _store(store, backCode));
    }

    function test_anybodyCreatesAMarketThatWorks() public {
        MarketConfig memory c = _config();
        vm.prank(carol);
        market = IMarket(factory.createMarket(c));
        assertTrue(factory.isMarket(address(market)));
        assertFalse(factory.isMarket(carol));
        assertEq(factory.tills(), address(tillFactory));
        assertEq(market.configHash(), keccak256(abi.encode(c)));
        assertEq(market.tills(), address(tillFactory));
        _equip(alice);
        _equip(bob);
        _lendAndBorrow(100 * ETH, 100_000 * USD);
        skip(2 hours);
        _repay(bob, ALL);
        _redeem(alice, market.balanceOf(alice));
        assertEq(market.totalSupply(), 0);
    }

    function test_saysWhichCodeItDeploys() public view {
        assertEq(factory.marketCodeHash(), keccak256(frontCode));
        assertEq(factory.extensionCodeHash(), keccak256(backCode));
    }

    function test_announcesTheMarket() public {
        MarketConfig memory c = _config();
        uint256 id = vm.snapshotState();
        address expected = factory.createMarket(c);
        vm.revertToStateAndDelete(id);
        vm.expectEmit(address(factory));
        emit MarketFactory.MarketCreated(expected, address(loan), dave, c);
        vm.prank(dave);
        factory.createMarket(c);
    }

    /// @notice The market's own error comes through.
    function test_badConfigsComeThrough() public {
        MarketConfig memory c = _config();
        c.feeBps = 5001;
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.BadConfig.selector, bytes32("feeBps"), 5001));
        factory.createMarket(c);
        c = _config();
        c.flashFeeBps = 101;
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.BadConfig.selector, bytes32("flashFeeBps"), 101));
        factory.createMarket(c);
    }

    /// @notice Two markets of one configuration are two markets, with tills of their own.
    function test_twins() public {
        IMarket a = IMarket(factory.createMarket(_config()));
        IMarket b = IMarket(factory.createMarket(_config()));
        assertNotEq(address(a), address(b));
        assertNotEq(a.tillOf(0), b.tillOf(0));
    }

    function _store(CodeStore store, bytes memory code) private returns (address[] memory chunks) {
        uint256 n = (code.length + 24_574) / 24_575;
        chunks = new address[](n);
        for (uint256 k; k < n; ++k) {
            uint256 from = k * 24_575;
            uint256 size = code.length - from < 24_575 ? code.length - from : 24_575;
            bytes memory chunk = new bytes(size);
            for (uint256 j; j < size; ++j) {
                chunk[j] = code[from + j];
            }
            chunks[k] = store.store(chunk);
        }
    }
}
