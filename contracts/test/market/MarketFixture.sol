// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { MockOracle } from "../../src/dev/MockOracle.sol";
import { MockToken } from "../../src/dev/MockToken.sol";
import { IMarket } from "../../src/interfaces/IMarket.sol";
import { CollateralConfig, MarketConfig, Route } from "../../src/interfaces/IMarketTypes.sol";
import { Lens } from "../../src/lens/Lens.sol";
import { TillFactory } from "../../src/market/TillFactory.sol";
import { KinkRate } from "../../src/rate/KinkRate.sol";
import { Base } from "../Base.sol";

/// @title A market with everything around it
/// @notice A loan asset of 6 decimals (a dollar); ether (18 decimals) at 2,000 and bitcoin (8 decimals) at 50,000 as collateral;
/// actors with tokens and approvals. Override `_config` to change the market, `_stripes` for L.
abstract contract MarketFixture is Base {
    uint256 internal constant RAY = 1e27;
    uint256 internal constant WAD = 1e18;
    uint256 internal constant YEAR = 365 days;
    uint256 internal constant ALL = type(uint256).max;
    /// @dev 1e36-scaled price of one base unit: ether (18 decimals) in dollars (6 decimals) times 1e24
    uint256 internal constant ETH_PRICE = 2_000e24;
    uint256 internal constant BTC_PRICE = 50_000e34;
    uint256 internal constant USD = 1e6;
    uint256 internal constant ETH = 1e18;
    uint256 internal constant BTC = 1e8;
    Route internal constant OWN = Route.wrap(0);
    Route internal constant OWNER_PAYS = Route.wrap(1);

    MockToken internal loan;
    MockToken internal eth;
    MockToken internal btc;
    MockOracle internal ethOracle;
    MockOracle internal btcOracle;
    KinkRate internal rates;
    TillFactory internal tillFactory;
    IMarket internal market;
    Lens internal lens;

    address internal alice = makeAddr("alice");
    address internal bob = makeAddr("bob");
    address internal carol = makeAddr("carol");
    address internal dave = makeAddr("dave");
    address internal guardian = makeAddr("guardian");
    address internal cover = makeAddr("cover");

    function setUp() public virtual {
        vm.warp(1_700_000_000);
        loan = new MockToken("Dollar", "USD", 6);
        eth = new MockToken("Ether", "ETH", 18);
        btc = new MockToken("Bitcoin", "BTC", 8);
        ethOracle = new MockOracle(ETH_PRICE, ETH_PRICE);
        btcOracle = new MockOracle(BTC_PRICE, BTC_PRICE);
        rates = new KinkRate(0.01e18, 0.09e18, 0.9e18, 1e18);
        tillFactory = new TillFactory();
        lens = new Lens();
        market = _deploy(_config());
        _equip(alice);
        _equip(bob);
        _equip(carol);
        _equip(dave);
    }

    function _stripes() internal pure virtual returns (uint8) {
        return 4;
    }

    function _config() internal virtual returns (MarketConfig memory c) {
        c.asset = address(loan);
        c.name = "Millrace Dollar";
        c.symbol = "mlUSD";
        c.stripes = _stripes();
        c.rateModel = address(rates);
        c.guardian = guardian;
        c.cover = cover;
        c.minEpoch = 1 minutes;
        c.maxEpoch = 1 hours;
        c.feeBps = 1000;
        c.rewardBps = 500;
        c.flashFeeBps = 5;
        c.targetHealthBps = 10_500;
        c.initialRate = uint64(uint256(0.1e18) / YEAR);
        c.minDebt = uint128(10 * USD);
        c.collaterals = new CollateralConfig[](2);
        c.collaterals[0] =
            CollateralConfig(address(eth), address(ethOracle), 7500, 8000, 1000, uint128(1_000_000 * ETH));
        c.collaterals[1] = CollateralConfig(address(btc), address(btcOracle), 7000, 7700, 800, uint128(100_000 * BTC));
    }

    /// @dev From artifacts, so that the market's code is not compiled into every test contract.
    function _deploy(MarketConfig memory c) internal returns (IMarket) {
        address back = vm.deployCode("MarketExtension.sol:MarketExtension", abi.encode(c, tillFactory));
        return IMarket(vm.deployCode("Market.sol:Market", abi.encode(c, back)));
    }

    /// @dev Tokens and unlimited approvals.
    function _equip(address who) internal {
        loan.mint(who, 100_000_000 * USD);
        eth.mint(who, 100_000 * ETH);
        btc.mint(who, 10_000 * BTC);
        vm.startPrank(who);
        loan.approve(address(market), ALL);
        eth.approve(address(market), ALL);
        btc.approve(address(market), ALL);
        vm.stopPrank();
    }

    /// @dev A route over one till, which is also the stripe of the books.
    function _via(uint256 till) internal pure returns (Route) {
        return Route.wrap(till << 16 | 1 << 8);
    }

    function _via(uint256 a, uint256 b) internal pure returns (Route) {
        return Route.wrap(b << 24 | a << 16 | 2 << 8);
    }

    function _via(uint256 a, uint256 b, uint256 c) internal pure returns (Route) {
        return Route.wrap(c << 32 | b << 24 | a << 16 | 3 << 8);
    }

    function _ownTill(address who) internal view returns (uint256) {
        return uint256(keccak256(abi.encode(who))) & (market.parameters().stripes - 1);
    }

    function _held(address token, uint256 till) internal view returns (uint256) {
        return MockToken(token).balanceOf(market.tillOf(till));
    }

    function _deposit(address who, uint256 assets) internal returns (uint256) {
        vm.prank(who);
        return market.deposit(assets, who);
    }

    function _pledge(address who, uint256 i, uint256 amount) internal {
        vm.prank(who);
        market.supplyCollateral(i, amount, who, OWN, "");
    }

    function _borrow(address who, uint256 assets) internal {
        vm.prank(who);
        market.borrow(assets, who, who, OWN);
    }

    function _repay(address who, uint256 assets) internal returns (uint256) {
        vm.prank(who);
        return market.repay(assets, who, OWN, "");
    }

    function _unpledge(address who, uint256 i, uint256 amount) internal {
        vm.prank(who);
        market.withdrawCollateral(i, amount, who, who, OWN);
    }

    function _withdraw(address who, uint256 assets) internal returns (uint256) {
        vm.prank(who);
        return market.withdraw(assets, who, who);
    }

    function _redeem(address who, uint256 shares) internal returns (uint256) {
        vm.prank(who);
        return market.redeem(shares, who, who);
    }

    /// @dev alice lends a million; bob owes `debt` against `collateral` ether.
    function _lendAndBorrow(uint256 collateral, uint256 debt) internal {
        _deposit(alice, 1_000_000 * USD);
        _pledge(bob, 0, collateral);
        _borrow(bob, debt);
    }
}
