// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ERC1967Proxy } from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol";
import { Initializable } from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import { ReentrancyGuard } from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";

/// @notice Keeps its books where `ERC20Upgradeable` of OpenZeppelin 5 does, without telling the compiler.
contract Books is Initializable, ReentrancyGuard {
    struct Hidden {
        mapping(address => uint256) one;
        mapping(address => mapping(address => uint256)) two;
        uint256 three;
    }

    bytes32 private constant ERC20_STORAGE = 0x52c63247e1f47db19d5ce0460030c497f067ca4cebf71ba98eeadabe20bace00;

    function writeInitialized() external initializer { }

    function writeGuard() external nonReentrant { }

    function writeBalance(address who) external {
        _hidden().one[who] = 1;
    }

    function writeAllowance(address who, address other) external {
        _hidden().two[who][other] = 1;
    }

    function writeSupply() external {
        _hidden().three = 1;
    }

    function _hidden() private pure returns (Hidden storage s) {
        assembly {
            s.slot := ERC20_STORAGE
        }
    }
}

contract Front is ERC1967Proxy {
    constructor(address implementation) ERC1967Proxy(implementation, "") { }

    function _unsafeAllowUninitialized() internal pure override returns (bool) {
        return true;
    }
}
