// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IPullSource } from "../../src/interfaces/IPriceSource.sol";

/// @title Says what it is told, and remembers what was submitted to it
contract StubSource is IPullSource {
    uint256 public price;
    bool public live;
    bytes public submitted;

    constructor(uint256 price_) {
        set(price_, true);
    }

    function set(uint256 price_, bool live_) public {
        (price, live) = (price_, live_);
    }

    function submit(bytes calldata data) external {
        submitted = data;
    }

    function read() external view returns (uint256, bool) {
        return (price, live);
    }
}

/// @title Every way in which a source can be broken
contract BrokenSource {
    enum Kind {
        Reverts,
        BurnsGas,
        ReturnsTooLittle,
        ReturnsTooMuch,
        RevertsWithTooMuch,
        AnswersTwoForLive
    }

    Kind private immutable _kind;

    constructor(Kind kind) {
        _kind = kind;
    }

    fallback() external {
        Kind kind = _kind;
        if (kind == Kind.Reverts) revert("broken");
        assembly {
            switch kind
            case 1 { for { } 1 { } { } }
            case 2 {
                mstore(0, 1000000)
                return(0, 32)
            }
            case 3 { return(0, 1000000) }
            case 4 { revert(0, 1000000) }
            default {
                mstore(0, 1000000)
                mstore(32, 2)
                return(0, 64)
            }
        }
    }
}

/// @title Live only if it got at least `need` gas
contract HungrySource {
    uint256 private immutable _price;
    uint256 private immutable _need;

    constructor(uint256 price, uint256 need) {
        (_price, _need) = (price, need);
    }

    function read() external view returns (uint256, bool) {
        require(gasleft() >= _need);
        return (_price, true);
    }
}
