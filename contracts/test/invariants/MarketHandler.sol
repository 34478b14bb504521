// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { MockOracle } from "../../src/dev/MockOracle.sol";
import { MockToken } from "../../src/dev/MockToken.sol";
import { IMarket } from "../../src/interfaces/IMarket.sol";
import { IMarketEvents } from "../../src/interfaces/IMarketEvents.sol";
import { Accrual, CollateralConfig, Route } from "../../src/interfaces/IMarketTypes.sol";
import { Lens } from "../../src/lens/Lens.sol";
import { Position } from "../../src/market/MarketState.sol";
import { Base } from "../Base.sol";
import { InvariantsSpec } from "../InvariantsSpec.sol";
import { Vm } from "../Vm.sol";
import { Calls } from "../market/Calls.sol";
import { Player, Step } from "../market/Player.sol";
import { ExactHealth } from "./ExactHealth.sol";
import { Moves } from "./Moves.sol";
import { Solvency } from "./Solvency.sol";

/// @title What happens to a market under test: people, time, prices, attackers
/// @notice Each call is one transaction. After each, what may have changed is compared with what did; the market may refuse, but a
/// reverting handler is a failure.
contract MarketHandler is Base, InvariantsSpec, Moves {
    using Solvency for IMarket;
    using ExactHealth for IMarket;
    using ExactHealth for ExactHealth.Pair;

    struct System {
        int256 surplus;
        uint256 price;
        uint256 ceiling;
        uint256 index;
        uint256 settledAt;
        uint256 rate;
    }

    struct Holding {
        uint256 shares;
        uint256 debt;
        uint256 eth;
        uint256 btc;
    }

    IMarket private immutable market;
    Lens private immutable lens;
    MockToken private immutable loan;
    MockToken[2] private tokens;
    MockOracle[2] private oracles;
    address private immutable guardian;
    address private immutable cover;
    uint256 private immutable stripes;
    Player public immutable player;
    address[] private actors;

    /// @dev What the events of one transaction say. `liquidated` has a bit for each actor.
    struct Told {
        bool checkpointed;
        uint256 loss;
        uint256 liquidated;
    }

    /// @notice Sent to tills by hand.
    uint256 public donatedLoan;
    uint256[2] public donated;
    mapping(bytes32 operation => uint256) public succeeded;

    constructor(
        IMarket market_,
        Lens lens_,
        MockToken[2] memory tokens_,
        MockOracle[2] memory oracles_,
        address guardian_,
        address cover_,
        address[] memory people
    ) {
        (market, lens, loan, guardian, cover) = (market_, lens_, MockToken(market_.asset()), guardian_, cover_);
        (tokens, oracles, actors) = (tokens_, oracles_, people);
        stripes = market_.parameters().stripes;
        player = new Player();
        actors.push(address(player));
        loan.mint(address(player), 1e14);
        tokens_[0].mint(address(player), 1e23);
        tokens_[1].mint(address(player), 1e12);
        for (uint256 k; k < 3; ++k) {
            address token = k == 0 ? address(loan) : address(tokens_[k - 1]);
            player.act(token, abi.encodeCall(loan.approve, (address(market_), type(uint256).max)));
        }
    }

    function everybody() external view returns (address[] memory) {
        return actors;
    }

    // ─── lenders ───

    function deposit(uint256 who, uint256 amount, uint256 route) external {
        address a = _actor(who);
        _watched(a, a, abi.encodeCall(market.supply, (_size(amount, 5e12), a, _route(market, route), "")), "supply");
    }

    function mint(uint256 who, uint256 amount) external {
        address a = _actor(who);
        _watched(a, a, abi.encodeCall(market.mint, (_size(amount, 5e12), a)), "mint");
    }

    function withdraw(uint256 who, uint256 amount, uint256 route) external {
        address a = _actor(who);
        uint256 most = market.maxWithdraw(a);
        bytes memory call = Calls.withdraw(_size(amount, most + 2), a, a, _route(market, route));
        _watched(a, a, call, "withdraw");
    }

    function redeem(uint256 who, uint256 amount) external {
        address a = _actor(who);
        bytes memory call = Calls.redeem(_size(amount, market.maxRedeem(a) + 1), a, a);
        _watched(a, a, call, "redeem");
    }

    function transferShares(uint256 who, uint256 to, uint256 amount) external {
        address a = _actor(who);
        uint256 shares = market.balanceOf(a);
        _watched(a, a, abi.encodeCall(market.transfer, (_actor(to), _size(amount, shares + 1))), "transfer");
    }

    // ─── borrowers ───

    function supplyCollateral(uint256 who, uint256 i, uint256 amount, uint256 route) external {
        address a = _actor(who);
        i = i % 2;
        Route r = _route(market, route);
        uint256 size = _size(amount, i == 0 ? 20_000e18 : 1_000e8);
        bytes memory call = Calls.supplyCollateral(i, size, a, r, "");
        if (!_watched(a, a, call, "supplyCollateral")) return;
        uint256 most = market.collateral(i).cap / stripes;
        uint256 n = uint8(Route.unwrap(r) >> 8);
        for (uint256 k; k < n || k == 0; ++k) {
            uint256 till = n == 0 ? _ownTill(a) : uint8(Route.unwrap(r) >> (16 + 8 * k));
            assertLe(tokens[i].balanceOf(market.tillOf(till)), most, MKT_10);
        }
    }

    function supplyOwnCollateral(uint256 who, uint256 i, uint256 amount) external {
        address a = _actor(who);
        i = i % 2;
        bytes memory call = Calls.supplyCollateral(i, _size(amount, i == 0 ? 20_000e18 : 1_000e8));
        if (!_watched(a, a, call, "supplyOwnCollateral")) return;
        assertLe(tokens[i].balanceOf(market.tillOf(_ownTill(a))), market.collateral(i).cap / stripes, MKT_10);
    }

    function withdrawCollateral(uint256 who, uint256 i, uint256 amount, uint256 route) external {
        address a = _actor(who);
        i = i % 2;
        uint256 size = _size(amount, market.collateralOf(a, i) + 1);
        bytes memory call = abi.encodeCall(market.withdrawCollateral, (i, size, a, a, _route(market, route)));
        if (_watched(a, a, call, "withdrawCollateral")) _requireHealthy(a);
    }

    function borrow(uint256 who, uint256 amount, uint256 route) external {
        address a = _actor(who);
        Lens.PositionView memory p = lens.position(market, a);
        uint256 most = p.capacity > p.debt ? p.capacity - p.debt : 0;
        bytes memory call = abi.encodeCall(market.borrow, (_size(amount, most + 2), a, a, _route(market, route)));
        if (_watched(a, a, call, "borrow")) _requireHealthy(a);
    }

    function repay(uint256 who, uint256 owner, uint256 amount, uint256 route) external {
        uint256 size = amount % 8 == 0 ? type(uint256).max : _size(amount, market.debtOf(_actor(owner)) + 1);
        bytes memory call = abi.encodeCall(market.repay, (size, _actor(owner), _route(market, route), ""));
        _watched(_actor(who), address(0), call, "repay");
    }

    // ─── liquidators ───

    function liquidate(uint256 who, uint256 owner, uint256 i, uint256 amount, uint256 route) external {
        address a = _actor(who);
        address o = _liquidatable(owner);
        uint256 most = amount % 2 == 0 ? type(uint256).max : _size(amount, market.debtOf(o) + 1);
        bytes memory call = abi.encodeCall(market.liquidate, (o, i % 2, most, _route(market, route), ""));
        ExactHealth.Pair memory before = market.healthOf(o);
        if (!_watched(a, o, call, "liquidate")) return;
        ExactHealth.Pair memory later = market.healthOf(o);
        assertTrue(later.owed == 0 || before.isAtMost(later), MKT_06);
    }

    /// @notice Lets one actor's collateral fall until it can be liquidated, so that liquidations happen at all.
    function crash(uint256 who, uint256 depth) external {
        Lens.PositionView memory p = lens.position(market, _actor(who));
        if (p.debt == 0 || p.limit == 0) return;
        uint256 factor = WAD_PERCENT * bound(depth, 60, 101) * p.debt / p.limit;
        for (uint256 i; i < 2; ++i) {
            (, uint256 ask) = oracles[i].quote();
            if (ask != 0 && factor < 100 * WAD_PERCENT) oracles[i].setPrice(ask * factor / (100 * WAD_PERCENT));
        }
    }

    uint256 private constant WAD_PERCENT = 1e16;

    // ─── one transaction with callbacks ───

    function flashLoan(uint256 amount, uint256[4] calldata kinds, uint256 size, uint256 route) external {
        _plan(kinds, size);
        uint256 most = market.maxFlashLoan(address(loan));
        bytes memory call =
            Calls.flashLoan(address(player), address(loan), _size(amount, most + 1), _route(market, route));
        _inOneTransaction(call, "flashLoan");
    }

    function supplyWithCallback(uint256 amount, uint256[4] calldata kinds, uint256 size, uint256 route) external {
        _plan(kinds, size);
        _inOneTransaction(
            abi.encodeCall(market.supply, (_size(amount, 5e12), address(player), _route(market, route), "x")),
            "supply+callback"
        );
    }

    function pledgeWithCallback(uint256 i, uint256 amount, uint256[4] calldata kinds, uint256 size, uint256 route)
        external
    {
        _plan(kinds, size);
        i = i % 2;
        uint256 pledged = _size(amount, i == 0 ? 20_000e18 : 1_000e8);
        bytes memory call = Calls.supplyCollateral(i, pledged, address(player), _route(market, route), "x");
        if (_inOneTransaction(call, "supplyCollateral+callback")) _requireHealthyUnlessFallen();
    }

    function repayWithCallback(uint256 amount, uint256[4] calldata kinds, uint256 size, uint256 route) external {
        _plan(kinds, size);
        _inOneTransaction(
            abi.encodeCall(
                market.repay,
                (_size(amount, market.debtOf(address(player)) + 1), address(player), _route(market, route), "x")
            ),
            "repay+callback"
        );
    }

    /// @notice Several calls one after the other, without a callback.
    function burst(uint256[4] calldata kinds, uint256 size) external {
        uint256 rate = market.terms().rate;
        uint256 settledRate = _rateAfterCheckpoint();
        System memory before = _system();
        _plan(kinds, size);
        vm.recordLogs();
        player.play();
        _compare(before, _readLogs());
        uint256 now_ = market.terms().rate;
        assertTrue(now_ == rate || now_ == settledRate, MKT_14);
        ++succeeded["burst"];
    }

    // ─── upkeep ───

    function checkpoint(uint256 who) external {
        address a = _actor(who);
        _watched(a, address(0), abi.encodeCall(market.checkpoint, ()), "checkpoint");
    }

    function settle(uint256 who) external {
        _watched(_actor(who), address(0), abi.encodeCall(market.settle, ()), "settle");
    }

    function rebalance(uint256 token, uint256 from, uint256 to) external {
        address t = token % 3 == 0 ? address(loan) : address(tokens[token % 3 - 1]);
        bytes memory call = abi.encodeCall(market.rebalance, (t, from % stripes, to % stripes));
        _watched(_actor(from), address(0), call, "rebalance");
    }

    function donate(uint256 token, uint256 till, uint256 amount) external {
        System memory before = _system();
        address to = market.tillOf(till % stripes);
        uint256 size = _size(amount, token % 3 == 1 ? 100e18 : 1e10);
        if (token % 3 == 0) {
            donatedLoan += size;
            loan.mint(to, size);
        } else {
            donated[token % 3 - 1] += size;
            tokens[token % 3 - 1].mint(to, size);
        }
        System memory later = _system();
        assertEq(keccak256(abi.encode(before)), keccak256(abi.encode(later)), MKT_11);
    }

    function pause(uint256 duration) external {
        if (duration % 4 != 0) return;
        vm.prank(guardian);
        (bool ok,) = address(market).call(abi.encodeCall(market.pause, (duration % 2 days)));
        if (ok) ++succeeded["pause"];
    }

    function unpause() external {
        vm.prank(guardian);
        market.unpause();
    }

    function fundCover(uint256 amount) external {
        loan.mint(cover, _size(amount, 1e10));
        vm.prank(cover);
        loan.approve(address(market), type(uint256).max);
    }

    // ─── the world ───

    function pass(uint256 time) external {
        System memory before = _system();
        skip(time % 5 == 0 ? bound(time, 1, 60 days) : bound(time, 1, 3 hours));
        assertGe(_system().surplus, before.surplus, MKT_01);
    }

    function movePrice(uint256 i, uint256 change, uint256 kind) external {
        MockOracle oracle = oracles[i % 2];
        (, uint256 ask) = oracle.quote();
        uint256 base = i % 2 == 0 ? 2_000e24 : 50_000e34;
        if (ask == 0) ask = base;
        ask = bound(ask * bound(change, 80, 125) / 100, base / 10, base * 4);
        if (kind % 8 == 0) oracle.setQuote(ask * 99 / 100, ask);
        else if (kind % 16 == 1) oracle.setQuote(0, ask);
        else if (kind % 32 == 3) oracle.setQuote(0, 0);
        else oracle.setPrice(ask);
    }

    /// @notice Somebody without rights tries everything on somebody else.
    function trespass(uint256 owner, uint256 amount) external {
        address o = _actor(owner);
        address thief = address(0xDEAD1);
        uint256 size = _size(amount, 1e12) + 1;
        bytes[6] memory calls = [
            Calls.withdraw(size, thief, o),
            Calls.redeem(size, thief, o),
            abi.encodeCall(market.borrow, (size, thief, o, Route.wrap(0))),
            abi.encodeCall(market.withdrawCollateral, (0, size, thief, o, Route.wrap(0))),
            abi.encodeCall(market.transferFrom, (o, thief, size)),
            abi.encodeCall(market.supply, (size, o, Route.wrap(1), ""))
        ];
        for (uint256 k; k < calls.length; ++k) {
            vm.prank(thief);
            (bool ok,) = address(market).call(calls[k]);
            assertFalse(ok, MKT_09);
        }
    }

    // ─── how it is watched ───

    /// @dev Calls the market as `caller`; only `mayFall` may come out with less.
    function _watched(address caller, address mayFall, bytes memory call, bytes32 operation) private returns (bool ok) {
        System memory before = _system();
        Holding[] memory held = _holdings();
        vm.recordLogs();
        if (caller == address(player)) {
            (ok,) = address(player).call(abi.encodeCall(player.act, (address(market), call)));
        } else {
            vm.prank(caller);
            (ok,) = address(market).call(call);
        }
        if (ok) ++succeeded[operation];
        Told memory told = _readLogs();
        _compare(before, told);
        Holding[] memory holds = _holdings();
        for (uint256 k; k < actors.length; ++k) {
            if (actors[k] == mayFall || told.liquidated >> k & 1 == 1) continue;
            assertTrue(_notWorse(held[k], holds[k]), MKT_05_OTHERS);
        }
    }

    /// @dev The player in one transaction with a callback: whatever it did, the rate is what a checkpoint before it made it.
    function _inOneTransaction(bytes memory call, bytes32 operation) private returns (bool ok) {
        uint256 rate = market.terms().rate;
        uint256 settledRate = _rateAfterCheckpoint();
        address falls = address(player);
        ok = _watched(falls, falls, call, operation);
        uint256 after_ = market.terms().rate;
        assertTrue(after_ == rate || after_ == settledRate, MKT_14);
    }

    function _rateAfterCheckpoint() private returns (uint256 rate) {
        uint256 id = vm.snapshotState();
        market.checkpoint();
        rate = market.terms().rate;
        vm.revertToStateAndDelete(id);
    }

    function _compare(System memory before, Told memory told) private view {
        System memory now_ = _system();
        assertGe(now_.surplus, 0, MKT_01);
        assertGe(now_.index, before.index, MKT_04_INDEX);
        assertLe(now_.price, before.ceiling, MKT_04_CEILING);
        if (told.loss != 0) return;
        assertGe(now_.price, before.price, MKT_04_PRICE);
        if (!told.checkpointed) assertGe(now_.surplus, before.surplus, MKT_01);
    }

    function _readLogs() private returns (Told memory told) {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 k; k < logs.length; ++k) {
            if (logs[k].emitter != address(market)) continue;
            bytes32 what = logs[k].topics[0];
            if (what == IMarketEvents.Checkpointed.selector) told.checkpointed = true;
            else if (what == IMarketEvents.BadDebtRealised.selector) told.loss += _readBadDebt(logs[k].data);
            else if (what == IMarketEvents.Liquidated.selector) told.liquidated |= _bit(logs[k].topics[1]);
        }
    }

    function _bit(bytes32 account) private view returns (uint256) {
        for (uint256 k; k < actors.length; ++k) {
            if (actors[k] == address(uint160(uint256(account)))) return 1 << k;
        }
        return 0;
    }

    /// @return what bad debt took from lenders and donations together
    function _readBadDebt(bytes memory data) private returns (uint256) {
        (uint256 whole, uint256 fromReserve, uint256 fromCover, uint256 fromLenders, uint256 fromDonations) =
            abi.decode(data, (uint256, uint256, uint256, uint256, uint256));
        assertEq(whole, fromReserve + fromCover + fromLenders + fromDonations, MKT_01);
        ++succeeded["badDebt"];
        if (fromLenders != 0) ++succeeded["lendersPay"];
        return fromLenders + fromDonations;
    }

    function _system() private view returns (System memory s) {
        Accrual memory a = market.accrual();
        s.surplus = market.surplusRay();
        (s.price, s.index, s.settledAt) = (a.price, a.index, a.settledAt);
        s.ceiling = market.ceilingNow();
        s.rate = market.terms().rate;
    }

    function _holdings() private view returns (Holding[] memory list) {
        list = new Holding[](actors.length);
        for (uint256 k; k < list.length; ++k) {
            Position memory p = market.positionOf(actors[k]);
            list[k] = Holding(market.balanceOf(actors[k]), p.debt, p.first, p.others[0]);
        }
    }

    function _notWorse(Holding memory a, Holding memory b) private pure returns (bool) {
        return b.shares >= a.shares && b.debt <= a.debt && b.eth >= a.eth && b.btc >= a.btc;
    }

    function _requireHealthy(address who) private view {
        Lens.PositionView memory p = lens.position(market, who);
        assertGe(p.capacity, p.debt, MKT_05_CALLER);
    }

    /// @dev After a callback: prices did not move in it, so a player that owes more than it may had owed it before.
    function _requireHealthyUnlessFallen() private view {
        Lens.PositionView memory p = lens.position(market, address(player));
        assertTrue(p.debt <= p.limit || p.debt <= p.capacity || wasFallen, MKT_05_CALLER);
    }

    bool private wasFallen;

    // ─── from seeds to things ───

    function _plan(uint256[4] calldata kinds, uint256 size) private {
        address me = address(player);
        Lens.PositionView memory p = lens.position(market, me);
        wasFallen = p.debt > p.capacity;
        Step[] memory steps = new Step[](kinds.length);
        for (uint256 k; k < kinds.length; ++k) {
            uint256 x = uint256(keccak256(abi.encode(size, k)));
            // Donations are counted where they are made, not in a script.
            steps[k] = _move(market, kinds[k] % (KINDS - 1), x, address(player), _actor(x >> 16));
        }
        player.plan(steps, false);
    }

    function _actor(uint256 seed) private view returns (address) {
        return actors[seed % actors.length];
    }

    /// @dev Somebody who can be liquidated, if there is anybody.
    function _liquidatable(uint256 seed) private view returns (address who) {
        for (uint256 k; k < actors.length; ++k) {
            who = actors[(seed % actors.length + k) % actors.length];
            Lens.PositionView memory p = lens.position(market, who);
            if (p.debt > p.limit) return who;
        }
    }

    function _ownTill(address who) private view returns (uint256) {
        return uint256(keccak256(abi.encode(who))) & (stripes - 1);
    }
}
