// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Bid, Order } from "../interfaces/IJobMarket.sol";

/// @notice EIP-712 struct hashes of orders and bids.
library JobTerms {
    bytes32 private constant ORDER_TYPEHASH = keccak256(
        "Order(address requester,address node,address token,uint256 maxPrice,bytes32 spec,uint256 expiry,uint256 runSeconds,uint256 reviewSeconds,bytes32 bondClass,uint256 leastBond,uint256 nonce)"
    );
    bytes32 private constant BID_TYPEHASH =
        keccak256("Bid(address node,bytes32 order,uint256 price,uint256 lane,uint256 expiry,uint256 nonce)");

    function hash(Order calldata order) internal pure returns (bytes32) {
        return keccak256(abi.encode(ORDER_TYPEHASH, order));
    }

    function hash(Bid calldata bid) internal pure returns (bytes32) {
        return keccak256(abi.encode(BID_TYPEHASH, bid));
    }
}
