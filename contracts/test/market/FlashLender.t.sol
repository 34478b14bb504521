// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC3156FlashBorrower } from "../../src/interfaces/IERC3156.sol";
import { IMarket } from "../../src/interfaces/IMarket.sol";
import { IMarketErrors } from "../../src/interfaces/IMarketErrors.sol";
import { Solvency } from "../invariants/Solvency.sol";
import { Calls } from "./Calls.sol";
import { MarketFixture } from "./MarketFixture.sol";
import { Player, Step } from "./Player.sol";

/// @title ERC-3156 over all tills
contract FlashLenderTest is MarketFixture, IERC3156FlashBorrower {
    using Solvency for IMarket;

    Player private player;
    bytes32 private answer;

    function setUp() public override {
        super.setUp();
        player = new Player();
        _equip(address(player));
        for (uint256 j; j < 4; ++j) {
            vm.prank(alice);
            market.supply((j + 1) * 1_000 * USD, alice, _via(j), "");
        }
    }

    function test_feeAndMaximum() public view {
        assertEq(market.maxFlashLoan(address(loan)), 10_000 * USD);
        assertEq(market.maxFlashLoan(address(eth)), 0);
        assertEq(market.flashFee(address(loan), 10_000 * USD), 5 * USD);
        assertEq(market.flashFee(address(loan), 1), 1, "rounded up");
        assertEq(market.flashFee(address(loan), 0), 0);
    }

    function test_feeOfAnotherTokenIsRefused() public {
        bytes memory refusal =
            abi.encodeWithSelector(IMarketErrors.UnsupportedToken.selector, address(loan), address(eth));
        vm.expectRevert(refusal);
        market.flashFee(address(eth), 1);
        vm.expectRevert(refusal);
        market.flashLoan(this, address(eth), 1, "");
    }

    /// @notice Each till gets back what left it, and the fee is booked for lenders.
    function testFuzz_eachTillGetsBackWhatLeftIt(uint256 amount, uint256 till, bool routed) public {
        amount = bound(amount, 0, 10_000 * USD);
        till = routed ? till % 4 : _ownTill(address(player));
        uint256[4] memory before;
        for (uint256 j; j < 4; ++j) {
            before[j] = _held(address(loan), j);
        }
        uint256 fee = market.flashFee(address(loan), amount);
        int256 surplus = market.surplusRay();
        player.act(address(market), Calls.flashLoan(address(player), address(loan), amount, routed ? _via(till) : OWN));
        for (uint256 j; j < 4; ++j) {
            assertEq(_held(address(loan), j), before[j] + (j == till ? fee : 0));
        }
        assertEq(market.surplusRay() - surplus, int256(fee * RAY));
        assertEq(player.callbacks(), 1);
    }

    function test_moreThanThereIs() public {
        bytes memory call = Calls.flashLoan(address(player), address(loan), 10_001 * USD, OWN);
        vm.expectRevert(
            abi.encodeWithSelector(IMarketErrors.TillsDry.selector, address(loan), 10_001 * USD, 10_000 * USD)
        );
        player.act(address(market), call);
        vm.expectPartialRevert(IMarketErrors.AmountTooLarge.selector);
        market.flashLoan(this, address(loan), uint256(type(uint128).max) + 1, "");
        vm.expectPartialRevert(IMarketErrors.UnknownTill.selector);
        market.flashLoan(this, address(loan), 1, "", _via(4));
    }

    function test_aWrongAnswerIsRefused() public {
        answer = keccak256("something else");
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.BadCallback.selector, address(this)));
        market.flashLoan(this, address(loan), 1_000 * USD, "");
        assertEq(market.maxFlashLoan(address(loan)), 10_000 * USD);
    }

    /// @notice Repaid by a pull from the receiver: leaving the money in a till by hand repays nothing.
    function test_balancesProveNothing() public {
        address me = address(player);
        Step[] memory steps = new Step[](2);
        steps[0] = Step(address(loan), abi.encodeCall(loan.transfer, (market.tillOf(0), 1_000 * USD)));
        steps[1] = Step(address(loan), abi.encodeCall(loan.approve, (address(market), 0)));
        player.plan(steps, true);
        vm.expectRevert();
        player.act(address(market), Calls.flashLoan(me, address(loan), 1_000 * USD, OWN));
    }

    /// @notice Depositing the loan is a deposit: the loan is still owed. The deposit stays, the loan is paid with other money.
    function test_depositingTheLoanDoesNotRepayIt() public {
        address me = address(player);
        Step[] memory steps = new Step[](1);
        steps[0] = Step(address(market), abi.encodeCall(market.deposit, (10_000 * USD, me)));
        player.plan(steps, true);
        uint256 before = loan.balanceOf(me);
        player.act(address(market), Calls.flashLoan(me, address(loan), 10_000 * USD, OWN));
        assertEq(before - loan.balanceOf(me), 10_005 * USD);
        assertEq(market.balanceOf(me), 10_000 * USD);
        assertEq(market.maxFlashLoan(address(loan)), 20_005 * USD);
    }

    /// @notice A loan inside a loan, of all there is.
    function test_nested() public {
        address me = address(player);
        Step[] memory steps = new Step[](1);
        steps[0] = Step(address(market), Calls.flashLoan(me, address(loan), 4_000 * USD, OWN));
        player.plan(steps, true);
        player.act(address(market), Calls.flashLoan(me, address(loan), 6_000 * USD, OWN));
        assertEq(player.callbacks(), 2);
        assertEq(market.maxFlashLoan(address(loan)), 10_005 * USD);
    }

    /// @notice The market says that it is in the middle of something.
    function test_busyDuringTheLoan() public {
        wasBusy = false;
        loan.mint(address(this), 1e12);
        loan.approve(address(market), ALL);
        answer = keccak256("ERC3156FlashBorrower.onFlashLoan");
        assertTrue(market.flashLoan(this, address(loan), 1_000 * USD, "hello"));
        assertTrue(wasBusy);
        assertFalse(market.busy());
    }

    bool private wasBusy;

    function onFlashLoan(address initiator, address token, uint256 amount, uint256 fee, bytes calldata data)
        external
        returns (bytes32)
    {
        wasBusy = market.busy();
        if (data.length != 0) {
            assertEq(initiator, address(this));
            assertEq(token, address(loan));
            assertEq(amount, 1_000 * USD);
            assertEq(fee, 0.5e6);
            assertEq(data, "hello");
        }
        return answer;
    }
}
