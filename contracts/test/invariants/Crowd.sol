// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Calls } from "../market/Calls.sol";
import { MarketFixture } from "../market/MarketFixture.sol";
import { Player } from "../market/Player.sol";

/// @title People on stripes of their own, and every kind of operation
/// @notice Side `s` has four stripes: its user's, a friend's, a victim's (who can be liquidated) and one for flash loans.
abstract contract Crowd is MarketFixture {
    uint256 internal constant KINDS = 19;
    uint256 internal constant SIDES = 4;

    struct Side {
        address user;
        address friend;
        address victim;
        Player player;
        uint256 base;
        uint256 key;
    }

    /// @notice A call of somebody.
    struct Operation {
        address caller;
        bytes data;
    }

    Side[SIDES] internal sides;

    function _stripes() internal pure virtual override returns (uint8) {
        return 64;
    }

    function setUp() public virtual override {
        super.setUp();
        // Every till has enough for its own people.
        for (uint256 j; j < 4 * SIDES; ++j) {
            vm.prank(alice);
            market.supply(100_000 * USD, alice, _via(j), "");
        }
        for (uint256 s; s < SIDES; ++s) {
            Side storage side = sides[s];
            side.base = 4 * s;
            (side.user, side.key) = _onStripe("user", side.base);
            (side.friend,) = _onStripe("friend", side.base + 1);
            (side.victim,) = _onStripe("victim", side.base + 2);
            side.player = new Player();
            _populate(side);
        }
        for (uint256 j; j < 4 * SIDES; ++j) {
            tillFactory.open(address(market), j);
        }
        skip(2 minutes);
        market.checkpoint();
        skip(10 minutes);
        btcOracle.setPrice(BTC_PRICE * 9 / 10);
    }

    /// @dev What side `s` does in operation `kind`.
    function _operation(uint256 kind, uint256 s) internal view returns (Operation memory) {
        Side memory side = sides[s];
        address me = side.user;
        if (kind == 9) {
            return Operation(me, Calls.flashLoan(address(side.player), address(loan), 900 * USD, _via(side.base + 3)));
        }
        return Operation(me, _dataOf(kind, side, me));
    }

    function _dataOf(uint256 kind, Side memory side, address me) private view returns (bytes memory) {
        if (kind == 0) return abi.encodeCall(market.deposit, (50 * USD, me));
        if (kind == 1) return abi.encodeCall(market.mint, (50 * USD, me));
        if (kind == 2) return Calls.withdraw(40 * USD, me, me);
        if (kind == 3) return Calls.redeem(30 * USD, me, me);
        if (kind == 4) return Calls.supplyCollateral(0, 1 * ETH, me, OWN, "");
        if (kind == 5) return abi.encodeCall(market.withdrawCollateral, (0, 0.1e18, me, me, OWN));
        if (kind == 6) return abi.encodeCall(market.borrow, (20 * USD, me, me, OWN));
        if (kind == 7) return abi.encodeCall(market.repay, (15 * USD, me, OWN, ""));
        if (kind == 8) return abi.encodeCall(market.repay, (ALL, me, OWN, ""));
        if (kind == 10) return abi.encodeCall(market.transfer, (side.friend, 5 * USD));
        if (kind == 11) return abi.encodeCall(market.liquidate, (side.victim, 1, ALL, OWN, ""));
        if (kind == 12) return abi.encodeCall(market.setOperator, (side.friend, 15, block.timestamp + 1 days));
        if (kind == 13) return abi.encodeCall(market.approve, (side.friend, 7));
        if (kind == 14) return _permit(side);
        if (kind == 15) return abi.encodeCall(market.rebalance, (address(loan), side.base + 3, side.base));
        if (kind == 16) return abi.encodeCall(market.supply, (60 * USD, me, _via(side.base + 1, side.base + 2), ""));
        if (kind == 17) return Calls.supplyCollateral(0, 3 * ETH);
        bytes[] memory calls = new bytes[](2);
        calls[0] = Calls.supplyCollateral(0, 2 * ETH, me, OWN, "");
        calls[1] = abi.encodeCall(market.borrow, (25 * USD, me, me, OWN));
        return abi.encodeCall(market.multicall, (calls));
    }

    function _permit(Side memory side) private view returns (bytes memory) {
        bytes32 terms = keccak256(
            abi.encode(
                keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"),
                side.user,
                side.friend,
                uint256(9),
                market.nonces(side.user),
                ALL
            )
        );
        (uint8 v, bytes32 r, bytes32 s) =
            vm.sign(side.key, keccak256(abi.encodePacked(hex"1901", market.DOMAIN_SEPARATOR(), terms)));
        return abi.encodeCall(market.permit, (side.user, side.friend, 9, ALL, v, r, s));
    }

    /// @dev Everybody has something to lower; the victim owes as much as bitcoin allows.
    function _populate(Side storage side) private {
        _equip(side.user);
        _equip(side.victim);
        _equip(address(side.player));
        vm.startPrank(side.user);
        market.supply(1_000 * USD, side.user, OWN, "");
        market.supply(4_000 * USD, side.user, _via(side.base + 3), "");
        market.supplyCollateral(0, 10 * ETH, side.user, OWN, "");
        market.borrow(200 * USD, side.user, side.user, OWN);
        vm.stopPrank();
        vm.startPrank(side.victim);
        market.supply(100 * USD, side.victim, OWN, "");
        market.supplyCollateral(1, 1 * BTC, side.victim, OWN, "");
        market.borrow(35_000 * USD, side.victim, side.victim, _via(side.base + 2));
        vm.stopPrank();
    }

    function _onStripe(string memory name, uint256 stripe) private returns (address who, uint256 key) {
        for (uint256 n;; ++n) {
            (who, key) = makeAddrAndKey(string.concat(name, vm.toString(n), "/", vm.toString(stripe)));
            if (_ownTill(who) == stripe) return (who, key);
        }
    }
}
