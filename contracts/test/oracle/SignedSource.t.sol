// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { MockToken } from "../../src/dev/MockToken.sol";
import { MAX_PRICE } from "../../src/oracle/PriceScale.sol";
import { SignedSource } from "../../src/oracle/SignedSource.sol";
import { SignerSet } from "../../src/oracle/SignerSet.sol";
import { Base } from "../Base.sol";

/// Submits and reads in one call, so in one transaction however the tests are run.
contract SubmitThenRead {
    function run(SignedSource source, bytes[] calldata submissions) external returns (uint256 price, bool live) {
        for (uint256 i; i < submissions.length; ++i) {
            source.submit(submissions[i]);
        }
        return source.read();
    }
}

contract SignedSourceTest is Base {
    uint256 private constant COUNT = 5;
    uint256 private constant NEEDED = 3;
    bytes32 private constant FEED = "ETH/USDC";
    uint256 private constant SCALE = 1e16; // 36 + 6 - 18 - 8

    uint256[] private keys;
    SignedSource private source;
    SubmitThenRead private user;
    SignedSource.Config private config;

    function setUp() public {
        vm.warp(1_700_000_000);
        user = new SubmitThenRead();
        config = SignedSource.Config({
            feedId: FEED,
            priceDecimals: 8,
            maxAge: 60,
            maxSkew: 5,
            collateral: new MockToken("Ether", "ETH", 18),
            loan: new MockToken("USD Coin", "USDC", 6)
        });
        source = new SignedSource(config, _signers(COUNT), NEEDED);
    }

    function test_medianOfThree() public {
        (uint256 price, bool live) = _run(_submission([uint256(3_001e8), 2_999e8, 3_000e8], block.timestamp));
        assertTrue(live);
        assertEq(price, 3_000e8 * SCALE);
    }

    function test_nothingSubmittedIsDead() public {
        (, bool live) = source.read();
        assertFalse(live);
        config.maxAge = type(uint32).max;
        (, live) = new SignedSource(config, _signers(COUNT), NEEDED).read();
        assertFalse(live);
    }

    /// What a submission leaves behind must not be a storage slot: that would make users conflict.
    function test_submitWritesNoStorage() public {
        vm.record();
        source.submit(_submission([uint256(1), 2, 3], block.timestamp));
        (, bytes32[] memory writes) = vm.accesses(address(source));
        assertEq(writes.length, 0);
    }

    /// A minority of two liars in five-of-five cannot move the median outside the honest range, nor one in three.
    function testFuzz_minorityCannotMoveTheMedian(uint256 lie1, uint256 lie2, uint256 spread) public {
        uint256 top = MAX_PRICE / SCALE;
        spread = bound(spread, 0, 1e8);
        source = new SignedSource(config, _signers(COUNT), COUNT);
        SignedSource.Report[] memory reports = new SignedSource.Report[](COUNT);
        reports[0] = _report(0, bound(lie1, 1, top), block.timestamp);
        reports[1] = _report(1, 3_000e8, block.timestamp);
        reports[2] = _report(2, bound(lie2, 1, top), block.timestamp);
        reports[3] = _report(3, 3_000e8 + spread, block.timestamp);
        reports[4] = _report(4, 3_000e8 + spread / 2, block.timestamp);
        (uint256 price,) = _run(abi.encode(reports));
        assertGe(price, 3_000e8 * SCALE);
        assertLe(price, (3_000e8 + spread) * SCALE);
    }

    function test_evenThresholdTakesTheMeanOfTheMiddle() public {
        source = new SignedSource(config, _signers(2), 2);
        SignedSource.Report[] memory reports = new SignedSource.Report[](2);
        reports[0] = _report(0, 104, block.timestamp);
        reports[1] = _report(1, 101, block.timestamp);
        (uint256 price,) = _run(abi.encode(reports));
        assertEq(price, 102 * SCALE);
    }

    function test_newerReplacesOlder() public {
        bytes[] memory both = new bytes[](2);
        both[0] = _submission([uint256(1e8), 1e8, 1e8], block.timestamp - 2);
        both[1] = _submission([uint256(2e8), 2e8, 2e8], block.timestamp - 1);
        (uint256 price,) = user.run(source, both);
        assertEq(price, 2e8 * SCALE);
    }

    function test_olderOrEqualIsIgnored() public {
        bytes[] memory both = new bytes[](2);
        both[0] = _submission([uint256(2e8), 2e8, 2e8], block.timestamp - 1);
        both[1] = _submission([uint256(1e8), 1e8, 1e8], block.timestamp - 2);
        (uint256 price,) = user.run(source, both);
        assertEq(price, 2e8 * SCALE);
        both[1] = _submission([uint256(1e8), 1e8, 1e8], block.timestamp - 1);
        (price,) = user.run(source, both);
        assertEq(price, 2e8 * SCALE);
    }

    /// One fresh report cannot rejuvenate two old ones.
    function testFuzz_oldestReportDates(uint256 fresh) public {
        fresh = bound(fresh, 0, NEEDED - 1);
        SignedSource.Report[] memory reports = _reports([uint256(1e8), 1e8, 1e8], block.timestamp - 3);
        reports[fresh] = _report(fresh, 1e8, block.timestamp);
        bytes[] memory both = new bytes[](2);
        both[0] = abi.encode(reports);
        both[1] = _submission([uint256(2e8), 2e8, 2e8], block.timestamp - 2);
        (uint256 price,) = user.run(source, both);
        assertEq(price, 2e8 * SCALE);
    }

    function test_ageAndSkewAreInclusive() public {
        uint256 now_ = block.timestamp;
        _run(_submission([uint256(1), 1, 1], now_ - 60));
        _run(_submission([uint256(1), 1, 1], now_ + 5));
        bytes memory old = _submission([uint256(1), 1, 1], now_ - 61);
        vm.expectRevert(abi.encodeWithSelector(SignedSource.ReportStale.selector, now_ - 60, now_ - 61));
        source.submit(old);
        bytes memory early = _submission([uint256(1), 1, 1], now_ + 6);
        vm.expectRevert(abi.encodeWithSelector(SignedSource.ReportFromFuture.selector, now_ + 5, now_ + 6));
        source.submit(early);
        bytes memory never = _submission([uint256(1), 1, 1], type(uint256).max);
        vm.expectRevert(abi.encodeWithSelector(SignedSource.ReportFromFuture.selector, now_ + 5, type(uint256).max));
        source.submit(never);
    }

    function test_sameSignerTwiceIsRejected() public {
        SignedSource.Report[] memory reports = _reports([uint256(1), 1, 1], block.timestamp);
        reports[2] = reports[1];
        address signer = vm.addr(keys[1]);
        vm.expectRevert(abi.encodeWithSelector(SignedSource.SignersNotAscending.selector, signer, signer));
        source.submit(abi.encode(reports));
    }

    function test_unsortedIsRejected() public {
        SignedSource.Report[] memory reports = _reports([uint256(1), 1, 1], block.timestamp);
        (reports[0], reports[1]) = (reports[1], reports[0]);
        vm.expectPartialRevert(SignedSource.SignersNotAscending.selector);
        source.submit(abi.encode(reports));
    }

    function test_strangerIsRejected() public {
        SignedSource.Report[] memory reports = _reports([uint256(1), 1, 1], block.timestamp);
        (address stranger, uint256 key) = makeAddrAndKey("stranger");
        (bytes32 r, bytes32 vs) = vm.signCompact(key, source.digest(1, block.timestamp));
        reports[1] = SignedSource.Report(1, block.timestamp, r, vs);
        vm.expectRevert(abi.encodeWithSelector(SignedSource.NotSigner.selector, stranger));
        source.submit(abi.encode(reports));
    }

    function test_countMustBeTheThreshold() public {
        SignedSource.Report[] memory reports = new SignedSource.Report[](2);
        vm.expectRevert(abi.encodeWithSelector(SignedSource.ReportCount.selector, 3, 2));
        source.submit(abi.encode(reports));
        reports = new SignedSource.Report[](4);
        vm.expectRevert(abi.encodeWithSelector(SignedSource.ReportCount.selector, 3, 4));
        source.submit(abi.encode(reports));
    }

    function test_zeroAndTooLargePricesAreRejected() public {
        uint256 top = MAX_PRICE / SCALE;
        bytes memory zero = _submission([uint256(1), 0, 1], block.timestamp);
        vm.expectRevert(abi.encodeWithSelector(SignedSource.PriceOutOfRange.selector, top, 0));
        source.submit(zero);
        bytes memory large = _submission([uint256(1), top + 1, 1], block.timestamp);
        vm.expectRevert(abi.encodeWithSelector(SignedSource.PriceOutOfRange.selector, top, top + 1));
        source.submit(large);
    }

    /// The same signatures are worth nothing on another chain, in another contract or for another feed.
    function test_signaturesAreBoundToChainContractAndFeed() public {
        bytes memory data = _submission([uint256(1), 1, 1], block.timestamp);
        SignedSource other = new SignedSource(config, _signers(COUNT), NEEDED);
        vm.expectPartialRevert(SignedSource.NotSigner.selector);
        other.submit(data);
        vm.chainId(block.chainid + 1);
        vm.expectPartialRevert(SignedSource.NotSigner.selector);
        source.submit(data);
        vm.chainId(block.chainid - 1);
        source.submit(data);

        config.feedId = "BTC/USDC";
        SignedSource otherFeed = new SignedSource(config, _signers(COUNT), NEEDED);
        vm.etch(address(source), address(otherFeed).code);
        vm.expectPartialRevert(SignedSource.NotSigner.selector);
        source.submit(data);
    }

    function testFuzz_garbageIsRejected(bytes calldata data) public {
        vm.expectRevert();
        source.submit(data);
    }

    function test_setIsFixedAtCreation() public {
        for (uint256 n = 1; n <= 8; ++n) {
            address[] memory signers = _signers(n);
            SignedSource any = new SignedSource(config, signers, n);
            assertEq(any.signerCount(), n);
            for (uint256 i; i < n; ++i) {
                assertTrue(any.isSigner(signers[i]));
            }
            assertFalse(any.isSigner(address(0)));
            assertFalse(any.isSigner(address(this)));
        }
    }

    function test_constructorRejects() public {
        address[] memory signers = _signers(9);
        vm.expectRevert(abi.encodeWithSelector(SignerSet.SignerCount.selector, 8, 9));
        new SignedSource(config, signers, 1);
        vm.expectRevert(abi.encodeWithSelector(SignerSet.SignerCount.selector, 8, 0));
        new SignedSource(config, new address[](0), 0);
        signers = _signers(3);
        vm.expectRevert(abi.encodeWithSelector(SignerSet.ThresholdOutOfRange.selector, 3, 4));
        new SignedSource(config, signers, 4);
        vm.expectRevert(abi.encodeWithSelector(SignerSet.ThresholdOutOfRange.selector, 3, 0));
        new SignedSource(config, signers, 0);
        signers[1] = signers[0];
        vm.expectRevert(abi.encodeWithSelector(SignerSet.SignerSetNotAscending.selector, signers[0], signers[0]));
        new SignedSource(config, signers, 1);
        signers[0] = address(0);
        vm.expectRevert(abi.encodeWithSelector(SignerSet.SignerSetNotAscending.selector, address(0), address(0)));
        new SignedSource(config, signers, 1);
    }

    /// Fills `keys` sorted by address.
    function _signers(uint256 count) private returns (address[] memory signers) {
        delete keys;
        signers = new address[](count);
        for (uint256 i; i < count; ++i) {
            (address account, uint256 key) = makeAddrAndKey(string.concat("signer ", vm.toString(i)));
            uint256 place = i;
            keys.push(key);
            for (; place > 0 && signers[place - 1] > account; --place) {
                signers[place] = signers[place - 1];
                keys[place] = keys[place - 1];
            }
            signers[place] = account;
            keys[place] = key;
        }
    }

    function _report(uint256 signer, uint256 price, uint256 timestamp)
        private
        view
        returns (SignedSource.Report memory)
    {
        (bytes32 r, bytes32 vs) = vm.signCompact(keys[signer], source.digest(price, timestamp));
        return SignedSource.Report(price, timestamp, r, vs);
    }

    function _reports(uint256[3] memory prices, uint256 timestamp)
        private
        view
        returns (SignedSource.Report[] memory reports)
    {
        reports = new SignedSource.Report[](3);
        for (uint256 i; i < 3; ++i) {
            reports[i] = _report(i, prices[i], timestamp);
        }
    }

    function _submission(uint256[3] memory prices, uint256 timestamp) private view returns (bytes memory) {
        return abi.encode(_reports(prices, timestamp));
    }

    function _run(bytes memory submission) private returns (uint256 price, bool live) {
        bytes[] memory one = new bytes[](1);
        one[0] = submission;
        return user.run(source, one);
    }
}
