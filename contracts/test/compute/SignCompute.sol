// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ChannelKey, Stream, Voucher } from "../../src/interfaces/IChannels.sol";
import { Bid, Order } from "../../src/interfaces/IJobMarket.sol";
import { Base } from "../Base.sol";

/// @title Signs what the contracts of `compute` accept, from the text of the types alone
abstract contract SignCompute is Base {
    function _domain(string memory name, address target) internal view returns (bytes32) {
        bytes32 kind = keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
        return keccak256(abi.encode(kind, keccak256(bytes(name)), keccak256("1"), block.chainid, target));
    }

    function _digest(string memory name, address target, bytes32 terms) internal view returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", _domain(name, target), terms));
    }

    function _sign(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    function _voucherDigest(address channels, ChannelKey memory key, uint256 total, bytes32 root)
        internal
        view
        returns (bytes32)
    {
        bytes32 kind = keccak256("Voucher(bytes32 channel,uint256 total,bytes32 receiptsRoot)");
        return
            _digest("Millrace Channels", channels, keccak256(abi.encode(kind, keccak256(abi.encode(key)), total, root)));
    }

    function _voucher(address channels, uint256 signer, ChannelKey memory key, uint256 total)
        internal
        view
        returns (Voucher memory)
    {
        bytes32 root = keccak256(abi.encode("receipts", total));
        return Voucher(key, total, root, _sign(signer, _voucherDigest(channels, key, total, root)));
    }

    function _stream(address channels, uint256 signer, Stream memory s) internal view returns (Stream memory) {
        bytes32 kind = keccak256(
            "Stream(bytes32 channel,uint256 total,bytes32 receiptsRoot,uint256 rate,uint256 since,uint256 until)"
        );
        bytes32 id = keccak256(abi.encode(s.key));
        bytes32 terms = keccak256(abi.encode(kind, id, s.total, s.receiptsRoot, s.rate, s.since, s.until));
        s.signature = _sign(signer, _digest("Millrace Channels", channels, terms));
        return s;
    }

    function _orderHash(Order memory order) internal pure returns (bytes32) {
        bytes32 kind = keccak256(
            "Order(address requester,address node,address token,uint256 maxPrice,bytes32 spec,uint256 expiry,uint256 runSeconds,uint256 reviewSeconds,bytes32 bondClass,uint256 leastBond,uint256 nonce)"
        );
        return keccak256(abi.encode(kind, order));
    }

    function _orderDigest(address jobs, Order memory order) internal view returns (bytes32) {
        return _digest("Millrace Jobs", jobs, _orderHash(order));
    }

    function _bidDigest(address jobs, Bid memory bid) internal view returns (bytes32) {
        bytes32 kind =
            keccak256("Bid(address node,bytes32 order,uint256 price,uint256 lane,uint256 expiry,uint256 nonce)");
        return _digest("Millrace Jobs", jobs, keccak256(abi.encode(kind, bid)));
    }
}
